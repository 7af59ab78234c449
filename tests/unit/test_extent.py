"""The extent of a geometry, also across the 180th meridian; one function for search, map and files."""

from __future__ import annotations

import pytest
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, box
from shapely.geometry.base import BaseGeometry

from bri_map.geo.extent import extent


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (Point(10, 20), (10, 20, 10, 20)),
        (LineString([(10, 20), (30, -5)]), (10, -5, 30, 20)),
        (MultiLineString([[(170, 1), (180, 2)], [(-180, 2), (-175, 3)]]), (170, 1, -175, 3)),
        (MultiPolygon([box(172, -19, 180, -15), box(-180, -19, -172, -15)]), (172, -19, -172, -15)),
        (MultiPoint([(178, -18), (-179, -17)]), (178, -18, -179, -17)),
        (MultiPoint([(100, 0), (-60, 10)]), (-60, 0, 100, 10)),
        (MultiPoint([(120, 0), (-70, 10)]), (120, 0, -70, 10)),
        (MultiPoint([(-90, 0), (90, 10)]), (-90, 0, 90, 10)),
        (box(-180, -60, 180, 60), (-180, -60, 180, 60)),
        (MultiPolygon([box(-180, -60, 0, 60), box(0, -60, 180, 60)]), (-180, -60, 180, 60)),
        (LineString([(-170, 0), (170, 1)]), (-170, 0, 170, 1)),
    ],
    ids=str,
)
def test_it_is_the_narrowest_box(geometry: BaseGeometry, expected: tuple[float, ...]) -> None:
    assert extent(geometry) == expected


@pytest.mark.parametrize("geometry", [None, Point(), MultiLineString()], ids=str)
def test_without_a_place_there_is_none(geometry: BaseGeometry | None) -> None:
    assert extent(geometry) is None
