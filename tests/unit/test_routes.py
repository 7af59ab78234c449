"""Lines are built from waypoints: along geodesics, split at the antimeridian, one part a branch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString

from bri_map.data.geometry import feature_collection_text
from bri_map.data.routes import (
    LINE_DECIMALS,
    MAX_STEP_KM,
    Placed,
    build_route,
    build_routes,
    line_feature,
)
from bri_map.data.tables import LINE
from bri_map.data.waypoints import Waypoint, WaypointError, waypoints_of
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.domain.layer import LayerId
from bri_map.errors import DataError
from bri_map.geo.geodesic import length_km

GEOD = Geod(ellps="WGS84")


def stops(*positions: tuple[float, float], branch: str = "main", feature_id: str = "line") -> list[Waypoint]:
    return [
        Waypoint(feature_id, branch, seq, f"Stop {seq}", "city", "", lon, lat, "")
        for seq, (lon, lat) in enumerate(positions, 1)
    ]


def geodesic_km(positions: Sequence[tuple[float, float]]) -> float:
    return sum(GEOD.inv(*a, *b)[2] for a, b in pairwise(positions)) / 1000


def test_a_short_leg_keeps_its_two_positions() -> None:
    route = build_route(stops((102.7, 25.0), (102.8, 25.1)))
    assert [list(part.coords) for part in route.geoms] == [[(102.7, 25.0), (102.8, 25.1)]]


def test_a_long_leg_follows_the_geodesic() -> None:
    zhengzhou, luxembourg = (113.84, 34.52), (6.21, 49.63)
    route = build_route(stops(zhengzhou, luxembourg))
    assert max(lat for _, lat in route.geoms[0].coords) > 58
    assert length_km(route) == pytest.approx(geodesic_km([zhengzhou, luxembourg]), rel=1e-4)


def test_no_step_is_longer_than_the_limit() -> None:
    route = build_route(stops((3.0, 51.0), (100.0, 70.0), (113.0, -30.0)))
    steps = [GEOD.inv(*a, *b)[2] / 1000 for part in route.geoms for a, b in pairwise(part.coords)]
    assert max(steps) <= MAX_STEP_KM + 0.05


@pytest.mark.parametrize("lat", [0.0, 30.0, 50.0, 60.0, 70.0])
def test_a_step_of_the_longest_length_stays_near_the_geodesic(lat: float) -> None:
    """The promise behind MAX_STEP_KM: half-way, a straight piece is less than 200 m off."""
    for azimuth in range(0, 360, 15):
        lon2, lat2, _ = GEOD.fwd(10.0, lat, azimuth, MAX_STEP_KM * 1000)
        middle = GEOD.npts(10.0, lat, lon2, lat2, 1)[0]
        off = GEOD.inv(*middle, (10.0 + lon2) / 2, (lat + lat2) / 2)[2]
        assert off < 200


def test_each_branch_is_a_part() -> None:
    trunk = stops((10.0, 50.0), (10.2, 50.1))
    spur = stops((10.2, 50.1), (10.4, 50.0), branch="spur")
    assert len(build_route([*trunk, *spur]).geoms) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_a_line_over_the_antimeridian_is_split(order: int) -> None:
    route = build_route(stops(*[(178.0, -17.0), (-178.0, -15.0)][::order]))
    west, east = sorted(route.geoms, key=lambda part: part.bounds[0])
    assert (west.bounds[0], east.bounds[2]) == (-180.0, 180.0)
    assert west.bounds[2] == -178.0
    assert east.bounds[0] == 178.0
    for part in route.geoms:
        assert all(abs(b[0] - a[0]) < 180 for a, b in pairwise(part.coords))
    edge = {lat for part in route.geoms for lon, lat in part.coords if abs(lon) == 180.0}
    assert len(edge) == 1
    assert -17.0 < edge.pop() < -15.0


def test_a_stop_on_the_antimeridian_leaves_no_point_part() -> None:
    for edge in (180.0, -180.0):
        route = build_route(stops((179.5, 10.0), (edge, 10.0), (-179.5, 10.0)))
        assert len(route.geoms) == 2
        assert all(part.length > 0 for part in route.geoms)
        assert length_km(route) == pytest.approx(geodesic_km([(179.5, 10.0), (-179.5, 10.0)]), rel=1e-3)


def test_a_branch_without_length_is_named() -> None:
    with pytest.raises(WaypointError, match="line, branch main: it has no length"):
        build_route(stops((1.0, 1.0), (1.0, 1.00001)))
    with pytest.raises(WaypointError, match="needs waypoints"):
        build_route([])


lons = st.floats(-180, 180, allow_nan=False)
lats = st.floats(-85, 85, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(lons, lats), min_size=2, max_size=5))
def test_any_line_keeps_its_length_and_stays_in_the_world(positions: list[tuple[float, float]]) -> None:
    legs = [geodesic_km([a, b]) for a, b in pairwise(positions)]
    assume(all(1 < leg < 19_000 for leg in legs))
    route = build_route(stops(*positions))
    # Over the antimeridian the cut lies on a straight piece, so the way is a trifle longer near a pole.
    assert length_km(route) == pytest.approx(sum(legs), rel=2e-3, abs=0.1)
    for part in route.geoms:
        west, south, east, north = part.bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        assert all(abs(b[0] - a[0]) <= 180 for a, b in pairwise(part.coords))
        assert all(round(v, LINE_DECIMALS) == v for position in part.coords for v in position)


def test_length_is_geodesic_kilometres() -> None:
    assert length_km(LineString([(0, 0), (1, 0)])) == pytest.approx(111.32, abs=0.01)


def frame(*rows: str) -> pd.DataFrame:
    """Give rows of the table of waypoints, each written as in the file; the first stands on line 2.

    Cells at the end may be left out.
    """
    names = WAYPOINTS.column_names
    cells = [dict.fromkeys(names, "") | dict(zip(names, row.split(","), strict=False)) for row in rows]
    return pd.DataFrame([cell | {LINE: number} for number, cell in enumerate(cells, 2)])


def test_rows_are_sorted_within_their_branch() -> None:
    waypoints = waypoints_of(
        frame(
            "b,spur,1,P,city,,3,4,",
            "b,spur,2,Q,city,,5,6,",
            "a,main,2,Y,port,KEN,1.5,2,n",
            "a,main,1,X,city,,0,1,",
        )
    )
    assert [(w.feature_id, w.name) for w in waypoints] == [("a", "X"), ("a", "Y"), ("b", "P"), ("b", "Q")]
    assert waypoints[1] == Waypoint("a", "main", 2, "Y", "port", "KEN", 1.5, 2.0, "n")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["a,main,1,,city,,0,1,"], "geo/waypoints.csv:2: name is empty"),
        (["a,main,1,X,village,,0,1,"], "geo/waypoints.csv:2: kind 'village' is not one of"),
        (["a,main,1,X,city,,0,1,,,bent"], "geo/waypoints.csv:2: way 'bent' is not one of"),
        (["a,main,one,X,city,,0,1,"], "geo/waypoints.csv:2: seq 'one' is not a whole number"),
        (["a,main,1,X,city,,200,1,"], "geo/waypoints.csv:2: lon '200' is not a number from -180 to 180"),
        (["a,main,1,X,city,,0,nan,"], "geo/waypoints.csv:2: lat 'nan' is not a number from -90 to 90"),
        (["a,main,1,X,city,,0,1,"], "a, branch main: a line needs two waypoints"),
        (
            ["a,main,1,X,city,,0,1,", "a,main,3,Y,city,,1,1,"],
            "a, branch main: seq 3 stands where 2 belongs",
        ),
        (
            ["a,main,1,X,city,,0,1,", "a,main,1,Y,city,,1,1,"],
            "a, branch main: seq 1 stands where 2 belongs",
        ),
    ],
)
def test_a_bad_row_is_named(rows: list[str], message: str) -> None:
    with pytest.raises(WaypointError) as caught:
        waypoints_of(frame(*rows))
    assert message in str(caught.value)


def test_a_fault_of_waypoints_has_one_parent() -> None:
    assert WaypointError.__bases__ == (DataError,)


WAYPOINT_ROWS = (
    "cable,main,1,X,port,,0,1,",
    "cable,main,2,Y,port,,0.2,1,",
    "railway,main,1,P,station,,9,9,",
    "railway,main,2,Q,station,,9.1,9,",
)
PLACED: dict[LayerId, Placed] = {
    "parks": Placed({"park"}, {"park"}),
    "projects": Placed({"cable", "dam"}, {"dam"}),
    "rail": Placed({"railway"}),
    "corridors": Placed(),
}
"""One park, one project that is a line and one that is a point, one rail route."""


def test_lines_are_built_and_points_stay() -> None:
    built = build_routes(waypoints_of(frame(*WAYPOINT_ROWS)), PLACED)
    assert {layer: set(lines) for layer, lines in built.items()} == {
        "parks": set(),
        "projects": {"cable"},
        "rail": {"railway"},
        "corridors": set(),
    }
    assert line_feature("cable", built["projects"]["cable"])["geometry"] == {
        "type": "MultiLineString",
        "coordinates": [[[0.0, 1.0], [0.2, 1.0]]],
    }


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("lost", "lost is no feature of any layer"),
        ("dam", "dam is a point in projects.geojson"),
        ("park", "park is a point in parks.geojson"),
    ],
)
def test_waypoints_that_fit_no_line_are_named(new: str, message: str) -> None:
    rows = [row.replace("railway", new) for row in WAYPOINT_ROWS]
    with pytest.raises(WaypointError, match=message):
        build_routes(waypoints_of(frame(*rows)), PLACED)


def test_a_line_without_waypoints_is_named() -> None:
    placed = PLACED | {"projects": Placed({"cable", "dam"}, {"dam"}, {"cable"})}
    with pytest.raises(WaypointError, match="the line cable has no waypoints"):
        build_routes(waypoints_of(frame(*WAYPOINT_ROWS[2:])), placed)


def test_features_are_written_one_a_line_sorted_by_id() -> None:
    features = [{"type": "Feature", "id": i, "geometry": None, "properties": {"n": "é"}} for i in ("b", "a")]
    assert feature_collection_text(features).splitlines() == [
        '{"type":"FeatureCollection","features":[',
        '{"type":"Feature","id":"a","geometry":null,"properties":{"n":"é"}},',
        '{"type":"Feature","id":"b","geometry":null,"properties":{"n":"é"}}',
        "]}",
    ]
