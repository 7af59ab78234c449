"""The tools in the top bar: search, sharing, theme, language."""

from __future__ import annotations

from typing import Any

import streamlit as st

from bri_map.i18n import languages, messages
from bri_map.ui.component import mount, render_page_words, spoken, texts
from bri_map.ui.state import State

_SEARCH = (
    "search.label",
    "search.hint",
    "search.results",
    "search.found",
    "search.none",
    "search.failed",
    "search.meant",
    "search.filters",
    "search.filter",
)
_SHARE = (
    "share.title",
    "share.link",
    "share.embed",
    "share.note",
    "share.frame",
    "share.copy",
    "share.copied",
    "share.by_hand",
)
_THEME = ("theme.to_dark", "theme.to_light")
_MAPLESS = ("figures", "sources", "about")


def render_toolbar(state: State, page: str) -> None:
    """Draw the tools.

    Args:
        state: Choices of the session.
        page: Name of the page; from one without a map, a search leads to the map.
    """
    with st.container(key="toolbar"):
        leave = page in _MAPLESS
        mount("search", "search", {**spoken(state), "leave": leave, "texts": texts(state, _SEARCH)})
        mount("share", "share", {**spoken(state), "texts": texts(state, _SHARE)})
        mount("theme", "theme", {"theme": state.display.theme, "texts": texts(state, _THEME)})
        mount("language", "language", _languages(state))
    render_page_words(state)


def _languages(state: State) -> dict[str, Any]:
    offered = [(code, messages(code)) for code in languages()]
    return {
        "lang": state.language,
        "label": state.messages.text("nav.language"),
        "languages": [(code, own.locale.tag, own["language.name"]) for code, own in offered],
    }
