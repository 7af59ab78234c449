"""Buttons that note what a reader does as changes, each of which is taken over once (see `changes`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Act:
    """A button.

    Attributes:
        label: What it says.
        change: What it notes.
        hint: What it does, for those who do not see where it stands; None if the label says so.
    """

    label: str
    change: Mapping[str, Any]
    hint: str | None = None
