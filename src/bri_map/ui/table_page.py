"""The Table page: the filtered features as rows."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.data.root import bundled_directory
from bri_map.i18n import Messages
from bri_map.query.selection import Selection
from bri_map.tabulation.columns import NAME, TableColumn, heading
from bri_map.tabulation.copy import MOST_ROWS
from bri_map.tabulation.feature_rows import FeatureRows
from bri_map.tabulation.view import Sight
from bri_map.ui.answer import render_answer
from bri_map.ui.component import texts
from bri_map.ui.current import current_store
from bri_map.ui.details import render_details
from bri_map.ui.downloads import render_downloads
from bri_map.ui.empty import render_empty
from bri_map.ui.map_view import render_map
from bri_map.ui.paged_table import Head, render_paged_table
from bri_map.ui.sidebar import render_sidebar
from bri_map.ui.state import FEATURES, State

_MAP_HEIGHT = 320
_TEXTS = (
    "table_page.columns",
    "table_page.columns_first",
    "table_page.copy",
    "table_page.copying",
    "table_page.copy_failed",
    "sheet.part",
)


def render() -> None:
    """Draw the page."""
    store = current_store()
    state = State(store.catalog)
    text = state.messages.text
    selection = store.catalog.select(state.filter)
    st.title(text("table_page.title"))
    render_answer(store, state, selection, is_title=False)
    st.caption(text("table_page.intro"))
    if len(selection):
        with st.container(key="table-stage"):
            rows = FeatureRows(store.catalog, selection, state.messages)
            sight = Sight.of(state.view(FEATURES), selection.layers, selection.filter)
            with st.container(key="table-area"):
                _render_table(store.catalog, state, selection, rows, sight)
            with st.container(key="table-side"):
                render_map(store, state, _MAP_HEIGHT)
                if state.selected is None:
                    st.caption(text("table_page.pick"))
                elif st.button(text("table_page.show"), key="on-map"):
                    st.switch_page(bundled_directory() / "pages" / "map.py")
                order = rows.order(sight.view.sort, sight.view.descending)
                render_details(store.catalog, state, order)
    else:
        render_empty(store.catalog, state, selection)
    render_sidebar(store, state, selection)


def _render_table(
    catalog: Catalog, state: State, selection: Selection, rows: FeatureRows, sight: Sight
) -> None:
    m = state.messages
    if sight.missing:
        st.caption(
            m.text("table_page.missing", columns=m.locale.listed(m[column.label] for column in sight.missing))
        )
    render_paged_table(
        state,
        FEATURES,
        rows,
        m.text("table_page.caption"),
        [_head(column, rows, m) for column in sight.columns],
        sight.view,
        state.selected,
        more=_tools(state, sight, len(rows)),
        tools=lambda: render_downloads(catalog, state, selection),
    )


def _head(column: TableColumn, rows: FeatureRows, m: Messages) -> Head:
    blanks = rows.blanks(column.name)
    hint = m.text("table_page.blanks", n=blanks, total=len(rows)) if blanks else ""
    return Head(column.name, heading(column, m), column.is_number, hint)


def _tools(state: State, sight: Sight, count: int) -> dict[str, Any]:
    """Give what the tools of this table alone need: the columns that there can be, and what is copied."""
    m = state.messages
    shown = {column.name for column in sight.columns}
    groups = [
        {
            "title": m.text(f"column_group.{group}"),
            "columns": [
                {"name": column.name, "label": heading(column, m), "shown": column.name in shown}
                for column in columns
            ],
        }
        for group, columns in groupby(
            (column for column in sight.offered if column.name != NAME), lambda column: column.group
        )
    ]
    copied = m.text("table_page.copied", n=count)
    if count > MOST_ROWS:
        copied = m.text("table_page.copied_part", n=MOST_ROWS, total=count)
    return {"groups": groups, "texts": {**texts(state, _TEXTS), "copied": copied}}
