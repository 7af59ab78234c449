"""Every table and every column of the data set, defined once.

Readers, checks, exports, the details panel and `bri-map show` derive from these definitions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bri_map.domain.vocabulary import Layer


class Kind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    CODE = "code"
    ID = "id"
    IDS = "ids"
    TEXTS = "texts"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    URL = "url"


LIST_KINDS = frozenset({Kind.IDS, Kind.TEXTS})
LIST_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: Header of the column; units are part of the name (`length_km`).
        kind: How a cell is read. Dates are YYYY, YYYY-MM or YYYY-MM-DD.
        meaning: What a value says.
        required: Whether an empty cell is a fault.
        vocabulary: Name of the vocabulary for a code.
        references: Table whose key the cell holds, for an id or a list of ids.
        unit: Unit of a number, as shown to readers.
        minimum: Smallest number that can be true.
        maximum: Largest number that can be true.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    vocabulary: str | None = None
    references: str | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values, separated by semicolons."""
        return self.kind in LIST_KINDS


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of the data root.

    Attributes:
        name: Short name, also the file's stem in `data/` unless `path` says otherwise.
        columns: The columns in their fixed order.
        key: Columns that identify a row; rows are sorted by them.
        meaning: What a row is.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    meaning: str
    sort: tuple[str, ...] = field(default=())

    @property
    def path(self) -> str:
        """Path inside the data root."""
        return f"data/{self.name}.csv"

    def column(self, name: str) -> Column:
        """Give a column by name.

        Raises:
            KeyError: There is no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def column_names(self) -> tuple[str, ...]:
        """The headers, in order."""
        return tuple(column.name for column in self.columns)


def _text(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, meaning, required=required)


def _code(name: str, vocabulary: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, Kind.CODE, meaning, required=required, vocabulary=vocabulary)


def _date(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, meaning, required=required)


def _year(name: str, meaning: str) -> Column:
    return Column(name, Kind.INTEGER, meaning, minimum=1800, maximum=2100)


def _flag(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.BOOLEAN, meaning, required=required)


def _amount(name: str, meaning: str, unit: str, maximum: float) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit=unit, minimum=0, maximum=maximum)


def _layer_columns(kind: Column, *own: Column, with_corridors: bool = True) -> tuple[Column, ...]:
    corridors = (
        Column("corridors", Kind.IDS, "Corridors that the feature belongs to.", references="corridors"),
    )
    return (
        Column("id", Kind.ID, "Stable id, never reused.", required=True),
        _text("name", "Name in English.", required=True),
        _text("name_zh", "Name in Simplified Chinese."),
        kind,
        Column(
            "countries",
            Kind.IDS,
            "Countries it lies in or crosses, ISO 3166-1 alpha-3.",
            required=True,
            references="countries",
        ),
        _code("status", "status", "Progress, as last reported."),
        _date("status_as_of", "When the status held."),
        _code("precision", "precision", "How exactly the position is known."),
        _text("position_note", "What the point or line stands for and where it comes from."),
        *(corridors if with_corridors else ()),
        _code("basis", "basis", "What the row rests on."),
        _text("note", "What a careful reader should know."),
        *own,
    )


_COST = _amount("cost_usd_million", "Reported cost.", "million US$", 200_000)

PARKS = Table(
    "parks",
    _layer_columns(
        _code("type", "type", "Kind of park."),
        _text("locality", "Place, from small to large."),
        Column("developer", Kind.TEXTS, "Developers."),
        _year("established_year", "Year of founding."),
        _amount("area_km2", "Planned area.", "km²", 20_000),
        _flag("is_operational", "Whether firms work in it."),
        _flag("is_mofcom_assessed", "Whether China's Ministry of Commerce has assessed it."),
        _flag("in_ey_2020", "Whether it is in our reconstruction of the 74 parks of EY 2020.", required=True),
        _code("ey_match", "ey_match", "How sure that reconstruction is.", required=False),
        Column("ey_figure6_no", Kind.INTEGER, "Number in EY 2020, figure 6.", minimum=1, maximum=74),
        Column("main_industries", Kind.TEXTS, "Main industries."),
    ),
    ("id",),
    "An industrial park, or a zone of that kind.",
)

RAIL = Table(
    "rail",
    _layer_columns(
        _code("kind", "rail_kind", "Class of the route."),
        _amount("length_km", "Published length.", "km", 20_000),
        _amount("design_speed_kmh", "Design speed.", "km/h", 600),
        Column("gauge_mm", Kind.INTEGER, "Track gauge.", unit="mm", minimum=600, maximum=1700),
        _flag("is_electrified", "Whether it is electrified."),
        _date("construction_start", "Start of construction."),
        _date("opened", "Opening to traffic."),
        _COST,
        Column("contractor", Kind.TEXTS, "Contractors."),
    ),
    ("id",),
    "A rail route or freight service.",
)

CORRIDORS = Table(
    "corridors",
    _layer_columns(
        _code("kind", "corridor_kind", "Kind of corridor."),
        _year("announced_year", "Year of announcement."),
        _text("summary", "What it joins."),
        with_corridors=False,
    ),
    ("id",),
    "An economic corridor, a maritime route or an air route.",
)

PROJECTS = Table(
    "projects",
    _layer_columns(
        _code("sector", "sector", "Sector."),
        _text("subsector", "Finer kind, in plain words."),
        _text("locality", "Place."),
        _year("announced_year", "Year of announcement."),
        _date("construction_start", "Start of construction."),
        _date("completed", "Completion as reported."),
        _COST,
        _text("cost_note", "What the cost covers, where it is not the whole project."),
        Column("capacity", Kind.TEXTS, "Capacity or size, with unit."),
        Column("contractor", Kind.TEXTS, "Contractors."),
        Column("financier", Kind.TEXTS, "Financiers."),
        _code("green_rating", "green_rating", "Rating of the BRIGC baseline study."),
        _text("summary", "What it is."),
    ),
    ("id",),
    "An infrastructure project.",
)

COUNTRIES = Table(
    "countries",
    (
        Column("iso3", Kind.ID, "ISO 3166-1 alpha-3.", required=True),
        _text("name", "Name in English.", required=True),
        _text("name_zh", "Name in Simplified Chinese.", required=True),
        _code("region", "region", "Region."),
        _text("continent", "Continent."),
        _flag("bri_partner", "Whether it has signed a Belt and Road cooperation document."),
        _date("bri_partner_as_of", "When that held."),
        _date("bri_mou_date", "Date of the memorandum."),
        _text("bri_mou_basis", "What that date rests on."),
        _flag("route64", "Whether it is one of the 64 countries along the routes that EY counts."),
        _text("capital", "Capital."),
        _code("basis", "basis", "What the row rests on."),
        Column("source_url", Kind.URL, "Page that confirms it."),
        _text("note", "What a careful reader should know."),
    ),
    ("iso3",),
    "A country or territory that the atlas names.",
)

SOURCES = Table(
    "sources",
    (
        Column("id", Kind.ID, "Stable id.", required=True),
        _text("title", "Title."),
        _text("publisher", "Publisher or host."),
        _date("published", "Date of publication."),
        _text("language", "Language, ISO 639-1."),
        Column("url", Kind.URL, "Address."),
        _date("accessed", "When the page was read."),
        _text("note", "What a careful reader should know."),
    ),
    ("id",),
    "A publication or page that facts rest on.",
)

FEATURE_SOURCES = Table(
    "feature_sources",
    (
        Column("feature_id", Kind.ID, "The feature.", required=True, references="features"),
        Column("source_id", Kind.ID, "The source.", required=True, references="sources"),
        _text("locator", "Section, box, figure or page inside the source."),
    ),
    ("feature_id", "source_id", "locator"),
    "A feature rests on a source.",
)

STATUS_HISTORY = Table(
    "status_history",
    (
        Column("feature_id", Kind.ID, "The project or rail route.", required=True, references="features"),
        _date("date", "When it happened.", required=True),
        _code("status", "status", "Status from then on."),
        _text("event", "What happened.", required=True),
        Column("source_id", Kind.ID, "Source.", references="sources"),
    ),
    ("feature_id", "date", "status", "event"),
    "A dated event in the life of a project or rail route.",
    sort=("feature_id", "date"),
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
    FEATURE_SOURCES,
    STATUS_HISTORY,
)
