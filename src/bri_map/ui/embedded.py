"""The map alone, for a frame in somebody else's page."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from bri_map.app.store import AtlasStore
from bri_map.ui.component import render_page_words
from bri_map.ui.map_view import render_map
from bri_map.ui.state import State
from bri_map.ui.templating import template

_HEIGHT = 520


def render_embedded(store: AtlasStore, state: State) -> None:
    """Draw the map with its legend and attribution, and a link to the atlas that shows the same."""
    with st.container(key="embedded"):
        with st.container(key="embedded-map"):
            render_map(store, state, _HEIGHT)
        href = "./?" + urlencode(state.params(), doseq=True)
        with st.container(key="embedded-link"):
            st.html(template("embedded.html").render(href=href, label=state.messages.text("share.open")))
    render_page_words(state)
