"""The extent of a geometry on the globe, where the 180th meridian is a line like any other."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west is greater than east across the 180th meridian."""


def extents(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    """Give the narrowest box between two meridians and two parallels that holds each geometry.

    Args:
        geometries: In EPSG:4326, longitudes from -180 to 180. What crosses the 180th meridian is cut there
            into parts (RFC 7946, section 3.1.9); a part by itself is taken as it is written.

    Returns:
        A box a row; not a number where a geometry has no place.
    """
    boxes: npt.NDArray[np.float64] = shapely.bounds(geometries).reshape(-1, 4)
    # A box that is half a turn wide at most is the narrowest one; so is that of a single part.
    is_wide = boxes[:, 2] - boxes[:, 0] > 180
    for place in np.flatnonzero(is_wide & (shapely.get_num_geometries(geometries) > 1)):
        parts = shapely.bounds(shapely.get_parts(geometries[place]))
        parts = parts[~np.isnan(parts[:, 0])]
        boxes[place, [0, 2]] = _sides(parts[:, 0], parts[:, 2])
    return boxes


def extent(geometry: BaseGeometry | None) -> Box | None:
    """Give the box of one geometry, as `extents` does; None for a geometry without any place."""
    west, south, east, north = extents(np.array([geometry], dtype=object))[0].tolist()
    return None if math.isnan(west) else (west, south, east, north)


def _sides(west: npt.NDArray[np.float64], east: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Give the ends of what remains of the circle when the widest gap between some arcs is taken out."""
    order = np.argsort(west)
    starts, reach = west[order], np.maximum.accumulate(east[order])
    gaps = np.append(starts[1:] - reach[:-1], starts[0] + 360 - reach[-1])
    widest = int(np.argmax(gaps)) if gaps.max() > 0 else len(gaps) - 1
    return float(starts[(widest + 1) % len(starts)]), float(reach[widest])
