"""The Table page: the filtered features as rows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bri_map.catalog import Catalog
from bri_map.data.root import bundled_directory
from bri_map.domain.layers import LISTED
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.i18n import Messages
from bri_map.query.selection import Selection
from bri_map.ui.component import on_pick
from bri_map.ui.current import current_store
from bri_map.ui.details import kind_label, render_details
from bri_map.ui.downloads import render_downloads
from bri_map.ui.empty import render_empty
from bri_map.ui.map_view import render_map
from bri_map.ui.paged_table import render_paged_table
from bri_map.ui.sidebar import render_sidebar
from bri_map.ui.state import State

MAX_COUNTRIES = 3
"""Countries that a row names; the details name all."""
COLUMNS = ("name", "kind", "countries", "status", "status_as_of", "layer", "precision", "sources")
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
    render_sidebar(store.catalog, state, selection)


def table_rows(catalog: Catalog, state: State, selection: Selection) -> pd.DataFrame:
    """Give the filtered features as the table shows them, in the words of the interface."""
    m = state.messages
    frames = []
    for spec in LISTED:
        layer = spec.id
        rows = selection.rows(layer)
        kind, status = rows[spec.kind_column], selection.statuses(layer)
        sources = pd.Series([len(ids) for ids in catalog.source_ids(layer)], dtype="int64")
        frames.append(
            pd.DataFrame(
                {
                    "id": rows["id"],
                    "layer_code": layer,
                    "index": rows.index,
                    "name": catalog.naming.shown(rows, m.language),
                    "layer": m.code("layer", layer),
                    "kind": kind.map({code: kind_label(layer, code, m) for code in kind.unique()}),
                    "countries": rows["countries"].map(_country_names(catalog, rows["countries"], m)),
                    "status": status.map({code: m.code("status", code) for code in status.unique()}),
                    "status_as_of": rows["status_as_of"],
                    "precision": rows["precision"].map(
                        {code: m.code("precision", code) for code in rows["precision"].unique()}
                    ),
                    "sources": sources.loc[rows.index],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _country_names(catalog: Catalog, cells: pd.Series, m: Messages) -> dict[str, str]:
    named: dict[str, str] = {}
    for cell in cells.unique():
        names = [catalog.country_name(iso3, m.language) for iso3 in cell.split(LIST_SEPARATOR)]
        more = len(names) - MAX_COUNTRIES
        named[cell] = m.locale.listed(names[:MAX_COUNTRIES]) + (f" +{more}" if more > 0 else "")
    return named


def _render_table(catalog: Catalog, state: State, selection: Selection) -> None:
    render_paged_table(
        state,
        "features",
        table_rows(catalog, state, selection),
        COLUMNS,
        state.messages.text("table_page.caption"),
        state.selected,
        on_pick=lambda: on_pick(state, "features"),
        tools=lambda: render_downloads(catalog, state, selection),
    )
