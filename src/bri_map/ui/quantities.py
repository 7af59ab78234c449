"""Measured quantities."""

from __future__ import annotations


def plain(text: str) -> int | float:
    """Read a number, a whole one as such."""
    value = float(text)
    return int(value) if value.is_integer() else value
