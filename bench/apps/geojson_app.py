"""Serves `geojson.py` with Leaflet beside it, so that it needs no other host."""

from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

app = st.App(
    Path(__file__).with_name("geojson.py"),
    routes=[Mount("/assets", StaticFiles(directory=leaflet.BASE_DIR))],
)
