"""The events that documents tell of, for a filter."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from bri_map.data.feature_ids import FeatureIds
from bri_map.domain.filter import Filter
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.query.facets import Mask

_OF_ANY_EVENT = frozenset({"year", "undated", "country", "region"})
"""What a filter may ask and still mean an event that concerns no feature."""


def told_between(
    events: pd.DataFrame,
    ids: FeatureIds,
    matching: Mask,
    wanted: Filter,
    years: range,
    is_there: Callable[[tuple[str, ...]], bool],
) -> pd.DataFrame:
    """Give the events that documents tell of some years and that have to do with what a filter asks for.

    Those that concern a feature belong to what matches; those that concern none, to a filter that asks for
    nothing but countries and regions. They lead to no status, so where one is asked for there are none.

    Args:
        events: The table of such events.
        ids: Ids of all features.
        matching: Which features match, whatever the year.
        wanted: The filter.
        years: The years.
        is_there: Tells whether something in some countries is where the filter asks.

    Returns:
        The rows, by date.
    """
    if wanted.status:
        return events.iloc[:0]
    year = pd.to_numeric(events["date"].str[:4], errors="coerce")
    found = events[(year >= years.start) & (year < years.stop)].sort_values("date", kind="stable")
    concerned = found["related_ids"].str.split(LIST_SEPARATOR).explode()
    numbers = ids.numbers(concerned)
    is_wanted = pd.Series((numbers >= 0) & matching[numbers], index=concerned.index)
    kept = is_wanted.groupby(level=0).any().reindex(found.index)
    if not {*wanted.asked} - _OF_ANY_EVENT:
        places = found["countries"].str.split(LIST_SEPARATOR)
        happened = places.map(lambda countries: is_there(tuple(filter(None, countries))))
        kept |= (found["related_ids"] == "") & happened.astype(bool)
    return found[kept.astype(bool)]
