"""The look of the pages: one style sheet."""

from __future__ import annotations

import streamlit as st

from bri_map.browser import page_style


def theme() -> str:
    """Give the theme in which the page is drawn: light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def apply_style() -> None:
    """Put the style sheet of the theme into the page."""
    st.html(f"<style>{page_style(theme())}</style>")
