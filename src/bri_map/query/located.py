"""Which features have a place on the map, and which have none: no position, or one that no map shows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

Mask = npt.NDArray[np.bool_]
MAX_LATITUDE = 85.06
"""Degrees: where the web-mercator map ends in the north and in the south."""


def is_located(geometry: npt.NDArray[np.object_]) -> Mask:
    """Tell which geometries can be drawn.

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
