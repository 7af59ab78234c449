"""The look of the pages: one style sheet."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import streamlit as st


@cache
def _style_sheet(theme: str) -> str:
    names = ("style.css", "style-dark.css") if theme == "dark" else ("style.css",)
    return "\n".join(files("bri_map.ui").joinpath(name).read_text("utf-8") for name in names)


def theme() -> str:
    """Give the theme in which the page is drawn: light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def apply_style() -> None:
    """Put the style sheet of the theme into the page."""
    st.html(f"<style>{_style_sheet(theme())}</style>")
