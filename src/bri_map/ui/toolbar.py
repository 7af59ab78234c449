"""The tools in the top bar: search, sharing, theme, language."""

from __future__ import annotations

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
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center"):
        leave = page in _MAPLESS
        mount("search", "search", {**spoken(state), "leave": leave, "texts": texts(state, _SEARCH)})
        mount("share", "share", {**spoken(state), "texts": texts(state, _SHARE)}, "content")
        shown = {"theme": state.display.theme, "texts": texts(state, _THEME)}
        mount("theme", "theme", shown, "content")
        _render_language(state)
    render_page_words(state)


def _render_language(state: State) -> None:
    st.session_state["w-lang"] = state.language
    st.segmented_control(
        state.messages.text("nav.language"),
        languages(),
        key="w-lang",
        format_func=lambda code: messages(code)["language.name"],
        label_visibility="collapsed",
        on_change=_take_language,
        args=(state,),
    )


def _take_language(state: State) -> None:
    state.language = st.session_state["w-lang"] or state.language
