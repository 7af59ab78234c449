"""Everything said of a feature as one table: field, value, date, source, place in it, basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bri_map.domain.identifiers import written
from bri_map.domain.vocabulary import Role
from bri_map.evidence.feature import Said
from bri_map.evidence.provenance import Evidence, Rule


@dataclass(frozen=True, slots=True)
class Statement:
    """A source says something of a feature.

    Attributes:
        field: Column of the feature, or `position`, `cost`, `measure`, `other_name`, `relation`,
            `identifier`.
        value: What it says.
        detail: What the value is: the mark and the event of a status, the kind and scope of a cost, the
            measured quantity, the kind of a name; empty for plain values.
        rule: Why the value is shown, or empty where all are.
        is_shown: Whether it is; False where another source's value is shown instead.
        evidence: Date, source, place in it, basis and note.
    """

    field: str
    value: str
    detail: str
    rule: str
    is_shown: bool
    evidence: Evidence


def statements(feature: Said) -> Iterator[Statement]:
    """Give every statement about a feature: its columns in their order, then the other facts."""
    for name, provenance in feature.provenance.items():
        rule = provenance.rule.value
        yield from (Statement(name, e.value, "", rule, True, e) for e in provenance.evidence)
        yield from (Statement(name, e.value, "", rule, False, e) for e in provenance.others)
    yield from _events(feature)
    yield from _quantities(feature)
    for role in Role:
        for participant in feature.participants:
            if participant.role == role:
                yield Statement(role.value, participant.names.original, "", "", True, participant.evidence)
    for other in feature.names:
        yield Statement("other_name", other.name, f"{other.kind}, {other.language}", "", True, other.evidence)
    for relation in feature.relations:
        detail = f"{relation.relation} (stated of the other)" if relation.is_inverse else relation.relation
        yield Statement("relation", relation.other_id, detail, "", True, relation.evidence)
    for known in feature.identifiers:
        value = written(known.scheme, known.identifier)
        yield Statement("identifier", value, known.match, "", True, known.evidence)


def _events(feature: Said) -> Iterator[Statement]:
    for event in feature.history:
        is_last = event is feature.history[-1]
        rule = Rule.NEWEST.value if is_last else ""
        yield Statement("status", event.status, f"{event.mark}: {event.event}", rule, is_last, event.evidence)


def _quantities(feature: Said) -> Iterator[Statement]:
    for cost in feature.costs:
        value = f"{cost.amount_million} million {cost.currency}"
        yield Statement("cost", value, _joined(cost.kind, cost.scope), "", True, cost.evidence)
    for quantity in feature.quantities:
        value = f"{quantity.value} {quantity.unit}"
        detail = _joined(quantity.measure, quantity.scope)
        yield Statement("measure", value, detail, "", True, quantity.evidence)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
