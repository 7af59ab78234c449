"""What lies where: boxes and areas at the edges of the world, distances against brute force."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from pyproj import Geod

import bri_map
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.place import Area, BBox
from bri_map.errors import FeatureNotFoundError, FilterError
from bri_map.query.spatial import SpatialIndex
from tests.builders import Root, lines, point

GEOD = Geod(ellps="WGS84")
POINT, LINE = shapely.Point, shapely.LineString
TOLERANCE = 0.005


def index(*geometries: Any) -> SpatialIndex:
    """Index some geometries."""
    return SpatialIndex(np.array([*geometries, None], dtype=object)[:-1])


class TestBBox:
    PLACES = index(
        POINT(179, 0),
        POINT(-179, 0),
        POINT(180, 0),
        POINT(-180, 0),
        POINT(0, 0),
        shapely.MultiLineString([[(175, 0), (180, 0)], [(-180, 0), (-175, 0)]]),
        LINE([(-20, -20), (20, 20)]),
        POINT(0, 90),
    )

    @pytest.mark.parametrize(
        ("box", "found"),
        [
            ((178, -5, -178, 5), [0, 1, 2, 3, 5]),
            ((170, -5, 180, 5), [0, 2, 3, 5]),
            ((-180, -5, -178, 5), [1, 2, 3, 5]),
            ((176, -5, 177, 5), [5]),
            ((-177, -5, -176, 5), [5]),
            ((-1, -1, 1, 1), [4, 6]),
            ((5, 5, 6, 6), [6]),
            ((5, 7, 6, 8), []),
            ((0, 0, 1, 1), [4, 6]),
            ((-180, -90, 180, 90), list(range(8))),
            ((10, -90, 9.9999, 90), list(range(8))),
            ((-180, 85, 180, 90), [7]),
        ],
        ids=str,
    )
    def test_what_lies_in_a_box(self, box: tuple[float, ...], found: list[int]) -> None:
        assert self.PLACES.in_bbox(BBox(*box)).nonzero()[0].tolist() == found

    def test_nothing_lies_nowhere(self) -> None:
        empty = index()
        assert empty.in_bbox(BBox(0, 0, 1, 1)).tolist() == []
        assert empty.in_area(Area(((0, 0), (1, 0), (1, 1)))).tolist() == []
        assert empty.within_km(POINT(0, 0), 10).tolist() == []
        assert empty.within_km(LINE([(0, 0), (1, 1)]), 10).tolist() == []

    def test_what_has_no_geometry_lies_nowhere(self) -> None:
        places = index(None, POINT(0, 0))
        assert places.in_bbox(BBox(-180, -90, 180, 90)).tolist() == [False, True]
        assert places.within_km(POINT(0, 0), 20_000).tolist() == [False, True]


class TestArea:
    PLACES = index(
        POINT(179, 0.5),
        POINT(-179, 0.5),
        POINT(90, 0),
        LINE([(150, 1), (160, 1)]),
        POINT(10, 86),
        POINT(0, 90),
    )

    @pytest.mark.parametrize(
        ("corners", "found"),
        [
            (((170, -5), (190, -5), (190, 5), (170, 5)), [0, 1]),
            (((-190, -5), (-170, -5), (-170, 5), (-190, 5)), [0, 1]),
            (((-180, -5), (-178, -5), (-179, 5)), [1]),
            (((155, 0), (156, 0), (155.5, 5)), [3]),
            (((-180, 85), (180, 85), (180, 90), (-180, 90)), [4, 5]),
            (((80, -10), (100, 10), (100, -10), (80, 10)), [2]),
            (((0, 0), (0.001, 0), (0, 0.001)), []),
        ],
        ids=str,
    )
    def test_what_lies_in_an_area(self, corners: Any, found: list[int]) -> None:
        assert self.PLACES.in_area(Area(corners)).nonzero()[0].tolist() == found

    def test_sides_are_straight_on_the_map(self) -> None:
        """From 60 E 20 N to 120 E 60 N the map's straight line passes 90 E at 43.2 N, not at 40 N."""
        area = Area(((60, 20), (120, 20), (120, 60)))
        assert index(POINT(90, 42), POINT(90, 44)).in_area(area).tolist() == [True, False]

    def test_of_a_side_that_crosses_another_what_lies_between_counts(self) -> None:
        bow = Area(((0, 0), (10, 10), (10, 0), (0, 10)))
        places = index(POINT(1, 5), POINT(9, 5), POINT(5, 9), POINT(5, 1), POINT(5, 5))
        assert places.in_area(bow).tolist()[:4] == [True, True, False, False]


def dense(geometry: shapely.Geometry, km: float = 1.0) -> npt.NDArray[np.float64]:
    """Give places along a geometry, no farther apart than that."""
    found = []
    for part in shapely.get_parts(geometry):
        xy = shapely.get_coordinates(part)
        found += xy.tolist()
        for (x, y), (to_x, to_y) in pairwise(xy):
            count = math.ceil(GEOD.inv(x, y, to_x, to_y)[2] / 1000 / km)
            found += GEOD.npts(x, y, to_x, to_y, count)
    return np.array(found)


