"""The floor: the same click in an app that does nothing."""

import streamlit as st

OPTIONS = ["early-stage", "under-construction", "completed", "suspended", "cancelled", "unknown"]

st.set_page_config(layout="wide")
with st.sidebar:
    chosen = st.pills("Status", OPTIONS, selection_mode="multi", key="w.status")
st.html(f"<div id='stamp' data-chosen='{','.join(sorted(chosen))}'>x</div>")
