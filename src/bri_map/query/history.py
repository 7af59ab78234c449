"""The status of every feature in every year, from the dated events of its history."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bri_map.data.columns import arrow, is_empty, places, where
from bri_map.data.feature_ids import FeatureIds
from bri_map.domain.codes import codes
from bri_map.domain.vocabulary import Status

StatusCodes = npt.NDArray[np.uint8]
Years = npt.NDArray[np.int16]
ABSENT = 255
"""Stands for a feature whose history begins later."""
_UNKNOWN = codes("status").index(Status.UNKNOWN)
_REMEMBERED = 64


class StatusHistory:
    """The dated events of all features, by year.

    Args:
        events: Feature id, date and status of each event, in the order of `derive.in_order`; the index says
            which row of the table each is.
        ids: Ids of all features, in the catalog's order.

    Attributes:
        is_undated: Which features have no dated event at all.
    """

    def __init__(self, events: pd.DataFrame, ids: FeatureIds) -> None:
        features = ids.numbers(events["feature_id"])
        used = (features >= 0) & ~is_empty(events["date"])
        dates = where(events["date"], used)
        years = pc.cast(pc.utf8_slice_codeunits(dates, 0, 4), pa.int16()).to_numpy()
        numbers = places(events["status"], arrow(codes("status")))[used].astype("u1")
        order = np.argsort(years, kind="stable")
        self._rows: npt.NDArray[np.intp] = events.index.to_numpy()[used][order]
        self._years: Years = years[order]
        self._features: npt.NDArray[np.intp] = features[used][order]
        self._codes: StatusCodes = numbers[order]
        self.is_undated: npt.NDArray[np.bool_] = np.ones(len(ids), dtype=bool)
        self.is_undated[self._features] = False
        self.status_in = lru_cache(maxsize=_REMEMBERED)(self._status_in)

    @property
    def first_year(self) -> int | None:
        """Year of the first event, None where there is none."""
        return int(self._years[0]) if len(self._years) else None

    def _status_in(self, year: int) -> StatusCodes:
        """Give the status of every feature at the end of a year.

        Returns:
            For each feature the place of its status in the vocabulary, `ABSENT` where its history begins
            later; that of "unknown" where it has no dated event.
        """
        end = int(np.searchsorted(self._years, year, side="right"))
        result = np.where(self.is_undated, np.uint8(_UNKNOWN), np.uint8(ABSENT))
        result[self._features[:end]] = self._codes[:end]  # of several events the last is the one that stays
        result.flags.writeable = False
        return result

    def events(self) -> tuple[Years, npt.NDArray[np.intp], StatusCodes]:
        """Give year, feature and status of every dated event, in the order of years."""
        return self._years, self._features, self._codes

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """Which row of the table each of `events` is."""
        return self._rows

    def changes(self, part: slice) -> list[list[int]]:
        """Give the status at the end of each year in which something happened, for some features.

        Returns:
            For each feature year, status, year, status ... as numbers, only where the status is another
            than before.
        """
        inside = (self._features >= part.start) & (self._features < part.stop)
        result: list[list[int]] = [[] for _ in range(part.stop - part.start)]
        rows = zip(
            (self._features[inside] - part.start).tolist(),
            self._years[inside].tolist(),
            self._codes[inside].tolist(),
            strict=True,
        )
        for feature, year, code in rows:
            found = result[feature]
            if found and found[-2] == year:
                del found[-2:]
            if not found or found[-1] != code:
                found += (year, code)
        return result
