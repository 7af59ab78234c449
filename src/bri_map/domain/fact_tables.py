"""Tables in which every row is one fact of a feature with its own source."""

from __future__ import annotations

from bri_map.domain.table import (
    Column,
    Kind,
    Table,
    amount,
    code,
    date,
    degrees,
    flag,
    language,
    reference,
    text,
    translated,
)

_FEATURE = reference("feature_id", "features", "The feature.", required=True)
_SOURCE = reference("source_id", "sources", "The source that says it.", required=True)
_LOCATOR = text("locator", "Section, box, figure or page inside the source.", good="Box 3.12", bad="see box")
_BASIS = code("basis", "basis", "What the value rests on.")
_NOTE = text("note", "What a careful reader should know.")
_SHOWN_LOCATOR, _SHOWN_NOTE = translated(_LOCATOR, _NOTE)
_EVIDENCE = (_SOURCE, _SHOWN_LOCATOR, _BASIS, _SHOWN_NOTE)
(_SCOPE,) = translated(text("scope", "What it covers, where that is not the feature as a whole."))

WHOLE_ROW = "*"
"""Field of a claim that stands for every value of the row which no other claim covers."""
POSITION = "position"
"""Field of a claim about the point of a feature; its value is longitude and latitude with a blank."""

CLAIMS = Table(
    "claims",
    (
        _FEATURE,
        text(
            "field",
            f"Column of the feature's table, {POSITION!r}, or {WHOLE_ROW!r} for the whole row.",
            required=True,
            good="area_km2",
            bad="area",
        ),
        text("value", "What the source says, written as the cell is."),
        date("as_of", "When it held or was said."),
        *_EVIDENCE[:3],
        flag("is_preferred", "Chosen by an editor over other sources; the note says why."),
        _SHOWN_NOTE,
    ),
    ("feature_id", "field", "value", "source_id", "locator"),
    "A source gives a value of a feature.",
)

STATUS_HISTORY = Table(
    "status_history",
    (
        _FEATURE,
        date("date", "When it happened or was reported."),
        code("mark", "mark", "What the date marks."),
        code("status", "status", "Status from then on."),
        *translated(text("event", "What happened.", required=True)),
        *_EVIDENCE,
    ),
    ("feature_id", "date", "mark", "status", "event", "source_id"),
    "A dated event in the life of a feature, or a report of its status. The last row is its status.",
)

COSTS = Table(
    "costs",
    (
        _FEATURE,
        code("cost_kind", "cost_kind", "What the amount is."),
        Column(
            "amount_million",
            Kind.NUMBER,
            "Amount.",
            required=True,
            unit="million of the currency",
            minimum=0,
            maximum=1_000_000_000,
        ),
        Column(
            "currency",
            Kind.TEXT,
            "Currency, ISO 4217.",
            required=True,
            pattern="[A-Z]{3}",
            good="USD",
            bad="US$",
        ),
        Column("year", Kind.INTEGER, "Year of the amount.", minimum=1900, maximum=2100),
        _SCOPE,
        *_EVIDENCE,
    ),
    ("feature_id", "cost_kind", "amount_million", "currency", "year", "source_id"),
    "An amount of money that a source gives for a feature.",
    is_optional=True,
)

MEASURES = Table(
    "measures",
    (
        _FEATURE,
        code("measure", "measure", "What is measured."),
        Column("value", Kind.NUMBER, "Number.", required=True, minimum=0),
        *translated(text("unit", "Unit.", required=True, good="MW", bad="megawatts")),
        date("as_of", "When it held."),
        _SCOPE,
        *_EVIDENCE,
    ),
    ("feature_id", "measure", "value", "unit", "scope", "source_id"),
    "A measured quantity of a feature: capacity apart from length, throughput, area and jobs.",
    is_optional=True,
)

ORGANISATIONS = Table(
    "organisations",
    (
        Column("id", Kind.ID, "Stable id.", required=True),
        text("name", "Usual name in English.", required=True),
        text("name_zh", "Name in Simplified Chinese."),
        reference("country", "countries", "Country of its seat."),
        _BASIS,
        _NOTE,
    ),
    ("id",),
    "A firm, bank, ministry or other body.",
    is_optional=True,
)

FEATURE_ORGANISATIONS = Table(
    "feature_organisations",
    (
        _FEATURE,
        code("role", "role", "What it does for the feature."),
        reference("organisation_id", "organisations", "The organisation.", required=True),
        *_EVIDENCE,
    ),
    ("feature_id", "role", "organisation_id", "source_id"),
    "An organisation has a role in a feature.",
    is_optional=True,
)

