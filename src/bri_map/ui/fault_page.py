"""The page that stands in for every other while the data root has faults."""

from __future__ import annotations

import streamlit as st

from bri_map.errors import DataError
from bri_map.i18n import Messages
from bri_map.ui.templating import template

_SHOWN = 100


def render_fault(error: DataError, m: Messages) -> None:
    """Say what is wrong, where, and what to do."""
    issues = list(error.report or ())
    with st.container(key="fault"):
        st.title(m.text("error.title"))
        if issues:
            st.write(m.text("error.intro", n=len(issues)))
            st.html(template("faults.html").render(m=m, issues=issues[:_SHOWN]))
            if len(issues) > _SHOWN:
                st.write(m.text("error.more", n=len(issues) - _SHOWN))
            st.caption(m.text("error.check"))
        else:
            st.text(str(error))
        st.button(m.text("error.retry"))
