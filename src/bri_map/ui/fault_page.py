"""Faults of the data: a page of their own where nothing can be shown, else a notice beside the good data."""

from __future__ import annotations

import streamlit as st

from bri_map.app.store import keeper
from bri_map.errors import DataError
from bri_map.i18n import Messages
from bri_map.i18n.sentences import said
from bri_map.ui.templating import template

_SHOWN = 100
_LOOK_SECONDS = 5
"""How often an open page looks whether the faults are mended."""


def render_fault(error: DataError, m: Messages) -> None:
    """Say what is wrong, where, and what to do; the atlas comes by itself when it is mended."""
    with st.container(key="fault"):
        st.title(m.text("error.title"))
        _render_issues(error, m)
        st.button(m.text("error.retry"))
    _come_back(keeper.fault)


def render_fault_notice(m: Messages) -> None:
    """Say that the data were edited and have faults, and that what is shown are those from before."""
    fault = keeper.fault
    if fault is None:
        return
    with st.container(key="data-fault", horizontal=True, vertical_alignment="center"):
        st.text(m.text("error.before"))
        with st.popover(m.text("error.show"), key="data-fault-list"):
            _render_issues(fault, m)
    _come_back(fault)


def _render_issues(error: DataError, m: Messages) -> None:
    issues = list(error.report or ())
    if not issues:
        st.text(said(error.message, m))
        return
    st.write(m.text("error.intro", n=len(issues)))
    st.html(template("faults.html").render(m=m, said=said, issues=issues[:_SHOWN]))
    if len(issues) > _SHOWN:
        st.write(m.text("error.more", n=len(issues) - _SHOWN))
    st.caption(m.text("error.check"))


@st.fragment(run_every=_LOOK_SECONDS)
def _come_back(shown: DataError | None) -> None:
    """Make the page anew when the faults that it shows are no longer those of the data."""
    if keeper.fault is not shown:
        st.rerun()
