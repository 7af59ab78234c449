"""The Table page: the filtered features as rows."""

from __future__ import annotations

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.data.root import bundled_directory
from bri_map.query.selection import Selection
from bri_map.ui.current import current_store
from bri_map.ui.details import render_details
from bri_map.ui.downloads import render_downloads
from bri_map.ui.empty import render_empty
from bri_map.ui.feature_table import FeatureRows
from bri_map.ui.map_view import render_map
from bri_map.ui.paged_table import render_paged_table
from bri_map.ui.sidebar import render_sidebar
from bri_map.ui.state import State

_MAP_HEIGHT = 320


def render() -> None:
    """Draw the page."""
    store = current_store()
    state = State(store.catalog)
    text = state.messages.text
    selection = store.catalog.select(state.filter)
    st.title(text("table_page.title"))
    st.write(text("table_page.intro"))
    if len(selection):
        with st.container(key="table-stage"):
            with st.container(key="table-area"):
                _render_table(store.catalog, state, selection)
            with st.container(key="table-side"):
                render_map(store, state, _MAP_HEIGHT)
                if state.selected is None:
                    st.caption(text("table_page.pick"))
                elif st.button(text("table_page.show"), key="on-map"):
                    st.switch_page(bundled_directory() / "pages" / "map.py")
                render_details(store.catalog, state)
    else:
        render_empty(store.catalog, state, selection)
    render_sidebar(store, state, selection)


def _render_table(catalog: Catalog, state: State, selection: Selection) -> None:
    render_paged_table(
        state,
        "features",
        FeatureRows(catalog, selection, state.messages),
        state.messages.text("table_page.caption"),
        state.selected,
        tools=lambda: render_downloads(catalog, state, selection),
    )
