"""The rows of a result as text that spreadsheets take from the clipboard."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bri_map.catalog import Catalog
from bri_map.domain.spreadsheets import harmless
from bri_map.i18n import Messages
from bri_map.query.selection import Selection
from bri_map.tabulation.columns import heading
from bri_map.tabulation.feature_rows import FeatureRows
from bri_map.tabulation.view import Sight, TableView

MOST_ROWS = 20_000
"""Rows that are copied at most; a download has all."""
_BREAKS = re.compile(r"[\t\r\n]+")


def copied_rows(catalog: Catalog, selection: Selection, view: TableView, messages: Messages) -> str:
    """Give the rows of a result, in the order and with the columns of a view.

    Args:
        catalog: Where the features come from.
        selection: Which features.
        view: Columns and order; the page does not count.
        messages: The words of the interface.

    Returns:
        A line for the heads, with units, and one for each row; cells apart by tabs. Countries are all named,
        numbers and dates are as in the data. A text that a spreadsheet would run begins with an apostrophe.
    """
    sight = Sight.of(view, selection.layers, selection.filter)
    rows = FeatureRows(catalog, selection, messages)
    names = [column.name for column in sight.columns]
    lines = [
        [heading(column, messages) for column in sight.columns],
        *rows.whole(sight.view.sort, sight.view.descending, slice(MOST_ROWS), names),
    ]
    return as_lines(lines)


def as_lines(lines: Iterable[Iterable[str]]) -> str:
    """Give cells as lines, apart by tabs, with nothing in them that a spreadsheet would run."""
    return "".join("\t".join(map(_cell, line)) + "\n" for line in lines)


def _cell(text: str) -> str:
    return harmless(_BREAKS.sub(" ", text))
