"""Values of ranges: numbers and dates of every feature, to be asked for by span and counted in steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.domain.ranges import RANGES, Range
from bri_map.domain.span import DateSpan, Span, first_day, last_day
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.query.features import Features

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

_STEPS = 12
"""The most steps in which values are counted."""
_WIDE = 100
"""Values that lie farther apart than this many times are counted in steps that grow."""


@dataclass(frozen=True, slots=True)
class RangeIndex:
    """The values of every feature in one range; a feature may have several, or none.

    Attributes:
        size: Number of features.
        feature: Feature of each value, ascending, shape (n,).
        low: Each value, or the first day of a date as YYYYMMDD, shape (n,).
        high: The same value, or the last day.
    """

    size: int
    feature: npt.NDArray[np.intp]
    low: Numbers
    high: Numbers

    def mask(self, asked: Span | DateSpan) -> Mask:
        """Tell which features have a value in a span, or none at all."""
        low, high = asked.bounds
        is_meant = (self.high >= low) & (self.low <= high)
        result = np.zeros(self.size, dtype=bool)
        result[self.feature if asked.missing else self.feature[is_meant]] = True
        return ~result if asked.missing else result

    def counts(self, mask: Mask, steps: Sequence[float]) -> list[int]:
        """Count the values of some features in steps.

        Args:
            mask: The features, shape (size,).
            steps: Where the steps begin and end, ascending; the last end is included.
        """
        return [int(n) for n in np.histogram(self.low[mask[self.feature]], steps)[0]]


class RangeIndexes(Mapping[str, RangeIndex]):
    """The index of every range, each made when it is first asked for.

    Args:
        features: The features, with their derived columns.
        facts: Gives the values that are in no column: `position`, `low`, `high`.
    """

    def __init__(self, features: Features, facts: Callable[[Range], pd.DataFrame]) -> None:
        self._features = features
        self._facts = facts
        self._made: dict[str, RangeIndex] = {}

    def __getitem__(self, name: str) -> RangeIndex:
        if name not in self._made:
            self._made[name] = self._build(RANGES[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(RANGES)

    def __len__(self) -> int:
        return len(RANGES)

    def _build(self, asked: Range) -> RangeIndex:
        size = len(self._features)
        if asked.name == "countries":
            lists = pd.concat(self._features.cells("countries"), ignore_index=True)
            number: Numbers = np.array(lists.str.count(LIST_SEPARATOR) + 1, dtype=np.float64)
            return RangeIndex(size, np.arange(size, dtype=np.intp), number, number)
        if not asked.column:
            found = self._facts(asked).sort_values("position", kind="stable")
            low, high = (found[name].to_numpy(dtype=np.float64) for name in ("low", "high"))
            return RangeIndex(size, found["position"].to_numpy(dtype=np.intp), low, high)
        cells = pd.concat(self._features.cells(asked.column), ignore_index=True)
        feature = np.flatnonzero((cells != "").to_numpy())
        said = cells.take(feature)
        if not asked.is_date:
            values = pd.to_numeric(said).to_numpy(dtype=np.float64)
            return RangeIndex(size, feature, values, values)
        numbers, distinct = pd.factorize(said)
        days = np.array([(first_day(date), last_day(date)) for date in distinct], dtype=np.float64)
        ends: Numbers = days.reshape(-1, 2)[numbers]
        return RangeIndex(size, feature, ends[:, 0], ends[:, 1])


def steps_of(index: RangeIndex, asked: Range) -> list[float]:
    """Give the steps in which the values of a range are counted: years, or numbers that are easy to read.

    Returns:
        Where the steps begin, and the end of the last; days as YYYYMMDD for dates. Empty without values.
    """
    if not len(index.low):
        return []
    least, most = float(index.low.min()), float(index.low.max())
    if asked.is_date:
        first, last = int(least // 10_000), int(most // 10_000) + 1
        step = max(1, -(-(last - first) // _STEPS))
        return [float(year * 10_000 + 101) for year in range(first, last + step, step)]
    positive = index.low[index.low > 0]
    if len(positive) and most > _WIDE * float(positive.min()):
        return _growing(float(positive.min()), most, least)
    return _even(least, most)


def _growing(least: float, most: float, bottom: float) -> list[float]:
    """Give steps that grow like 1, 3, 10; the first takes in what is nothing."""
    exponents = np.arange(np.floor(np.log10(least)), np.ceil(np.log10(most)) + 1)
    marks = [float(f"{factor * 10.0**e:.10g}") for e in exponents for factor in (1, 3)]
    below = [mark for mark in marks if mark <= least][-1:]
    steps = [*below, *(mark for mark in marks if least < mark < most)]
    steps.append(next(mark for mark in (*marks, most) if mark >= most))
    return [min(bottom, steps[0]), *steps[1:]]


def _even(least: float, most: float) -> list[float]:
    """Give steps of one width: 1, 2 or 5 of a power of ten."""
    rough = max((most - least) / _STEPS, 1e-9)
    power = 10.0 ** np.floor(np.log10(rough))
    width = next(float(factor * power) for factor in (1, 2, 5, 10) if factor * power >= rough)
    first = float(np.floor(least / width) * width)
    number = int(np.floor((most - first) / width)) + 1
    return [float(f"{first + i * width:.10g}") for i in range(number + 1)]
