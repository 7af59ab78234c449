"""The Display menu: how the map is drawn, not what is on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from bri_map.analysis.indicators import INDICATORS
from bri_map.maps.basemaps import BUILT_IN, available_ids
from bri_map.maps.display import SCHEMES
from bri_map.ui.state import State


def render_display_menu(state: State) -> None:
    """Draw the menu; what is in it travels when it opens."""
    text = state.messages.text
    menu = st.popover(text("display.title"), key="display", on_change="rerun")
    if not menu.open:
        return
    with menu:
        _switch(state, "cluster")
        _switch(state, "labels")
        _choice(state, "scheme", SCHEMES, lambda code: text(f"scheme.{code}"))
        _choice(
            state,
            "indicator",
            ("", *INDICATORS),
            lambda code: text(f"indicator.{code}") if code else text("display.no_indicator"),
        )
        _choice(state, "basemap", available_ids(), lambda code: text(f"basemap.{code}"))
        if state.display.basemap != BUILT_IN:
            st.caption(text("display.online"))


def _switch(state: State, name: str) -> None:
    key = f"d.{name}"
    st.session_state[key] = getattr(state.display, name)
    st.toggle(state.messages.text(f"display.{name}"), key=key, on_change=_take, args=(state, name))


def _choice(state: State, name: str, options: tuple[str, ...], label: Callable[[str], str]) -> None:
    key = f"d.{name}"
    st.session_state[key] = getattr(state.display, name)
    st.selectbox(
        state.messages.text(f"display.{name}"),
        options,
        key=key,
        format_func=label,
        on_change=_take,
        args=(state, name),
    )


def _take(state: State, name: str) -> None:
    state.display = replace(state.display, **{name: st.session_state[f"d.{name}"]})
