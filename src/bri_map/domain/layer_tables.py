"""The tables of the layers, their columns defined once.

A layer's table begins with the columns of every layer; what follows from other tables comes last.
"""

from __future__ import annotations

from dataclasses import replace

from bri_map.domain.shared_columns import DOUBTS, DRAWN_TO_PUBLISHED, PUBLISHED_LENGTH
from bri_map.domain.table import (
    Column,
    Kind,
    Table,
    amount,
    code,
    date,
    flag,
    references,
    text,
    texts,
    translated,
    year,
)


def claimed(*columns: Column) -> tuple[Column, ...]:
    """Mark columns of which every value needs a claim."""
    return tuple(replace(column, is_claimed=True) for column in columns)


def derived(*columns: Column) -> tuple[Column, ...]:
    """Mark columns that follow from other tables."""
    return tuple(replace(column, is_derived=True, required=False) for column in columns)


def layer_columns(kind: Column, *own: Column) -> tuple[Column, ...]:
    """Give the columns of a layer's table: those of every layer, then its own.

    Args:
        kind: The column by which features of the layer are told apart on the map.
        own: What only this layer has.
    """
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
        *claimed(
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


STATUS = (
    code("status", "status", "Progress, as last reported in the history."),
    date("status_since", "Date of the event that made the status what it is, where one is known."),
    date("status_as_of", "Date of the last report or event that the status follows from."),
    code(
        "freshness",
        "freshness",
        "Whether that date lies within two years of the date of the data; if not, whether the status may "
        "have changed since.",
    ),
    date("checked", "When news of it were last looked for."),
    date("due", "When to look for news of it again, where its status can be expected to change."),
)
BASIS = code("basis", "basis", "What name and existence rest on: the strongest basis of their claims.")
MEMBERSHIP = references("corridors", "corridors", "Corridors that the feature belongs to.")
"""The column of a feature's corridors; a corridor belongs to itself."""
_COSTS = (
    amount(
        "cost_usd_million", "Cost of the feature as a whole, of the best kind known.", "million US$", 200_000
    ),
    code("cost_kind", "cost_kind", "What that amount is."),
    text("cost_year", "Year of that amount."),
    replace(texts("cost_scope", "What its stated amounts of all currencies cover."), vocabulary="cost_scope"),
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
    layer_columns(
        code("type", "type", "Kind of park (EY 2020, figure 7)."),
        *claimed(
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
        *claimed(
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
    derived=derived(
        *STATUS,
        MEMBERSHIP,
        *_DATES,
        *_COSTS,
        _MEASURES,
        _DEVELOPER,
        _OWNER,
        _CONTRACTOR,
        _OPERATOR,
        _FINANCIER,
        BASIS,
        *DOUBTS,
    ),
)

RAIL = Table(
    "rail",
    layer_columns(
        code("kind", "rail_kind", "Class of the route."),
        *claimed(
            amount(PUBLISHED_LENGTH, "Published length.", "km", 20_000),
            amount("design_speed_kmh", "Design speed.", "km/h", 600),
            Column("gauge_mm", Kind.INTEGER, "Track gauge.", unit="mm", minimum=600, maximum=1700),
            flag("is_electrified", "Whether it is electrified."),
        ),
        *translated(text("length_note", "Why the drawn line is more than 8 % longer or shorter than that.")),
    ),
    ("id",),
    "A rail route or freight service.",
    derived=derived(
        *STATUS,
        Column(DRAWN_TO_PUBLISHED, Kind.NUMBER, "Drawn length over published length.", minimum=0),
        MEMBERSHIP,
        *_DATES,
        *_COSTS,
        _MEASURES,
        _OWNER,
        _DEVELOPER,
        _CONTRACTOR,
        _OPERATOR,
        _FINANCIER,
        BASIS,
        *DOUBTS,
    ),
)

CORRIDORS = Table(
    "corridors",
    layer_columns(
        code("kind", "corridor_kind", "Kind of corridor."),
        *claimed(
            year("announced_year", "Year of announcement."),
            *translated(text("summary", "What it joins.")),
        ),
    ),
    ("id",),
    "An economic corridor, a maritime route or an air route.",
    derived=derived(*STATUS, BASIS, *DOUBTS),
)

PROJECTS = Table(
    "projects",
    layer_columns(
        code("sector", "sector", "Sector (EY 2020, figure 5, extended)."),
        *claimed(
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
    derived=derived(
        *STATUS,
        MEMBERSHIP,
        *_DATES,
        date("designated", "Designation of a zone."),
        *_COSTS,
        _MEASURES,
        _OWNER,
        _DEVELOPER,
        _CONTRACTOR,
        _OPERATOR,
        _FINANCIER,
        BASIS,
        *DOUBTS,
    ),
)
