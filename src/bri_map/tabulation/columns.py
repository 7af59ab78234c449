"""The columns that a reader can have in the table of features, from the definitions of the layers' tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from bri_map.domain.codes import codes
from bri_map.domain.fact_tables import POSITION
from bri_map.domain.filter import Filter
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS, LISTED, MEMBERSHIP_COLUMN
from bri_map.domain.shared_columns import DISTANCE, DRAWN_TO_PUBLISHED
from bri_map.domain.table import Column, Kind
from bri_map.i18n import Messages

NAME = "name"
"""The column that always stands first."""
DEFAULT = ("kind", "countries", "status", "status_since", "status_as_of", "layer", "precision", "sources")
"""What stands after the name until the reader chooses otherwise."""
GROUPS = ("about", "status", "place", "size", "organisations")
"""How columns are offered: in which groups, in their order."""
_LEFT_OUT = frozenset({"record", "ey_alternatives"})
"""The same in every row that is shown; ids for use inside the data."""
_OTHER_LABELS = {POSITION: "details.position"} | {spec.kind_column: "column.kind" for spec in LAYERS.values()}
_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER})
_PLACE = frozenset(
    {"countries", "regions", "precision", "position_note", "locality", MEMBERSHIP_COLUMN, DISTANCE.name}
)
_SIZE = frozenset({"cost_kind", "cost_year", "cost_scope", "measures", DRAWN_TO_PUBLISHED})
_STATUS = ("status", "freshness")
_EVERYWHERE = ("layer", "kind", "regions", "sources", DISTANCE.name)
"""What every layer has beside the columns of its table; `kind` is what tells its features apart."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of the table of features.

    Attributes:
        name: Its name in links.
        label: Key of its message.
        group: One of `GROUPS`.
        layers: The layers whose features may have a value.
        is_number: Whether its values are numbers.
        unit: Unit of these, if any.
    """

    name: str
    label: str
    group: str
    layers: frozenset[LayerId]
    is_number: bool
    unit: str | None


@cache
def every_column() -> dict[str, TableColumn]:
    """Give every column that some layer has, by name."""
    found: dict[str, list[Column]] = {}
    layers: dict[str, set[LayerId]] = {}
    for spec in LISTED:
        for name in (NAME, *_EVERYWHERE):
            layers.setdefault(name, set()).add(spec.id)
        for column in spec.table.fields:
            if column.name not in _LEFT_OUT and column.name != spec.kind_column:
                found.setdefault(column.name, []).append(column)
                layers.setdefault(column.name, set()).add(spec.id)
    return {name: _column(name, found.get(name, []), frozenset(layers[name])) for name in layers}


def _column(name: str, defined: list[Column], layers: frozenset[LayerId]) -> TableColumn:
    if name == DISTANCE.name:
        defined = [DISTANCE]
    is_number = name == "sources" or (bool(defined) and all(column.kind in _NUMBERS for column in defined))
    unit = next((column.unit for column in defined if column.unit), None)
    return TableColumn(name, label_of(name), _group(name, defined, unit), layers, is_number, unit)


def label_of(name: str) -> str:
    """Give the key of the message that names a column, or a field of a claim."""
    if name in _OTHER_LABELS:
        return _OTHER_LABELS[name]
    return f"role.{name}" if name in codes("role") else f"column.{name}"


def _group(name: str, defined: list[Column], unit: str | None) -> str:
    if name in codes("role"):
        return "organisations"
    if name in _PLACE:
        return "place"
    if unit or name in _SIZE:
        return "size"
    is_dated = any(c.kind is Kind.DATE or c.vocabulary in _STATUS for c in defined)
    return "status" if is_dated else "about"


def heading(column: TableColumn, messages: Messages) -> str:
    """Give the head of a column, with the unit of its numbers."""
    unit = messages.text(f"unit.{column.unit}") if column.unit else ""
    return messages.locale.with_aside(messages[column.label], [unit])


def offered(layers: Collection[LayerId], wanted: Filter) -> tuple[TableColumn, ...]:
    """Give the columns that are of use for features of some layers, group by group.

    Of several layers these are the columns that at least two of them have; of one layer all that it has. The
    distance is there while the filter asks for what is near.

    Args:
        layers: The layers of a result; all layers where it is empty.
        wanted: The filter of the result.
    """
    shown = frozenset(layers or LAYERS)
    needed = min(2, len(shown))
    absent = () if wanted.near else (DISTANCE.name,)
    found = [
        column
        for column in every_column().values()
        if len(column.layers & shown) >= needed and column.name not in absent
    ]
    return tuple(sorted(found, key=lambda column: GROUPS.index(column.group)))
