"""The look of the pages: one style sheet."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import streamlit as st


@cache
def _style_sheet() -> str:
    return files("bri_map.ui").joinpath("style.css").read_text("utf-8")


def apply_style() -> None:
    """Put the style sheet into the page."""
    st.html(f"<style>{_style_sheet()}</style>")
