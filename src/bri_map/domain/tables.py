"""Every table of the data set, its columns defined once.

Readers, checks, exports, the details panel, the data dictionary and `data/datapackage.json` derive from
these definitions.
"""

from __future__ import annotations

from dataclasses import replace

from bri_map.domain.document_tables import DOCUMENT_TABLES
from bri_map.domain.fact_tables import FACT_TABLES
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import Column, Kind, Table, code, date, flag, language, text, translated

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

EVERY_ROW = "*"
"""Id of a translation that holds for every row of a column with this text and no translation of its own."""

TRANSLATIONS = Table(
    "translations",
    (
        text(
            "id",
            f"What the text is about: the first key column of its table, or {EVERY_ROW!r} for every row.",
            required=True,
            good="gwadar-port",
            bad="Gwadar Port",
        ),
        text("table", "Table in which the text stands.", required=True, good="status_history"),
        text("column", "Column in which it stands.", required=True, good="event"),
        replace(language("language"), required=True),
        text("text", "The English text that is translated; a part of a list by itself.", required=True),
        text("translation", "The same in that language.", required=True),
    ),
    ("id", "table", "column", "language", "text"),
    "A text of these data in another language; the English one is the original.",
    is_optional=True,
)

CHECKED = Table(
    "checked",
    (
        text("id", "What the warning is about: the first key column of its row.", required=True),
        text("rule", "The rule that warns.", required=True, good="cost-unlike"),
        text("field", "The column that it warns of.", required=True, good="amount_million"),
        text("value", "What stood there; the answer holds for that alone.", required=True),
        text("note", "What was looked at, and why it is right.", required=True),
    ),
    ("id", "rule", "field", "value"),
    "An editor has looked at a warning of `bri-map validate` and found the value right.",
    is_optional=True,
)

TABLES: tuple[Table, ...] = (
    *LAYER_TABLES.values(),
    COUNTRIES,
    SOURCES,
    *FACT_TABLES,
    *DOCUMENT_TABLES,
    TRANSLATIONS,
    CHECKED,
)
"""Every table, the layers first."""
TABLE: dict[str, Table] = {table.name: table for table in TABLES}
"""Every table by its name."""
