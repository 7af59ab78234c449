"""Ids of features: those that exist, and those that once did."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

import pandas as pd

_MOST_COMPARED = 20_000


class CurrentIds(Mapping[str, str]):
    """Every id of a feature, and every retired one with a successor, to the id that stands for it now.

    Args:
        ids: Ids of all features.
        retired: Successor by retired id; empty where there is none.
    """

    def __init__(self, ids: pd.Index, retired: pd.Series) -> None:
        self._ids = ids
        self._retired = {str(i): str(new) for i, new in retired.items() if new in ids and i not in ids}

    def __getitem__(self, feature_id: str) -> str:
        return feature_id if feature_id in self._ids else self._retired[feature_id]

    def __iter__(self) -> Iterator[str]:
        yield from map(str, self._ids)
        yield from self._retired

    def __len__(self) -> int:
        return len(self._ids) + len(self._retired)

    def suggest(self, feature_id: str) -> str:
        """Say which id may have been meant, or nothing."""
        close = difflib.get_close_matches(feature_id, list(self._ids[:_MOST_COMPARED]), n=1, cutoff=0.6)
        return f"Did you mean {close[0]!r}?" if close else ""
