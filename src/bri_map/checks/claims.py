"""Every shown value rests on a claim, and is the one that the stated rules choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bri_map.checks.context import Context, Row
from bri_map.data.cells import is_spreadsheet_flag, value_fault
from bri_map.data.format import CLAIMED_FLAGS
from bri_map.data.geometry import point_text
from bri_map.data.tables import LINE
from bri_map.domain.fact_tables import CLAIMS, FACT_TABLES, POSITION, WHOLE_ROW
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import Column, Table
from bri_map.domain.tables import SOURCES
from bri_map.domain.vocabulary import Basis
from bri_map.evidence.provenance import choose, evidence_of, is_tied
from bri_map.i18n.sentences import column_meaning, quoted, say

_BASED = tuple(table for table in FACT_TABLES if {"source_id", "basis"} <= set(table.column_names))


@dataclass(frozen=True, slots=True)
class _Subject:
    layer: LayerId
    row: Row

    @property
    def table(self) -> Table:
        return LAYER_TABLES[self.layer]


def check_claims(context: Context) -> None:
    """Compare claims and cells, and bases with sources."""
    subjects = {
        str(row["id"]): _Subject(layer, row)
        for layer, table in LAYER_TABLES.items()
        for row in context.rows(table)
        if row["id"] not in context.blamed
    }
    by_cell: dict[tuple[str, str], list[Row]] = defaultdict(list)
    doubtful: set[str] = set()  # features of claims that are themselves at fault
    astray: set[str] = set()  # fields of claims that belong to no feature
    known = {str(row["id"]) for table in LAYER_TABLES.values() for row in context.rows(table)}
    for claim in map(_with_small_flags, context.rows(CLAIMS)):
        subject = subjects.get(str(claim["feature_id"]))
        if subject is None:
            if claim["feature_id"] not in known:
                astray.add(str(claim["field"]))
        elif _is_sound(context, claim, subject):
            by_cell[str(claim["feature_id"]), str(claim["field"])].append(claim)
        else:
            doubtful.add(str(claim["feature_id"]))
    for feature_id, subject in subjects.items() if context.has_all_of(CLAIMS) else ():
        if feature_id not in doubtful and (feature_id, WHOLE_ROW) not in by_cell:
            _check_cells(context, subject, by_cell, astray)
    for (feature_id, name), claims in by_cell.items():
        if name != WHOLE_ROW:
            _check_choice(context, subjects[feature_id], name, claims)
    _check_bases(context)


def _with_small_flags(claim: Row) -> Row:
    """Read TRUE and FALSE of a spreadsheet as what they mean; that they stand there is told of the file."""
    if claim["field"] in CLAIMED_FLAGS and is_spreadsheet_flag(claim["value"]):
        return {**claim, "value": claim["value"].lower()}
    return claim


def _claimed(table: Table) -> Iterator[Column]:
    return (column for column in table.columns if column.is_claimed)


def _is_sound(context: Context, claim: Row, subject: _Subject) -> bool:
    name = str(claim["field"])
    known = {column.name: column for column in _claimed(subject.table)}
    if name not in (*known, POSITION, WHOLE_ROW):
        context.fault(
            "claim-field",
            CLAIMS,
            claim,
            "field",
            say("fault.claim_field", value=quoted(name), table=subject.table.name),
            say("remedy.claim_field", known=", ".join([*known, POSITION]), last=WHOLE_ROW),
        )
        return False
    if name == WHOLE_ROW:
        return True
    value = str(claim["value"])
    column = known.get(name)
    fault = say("fault.claim_empty") if not value else value_fault(value, column) if column else None
    if fault:
        meaning = column_meaning(column.meaning) if column else say("remedy.lon_lat")
        context.fault(
            "claim-value", CLAIMS, claim, "value", fault, say("remedy.field_holds", meaning=meaning)
        )
        return False
    return True


def _check_cells(
    context: Context, subject: _Subject, by_cell: dict[tuple[str, str], list[Row]], astray: set[str]
) -> None:
    row, table = subject.row, subject.table
    feature_id = str(row["id"])
    names = [column.name for column in _claimed(table) if row[column.name]]
    if _point(context, subject):
        names.append(POSITION)
    for name in names:
        if (feature_id, name) not in by_cell and name not in astray:
            context.fault(
                "claim-missing",
                table,
                row,
                name,
                say("fault.claim_missing"),
                say("remedy.add_claim", file=CLAIMS.path),
            )


def _point(context: Context, subject: _Subject) -> str:
    return point_text(context.shape(subject.layer, subject.row))


def _check_choice(context: Context, subject: _Subject, name: str, claims: list[Row]) -> None:
    chosen = choose(evidence_of(claim, claim["value"], claim["as_of"]) for claim in claims)
    if is_tied(chosen):
        values = ", ".join(quoted(e.value) for e in (chosen.evidence[0], *chosen.others))
        context.fault(
            "claim-tie",
            CLAIMS,
            claims[0],
            "value",
            say("fault.claim_tie", name=name, values=values),
            say("remedy.claim_tie"),
        )
        return
    shown = str(subject.row[name]) if name != POSITION else _point(context, subject)
    if shown == chosen.value or (name == POSITION and not shown):
        return
    best = next(claim for claim in claims if claim["value"] == chosen.value)
    where = f"{CLAIMS.path}:{best[LINE]}"
    if name == POSITION:
        context.geometry_fault(
            "claim-mismatch",
            subject.layer,
            str(subject.row["id"]),
            say("fault.claim_mismatch_point", shown=shown, where=where, value=chosen.value),
            say("remedy.claim_point"),
        )
        return
    context.fault(
        "claim-mismatch",
        subject.table,
        subject.row,
        name,
        say(
            "fault.claim_mismatch",
            shown=quoted(shown),
            where=where,
            value=quoted(chosen.value),
            rule=chosen.rule.value,
        ),
        say("remedy.claim_cell"),
    )


def _check_bases(context: Context) -> None:
    addresses = {str(row["id"]): str(row["url"]) for row in context.rows(SOURCES)}
    for table in _BASED:
        for row in context.rows(table):
            if row["basis"] == Basis.CONFIRMED and addresses.get(str(row["source_id"]), "?") == "":
                context.fault(
                    "basis",
                    table,
                    row,
                    "basis",
                    say("fault.basis", source=quoted(row["source_id"])),
                    say("remedy.basis"),
                )
