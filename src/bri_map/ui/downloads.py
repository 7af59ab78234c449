"""Downloads of exactly what is filtered, in every format that there is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.layers import LAYERS, LISTED
from bri_map.exports import EXPORTERS, Exporter, ExportOptions
from bri_map.query.selection import Selection
from bri_map.ui.state import State

_FORMAT = "download-format"


def render_downloads(catalog: Catalog, state: State, selection: Selection) -> None:
    """Draw the download menu; its buttons travel when it opens, a file is written when it is asked for."""
    text = state.messages.text
    menu = st.popover(text("download.title"), key="download", on_change="rerun")
    if not menu.open:
        return
    with menu:
        name = st.segmented_control(
            text("download.format"),
            list(EXPORTERS),
            required=True,
            default=next(iter(EXPORTERS)),
            format_func=lambda name: text(f"format.{name}"),
            key=_FORMAT,
        )
        st.caption(text(f"download.intro.{name}"))
        exporter = EXPORTERS[name]
        every = len(selection)
        _button(catalog, selection, exporter, tuple(LAYERS), text("download.all", n=every), every)
        for layer in (spec.id for spec in LISTED):
            count = selection.by_layer[layer]
            label = text("download.layer", layer=state.messages.code("layer", layer), n=count)
            _button(catalog, selection, exporter, (layer,), label, count)


def _button(
    catalog: Catalog, selection: Selection, exporter: Exporter, layers: Sequence[str], label: str, count: int
) -> None:
    name = layers[0] if len(layers) == 1 else "all"
    st.download_button(
        label,
        data=lambda: b"".join(exporter.write(selection, catalog, layers, ExportOptions())),
        file_name=exporter.file_name(catalog, layers),
        mime=exporter.media_type,
        key=f"download-{name}",
        disabled=count == 0,
        on_click="ignore",
        width="stretch",
    )
