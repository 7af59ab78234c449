"""Boxes, areas and distances in the plainest Python, point by point and side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

Place = tuple[float, float]
Box = tuple[float, float, float, float]
RADIUS_KM = 6371.0088
STEP_KM = 5.0
"""How far apart the points are by which the distance to a line is taken."""


@dataclass(frozen=True, eq=False)
class Shape:
    """The parts of a point or a line, longitude first."""

    parts: list[list[Place]]

    @cached_property
    def points(self) -> list[Place]:
        """The corners of all parts."""
        return [place for part in self.parts for place in part]

    @cached_property
    def dense(self) -> list[Place]:
        """Points along all parts, at most `STEP_KM` from each other."""
        found = []
        for part in self.parts:
            found.append(part[0])
            for (x, y), (to_x, to_y) in pairwise(part):
                steps = math.ceil(haversine_km((x, y), (to_x, to_y)) / STEP_KM) or 1
                found += [
                    (x + (to_x - x) * i / steps, y + (to_y - y) * i / steps) for i in range(1, steps + 1)
                ]
        return found


def read_shape(geometry: dict[str, Any] | None) -> Shape:
    """Read a geometry of a GeoJSON file; what has none is nowhere."""
    if geometry is None:
        return Shape([])
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Point":
        return Shape([[tuple(coordinates)]])
    parts = coordinates if geometry["type"] == "MultiLineString" else [coordinates]
    return Shape([[tuple(place) for place in part] for part in parts])


def is_in_bbox(shape: Shape, bbox: Box) -> bool:
    """Whether a shape lies in a box or touches it."""
    west, south, east, north = bbox
    if west > east:
        return is_in_bbox(shape, (west, south, 180.0, north)) or is_in_bbox(
            shape, (-180.0, south, east, north)
        )
    if any(west <= x <= east and south <= y <= north for x, y in shape.points):
        return True
    return _any_side_crosses(shape.parts, [(west, south), (east, south), (east, north), (west, north)])


def is_in_area(shape: Shape, corners: tuple[Place, ...]) -> bool:
    """Whether a shape lies in a polygon that is straight on a Mercator map, or touches it."""
    polygon = [_on_map(corner) for corner in corners]
    parts = [[_on_map(place) for place in part] for part in shape.parts]
    return any(_is_inside(place, polygon) for part in parts for place in part) or _any_side_crosses(
        parts, polygon
    )


def km_between(shape: Shape, place: Place) -> float:
    """Give the distance of a shape to a place on a ball, within some kilometres for a line."""
    return min((haversine_km(place, other) for other in shape.dense), default=math.inf)


def haversine_km(a: Place, b: Place) -> float:
    """Give the distance of two places on a ball."""
    lon, lat, to_lon, to_lat = map(math.radians, (*a, *b))
    h = math.sin((to_lat - lat) / 2) ** 2
    h += math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


def _on_map(place: Place) -> Place:
    return place[0], math.degrees(math.log(math.tan(math.pi / 4 + math.radians(place[1]) / 2)))


def _is_inside(place: Place, polygon: list[Place]) -> bool:
    """Cast a ray to the east and count the sides that it meets."""
    x, y = place
    inside = False
    for (x1, y1), (x2, y2) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _any_side_crosses(parts: list[list[Place]], polygon: list[Place]) -> bool:
    sides = list(zip(polygon, [*polygon[1:], polygon[0]], strict=True))
    west, east = min(x for x, _ in polygon), max(x for x, _ in polygon)
    return any(
        max(a[0], b[0]) >= west and min(a[0], b[0]) <= east and any(_cross(a, b, c, d) for c, d in sides)
        for part in parts
        for a, b in pairwise(part)
    )


def _cross(a: Place, b: Place, c: Place, d: Place) -> bool:
    return _turn(a, b, c) != _turn(a, b, d) and _turn(c, d, a) != _turn(c, d, b)


def _turn(a: Place, b: Place, c: Place) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
