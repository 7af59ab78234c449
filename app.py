"""The atlas as an ASGI application: `make app`, `streamlit run app.py` and `uvicorn app:app` serve it."""

import importlib.util
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

import bri_map.web

_package = Path(importlib.util.find_spec("bri_map").origin).parent  # the shell is a script, not a module
app = st.App(
    _package / "ui" / "shell.py",
    routes=bri_map.web.routes(),
    lifespan=bri_map.web.warm_start,
    middleware=[
        Middleware(bri_map.web.SecurityHeaders),
        Middleware(bri_map.web.ClosedPaths, base=st.get_option("server.baseUrlPath") or ""),
        Middleware(bri_map.web.StreamlitFiles),
        Middleware(bri_map.web.PageHead),
    ],
)
