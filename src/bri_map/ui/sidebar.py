"""The filters in the sidebar: search, facets with counts, what is active, reset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.facets import FACETS, Widget
from bri_map.domain.filter import PLACES, TEXT_LIMIT
from bri_map.domain.layers import LAYERS
from bri_map.domain.tables import SOURCES
from bri_map.query.selection import Selection
from bri_map.ui.controls import Act, render_acts, render_field, render_options
from bri_map.ui.off_map import render_off_map
from bri_map.ui.state import State
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
        with st.container(key="off-map"):
            render_off_map(catalog, state, selection)
        render_totals(state, selection)
        for name in (name for name, facet in listed.items() if facet.is_open):
            _render_facet(catalog, state, name, counts[name])
        render_when(catalog, state)
        render_where(catalog, state)
        for name in (name for name, facet in listed.items() if not facet.is_open):
            _render_facet(catalog, state, name, counts[name])
        _render_chosen_counts(state)


def _render_chosen_counts(state: State) -> None:
    """Write behind the title of each group how many of its options are chosen.

    It is a rule of style and no part of the title: a group with another title is made anew, and for that
    moment there is nothing to click in it.
    """
    rules = [
        f'.st-key-group-{facet} summary p::after {{ content: " · {len(chosen)}"; }}'
        for facet in FACETS
        if (chosen := getattr(state.filter, facet))
    ]
    st.html(f"<style>/* chosen */ {' '.join(rules)}</style>")


def _render_head(catalog: Catalog, state: State, selection: Selection) -> None:
    text = state.messages.text
    with st.container(key="filter-head", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{text('filter.showing', n=len(selection), total=len(catalog))}**", width="stretch")
        reset = Act(text("filter.reset"), {"kind": "reset"}, disabled=not state.filter)
        render_acts("reset", [reset], "quiet", width="content")
    render_field(
        "w-q",
        "search",
        text("filter.search"),
        state.filter.q,
        {"kind": "text"},
        "text",
        placeholder=text("filter.search_hint"),
        length=TEXT_LIMIT,
        cleared="q",
        blank="",
    )
    asked = [*_asked_codes(catalog, state), *_asked_times_and_places(catalog, state)]
    # Also when nothing is asked: if what stands below moved, it would be made anew, with nothing to click.
    render_acts("w-active", asked, "chips", text("filter.active"))


def _asked_codes(catalog: Catalog, state: State) -> Iterator[Act]:
    """Give every code that is asked for, as what takes it away."""
    for facet in FACETS:
        for code in sorted(getattr(state.filter, facet)):
            change = {"kind": "code", "facet": facet, "code": code, "on": False}
            yield _chip(state, option_label(catalog, state, facet, code), change)


def _asked_times_and_places(catalog: Catalog, state: State) -> Iterator[Act]:
    for name in _TIME_AND_PLACE:
        if getattr(state.filter, name) is not None:
            words = asked_label(catalog, state.filter, name, state.messages)
            yield _chip(state, words, {"kind": "without", "names": [name]})


def _chip(state: State, label: str, change: Mapping[str, Any]) -> Act:
    return Act(f"{label[:60]} ×", change, hint=state.messages.text("filter.take_away", name=label[:60]))


def _render_facet(catalog: Catalog, state: State, facet: str, counts: Mapping[str, int]) -> None:
    """Draw one group; what is in it travels only while it is open."""
    text = state.messages.text
    chosen = getattr(state.filter, facet)
    group = st.expander(
        text(f"facet.{facet}"), expanded=FACETS[facet].is_open, key=f"group-{facet}", on_change="rerun"
    )
    if not group.open:
        return
    options = [
        (code, option_label(catalog, state, facet, code), counts.get(code, 0))
        for code in catalog.options(facet)
    ]
    if FACETS[facet].widget is Widget.LIST:
        options.sort(key=lambda option: state.messages.locale.sort_key(option[1]))
    with group:
        render_options(
            f"w-{facet}",
            facet,
            options,
            sorted(chosen),
            FACETS[facet].widget,
            {"label": text(f"facet.{facet}"), "find": text("facet.find"), "none": text("facet.none")},
        )
        if FACETS[facet].has_note:
            st.caption(text(f"facet.note.{facet}"))
