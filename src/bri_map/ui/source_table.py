"""The sources as the rows of a table, in the words of the interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bri_map.catalog import Catalog
from bri_map.i18n import Messages
from bri_map.query.text import TextIndex
from bri_map.tabulation.ranked import Numbers, PerCatalog, Ranks, in_order, ranks, ranks_of_dates
from bri_map.ui.evidence import page_title

COLUMNS = ("title", "producer", "published", "features")
"""The columns in their order."""
_SEARCHED = ("id", "title", "producer", "url")


@dataclass(frozen=True, slots=True)
class _Sources:
    """The sources of a catalog, those on which most features rest first."""

    rows: pd.DataFrame
    texts: TextIndex


_sources = PerCatalog(1)
_titles = PerCatalog(8)
_ranks = PerCatalog(32)


class SourceRows:
    """The sources that have some words, sorted by the place of each shown word.

    Args:
        catalog: Where they come from.
        words: What a reader looks for; every source where it is empty.
        messages: The words of the interface.
    """

    def __init__(self, catalog: Catalog, words: str, messages: Messages) -> None:
        self._catalog = catalog
        self._m = messages
        self._kept: _Sources = _sources.get(catalog, "all", lambda: _gathered(catalog))
        self._numbers: Numbers = np.flatnonzero(self._kept.texts.mask(words))

    def __len__(self) -> int:
        return len(self._numbers)

    def page(
        self, sort: str, descending: bool, places: slice, _columns: Sequence[str] = COLUMNS
    ) -> list[dict[str, Any]]:
        """Give the rows at some places of the order, in shown words, with all that is known of each."""
        numbers = self._order(sort, descending)[places]
        rows = self._kept.rows.take(numbers).to_dict("records")
        titles = self._said()
        return [
            {str(name): value for name, value in row.items()} | {"title": titles[number]}
            for row, number in zip(rows, numbers.tolist(), strict=True)
        ]

    def _order(self, sort: str, descending: bool) -> Numbers:
        return in_order(self._numbers, self._keys(sort), descending=descending)

    def place_of(self, row_id: str | None, sort: str, descending: bool) -> int | None:
        """Give the place of a source in the order, from 0; None if it is not among the rows."""
        ids = self._kept.rows["id"].take(self._order(sort, descending))
        found = np.flatnonzero(ids == row_id)
        return int(found[0]) if len(found) else None

    def find(self, source_id: str | None) -> dict[str, Any] | None:
        """Give a source by its id; None where it is not among the rows."""
        ids = self._kept.rows["id"]
        found = self._numbers[(ids.take(self._numbers) == source_id).to_numpy()]
        if not len(found):
            return None
        return {str(name): value for name, value in self._kept.rows.iloc[int(found[0])].items()}

    def _said(self) -> list[str]:
        columns = (self._kept.rows[name] for name in ("title", "producer", "url"))
        titles: list[str] = _titles.get(
            self._catalog,
            self._m.language,
            lambda: [
                page_title(title, producer, url, self._m)
                for title, producer, url in zip(*columns, strict=True)
            ],
        )
        return titles

    def _keys(self, column: str) -> Ranks:
        asked = (column, self._m.language)
        found: Ranks = _ranks.get(self._catalog, asked, lambda: self._ranked(column))
        return found

    def _ranked(self, column: str) -> Ranks:
        if column == "features":
            return self._kept.rows["features"].to_numpy()
        if column == "published":
            return ranks_of_dates(self._kept.rows["published"])
        return ranks(self._said() if column == "title" else self._kept.rows[column], self._m.locale)


def _gathered(catalog: Catalog) -> _Sources:
    rows = catalog.sources().sort_values(["features", "id"], ascending=[False, True], ignore_index=True)
    texts = map(" ".join, zip(*(rows[name] for name in _SEARCHED), strict=True))
    return _Sources(rows, TextIndex(texts))
