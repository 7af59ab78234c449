"""Tables of which a page is taken: sorted by numbers, put into words a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.catalog import Catalog
from bri_map.i18n.locale import Locale

Numbers = npt.NDArray[np.intp]
Ranks = npt.NDArray[np.integer[Any]]
BLANK = -1
"""Rank of what has no value."""


class PagedRows(Protocol):
    """Rows that can be sorted by any shown column and read a page at a time."""

    def __len__(self) -> int:
        """Number of rows."""

    def page(
        self, sort: str, descending: bool, places: slice, columns: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Give some columns of the rows at some places of the order, in shown words."""

    def place_of(self, row_id: str | None, sort: str, descending: bool) -> int | None:
        """Give the place of a row in the order, from 0; None if it is not among the rows."""


def ranks(words: pd.Series | Sequence[str], locale: Locale) -> Ranks:
    """Give the place of each word among the different words in the order of a language; none is `BLANK`."""
    numbers, distinct = pd.factorize(pd.Series(words, dtype="str"))
    keys = [*map(locale.sort_key, map(str, distinct))]
    places = np.empty(len(keys), dtype=np.intp)
    places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    places[np.asarray(distinct == "", dtype=bool)] = BLANK
    found: Ranks = places[numbers]
    return found


def ranks_of_numbers(cells: pd.Series) -> Ranks:
    """Give the place of each number among the different ones; what is empty is `BLANK`."""
    found: Ranks = pd.factorize(pd.to_numeric(cells, errors="coerce"), sort=True)[0]
    return found


def ranks_of_dates(cells: pd.Series) -> Ranks:
    """Give the place of each date, the less exact before those inside it; what is empty is `BLANK`."""
    found: Ranks = pd.factorize(cells.where(cells != ""), sort=True)[0]
    return found


def in_order(numbers: Numbers, keys: Ranks, *, descending: bool) -> Numbers:
    """Sort numbers by their keys, those without a value last; what is equal stays in the order it came in."""
    found = keys[numbers].astype(np.int64)
    is_blank = found == BLANK
    order = np.argsort(-found if descending else found, kind="stable")
    places: Numbers = np.concatenate([order[~is_blank[order]], np.flatnonzero(is_blank)])
    return numbers[places]


class PerCatalog:
    """Values made once for each catalog; they go with the catalog.

    Args:
        most: Values that are kept for a catalog, those used last. None of them may hold the catalog.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: WeakKeyDictionary[Catalog, dict[Hashable, Any]] = WeakKeyDictionary()

    def get(self, catalog: Catalog, key: Hashable, make: Callable[[], Any]) -> Any:
        """Give the value of a key, made if it is not there."""
        kept = self._made.setdefault(catalog, {})
        value = kept.pop(key) if key in kept else make()
        kept[key] = value  # last now
        while len(kept) > self._most:
            kept.pop(next(iter(kept)), None)
        return value
