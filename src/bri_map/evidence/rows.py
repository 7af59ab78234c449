"""Rows of a table by the feature that they are about."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd


class RowsByFeature:
    """The rows of one table, found by the position of their feature in the catalog.

    Args:
        frame: Rows with a column `feature_id`, as text. Rows of features that the catalog does not show
            are left out; the others keep their order.
        ids: Ids of all features, in the catalog's order.
    """

    def __init__(self, frame: pd.DataFrame, ids: pd.Index) -> None:
        positions = ids.get_indexer(pd.Index(frame["feature_id"]))
        order = np.argsort(positions, kind="stable")
        order = order[np.searchsorted(positions[order], 0) :]
        self.frame: pd.DataFrame = frame.iloc[order].reset_index(drop=True)
        self.positions: npt.NDArray[np.intp] = positions[order]

    @cached_property
    def _columns(self) -> dict[str, list[str]]:
        return {str(name): self.frame[name].tolist() for name in self.frame.columns}

    def of(self, position: int) -> list[dict[str, str]]:
        """Give the rows of one feature as values by column."""
        first, last = np.searchsorted(self.positions, [position, position + 1]).tolist()
        return [{name: values[i] for name, values in self._columns.items()} for i in range(first, last)]
