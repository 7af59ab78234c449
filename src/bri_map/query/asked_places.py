"""What lies where a filter asks for it, and how far away it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bri_map.domain.filter import Filter
from bri_map.domain.place import Near

if TYPE_CHECKING:
    from bri_map.query.spatial import SpatialIndex

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class AskedPlaces:
    """Answers the places of a filter; the last answers are kept, for they take longest.

    Args:
        places: Index of the geometry.
        geometry_of: Gives the geometry of a feature by its id, None where it has none.
        size: Number of features.
    """

    def __init__(
        self, places: SpatialIndex, geometry_of: Callable[[str], BaseGeometry | None], size: int
    ) -> None:
        self._places = places
        self._geometry_of = geometry_of
        self._size = size
        self._last_mask: tuple[object, Mask] | None = None
        self._last_distances: tuple[Near, Floats] | None = None

    def mask(self, wanted: Filter) -> Mask:
        """Tell which features lie where they are asked for."""
        asked = (wanted.bbox, wanted.area, wanted.near)
        last = self._last_mask
        if last is not None and last[0] == asked:
            return last[1]
        masks = []
        if wanted.bbox:
            masks.append(self._places.in_bbox(wanted.bbox))
        if wanted.area:
            masks.append(self._places.in_area(wanted.area))
        if wanted.near:
            reference = self._reference(wanted.near)
            if reference is None:  # nothing is near what has no position
                masks.append(np.zeros(self._size, dtype=bool))
            else:
                masks.append(self._places.within_km(reference, wanted.near.km))
        result = joined(masks, self._size)
        result.flags.writeable = False
        self._last_mask = (asked, result)
        return result

    def distances(self, near: Near) -> Floats:
        """Give the distance of every feature in kilometres; infinite beyond the one asked for."""
        last = self._last_distances
        if last is not None and last[0] == near:
            return last[1]
        reference = self._reference(near)
        if reference is None:
            found: Floats = np.full(self._size, np.inf)
        else:
            found = self._places.distances_km(reference, near.km)
        found.flags.writeable = False
        self._last_distances = (near, found)
        return found

    def _reference(self, near: Near) -> BaseGeometry | None:
        return self._geometry_of(near.place) if isinstance(near.place, str) else Point(near.place)


def joined(masks: Iterable[Mask], size: int) -> Mask:
    """Give what is in all of some masks."""
    result = np.ones(size, dtype=bool)
    for mask in masks:
        result &= mask
    return result