def brute_km(a: shapely.Geometry, b: shapely.Geometry) -> float:
    """Give the distance of two geometries by trying all pairs of places along them."""
    p, q = dense(a), dense(b)
    i, j = np.meshgrid(np.arange(len(p)), np.arange(len(q)))
    metres = GEOD.inv(*p[i.ravel()].T, *q[j.ravel()].T)[2]
    return float(metres.min()) / 1000


def draw(rng: np.random.Generator, kind: str, centre: tuple[float, float], spread: float) -> shapely.Geometry:
    """Draw a point or a line around a place."""
    steps = 1 if kind == "point" else 4
    lonlat = (
        np.array(centre) + rng.normal(0, spread, (1, 2)) + rng.normal(0, spread / 4, (steps, 2)).cumsum(0)
    )
    lonlat[:, 1] = np.clip(lonlat[:, 1], -89, 89)
    if kind == "point":
        return shapely.Point((lonlat[0, 0] + 180) % 360 - 180, lonlat[0, 1])
    return shapely.LineString(lonlat)


class TestDistance:
    @pytest.mark.parametrize("kinds", [("point", "line"), ("line", "point"), ("line", "line")], ids=str)
    @pytest.mark.parametrize("centre", [(0, 0), (100, 35), (60, 68), (-70, -50), (20, 86)], ids=str)
    @pytest.mark.parametrize("spread", [0.3, 3.0])
    def test_it_is_that_of_brute_force(
        self, kinds: tuple[str, str], centre: tuple[float, float], spread: float
    ) -> None:
        rng = np.random.default_rng(7)
        for _ in range(4):
            a, b = (draw(rng, kind, centre, spread) for kind in kinds)
            expected = brute_km(a, b)
            (found,) = index(a).distances_km(b, 20_000)
            assert found == pytest.approx(expected, rel=TOLERANCE, abs=0.6)
            assert index(a).within_km(b, expected * 1.005 + 0.7).all()
            assert not index(a).within_km(b, max(0.1, expected * 0.995 - 0.7)).any() or expected < 0.8

    def test_two_points_have_their_geodesic_distance(self) -> None:
        rng = np.random.default_rng(3)
        lonlat = np.column_stack([rng.uniform(-180, 180, 300), rng.uniform(-90, 90, 300)])
        places = SpatialIndex(shapely.points(lonlat))
        for lon, lat in [(0, 0), (179.9, 10), (-120, 89.9), (33, -90)]:
            metres = GEOD.inv(np.full(300, lon), np.full(300, lat), *lonlat.T)[2]
            assert places.distances_km(POINT(lon, lat), 20_004) == pytest.approx(metres / 1000, rel=1e-6)
            for km in (500.0, 5000.0, 12_000.0, 16_000.0, 19_900.0):
                assert (places.within_km(POINT(lon, lat), km) == (metres / 1000 <= km)).all()

    def test_lines_that_cross_or_touch_have_none(self) -> None:
        cross = index(LINE([(0, -1), (0, 1)]), LINE([(1, 0), (2, 0)]), LINE([(-3, 0), (-1, 0)]))
        assert cross.distances_km(LINE([(-1, 0), (1, 0)]), 10) == pytest.approx([0, 0, 0], abs=1e-6)

    def test_the_antimeridian_is_no_border(self) -> None:
        line = shapely.MultiLineString([[(179, 0), (180, 0)], [(-180, 0), (-179, 0)]])
        km = GEOD.inv(180, 0, 180, 1)[2] / 1000
        for lon in (180, -180, 179.5, -179.5):
            assert index(POINT(lon, 1)).distances_km(line, 200)[0] == pytest.approx(km, rel=1e-3)
            assert index(line).distances_km(POINT(lon, 1), 200)[0] == pytest.approx(km, rel=1e-3)
        assert index(POINT(-179.9, 0)).within_km(POINT(179.9, 0), 23).all()

    def test_a_pole_is_no_end(self) -> None:
        assert index(POINT(0, 89.5)).distances_km(POINT(180, 89.5), 200)[0] == pytest.approx(111.7, abs=0.1)
        assert index(LINE([(-90, 89), (-90, 85)])).within_km(POINT(90, 89), 224).all()
        assert not index(LINE([(-90, 89), (-90, 85)])).within_km(POINT(90, 89), 223).any()

    def test_what_lies_farther_is_infinite(self) -> None:
        found = index(POINT(0, 0), POINT(0, 1), LINE([(0, 1), (0, 2)])).distances_km(POINT(0, 0), 50)
        assert found.tolist() == [0, math.inf, math.inf]

    def test_a_line_of_one_place_is_a_point(self) -> None:
        line = LINE([(10, 10), (10, 10)])
        assert index(POINT(10, 11)).distances_km(line, 200)[0] == pytest.approx(110.6, abs=0.1)
        assert index(line).distances_km(POINT(10, 11), 200)[0] == pytest.approx(110.6, abs=0.1)

    def test_lengths_are_geodesic(self) -> None:
        line = shapely.MultiLineString([[(100, 20), (101, 21), (103, 21)], [(0, 0), (0, 1)]])
        found = index(POINT(0, 0), line).lengths_km()
        assert found == pytest.approx([0, GEOD.geometry_length(line) / 1000], rel=1e-9)


