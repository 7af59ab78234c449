"""Spherical web mercator in world units: x from 0 at 180 W to 1 at 180 E, y from 0 in the north to 1."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MAX_LATITUDE = 85.0511287798066
"""Latitude at which the square world ends, in degrees."""


def world_units(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Project degrees (EPSG:4326) to world units (EPSG:3857, scaled to the unit square, y down)."""
    sine = np.sin(np.radians(np.clip(lat, -MAX_LATITUDE, MAX_LATITUDE)))
    x = (lon + 180.0) / 360.0
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return x.astype("<f4"), y.astype("<f4")
