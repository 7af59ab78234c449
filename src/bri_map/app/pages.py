"""The pages of the atlas by name, which is the end of their address as well."""

from __future__ import annotations

HOME = "map"
"""The page at the root."""
PAGES = (HOME, "table", "figures", "sources", "about")
