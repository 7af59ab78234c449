"""A table of many rows as real HTML, a page at a time, sorted by its heads."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from bri_map.tabulation.columns import every_column
from bri_map.tabulation.ranked import PagedRows
from bri_map.tabulation.view import TableView
from bri_map.ui.component import mount, spoken, texts
from bri_map.ui.source_table import COLUMNS as SOURCE_COLUMNS
from bri_map.ui.state import FEATURES, SOURCES, State

PAGE_SIZE = 100
SORTED_BY: Mapping[str, Collection[str]] = {FEATURES: every_column(), SOURCES: SOURCE_COLUMNS}
"""The columns by which each table can be sorted."""
_TEXTS = (
    "table_page.page",
    "table_page.of",
    "table_page.page_before",
    "table_page.page_after",
    "table_page.sort",
    "table_page.turn",
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column.

    Attributes:
        name: Name of the column.
        label: What the head says.
        is_number: Whether its cells are numbers.
        hint: What else is to be said of it, if anything.
    """

    name: str
    label: str
    is_number: bool = False
    hint: str = ""


def render_paged_table(
    state: State,
    key: str,
    rows: PagedRows,
    caption: str,
    heads: Sequence[Head],
    view: TableView,
    selected: str | None,
    *,
    more: Mapping[str, Any] | None = None,
    tools: Callable[[], None] | None = None,
) -> None:
    """Draw a table, with the tools above it.

    Args:
        state: Choices of the session.
        key: Name of the table, under which its view is kept.
        rows: Gives a page of shown words by column; with `id`, and with `layer_code` and `index` where rows
            are on the map.
        caption: What the table holds.
        heads: The columns in their order.
        view: How it is sorted, and its page.
        selected: Id of the selected row, if any.
        more: What the tools are given beside pages and order.
        tools: Draws what stands beside them.
    """
    text = state.messages.text
    page, pages = _page(state, key, rows, view, selected)
    first = (page - 1) * PAGE_SIZE
    names = [head.name for head in heads]
    shown = rows.page(view.sort, view.descending, slice(first, first + PAGE_SIZE), names)
    columns = [asdict(head) for head in heads]
    order = {"table": key, "sort": view.sort, "descending": view.descending}
    data = {
        **order,
        **spoken(state),
        **(more or {}),
        "page": page,
        "pages": pages,
        "said": text("table_page.rows", first=first + 1, last=first + len(shown), n=len(rows)),
        "columns": columns,
        "texts": {**texts(state, _TEXTS), **(more or {}).get("texts", {})},
    }
    with st.container(key=f"{key}-tools", horizontal=True, vertical_alignment="center"):
        mount("tools", f"{key}-bar", data)
        if tools:
            tools()
    data = {
        **order,
        "columns": columns,
        "rows": [_row(row, names) for row in shown],
        "selected": selected,
        **spoken(state),
        "texts": {"caption": caption},
    }
    mount("table", key, data)


def _page(state: State, key: str, rows: PagedRows, view: TableView, selected: str | None) -> tuple[int, int]:
    """Give the page to be shown, and how many there are.

    Where none is asked for it is that of the selected row. A row that is no longer selected leaves its page
    open, as long as the rows are the same.
    """
    pages = max(1, math.ceil(len(rows) / PAGE_SIZE))
    place = rows.place_of(selected, view.sort, view.descending) if view.page is None else None
    order = (len(rows), state.filter, view.sort, view.descending)
    if view.page is not None:
        page = min(view.page, pages)
        if page < view.page:
            state.set_view(key, replace(state.view(key), page=page))
    elif place is not None:
        page = place // PAGE_SIZE + 1
    else:
        page = state.page_left(key, order)
        if page > 1:  # which was not in the link for as long as the row said it
            state.set_view(key, replace(state.view(key), page=page))
    state.note_page(key, order, page if selected is not None else 1)
    return page, pages


def _row(row: dict[Any, Any], names: Sequence[str]) -> dict[str, Any]:
    whole = row.get("whole", {})
    return {
        "id": row["id"],
        "layer": row.get("layer_code"),
        "index": row.get("index"),
        "cells": [row[name] for name in names],
        "whole": [whole.get(name) for name in names] if whole else [],
    }
