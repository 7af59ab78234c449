"""Where sources give different values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.data.columns import Numbers, arrow, is_empty
from bri_map.domain.fact_tables import WHOLE_ROW

COST = "cost_usd_million"
"""Field under which different amounts of one kind, currency and year are told."""


def disputed_claims(claims: pd.DataFrame, features: Numbers) -> npt.NDArray[np.bool_]:
    """Tell which claims are about a value of a feature that another claim gives otherwise.

    Args:
        claims: The table of claims, as text.
        features: Number of the feature of each, -1 where it is not shown.
    """
    is_meant = (features >= 0) & (claims["field"] != WHOLE_ROW).to_numpy()
    return _differ([features, _numbers(claims["field"])], _numbers(claims["value"]), is_meant)


def disputed_costs(costs: pd.DataFrame, features: Numbers) -> npt.NDArray[np.bool_]:
    """Tell which amounts for a feature as a whole another source gives otherwise for the same year.

    Args:
        costs: The table of costs, as text.
        features: Number of the feature of each, -1 where it is not shown.
    """
    is_meant = (features >= 0) & is_empty(costs["scope"])
    same = [features, *(_numbers(costs[name]) for name in ("cost_kind", "currency", "year"))]
    return _differ(same, _numbers(costs["amount_million"]), is_meant)


def _differ(same: list[Numbers], values: Numbers, is_meant: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell which of the rows that are alike in some columns differ in another one."""
    key = np.zeros(len(values), dtype=np.int64)
    for column in same:
        key = np.unique(key * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1]
    result = np.zeros(len(values), dtype=bool)
    rows = np.flatnonzero(is_meant)
    pairs = np.unique(np.column_stack([key[rows], values[rows]]), axis=0)
    number = np.bincount(pairs[:, 0], minlength=int(key.max(initial=0)) + 1)
    result[rows] = number[key[rows]] > 1
    return result


def _numbers(texts: pd.Series) -> Numbers:
    """Give the same number to the same texts."""
    found: Numbers = arrow(texts).dictionary_encode().indices.to_numpy().astype(np.intp)
    return found