NAMES = Table(
    "names",
    (
        reference(
            "feature_id",
            "named",
            "The feature; names of the kind 'shown' may be of a country or an organisation too.",
            required=True,
        ),
        text("name", "The name.", required=True),
        language("language"),
        code("name_kind", "name_kind", "Kind of name."),
        *_EVIDENCE,
    ),
    ("feature_id", "name", "language"),
    "A further name, by which people search, or under which pages in its language show a thing.",
    is_optional=True,
)

RELATIONS = Table(
    "relations",
    (
        _FEATURE,
        code("relation", "relation", "How it is related to the other."),
        reference("other_id", "features", "The other feature.", required=True),
        *_EVIDENCE,
    ),
    ("feature_id", "relation", "other_id"),
    "A feature is related to another one.",
    is_optional=True,
)

IDENTIFIERS = Table(
    "identifiers",
    (
        reference("feature_id", "named", "The feature, or an organisation.", required=True),
        code("scheme", "identifier_scheme", "Who gives the identifier."),
        text("identifier", "The identifier, empty if it was looked for and is not there.", good="34750"),
        code("match", "identifier_match", "How the thing there and the feature are alike."),
        *_EVIDENCE,
    ),
    ("feature_id", "scheme", "identifier"),
    "Another database knows a feature, or a part or the whole of it, under an identifier.",
    is_optional=True,
)

LOOKUPS = Table(
    "lookups",
    (
        _FEATURE,
        date("date", "When news of it were last looked for, whether there were any or not.", required=True),
        _NOTE,
    ),
    ("feature_id", "date"),
    "News of a feature were looked for.",
    is_optional=True,
)

CORRIDOR_MEMBERS = Table(
    "corridor_members",
    (
        _FEATURE,
        reference("corridor_id", "corridors", "The corridor.", required=True),
        code("membership_rule", "membership_rule", "Why it belongs to it."),
        amount("distance_km", "Geodesic distance to the corridor's line.", "km", 20_000),
        reference("source_id", "sources", "The source that says so, for the rule 'source'."),
        _SHOWN_LOCATOR,
        _SHOWN_NOTE,
    ),
    ("feature_id", "corridor_id", "membership_rule"),
    "A feature belongs to a corridor. Rows of the rule 'near-line' are written by `bri-map format`.",
    is_optional=True,
)

RETIRED = Table(
    "retired",
    (
        Column("id", Kind.ID, "The id; it is never used again.", required=True),
        code("layer", "layer", "Layer that it belonged to."),
        date("retired", "When it was retired.", required=True),
        *translated(text("reason", "Why.", required=True)),
        reference("successor_id", "features", "The feature that stands for it now."),
    ),
    ("id",),
    "An id that once named a feature.",
    is_optional=True,
)

BASELINE = Table(
    "baseline",
    (
        Column("id", Kind.TEXT, "Name of a table.", required=True, pattern="[a-z_]+", good="parks"),
        Column("rows", Kind.INTEGER, "Number of its rows.", required=True, minimum=0),
    ),
    ("id",),
    "How many rows a table has; whoever adds or removes rows changes it knowingly.",
    is_optional=True,
)

WAYPOINTS = Table(
    "waypoints",
    (
        _FEATURE,
        text("branch", "`main`, or the name of a branch.", required=True),
        Column("seq", Kind.INTEGER, "1, 2, 3 ... along the branch.", required=True, minimum=1),
        text("name", "Name of the place.", required=True),
        code("kind", "waypoint_kind", "What it is."),
        reference("country", "countries", "Country, empty at sea."),
        degrees("lon", "Longitude.", 180),
        degrees("lat", "Latitude.", 90),
        text("position_note", "Where the position comes from, and how good it is."),
        Column(
            "follows",
            Kind.TEXT,
            "The line that is followed to here, with both places on it: the id of its feature, and its "
            "branch after a slash unless that is `main`.",
            pattern="[a-z0-9-]+(/[a-z0-9-]+)?",
            good="ml-1-karachi-peshawar",
            bad="ML-1",
        ),
        code("way", "way", "What the way to this place is, where it is special.", required=False),
    ),
    ("feature_id", "branch", "seq"),
    "A place that a line passes.",
    sort=("feature_id",),
    is_optional=True,
    folder="geo",
)

FACT_TABLES: tuple[Table, ...] = (
    CLAIMS,
    STATUS_HISTORY,
    COSTS,
    MEASURES,
    ORGANISATIONS,
    FEATURE_ORGANISATIONS,
    NAMES,
    RELATIONS,
    IDENTIFIERS,
    LOOKUPS,
    CORRIDOR_MEMBERS,
    RETIRED,
    BASELINE,
    WAYPOINTS,
)
