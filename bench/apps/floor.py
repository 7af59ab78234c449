"""The floor: the same click in an app that does nothing."""

import streamlit as st

from bench.apps.options import STATUSES

st.set_page_config(layout="wide")
with st.sidebar:
    chosen = st.pills("Status", STATUSES, selection_mode="multi", key="w.status")
st.html(f"<div id='stamp' data-chosen='{','.join(sorted(chosen))}'>x</div>")
