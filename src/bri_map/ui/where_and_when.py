"""The filters of time and place in the sidebar; the same ones that the map's own tools set."""

from __future__ import annotations

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.filter import PLACES, Filter
from bri_map.i18n import Messages
from bri_map.ui.controls import Act, render_acts, render_field
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
    with group:
        render_field(
            "w-year",
            "number",
            text("filter.year"),
            state.filter.year,
            {"kind": "year"},
            "year",
            placeholder=text("filter.year_none"),
            min=catalog.years[0],
            max=catalog.years[-1],
            cleared="year",
        )
        render_field(
            "w-undated",
            "checkbox",
            text("filter.undated"),
            state.filter.undated,
            {"kind": "undated"},
            "on",
            disabled=state.filter.year is None,
            cleared="undated",
            blank=True,
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
            clear = Act(text("filter.where_clear"), {"kind": "without", "names": list(PLACES)})
            render_acts("clear-places", [clear], "buttons")
        st.caption(text("filter.where_note"))


def _render_distance(catalog: Catalog, state: State, feature_id: str) -> None:
    text = state.messages.text
    near = state.filter.near
    km = near.km if near is not None and near.feature == feature_id else None
    options = sorted({*map(float, _DISTANCES), *([km] if km else [])})
    render_field(
        "w-near",
        "select",
        text("filter.distance", name=catalog.name(feature_id, state.language)),
        km,
        {"kind": "near", "feature": feature_id},
        "km",
        placeholder=text("filter.distance_none"),
        options=[[option, text("filter.km", km=_shown_km(option, state.messages))] for option in options],
        cleared="near",
    )
