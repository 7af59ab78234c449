"""What a table and a column of the data set are, and short ways to define them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


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
        pattern: Regular expression that a text matches whole.
        good: Example of a value as it should be.
        bad: Example of a value as it should not be.
        is_claimed: Whether every value needs a row in `data/claims.csv`.
        is_derived: Whether the value is not in the file but follows from other tables.
        is_translated: Whether pages in other languages show what `data/translations.csv` has for it.
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
    pattern: str | None = None
    good: str = ""
    bad: str = ""
    is_claimed: bool = False
    is_derived: bool = False
    is_translated: bool = False

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
        sort: Columns by which rows are sorted, where that is not the key.
        is_optional: Whether a data root may do without the file.
        folder: Folder inside the data root.
        derived: Columns that follow from other tables; they are in no file.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    meaning: str
    sort: tuple[str, ...] = ()
    is_optional: bool = False
    folder: str = "data"
    derived: tuple[Column, ...] = ()

    @property
    def path(self) -> str:
        """Path inside the data root."""
        return f"{self.folder}/{self.name}.csv"

    @property
    def order(self) -> tuple[str, ...]:
        """Columns by which the rows of the file are sorted."""
        return self.sort or self.key

    @property
    def fields(self) -> tuple[Column, ...]:
        """What a feature shows: the columns of the file, then the derived ones."""
        return self.columns + self.derived

    def column(self, name: str) -> Column:
        """Give a column by name.

        Raises:
            KeyError: There is no such column.
        """
        for column in self.fields:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def column_names(self) -> tuple[str, ...]:
        """The headers, in order."""
        return tuple(column.name for column in self.columns)


def translated(*columns: Column) -> tuple[Column, ...]:
    """Mark columns of words that readers of every language see."""
    return tuple(replace(column, is_translated=True) for column in columns)


def text(name: str, meaning: str, *, required: bool = False, good: str = "", bad: str = "") -> Column:
    """Give a column of plain text."""
    return Column(name, Kind.TEXT, meaning, required=required, good=good, bad=bad)


def texts(name: str, meaning: str, *, good: str = "", bad: str = "") -> Column:
    """Give a column of several texts."""
    return Column(name, Kind.TEXTS, meaning, good=good, bad=bad)


def code(name: str, vocabulary: str, meaning: str, *, required: bool = True) -> Column:
    """Give a column of codes."""
    return Column(name, Kind.CODE, meaning, required=required, vocabulary=vocabulary)


def date(name: str, meaning: str, *, required: bool = False, is_derived: bool = False) -> Column:
    """Give a column of dates: YYYY, YYYY-MM or YYYY-MM-DD."""
    return Column(
        name, Kind.DATE, meaning, required=required, good="2020-12", bad="12/2020", is_derived=is_derived
    )


def year(name: str, meaning: str) -> Column:
    """Give a column of years."""
    return Column(name, Kind.INTEGER, meaning, minimum=1800, maximum=2100, good="2013", bad="2013-09")


def flag(name: str, meaning: str, *, required: bool = False) -> Column:
    """Give a column of true and false."""
    return Column(name, Kind.BOOLEAN, meaning, required=required, good="true", bad="yes")


def amount(name: str, meaning: str, unit: str, maximum: float, *, is_derived: bool = False) -> Column:
    """Give a column of numbers from zero to a maximum, in a unit."""
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=unit,
        minimum=0,
        maximum=maximum,
        good="11.13",
        bad="11,13",
        is_derived=is_derived,
    )


def reference(name: str, table: str, meaning: str, *, required: bool = False) -> Column:
    """Give a column that holds the key of another table."""
    return Column(name, Kind.ID, meaning, required=required, references=table)


def references(name: str, table: str, meaning: str, *, required: bool = False) -> Column:
    """Give a column that holds several keys of another table."""
    return Column(name, Kind.IDS, meaning, required=required, references=table)


def language(name: str) -> Column:
    """Give a column of languages."""
    return Column(name, Kind.TEXT, "Language, ISO 639.", pattern="[a-z]{2,3}", good="zh", bad="Chinese")


def degrees(name: str, meaning: str, limit: float, *, required: bool = True) -> Column:
    """Give a column of degrees, WGS84."""
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        required=required,
        unit="degrees",
        minimum=-limit,
        maximum=limit,
        good="102.61",
        bad="102°36'E",
    )
