"""The features that the stock apps filter, and the pills they are filtered by."""

import geopandas as gpd
import pandas as pd
import streamlit as st

import bri_map
from bri_map.domain.filter import Filter
from bri_map.domain.vocabulary import Layer


@st.cache_resource
def read() -> gpd.GeoDataFrame:
    """Read the data once for all sessions; id, name, status and geometry in EPSG:4326."""
    selection = bri_map.load().select(Filter())
    frames = [selection.frame(layer)[["id", "name", "status", "geometry"]] for layer in Layer]
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs="EPSG:4326")


def filtered() -> gpd.GeoDataFrame:
    """Show the pills in the sidebar and give the features that they leave."""
    features = read()
    with st.sidebar:
        options = sorted(features["status"].unique())
        chosen = st.pills("Status", options, selection_mode="multi", key="w.status")
    return features[features["status"].isin(chosen)] if chosen else features
