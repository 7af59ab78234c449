"""Rows of a table by the feature that they are about."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.data.feature_ids import FeatureIds

_BLOCK = 64
"""Features whose rows are decoded together: a reader who asks for one soon asks for its neighbours."""
_BLOCKS_KEPT = 4


class RowsByFeature:
    """The rows of one table, found by the position of their feature in the catalog.

    Args:
        frame: Rows with a column `feature_id`, as text. Rows of features that the catalog does not show
            are left out; the others keep their order.
        ids: Ids of all features, in the catalog's order.

    Attributes:
        positions: Position of the feature of each row, ascending.
    """

    def __init__(self, frame: pd.DataFrame, ids: FeatureIds) -> None:
        positions = ids.numbers(frame["feature_id"])
        order = np.argsort(positions, kind="stable")
        self._frame = frame
        self._order = order[np.searchsorted(positions[order], 0) :]
        self.positions: npt.NDArray[np.intp] = positions[self._order]
        self._block = lru_cache(maxsize=_BLOCKS_KEPT)(self._decode)

    def __len__(self) -> int:
        return len(self._order)

    def column(self, name: str) -> pd.Series:
        """Give a column in the order of `positions`."""
        return self._frame[name].take(self._order).reset_index(drop=True)

    def of(self, position: int) -> list[dict[str, str]]:
        """Give the rows of one feature as values by column."""
        rows, starts = self._block(position // _BLOCK)
        place = position % _BLOCK
        return rows[starts[place] : starts[place + 1]]

    def _decode(self, block: int) -> tuple[list[dict[str, str]], list[int]]:
        """Give the rows of a block of features, and where those of each begin."""
        bounds = np.searchsorted(self.positions, np.arange(block * _BLOCK, (block + 1) * _BLOCK + 1))
        rows = self._frame.take(self._order[bounds[0] : bounds[-1]])
        columns = {str(name): rows[name].tolist() for name in rows.columns}
        names = tuple(columns)
        records = [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        return records, (bounds - bounds[0]).tolist()
