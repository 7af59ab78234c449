"""Distances on the globe: the one place where they are measured, many at a time.

Places are unit vectors on a sphere, so that neither the antimeridian nor a pole is special, and a side of a
line is the arc of a great circle. The sphere only finds the two places that are nearest to each other;
their distance is then measured on the ellipsoid, WGS 84.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Position = tuple[float, float]
_GEOD = Geod(ellps="WGS84")
RADIUS_KM = 6371.0088
MARGIN = 1.006
"""Distances on the sphere, of which the latitudes are those of the ellipsoid, are off by less than this."""
CHOICE_MARGIN = 1.011
"""What is nearest on the ellipsoid is nearest on the sphere but for this factor."""
_BLOCK = 2_000_000
_TINY = 1e-7
"""Radians; the angle of two unit vectors from their product is that exact, 60 cm."""


def unit_vectors(lonlat: Floats) -> Floats:
    """Give unit vectors, shape (n, 3), of positions in degrees, shape (n, 2)."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    cos = np.cos(lat)
    return np.column_stack([cos * np.cos(lon), cos * np.sin(lon), np.sin(lat)])


def lonlat_of(vectors: Floats) -> Floats:
    """Give positions in degrees, shape (n, 2), of vectors, shape (n, 3)."""
    lat = np.arctan2(vectors[:, 2], np.hypot(vectors[:, 0], vectors[:, 1]))
    return np.column_stack([np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0])), np.degrees(lat)])


def angles(a: Floats, b: Floats) -> Floats:
    """Give the angles between unit vectors, pair by pair, in radians."""
    chord = np.linalg.norm(a - b, axis=1)
    result: Floats = 2 * np.arcsin(np.clip(chord / 2, 0, 1))
    return result


def ellipsoid_km(a: Floats, b: Floats) -> Floats:
    """Give the geodesic distances between unit vectors, pair by pair, in kilometres."""
    p, q = lonlat_of(a), lonlat_of(b)
    columns: list[Any] = [p[:, 0], p[:, 1], q[:, 0], q[:, 1]]
    if len(p) == 1:  # pyproj takes an array of one for a number, of which NumPy before 2.4 warns
        columns = [column.item() for column in columns]
    metres = _GEOD.inv(*columns)[2]
    return np.atleast_1d(np.asarray(metres, dtype=np.float64)) / 1000


def length_km(line: BaseGeometry) -> float:
    """Give the geodesic length of a line in EPSG:4326, in kilometres."""
    return float(_GEOD.geometry_length(line)) / 1000


def heading_change(start: Position, turn: Position, end: Position) -> tuple[float, float]:
    """Give how far a way turns at a place, in degrees from 0 (straight on) to 180 (back).

    Args:
        start: Where it comes from, longitude and latitude in degrees.
        turn: The place.
        end: Where it goes.

    Returns:
        The turn, and the length of the shorter of the two legs in kilometres.
    """
    _, back, first = _GEOD.inv(*start, *turn)
    ahead, _, second = _GEOD.inv(*turn, *end)
    return abs((ahead - back) % 360.0 - 180.0), min(first, second) / 1000


def km_between(a: Position, b: Position) -> float:
    """Give the geodesic distance of two places in degrees, longitude first, in kilometres."""
    return float(_GEOD.inv(a[0], a[1], b[0], b[1])[2]) / 1000


def steps_between(start: Position, end: Position, longest_km: float) -> list[Position]:
    """Give positions on the geodesic between two, so that no step is longer than a limit.

    Args:
        start: Longitude and latitude in degrees.
        end: The same.
        longest_km: The limit in kilometres.

    Returns:
        The positions between the two, in order; none where they are near enough.
    """
    metres = _GEOD.inv(*start, *end)[2]
    extra = int(np.ceil(metres / 1000 / longest_km)) - 1
    return [(float(lon), float(lat)) for lon, lat in _GEOD.npts(*start, *end, extra)] if extra > 0 else []


def distance_km(shape: BaseGeometry, other: BaseGeometry) -> float:
    """Give the geodesic distance of two points or lines in EPSG:4326, in kilometres."""
    return float(distances_km([shape], other)[0])


