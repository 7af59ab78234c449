"""Cells that a spreadsheet takes for texts and never runs."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
"""What makes a spreadsheet run a cell, the full-width forms included."""


def harmless(text: str) -> str:
    """Give a text as a cell; one that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
