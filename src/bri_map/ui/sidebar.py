"""The filters in the sidebar: search, facets with counts, what is active, reset."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.facets import FACETS, Widget
from bri_map.domain.filter import PLACES, Filter
from bri_map.domain.layers import LAYERS
from bri_map.domain.tables import SOURCES
from bri_map.i18n import Locale
from bri_map.query.selection import Selection
from bri_map.ui.off_map import render_off_map
from bri_map.ui.state import State
from bri_map.ui.templating import markdown_text
from bri_map.ui.totals import render_totals
from bri_map.ui.where_and_when import asked_label, render_when, render_where

_TIME_AND_PLACE = ("year", *PLACES)


def option_label(catalog: Catalog, state: State, facet: str, code: str) -> str:
    """Give the text of an option in the language of the interface."""
    if FACETS[facet].is_country:
        return catalog.country_name(code, state.language)
    if FACETS[facet].references in LAYERS:
        return catalog.name(code, state.language)
    if FACETS[facet].references == SOURCES.name:
        source = catalog.sources().loc[code]
        return str(source["title"] or source["producer"] or code)
    return state.messages.code(facet, code)


def render_sidebar(catalog: Catalog, state: State, selection: Selection) -> None:
    """Draw the sidebar of the pages that share the filter."""
    counts = catalog.facets(selection.filter)
    listed = {name: facet for name, facet in FACETS.items() if facet.is_listed}
    with st.sidebar:
        _render_head(catalog, state, selection)
        render_off_map(catalog, state, selection)
        render_totals(state, selection)
        for name in (name for name, facet in listed.items() if facet.is_open):
            _render_facet(catalog, state, name, counts[name])
        render_when(catalog, state)
        render_where(catalog, state)
        for name in (name for name, facet in listed.items() if not facet.is_open):
            _render_facet(catalog, state, name, counts[name])


def _render_head(catalog: Catalog, state: State, selection: Selection) -> None:
    text = state.messages.text
    with st.container(key="filter-head", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{text('filter.showing', n=len(selection), total=len(catalog))}**", width="stretch")
        st.button(
            text("filter.reset"),
            key="reset",
            type="tertiary",
            disabled=not state.filter,
            on_click=_reset,
            args=(state,),
        )
    st.session_state["w.q"] = state.filter.q
    st.text_input(
        text("filter.search"),
        key="w.q",
        placeholder=text("filter.search_hint"),
        max_chars=200,
        on_change=_take_text,
        args=(state,),
    )
    active = [f"{facet}={code}" for facet in FACETS for code in sorted(getattr(state.filter, facet))]
    labels = {}
    for item in active:
        facet, code = item.split("=", 1)
        labels[item] = f"{markdown_text(option_label(catalog, state, facet, code)[:48])} ×"
    for name in _TIME_AND_PLACE:
        if getattr(state.filter, name) is not None:
            active.append(name)
            words = asked_label(catalog, state.filter, name, state.messages)
            labels[name] = f"{markdown_text(words[:60])} ×"
    if active:
        st.session_state["w.active"] = active
        st.pills(
            text("filter.active"),
            active,
            selection_mode="multi",
            key="w.active",
            format_func=lambda item: labels.get(item, str(item)),
            label_visibility="collapsed",
            on_change=_take_active,
            args=(state,),
        )


def _render_facet(catalog: Catalog, state: State, facet: str, counts: Mapping[str, int]) -> None:
    """Draw one group; what is in it travels only while it is open."""
    text, locale = state.messages.text, state.messages.locale
    chosen = getattr(state.filter, facet)
    title = text(f"facet.{facet}") + (f" · {len(chosen)}" if chosen else "")
    group = st.expander(title, expanded=FACETS[facet].is_open, key=f"group-{facet}", on_change="rerun")
    if not group.open:
        return
    options = list(catalog.options(facet))
    labels = {code: option_label(catalog, state, facet, code) for code in options}
    by_label = {label: code for code, label in labels.items()}
    key = f"w.{facet}"
    with group:
        if FACETS[facet].widget is Widget.PILLS:
            st.session_state[key] = [code for code in options if code in chosen]
            st.pills(
                text(f"facet.{facet}"),
                options,
                selection_mode="multi",
                key=key,
                format_func=lambda code: _pill(labels.get(code, str(code)), counts.get(code, 0), locale),
                label_visibility="collapsed",
                on_change=_take_facet,
                args=(state, facet, by_label),
            )
        else:
            options.sort(key=lambda code: locale.sort_key(labels[code]))
            st.session_state[key] = [code for code in options if code in chosen]
            st.multiselect(
                text(f"facet.{facet}"),
                options,
                key=key,
                format_func=lambda code: f"{labels.get(code, code)} · {locale.number(counts.get(code, 0))}",
                placeholder=text("facet.choose"),
                label_visibility="collapsed",
                on_change=_take_facet,
                args=(state, facet, by_label),
            )
        if FACETS[facet].has_note:
            st.caption(text(f"facet.note.{facet}"))


def _pill(label: str, count: int, locale: Locale) -> str:
    shown = f"{markdown_text(label)} :gray[{locale.number(count)}]"
    return shown if count else f":gray[{markdown_text(label)} 0]"


def _reset(state: State) -> None:
    state.filter = Filter()


def _take_text(state: State) -> None:
    state.filter = state.filter.with_q(st.session_state["w.q"][:200])


def _take_facet(state: State, facet: str, by_label: Mapping[str, str]) -> None:
    """Take over what was chosen.

    A second click that overtakes the answer to the first comes with a label whose count is out of date;
    the widget then gives the label, not the code.
    """
    codes = set(by_label.values())
    chosen = (
        value if value in codes else by_label.get(str(value).rpartition(" · ")[0])
        for value in st.session_state[f"w.{facet}"]
    )
    state.filter = state.filter.with_facet(facet, {code for code in chosen if code})


def _take_active(state: State) -> None:
    kept = set(st.session_state["w.active"])
    wanted = state.filter
    for facet in FACETS:
        chosen = getattr(wanted, facet)
        wanted = wanted.with_facet(facet, {code for code in chosen if f"{facet}={code}" in kept})
    state.filter = wanted.without(*(name for name in _TIME_AND_PLACE if name not in kept))
