"""What a filter gives in every year, in one pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bri_map.domain.codes import codes
from bri_map.domain.filter import Filter
from bri_map.query.facets import FilterEngine, Mask
from bri_map.query.history import StatusHistory

EARLIEST_YEAR = 1980
"""Years before it are not told one by one; what happened in them shows in the first one told."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a filter gives in every year.

    Attributes:
        years: Years in order.
        masks: For each year which features match as of its end.
        counts: For each year status to number of those features, zeros included.
        events: For each year the number of dated events of the features that match but for year and status;
            where statuses are asked for, of the events that lead to one of them.
        undated: Number of features that match without any dated event, shown or not.
    """

    years: range
    masks: tuple[Mask, ...]
    counts: tuple[dict[str, int], ...]
    events: tuple[int, ...]
    undated: int


def years_of(history: StatusHistory, today: str) -> range:
    """Give the years to tell: from the first event, but not before `EARLIEST_YEAR`, to a day, YYYY-MM-DD."""
    last = int(today[:4])
    first = history.first_year
    return range(min(last, max(EARLIEST_YEAR, last if first is None else first)), last + 1)


def build_timeline(engine: FilterEngine, history: StatusHistory, years: range, wanted: Filter) -> Timeline:
    """Answer a filter for every year; its own year does not matter.

    Args:
        engine: Answers the filter.
        history: Statuses by year.
        years: The years to tell.
        wanted: The filter, with every id in it checked.
    """
    base, asked = _asked(engine, wanted)
    shown = base if wanted.undated else base & ~history.is_undated
    masks, counts = [], []
    for year in years:
        statuses = history.status_in(year)
        mask = shown & asked[statuses]
        numbers = np.bincount(statuses[mask], minlength=len(codes("status")))
        masks.append(mask)
        counts.append(dict(zip(codes("status"), numbers.tolist(), strict=True)))
    event_years, features, statuses = history.events()
    counted = event_years[base[features] & asked[statuses]]
    return Timeline(
        years=years,
        masks=tuple(masks),
        counts=tuple(counts),
        events=tuple(int(np.count_nonzero(counted == year)) for year in years),
        undated=int(np.count_nonzero(base & history.is_undated & asked[history.status_in(years[-1])])),
    )


def events_between(
    engine: FilterEngine, history: StatusHistory, wanted: Filter, years: range
) -> npt.NDArray[np.intp]:
    """Give the rows of the events that `build_timeline` counts in some years, in the order of years."""
    base, asked = _asked(engine, wanted)
    event_years, features, statuses = history.events()
    part = slice(*np.searchsorted(event_years, [years.start, years.stop]))
    return history.rows[part][base[features[part]] & asked[statuses[part]]]


def _asked(engine: FilterEngine, wanted: Filter) -> tuple[Mask, npt.NDArray[np.bool_]]:
    """Give what matches in some year, whatever its status, and which codes of a status are asked for."""
    base = engine.mask(wanted.without("year", "undated", "status"))
    chosen = [not wanted.status or code in wanted.status for code in codes("status")]
    asked = np.zeros(256, dtype=bool)
    asked[: len(chosen)] = chosen
    return base, asked
