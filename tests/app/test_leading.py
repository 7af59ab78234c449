"""Where the map is told to go: to the result of a choice of place, and to that of a link without a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.app.conftest import Visitor

Visit = Callable[..., Visitor]
WHERE = [
    {"kind": "code", "facet": "country", "code": "KEN", "on": True},
    {"kind": "code", "facet": "region", "code": "oceania", "on": True},
    {"kind": "code", "facet": "crosses", "code": "KEN", "on": True},
    {"kind": "code", "facet": "corridor", "code": "air-silk-road", "on": True},
    {"kind": "near", "feature": "gwadar-port", "km": 300},
    {"kind": "map", "event": "near", "lon": 62.3, "lat": 25, "km": 100},
    {"kind": "map", "event": "bbox", "bbox": [60, 20, 70, 30]},
]


def focus(visitor: Visitor) -> dict[str, Any] | None:
    found = visitor.map_state["focus"]
    assert found is None or isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "change", WHERE, ids=lambda change: change.get("facet") or change.get("event") or "near"
)
def test_a_choice_of_place_leads_to_the_result(visit: Visit, change: dict[str, Any]) -> None:
    visitor = visit("map")
    assert focus(visitor) is None
    found = focus(visitor.do(change))
    assert found is not None
    assert found["bbox"] is None


def test_other_choices_leave_the_map_where_it_is(visit: Visit) -> None:
    visitor = visit("map").do(WHERE[0])
    first = focus(visitor)
    visitor.do(
        {"kind": "code", "facet": "status", "code": "completed", "on": True}, {"kind": "year", "year": 2016}
    )
    assert focus(visitor) == first
    visitor.do({"kind": "without", "names": ["country"]})
    assert focus(visitor) == first, "where nothing is asked for, there is nowhere to go"
    assert focus(visitor.do(WHERE[1])) != first


@pytest.mark.parametrize(
    "link", [{"country": "KEN"}, {"status": "suspended"}, {"year": "2016"}, {"near": "62.3,25,100"}]
)
def test_a_link_without_a_view_opens_on_its_result(visit: Visit, link: dict[str, str]) -> None:
    found = focus(visit("map", **link))
    assert found is not None
    assert found["bbox"] is None
    assert focus(visit("map", **link, view="1,2,3")) is None


def test_an_address_that_asks_for_nothing_leads_nowhere(visit: Visit) -> None:
    assert focus(visit("map", lang="zh", cluster="1")) is None


@pytest.mark.parametrize(
    ("language", "hidden", "lift"),
    [
        ("en", "The filter hides it (Status)", "Lift Status and show it"),
        ("zh", "筛选条件（状态）", "取消状态条件并显示"),
    ],
)
def test_what_hides_a_found_feature_is_said_with_a_button_that_lifts_it(
    visit: Visit, language: str, hidden: str, lift: str
) -> None:
    visitor = visit("map", id="gwadar-port", status="suspended", region="south-asia", lang=language)
    assert any(hidden in said.value for said in visitor.app.markdown)
    (act,) = visitor.part("act", "unhide")["acts"]
    assert act["label"] == lift
    visitor.do(act["change"])
    assert "status" not in visitor.url
    assert visitor.url["region"] == "south-asia", "nothing else is lifted"
    assert not any(hidden in said.value for said in visitor.app.markdown)