class TestNeighbours:
    def test_the_nearest_come_first_and_a_feature_is_not_its_own(self, small_catalog: Catalog) -> None:
        found = small_catalog.near("lao-farm", 500)
        assert [n.id for n in found][:3] == ["mekong-cable", "nam-dam", "southern-corridor"]
        assert [n.km for n in found] == sorted(n.km for n in found)
        metres = GEOD.inv(102.6, 18.0, 102.1234, 19.5)[2]
        assert found[1].km == pytest.approx(metres / 1000)

    def test_near_a_place_with_a_filter(self, small_catalog: Catalog) -> None:
        found = small_catalog.near((102.6, 18.0), 500, Filter(layer={"parks"}))
        assert [(n.id, n.km) for n in found] == [("lao-farm", 0.0)]

    @pytest.mark.parametrize(
        ("kind", "count", "found"),
        [
            ("rail", 1, ["lao-line"]),
            ("rail", 9, ["lao-line", "thai-express"]),
            ("energy-utilities", 2, ["nam-dam"]),
            ("parks", 1, ["rayong-zone"]),
            ("parks", 2, ["rayong-zone", "fiji-zone"]),
            ("parks", 0, []),
        ],
    )
    def test_the_nearest_of_a_kind(
        self, kind: str, count: int, found: list[str], small_catalog: Catalog
    ) -> None:
        assert [n.id for n in small_catalog.nearest("lao-farm", kind, count)] == found

    def test_what_does_not_exist(self, small_catalog: Catalog) -> None:
        with pytest.raises(FeatureNotFoundError, match="nobody"):
            small_catalog.near("nobody", 10)
        with pytest.raises(FeatureNotFoundError, match="nobody"):
            small_catalog.nearest("nobody", "rail")
        for kind in ("harbours", "unknown", ""):
            with pytest.raises(FilterError, match="Unknown layer or kind"):
                small_catalog.nearest("lao-farm", kind)

    def test_a_filter_may_name_a_feature(self, small_catalog: Catalog) -> None:
        wanted, _ = Filter.from_params({"near": ["lao-farm,40"]}, small_catalog.known())
        assert small_catalog.select(wanted).ids == ["mekong-cable", "lao-farm"]

    def test_a_retired_id_stands_for_its_successor(self, small: Root, tmp_path: Any) -> None:
        gone = {"layer": "parks", "retired": "2031"}
        small.tables["retired"] = [
            {"id": "old-farm", "reason": "It was renamed.", "successor_id": "lao-farm"} | gone,
            {"id": "gone", "reason": "It is gone.", "successor_id": ""} | gone,
        ]
        small.sort("retired")
        catalog = bri_map.load(small.write(tmp_path))
        near, left_out = Filter.from_params({"near": ["old-farm,40"]}, catalog.known())
        assert (near.to_params(), left_out) == ({"near": ["lao-farm,40"]}, [])
        asked = catalog.select(Filter(near=bri_map.Near("old-farm", 40)))
        assert asked.filter == near
        assert asked.ids == ["mekong-cable", "lao-farm"]
        _, left_out = Filter.from_params({"near": ["gone,40"]}, catalog.known())
        assert left_out == [("near", "gone,40")]
        with pytest.raises(FilterError, match="retired on 2031: It is gone"):
            catalog.select(Filter(near=bri_map.Near("gone", 40)))

    def test_an_unknown_id_is_refused_with_a_suggestion(self, small_catalog: Catalog) -> None:
        with pytest.raises(FilterError, match=r"'lao-frm'\. Did you mean 'lao-farm'\?"):
            small_catalog.select(Filter(near=bri_map.Near("lao-frm", 40)))


def test_boxes_see_lines_across_the_antimeridian(small_catalog: Catalog) -> None:
    assert small_catalog.select(Filter(bbox=BBox(179.7, -20, 179.9, -10))).ids == ["pacific-route"]
    assert small_catalog.select(Filter(bbox=BBox(-179.9, -20, -179.8, -10))).ids == ["pacific-route"]
    crossing = small_catalog.select(Filter(bbox=BBox(178.2, -20, -179, -10)))
    assert crossing.ids == ["pacific-route", "fiji-zone"]


def test_only_lines_cross_a_country(small: Root, tmp_path: Any) -> None:
    small.geometry["projects"]["mekong-cable"] = point(102.6, 17.9)
    small.geometry["projects"]["nam-dam"] = lines([[102.1, 19.5], [102.2, 19.6]])
    catalog = bri_map.load(small.write(tmp_path))
    assert set(catalog.select(Filter(crosses={"LAO"})).ids) == {"southern-corridor", "lao-line", "nam-dam"}
    assert catalog.facets(Filter(layer={"parks"}))["crosses"]["LAO"] == 0