def distances_km(shapes: Sequence[BaseGeometry], other: BaseGeometry, limit_km: float = np.inf) -> Floats:
    """Give the geodesic distances of points and lines to one of them.

    Args:
        shapes: In EPSG:4326.
        other: The same.
        limit_km: Distance beyond which only matters that it is beyond.

    Returns:
        Kilometres; infinite where the distance is more than the limit.
    """
    targets, reference = (Arcs.of(np.array([*parts, None], dtype=object)[:-1]) for parts in (shapes, [other]))
    radians = float(min(np.pi, limit_km * MARGIN / RADIUS_KM))
    is_near = Caps.of(targets, len(shapes)).within(Caps.of(reference, 1), radians)
    sides = targets.taken(np.flatnonzero(is_near[targets.owner]))
    result = nearest_km(sides, reference, len(shapes), radians)
    result[result > limit_km] = np.inf
    return result


def farthest_km(points: Floats, line: BaseGeometry) -> float:
    """Give the distance in kilometres to a line of that point which lies farthest from it.

    Args:
        points: Degrees in EPSG:4326, longitude first, shape (n, 2).
        line: In EPSG:4326.
    """
    vectors = unit_vectors(points)
    sides = Arcs(vectors, vectors, np.arange(len(vectors)))
    return float(nearest_km(sides, Arcs.of(np.array([line], dtype=object)), len(vectors), np.pi).max())


@dataclass(frozen=True, slots=True)
class Arcs:
    """The sides of some lines, and points as sides without length.

    Attributes:
        start: Unit vectors, shape (n, 3).
        end: Unit vectors, shape (n, 3).
        owner: Number of the geometry that each side belongs to, ascending.
    """

    start: Floats
    end: Floats
    owner: Numbers

    @classmethod
    def of(cls, geometries: npt.NDArray[np.object_]) -> Arcs:
        """Take geometries apart: points, lines and outlines of areas in EPSG:4326."""
        parts, owner = shapely.get_parts(geometries, return_index=True)
        xy, part = shapely.get_coordinates(parts, return_index=True)
        vectors = unit_vectors(xy)
        goes_on = part[1:] == part[:-1]
        lone = np.bincount(part, minlength=len(parts))[part] == 1
        starts = np.flatnonzero(np.append(goes_on, False) | lone)
        ends = np.where(lone[starts], starts, starts + 1)
        return cls(vectors[starts], vectors[ends], owner[part[starts]])

    def middles(self) -> tuple[Floats, Floats]:
        """Give the middle of each side as a unit vector, and half its length in radians."""
        middle = self.start + self.end
        middle /= np.linalg.norm(middle, axis=1, keepdims=True)
        return middle, angles(self.start, self.end) / 2

    def taken(self, wanted: Numbers) -> Arcs:
        """Give some of the sides."""
        return Arcs(self.start[wanted], self.end[wanted], self.owner[wanted])


@dataclass(frozen=True, slots=True)
class Caps:
    """A circle around each geometry that holds all of it.

    Attributes:
        centre: Unit vectors, shape (n, 3).
        radius: Radians, shape (n,).
    """

    centre: Floats
    radius: Floats

    @classmethod
    def of(cls, arcs: Arcs, size: int) -> Caps:
        """Enclose geometries.

        Args:
            arcs: Their sides.
            size: How many geometries there are.
        """
        centre = np.zeros((size, 3))
        np.add.at(centre, arcs.owner, arcs.start + arcs.end)
        length = np.linalg.norm(centre, axis=1, keepdims=True)
        centre = np.divide(centre, length, out=np.tile([0.0, 0.0, 1.0], (size, 1)), where=length > 1e-9)
        radius = np.zeros(size)
        reach = np.maximum(angles(centre[arcs.owner], arcs.start), angles(centre[arcs.owner], arcs.end))
        np.maximum.at(radius, arcs.owner, reach)
        return cls(centre, radius)

    def within(self, other: Caps, radians: float) -> npt.NDArray[np.bool_]:
        """Tell which circles come within an angle of one other circle."""
        reach = self.radius + other.radius[0] + radians
        cosine = self.centre @ other.centre[0]
        result: npt.NDArray[np.bool_] = cosine >= np.cos(np.minimum(reach, np.pi)) - 1e-12
        return result


