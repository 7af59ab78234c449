"""What comes back from the map: clicks on features and on the legend, and nonsense."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bri_map.catalog import Catalog
from bri_map.domain.vocabulary import Layer

ALL = list(Layer)


def script(event, before):  # type: ignore[no-untyped-def]  # AppTest runs the bare source
    """Take an event in a session; runs inside AppTest, which hands over the arguments."""
    import streamlit as st

    from bri_map.app.store import keeper
    from bri_map.domain.filter import Filter
    from bri_map.ui import map_view
    from bri_map.ui.state import State

    store = keeper.store()
    state = State(store.catalog)
    state.filter = Filter(layer=before.get("layer", []), status=before.get("status", []))
    state.filter, _ = Filter.from_params(state.filter.to_params() | before.get("params", {}))
    state.select(before.get("selected"))
    map_view.take_map_event(event, store, state)
    st.session_state["params"] = state.filter.to_params()
    st.session_state["result"] = (state.selected, sorted(state.filter.layer), sorted(state.filter.status))


def take(event: Any, **before: Any) -> tuple[str | None, list[str], list[str]]:
    """Give selection, layers and statuses after an event."""
    app = AppTest.from_function(script, kwargs={"event": event, "before": before}, default_timeout=60).run()
    assert [error.value for error in app.exception] == []
    result = app.session_state["result"]
    assert isinstance(result, tuple)
    return result


def test_a_click_on_a_feature_selects_it(shipped: Catalog) -> None:
    layer, index = shipped.position("china-laos-railway")
    event = {"event": "select", "layer": layer, "index": index, "n": 1}
    assert take(event) == ("china-laos-railway", [], [])


def test_a_click_beside_closes_the_details() -> None:
    assert take({"event": "clear", "n": 1}, selected="china-laos-railway")[0] is None


@pytest.mark.parametrize(
    ("shown", "clicked", "on", "after"),
    [
        ([], "parks", False, sorted(set(ALL) - {"parks"})),
        (["parks", "rail"], "rail", False, ["parks"]),
        (["parks", "rail"], "projects", True, ["parks", "projects", "rail"]),
        (["parks", "rail"], "parks", True, ["parks", "rail"]),
        (sorted(set(ALL) - {"parks"}), "parks", True, []),
    ],
)
def test_a_click_on_the_legend_switches_a_layer(
    shown: list[str], clicked: str, on: bool, after: list[str]
) -> None:
    event = {"event": "toggle", "layer": clicked, "on": on, "n": 1}
    assert take(event, layer=shown, status=["completed"]) == (None, after, ["completed"])


@pytest.mark.parametrize(
    "event",
    [
        {"event": "select", "layer": "parks", "index": -1},
        {"event": "select", "layer": "parks", "index": 10**9},
        {"event": "select", "layer": "parks", "index": "x"},
        {"event": "select", "layer": "parks", "index": None},
        {"event": "select", "layer": "moon", "index": 1},
        {"event": "select"},
        {"event": "toggle", "layer": "moon", "on": True},
        {"event": "toggle", "layer": ["parks"], "on": True},
        {"event": "toggle", "layer": "rail"},
        {"event": "basemap"},
        {"event": "basemap", "basemap": "moon"},
        {"event": "basemap", "basemap": ["built-in"]},
        {"event": "year", "year": "soon", "wish": 1},
        {"event": "year", "year": 99999, "wish": 1},
        {"event": "bbox", "bbox": [1, 2]},
        {"event": ["select"]},
    ],
    ids=str,
)
def test_a_malformed_event_closes_nothing(event: dict[str, Any]) -> None:
    expected = ("china-laos-railway", ["parks"], [])
    assert take(event, layer=["parks"], selected="china-laos-railway") == expected


def test_a_fault_of_our_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a fault of our own")

    monkeypatch.setattr("bri_map.ui.state.State.select", fail)
    kwargs = {"event": {"event": "clear"}, "before": {}}
    app = AppTest.from_function(broken, kwargs=kwargs, default_timeout=60).run()
    assert len(app.exception) == 1


def broken(event, before):  # type: ignore[no-untyped-def]  # AppTest runs the bare source
    """Take an event in a session that is as it began."""
    from bri_map.app.store import keeper
    from bri_map.ui import map_view
    from bri_map.ui.state import State

    store = keeper.store()
    map_view.take_map_event(event, store, State(store.catalog))


def test_the_state_says_which_wish_of_the_slider_it_answers() -> None:
    kwargs = {"event": {"event": "year", "year": 2013, "wish": 17}, "before": {}}
    app = AppTest.from_function(wishing, kwargs=kwargs, default_timeout=60).run()
    assert [error.value for error in app.exception] == []
    assert app.session_state["answers"] == [(None, None), (2013, 17), (2013, 17)]


def wishing(event, before):  # type: ignore[no-untyped-def]  # AppTest runs the bare source
    """Collect year and wish of the states before a wish, after it, and after another change."""
    import json

    import streamlit as st

    from bri_map.app.store import keeper
    from bri_map.ui import map_view
    from bri_map.ui.state import State

    store = keeper.store()
    state = State(store.catalog)
    answers = []
    for told in (None, event, {"event": "toggle", "layer": "parks", "on": False}):
        map_view.take_map_event(told, store, state)
        shown = json.loads(state.shown())
        answers.append((shown["year"], shown["wish"]))
    st.session_state["answers"] = answers


@pytest.mark.parametrize(
    "event", [None, "select", 7, [], {}, {"event": "dance"}, {"last_clicked": None}], ids=str
)
def test_what_is_no_event_of_ours_changes_nothing(event: Any) -> None:
    expected = ("china-laos-railway", ["parks"], [])
    assert take(event, layer=["parks"], selected="china-laos-railway") == expected


def params_after(event: Any, **params: list[str]) -> dict[str, list[str]]:
    """Give the filter after an event as parameters, without the layer, which no event here may touch."""
    kwargs = {"event": event, "before": {"layer": ["parks"], "params": params, "selected": "gwadar-port"}}
    app = AppTest.from_function(script, kwargs=kwargs, default_timeout=60).run()
    assert [error.value for error in app.exception] == []
    assert app.session_state["result"][:2] == ("gwadar-port", ["parks"])
    found = dict(app.session_state["params"])
    assert found.pop("layer") == ["parks"]
    return found


BOX, AREA, NEAR = {"bbox": ["60,20,80,40"]}, {"area": ["60,20;80,20;80,40"]}, {"near": ["62.3,25.1,100"]}


@pytest.mark.parametrize(
    ("event", "before", "after"),
    [
        ({"event": "year", "year": 2013, "wish": 1}, {}, {"year": ["2013"]}),
        ({"event": "year", "year": None, "wish": 2}, {"year": ["2013"]}, {}),
        ({"event": "undated", "shown": False}, {}, {"undated": ["0"]}),
        ({"event": "undated", "shown": True}, {"undated": ["0"]}, {}),
        ({"event": "bbox", "bbox": [60, 20.00001, 80, 40]}, {}, BOX),
        ({"event": "bbox", "bbox": [60, 20, 80, 40]}, AREA | NEAR, BOX | NEAR),
        ({"event": "bbox", "bbox": [170, -10, 190, 10]}, {}, {"bbox": ["170,-10,-170,10"]}),
        ({"event": "area", "area": [[60, 20], [80, 20], [80, 40]]}, BOX, AREA),
        ({"event": "near", "lon": 62.3, "lat": 25.1, "km": 100}, BOX, BOX | NEAR),
        ({"event": "place-clear"}, BOX | NEAR | {"year": ["2013"]}, {"year": ["2013"]}),
    ],
    ids=str,
)
def test_events_of_time_and_place_change_the_filter(
    event: dict[str, Any], before: dict[str, list[str]], after: dict[str, list[str]]
) -> None:
    assert params_after(event, **before) == after


@pytest.mark.parametrize(
    "event",
    [
        {"event": "year"},
        {"event": "year", "wish": 1},
        {"event": "year", "year": 2014},
        {"event": "year", "year": 2014, "wish": "1"},
        {"event": "year", "year": "soon", "wish": 1},
        {"event": "year", "year": 10**30, "wish": 1},
        {"event": "year", "year": 2013.5, "wish": 1},
        {"event": "year", "year": True, "wish": 1},
        {"event": "year", "year": [2013], "wish": 1},
        {"event": "undated"},
        {"event": "undated", "shown": "no"},
        {"event": "bbox"},
        {"event": "bbox", "bbox": [1, 2, 3]},
        {"event": "bbox", "bbox": ["a", "b", "c", "d"]},
        {"event": "bbox", "bbox": [60, 40, 80, 20]},
        {"event": "bbox", "bbox": {"west": 1}},
        {"event": "bbox", "bbox": "1234"},
        {"event": "area", "area": [[1, 2], [3, 4]]},
        {"event": "area", "area": [1, 2, 3]},
        {"event": "area", "area": [[1, 2, 3], [1, 2, 3], [4, 5, 6]]},
        {"event": "area", "area": [[None, 2], [1, 2], [4, 5]]},
        {"event": "area", "area": []},
        {"event": "near", "lon": 1, "lat": 2},
        {"event": "near", "lon": None, "lat": 2, "km": 5},
        {"event": "near", "lon": 1, "lat": 200, "km": 5},
        {"event": "near", "lon": 1, "lat": 2, "km": 0},
    ],
    ids=str,
)
def test_nonsense_about_time_and_place_changes_nothing(event: dict[str, Any]) -> None:
    before = {"year": ["2013"]} | BOX | NEAR
    assert params_after(event, **before) == before
