"""Measured quantities in words."""

from __future__ import annotations

import re

from bri_map.i18n import Messages

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def measured(value: float, unit: str, m: Messages) -> str:
    """Write a quantity with its unit; Chinese counters follow the number without a blank."""
    blank = "" if _CHINESE.match(unit) else " "
    return f"{m.locale.number(value)}{blank}{unit}"


def plain(text: str) -> int | float:
    """Read a number, a whole one as such."""
    value = float(text)
    return int(value) if value.is_integer() else value
