"""What matches and is not on the map: counted and listed, never left out in silence."""

from __future__ import annotations

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.query.selection import Selection
from bri_map.ui.related import feature_link
from bri_map.ui.state import State
from bri_map.ui.templating import template


def render_off_map(catalog: Catalog, state: State, selection: Selection) -> None:
    """Draw the list of the matching features that have no place on the map, if there are any."""
    ids = catalog.unlocated(selection)
    if not ids:
        return
    title = state.messages.text("filter.off_map", n=len(ids))
    group = st.expander(title, key="group-off-map", on_change="rerun")
    if group.open:
        links = [feature_link(catalog, feature_id, "", state.messages) for feature_id in ids]
        with group:
            st.caption(state.messages.text("filter.off_map_note"))
            st.html(template("links.html").render(links=links))
