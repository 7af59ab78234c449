"""The page that stands in for every other while the data root has faults."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bri_map.errors import DataError
from bri_map.i18n import Messages

_SHOWN = 100


def render_fault(error: DataError, m: Messages) -> None:
    """Say what is wrong, where, and what to do."""
    st.title(m.text("error.title"))
    issues = list(error.report or ())
    if not issues:
        st.error(str(error).replace("`", "'"))
    else:
        st.write(m.text("error.intro", n=len(issues)))
        st.dataframe(
            pd.DataFrame(
                {
                    m.text("error.file"): [issue.file for issue in issues[:_SHOWN]],
                    m.text("error.row"): pd.array([issue.row for issue in issues[:_SHOWN]], dtype="Int64"),
                    m.text("error.id"): [issue.id or "" for issue in issues[:_SHOWN]],
                    m.text("error.field"): [issue.field or "" for issue in issues[:_SHOWN]],
                    m.text("error.fault"): [issue.message for issue in issues[:_SHOWN]],
                    m.text("error.remedy"): [issue.remedy for issue in issues[:_SHOWN]],
                }
            ),
            hide_index=True,
            width="stretch",
        )
        if len(issues) > _SHOWN:
            st.write(m.text("error.more", n=len(issues) - _SHOWN))
        st.caption(m.text("error.check"))
    st.button(m.text("error.retry"))
