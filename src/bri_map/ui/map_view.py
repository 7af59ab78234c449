"""The map in the page, and what comes back from it."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from bri_map.domain.vocabulary import Layer
from bri_map.errors import BriMapError
from bri_map.maps.atlas_map import AtlasMap, ViewState
from bri_map.ui.state import State
from bri_map.web.store import AtlasStore

_KEY = "map"


def render_map(store: AtlasStore, state: State, height: int) -> None:
    """Draw the map with the answer of the session's filter.

    Args:
        store: Catalog and assets.
        state: Choices of the session.
        height: Height in pixels where the style sheet does not say otherwise.
    """
    st_folium(
        AtlasMap(store.map_assets),
        key=_KEY,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=ViewState(state.shown()),
        on_change=lambda: _take_event(store, state),
    )


def _take_event(store: AtlasStore, state: State) -> None:
    """Apply a click on the map or its legend. Anything that is not an event of ours is left alone."""
    event = st.session_state.get(_KEY)
    if not isinstance(event, dict):
        return
    try:
        _apply(event, store, state)
    except (BriMapError, KeyError, TypeError, ValueError):
        state.select(None)


def _apply(event: dict[str, Any], store: AtlasStore, state: State) -> None:
    if event.get("event") == "select":
        state.select(store.catalog.id_at(Layer(event["layer"]), int(event["index"])))
    elif event.get("event") == "clear":
        state.select(None)
    elif event.get("event") == "toggle":
        every = {layer.value for layer in Layer}
        shown = set(state.filter.layer or every) ^ {Layer(event["layer"]).value}
        state.filter = state.filter.with_facet("layer", shown if shown != every else ())
