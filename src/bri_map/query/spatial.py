"""Which features lie in a box or an area, or within a distance."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from bri_map.domain.place import Area, BBox
from bri_map.geo.geodesic import (
    MARGIN,
    RADIUS_KM,
    Arcs,
    Caps,
    ellipsoid_km,
    nearest_km,
    unit_vectors,
)
from bri_map.geo.mercator import is_located, plane

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_FAR_KM = 15_000.0
"""Beyond it, near the other end of the world, the sphere says too little."""


class SpatialIndex:
    """The geometry of all features, ready for questions; every part is built when first asked for.

    Most features are points. A pass over their coordinates answers faster than a tree; lines have one.

    Args:
        geometries: Points and lines in EPSG:4326, in the catalog's order.
    """

    def __init__(self, geometries: npt.NDArray[np.object_]) -> None:
        self._geometries = geometries
        dimensions = shapely.get_dimensions(geometries)
        self._points = np.flatnonzero(dimensions == 0)
        self._lines = np.flatnonzero(dimensions == 1)

    @cached_property
    def is_located(self) -> Mask:
        """Which features have a place that a map can show."""
        return is_located(self._geometries)

    @cached_property
    def _lonlat(self) -> Floats:
        lonlat: Floats = shapely.get_coordinates(self._geometries[self._points])
        return lonlat

    @cached_property
    def _columns(self) -> tuple[Floats, Floats]:
        return np.ascontiguousarray(self._lonlat[:, 0]), np.ascontiguousarray(self._lonlat[:, 1])

    @cached_property
    def _vectors(self) -> Floats:
        return unit_vectors(self._lonlat)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._geometries[self._lines])

    @cached_property
    def _mercator_tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.transform(self._geometries[self._lines], plane))

    @cached_property
    def _arcs(self) -> Arcs:
        return Arcs.of(self._geometries[self._lines])

    @cached_property
    def _caps(self) -> Caps:
        return Caps.of(self._arcs, len(self._lines))

    def in_bbox(self, bbox: BBox) -> Mask:
        """Tell which features lie in a box or touch it."""
        result = np.zeros(len(self._geometries), dtype=bool)
        west, south, east, north = bbox.unwrapped
        lon, lat = self._columns
        across = np.zeros(len(lon), dtype=bool)
        for by in _copies(west, east):
            across |= (lon >= west + by) & (lon <= east + by)
            box = shapely.box(west + by, south, east + by, north)
            result[self._lines[self._tree.query(box, predicate="intersects")]] = True
        result[self._points] = across & (lat >= south) & (lat <= north)
        return result

    def in_area(self, area: Area) -> Mask:
        """Tell which features lie in an area or touch it; sides are straight on a Mercator map."""
        result = np.zeros(len(self._geometries), dtype=bool)
        corners = np.array(area.corners)
        west, south = corners.min(axis=0)
        east, north = corners.max(axis=0)
        lon, lat = self._columns
        for by in _copies(west, east):
            polygon = shapely.make_valid(shapely.Polygon(plane(corners + np.array([by, 0.0]))))
            shapely.prepare(polygon)
            near = (lon >= west + by) & (lon <= east + by) & (lat >= south) & (lat <= north)
            there = np.flatnonzero(near)
            x, y = plane(self._lonlat[there]).T
            result[self._points[there[shapely.intersects_xy(polygon, x, y)]]] = True
            result[self._lines[self._mercator_tree.query(polygon, predicate="intersects")]] = True
        return result

    def lengths_km(self) -> Floats:
        """Give the geodesic length of every feature in kilometres, 0 for a point."""
        sides = ellipsoid_km(self._arcs.start, self._arcs.end)
        result = np.zeros(len(self._geometries))
        result[self._lines] = np.bincount(self._arcs.owner, sides, minlength=len(self._lines))
        return result

    def within_km(self, reference: BaseGeometry, km: float) -> Mask:
        """Tell which features lie within a geodesic distance of a geometry.

        Args:
            reference: A point or a line in EPSG:4326.
            km: The distance in kilometres.
        """
        return np.isfinite(self._distances(reference, km, exact=False))

    def distances_km(self, reference: BaseGeometry, km: float) -> Floats:
        """Give the geodesic distances of the features that lie within a distance of a geometry.

        Args:
            reference: A point or a line in EPSG:4326.
            km: The distance in kilometres.

        Returns:
            Kilometres, shape (n,); infinite where a feature lies farther away.
        """
        return self._distances(reference, km, exact=True)

    def _distances(self, reference: BaseGeometry, km: float, *, exact: bool) -> Floats:
        """Give the distances; those that are not `exact` tell only whether they are finite."""
        result = np.full(len(self._geometries), np.inf)
        arcs = Arcs.of(np.array([reference], dtype=object))
        cap = Caps.of(arcs, 1)
        radians = km * MARGIN / RADIUS_KM
        points = np.flatnonzero(self._near(cap, radians))
        if reference.geom_type == "Point":
            if not exact and km < _FAR_KM:
                sure = self._near(cap, km / MARGIN / RADIUS_KM)[points]
                result[self._points[points[sure]]] = 0.0
                points = points[~sure]
            vectors = self._vectors[points]
            result[self._points[points]] = ellipsoid_km(vectors, np.broadcast_to(arcs.start, vectors.shape))
        else:
            vectors = self._vectors[points]
            sides = Arcs(vectors, vectors, np.arange(len(points)))
            result[self._points[points]] = nearest_km(sides, arcs, len(points), radians)
        lines = self._caps.within(cap, radians)
        sides = self._arcs.taken(np.flatnonzero(lines[self._arcs.owner]))
        result[self._lines] = nearest_km(sides, arcs, len(self._lines), radians)
        result[result > km] = np.inf
        return result

    def _near(self, cap: Caps, radians: float) -> Mask:
        reach = float(cap.radius[0]) + radians
        if reach >= np.pi:
            return np.ones(len(self._points), dtype=bool)
        inside: Mask = self._vectors @ cap.centre[0] >= np.cos(reach) - 1e-12
        return inside


def _copies(west: float, east: float) -> list[float]:
    """Say by how many degrees an extent is to be moved to meet longitudes from -180 to 180."""
    return [by for by in (-360.0, 0.0, 360.0) if west + by <= 180 and east + by >= -180]
