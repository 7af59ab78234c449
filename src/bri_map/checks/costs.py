"""Costs are of a size that can be: beside like things, their source, other amounts, megawatts, kilometres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from bri_map.checks.amounts import dollars, farthest, money_in
from bri_map.checks.context import Context, Row
from bri_map.checks.likeness import Usual, usual_by
from bri_map.checks.subjects import Subject, number, rows_by, texts_of
from bri_map.checks.units import LENGTH, POWER
from bri_map.domain.fact_tables import COSTS, MEASURES
from bri_map.domain.shared_columns import PUBLISHED_LENGTH
from bri_map.domain.vocabulary import CostKind, Measure, Sector
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Sentence

SPREADS = 4.2
"""Spreads of like things (median distance of the logarithms) from which a cost is looked at."""
_LEAST, _NARROWEST = 8, 0.4
_LENDS = ("provides", "pledges")
"""Words of titles that tell one loan or grant; others may tell another amount."""
TITLE_FACTOR, TEXT_FACTOR, PART_FACTOR, SAME_FACTOR = 1.35, 8.0, 1.6, 5.0
"""Factors allowed against the title of the source, against texts of the feature, of a part against the whole,
and between amounts of one kind."""
PER_MW = (0.1, 15.0)
"""Millions of dollars that a megawatt may cost; a loan may pay a part of it."""
PER_KM = (0.004, 800.0)
"""Millions of dollars that a kilometre may cost, of cable at least, of bridge at most."""
SHORTEST_KM = 3.0
"""Kilometres from which a feature is a line of which each costs alike."""
_LINES = frozenset({Sector.RAILWAY, Sector.ROADS_BRIDGES, Sector.ICT})
_WHOLE = frozenset({CostKind.TOTAL, CostKind.CONTRACT})
_PARTS = frozenset({CostKind.LOAN, CostKind.GRANT, CostKind.PART, CostKind.CONTRACT})


def check_costs(context: Context, subjects: Mapping[str, Subject], sources: Mapping[str, Row]) -> None:
    """Compare every cost with what else is known; of one cost the first doubt is enough."""
    rows = [
        row
        for row in context.rows(COSTS)
        if row["feature_id"] in subjects and (number(row["amount_million"]) or 0) > 0
    ]
    usual = _usual(rows, subjects)
    by_feature: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_feature[row["feature_id"]].append(row)
    measures = {
        feature: [row for row in found if not context.is_named(MEASURES, row)]
        for feature, found in rows_by(context, MEASURES).items()
    }
    for row in rows:
        subject = subjects[row["feature_id"]]
        source = sources.get(str(row["source_id"]))
        for rule, message in (
            ("cost-title", _against_title(row, str(source["title"]) if source else "")),
            ("cost-text", _against_texts(row, subject)),
            ("cost-unlike", _against_like(row, usual.get(_group(row, subject)))),
            ("cost-per-unit", _for_each(row, subject, measures.get(str(subject.row["id"]), []))),
        ):
            if message:
                context.warn(rule, COSTS, row, "amount_million", message)
                break
    doubted = {row["feature_id"] for row in rows if context.is_named(COSTS, row)}
    for row in rows:
        message = _against_others(row, by_feature[row["feature_id"]])
        if message and row["feature_id"] not in doubted:
            context.warn("cost-whole", COSTS, row, "amount_million", message)


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _amount(row: Row) -> float:
    return float(row["amount_million"])


def _dollars(row: Row) -> float | None:
    return dollars(_amount(row), str(row["currency"]))


def _group(row: Row, subject: Subject) -> tuple[str, ...]:
    return str(subject.row.get("sector", subject.layer)), str(row["cost_kind"])


def _usual(rows: list[Row], subjects: Mapping[str, Subject]) -> dict[tuple[str, ...], Usual]:
    groups: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in rows:
        value = _dollars(row)
        if value:
            groups[_group(row, subjects[row["feature_id"]])].append(value)
    return usual_by(groups, _LEAST, _NARROWEST)


def _against_title(row: Row, title: str) -> Sentence | None:
    if not any(word in title for word in _LENDS):
        return None
    told = money_in(title)
    same = [amount for currency, amount in told if currency == row["currency"]]
    others = [value for currency, amount in told if (value := dollars(amount, currency)) is not None]
    value = _dollars(row)
    if same and farthest(_amount(row), same) > TITLE_FACTOR:
        return say("fault.cost_title", title=quoted(title))
    if not same and others and value is not None and farthest(value, others) > 2 * TITLE_FACTOR:
        return say("fault.cost_title", title=quoted(title))
    return None


def _against_texts(row: Row, subject: Subject) -> Sentence | None:
    if row["scope"] or row["cost_kind"] == CostKind.PROGRAMME:
        return None
    told = [n for currency, n in money_in(texts_of(subject)) if currency == row["currency"]]
    if farthest(_amount(row), told) > TEXT_FACTOR:
        return say("fault.cost_text", said=f"{told[0]:g}")
    return None


def _against_like(row: Row, usual: Usual | None) -> Sentence | None:
    value = _dollars(row)
    if usual and value and usual.off(value) > SPREADS:
        return say("fault.cost_unlike", usual=_figure(usual.size), value=_figure(value), n=usual.number)
    return None


def _against_others(row: Row, others: list[Row]) -> Sentence | None:
    """Compare an amount with others of its feature.

    The one that is farther from the rest is told: of two, the one that contradicts more.
    """
    value = _dollars(row)
    known = [(other, _dollars(other)) for other in others if other is not row]
    wholes = [v for other, v in known if v and other["cost_kind"] == CostKind.TOTAL]
    if value is None or row["cost_kind"] == CostKind.PROGRAMME:
        return None
    if row["cost_kind"] in _PARTS and wholes and value > PART_FACTOR * max(wholes):
        return say("fault.cost_part", value=_figure(value), whole=_figure(max(wholes)))
    if row["cost_kind"] == CostKind.TOTAL and not wholes:
        parts = [v for other, v in known if v and other["cost_kind"] in _PARTS]
        if len(parts) > 1 and min(parts) > PART_FACTOR * value:
            return say("fault.cost_part", value=_figure(min(parts)), whole=_figure(value))
    same = [
        v
        for other, v in known
        if v and other["cost_kind"] == row["cost_kind"] in _WHOLE and not (other["scope"] or row["scope"])
    ]
    if same and farthest(value, same) > SAME_FACTOR:
        return say("fault.cost_same", value=_figure(value), other=_figure(same[0]))
    return None


def _for_each(row: Row, subject: Subject, measures: list[Row]) -> Sentence | None:
    value = _dollars(row)
    if value is None or row["cost_kind"] not in _WHOLE | {CostKind.LOAN}:
        return None
    power = max((_sum(m, Measure.CAPACITY, POWER) for m in measures), default=0.0)
    low, high = PER_MW if row["cost_kind"] in _WHOLE else (0.0, PER_MW[1])
    if power and "sector" in subject.row and not low <= value / power <= high:
        return say("fault.cost_each", value=_figure(value / power), unit=quoted("MW"))
    if PUBLISHED_LENGTH not in subject.row and subject.row.get("sector") not in _LINES:
        return None
    length = max((_sum(m, Measure.LENGTH, LENGTH) for m in measures), default=0.0)
    length = max(length, number(str(subject.row.get(PUBLISHED_LENGTH, ""))) or 0.0)
    low, high = PER_KM if row["cost_kind"] in _WHOLE else (0.0, PER_KM[1])
    if length >= SHORTEST_KM and not low <= value / length <= high:
        return say("fault.cost_each", value=_figure(value / length), unit=quoted("km"))
    return None


def _sum(row: Row, measure: str, units: Mapping[str, float]) -> float:
    is_meant = row["measure"] == measure and row["unit"] in units
    return (number(row["value"]) or 0.0) * units[row["unit"]] if is_meant else 0.0
