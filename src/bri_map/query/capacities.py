"""Stated capacities that can be added up: one for each feature and unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.data.columns import is_empty
from bri_map.data.derive import BASIS_RANK
from bri_map.domain.ranges import RANGES
from bri_map.domain.vocabulary import Measure
from bri_map.query.features import Features

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

UNITS: tuple[str, ...] = tuple(asked.unit for asked in RANGES.values() if asked.measure is Measure.CAPACITY)
"""Units in which capacities are added up: those that can be asked for."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """The capacities of all features in one unit.

    Attributes:
        value: What counts, NaN for none: of the values for the whole of a feature the best founded, then the
            newest.
        is_remarked: Whether a feature states one only with a remark on what it covers, such as `planned`.
    """

    value: Floats
    is_remarked: Mask


def capacities(measures: pd.DataFrame, features: Features, is_line: Mask) -> dict[str, Capacity]:
    """Give the capacities of the features by unit. Lines have none: theirs is what they carry.

    Args:
        measures: Table of measures, as text.
        features: The features.
        is_line: Which of them are lines.
    """
    rows = measures[(measures["measure"] == Measure.CAPACITY.value) & measures["unit"].isin(UNITS)]
    numbers = features.numbers(rows["feature_id"])
    is_meant = numbers >= 0
    is_meant[is_meant] = ~is_line[numbers[is_meant]]
    rows, numbers = rows[is_meant], numbers[is_meant]
    ranked = rows.assign(
        number=numbers, rank=rows["basis"].map(BASIS_RANK), remarked=~is_empty(rows["scope"])
    )
    ranked = ranked.sort_values(["number", "as_of"], ascending=[True, False], kind="stable")
    ranked = ranked.sort_values(["number", "rank"], kind="stable")
    return {unit: _of_unit(ranked[ranked["unit"] == unit], len(features)) for unit in UNITS}


def _of_unit(rows: pd.DataFrame, size: int) -> Capacity:
    value = np.full(size, np.nan)
    best = rows[~rows["remarked"]].drop_duplicates("number")
    value[best["number"].to_numpy(dtype=np.intp)] = pd.to_numeric(best["value"]).to_numpy()
    is_remarked = np.zeros(size, dtype=bool)
    is_remarked[rows["number"].to_numpy(dtype=np.intp)] = True
    return Capacity(value, is_remarked & np.isnan(value))
