"""Dates fit their sources: nobody reports what comes later, no amount is decades from its feature."""

from __future__ import annotations

from collections.abc import Mapping

from bri_map.checks.context import Context, Row
from bri_map.checks.subjects import Subject, days_after, is_date
from bri_map.domain.document_tables import EVENTS
from bri_map.domain.fact_tables import CLAIMS, COSTS, MEASURES, STATUS_HISTORY
from bri_map.domain.table import Table
from bri_map.domain.tables import COUNTRIES
from bri_map.i18n.sentences import quoted, say

DATED = (
    (STATUS_HISTORY, "date"),
    (CLAIMS, "as_of"),
    (MEASURES, "as_of"),
    (COSTS, "year"),
    (EVENTS, "date"),
)
AHEAD_DAYS = 10
"""Days by which a page may tell of what comes, such as an opening of next week."""
BEFORE_YEARS, AFTER_YEARS, HELD_YEARS = 5, 4, 10
"""Years before the first event of a feature, and after the last one, in which a cost or a measure may lie."""
PLANNED = "planned"
"""Word of a scope whose date lies ahead."""
BEGIN = "2013-09"
"""When the Belt and Road was announced; no memorandum about it is older."""


def check_dates(context: Context, subjects: Mapping[str, Subject], sources: Mapping[str, Row]) -> None:
    """Compare dates with those of sources and of histories."""
    for table, column in DATED:
        for row in context.rows(table):
            source = sources.get(str(row["source_id"]))
            if source is not None and row[column]:
                _check_source(context, table, row, column, source)
    for table, column, after in ((COSTS, "year", AFTER_YEARS), (MEASURES, "as_of", HELD_YEARS)):
        for row in context.rows(table):
            subject = subjects.get(str(row["feature_id"]))
            years = subject.years() if subject else []
            if years and is_date(row[column]):
                year, first, last = int(str(row[column])[:4]), min(years), max(years)
                if not first - BEFORE_YEARS <= year <= last + after:
                    message = say("fault.amount_year", value=row[column], first=first, last=last)
                    context.warn("amount-year", table, row, column, message)
    for row in context.rows(COUNTRIES):
        if days_after(BEGIN, row["bri_mou_date"]):
            message = say("fault.memorandum_early", date=row["bri_mou_date"], begin=BEGIN)
            context.warn("memorandum-date", COUNTRIES, row, "bri_mou_date", message)


def _check_source(context: Context, table: Table, row: Row, column: str, source: Row) -> None:
    told = {"value": row[column], "source": quoted(source["id"])}
    if days_after(row[column], source["accessed"]):
        message = say("fault.date_unread", accessed=source["accessed"], **told)
        context.warn("date-unread", table, row, column, message)
    elif days_after(row[column], source["published"]) > AHEAD_DAYS and PLANNED not in row.get("scope", ""):
        message = say("fault.date_untold", published=source["published"], **told)
        context.warn("date-untold", table, row, column, message)
