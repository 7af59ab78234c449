"""A table of many rows as real HTML, a page at a time, sorted by its heads."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from bri_map.ui.component import mount, spoken
from bri_map.ui.ranked import PagedRows
from bri_map.ui.state import State

PAGE_SIZE = 100
COLUMNS = {
    "features": ("name", "kind", "countries", "status", "status_as_of", "layer", "precision", "sources"),
    "sources": ("title", "producer", "published", "features"),
}
"""The columns of each table in their order."""


def render_paged_table(
    state: State,
    key: str,
    rows: PagedRows,
    caption: str,
    selected: str | None,
    tools: Callable[[], None] | None = None,
) -> None:
    """Draw a table and remember how the reader sorts it.

    Args:
        state: Choices of the session.
        key: Name of the table, under which it has its columns in `COLUMNS` and an order in `state.orders`.
        rows: Gives a page of shown words by column; with `id`, and with `layer_code` and `index` where rows
            are on the map.
        caption: What the table holds.
        selected: Id of the selected row, if any.
        tools: Draws what stands beside the number of the page.
    """
    text = state.messages.text
    columns = COLUMNS[key]
    sort, descending = state.orders[key]
    pages = math.ceil(len(rows) / PAGE_SIZE)
    with st.container(key=f"{key}-tools", horizontal=True, vertical_alignment="bottom"):
        page = 1
        if pages > 1:
            page = st.number_input(text("table_page.page"), 1, pages, key=f"{key}-page-{pages}", width=140)
        first = (page - 1) * PAGE_SIZE
        shown = rows.page(sort, descending, slice(first, first + PAGE_SIZE))
        st.caption(text("table_page.rows", first=first + 1, last=first + len(shown), n=len(rows)))
        if tools:
            tools()
    data = {
        "table": key,
        "columns": [{"name": name, "label": text(f"column.{name}")} for name in columns],
        "rows": [_row(row, columns) for row in shown],
        "sort": sort,
        "descending": descending,
        "selected": selected,
        **spoken(state),
        "texts": {"caption": caption},
    }
    mount("table", key, data)


def _row(row: dict[Any, Any], columns: Sequence[str]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "layer": row.get("layer_code"),
        "index": row.get("index"),
        "cells": [row[name] for name in columns],
    }
