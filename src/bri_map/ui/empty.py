"""What to do when nothing matches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.query.selection import Selection
from bri_map.ui.component import mount
from bri_map.ui.controls import Act
from bri_map.ui.state import State


def render_empty(catalog: Catalog, state: State, selection: Selection) -> None:
    """Say which filter to relax, with the number of features that it would bring back."""
    if len(selection):
        return
    text = state.messages.text
    with st.container(key="empty"):
        st.markdown(f"**{text('empty.title')}**")
        acts = [*_relaxing(catalog, state)]
        if acts:
            mount("act", "relax", {"acts": [asdict(act) for act in acts], "look": "buttons"})
        else:
            st.write(text("empty.relax_none"))


def _relaxing(catalog: Catalog, state: State) -> Iterator[Act]:
    for name in state.filter.asked:
        if count := len(catalog.select(state.filter.without(name))):
            m = state.messages
            label = m.text("empty.relax", facet=m[f"facet.{name}"], n=count)
            yield Act(label, {"kind": "without", "names": [name]})
