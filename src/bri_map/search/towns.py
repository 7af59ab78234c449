"""Countries and towns of the basemap as things that can be found."""

from __future__ import annotations

import numpy as np

from bri_map.data.basemap import Town
from bri_map.geo.topology import Topology

Box = tuple[float, float, float, float]
_NEAR_DEGREES = 20.0
"""Parts of a country further than this from its largest one are left out of the view of it."""


def town_box(town: Town) -> Box:
    """Give the degrees to be seen when one goes to a town: west, south, east, north."""
    reach = 0.25 if town.population >= 1_000_000 else 0.12
    return (
        round(max(-180.0, town.lon - reach), 4),
        round(town.lat - reach, 4),
        round(min(180.0, town.lon + reach), 4),
        round(town.lat + reach, 4),
    )


def country_boxes(topology: Topology) -> dict[str, Box]:
    """Give the view of each country: west, south, east, north; west > east over the antimeridian.

    Far parts, such as overseas territories, are left out.

    Args:
        topology: The boundaries of the countries.
    """
    parts: dict[str, list[Box]] = {}
    for territory in topology.territories:
        parts.setdefault(territory.key, []).extend(_box(topology, rings[0]) for rings in territory.polygons)
    return {key: _view(boxes) for key, boxes in parts.items() if boxes}


def _box(topology: Topology, ring: tuple[int, ...]) -> Box:
    line = np.vstack([topology.arcs[arc] if arc >= 0 else topology.arcs[~arc] for arc in ring])
    lon = line[:, 0]
    if lon.max() - lon.min() > 180:
        lon = np.where(lon < 0, lon + 360, lon)
    return float(lon.min()), float(line[:, 1].min()), float(lon.max()), float(line[:, 1].max())


def _view(boxes: list[Box]) -> Box:
    main = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    west, south, east, north = main
    for box in boxes:
        for turn in (-360.0, 0.0, 360.0):
            w, e = box[0] + turn, box[2] + turn
            gap = max(w - main[2], main[0] - e, box[1] - main[3], main[1] - box[3])
            if gap <= _NEAR_DEGREES:
                west, east = min(west, w), max(east, e)
                south, north = min(south, box[1]), max(north, box[3])
                break
    if east - west >= 360:
        return -180.0, round(south, 4), 180.0, round(north, 4)
    return wrapped(west), round(south, 4), wrapped(east), round(north, 4)


def wrapped(lon: float) -> float:
    """Bring a longitude between -180 and 180."""
    return round(lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180, 4)
