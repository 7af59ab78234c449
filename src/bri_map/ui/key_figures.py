"""The four numbers by which a feature is known: what it cost, how large, since when, whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import Kind
from bri_map.domain.vocabulary import Measure, Role
from bri_map.evidence.amounts import Standing, amounts
from bri_map.evidence.feature import Event, Feature
from bri_map.i18n import Messages
from bri_map.tabulation.cells import number_in
from bri_map.ui.evidence import Evidencer, Shown

MOST = 4
_MEASURES = (
    *(Measure.CAPACITY, Measure.LENGTH, Measure.AREA, Measure.FLOOR_AREA, Measure.THROUGHPUT),
    *(Measure.OUTPUT, Measure.STORAGE, Measure.UNITS, Measure.BEDS, Measure.SEATS),
)
"""What tells the size of a feature, the best first."""
_DATES = ("opened", "first_unit", "completed", "construction_start", "designated", "announced")
_YEARS = ("established_year", "announced_year")
_ROLES = (Role.OWNER, Role.OPERATOR, Role.DEVELOPER, Role.CONTRACTOR)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in large type.

    Attributes:
        shown: Label and value, with its sources.
        about: When it held, and what it is.
        is_name: Whether it is a name, which is longer than a number.
    """

    shown: Shown
    about: str = ""
    is_name: bool = False


def key_figures(feature: Feature, m: Messages, evidencer: Evidencer) -> list[Figure]:
    """Give up to four figures: cost, size, date and owner, then a second of those that are known."""
    kinds = (
        [*_costs(feature, m, evidencer)],
        [*_sizes(feature, m, evidencer)],
        [*_dates(feature, m, evidencer)],
        [*_owners(feature, m, evidencer)],
    )
    first = [found[0] for found in kinds if found]
    second = chain.from_iterable(zip_longest(*(found[1:2] for found in kinds[1:3])))
    further = [figure for figure in second if figure is not None]
    chosen = [*first, *further][:MOST]
    return [figure for found in kinds for figure in found[:2] if figure in chosen]


def _costs(feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Figure]:
    for amount in amounts(feature)[:1]:
        money = m.locale.money_of(float(amount.million) * 1e6, amount.currency)
        scope = evidencer.say(amount.scope, feature.id, "scope", "costs")
        kind, as_of = m.code("cost_kind", amount.kind), _as_of(amount.year, m)
        is_part = amount.standing is Standing.PART
        label = m.text("details.cost", kind=kind) if is_part else m["column.cost_usd_million"]
        about = [as_of, scope] if is_part else [kind, as_of, scope]
        yield Figure(evidencer.fact(label, money, amount.evidence), _line(about))


def _sizes(feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Figure]:
    for column in LAYER_TABLES[feature.layer].columns:
        value = feature.values[column.name]
        if column.unit and column.kind is Kind.NUMBER and value is not None:
            provenance = feature.provenance.get(column.name)
            text = f"{m.locale.number(value)} {m.code('unit', column.unit)}"
            as_of = provenance.evidence[0].as_of if provenance else ""
            shown = evidencer.value(m.text(f"column.{column.name}"), text, provenance, str)
            yield Figure(shown, _as_of(as_of, m))
    for measure in _MEASURES:
        for quantity in feature.quantities:
            if quantity.measure == measure:
                unit = evidencer.say(quantity.unit, feature.id, "unit", "measures")
                scope = evidencer.say(quantity.scope, feature.id, "scope", "measures")
                text = m.locale.quantity(number_in(quantity.value), quantity.unit, unit)
                shown = evidencer.fact(m.code("measure", measure), text, [quantity.evidence])
                yield Figure(shown, _line([_as_of(quantity.as_of, m), scope]))
                break


def _dates(feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Figure]:
    for name in _DATES:
        if date := feature.values.get(name):
            said = [event.evidence for event in events_of(feature, str(date))]
            yield Figure(evidencer.fact(m.text(f"column.{name}"), m.locale.date(str(date)), said))
    for name in _YEARS:
        if year := feature.values.get(name):
            label, date = m.text(f"column.{name}"), m.locale.date(str(year))
            yield Figure(evidencer.value(label, date, feature.provenance.get(name), m.locale.date))


def events_of(feature: Feature, date: str) -> list[Event]:
    """Give the events of a date."""
    return [event for event in feature.history if event.date == date]


def _owners(feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Figure]:
    for role in _ROLES:
        named = [one for one in feature.participants if one.role == role]
        if not named:
            continue
        ids = dict.fromkeys(one.organisation_id for one in named)
        first = [one for one in named if one.organisation_id == named[0].organisation_id]
        about = m.text("details.more_of_them", n=len(ids) - 1) if len(ids) > 1 else ""
        name = first[0].names[m.language]
        yield Figure(evidencer.fact(m.code("role", role), name, [p.evidence for p in first]), about, True)


def _as_of(date: str, m: Messages) -> str:
    return m.text("details.as_of", date=m.locale.date(date)) if date else ""


def _line(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)
