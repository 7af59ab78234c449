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


class PagedRows(Protocol):
    """Rows that can be sorted by any shown column and read a page at a time."""

    def __len__(self) -> int:
        """Number of rows."""

    def page(self, sort: str, descending: bool, places: slice) -> list[dict[str, Any]]:
        """Give the rows at some places of the order, in shown words."""


def ranks(words: pd.Series | Sequence[str], locale: Locale) -> Ranks:
    """Give the place of each word among the different words in the order of a language."""
    numbers, distinct = pd.factorize(pd.Series(words))
    keys = [*map(locale.sort_key, map(str, distinct))]
    places = np.empty(len(keys), dtype=np.intp)
    places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return places[numbers]


def ranks_of_codes(cells: pd.Series, say: Callable[[str], str], locale: Locale) -> Ranks:
    """Give the place of each cell among the words for the cells; `say` is asked once for each cell."""
    numbers, distinct = pd.factorize(cells)
    return np.asarray(ranks([say(str(cell)) for cell in distinct], locale)[numbers])


def in_order(numbers: Numbers, keys: Ranks, *, descending: bool) -> Numbers:
    """Sort numbers by their keys; what is equal stays in the order in which it came."""
    found = keys[numbers]
    return numbers[np.argsort(-found.astype(np.int64) if descending else found, kind="stable")]


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
