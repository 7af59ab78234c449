"""The filters of time and place in the sidebar; the same ones that the map's own tools set."""

from __future__ import annotations

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.filter import PLACES, Filter
from bri_map.domain.place import Near
from bri_map.i18n import Messages
from bri_map.ui.state import State

_DISTANCES = (10, 25, 50, 100, 200, 500)


def asked_label(catalog: Catalog, wanted: Filter, name: str, m: Messages) -> str:
    """Say in words what a filter of time or place asks for."""
    if name == "year":
        return m.text("filter.as_of", year=str(wanted.year))
    if name == "near" and wanted.near is not None:
        km = _shown_km(wanted.near.km, m)
        if wanted.near.feature is None:
            return m.text("filter.near_place", km=km)
        return m.text("filter.near_feature", km=km, name=catalog.name(wanted.near.feature, m.language))
    return m.text(f"facet.{name}")


def _shown_km(km: float, m: Messages) -> str:
    return m.locale.number(int(km) if km.is_integer() else km)


def render_when(catalog: Catalog, state: State) -> None:
    """Draw the choice of a year."""
    text = state.messages.text
    group = st.expander(text("filter.when"), key="group-when", on_change="rerun")
    if not group.open:
        return
    years = catalog.years
    with group:
        st.session_state["w.year"] = state.filter.year
        st.number_input(
            text("filter.year"),
            min_value=years[0],
            max_value=years[-1],
            key="w.year",
            placeholder=text("filter.year_none"),
            on_change=_take_year,
            args=(state,),
        )
        st.session_state["w.undated"] = state.filter.undated
        st.checkbox(
            text("filter.undated"),
            key="w.undated",
            disabled=state.filter.year is None,
            on_change=_take_undated,
            args=(state,),
        )
        st.caption(text("filter.when_note"))


def render_where(catalog: Catalog, state: State) -> None:
    """Draw the choice of a distance from the feature whose details are open."""
    text = state.messages.text
    group = st.expander(text("filter.where"), key="group-where", on_change="rerun")
    if not group.open:
        return
    with group:
        near = state.filter.near
        feature_id = near.feature if near is not None and near.feature is not None else state.selected
        if feature_id is None:
            st.caption(text("filter.where_pick"))
        else:
            _render_distance(catalog, state, feature_id)
        if any(getattr(state.filter, name) is not None for name in PLACES):
            st.button(text("filter.where_clear"), key="clear-places", on_click=_clear_places, args=(state,))
        st.caption(text("filter.where_note"))


def _render_distance(catalog: Catalog, state: State, feature_id: str) -> None:
    text = state.messages.text
    near = state.filter.near
    km = near.km if near is not None and near.feature == feature_id else None
    options = sorted({*map(float, _DISTANCES), *([km] if km else [])})
    st.session_state["w.near"] = km
    st.selectbox(
        text("filter.distance", name=catalog.name(feature_id, state.language)),
        options,
        key="w.near",
        placeholder=text("filter.distance_none"),
        format_func=lambda km: text("filter.km", km=_shown_km(km, state.messages)),
        on_change=_take_distance,
        args=(state, feature_id),
    )


def _take_year(state: State) -> None:
    state.filter = state.filter.with_year(st.session_state["w.year"])


def _take_undated(state: State) -> None:
    state.filter = state.filter.with_undated(st.session_state["w.undated"])


def _take_distance(state: State, feature_id: str) -> None:
    km = st.session_state["w.near"]
    state.filter = state.filter.with_near(Near(feature_id, km) if km else None)


def _clear_places(state: State) -> None:
    state.filter = state.filter.without(*PLACES)
