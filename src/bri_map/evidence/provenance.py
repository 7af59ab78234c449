"""Which source gives a value, and by which rule one value is shown where sources disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bri_map.data.derive import BASIS_RANK


class Rule(StrEnum):
    """Why a value is shown."""

    ONLY = "only"
    AGREED = "agreed"
    EDITOR = "editor"
    BASIS = "basis"
    MOST = "most"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source gives a value.

    Attributes:
        value: The value as text, written as a cell is.
        as_of: When it held or was said, empty when unknown.
        source_id: The source.
        locator: Section, box, figure or page inside the source; empty for a page that is read whole.
        basis: A code of `Basis`.
        note: What a careful reader should know.
        is_preferred: Whether an editor chose it over others.
    """

    value: str
    as_of: str
    source_id: str
    locator: str
    basis: str
    note: str
    is_preferred: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a shown value rests on.

    Attributes:
        value: The value that is shown.
        rule: Why it is.
        evidence: The sources that give it, the best first.
        others: Sources that give another value.
    """

    value: str
    rule: Rule
    evidence: tuple[Evidence, ...]
    others: tuple[Evidence, ...] = ()


def evidence_of(row: Mapping[str, str], value: str, as_of: str = "") -> Evidence:
    """Give the evidence in a row of a table of facts."""
    return Evidence(
        value=value,
        as_of=as_of,
        source_id=row["source_id"],
        locator=row["locator"],
        basis=row["basis"],
        note=row["note"],
        is_preferred=row.get("is_preferred") == "true",
    )


def choose(claims: Iterable[Evidence]) -> Provenance:
    """Choose among what sources say of one field.

    An editor's choice comes first (that of the agreement or of the operator, say, which the note gives as the
    reason), then the stronger basis (confirmed elsewhere, source document, judgement of the editors,
    unconfirmed), then what more sources of that basis say, then the newer date. The check `claim-tie` finds
    claims between which none of these decides.

    Args:
        claims: At least one.
    """
    ranked = sorted(claims, key=lambda e: e.as_of, reverse=True)
    support = _support(ranked)
    ranked.sort(
        key=lambda e: (
            not e.is_preferred,
            BASIS_RANK.get(e.basis, len(BASIS_RANK)),
            -support[e.value, e.basis],
        )
    )
    best = ranked[0]
    same = tuple(e for e in ranked if e.value == best.value)
    others = tuple(e for e in ranked if e.value != best.value)
    return Provenance(best.value, _rule(best, same, others), same, others)


def is_tied(chosen: Provenance) -> bool:
    """Tell whether no rule decides between the value chosen and another one."""
    best = chosen.evidence[0]
    support = _support((*chosen.evidence, *chosen.others))
    alike = (best.is_preferred, best.basis, best.as_of, support[best.value, best.basis])
    return any((e.is_preferred, e.basis, e.as_of, support[e.value, e.basis]) == alike for e in chosen.others)


def _support(claims: Iterable[Evidence]) -> Mapping[tuple[str, str], int]:
    """Count the sources of each value and basis."""
    said = {(e.value, e.basis, e.source_id) for e in claims}
    return Counter((value, basis) for value, basis, _ in said)


def _rule(best: Evidence, same: tuple[Evidence, ...], others: tuple[Evidence, ...]) -> Rule:
    if not others:
        return Rule.ONLY if len({e.source_id for e in same}) == 1 else Rule.AGREED
    rival = others[0]
    if best.is_preferred and not rival.is_preferred:
        return Rule.EDITOR
    if rival.basis != best.basis:
        return Rule.BASIS
    support = _support((*same, *others))
    differ = support[best.value, best.basis] != support[rival.value, rival.basis]
    return Rule.MOST if differ else Rule.NEWEST
