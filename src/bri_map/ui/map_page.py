"""The Map page: filters, map, details, downloads."""

from __future__ import annotations

import streamlit as st

from bri_map.ui.answer import render_answer
from bri_map.ui.current import current_store
from bri_map.ui.details import render_details
from bri_map.ui.display_menu import render_display_menu
from bri_map.ui.downloads import render_downloads
from bri_map.ui.empty import render_empty
from bri_map.ui.map_view import render_map
from bri_map.ui.sidebar import render_sidebar
from bri_map.ui.state import State

_HEIGHT = 640


def render() -> None:
    """Draw the page. The map comes first, so that a click on a filter changes it first."""
    store = current_store()
    state = State(store.catalog)
    selection = store.catalog.select(state.filter)
    with st.container(key="stage"):
        head = st.container(key="answer-line")
        with st.container(key="map-area"):
            render_map(store, state, _HEIGHT)
        with st.container(key="map-tools", horizontal=True):
            render_display_menu(state)
            render_downloads(store.catalog, state, selection)
        if not len(selection):
            with st.container(key="map-empty"):
                render_empty(store.catalog, state, selection)
        if state.selected is not None:
            with st.container(key="details"):
                render_details(store.catalog, state)
    with head:
        render_answer(store, state, selection, is_title=True)
    render_sidebar(store, state, selection)
