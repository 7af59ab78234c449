"""What comes with Streamlit: one st.pydeck_chart of what is filtered, built anew at each run."""

import pydeck
import streamlit as st

from bench.apps.features import filtered

st.set_page_config(layout="wide")
features = filtered()
layer = pydeck.Layer(
    "GeoJsonLayer",
    features.__geo_interface__,
    get_fill_color=[0, 114, 178],
    get_line_color=[139, 30, 63],
    line_width_min_pixels=2,
    point_radius_min_pixels=5,
    pickable=True,
)
view = pydeck.ViewState(longitude=75, latitude=28, zoom=2)
tooltip = {"text": "{name}\n{status}"}
st.pydeck_chart(
    pydeck.Deck([layer], initial_view_state=view, map_provider=None, map_style="", tooltip=tooltip),
    height=640,
)
st.html(f"<div id='shown' data-shown='{len(features)}'>x</div>")
