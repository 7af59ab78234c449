"""The details of one feature: every field in words, history, sources. All data is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from bri_map.catalog import Catalog, Citation, Feature
from bri_map.domain.table import Column, Kind
from bri_map.domain.tables import KIND_COLUMN, LAYER_TABLES
from bri_map.domain.vocabulary import Layer, Precision
from bri_map.i18n import Messages
from bri_map.i18n.messages import number
from bri_map.ui.state import State
from bri_map.ui.templating import template

_SHOWN_APART = frozenset(
    {"id", "name", "name_zh", "status", "status_as_of", "precision", "position_note", "summary"}
)
_LAST = ("basis", "note", "id")
_KIND_VOCABULARY = {Layer.CORRIDORS: "corridor_kind", Layer.RAIL: "rail_kind"}


def kind_label(layer: Layer, kind: str, m: Messages) -> str:
    """Give the words for a park type, a sector or a kind of line."""
    return m.code(_KIND_VOCABULARY.get(layer, KIND_COLUMN[layer]), kind)


def details_html(catalog: Catalog, feature: Feature, m: Messages) -> str:
    """Write the details of a feature as HTML in which every value from the data is escaped."""
    values = feature.values
    chinese = m.language == "zh"
    name = feature.name(m.language)
    other = values["name"] if chinese else values["name_zh"]
    precision = str(values["precision"])
    approximate = precision in (Precision.DISTRICT, Precision.COUNTRY)
    return template("details.html").render(
        m=m,
        layer=feature.layer.value,
        layer_label=m.code("layer", feature.layer.value),
        kind=feature.kind,
        kind_label=kind_label(feature.layer, feature.kind, m),
        name=name,
        other_name=other if other != name else None,
        other_lang="en" if chinese else "zh",
        status=values["status"],
        status_label=m.code("status", values["status"]),
        as_of=m.text("details.as_of", date=shown_date(values["status_as_of"], m.language))
        if values["status_as_of"]
        else "",
        summary=values.get("summary"),
        unconfirmed=m.text("details.unconfirmed") if values["basis"] == "unconfirmed" else "",
        precision=precision,
        precision_label=m.code("precision", precision),
        approximate=m.text("details.approximate") if approximate else "",
        position_note=values["position_note"],
        facts=list(_facts(catalog, feature, m)),
        history=[(e.date, m.code("status", e.status), e.event) for e in feature.history],
        sources=[_source(citation, m) for citation in feature.citations],
    )


def render_details(catalog: Catalog, state: State) -> None:
    """Draw the details of the selected feature with the buttons that belong to them."""
    if state.selected is None:
        return
    text = state.messages.text
    with st.container(horizontal=True, horizontal_alignment="distribute", key="details-bar"):
        st.button(text("details.zoom"), key="zoom", on_click=_zoom, args=(state,), type="secondary")
        st.button(text("details.close"), key="close", on_click=_close, args=(state,), type="tertiary")
    st.html(details_html(catalog, catalog.get(state.selected), state.messages))


def _zoom(state: State) -> None:
    state.select(state.selected, zoom=True)


def _close(state: State) -> None:
    state.select(None)


def shown_date(date: str, language: str) -> str:
    """Write a date as the language does: 2020-12 is 2020年12月 in Chinese."""
    if language != "zh":
        return date
    return "".join(f"{part.lstrip('0')}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))


def _facts(catalog: Catalog, feature: Feature, m: Messages) -> Iterator[tuple[str, str]]:
    columns = [column for column in LAYER_TABLES[feature.layer].fields if column.name not in _SHOWN_APART]
    kind = KIND_COLUMN[feature.layer]
    first = [column for column in columns if column.name not in (*_LAST, kind)]
    last = [column for column in LAYER_TABLES[feature.layer].fields if column.name in _LAST]
    yield m.text("column.regions"), _joined([m.code("region", code) for code in feature.regions], m)
    for column in [*first, *sorted(last, key=lambda c: _LAST.index(c.name))]:
        shown = _shown(catalog, column, feature.values[column.name], m)
        if shown:
            yield m.text(f"column.{column.name}"), shown


def _shown(catalog: Catalog, column: Column, value: Any, m: Messages) -> str:
    if value is None or value == ():
        return ""
    if column.name == "countries":
        return _joined([catalog.country_name(iso3, m.language) for iso3 in value], m)
    if column.name == "corridors":
        return _joined([catalog.corridor_name(corridor, m.language) for corridor in value], m)
    if column.vocabulary:
        return m.code(column.vocabulary, value)
    if column.kind is Kind.BOOLEAN:
        return m.text(f"value.{'true' if value else 'false'}")
    if column.kind is Kind.DATE:
        return shown_date(value, m.language)
    if column.is_list:
        return _joined(list(value), m)
    if column.unit:
        return f"{number(value)} {m.text(f'unit.{column.unit}')}"
    return str(value)


def _joined(parts: list[str], m: Messages) -> str:
    return ("、" if m.language == "zh" else ", ").join(parts)


def _source(citation: Citation, m: Messages) -> dict[str, str]:
    title = citation.title or m.text("details.no_title", publisher=citation.producer or citation.url)
    detail = [citation.producer if citation.title else "", citation.published, *citation.locators]
    return {"title": title, "url": citation.url, "detail": " · ".join(part for part in detail if part)}
