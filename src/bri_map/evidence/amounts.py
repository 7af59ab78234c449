"""The amounts of money stated for a feature, and which of them counts in totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bri_map.domain.vocabulary import CostKind
from bri_map.evidence.feature import Cost, Feature
from bri_map.evidence.provenance import Evidence

TOTALS_CURRENCY = "USD"
"""The currency in which costs are added up; nothing is converted."""


class Standing(StrEnum):
    """Whether an amount counts in totals, and why not; in the order in which amounts are shown."""

    COUNTS = "counts"
    OTHER = "other"
    CURRENCY = "currency"
    PART = "part"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money, with every source that gives it.

    Attributes:
        kind: A code of `CostKind`.
        million: The amount in millions of its currency, as text.
        currency: ISO 4217.
        year: Year of the amount, empty when unknown.
        scope: What it covers, where that is not the feature as a whole.
        standing: Whether it counts.
        evidence: Who says so.
    """

    kind: str
    million: str
    currency: str
    year: str
    scope: str
    standing: Standing
    evidence: tuple[Evidence, ...]


def amounts(feature: Feature) -> tuple[Amount, ...]:
    """Give the amounts stated for a feature: the one that counts first; US dollars and the largest first."""
    standings, kinds = list(Standing), [kind.value for kind in CostKind]

    def place(one: Amount) -> tuple[int, int, bool, float]:
        is_other = one.currency != TOTALS_CURRENCY
        return standings.index(one.standing), kinds.index(one.kind), is_other, -float(one.million)

    return tuple(sorted(_amounts(feature), key=place))


def _amounts(feature: Feature) -> Iterator[Amount]:
    for stated, rows in groupby(sorted(feature.costs, key=_stated), key=_stated):
        same = tuple(rows)
        yield Amount(*stated, _standing(feature, same[0]), tuple(cost.evidence for cost in same))


def _stated(cost: Cost) -> tuple[str, str, str, str, str]:
    return cost.kind, cost.amount_million, cost.currency, cost.year, cost.scope


def _standing(feature: Feature, cost: Cost) -> Standing:
    if cost.kind == CostKind.PROGRAMME:
        return Standing.PROGRAMME
    if cost.kind == CostKind.PART or cost.scope:
        return Standing.PART
    if cost.currency != TOTALS_CURRENCY:
        return Standing.CURRENCY
    value, kind, year = (feature.values.get(f"cost_{name}") for name in ("usd_million", "kind", "year"))
    is_counted = (value, kind, year or "") == (float(cost.amount_million), cost.kind, cost.year)
    return Standing.COUNTS if is_counted else Standing.OTHER
