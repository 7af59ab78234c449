"""Downloads of exactly what is filtered."""

from __future__ import annotations

from functools import partial

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.vocabulary import Layer
from bri_map.exports import export_geojson, file_name
from bri_map.query.selection import Selection
from bri_map.ui.state import State

_ORDER = (Layer.PARKS, Layer.PROJECTS, Layer.RAIL, Layer.CORRIDORS)


def render_downloads(catalog: Catalog, state: State, selection: Selection) -> None:
    """Draw the download menu; its buttons travel when it opens, a file is written when it is asked for."""
    text = state.messages.text
    menu = st.popover(text("download.title"), key="download", on_change="rerun")
    if not menu.open:
        return
    with menu:
        st.caption(text("download.intro"))
        _button(
            catalog, selection, tuple(Layer), text("download.all", n=len(selection)), "all", len(selection)
        )
        for layer in _ORDER:
            count = selection.by_layer[layer]
            label = text("download.layer", layer=state.messages.code("layer", layer.value), n=count)
            _button(catalog, selection, (layer,), label, layer.value, count)


def _button(
    catalog: Catalog, selection: Selection, layers: tuple[Layer, ...], label: str, name: str, count: int
) -> None:
    st.download_button(
        label,
        data=partial(export_geojson, selection, catalog, layers),
        file_name=file_name(catalog, layers),
        mime="application/geo+json",
        key=f"download-{name}",
        disabled=count == 0,
        on_click="ignore",
        width="stretch",
    )
