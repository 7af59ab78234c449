"""What the documents name is accounted for, and the other rows that speak of more than one table."""

from __future__ import annotations

from collections.abc import Mapping

from bri_map.checks.context import Context, Row
from bri_map.domain.document_tables import (
    DISTRIBUTIONS,
    EVENTS,
    GROUPS,
    INDICATORS,
    LOCALITIES,
    RECONCILIATION,
    SOURCE_COVERAGE,
)
from bri_map.domain.fact_tables import BASELINE, CORRIDOR_MEMBERS, RETIRED
from bri_map.domain.layers import LAYER_TABLES, LISTED, with_column
from bri_map.domain.tables import COUNTRIES, SOURCES, TABLE, TABLES
from bri_map.domain.vocabulary import MembershipRule
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Sentence

_TARGETS = (*(spec.table.name for spec in LISTED), LOCALITIES.name, EVENTS.name)


def check_documents(context: Context) -> None:
    """Check coverage, indicators, retired ids, sources, and the row counts."""
    _check_coverage(context)
    areas = {*context.frame(COUNTRIES)["iso3"], *context.frame(GROUPS)["id"]}
    for row in context.rows(INDICATORS):
        if row["area"] not in areas:
            context.fault(
                "indicator-area",
                INDICATORS,
                row,
                "area",
                say("fault.indicator_area", value=quoted(row["area"])),
                say("remedy.indicator_area", file=GROUPS.path),
            )
    known = set(context.frame(DISTRIBUTIONS)["distribution"])
    for row in context.rows(RECONCILIATION):
        if row["figure"] not in known:
            context.fault(
                "reference",
                RECONCILIATION,
                row,
                "figure",
                say("fault.reference", value=quoted(row["figure"]), table=DISTRIBUTIONS.name),
                say("remedy.spelling"),
            )
    for table in (spec.table for spec in with_column("ey_match")):
        for row in context.rows(table):
            if (row["in_ey_2020"] == "true") != bool(row["ey_match"]):
                context.fault(
                    "ey-match",
                    table,
                    row,
                    "ey_match",
                    say("fault.ey_match"),
                    say("remedy.ey_match"),
                )
    _check_retired(context)
    _check_sources(context)
    for row in context.rows(CORRIDOR_MEMBERS):
        if (row["membership_rule"] == MembershipRule.SOURCE) != bool(row["source_id"]):
            context.fault(
                "member-source",
                CORRIDOR_MEMBERS,
                row,
                "source_id",
                say("fault.member_source"),
                say("remedy.member_source"),
            )
    _check_baseline(context)


def _check_coverage(context: Context) -> None:
    ids = {name: set(context.frame(TABLE[name])["id"]) for name in _TARGETS}
    if not context.has_all_of(*(TABLE[name] for name in _TARGETS)):
        return
    for row in context.rows(SOURCE_COVERAGE):
        fault = _coverage_fault(row, ids)
        if fault:
            field, message, remedy = fault
            context.fault("coverage", SOURCE_COVERAGE, row, field, message, remedy)


def _coverage_fault(row: Row, ids: Mapping[str, set[str]]) -> tuple[str, Sentence, Sentence] | None:
    table, target = row["target_table"], row["target_id"]
    if bool(target) != bool(table):
        return "target_id", say("fault.coverage_half"), say("remedy.both_or_none")
    if bool(target) == bool(row["no_feature"]):
        return "no_feature", say("fault.coverage_reason"), say("remedy.coverage_reason")
    if not target:
        return None
    if table not in ids:
        known = ", ".join(_TARGETS)
        return "target_table", say("fault.code", value=quoted(table), known=known), say("remedy.it")
    if target not in ids[table]:
        return "target_id", say("fault.reference", value=quoted(target), table=table), say("remedy.id")
    return None


def _check_retired(context: Context) -> None:
    retired = set(context.frame(RETIRED)["id"])
    for table in LAYER_TABLES.values():
        for row in context.rows(table):
            if row["id"] in retired:
                context.fault(
                    "id-retired",
                    table,
                    row,
                    "id",
                    say("fault.id_retired"),
                    say("remedy.id_retired", file=RETIRED.path),
                )


def _check_sources(context: Context) -> None:
    used: set[str] = set()
    for table in TABLES:
        for column in table.columns:
            if column.references == SOURCES.name:
                for cell in context.frame(table)[column.name].unique():
                    used.update(str(cell).split(";"))
    sought = {
        column.name for table in TABLES for column in table.columns if column.references == SOURCES.name
    }
    knows_all = context.has_all_of(*TABLES) and not any(
        issue.rule == "reference" and issue.field in sought for issue in context.report
    )
    for row in context.rows(SOURCES):
        if knows_all and row["id"] not in used:
            context.fault(
                "source-unused", SOURCES, row, None, say("fault.source_unused"), say("remedy.source_unused")
            )
        if not (row["title"] or row["url"]):
            context.fault(
                "source-told", SOURCES, row, "title", say("fault.source_told"), say("remedy.give_one")
            )


def _check_baseline(context: Context) -> None:
    for place in context.content.stray_tables():
        context.report.add("file", say("fault.file_stray"), say("remedy.file_stray"), file=place)
    for row in context.rows(BASELINE):
        name = row["id"]
        if name not in TABLE:
            context.fault(
                "reference",
                BASELINE,
                row,
                "id",
                say("fault.table_unknown", value=quoted(name)),
                say("remedy.spelling_or_remove"),
            )
            continue
        rows = context.tables[name]
        if rows.is_complete and not rows.lost and row["rows"] != str(len(rows.frame)):
            context.report.add(
                "baseline",
                say("fault.baseline", rows=len(rows.frame), expected=row["rows"]),
                say("remedy.baseline", file=BASELINE.path),
                file=TABLE[name].path,
            )
