"""The facts of a feature in groups: what it is, who is behind it, money, when, where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from bri_map.catalog import Catalog
from bri_map.domain.fact_tables import POSITION
from bri_map.domain.identifiers import FORMS, Match
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import LIST_SEPARATOR, Column, Kind, Table
from bri_map.domain.vocabulary import Basis, Precision, Role
from bri_map.evidence.amounts import amounts
from bri_map.evidence.feature import Feature
from bri_map.evidence.provenance import Evidence
from bri_map.i18n import Messages
from bri_map.tabulation.cells import number_in
from bri_map.tabulation.columns import every_column
from bri_map.ui.evidence import Evidencer, Shown
from bri_map.ui.glossary import explained_column, explained_precision
from bri_map.ui.key_figures import events_of
from bri_map.ui.results import ask

_SHOWN_APART = frozenset(
    {"id", "record", *NAME_COLUMNS.values(), "precision", "position_note", "summary", "note"}
    | {"ey_alternatives", "countries"}
)
_GROUP_OF = {"status": "when", "place": "where"}
"""Group of columns in the table to that in the details, where it is not `what`."""
_APPROXIMATE = (Precision.DISTRICT, Precision.COUNTRY)


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under one heading."""

    title: str
    facts: tuple[Shown, ...]


def fact_groups(catalog: Catalog, feature: Feature, m: Messages, evidencer: Evidencer) -> list[Group]:
    """Give the facts of a feature, group by group; groups without any are left out."""
    facts = _Facts(catalog, feature, m, evidencer)
    groups = {
        "details.what": [*facts.columns("what"), *facts.measures()],
        "details.who": [*facts.participants()],
        "details.money": [*facts.money()],
        "details.when": [*facts.columns("when"), *facts.dates()],
        "details.where": [*facts.countries(), *facts.columns("where"), facts.position(), *facts.corridors()],
        "details.elsewhere": [*facts.identifiers()],
    }
    return [Group(m[title], tuple(found)) for title, found in groups.items() if found]


def _group_of(column: Column) -> str:
    if column.name.endswith("_year"):
        return "when"
    return _GROUP_OF.get(every_column()[column.name].group, "what")


