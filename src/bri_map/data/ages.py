"""How old the state of a feature is: its last report, the last look for one, and when to look again."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bri_map.data.columns import TEXT, Numbers, arrow, is_empty, is_in, taken
from bri_map.domain.vocabulary import FINAL_STATUSES, Freshness, Status

DATED_AFTER_YEARS = 2
"""A status whose last report is older than this, at the date of the data, may be out of date."""
DUE_AFTER_DAYS: dict[str, int] = {
    Status.UNDER_CONSTRUCTION: 183,
    Status.EARLY_STAGE: 365,
    Status.SUSPENDED: 365,
    Status.UNKNOWN: 365,
}
"""Days after which a status that may change is to be looked for again: what is built changes soonest, what is
finished or cancelled is left in peace."""
_BETWEEN = "\t"


def end_of(text: str) -> date:
    """Give the last day that a date of the form YYYY, YYYY-MM or YYYY-MM-DD may mean."""
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def freshness(status: str, as_of: str, today: str) -> str:
    """Tell whether a status was last reported within `DATED_AFTER_YEARS` of the date of the data.

    A status that was not, and is final, is `settled`: it is no longer expected to change.
    """
    day = end_of(today)
    limit = date(day.year - DATED_AFTER_YEARS, day.month, min(day.day, 28 if day.month == 2 else 31))
    if as_of and end_of(as_of) >= limit:
        return Freshness.RECENT.value
    return (Freshness.SETTLED if status in FINAL_STATUSES else Freshness.DATED).value


def freshnesses(statuses: pa.Array, dates: pa.Array, today: str) -> pa.Array:
    """Give for each feature what `freshness` says of its status and the date of its last report."""
    coded = dates.dictionary_encode()
    distinct = coded.dictionary.to_pylist()
    recent = arrow([freshness(Status.UNKNOWN.value, text, today) for text in distinct]).take(coded.indices)
    is_settled = is_in(statuses, arrow(sorted(FINAL_STATUSES))) & ~is_in(recent, arrow([Freshness.RECENT]))
    return pc.if_else(pa.array(is_settled), pa.scalar(Freshness.SETTLED.value, TEXT), recent)


def last_lookups(lookups: pd.DataFrame, numbers: Numbers, size: int) -> pa.Array:
    """Give for each feature the day on which news of it were last looked for, empty if never.

    Args:
        lookups: The table of lookups, as text.
        numbers: Number of the feature of each row, -1 where it is not shown.
        size: How many features there are.
    """
    order = np.argsort(lookups["date"].to_numpy(dtype=object), kind="stable")
    last = np.full(size, -1, dtype=np.intp)
    last[numbers[order][numbers[order] >= 0]] = order[numbers[order] >= 0]
    return taken(lookups["date"], last)


def due_dates(statuses: pa.Array, checked: pa.Array, as_of: pa.Array, today: str) -> pa.Array:
    """Give for each feature the day from which it is to be looked for again, empty where nothing is expected.

    Args:
        statuses: The status of each.
        checked: When it was last looked for; a feature that never was counts from its last report.
        as_of: Date of the last report of the status; one without any is due at the date of the data.
        today: Date of the data set, YYYY-MM-DD.
    """
    base = pc.if_else(pa.array(is_empty(checked)), as_of, checked)
    pairs = pc.binary_join_element_wise(statuses, base, pa.scalar(_BETWEEN, TEXT)).dictionary_encode()
    days = [_due(pair, today) for pair in pairs.dictionary.to_pylist()]
    return arrow(days).take(pairs.indices)


def _due(pair: str, today: str) -> str:
    status, base = pair.split(_BETWEEN)
    if status not in DUE_AFTER_DAYS:
        return ""
    if not base:
        return today
    last = min(end_of(base), date.max - timedelta(days=DUE_AFTER_DAYS[status]))
    return (last + timedelta(days=DUE_AFTER_DAYS[status])).isoformat()
