"""Ids of all features, numbered through all layers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import pandas as pd
import pyarrow as pa

from bri_map.data.columns import Numbers, Texts, places, series, together


class FeatureIds:
    """Ids of all features in order, looked up without a Python object for each.

    Args:
        layers: The ids of each layer, in order of code points.
    """

    def __init__(self, layers: Sequence[pd.Series]) -> None:
        self._ids: pa.Array = together(*layers)
        self._bounds = [0]
        for ids in layers:
            self._bounds.append(self._bounds[-1] + len(ids))

    @cached_property
    def index(self) -> pd.Index:
        """The ids as an index of pandas."""
        found: pd.Index = pd.Index(series(self._ids), name=None)
        return found

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, number: int) -> str:
        return str(self._ids[number].as_py())

    def __iter__(self) -> Iterator[str]:
        yield from map(str, self.index)

    def __contains__(self, feature_id: object) -> bool:
        return isinstance(feature_id, str) and self.number(feature_id) is not None

    def number(self, feature_id: str) -> int | None:
        """Give the place of an id, None where there is no such id."""
        for start, stop in pairwise(self._bounds):
            place = bisect_left(range(stop), feature_id, start, key=lambda number: self[number])
            if place < stop and self[place] == feature_id:
                return place
        return None

    def numbers(self, feature_ids: Texts) -> Numbers:
        """Give the place of each of some ids, -1 where there is no such id."""
        return places(feature_ids, self._ids)
