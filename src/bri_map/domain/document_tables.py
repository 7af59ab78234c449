"""Tables of what the two source documents say: names, figures, places, events, and their faults."""

from __future__ import annotations

from bri_map.domain.table import (
    Column,
    Kind,
    Table,
    code,
    date,
    degrees,
    reference,
    references,
    text,
    translated,
)

_SOURCE = reference("source_id", "sources", "The document.", required=True)
_LOCATOR = text("locator", "Section, box, figure or page inside it.", required=True, good="Box 3.12")
(_SHOWN_LOCATOR,) = translated(_LOCATOR)
_BASIS = code("basis", "basis", "What the row rests on.")
_NOTE = text("note", "What a careful reader should know.")
_PLACE = (
    degrees("lon", "Longitude.", 180, required=False),
    degrees("lat", "Latitude.", 90, required=False),
    code("precision", "precision", "How exactly the position is known.", required=False),
    text("position_note", "What the point is and where it comes from."),
)

SOURCE_COVERAGE = Table(
    "source_coverage",
    (
        _SOURCE,
        _LOCATOR,
        code("named_kind", "named_kind", "What kind of thing it is."),
        text("name", "Name as the document prints it.", required=True),
        text("target_table", "Table that holds it.", good="projects"),
        Column("target_id", Kind.ID, "Its id there."),
        code("no_feature", "no_feature", "Why it has none.", required=False),
        _NOTE,
    ),
    ("source_id", "locator", "name"),
    "Something that a source document names, and what stands for it here.",
    is_optional=True,
)

LOCALITIES = Table(
    "localities",
    (
        Column("id", Kind.ID, "Stable id.", required=True),
        text("name", "Name in English.", required=True),
        text("name_zh", "Name in Simplified Chinese.", required=True),
        text("kind", "What it is.", required=True, good="province"),
        *_PLACE,
    ),
    ("id",),
    "A place in China that a source document names as acting.",
    is_optional=True,
)

LOCALITY_FACTS = Table(
    "locality_facts",
    (
        Column("id", Kind.ID, "Stable id.", required=True),
        reference("locality_id", "localities", "The place.", required=True),
        text("fact", "What the document says of it, in our words.", required=True),
        _SOURCE,
        _LOCATOR,
        _BASIS,
    ),
    ("id",),
    "Something that a source document says of a place in China.",
    is_optional=True,
)

EVENTS = Table(
    "events",
    (
        Column("id", Kind.ID, "Stable id.", required=True),
        date("date", "Day, month or year.", required=True),
        date("end_date", "Last day."),
        text("title", "What happened, in our words.", required=True),
        code("category", "event_category", "Field."),
        text("place", "Where."),
        references("countries", "countries", "Countries concerned."),
        *_PLACE,
        references("related_ids", "features", "Features concerned."),
        _SOURCE,
        _LOCATOR,
        _BASIS,
        _NOTE,
    ),
    ("id",),
    "A dated event that a source document names; ids from chronicle-01 are CAITEC's chronicle of 2020.",
    is_optional=True,
)

GROUPS = Table(
    "groups",
    (
        Column("id", Kind.TEXT, "Code of the group.", required=True, pattern="[A-Za-z0-9-]+"),
        text("description", "Who is in it.", required=True),
    ),
    ("id",),
    "A group of countries, or a body, that indicators speak of.",
    is_optional=True,
)

INDICATOR_DEFINITIONS = Table(
    "indicator_definitions",
    (
        Column("id", Kind.ID, "Stable id.", required=True),
        text("title", "Title.", required=True),
        text("unit", "Unit.", required=True),
        text("description", "What it says.", required=True),
        references("source_ids", "sources", "Documents that give it."),
    ),
    ("id",),
    "An indicator.",
    is_optional=True,
)

INDICATORS = Table(
    "indicators",
    (
        text("area", "Country (ISO 3166-1 alpha-3) or group.", required=True, good="LAO"),
        reference("indicator", "indicator_definitions", "The indicator.", required=True),
        Column("value", Kind.NUMBER, "Value."),
        text("period", "Year, month or span.", good="2020-01/2020-05"),
        _SOURCE,
        _SHOWN_LOCATOR,
        _BASIS,
        _NOTE,
    ),
    ("area", "indicator", "period", "source_id", "locator", "note"),
    "A figure that a source document gives for a country or group.",
    is_optional=True,
)

DISTRIBUTIONS = Table(
    "distributions",
    (
        Column("distribution", Kind.ID, "The published table.", required=True),
        text("category", "The cell.", required=True),
        Column("value", Kind.NUMBER, "Published value.", required=True),
        text("unit", "Unit.", required=True),
        _SOURCE,
        _SHOWN_LOCATOR,
        _BASIS,
        _NOTE,
    ),
    ("distribution", "category", "locator"),
    "A cell of an aggregate table that a source document prints.",
    is_optional=True,
)

RECONCILIATION = Table(
    "reconciliation",
    (
        Column("figure", Kind.ID, "A comparison of `bri-map reconcile`.", required=True),
        text("category", "The cell, or * for all others of the figure.", required=True),
        *translated(text("explanation", "Why ours differs from the published value.", required=True)),
    ),
    ("figure", "category"),
    "Why a figure recomputed from these data differs from the published one.",
    is_optional=True,
)

INCONSISTENCIES = Table(
    "inconsistencies",
    (
        Column("id", Kind.ID, "Stable id.", required=True),
        code("disagreement", "disagreement", "What kind of fault it is."),
        *translated(text("statement", "What the document says, in our words.", required=True)),
        reference("source_id", "sources", "The document.", required=True),
        _SHOWN_LOCATOR,
        *translated(text("against", "What stands against it.", required=True)),
        reference("against_source_id", "sources", "Where that stands."),
        *translated(
            text("against_locator", "Section, box, figure or page there."),
            text("resolution", "What these data use, and why."),
        ),
        code("certainty", "certainty", "How sure that is."),
        references("related_ids", "features", "Features concerned."),
    ),
    ("id",),
    "Something that the source documents say wrongly or in contradiction.",
    is_optional=True,
)

DOCUMENT_TABLES: tuple[Table, ...] = (
    SOURCE_COVERAGE,
    LOCALITIES,
    LOCALITY_FACTS,
    EVENTS,
    GROUPS,
    INDICATOR_DEFINITIONS,
    INDICATORS,
    DISTRIBUTIONS,
    RECONCILIATION,
    INCONSISTENCIES,
)
