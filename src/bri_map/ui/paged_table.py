"""A table of many rows as real HTML, a page at a time, sorted by its heads."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from bri_map.maps.protocol import read_sort
from bri_map.ui.component import component, component_event, spoken
from bri_map.ui.ranked import PagedRows
from bri_map.ui.state import State

PAGE_SIZE = 100


def render_paged_table(
    state: State,
    key: str,
    rows: PagedRows,
    columns: Sequence[str],
    caption: str,
    selected: str | None,
    on_pick: Callable[[], None],
    tools: Callable[[], None] | None = None,
) -> None:
    """Draw a table and remember how the reader sorts it.

    Args:
        state: Choices of the session.
        key: Name of the table; it has an order in `state.orders` under this name.
        rows: Gives a page of shown words by column; with `id`, and with `layer_code` and `index` where rows
            are on the map.
        columns: Columns in their order; the labels are the messages `column.*`.
        caption: What the table holds.
        selected: Id of the selected row, if any.
        on_pick: Called when a row is picked; `component_event(key, "picked")` says which.
        tools: Draws what stands beside the number of the page.
    """
    text = state.messages.text
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
    component("table")(
        key=key,
        data={
            "columns": [{"name": name, "label": text(f"column.{name}")} for name in columns],
            "rows": [_row(row, columns) for row in shown],
            "sort": sort,
            "descending": descending,
            "selected": selected,
            **spoken(state),
            "texts": {"caption": caption},
        },
        on_picked_change=on_pick,
        on_sorted_change=lambda: _on_sort(state, key, columns),
    )


def _row(row: dict[Any, Any], columns: Sequence[str]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "layer": row.get("layer_code"),
        "index": row.get("index"),
        "cells": [row[name] for name in columns],
    }


def _on_sort(state: State, key: str, columns: Sequence[str]) -> None:
    """Sort by another column, or the other way round. Nonsense from the browser is left alone."""
    event = read_sort(component_event(key, "sorted"))
    if event is not None and event.column in columns:
        sort, descending = state.orders[key]
        state.orders[key] = (event.column, not descending if event.column == sort else False)
