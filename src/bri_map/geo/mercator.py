"""Spherical Web Mercator (EPSG:3857), the one projection of the map, and where its world ends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
MAX_LATITUDE = 85.0511287798066
"""Latitude at which the square world ends in the north and in the south, in degrees."""


def plane(lonlat: Floats) -> Floats:
    """Project positions to the Mercator plane.

    Args:
        lonlat: Degrees (EPSG:4326), longitude first, shape (n, 2); what lies beyond `MAX_LATITUDE` comes to
            lie on the edge.

    Returns:
        Radians of arc, x eastward and y northward, shape (n, 2).
    """
    lat = np.radians(np.clip(lonlat[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    return np.column_stack([np.radians(lonlat[:, 0]), np.arctanh(np.sin(lat))])


def world_units(lon: Floats, lat: Floats) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Project degrees (EPSG:4326) to world units: the square of the world has sides of 1.

    Returns:
        x from 0 at 180 W to 1 at 180 E, and y from 0 in the north to 1 in the south.
    """
    x, y = plane(np.column_stack([lon, lat])).T / (2 * np.pi)
    return (0.5 + x).astype("<f4"), (0.5 - y).astype("<f4")


def is_located(geometry: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Tell which geometries have a place on the map.

    Args:
        geometry: Shapes in EPSG:4326, longitude first; None where there is no position.

    Returns:
        False where there is no shape, an empty one, one with a coordinate that is not a number, or one
        that lies wholly beyond `MAX_LATITUDE`.
    """
    bounds = shapely.bounds(geometry)
    finite = np.isfinite(bounds).all(axis=1)
    south, north = bounds[:, 1], bounds[:, 3]
    with np.errstate(invalid="ignore"):
        return np.asarray(finite & (south <= MAX_LATITUDE) & (north >= -MAX_LATITUDE), dtype=np.bool_)
