"""Every table of the data set, its columns defined once.

Readers, checks, exports, the details panel, the data dictionary and `data/datapackage.json` derive from
these definitions.
"""

from __future__ import annotations

from dataclasses import replace

from bri_map.domain.document_tables import DOCUMENT_TABLES
from bri_map.domain.fact_tables import FACT_TABLES
from bri_map.domain.table import (
    Column,
    Kind,
    Table,
    amount,
    code,
    date,
    flag,
    language,
    references,
    text,
    texts,
    translated,
    year,
)
from bri_map.domain.vocabulary import Layer


def _claimed(*columns: Column) -> tuple[Column, ...]:
    return tuple(replace(column, is_claimed=True) for column in columns)


def _derived(*columns: Column) -> tuple[Column, ...]:
    return tuple(replace(column, is_derived=True, required=False) for column in columns)


def _layer_columns(kind: Column, *own: Column) -> tuple[Column, ...]:
    return (
        Column(
            "id",
            Kind.ID,
            "Stable id, never reused.",
            required=True,
            good="china-laos-railway",
            bad="China Laos Railway",
        ),
        code("record", "record", "Whether the row is shown."),
        *_claimed(
            text("name", "Name in English.", required=True, good="China-Laos Railway"),
            text("name_zh", "Name in Simplified Chinese.", good="中老铁路", bad="中老鐵路"),
            kind,
            references(
                "countries",
                "countries",
                "Countries it lies in or crosses, ISO 3166-1 alpha-3.",
                required=True,
            ),
        ),
        code("precision", "precision", "How exactly the position is known."),
        *translated(
            text("position_note", "What the point or line stands for."),
            text("note", "What a careful reader should know."),
        ),
        *own,
    )


_STATUS = (
    code("status", "status", "Progress, as last reported in the history."),
    date("status_as_of", "Date of the last report or event that the status follows from."),
    code("freshness", "freshness", "Whether that date lies within two years of the date of the data."),
)
_BASIS = code("basis", "basis", "What name and existence rest on: the strongest basis of their claims.")
_CORRIDORS = references("corridors", "corridors", "Corridors that the feature belongs to.")
_COSTS = (
    amount(
        "cost_usd_million", "Cost of the feature as a whole, of the best kind known.", "million US$", 200_000
    ),
    code("cost_kind", "cost_kind", "What that amount is."),
    text("cost_year", "Year of that amount."),
)
_DATES = (
    date("announced", "First announcement."),
    date("construction_start", "Ground broken, or start of construction."),
    date("first_unit", "First unit, section or phase in use."),
    date("opened", "Opening or start of commercial use."),
    date("completed", "First time that all works were finished, or handed over."),
)
_MEASURES = texts("measures", "Capacity and other measures, with unit.")
_OWNER = texts("owner", "Owners.")
_CONTRACTOR = texts("contractor", "Contractors.")
_OPERATOR = texts("operator", "Operators.")
_FINANCIER = texts("financier", "Financiers.")
_DEVELOPER = texts("developer", "Developers.")

PARKS = Table(
    "parks",
    _layer_columns(
        code("type", "type", "Kind of park (EY 2020, figure 7)."),
        *_claimed(
            *translated(text("locality", "Place, from small to large.", good="Stung Hav, Preah Sihanouk")),
            year("established_year", "Year of founding."),
            amount("area_km2", "Planned area.", "km²", 20_000),
            flag("is_operational", "Whether firms work in it."),
            flag("is_mofcom_assessed", "Whether China's Ministry of Commerce has assessed it."),
            flag(
                "in_ey_2020",
                "Whether it is in our reconstruction of the 74 parks of EY 2020.",
                required=True,
            ),
        ),
        code("ey_match", "ey_match", "How sure that reconstruction is.", required=False),
        references("ey_alternatives", "parks", "Parks that may be meant instead."),
        *_claimed(
            Column("ey_figure6_no", Kind.INTEGER, "Number in EY 2020, figure 6.", minimum=1, maximum=74),
            *translated(
                texts(
                    "main_industries",
                    "Main industries.",
                    good="textiles;furniture",
                    bad="textiles, furniture",
                )
            ),
        ),
    ),
    ("id",),
    "An industrial park, or a zone of that kind.",
    derived=_derived(
        *_STATUS,
        _CORRIDORS,
        *_DATES,
        *_COSTS,
        _MEASURES,
        _DEVELOPER,
        _OWNER,
        _CONTRACTOR,
        _OPERATOR,
        _FINANCIER,
        _BASIS,
    ),
)

