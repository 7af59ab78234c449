"""The details of one feature: every value in words with its sources. All data is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.fact_tables import POSITION
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import LIST_SEPARATOR, Column, Kind
from bri_map.domain.vocabulary import Basis, Freshness, NameKind, Precision, Role
from bri_map.evidence.feature import Citation, Event, Feature
from bri_map.evidence.provenance import Evidence
from bri_map.evidence.translations import Wording
from bri_map.i18n import Messages, is_language, messages
from bri_map.ui.details_bar import Order, render_details_bar, render_details_tools
from bri_map.ui.evidence import Evidencer, Said, Shown, source_title
from bri_map.ui.related import corridor_members, near_links, related_links
from bri_map.ui.state import State
from bri_map.ui.status_chart import Chart, status_chart
from bri_map.ui.templating import template

_SHOWN_APART = frozenset(
    {"id", "record", *NAME_COLUMNS.values(), "precision", "position_note", "summary", "note"}
    | {"ey_alternatives"}
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Step:
    """An event of the history, ready to be shown."""

    date: str
    mark: str
    status: str
    event: str
    said: tuple[Said, ...]


def kind_label(layer: LayerId, kind: str, m: Messages) -> str:
    """Give the words for a park type, a sector or a kind of line."""
    return m.code(LAYERS[layer].kind_vocabulary, kind)


def details_html(catalog: Catalog, feature: Feature, m: Messages) -> str:
    """Write the details of a feature as HTML in which every value from the data is escaped."""
    values = feature.values
    date = m.locale.date
    precision = str(values["precision"])
    approximate = precision in (Precision.DISTRICT, Precision.COUNTRY)
    say = Wording(catalog.translations, m)
    table = LAYER_TABLES[feature.layer].name
    evidencer = Evidencer(feature, m, say)
    position = m.code("precision", precision)
    return template("details.html").render(
        m=m,
        symbol=LAYERS[feature.layer].symbol.value,
        layer_label=m.code("layer", feature.layer),
        kind=feature.kind,
        kind_label=kind_label(feature.layer, feature.kind, m),
        name=feature.name(m.language),
        other_names=[(_tag(code), name) for code, name in feature.called.others(m.language)],
        further_names=_further_names(feature, m),
        status=values["status"],
        status_label=m.code("status", values["status"]),
        as_of=m.text("details.as_of", date=date(values["status_as_of"])) if values["status_as_of"] else "",
        dated=m.text("details.dated") if values["freshness"] == Freshness.DATED else "",
        summary=say(values.get("summary") or "", feature.id, "summary", table),
        note=say(values["note"] or "", feature.id, "note", table),
        unconfirmed=m.text("details.unconfirmed") if values["basis"] == "unconfirmed" else "",
        precision=precision,
        position=evidencer.value(m.text("details.position"), position, _position(feature), str),
        approximate=m.text("details.approximate") if approximate else "",
        position_note=say(values["position_note"] or "", feature.id, "position_note", table),
        facts=list(_facts(catalog, feature, m, evidencer)),
        history=[_step(event, feature.id, m, evidencer) for event in feature.history],
        chart=_chart(catalog, feature, m),
        related=list(related_links(catalog, feature, m, evidencer)),
        members=list(corridor_members(catalog, feature, m)),
        near=list(near_links(catalog, feature, m)),
        sources=[_source(citation, feature.id, m, say) for citation in feature.citations],
        id=feature.id,
    )


def render_details(catalog: Catalog, state: State, order: Order | None = None) -> None:
    """Draw the details of the selected feature with the buttons that belong to them.

    Args:
        catalog: Where it comes from.
        state: Choices of the session.
        order: Numbers of the features of the result in the order in which the buttons lead through them; that
            of the catalog by default.
    """
    if state.selected is None:
        return
    feature = catalog.get(state.selected)
    render_details_bar(catalog, state, order)
    render_details_tools(catalog, state, feature)
    st.html(details_html(catalog, feature, state.messages))


def _tag(language: str) -> str:
    """Give the tag by which browsers know a language."""
    return messages(language).locale.tag if is_language(language) else language


def _position(feature: Feature) -> Any:
    return feature.provenance.get(POSITION)


def _further_names(feature: Feature, m: Messages) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give each kind of further name with the names of that kind and their language."""
    further = (other for other in feature.names if other.kind != NameKind.SHOWN)
    named = sorted(further, key=lambda other: other.kind)
    return [
        (m.code("name_kind", kind), [(other.name, _tag(other.language)) for other in group])
        for kind, group in groupby(named, key=lambda other: other.kind)
    ]


