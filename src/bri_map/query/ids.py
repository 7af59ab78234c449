"""Ids of features: those that exist, and those that once did."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from itertools import islice

import pandas as pd

from bri_map.data.feature_ids import FeatureIds

_MOST_COMPARED = 20_000


class CurrentIds(Mapping[str, str]):
    """Every id of a feature, and every retired one with a successor, to the id that stands for it now.

    Args:
        ids: Ids of all features, in order.
        retired: The table of retired ids, as text.
    """

    def __init__(self, ids: FeatureIds, retired: pd.DataFrame) -> None:
        self._ids = ids
        self._retired = retired.set_index("id", drop=False).rename_axis(None)
        self._successors = {
            str(i): str(new)
            for i, new in self._retired["successor_id"].items()
            if new in ids and i not in ids
        }

    def __getitem__(self, feature_id: str) -> str:
        return feature_id if feature_id in self._ids else self._successors[feature_id]

    def __iter__(self) -> Iterator[str]:
        yield from self._ids
        yield from self._successors

    def __len__(self) -> int:
        return len(self._ids) + len(self._successors)

    def successor(self, feature_id: str) -> str | None:
        """Give the feature that stands for a retired id, if there is one."""
        if feature_id not in self._retired.index:
            return None
        return str(self._retired.at[feature_id, "successor_id"]) or None

    def suggest(self, feature_id: str) -> str:
        """Say which id may have been meant, or nothing."""
        close = difflib.get_close_matches(
            feature_id, list(islice(self._ids, _MOST_COMPARED)), n=1, cutoff=0.6
        )
        return f"Did you mean {close[0]!r}?" if close else ""

    def explain(self, feature_id: str) -> str:
        """Say why there is no feature with an id: it never was, or it was retired."""
        if feature_id not in self._retired.index:
            return f"There is no feature with the id {feature_id!r}."
        row = self._retired.loc[feature_id]
        successor = f" See {row['successor_id']!r}." if row["successor_id"] else ""
        return f"The id {feature_id!r} was retired on {row['retired']}: {row['reason']}{successor}"
