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
from bri_map.i18n.sentences import say

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
                f"{row['area']!r} is neither a country nor a group.",
                f"Correct it, or add it to {GROUPS.path}.",
            )
    known = set(context.frame(DISTRIBUTIONS)["distribution"])
    for row in context.rows(RECONCILIATION):
        if row["figure"] not in known:
            context.fault(
                "reference",
                RECONCILIATION,
                row,
                "figure",
                f"{row['figure']!r} is not in distributions.",
                "Correct the spelling.",
            )
    for table in (spec.table for spec in with_column("ey_match")):
        for row in context.rows(table):
            if (row["in_ey_2020"] == "true") != bool(row["ey_match"]):
                context.fault(
                    "ey-match",
                    table,
                    row,
                    "ey_match",
                    "a park of EY's 74 says how sure that is, and no other does.",
                    "Write named, likely or uncertain, or empty the cell.",
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
                "the rule 'source' needs a source, and only that rule has one.",
                "Name the source, or remove it.",
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


def _coverage_fault(row: Row, ids: Mapping[str, set[str]]) -> tuple[str, str, str] | None:
    table, target = row["target_table"], row["target_id"]
    if bool(target) != bool(table):
        return "target_id", "table and id belong together.", "Give both or none."
    if bool(target) == bool(row["no_feature"]):
        return (
            "no_feature",
            "something named has either a feature or a reason for having none.",
            "Give the id, or the reason.",
        )
    if not target:
        return None
    if table not in ids:
        return "target_table", f"{table!r} is not one of {', '.join(_TARGETS)}.", "Correct it."
    if target not in ids[table]:
        return "target_id", f"{target!r} is not in {table}.", "Correct the id."
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
                    "the id was retired; ids are never used again.",
                    f"Give the feature a new id, see {RETIRED.path}.",
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
                "source-unused",
                SOURCES,
                row,
                None,
                "nothing rests on it.",
                "Remove it, or name it in a claim.",
            )
        if not (row["title"] or row["url"]):
            context.fault(
                "source-told", SOURCES, row, "title", "it has neither title nor address.", "Give one of them."
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
                f"{name!r} is no table.",
                "Correct the spelling, or remove it.",
            )
            continue
        rows = context.tables[name]
        if rows.is_complete and not rows.lost and row["rows"] != str(len(rows.frame)):
            context.report.add(
                "baseline",
                f"it has {len(rows.frame)} rows, the baseline says {row['rows']}.",
                f"If that is meant, write the new number into {BASELINE.path}; if not, restore the rows.",
                file=TABLE[name].path,
            )
