"""Where countries lie, from the basemap: what a point is in, what a line crosses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from bri_map.geo.topology import Territory, Topology, read_topology

_GEOD = Geod(ellps="WGS84")
_DEGREE_KM = 111.2


class Territories:
    """Countries as polygons in EPSG:4326, longitude first; Natural Earth, 1:50 million.

    Args:
        basemap: Folder of the basemap.
    """

    def __init__(self, basemap: Path) -> None:
        topology = read_topology(basemap / "countries-50m.json")
        self._shapes: list[tuple[str, BaseGeometry]] = [
            (territory.key, shape)
            for territory in topology.territories
            for shape in [_shape(topology, territory)]
            if shape is not None
        ]
        self._tree = shapely.STRtree([shape for _, shape in self._shapes])

    def known(self) -> set[str]:
        """Give the codes of the countries that have a polygon, ISO 3166-1 alpha-3."""
        return {key for key, _ in self._shapes}

    def distances_km(self, point: Point, reach_km: float) -> dict[str, float]:
        """Give the countries within reach of a point with their geodesic distance, 0 inside."""
        pad = reach_km / (_DEGREE_KM * max(0.05, np.cos(np.radians(point.y))))
        box = shapely.box(point.x - pad, point.y - pad, point.x + pad, point.y + pad)
        result: dict[str, float] = {}
        for i in self._tree.query(box):
            key, shape = self._shapes[i]
            near, _ = nearest_points(shape, point)
            km = abs(_GEOD.inv(near.x, near.y, point.x, point.y)[2]) / 1000
            if km <= reach_km:
                result[key] = min(km, result.get(key, km))
        return result

    def crossed_km(self, line: BaseGeometry) -> dict[str, float]:
        """Give the countries on whose land a line lies, with the geodesic length of that part."""
        result: dict[str, float] = {}
        for i in self._tree.query(line, predicate="intersects"):
            key, shape = self._shapes[i]
            pieces = shapely.get_parts(shapely.intersection(line, shape))
            km = sum(_GEOD.geometry_length(part) for part in pieces if isinstance(part, LineString)) / 1000
            result[key] = result.get(key, 0.0) + km
        return result

    def distance_km(self, line: BaseGeometry, country: str) -> float:
        """Give the distance of a geometry to a country, about, in kilometres; infinite if unknown."""
        shapes = [shape for key, shape in self._shapes if key == country]
        if not shapes:
            return float("inf")
        a, b = min(
            (nearest_points(shape, line) for shape in shapes), key=lambda pair: pair[0].distance(pair[1])
        )
        return abs(float(_GEOD.inv(a.x, a.y, b.x, b.y)[2])) / 1000


def _shape(topology: Topology, territory: Territory) -> BaseGeometry | None:
    polygons = [
        translate(polygon, xoff=by)
        for rings in territory.polygons
        for polygon in [Polygon(*_rings(topology, rings))]
        for by in (-360.0, 0.0, 360.0)
        if polygon.bounds[0] + by < 180 and polygon.bounds[2] + by > -180
    ]
    return shapely.make_valid(MultiPolygon(polygons)) if polygons else None


def _rings(
    topology: Topology, rings: tuple[tuple[int, ...], ...]
) -> tuple[npt.NDArray[np.float64], list[npt.NDArray[np.float64]]]:
    """Give exterior and holes in degrees; a ring over the antimeridian goes on beyond 180."""
    shell, *holes = (
        np.vstack([topology.arcs[arc] if arc >= 0 else topology.arcs[~arc][::-1] for arc in ring])
        for ring in rings
    )
    unwrapped = np.column_stack([np.unwrap(shell[:, 0], period=360), shell[:, 1]])
    return (unwrapped if abs(unwrapped[0, 0] - unwrapped[-1, 0]) < 1 else shell), holes
