"""Downloads of exactly what is filtered, in every format that there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from bri_map.app.export_files import ExportFiles, Turn
from bri_map.catalog import Catalog
from bri_map.domain.counting import Overlap
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS, LISTED
from bri_map.exports import EXPORTERS, LISTS, Exporter
from bri_map.query.selection import Selection
from bri_map.ui.current import current_store
from bri_map.ui.state import State

_FORMAT = "download-format"
_TURN = "download-turn"
_COLUMNS = {
    "disputed": "disputed",
    "overlaps": "overlap",
    "retired": "overlap",
    "amounts": "cost_scope",
    "identifiers": "identifiers",
}
"""Lists, and the column that says whether a feature is in one."""


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
        st.caption(text("download.lists"))
        for exporter in LISTS.values():
            count = _listed(selection, exporter.name)
            label = text(f"download.{exporter.name}", n=count)
            _button(catalog, selection, exporter, tuple(LAYERS), label, count, exporter.name)


def _listed(selection: Selection, name: str) -> int:
    """Count the features of a selection that a list is about."""
    column = _COLUMNS[name]
    cells = [rows[column] for rows in map(selection.rows, LAYERS) if column in rows]
    if name == "retired":
        return sum(int(cell.str.contains(Overlap.RETIRED.value).sum()) for cell in cells)
    return sum(int((cell != "").sum()) for cell in cells)


def _button(
    catalog: Catalog,
    selection: Selection,
    exporter: Exporter,
    layers: Sequence[str],
    label: str,
    count: int,
    key: str = "",
) -> None:
    name = key or (layers[0] if len(layers) == 1 else "all")
    st.download_button(
        label,
        data=_writer(selection.filter, tuple(layers), exporter.name),
        file_name=exporter.file_name(catalog, layers),
        mime=exporter.media_type,
        key=f"download-{name}",
        disabled=count == 0,
        on_click="ignore",
        width="stretch",
    )


def _writer(wanted: Filter, layers: tuple[str, ...], name: str) -> Callable[[], bytes]:
    """Give what writes a file when it is asked for, after the others that this session has asked for."""
    files: ExportFiles = current_store().exports
    turn: Turn = st.session_state.setdefault(_TURN, Turn())

    def write() -> bytes:
        with turn.taken():
            return files.get(wanted, layers, name)

    return write
