"""A line that follows another one is drawn through the places of that line."""

from __future__ import annotations

import pytest

from bri_map.data.follows import followed
from bri_map.data.routes import build_route
from bri_map.data.waypoints import WaypointError, waypoints_of
from tests.unit.test_routes import frame

RAILWAY = (
    "railway,main,1,A,station,,0,0,",
    "railway,main,2,B,station,,0.1,0.1,",
    "railway,main,3,C,station,,0.2,0,",
    "railway,main,4,D,station,,0.3,0.1,",
    "railway,spur,1,C,station,,0.2,0,",
    "railway,spur,2,S,station,,0.2,-0.2,",
    "railway,spur,3,T,station,,0.2,-0.4,",
)


def names(*rows: str, feature_id: str = "x") -> list[str]:
    places = followed(waypoints_of(frame(*RAILWAY, *rows)))
    return [place.name for place in places if place.feature_id == feature_id]


def test_places_of_the_followed_line_come_between() -> None:
    rows = ("x,main,1,A,city,,0,0,", "x,main,2,D,city,,0.3,0.1,,railway", "x,main,3,E,city,,0.4,0.1,")
    assert names(*rows) == ["A", "B", "C", "D", "E"]
    assert names(*rows, feature_id="railway") == ["A", "B", "C", "D", "C", "S", "T"]


def test_a_line_is_followed_in_either_direction_and_by_branch() -> None:
    back = ("x,main,1,D,city,,0.3,0.1,", "x,main,2,A,city,,0,0,,railway/main")
    assert names(*back) == ["D", "C", "B", "A"]
    spur = ("x,main,1,T,city,,0.2,-0.4,", "x,main,2,C,city,,0.2,0,,railway/spur")
    assert names(*spur) == ["T", "S", "C"]


def test_ways_come_along_in_either_direction() -> None:
    ways = ("", "straight", "turns-back", "over-water", "")
    rows = [
        f"r,main,{n},{name},place,,{n},0,,,{way}"
        for n, (name, way) in enumerate(zip("ABCDE", ways, strict=True), 1)
    ]
    there = ("x,main,1,A,city,,1,0,", "x,main,2,E,city,,5,0,,r")
    back = ("y,main,1,E,city,,5,0,", "y,main,2,A,city,,1,0,,r")
    places = followed(waypoints_of(frame(*rows, *there, *back)))
    found = {i: [(p.name, p.way) for p in places if p.feature_id == i] for i in "xy"}
    assert found["x"] == list(zip("ABCDE", ways, strict=True))
    assert found["y"] == [("E", ""), ("D", ""), ("C", "turns-back"), ("B", ""), ("A", "straight")]


def test_where_a_line_is_left_it_need_not_turn_back() -> None:
    rows = ("r,main,1,A,place,,1,0,", "r,main,2,B,place,,2,0,,,turns-back", "r,main,3,C,place,,1,0.1,")
    own = ("x,main,1,A,city,,1,0,", "x,main,2,B,city,,2,0,,r", "x,main,3,Z,city,,3,0,")
    places = followed(waypoints_of(frame(*rows, *own)))
    assert [place.way for place in places if place.feature_id == "x"] == ["", "", ""]


def test_lines_share_their_vertices() -> None:
    rows = ("x,main,1,A,city,,0,0,", "x,main,2,D,city,,0.3,0.1,,railway")
    places = followed(waypoints_of(frame(*RAILWAY, *rows)))
    own, other = (
        build_route([p for p in places if (p.feature_id, p.branch) == (feature_id, "main")])
        for feature_id in ("x", "railway")
    )
    assert own.equals_exact(other)


def test_what_comes_in_stands_under_the_place_that_asked_for_it() -> None:
    rows = ("x,main,1,A,city,,0,0,", "x,main,2,C,city,,0.2,0,,railway")
    places = followed(waypoints_of(frame(*RAILWAY, *rows)))
    (between,) = [place for place in places if place.feature_id == "x" and place.name == "B"]
    assert (between.branch, between.seq, between.follows, between.kind) == ("main", 2, "railway", "station")


def test_a_line_may_follow_one_that_follows() -> None:
    first = ("w,main,1,B,city,,0.1,0.1,", "w,main,2,D,city,,0.3,0.1,,railway", "w,main,3,E,city,,0.4,0.1,")
    second = ("x,main,1,C,city,,0.2,0,", "x,main,2,E,city,,0.4,0.1,,w")
    assert names(*first, *second) == ["C", "D", "E"]


def test_of_a_place_that_occurs_twice_the_nearest_is_taken() -> None:
    loop = (
        *("y,main,1,P,port,,1,1,", "y,main,2,Q,sea-point,,1.1,1,", "y,main,3,R,port,,1.2,1.2,"),
        *("y,main,4,Q,sea-point,,1.1,1,", "y,main,5,S,port,,1.2,1,"),
    )
    assert names(*loop, "x,main,1,Q,sea-point,,1.1,1,", "x,main,2,S,port,,1.2,1,,y") == ["Q", "S"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["x,main,1,A,city,,0,0,,railway", "x,main,2,B,city,,0.1,0.1,"],
            "x, branch main, seq 1: it follows railway, but no place stands before it",
        ),
        (
            ["x,main,1,A,city,,0,0,", "x,main,2,D,city,,0.3,0.1,,road"],
            "x, branch main, seq 2: road, which it follows, is no line",
        ),
        (
            ["x,main,1,A,city,,0,0,", "x,main,2,D,city,,0.3,0.1,,railway/other"],
            "x, branch main, seq 2: railway/other, which it follows, is no line",
        ),
        (
            ["x,main,1,A,city,,0,0,", "x,main,2,Z,city,,0.3,0.1,,railway"],
            "x, branch main, seq 2: Z is no place of railway",
        ),
        (
            ["x,main,1,A,city,,0,0,", "x,main,2,S,city,,0.2,-0.2,,railway"],
            "x, branch main, seq 2: S is no place of railway",
        ),
        (
            ["x,main,1,A,city,,0,0,", "x,main,2,D,city,,0.3,0.2,,railway"],
            "x, branch main, seq 2: D stands at 0.3 0.2, but on railway, which is followed there, at 0.3 0.1",
        ),
        (
            [
                *("x,main,1,A,city,,0,0,", "x,main,2,D,city,,0.3,0.1,,y"),
                *("y,main,1,A,city,,0,0,", "y,main,2,D,city,,0.3,0.1,,x"),
            ],
            "it follows x, which follows it in turn (x/main > y/main > x/main)",
        ),
        (
            ["x,main,1,A,city,,0,0,", "x,main,2,D,city,,0.3,0.1,,x"],
            "it follows x, which follows it in turn (x/main > x/main)",
        ),
    ],
)
def test_a_line_that_cannot_be_followed_is_named(rows: list[str], message: str) -> None:
    with pytest.raises(WaypointError) as caught:
        followed(waypoints_of(frame(*RAILWAY, *rows)))
    assert message in str(caught.value)
