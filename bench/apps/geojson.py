"""The stock way: one folium.GeoJson of what is filtered, built anew at each run of the script."""

import folium
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from bench.apps.features import filtered


class Stamp(MacroElement):
    """Says on the map's window, when everything before it has been added, how many features there are."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.benchShown = {{ this.shown }};{% endmacro %}"
    )

    def __init__(self, shown: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Stamp"
        self.shown = shown


st.set_page_config(layout="wide")
features = filtered()
chart = folium.Map(location=[28, 75], zoom_start=3, tiles=None)
chart.default_js = [("leaflet", "../../assets/leaflet.js")]
chart.default_css = [("leaflet_css", "../../assets/leaflet.css")]
folium.GeoJson(
    features, marker=folium.CircleMarker(radius=5), tooltip=folium.GeoJsonTooltip(["name", "status"])
).add_to(chart)
Stamp(len(features)).add_to(chart)
st_folium(chart, key="map", height=640, use_container_width=True, returned_objects=[])
