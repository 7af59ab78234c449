"""Where countries lie, from the basemap: what a point is in, what a line crosses."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from bri_map.geo.geodesic import Arcs, length_km, nearest_km
from bri_map.geo.topology import Territory, Topology


class Territories:
    """Countries as polygons in EPSG:4326, longitude first.

    A country over the antimeridian is there on both sides of the world.

    Args:
        topology: Their boundaries.
    """

    def __init__(self, topology: Topology) -> None:
        self._shapes: list[tuple[str, BaseGeometry]] = [
            (territory.key, shape)
            for territory in topology.territories
            for shape in [_shape(topology, territory)]
            if shape is not None
        ]
        self._by_key: dict[str, list[BaseGeometry]] = {}
        for key, shape in self._shapes:
            shapely.prepare(shape)
            self._by_key.setdefault(key, []).append(shape)
        self._tree = shapely.STRtree([shape for _, shape in self._shapes])
        self._outline = lru_cache(maxsize=None)(self._outline_of)

    def known(self) -> set[str]:
        """Give the codes of the countries that have a polygon, ISO 3166-1 alpha-3."""
        return set(self._by_key)

    def is_near(self, country: str, lon: float, lat: float, km: float) -> bool:
        """Tell whether a place lies in a country or within a geodesic distance of it.

        Args:
            country: ISO 3166-1 alpha-3; what has no polygon is near nothing.
            lon: Degrees.
            lat: Degrees.
            km: The distance in kilometres.
        """
        shapes = self._by_key.get(country, ())
        if any(shapely.intersects_xy(shape, lon, lat) for shape in shapes):
            return True
        return self.distance_km(shapely.Point(lon, lat), country) <= km

    def crossed_km(self, line: BaseGeometry) -> dict[str, float]:
        """Give the countries on whose land a line lies, with the geodesic length of that part."""
        result: dict[str, float] = {}
        for i in self._tree.query(line):
            key, shape = self._shapes[i]
            if shapely.covers(shape, line):  # the shapes are prepared for these questions
                km = length_km(line)
            elif shapely.intersects(shape, line):
                pieces = shapely.get_parts(shapely.intersection(line, shape))
                km = sum(length_km(part) for part in pieces if isinstance(part, LineString))
            else:
                continue
            result[key] = result.get(key, 0.0) + km
        return result

    def distance_km(self, geometry: BaseGeometry, country: str) -> float:
        """Give the distance of a point or line outside a country to its outline; infinite if unknown."""
        if country not in self._by_key:
            return float("inf")
        arcs = Arcs.of(np.array([geometry], dtype=object))
        return float(nearest_km(arcs, self._outline(country), 1, np.pi)[0])

    def _outline_of(self, country: str) -> Arcs:
        outlines = [line for shape in self._by_key[country] for line in shapely.get_parts(shape.boundary)]
        return Arcs.of(np.array(outlines, dtype=object))


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
