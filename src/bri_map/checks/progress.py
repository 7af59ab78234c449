"""A history goes forward: what falls back, resumes, opens twice or contradicts a flag is looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from bri_map.checks.context import Context, Row
from bri_map.checks.subjects import Subject, days_after, is_date
from bri_map.domain.document_tables import EVENTS
from bri_map.domain.fact_tables import STATUS_HISTORY
from bri_map.domain.table import Table
from bri_map.domain.vocabulary import Mark, Status
from bri_map.i18n.sentences import quoted, say

_STEP: dict[str, int] = {Status.EARLY_STAGE: 0, Status.UNDER_CONSTRUCTION: 1, Status.COMPLETED: 2}
_BEGINS_AGAIN = frozenset({Mark.GROUND_BROKEN, Mark.CONSTRUCTION, Mark.FIRST_UNIT, Mark.RESUMED})
"""Marks that may bring an earlier status: they are about later works."""
_REVIVES = frozenset({Mark.ANNOUNCED, Mark.CONTRACT, Mark.RESUMED, Mark.DESIGNATED})
"""Marks that may follow a cancellation."""
_ONCE = frozenset({Mark.GROUND_BROKEN, Mark.OPENED, Mark.HANDED_OVER, Mark.FULL_COMPLETION, Mark.CANCELLED})
_IN_USE = (Mark.FIRST_UNIT, Mark.OPENED, Mark.HANDED_OVER, Mark.FULL_COMPLETION)
_IDLE = frozenset({Status.EARLY_STAGE, Status.SUSPENDED, Status.CANCELLED, Status.UNKNOWN})
GAP_YEARS = 22
"""Years between one event and the next from which a date is looked at; works of a century rest shorter."""
WORKS_YEARS = 21
"""Years from the start of works to their end from which the dates are looked at."""
OLDEST = 1950
"""Year before which a thing without a history was not founded."""
FOUNDED_YEARS = 10
"""Years by which a founding may lie before the first event that is known."""
_YEAR = re.compile(r"(?<![\w.,/-])((?:19|20)\d\d)(?![\w/]|[.,-]\d)")
_OTHER_TIME = re.compile(
    r"\b(?:after|aimed|aims|before|by|due|end|expected|for|from|next|of|plan|planned|planning|since|target|to"
    r"|tracker|till|until|vision|will|would|year|years|CAITEC|release|concession|ahead|between)\b"
    r"|\d{4}[-–/]\d",
    re.IGNORECASE,
)
"""Words of events that speak of a time other than their own."""


def check_progress(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Check the order of every history and what else of its feature speaks of time."""
    for subject in subjects.values():
        before = len(context.report)
        _check_steps(context, subject.history)
        _check_gaps(context, subject.history)
        if len(context.report) == before:  # a wrong history contradicts flags too
            _check_flags(context, subject)
    for table, column in ((STATUS_HISTORY, "event"), (EVENTS, "title")):
        for row in context.rows(table):
            _check_year_told(context, table, row, str(row[column]))


def _check_steps(context: Context, history: list[Row]) -> None:
    before, since, is_halted = "", "", False
    first: dict[str, Row] = {}
    for row in history:
        mark, status = row["mark"], row["status"]
        if before == Status.CANCELLED and status in _STEP and mark not in _REVIVES:
            message = say("fault.history_cancelled", mark=quoted(mark))
            context.warn("history-cancelled", STATUS_HISTORY, row, "mark", message)
        elif (
            _STEP.get(status, 3) < _STEP.get(before, 0)
            and mark not in _BEGINS_AGAIN
            and (not since or not row["date"] or days_after(row["date"], since))
        ):
            message = say("fault.history_back", status=quoted(status), before=quoted(before))
            context.warn("history-back", STATUS_HISTORY, row, "status", message)
        if mark == Mark.RESUMED and not is_halted:
            context.warn("history-resumed", STATUS_HISTORY, row, "mark", say("fault.history_resumed"))
        if mark in _ONCE and mark in first:
            message = say("fault.history_twice", mark=quoted(mark), date=first[mark]["date"])
            context.warn("history-twice", STATUS_HISTORY, row, "mark", message)
        first.setdefault(mark, row)
        if status in (Status.SUSPENDED, Status.CANCELLED):
            is_halted = True
        elif mark == Mark.RESUMED:
            is_halted = False
        before, since = status, row["date"]


def _check_gaps(context: Context, history: list[Row]) -> None:
    """A date that lies decades from all others of its feature is mostly a slip of one figure."""
    dated = [row for row in history if is_date(row["date"])]
    for row, after in pairwise(dated):
        gap = int(after["date"][:4]) - int(row["date"][:4])
        if gap > GAP_YEARS:
            message = say("fault.history_gap", date=row["date"], years=gap, after=after["date"])
            context.warn("history-gap", STATUS_HISTORY, row, "date", message)
    begun = next((row for row in dated if row["mark"] in (Mark.GROUND_BROKEN, Mark.CONSTRUCTION)), None)
    done = next((row for row in dated if row["mark"] in _IN_USE[1:]), None)
    if begun and done:
        years = int(done["date"][:4]) - int(begun["date"][:4])
        if years > WORKS_YEARS:
            message = say("fault.history_works", date=begun["date"], end=done["date"], years=years)
            context.warn("history-gap", STATUS_HISTORY, begun, "date", message)


def _check_flags(context: Context, subject: Subject) -> None:
    row, table, status = subject.row, subject.table, subject.status
    is_used = row.get("is_operational")
    if (is_used == "true" and status in _IDLE) or (is_used == "false" and status == Status.COMPLETED):
        message = say("fault.status_flag", value=quoted(is_used), status=quoted(status))
        context.warn("status-flag", table, row, "is_operational", message)
    years, in_use = subject.years(), subject.years(*_IN_USE)
    for column in ("established_year", "announced_year"):
        text = str(row.get(column, ""))
        if not text.isdigit():
            continue
        year = int(text)
        if not years:
            if year >= OLDEST:
                continue
            message = say("fault.founded_old", year=year)
        elif in_use and min(in_use) < year:
            message = say("fault.founded_late", year=year, other=min(in_use))
        elif year > max(years) or years[0] - year > FOUNDED_YEARS:
            message = say("fault.founded_far", year=year, first=years[0], last=max(years))
        else:
            continue
        context.warn("date-founded", table, row, column, message)


def _check_year_told(context: Context, table: Table, row: Row, text: str) -> None:
    years = set(_YEAR.findall(text))
    if not years or not is_date(row["date"]) or _OTHER_TIME.search(text):
        return
    span = {str(row["date"])[:4], str(row.get("end_date", ""))[:4]}
    if not years & span and row["mark" if "mark" in row else "id"] != Mark.REPORTED:
        message = say("fault.event_year", year=min(years), date=row["date"])
        context.warn("event-year", table, row, "date", message)