def nearest_km(targets: Arcs, reference: Arcs, size: int, limit: float) -> Floats:
    """Give the geodesic distances of geometries to one geometry.

    Args:
        targets: Their sides.
        reference: The sides of the one.
        size: How many geometries `targets` has.
        limit: Radians on the sphere beyond which a distance does not matter.

    Returns:
        Kilometres, shape (size,); infinite, or too large, for what lies beyond the limit.
    """
    best = np.full(size, np.inf)
    middle, half = targets.middles()
    other, other_half = reference.middles()
    step = max(1, _BLOCK // max(1, len(other)))
    upper = np.full(size, limit)
    floors: list[tuple[Numbers, Numbers, Floats]] = []
    for first in range(0, len(middle), step):
        block = slice(first, first + step)
        gap = np.arccos(np.clip(middle[block] @ other.T, -1, 1))
        np.minimum.at(upper, targets.owner[block], gap.min(axis=1))
        floor = gap - half[block, None] - other_half[None, :]
        i, j = np.nonzero(floor <= upper[targets.owner[block], None] * CHOICE_MARGIN + _TINY)
        floors.append((i + first, j, floor[i, j]))
    for i, j, floor in floors:
        keep = floor <= upper[targets.owner[i]] * CHOICE_MARGIN + _TINY
        i, j = i[keep], j[keep]
        for first in range(0, len(i), _BLOCK // 8):
            part = slice(first, first + _BLOCK // 8)
            _improve(best, targets.taken(i[part]), reference.taken(j[part]))
    return best


def _improve(best: Floats, targets: Arcs, others: Arcs) -> None:
    """Lower the distances of geometries to what pairs of sides give."""
    a, b = _nearest_places(targets, others)
    angle = angles(a, b)
    least = np.full(len(best), np.inf)
    np.minimum.at(least, targets.owner, angle)
    close = angle <= least[targets.owner] * CHOICE_MARGIN
    np.minimum.at(best, targets.owner[close], ellipsoid_km(a[close], b[close]))


def _nearest_places(one: Arcs, two: Arcs) -> tuple[Floats, Floats]:
    """Give for each pair of arcs the two places that are nearest to each other."""
    choices = [
        (one.start, _foot(one.start, two)),
        (one.end, _foot(one.end, two)),
        (_foot(two.start, one), two.start),
        (_foot(two.end, one), two.end),
    ]
    gaps = np.column_stack([np.linalg.norm(a - b, axis=1) for a, b in choices])
    which = np.argmin(gaps, axis=1)
    rows = np.arange(len(which))
    a = np.stack([pair[0] for pair in choices], axis=1)[rows, which]
    b = np.stack([pair[1] for pair in choices], axis=1)[rows, which]
    crossing, place = _crossings(one, two)
    a[crossing] = b[crossing] = place[crossing]
    return a, b


def _foot(point: Floats, arc: Arcs) -> Floats:
    """Give for each point the place on its arc that is nearest to it."""
    normal = np.cross(arc.start, arc.end)
    squared = np.einsum("ij,ij->i", normal, normal)[:, None]
    shadow = point * squared - normal * np.einsum("ij,ij->i", point, normal)[:, None]
    length = np.linalg.norm(shadow, axis=1, keepdims=True)
    flat = (squared <= 1e-24) | (length <= 1e-18)
    shadow = np.divide(shadow, length, out=arc.start.copy(), where=~flat)
    inside = (
        (np.einsum("ij,ij->i", np.cross(arc.start, shadow), normal) >= 0)
        & (np.einsum("ij,ij->i", np.cross(shadow, arc.end), normal) >= 0)
        & ~flat[:, 0]
    )
    nearer_start = np.linalg.norm(point - arc.start, axis=1) <= np.linalg.norm(point - arc.end, axis=1)
    ends = np.where(nearer_start[:, None], arc.start, arc.end)
    return np.where(inside[:, None], shadow, ends)


def _crossings(one: Arcs, two: Arcs) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Tell which pairs of arcs cross, and where."""
    n, m = np.cross(one.start, one.end), np.cross(two.start, two.end)
    line = np.cross(n, m)
    length = np.linalg.norm(line, axis=1, keepdims=True)
    place = np.divide(line, length, out=np.zeros_like(line), where=length > 1e-20)
    place *= np.where(np.einsum("ij,ij->i", place, one.start + one.end) < 0, -1.0, 1.0)[:, None]
    found = length[:, 0] > 1e-20
    for arc, normal in ((one, n), (two, m)):
        found &= np.einsum("ij,ij->i", np.cross(arc.start, place), normal) >= 0
        found &= np.einsum("ij,ij->i", np.cross(place, arc.end), normal) >= 0
    return found, place