RAIL = Table(
    "rail",
    _layer_columns(
        code("kind", "rail_kind", "Class of the route."),
        *_claimed(
            amount("length_km", "Published length.", "km", 20_000),
            amount("design_speed_kmh", "Design speed.", "km/h", 600),
            Column("gauge_mm", Kind.INTEGER, "Track gauge.", unit="mm", minimum=600, maximum=1700),
            flag("is_electrified", "Whether it is electrified."),
        ),
        *translated(text("length_note", "Why the drawn line is more than 8 % longer or shorter than that.")),
    ),
    ("id",),
    "A rail route or freight service.",
    derived=_derived(
        *_STATUS,
        _CORRIDORS,
        *_DATES,
        *_COSTS,
        _MEASURES,
        _OWNER,
        _DEVELOPER,
        _CONTRACTOR,
        _OPERATOR,
        _FINANCIER,
        _BASIS,
    ),
)

CORRIDORS = Table(
    "corridors",
    _layer_columns(
        code("kind", "corridor_kind", "Kind of corridor."),
        *_claimed(
            year("announced_year", "Year of announcement."),
            *translated(text("summary", "What it joins.")),
        ),
    ),
    ("id",),
    "An economic corridor, a maritime route or an air route.",
    derived=_derived(*_STATUS, _BASIS),
)

PROJECTS = Table(
    "projects",
    _layer_columns(
        code("sector", "sector", "Sector (EY 2020, figure 5, extended)."),
        *_claimed(
            *translated(
                text("subsector", "Finer kind, in plain words.", good="hydropower"),
                text("locality", "Place."),
            ),
            code("green_rating", "green_rating", "Rating of the BRIGC baseline study for its kind."),
            *translated(text("summary", "What it is.")),
        ),
    ),
    ("id",),
    "An infrastructure project.",
    derived=_derived(
        *_STATUS,
        _CORRIDORS,
        *_DATES,
        date("designated", "Designation of a zone."),
        *_COSTS,
        _MEASURES,
        _OWNER,
        _DEVELOPER,
        _CONTRACTOR,
        _OPERATOR,
        _FINANCIER,
        _BASIS,
    ),
)

COUNTRIES = Table(
    "countries",
    (
        Column("iso3", Kind.ID, "ISO 3166-1 alpha-3.", required=True, good="LAO", bad="Laos"),
        text("name", "Name in English.", required=True),
        text("name_zh", "Name in Simplified Chinese.", required=True),
        code("region", "region", "Region."),
        text("continent", "Continent."),
        flag("bri_partner", "Whether it has signed a Belt and Road cooperation document."),
        date("bri_partner_as_of", "When that held."),
        date("bri_mou_date", "Date of the memorandum."),
        text("bri_mou_basis", "What that date rests on."),
        flag("route64", "Whether it is one of the 64 countries along the routes that EY counts."),
        text("capital", "Capital."),
        code("basis", "basis", "What the row rests on."),
        Column("source_url", Kind.URL, "Page that confirms it."),
        text("note", "What a careful reader should know."),
    ),
    ("iso3",),
    "A country or territory that the atlas names.",
)

SOURCES = Table(
    "sources",
    (
        Column("id", Kind.ID, "Stable id.", required=True),
        text("title", "Title."),
        text("producer", "Who publishes it, or the host of a page."),
        date("published", "Date of publication."),
        date("accessed", "When the page was read."),
        language("language"),
        code("licence", "licence", "Terms of the source itself."),
        Column("url", Kind.URL, "Address.", good="https://www.example.org/page", bad="www.example.org"),
        *translated(text("note", "What a careful reader should know.")),
    ),
    ("id",),
    "A publication or page that facts rest on.",
)

TRANSLATIONS = Table(
    "translations",
    (
        text("text", "The English text, exactly as it stands in another table.", required=True),
        text("text_zh", "The same in Simplified Chinese.", required=True),
    ),
    ("text",),
    "A text of these data in another language; the English one is the original.",
    is_optional=True,
)

LAYER_TABLES: dict[Layer, Table] = {
    Layer.CORRIDORS: CORRIDORS,
    Layer.RAIL: RAIL,
    Layer.PROJECTS: PROJECTS,
    Layer.PARKS: PARKS,
}
KIND_COLUMN: dict[Layer, str] = {
    Layer.CORRIDORS: "kind",
    Layer.RAIL: "kind",
    Layer.PROJECTS: "sector",
    Layer.PARKS: "type",
}
"""The column by which a layer is told apart on the map."""

TABLES: tuple[Table, ...] = (
    *LAYER_TABLES.values(),
    COUNTRIES,
    SOURCES,
    *FACT_TABLES,
    *DOCUMENT_TABLES,
    TRANSLATIONS,
)
"""Every table, the layers first."""
TABLE: dict[str, Table] = {table.name: table for table in TABLES}
"""Every table by its name."""
