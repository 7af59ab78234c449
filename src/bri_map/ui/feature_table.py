"""The filtered features as the rows of a table, in the words of the interface."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS, LISTED
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.i18n import Messages
from bri_map.query.selection import Selection
from bri_map.ui.details import kind_label
from bri_map.ui.ranked import Numbers, PerCatalog, Ranks, in_order, ranks, ranks_of_codes

MAX_COUNTRIES = 3
"""Countries that a row names; the details name all."""
_CELLS = ("id", *NAME_COLUMNS.values(), "countries", "status", "status_as_of", "precision")
_ranks = PerCatalog(32)
_orders = PerCatalog(16)


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

    def __len__(self) -> int:
        return len(self._selection)

    def page(self, sort: str, descending: bool, places: slice) -> list[dict[str, Any]]:
        """Give the rows at some places of the order, in shown words."""
        numbers = self.order(sort, descending)[places]
        worded: dict[int, dict[str, Any]] = {}
        for layer, part in self._catalog.slices.items():
            inside = numbers[(numbers >= part.start) & (numbers < part.stop)]
            worded |= zip(inside.tolist(), self._worded(layer, inside - part.start), strict=True)
        return [worded[number] for number in numbers.tolist()]

    def order(self, sort: str, descending: bool) -> Numbers:
        """Give the numbers of the features, sorted by a column of shown words."""
        asked = (self._selection.filter, self._m.language, sort, descending)
        order: Numbers = _orders.get(self._catalog, asked, lambda: self._ordered(sort, descending))
        return order

    def _ordered(self, sort: str, descending: bool) -> Numbers:
        slices, mask = self._catalog.slices, self._selection.mask
        parts = [slices[spec.id] for spec in LISTED]
        numbers = np.concatenate([part.start + np.flatnonzero(mask[part]) for part in parts])
        return in_order(numbers, self._keys(sort), descending=descending)

    def _keys(self, column: str) -> Ranks:
        """Give the place of each feature of the catalog by a column; the status may be that of a year."""
        year = self._selection.filter.year if column == "status" else None
        asked = (column, self._m.language, year)
        found: Ranks = _ranks.get(self._catalog, asked, lambda: self._ranked(column, year))
        return found

    def _ranked(self, column: str, year: int | None) -> Ranks:
        catalog, m = self._catalog, self._m
        if column == "sources":
            return np.array([len(ids) for layer in LAYERS for ids in catalog.source_ids(layer)])
        if column == "status" and year is not None:
            codes = catalog.as_of(year)
            return ranks_of_codes(codes, lambda code: m.code("status", code) if code else "", m.locale)
        cells = pd.concat([self._cells(layer, column) for layer in LAYERS], ignore_index=True)
        if column in ("name", "status_as_of"):
            return ranks(cells, m.locale)
        return ranks_of_codes(cells, lambda cell: self._said(column, cell), m.locale)

    def _cells(self, layer: LayerId, column: str) -> pd.Series:
        rows = self._catalog.rows(layer)
        if column == "layer":
            return pd.Series(layer, index=rows.index, dtype="str")
        if column == "kind":
            return layer + LIST_SEPARATOR + rows[LAYERS[layer].kind_column]
        if column == "name":
            return self._catalog.naming.shown(rows, self._m.language)
        return rows[column]

    def _said(self, column: str, cell: str) -> str:
        """Put a cell into words."""
        if column == "kind":
            layer, _, code = cell.partition(LIST_SEPARATOR)
            return kind_label(layer, code, self._m)
        if column == "countries":
            names = [
                self._catalog.country_name(iso3, self._m.language) for iso3 in cell.split(LIST_SEPARATOR)
            ]
            more = len(names) - MAX_COUNTRIES
            return self._m.locale.listed(names[:MAX_COUNTRIES]) + (f" +{more}" if more > 0 else "")
        return self._m.code(column, cell)

    def _worded(self, layer: LayerId, indices: Numbers) -> list[dict[str, Any]]:
        """Put the features at some places in a layer into words."""
        kind, year, m = LAYERS[layer].kind_column, self._selection.filter.year, self._m
        rows = self._catalog.rows(layer)[[*_CELLS, kind]].take(indices)
        if year is not None:
            statuses = self._catalog.engine.statuses(year)[indices + self._catalog.slices[layer].start]
            rows = rows.assign(status=statuses)
        sources = self._catalog.source_ids(layer, indices)
        names = self._catalog.naming.shown(rows, m.language)
        cells = rows.to_dict("records")
        return [
            {
                "id": row["id"],
                "layer_code": layer,
                "index": index,
                "name": name,
                "layer": m.code("layer", layer),
                "kind": kind_label(layer, row[kind], m),
                "countries": self._said("countries", row["countries"]),
                "status": m.code("status", row["status"]),
                "status_as_of": row["status_as_of"],
                "precision": m.code("precision", row["precision"]),
                "sources": len(ids),
            }
            for index, row, name, ids in zip(indices.tolist(), cells, names, sources, strict=True)
        ]
