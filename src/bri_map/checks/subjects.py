"""What rules of meaning ask of a feature: its row, its history, its sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby

from bri_map.checks.context import Context, Row
from bri_map.data.ages import end_of
from bri_map.data.cells import value_fault
from bri_map.data.derive import in_order
from bri_map.domain.fact_tables import STATUS_HISTORY
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import LIST_SEPARATOR, Table
from bri_map.domain.tables import SOURCES

_DATE = STATUS_HISTORY.column("date")


@dataclass(frozen=True)
class Subject:
    """A feature that is shown.

    Attributes:
        layer: Its layer.
        row: Its row there.
        history: Its history in order.
    """

    layer: LayerId
    row: Row
    history: list[Row] = field(default_factory=list)

    @property
    def table(self) -> Table:
        """The table of its layer."""
        return LAYER_TABLES[self.layer]

    @property
    def countries(self) -> frozenset[str]:
        """The countries that it names."""
        return frozenset(str(self.row["countries"]).split(LIST_SEPARATOR))

    @property
    def status(self) -> str:
        """Its status; empty without a history."""
        return str(self.history[-1]["status"]) if self.history else ""

    def years(self, *marks: str) -> list[int]:
        """Give the years of its dated events, of some marks if they are named, in order."""
        return [
            int(row["date"][:4])
            for row in self.history
            if is_date(row["date"]) and (not marks or row["mark"] in marks)
        ]


def subjects_of(context: Context) -> dict[str, Subject]:
    """Give every feature that is shown and has no fault of reading, by id."""
    found = {
        str(row["id"]): Subject(layer, row)
        for layer, row in context.features()
        if row["id"] not in context.blamed
    }
    rows: list[Row] = in_order(context.frame(STATUS_HISTORY)).to_dict("records")  # type: ignore[assignment]
    for feature, group in groupby(rows, key=lambda row: row["feature_id"]):
        if feature in found:
            found[feature].history.extend(group)
    return found


def texts_of(subject: Subject) -> str:
    """Give what is said in words of a feature: its name, summary, note and events."""
    row = subject.row
    events = (str(event["event"]) for event in subject.history)
    return " | ".join([str(row["name"]), str(row.get("summary", "")), str(row["note"]), *events])


def sources_of(context: Context) -> dict[str, Row]:
    """Give every source by id."""
    return {str(row["id"]): row for row in context.rows(SOURCES)}


def rows_by(context: Context, table: Table, column: str = "feature_id") -> dict[str, list[Row]]:
    """Give the rows of a table by what one of its columns names."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows(table):
        found[str(row[column])].append(row)
    return found


@lru_cache(maxsize=20_000)
def is_date(text: str) -> bool:
    """Tell whether a text is a date; what is none has its own fault."""
    return bool(text) and value_fault(text, _DATE) is None


def start_of(text: str) -> date:
    """Give the first day that a date of the form YYYY, YYYY-MM or YYYY-MM-DD may mean."""
    return date.fromisoformat(f"{text}-01-01"[:10])


def days_after(text: str, other: str) -> int:
    """Give the days by which one date lies surely after another; 0 if it may not."""
    if not (is_date(text) and is_date(other)):
        return 0
    return max(0, (start_of(text) - end_of(other)).days)


def number(text: str) -> float | None:
    """Read a number; what is none has its own fault."""
    try:
        return float(text)
    except ValueError:
        return None
