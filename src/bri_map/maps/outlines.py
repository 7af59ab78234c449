"""Land and borders as paths of SVG, as fine as the first view of the map needs them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from bri_map.data.basemap import read_topology
from bri_map.geo.mercator import world_units
from bri_map.geo.topology import Line, join, merge_rings
from bri_map.maps.basemap import project_arcs

ZOOM = 3
"""Of a first visit."""
SIDE = 256 * 2**ZOOM
"""Width and height of the world in pixels at that zoom."""
REACH_PX = 1300
"""What lies further east or west of the middle of the map than this is beyond nearly every window."""
UNITS_PER_PX = 10
"""Paths are whole numbers: tenths of a pixel."""
_TOLERANCE_PX = 0.35
"""Pixels by which an outline may be off."""
_SPECK_PX = 1.0
"""Islands smaller than this in width and height are left out."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Paths for a world of `SIDE` pixels; what crosses the antimeridian runs on beyond its eastern edge.

    Attributes:
        land: To be filled by the even-odd rule.
        borders: Lines between countries.
    """

    land: str
    borders: str


def draw_outlines(directory: Path) -> Outlines:
    """Draw the coarse basemap of a folder.

    Args:
        directory: Folder with `countries-50m.json`.

    Raises:
        DataError: The file is missing or is not a topology of countries.
    """
    topology = read_topology(directory / "countries-50m.json")
    count, users = topology.uses()
    arcs = [_simplified(line) for line in project_arcs(topology)]
    rings = (join(arcs, ring) for ring in merge_rings(topology.arcs, np.flatnonzero(count % 2 == 1)))
    land = (_close_pole(ring - (math.floor(ring[:, 0].min()), 0.0)) for ring in rings if len(ring) > 2)
    borders = (line for line, by in zip(arcs, users, strict=True) if len(by) > 1)
    least = _SPECK_PX / SIDE
    return Outlines(
        "".join(path_data(ring) + "z" for ring in land if np.ptp(ring, axis=0).max() >= least),
        "".join(path_data(line) for line in borders),
    )


def path_data(line: npt.NDArray[np.floating]) -> str:
    """Write a line in world units as a path in tenths of a pixel, from its first position on in steps."""
    at = np.round(np.asarray(line, dtype=np.float64) * (SIDE * UNITS_PER_PX)).astype(np.int64)
    steps = np.diff(at, axis=0)
    steps = steps[steps.any(axis=1)]
    return f"M{at[0, 0]} {at[0, 1]}l{_numbers(steps.ravel().tolist())}" if len(steps) else ""


def place_of(lon: float, lat: float) -> tuple[int, int]:
    """Give where a place lies, in whole pixels from the north-western corner of the world."""
    x, y = world_units(np.array([lon]), np.array([lat]))
    return round(float(x[0]) * SIDE), round(float(y[0]) * SIDE)


def copies(x: float, middle: float) -> Iterator[float]:
    """Give where a thing at x pixels stands in each copy of the world that a window may show.

    Args:
        x: Pixels from the western edge of the first copy.
        middle: The middle of the map, likewise.
    """
    for turn in (-1, 0, 1):
        if abs(x + turn * SIDE - middle) <= REACH_PX:
            yield x + turn * SIDE


def _numbers(values: Iterable[int]) -> str:
    """Join numbers; a minus sign parts them as well as a space does."""
    return "".join(f"{value}" if value < 0 else f" {value}" for value in values).lstrip()


def _simplified(line: Line) -> Line:
    thin = shapely.simplify(shapely.LineString(line), _TOLERANCE_PX / SIDE, preserve_topology=False)
    return np.asarray(shapely.get_coordinates(thin), dtype=np.float64)


def _close_pole(ring: Line) -> Line:
    """Close a ring that goes round the world (Antarctica) along the edge of the map."""
    turn = round(float(ring[-1, 0] - ring[0, 0]))
    if not turn:
        return ring
    edge = 0.0 if ring[:, 1].mean() < 0.5 else 1.0
    end = (ring[0, 0] + turn, ring[0, 1])
    return np.vstack((ring, end, (end[0], edge), (ring[0, 0], edge)))
