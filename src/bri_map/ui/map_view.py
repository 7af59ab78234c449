"""The map in the page, and what comes back from it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from streamlit_folium import st_folium

from bri_map.app.store import AtlasStore
from bri_map.domain.filter import Filter
from bri_map.errors import DisplayError, FeatureNotFoundError, FilterError
from bri_map.maps.atlas_map import AtlasMap, ViewState
from bri_map.maps.protocol import (
    AreaEvent,
    BasemapEvent,
    BBoxEvent,
    ClearEvent,
    MapEvent,
    NearEvent,
    PlaceClearEvent,
    SelectEvent,
    ToggleEvent,
    UndatedEvent,
    YearEvent,
    read_map_event,
)
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
        render=False,  # it renders the map all the same, once
    )


def take_map_event(value: object, store: AtlasStore, state: State) -> None:
    """Apply what was done on the map. What is no event of the protocol changes nothing."""
    event = read_map_event(value)
    if event is not None:
        _apply(event, store, state)


def _apply(event: MapEvent, store: AtlasStore, state: State) -> None:
    """Apply an event. One that speaks of what is gone, after the data have changed, changes nothing."""
    match event:
        case SelectEvent(layer, index):
            with suppress(FeatureNotFoundError):
                state.select(store.catalog.id_at(layer, index))
        case ClearEvent():
            state.select(None)
        case BasemapEvent(basemap):
            with suppress(DisplayError):
                state.display = replace(state.display, basemap=basemap)
        case YearEvent(year, wish):
            state.grant(wish)
            with suppress(FilterError):
                state.filter = replace(state.filter, year=year)
        case _:
            state.filter = _changed(event, state.filter)


def _changed(event: MapEvent, wanted: Filter) -> Filter:
    """Give the filter after an event of layer, dates or place; the same one after any other.

    One shape is drawn at a time: a box takes the place of an area, and an area that of a box.
    """
    match event:
        case ToggleEvent(layer, on):
            shown = wanted.layers | {layer} if on else wanted.layers - {layer}
            is_said_already = shown == wanted.without("layer").layers
            return wanted.with_facet("layer", () if is_said_already else shown)
        case UndatedEvent(shown=shown_undated):
            return replace(wanted, undated=shown_undated)
        case BBoxEvent(box):
            return replace(wanted, area=None, bbox=box)
        case AreaEvent(area):
            return replace(wanted, bbox=None, area=area)
        case NearEvent():
            return replace(wanted, near=event.near)
        case PlaceClearEvent():
            return wanted.without("bbox", "area", "near")
    return wanted
