"""Lines are built from waypoints: along geodesics, split at the antimeridian, one part a branch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString

from bri_map.data.routes import (
    LINE_DECIMALS,
    MAX_STEP_KM,
    Waypoint,
    WaypointError,
    build_geometry_files,
    build_route,
    feature_collection_text,
    length_km,
    read_waypoints,
)
from bri_map.errors import DataError

GEOD = Geod(ellps="WGS84")
HEADER = "feature_id,branch,seq,name,kind,country,lon,lat,position_note\n"


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


def write(folder: Path, text: str) -> Path:
    file = folder / "waypoints.csv"
    file.write_text(text, "utf-8")
    return file


def test_rows_are_sorted_within_their_branch(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        HEADER + "b,spur,1,P,city,,3,4,\nb,spur,2,Q,city,,5,6,\na,main,2,Y,port,KEN,1.5,2,n\n"
        "a,main,1,X,city,,0,1,\n",
    )
    waypoints = read_waypoints(file)
    assert [(w.feature_id, w.name) for w in waypoints] == [("a", "X"), ("a", "Y"), ("b", "P"), ("b", "Q")]
    assert waypoints[1] == Waypoint("a", "main", 2, "Y", "port", "KEN", 1.5, 2.0, "n")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a,main,1,X,city,,0\n", "waypoints.csv:2: the row has not 9 cells"),
        ("a,main,1,X,city,,0,1,,extra\n", "waypoints.csv:2: the row has not 9 cells"),
        ("a,main,1,,city,,0,1,\n", "waypoints.csv:2: name is empty"),
        ("a,main,1,X,village,,0,1,\n", "waypoints.csv:2: kind 'village' is not one of"),
        ("a,main,one,X,city,,0,1,\n", "waypoints.csv:2: seq 'one' is not a whole number"),
        ("a,main,1,X,city,,200,1,\n", "waypoints.csv:2: lon '200' is not a number from -180 to 180"),
        ("a,main,1,X,city,,0,nan,\n", "waypoints.csv:2: lat 'nan' is not a number from -90 to 90"),
        ("a,main,1,X,city,,0,1,\n", "a, branch main: a line needs two waypoints"),
        ("a,main,1,X,city,,0,1,\na,main,3,Y,city,,1,1,\n", "a, branch main: seq 3 stands where 2 belongs"),
        ("a,main,1,X,city,,0,1,\na,main,1,Y,city,,1,1,\n", "a, branch main: seq 1 stands where 2 belongs"),
        ('a,main,1,"X,city,,0,1,\n', "is not a CSV file"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(WaypointError) as caught:
        read_waypoints(write(tmp_path, HEADER + rows))
    assert message in str(caught.value)
    assert isinstance(caught.value, DataError)
    assert isinstance(caught.value, ValueError)


def test_a_bad_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WaypointError, match=r"waypoints\.csv cannot be read"):
        read_waypoints(tmp_path / "waypoints.csv")
    with pytest.raises(WaypointError, match="the header is"):
        read_waypoints(write(tmp_path, "feature_id,lat,lon\n"))
    (tmp_path / "waypoints.csv").write_bytes(HEADER.encode() + b"\xff\n")
    with pytest.raises(WaypointError, match="is not UTF-8"):
        read_waypoints(tmp_path / "waypoints.csv")


@pytest.fixture
def geo(tmp_path: Path) -> Path:
    """A data root with one park, one project that is a line and one that is a point, one rail route."""
    folder = tmp_path / "geo"
    folder.mkdir()
    (tmp_path / "data").mkdir()
    ids = {"parks": ["park"], "projects": ["cable", "dam"], "rail": ["railway"], "corridors": []}
    points = {"parks": {"park": [103.66, 10.625]}, "projects": {"dam": [73.6, 33.6]}}
    for layer, own in ids.items():
        (tmp_path / "data" / f"{layer}.csv").write_text("id\n" + "".join(f"{i}\n" for i in own), "utf-8")
        features = [
            {"type": "Feature", "id": i, "geometry": {"type": "Point", "coordinates": c}, "properties": {}}
            for i, c in points.get(layer, {}).items()
        ]
        (folder / f"{layer}.geojson").write_text(feature_collection_text(features), "utf-8")
    write(
        folder,
        HEADER + "cable,main,1,X,port,,0,1,\ncable,main,2,Y,port,,0.2,1,\n"
        "railway,main,1,P,station,,9,9,\nrailway,main,2,Q,station,,9.1,9,\n",
    )
    return folder


def test_lines_are_built_and_points_stay(geo: Path) -> None:
    texts = build_geometry_files(geo)
    assert set(texts) == {"corridors.geojson", "rail.geojson", "projects.geojson", "parks.geojson"}
    assert texts["parks.geojson"] == (geo / "parks.geojson").read_text("utf-8")
    cable, dam = json.loads(texts["projects.geojson"])["features"]
    assert (cable["id"], cable["geometry"]) == (
        "cable",
        {"type": "MultiLineString", "coordinates": [[[0.0, 1.0], [0.2, 1.0]]]},
    )
    assert dam["geometry"] == {"type": "Point", "coordinates": [73.6, 33.6]}
    assert texts["corridors.geojson"] == '{"type":"FeatureCollection","features":[\n\n]}\n'


def test_building_twice_changes_nothing(geo: Path) -> None:
    texts = build_geometry_files(geo)
    for name, text in texts.items():
        (geo / name).write_text(text, "utf-8")
    assert build_geometry_files(geo) == texts


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("railway,", "lost,", "lost is no feature of any layer"),
        ("railway,", "dam,", "dam is a point in projects.geojson"),
        ("railway,", "park,", "park is a point in parks.geojson"),
    ],
)
def test_waypoints_that_fit_no_line_are_named(geo: Path, old: str, new: str, message: str) -> None:
    file = geo / "waypoints.csv"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(WaypointError) as caught:
        build_geometry_files(geo)
    assert message in str(caught.value)


def test_a_line_without_waypoints_is_named(geo: Path) -> None:
    for name, text in build_geometry_files(geo).items():
        (geo / name).write_text(text, "utf-8")
    file = geo / "waypoints.csv"
    kept = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("cable")]
    file.write_text("\n".join(kept) + "\n", "utf-8")
    with pytest.raises(WaypointError, match="the line cable has no waypoints"):
        build_geometry_files(geo)


@pytest.mark.parametrize("text", ["{", "[]", '{"features":[{"id":1,"geometry":{"type":"Point"}}]}'])
def test_a_broken_geometry_file_is_named(geo: Path, text: str) -> None:
    (geo / "rail.geojson").write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"rail\.geojson"):
        build_geometry_files(geo)


def test_missing_files_are_named(geo: Path) -> None:
    (geo.parent / "data" / "rail.csv").unlink()
    with pytest.raises(DataError, match=r"data/rail\.csv cannot be read"):
        build_geometry_files(geo)
    (geo / "corridors.geojson").unlink()
    with pytest.raises(DataError, match=r"corridors\.geojson cannot be read"):
        build_geometry_files(geo)


def test_features_are_written_one_a_line_sorted_by_id() -> None:
    features = [{"type": "Feature", "id": i, "geometry": None, "properties": {"n": "é"}} for i in ("b", "a")]
    assert feature_collection_text(features).splitlines() == [
        '{"type":"FeatureCollection","features":[',
        '{"type":"Feature","id":"a","geometry":null,"properties":{"n":"é"}},',
        '{"type":"Feature","id":"b","geometry":null,"properties":{"n":"é"}}',
        "]}",
    ]
