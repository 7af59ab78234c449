"""The protocol between page and map: what is read, what is refused, and the script's side of it."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_map.domain.place import Area, BBox, Near
from bri_map.maps import protocol
from bri_map.maps.protocol import (
    AreaEvent,
    BasemapEvent,
    BBoxEvent,
    ClearEvent,
    MapEvent,
    NearEvent,
    PickEvent,
    PlaceClearEvent,
    SearchEvent,
    SelectEvent,
    SortEvent,
    ToggleEvent,
    UndatedEvent,
    YearEvent,
    read_map_event,
    read_pick,
    read_search,
    read_sort,
)
from tools.protocol import TARGET, protocol_text

EVENTS: dict[str, tuple[dict[str, Any], MapEvent]] = {
    "select": ({"layer": "rail", "index": 3}, SelectEvent("rail", 3)),
    "clear": ({}, ClearEvent()),
    "toggle": ({"layer": "parks", "on": False}, ToggleEvent("parks", on=False)),
    "basemap": ({"basemap": "built-in"}, BasemapEvent("built-in")),
    "year": ({"year": None, "wish": 4}, YearEvent(None, 4)),
    "undated": ({"shown": False}, UndatedEvent(False)),
    "bbox": ({"bbox": [170, -10, 190, 10.5]}, BBoxEvent(BBox(170, -10, -170, 10.5))),
    "area": ({"area": [[172, -9], [188, -9], [188, 0]]}, AreaEvent(Area(((172, -9), (188, -9), (188, 0))))),
    "near": ({"lon": 62.3, "lat": 25, "km": 5}, NearEvent(62.3, 25, 5)),
    "place-clear": ({}, PlaceClearEvent()),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def test_every_event_has_a_sample_here() -> None:
    assert {cls.event for cls in get_args(MapEvent)} == set(EVENTS)


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_read(name: str) -> None:
    sent, event = EVENTS[name]
    assert read_map_event({"event": name, **sent, "n": 1}) == event


@pytest.mark.parametrize("name", [name for name, (sent, _) in EVENTS.items() if sent])
def test_an_event_without_one_of_its_parts_is_none(name: str) -> None:
    sent, _ = EVENTS[name]
    for part in sent:
        assert read_map_event({"event": name, **{key: sent[key] for key in sent if key != part}}) is None


@given(st.sampled_from(sorted(EVENTS)), st.data())
def test_an_event_with_anything_in_a_part_is_an_event_or_nothing(name: str, data: st.DataObject) -> None:
    sent, event = EVENTS[name]
    changed = {key: data.draw(JSON, label=key) for key in sent}
    read = read_map_event({"event": name, **changed})
    assert read is None or type(read) is type(event)


@given(JSON)
def test_anything_else_is_nothing(value: Any) -> None:
    for read in (read_map_event, read_pick, read_sort, read_search):
        assert read(value) is None or isinstance(value, dict)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, True, "5"])
def test_what_is_no_number_of_the_world_is_refused(value: Any) -> None:
    assert read_map_event({"event": "near", "lon": value, "lat": 25, "km": 5}) is None
    assert read_search({"group": "country", "id": "FJI", "bbox": [value, 0, 1, 1]}) is None


def test_a_polygon_across_the_180th_meridian_stays_what_was_drawn() -> None:
    event = read_map_event({"event": "area", "area": [[172, -20], [188, -20], [188, -10], [172, -10]]})
    assert isinstance(event, AreaEvent)
    longitudes = [lon for lon, _ in event.area.corners]
    assert max(longitudes) - min(longitudes) == 16


def test_a_circle_is_a_part_of_a_filter() -> None:
    assert NearEvent(62.3, 25.1, 5).near == Near((62.3, 25.1), 5)


def test_parts_of_the_page_are_read() -> None:
    assert read_pick({"id": "gwadar-port", "n": 3}) == PickEvent("gwadar-port")
    assert read_sort({"column": "name", "n": 3}) == SortEvent("name")
    found = {"group": "place", "id": "7", "bbox": [1, 2, 3, 4], "name": "Gwadar", "n": 3}
    assert read_search(found) == SearchEvent("place", "7", (1, 2, 3, 4))
    assert read_pick({"id": 7}) is None
    assert read_sort({}) is None
    assert read_search({**found, "bbox": [1, 2, 3]}) is None


def test_the_side_of_the_scripts_is_that_of_here() -> None:
    assert TARGET.read_text("utf-8") == protocol_text(), "run: python -m tools.protocol"


def test_every_event_and_state_is_in_it() -> None:
    text = protocol_text()
    own = [
        value for value in vars(protocol).values() if getattr(value, "__module__", "") == protocol.__name__
    ]
    names = [value.__name__ for value in own if isinstance(value, type)]
    for name in names:
        assert not name.endswith(("Event", "State")) or f"export interface {name} {{" in text
