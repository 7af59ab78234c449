"""What a search knows before it has seen any data."""

from __future__ import annotations

MAX_HITS = 50
"""The most hits that a search gives."""
