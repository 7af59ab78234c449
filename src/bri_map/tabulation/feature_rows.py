"""The filtered features as the rows of a table, in the words of the interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS, LISTED
from bri_map.domain.place import Near
from bri_map.domain.shared_columns import DISTANCE
from bri_map.domain.table import Kind
from bri_map.i18n import Messages
from bri_map.query.selection import Selection
from bri_map.tabulation.cells import Cells, empty_in
from bri_map.tabulation.columns import every_column
from bri_map.tabulation.ranked import (
    Numbers,
    PerCatalog,
    Ranks,
    in_order,
    ranks,
    ranks_of_dates,
    ranks_of_numbers,
)

_ranks = PerCatalog(64)
_orders = PerCatalog(16)
_blanks = PerCatalog(64)
_OF_A_YEAR = ("status", "status_since")
"""Columns that are those of a year where the filter has one."""


class FeatureRows:
    """The features of a selection, sorted by shown words, put into words a page at a time.

    Args:
        catalog: Where they come from.
        selection: Which features.
        messages: The words of the interface.
    """

    def __init__(self, catalog: Catalog, selection: Selection, messages: Messages) -> None:
        self._catalog = catalog
        self._selection = selection
        self._m = messages
        self._cells = Cells(catalog, messages, selection.filter)

    def __len__(self) -> int:
        return len(self._selection)

    def page(
        self, sort: str, descending: bool, places: slice, columns: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Give the rows at some places of the order, in shown words.

        Returns:
            For each row `id`, `layer_code` and `index` in the layer, the columns by name, and under `whole`
            those of which only a part is shown.
        """
        return self._in_words(self.order(sort, descending)[places], columns)

    def whole(self, sort: str, descending: bool, places: slice, columns: Sequence[str]) -> list[list[str]]:
        """Give the cells at some places of the order, with nothing shortened, as a spreadsheet reads them."""
        numbers = self.order(sort, descending)[places]
        table = np.empty((len(numbers), len(columns)), dtype=object)
        for layer, rows, at in self._by_layer(numbers):
            for place, name in enumerate(columns):
                table[rows, place] = self._cells.words(name, layer, at, whole=True)
        return [[str(cell) for cell in row] for row in table]

    def order(self, sort: str, descending: bool) -> Numbers:
        """Give the numbers of the features, sorted by a column; those without a value come last."""
        asked = (self._selection.filter, self._m.language, sort, descending)
        order: Numbers = _orders.get(self._catalog, asked, lambda: self._ordered(sort, descending))
        return order

    def place_of(self, row_id: str | None, sort: str, descending: bool) -> int | None:
        """Give the place of a feature in the order, from 0; None if it is not among the rows."""
        number = None if row_id is None else self._catalog.features.known.number(row_id)
        if number is None or not self._selection.mask[number]:
            return None
        return int(np.flatnonzero(self.order(sort, descending) == number)[0])

    def blanks(self, column: str) -> int:
        """Count the rows without a value in a column."""
        asked = (column, self._asked_of(column))
        empty: npt.NDArray[np.bool_] = _blanks.get(self._catalog, asked, lambda: self._empty(column))
        return int(np.count_nonzero(empty & self._selection.mask))

    def _empty(self, column: str) -> npt.NDArray[np.bool_]:
        return np.concatenate([empty_in(self._cells.texts(column, layer)) for layer in LAYERS])

    def _ordered(self, sort: str, descending: bool) -> Numbers:
        slices, mask = self._catalog.slices, self._selection.mask
        parts = [slices[spec.id] for spec in LISTED]
        numbers = np.concatenate([part.start + np.flatnonzero(mask[part]) for part in parts])
        return in_order(numbers, self._keys(sort), descending=descending)

    def _asked_of(self, column: str) -> int | Near | None:
        """Give that part of the filter on which the values of a column depend."""
        if column == DISTANCE.name:
            return self._selection.filter.near
        return self._selection.filter.year if column in _OF_A_YEAR else None

    def _keys(self, column: str) -> Ranks:
        """Give the place of each feature of the catalog by a column."""
        asked = (column, self._m.language, self._asked_of(column))
        found: Ranks = _ranks.get(self._catalog, asked, lambda: self._ranked(column))
        return found

    def _ranked(self, column: str) -> Ranks:
        if every_column()[column].is_number:
            return ranks_of_numbers(self._texts(column))
        if _is_date(column):
            return ranks_of_dates(self._texts(column))
        words = [word for layer in LAYERS for word in self._cells.words(column, layer)]
        return ranks(words, self._m.locale)

    def _texts(self, column: str) -> pd.Series:
        return pd.concat([self._cells.texts(column, layer) for layer in LAYERS], ignore_index=True)

    def _by_layer(self, numbers: Numbers) -> list[tuple[LayerId, Numbers, Numbers]]:
        """Give for each layer which of the numbers are of it, and their places in it."""
        found = []
        for layer, part in self._catalog.slices.items():
            rows = np.flatnonzero((numbers >= part.start) & (numbers < part.stop))
            if len(rows):
                found.append((layer, rows, numbers[rows] - part.start))
        return found

    def _in_words(self, numbers: Numbers, columns: Sequence[str]) -> list[dict[str, Any]]:
        result: list[dict[str, Any]] = [{} for _ in numbers]
        for layer, rows, at in self._by_layer(numbers):
            said = {name: self._cells.words(name, layer, at) for name in columns}
            countries = self._cells.words("countries", layer, at, whole=True) if "countries" in said else None
            ids = self._catalog.rows(layer)["id"].take(at)
            for place, (row, thing, index) in enumerate(zip(rows, ids, at.tolist(), strict=True)):
                result[row] = {
                    "id": thing,
                    "layer_code": layer,
                    "index": index,
                    **{name: words[place] for name, words in said.items()},
                    "whole": {"countries": countries[place]} if countries else {},
                }
        return result


def _is_date(column: str) -> bool:
    """Whether every layer that has a column has dates in it."""
    defined = [c for spec in LISTED for c in spec.table.fields if c.name == column]
    return bool(defined) and all(found.kind is Kind.DATE for found in defined)
