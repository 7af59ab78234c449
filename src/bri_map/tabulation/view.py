"""How a reader has the table: its columns, its order, its page; as a value, and in a link."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from bri_map.domain.filter import Filter
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.tabulation.columns import DEFAULT, NAME, TableColumn, every_column, offered

PARAMETERS = ("columns", "sort", "page")
LAST_PAGE = 10**6
_KINDS = {spec.kind_column: "kind" for spec in LAYERS.values()}
"""What tells the features of a layer apart has one column for all layers."""


@dataclass(frozen=True, slots=True)
class TableView:
    """How a table is shown.

    Attributes:
        columns: Names of the columns after the name; None for those that everybody sees first.
        sort: Column by which the rows are sorted.
        descending: Whether the greatest value comes first.
        page: The page, from 1; None for the one that holds the open row, else the first.
    """

    columns: tuple[str, ...] | None = None
    sort: str = NAME
    descending: bool = False
    page: int | None = None

    def to_params(self) -> dict[str, list[str]]:
        """Give what differs from the first sight as parameters of a link."""
        params: dict[str, list[str]] = {}
        if self.columns is not None:
            params["columns"] = [",".join(self.columns or (NAME,))]
        if (self.sort, self.descending) != (NAME, False):
            params["sort"] = [f"{'-' if self.descending else ''}{self.sort}"]
        if self.page is not None:
            params["page"] = [str(self.page)]
        return params

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]]) -> tuple[Self, list[tuple[str, str]]]:
        """Read parameters of a link.

        Returns:
            What could be understood, and name and value of each part that could not.
        """
        view, left_out = cls(), list[tuple[str, str]]()
        known = every_column()
        asked = [name.strip() for value in params.get("columns", ()) for name in value.split(",")]
        if named := [_KINDS.get(name.lower(), name.lower()) for name in asked if name]:
            left_out += [("columns", name[:60]) for name in named if name not in known]
            found = tuple(name for name in dict.fromkeys(named) if name in known)
            view = view.with_columns(found) if found else view
        for value in [value.strip() for value in params.get("sort", ())[:1] if value.strip()]:
            column = value.removeprefix("-").lower()
            column = _KINDS.get(column, column)
            if column in known:
                view = replace(view, sort=column, descending=value.startswith("-"))
            else:
                left_out.append(("sort", value[:60]))
        for value in [value.strip() for value in params.get("page", ())[:1] if value.strip()]:
            if value.isascii() and value.isdigit() and len(value) < 10:
                view = replace(view, page=min(max(int(value), 1), LAST_PAGE))
            else:
                left_out.append(("page", value[:60]))
        return view, left_out

    def with_columns(self, columns: Collection[str]) -> Self:
        """Give the view with other columns after the name, in this order."""
        wanted = tuple(name for name in columns if name != NAME)
        return replace(self, columns=None if wanted == DEFAULT else wanted)

    def with_column(self, name: str, shown: bool) -> Self:
        """Give the view with one more column, or without one; what sorted by that one sorts by name."""
        others = tuple(column for column in self.wanted if column != name)
        if shown:
            return self.with_columns((*others, name) if name not in self.wanted else self.wanted)
        view = self.with_columns(others)
        return replace(view, sort=NAME, descending=False) if self.sort == name else view

    @property
    def wanted(self) -> tuple[str, ...]:
        """Names of the columns after the name."""
        return DEFAULT if self.columns is None else self.columns


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a view can be shown of a result.

    Attributes:
        columns: The columns that are shown, the name first.
        offered: The columns that can be.
        missing: The columns that are wanted, but not those of the layers of this result.
        view: The view, sorted by a column that there is.
    """

    columns: tuple[TableColumn, ...]
    offered: tuple[TableColumn, ...]
    missing: tuple[TableColumn, ...]
    view: TableView

    @classmethod
    def of(cls, view: TableView, layers: Collection[LayerId], wanted: Filter) -> Self:
        """Bring a view together with the layers of a result.

        A column by which the rows are sorted is shown too. One that the layers lack is left out and told.
        """
        known, possible = every_column(), offered(layers, wanted)
        there = {column.name for column in possible}
        asked = [NAME, *(name for name in view.wanted if name != NAME)]
        if view.sort not in asked:
            asked.append(view.sort)
        missing = tuple(known[name] for name in asked if name not in there)
        if view.sort not in there:
            view = replace(view, sort=NAME, descending=False)
        shown = tuple(known[name] for name in asked if name in there)
        return cls(shown, possible, missing, view)