def _facts(catalog: Catalog, feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Shown]:
    kind = LAYERS[feature.layer].kind_column
    for name in NAME_COLUMNS.values():
        provenance = feature.provenance.get(name)
        if feature.values[name] and provenance is not None:
            yield evidencer.value(m.text(f"column.{name}"), str(feature.values[name]), provenance, str)
    table = LAYER_TABLES[feature.layer]
    for column in table.columns:
        if column.name in _SHOWN_APART:
            continue

        def say(text: str, column: Column = column) -> str:
            return evidencer.say.part(text, feature.id, column, table.name)

        shown = _shown(catalog, column, feature.values[column.name], m, say)
        if not shown:
            continue
        label = m.text("column.kind" if column.name == kind else f"column.{column.name}")

        def word(text: str, column: Column = column, say: Callable[[str], str] = say) -> str:
            return m.code(column.vocabulary, text) if column.vocabulary else say(text)

        yield evidencer.value(label, shown, feature.provenance.get(column.name), word)
    regions = m.locale.listed(m.code("region", code) for code in feature.regions)
    yield Shown(m.text("column.regions"), regions, ())
    yield from _money_and_measures(feature, m, evidencer)
    yield from _participants(feature, m, evidencer)
    yield from _corridors(catalog, feature, m, evidencer)


def _money_and_measures(feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Shown]:
    for cost in feature.costs:
        label = m.text("details.cost", kind=m.code("cost_kind", cost.kind))
        money = m.locale.money_of(float(cost.amount_million) * 1e6, cost.currency)
        value = m.locale.with_aside(
            money, [m.locale.date(cost.year), evidencer.say(cost.scope, feature.id, "scope", "costs")]
        )
        yield evidencer.fact(label, value, [cost.evidence])
    for quantity in feature.quantities:
        measured = _measured(quantity.value, evidencer.say(quantity.unit, feature.id, "unit", "measures"), m)
        scope = evidencer.say(quantity.scope, feature.id, "scope", "measures")
        about = [scope, m.locale.date(quantity.as_of)]
        value = m.locale.with_aside(measured, about)
        yield evidencer.fact(m.code("measure", quantity.measure), value, [quantity.evidence])


def _measured(value: str, unit: str, m: Messages) -> str:
    """Write a quantity with its unit; Chinese counters follow the number without a blank."""
    blank = "" if _CHINESE.match(unit) else " "
    return f"{m.locale.number(_plain(value))}{blank}{unit}"


def _plain(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _participants(feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Shown]:
    for role in Role:
        named = [p for p in feature.participants if p.role == role]
        for _, group in groupby(sorted(named, key=lambda p: p.organisation_id), lambda p: p.organisation_id):
            same = list(group)
            name = same[0].names[m.language]
            yield evidencer.fact(m.code("role", role.value), name, [p.evidence for p in same])


def _corridors(catalog: Catalog, feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Shown]:
    for membership in feature.memberships:
        name = catalog.name(membership.corridor_id, m.language)
        rule = m.text(f"membership_rule.{membership.rule}", n=membership.distance_km)
        label, value = m.text("facet.corridor"), m.locale.with_aside(name, [rule])
        if not membership.source_id:
            yield Shown(label, value, ())
            continue
        said = Evidence(value, "", membership.source_id, membership.locator, Basis.CONFIRMED.value, "")
        yield evidencer.fact(label, value, [said])


def _chart(catalog: Catalog, feature: Feature, m: Messages) -> Chart | None:
    words = [
        (event, f"{m.locale.date(event.date)} {m.code('mark', event.mark)}") for event in feature.history
    ]
    return status_chart(words, catalog.info.date)


def _step(event: Event, feature_id: str, m: Messages, evidencer: Evidencer) -> Step:
    return Step(
        m.locale.date(event.date) if event.date else m.text("details.no_date"),
        m.code("mark", event.mark),
        m.code("status", event.status),
        evidencer.say(event.event, feature_id, "event", "status_history"),
        evidencer.fact("", "", [event.evidence]).said,
    )


def _shown(catalog: Catalog, column: Column, value: Any, m: Messages, say: Callable[[str], str]) -> str:
    if value is None or value == ():
        return ""
    if column.name == "countries":
        return m.locale.listed(catalog.country_name(iso3, m.language) for iso3 in value)
    if column.vocabulary:
        return m.code(column.vocabulary, value)
    if column.kind is Kind.BOOLEAN:
        return m.text(f"value.{'true' if value else 'false'}")
    if column.is_list:
        return say(LIST_SEPARATOR.join(value))
    if column.unit:
        return f"{m.locale.number(value)} {m.text(f'unit.{column.unit}')}"
    return say(str(value))


def _source(citation: Citation, feature_id: str, m: Messages, say: Wording) -> dict[str, str]:
    places = [say(locator, feature_id, "locator") for locator in citation.locators]
    detail = [citation.producer if citation.title else "", citation.published, *places]
    return {
        "title": source_title(citation, m),
        "url": citation.url,
        "detail": " · ".join(part for part in detail if part),
    }