@dataclass(frozen=True, slots=True)
class _Facts:
    catalog: Catalog
    feature: Feature
    m: Messages
    evidencer: Evidencer

    @property
    def _table(self) -> Table:
        return LAYER_TABLES[self.feature.layer]

    def columns(self, group: str) -> Iterator[Shown]:
        """Give the cells of the layer's table that belong to a group."""
        kind = LAYERS[self.feature.layer].kind_column
        for column in self._table.columns:
            if column.name in _SHOWN_APART or column.name == kind or _group_of(column) != group:
                continue
            shown = self._shown(column, self.feature.values[column.name])
            if shown:
                provenance = self.feature.provenance.get(column.name)
                label = self.m.text(f"column.{column.name}")
                fact = self.evidencer.value(label, shown, provenance, self._word(column))
                explained = self.evidencer.explain(explained_column(column.name, self.m))
                yield replace(fact, explained=explained)

    def _say(self, column: Column) -> Callable[[str], str]:
        return lambda text: self.evidencer.say.part(text, self.feature.id, column, self._table.name)

    def _word(self, column: Column) -> Callable[[str], str]:
        vocabulary = column.vocabulary
        return (lambda code: self.m.code(vocabulary, code)) if vocabulary else self._say(column)

    def _shown(self, column: Column, value: Any) -> str:
        if value is None or value == ():
            return ""
        if column.kind is Kind.BOOLEAN:
            return self.m.code("value", "true" if value else "false")
        if column.is_list:
            return self._say(column)(LIST_SEPARATOR.join(value))
        if column.unit:
            return f"{self.m.locale.number(value)} {self.m.code('unit', column.unit)}"
        return self._word(column)(str(value))

    def measures(self) -> Iterator[Shown]:
        """Give what has been measured."""
        for quantity in self.feature.quantities:
            unit, scope = (
                self.evidencer.say(getattr(quantity, name), self.feature.id, name, "measures")
                for name in ("unit", "scope")
            )
            text = self.m.locale.quantity(number_in(quantity.value), quantity.unit, unit)
            value = self.m.locale.with_aside(text, [scope, self.m.locale.date(quantity.as_of)])
            yield self.evidencer.fact(self.m.code("measure", quantity.measure), value, [quantity.evidence])

    def participants(self) -> Iterator[Shown]:
        """Give who is behind it, role by role; each leads to all that the organisation has to do with."""
        for role in Role:
            named = [one for one in self.feature.participants if one.role == role]
            for code, group in groupby(
                sorted(named, key=lambda one: one.organisation_id), lambda one: one.organisation_id
            ):
                same = list(group)
                name = same[0].names[self.m.language]
                fact = self.evidencer.fact(self.m.code("role", role), name, [one.evidence for one in same])
                yield replace(fact, asks=(ask("organisation", code, name, self.m),))

    def money(self) -> Iterator[Shown]:
        """Give the amounts, the one that counts in totals first, and of each whether it counts."""
        for amount in amounts(self.feature):
            money = self.m.locale.money_of(float(amount.million) * 1e6, amount.currency)
            scope = self.evidencer.say(amount.scope, self.feature.id, "scope", "costs")
            value = self.m.locale.with_aside(money, [self.m.locale.date(amount.year), scope])
            label = self.m.text("details.cost", kind=self.m.code("cost_kind", amount.kind))
            fact = self.evidencer.fact(label, value, amount.evidence)
            yield replace(fact, notes=(self.m.text(f"standing.{amount.standing}"),))

    def dates(self) -> Iterator[Shown]:
        """Give the dates that follow from the history."""
        for column in self._table.derived:
            date = self.feature.values[column.name]
            if column.kind is Kind.DATE and date:
                said = [event.evidence for event in events_of(self.feature, str(date))]
                label = self.m.text(f"column.{column.name}")
                yield self.evidencer.fact(label, self.m.locale.date(str(date)), said)

    def countries(self) -> Iterator[Shown]:
        """Give countries and regions; each leads to all that lies there."""
        label = self.m["column.countries"]
        codes = self.feature.values["countries"]
        names = {iso3: self.catalog.country_name(iso3, self.m.language) for iso3 in codes}
        fact = self.evidencer.value(
            label, self.m.locale.listed(names.values()), self.feature.provenance.get("countries"), self._lands
        )
        yield replace(fact, asks=tuple(ask("country", iso3, name, self.m) for iso3, name in names.items()))
        regions = {code: self.m.code("region", code) for code in self.feature.regions}
        asks = tuple(ask("region", code, name, self.m) for code, name in regions.items())
        yield Shown(self.m["column.regions"], self.m.locale.listed(regions.values()), asks=asks)

    def _lands(self, text: str) -> str:
        """Name the countries of a cell."""
        known = (self.catalog.country_name(iso3, self.m.language) for iso3 in text.split(LIST_SEPARATOR))
        return self.m.locale.listed(known)

    def position(self) -> Shown:
        """Give how well the position is known, and from whom."""
        values, m = self.feature.values, self.m
        precision = values["precision"]
        note = self.evidencer.say(
            values["position_note"] or "", self.feature.id, "position_note", self._table.name
        )
        notes = (m["details.approximate"] if precision in _APPROXIMATE else "", note)
        fact = self.evidencer.value(
            m["details.position"], m.code("precision", precision), self.feature.provenance.get(POSITION), str
        )
        explained = self.evidencer.explain(explained_precision(precision, m))
        return replace(fact, notes=tuple(filter(None, notes)), explained=explained)

    def identifiers(self) -> Iterator[Shown]:
        """Give what other databases know it as, and whether that is the same, a part or the whole."""
        for one in self.feature.identifiers:
            match = self.m.code("identifier_match", one.match)
            fact = self.evidencer.fact(
                self.m.code("identifier_scheme", one.scheme), one.identifier or match, [one.evidence]
            )
            notes = (match,) if one.identifier and one.match != Match.SAME else ()
            yield replace(fact, url=FORMS[one.scheme].url(one.identifier), notes=notes)

    def corridors(self) -> Iterator[Shown]:
        """Give the corridors that it belongs to, and why; each leads to all that belongs to it."""
        for membership in self.feature.memberships:
            name = self.catalog.name(membership.corridor_id, self.m.language)
            rule = self.m.text(f"membership_rule.{membership.rule}", n=membership.distance_km)
            label = self.m["facet.corridor"]
            said = Evidence(name, "", membership.source_id, membership.locator, Basis.CONFIRMED.value, "")
            fact = self.evidencer.fact(label, name, [said] if membership.source_id else [])
            yield replace(fact, asks=(ask("corridor", membership.corridor_id, name, self.m, rule),))
