"""What to do when nothing matches."""

from __future__ import annotations

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.query.selection import Selection
from bri_map.ui.state import State


def render_empty(catalog: Catalog, state: State, selection: Selection) -> None:
    """Say which filter to relax, with the number of features that it would bring back."""
    if len(selection):
        return
    text = state.messages.text
    with st.container(key="empty"):
        st.markdown(f"**{text('empty.title')}**")
        found = False
        for facet in state.filter.asked:
            relaxed = state.filter.without(facet)
            count = len(catalog.select(relaxed))
            if count:
                found = True
                name = text(f"facet.{facet}")
                st.button(
                    text("empty.relax", facet=name, n=count),
                    key=f"relax-{facet}",
                    on_click=_take,
                    args=(state, facet),
                    width="stretch",
                )
        if not found:
            st.write(text("empty.relax_none"))


def _take(state: State, facet: str) -> None:
    state.filter = state.filter.without(facet)
