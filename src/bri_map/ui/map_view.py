"""The map in the page, and what comes back from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from bri_map.app.store import AtlasStore
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.domain.place import Area, BBox, Near
from bri_map.errors import BriMapError, FilterError
from bri_map.maps.atlas_map import AtlasMap, ViewState
from bri_map.ui.state import State

_KEY = "map"


def render_map(store: AtlasStore, state: State, height: int) -> None:
    """Draw the map with the answer of the session's filter.

    Args:
        store: Catalog and assets.
        state: Choices of the session.
        height: Height in pixels where the style sheet does not say otherwise.
    """
    st_folium(
        AtlasMap(store.map_assets),
        key=_KEY,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=ViewState(state.shown()),
        on_change=lambda: _take_event(store, state),
    )


def _take_event(store: AtlasStore, state: State) -> None:
    """Apply what was done on the map. Anything that is not an event of ours is left alone."""
    event = st.session_state.get(_KEY)
    if not isinstance(event, dict):
        return
    try:
        _apply(event, store, state)
    except FilterError:
        return
    except (BriMapError, KeyError, TypeError, ValueError):
        state.select(None)


def _apply(event: dict[str, Any], store: AtlasStore, state: State) -> None:
    match event.get("event"):
        case "select":
            state.select(store.catalog.id_at(event["layer"], int(event["index"])))
        case "clear":
            state.select(None)
        case "toggle":
            every = set(LAYERS)
            shown = set(state.filter.layer or every) ^ {LAYERS[event["layer"]].id}
            state.filter = state.filter.with_facet("layer", shown if shown != every else ())
        case "basemap":
            state.display = replace(state.display, basemap=str(event["basemap"]))
        case _:
            state.filter = store.catalog.check(_changed(event, state.filter))


def _changed(event: dict[str, Any], wanted: Filter) -> Filter:
    """Give the filter after an event of time or place; the same one after any other.

    One shape is drawn at a time: a box takes the place of an area, and an area that of a box.
    """
    match event:
        case {"event": "year", "year": None}:
            return wanted.without("year")
        case {"event": "year", "year": year}:
            return wanted.with_year(year)
        case {"event": "undated", "shown": bool(shown)}:
            return wanted.with_undated(shown)
        case {"event": "bbox", "bbox": [west, south, east, north]}:
            return wanted.without("area").with_bbox(BBox(west, south, east, north))
        case {"event": "area", "area": [*corners]}:
            return wanted.without("bbox").with_area(Area(tuple(corners)))
        case {"event": "near", "lon": lon, "lat": lat, "km": km}:
            return wanted.with_near(Near((lon, lat), km))
        case {"event": "place-clear"}:
            return wanted.without("bbox", "area", "near")
    return wanted
