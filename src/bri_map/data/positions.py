"""What a GeoJSON geometry of a layer may be, and what a wrong one may have been meant as."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape

from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Sentence

_AREAS = frozenset({"Polygon", "MultiPolygon"})
_EARTH_M = 6378137.0
"""Radius in metres of the sphere of EPSG:3857."""
_WORLD_M = math.pi * _EARTH_M

Told = tuple[Sentence, Sentence]


def geometry_fault(geometry: Any, layer: LayerId) -> Told | None:
    """Say what is wrong with a GeoJSON geometry of a layer, and what to do; None when it is right.

    A third number of a position, the height, is no fault.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in LAYERS[layer].geometry:
        known = " / ".join(sorted(LAYERS[layer].geometry))
        is_area = isinstance(kind, str) and kind in _AREAS
        remedy = _point_inside(geometry) if is_area and LAYERS[layer].has_points else None
        return say("fault.geometry_kind", kind=quoted(kind), known=known), remedy or say(
            "remedy.geometry_kind"
        )
    coordinates = geometry.get("coordinates")
    if kind == "Point":
        return _position_fault(coordinates)
    parts = coordinates if kind == "MultiLineString" else [coordinates]
    if not isinstance(parts, list) or not parts:
        return say("fault.line_empty"), say("remedy.line")
    for part in parts:
        if not isinstance(part, list) or len(part) < 2:
            return say("fault.line_short"), say("remedy.line")
        for position in part:
            fault = _position_fault(position)
            if fault:
                return fault
    return None


def _position_fault(position: Any) -> Told | None:
    if not isinstance(position, list) or len(position) not in (2, 3) or not all(map(_is_number, position)):
        return say("fault.position", value=quoted(position)), say("remedy.position")
    lon, lat = position[:2]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return say("fault.position_outside", value=quoted(position)), _outside_remedy(lon, lat)
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _outside_remedy(x: float, y: float) -> Sentence:
    if abs(x) <= 90 and 90 < abs(y) <= 180:
        return say("remedy.position_swapped", lon=f"{y:g}", lat=f"{x:g}")
    if max(abs(x), abs(y)) > 1000 and abs(x) <= _WORLD_M and abs(y) <= _WORLD_M:
        lon = math.degrees(x / _EARTH_M)
        lat = math.degrees(math.atan(math.sinh(y / _EARTH_M)))
        return say("remedy.position_metres", lon=f"{lon:.6g}", lat=f"{lat:.6g}")
    return say("remedy.position")


def _point_inside(geometry: Any) -> Sentence | None:
    """Name a point of an area that stands where a point belongs."""
    rings = list(_positions(geometry.get("coordinates")))
    if not rings or any(_position_fault(position) for position in rings):
        return None
    try:
        inside = shape(geometry).representative_point()
    except (ShapelyError, ValueError, TypeError, IndexError):
        return None
    return say("remedy.geometry_area", lon=f"{inside.x:.6g}", lat=f"{inside.y:.6g}")


def _positions(coordinates: Any, depth: int = 4) -> Iterator[Any]:
    if depth and isinstance(coordinates, list) and coordinates and not any(map(_is_number, coordinates)):
        for part in coordinates:
            yield from _positions(part, depth - 1)
    else:
        yield coordinates
