"""Histories are in order, and every date means what its mark says."""

from __future__ import annotations

from itertools import groupby

from bri_map.checks.context import Context, Row
from bri_map.checks.subjects import is_date, start_of
from bri_map.data.ages import end_of
from bri_map.data.derive import in_order
from bri_map.domain.document_tables import EVENTS
from bri_map.domain.fact_tables import CLAIMS, COSTS, MEASURES, RETIRED, STATUS_HISTORY
from bri_map.domain.layers import LAYER_TABLES, with_column
from bri_map.domain.tables import COUNTRIES, SOURCES
from bri_map.domain.vocabulary import Mark, Status
from bri_map.i18n.sentences import any_of, quoted, say

_PROGRESS: dict[str, int] = {
    Mark.ANNOUNCED: 0,
    Mark.GROUND_BROKEN: 1,
    Mark.CONSTRUCTION: 1,
    Mark.FIRST_UNIT: 2,
    Mark.OPENED: 2,
    Mark.HANDED_OVER: 2,
    Mark.FULL_COMPLETION: 2,
}
"""Marks that follow one another; a first unit may open before or after the rest."""
_STATUS_OF: dict[str, frozenset[str]] = {
    Mark.ANNOUNCED: frozenset({Status.EARLY_STAGE}),
    Mark.CONTRACT: frozenset({Status.EARLY_STAGE, Status.UNDER_CONSTRUCTION}),
    Mark.DESIGNATED: frozenset({Status.EARLY_STAGE, Status.UNDER_CONSTRUCTION, Status.COMPLETED}),
    Mark.GROUND_BROKEN: frozenset({Status.EARLY_STAGE, Status.UNDER_CONSTRUCTION}),
    Mark.CONSTRUCTION: frozenset({Status.UNDER_CONSTRUCTION}),
    Mark.FIRST_UNIT: frozenset({Status.UNDER_CONSTRUCTION, Status.COMPLETED}),
    Mark.OPENED: frozenset({Status.COMPLETED, Status.UNDER_CONSTRUCTION}),
    Mark.HANDED_OVER: frozenset({Status.COMPLETED}),
    Mark.FULL_COMPLETION: frozenset({Status.COMPLETED}),
    Mark.SUSPENDED: frozenset({Status.SUSPENDED}),
    Mark.RESUMED: frozenset({Status.EARLY_STAGE, Status.UNDER_CONSTRUCTION, Status.COMPLETED}),
    Mark.CANCELLED: frozenset({Status.CANCELLED}),
}
_ANY = frozenset(Status)
_PAST_ONLY = (
    (STATUS_HISTORY, "date"),
    (CLAIMS, "as_of"),
    (MEASURES, "as_of"),
    (COSTS, "year"),
    (EVENTS, "date"),
    (RETIRED, "retired"),
    *((spec.table, name) for name in ("established_year", "announced_year") for spec in with_column(name)),
    (COUNTRIES, "bri_mou_date"),
    (SOURCES, "accessed"),
    (SOURCES, "published"),
)


def check_histories(context: Context) -> None:
    """Check every history, and that no date lies after the date of the data."""
    told = context.frame(STATUS_HISTORY)
    features = set(told["feature_id"])
    for layer, row in context.features() if context.has_all_of(STATUS_HISTORY) else ():
        if row["id"] not in features:
            context.fault(
                "history-missing",
                LAYER_TABLES[layer],
                row,
                None,
                say("fault.history_missing", file=STATUS_HISTORY.path),
                say("remedy.history_missing"),
            )
    rows: list[Row] = in_order(told).to_dict("records")  # type: ignore[assignment]
    for _, group in groupby(rows, key=lambda row: row["feature_id"]):
        events = list(group)
        _check_order(context, events)
        _check_statuses(context, events)
    for row in context.rows(EVENTS):
        if (
            is_date(row["date"])
            and is_date(row["end_date"])
            and end_of(row["end_date"]) < start_of(row["date"])
        ):
            context.fault(
                "date-order",
                EVENTS,
                row,
                "end_date",
                say("fault.event_ends", date=row["end_date"]),
                say("remedy.dates"),
            )
    _check_future(context)


def _check_order(context: Context, events: list[Row]) -> None:
    steps = [
        (_PROGRESS[row["mark"]], row) for row in events if row["mark"] in _PROGRESS and is_date(row["date"])
    ]
    for rank, row in steps:
        for other_rank, other in steps:
            if other_rank > rank and end_of(other["date"]) < start_of(row["date"]):
                context.fault(
                    "date-order",
                    STATUS_HISTORY,
                    row,
                    "date",
                    say(
                        "fault.history_order",
                        mark=quoted(row["mark"]),
                        date=row["date"],
                        other=quoted(other["mark"]),
                        other_date=other["date"],
                    ),
                    say("remedy.dates_or_marks"),
                )
                break


def _check_statuses(context: Context, events: list[Row]) -> None:
    """After an event the status is the one that its mark brings, or the one that it was before.

    A contract or a start of works may be about a later phase of what operates already.
    """
    before = ""
    for row in events:
        allowed = _STATUS_OF.get(row["mark"], _ANY)
        if row["status"] in _ANY and row["status"] not in allowed and row["status"] != before:
            context.fault(
                "history-status",
                STATUS_HISTORY,
                row,
                "status",
                say("fault.history_status", mark=quoted(row["mark"]), status=quoted(row["status"])),
                say("remedy.history_status", known=any_of(sorted(allowed))),
            )
        before = row["status"]


def _check_future(context: Context) -> None:
    if not is_date(context.today):
        return
    today = end_of(context.today)
    for table, column in _PAST_ONLY:
        for row in context.rows(table):
            text = row[column]
            if is_date(text) and start_of(text) > today:
                context.fault(
                    "date-future",
                    table,
                    row,
                    column,
                    say("fault.date_future", value=text, today=context.today),
                    say("remedy.date_future"),
                )
    for row in context.rows(SOURCES):
        first, last = row["published"], row["accessed"]
        if is_date(first) and is_date(last) and start_of(first) > end_of(last):
            context.fault(
                "date-order",
                SOURCES,
                row,
                "accessed",
                say("fault.source_accessed", accessed=last, published=first),
                say("remedy.dates"),
            )
    for row in context.rows(COUNTRIES):
        first, last = row["bri_mou_date"], row["bri_partner_as_of"]
        if (
            is_date(first)
            and is_date(last)
            and row["bri_partner"] == "true"
            and start_of(first) > end_of(last)
        ):
            context.fault(
                "date-order",
                COUNTRIES,
                row,
                "bri_mou_date",
                say("fault.memorandum", date=first, held=last),
                say("remedy.dates"),
            )
