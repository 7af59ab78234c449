"""The extent of a geometry on the globe, where the 180th meridian is a line like any other."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west is greater than east across the 180th meridian."""


def extent(geometry: BaseGeometry | None) -> Box | None:
    """Give the narrowest box between two meridians and two parallels that holds a geometry.

    Args:
        geometry: In EPSG:4326, longitudes from -180 to 180. What crosses the 180th meridian is cut there into
            parts (RFC 7946, section 3.1.9); a part by itself is taken as it is written.

    Returns:
        The box, or None for a geometry without any place.
    """
    if geometry is None or geometry.is_empty:
        return None
    parts = shapely.bounds(shapely.get_parts(geometry))
    parts = parts[~np.isnan(parts[:, 0])]
    west, east = _sides(parts[:, 0], parts[:, 2])
    return west, float(parts[:, 1].min()), east, float(parts[:, 3].max())


def _sides(west: np.ndarray, east: np.ndarray) -> tuple[float, float]:
    """Give the ends of what remains of the circle when the widest gap between some arcs is taken out."""
    order = np.argsort(west)
    starts, reach = west[order], np.maximum.accumulate(east[order])
    gaps = np.append(starts[1:] - reach[:-1], starts[0] + 360 - reach[-1])
    # The last gap, the one across the 180th meridian, wins a tie: then the box is the plain one.
    widest = len(gaps) - 1 - int(np.argmax(gaps[::-1]))
    if widest == len(gaps) - 1 or gaps[widest] <= 0:
        return float(starts[0]), float(reach[-1])
    return float(starts[widest + 1]), float(reach[widest])
