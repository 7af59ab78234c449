"""What lies near a feature or a place, with its distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bri_map.catalog.facets import Mask
from bri_map.domain.filter import Filter, suggest
from bri_map.domain.place import MAX_KM, Near, Position
from bri_map.domain.tables import KIND_COLUMN
from bri_map.errors import FilterError

if TYPE_CHECKING:
    from bri_map.catalog.catalog import Catalog

_REACHES_KM = (25.0, 150.0, 1000.0, 5000.0, MAX_KM)
_UNNAMED = "unknown"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A feature and how far away it is.

    Attributes:
        id: Its id.
        km: Geodesic distance between the two nearest places, in kilometres; 0 where they touch.
    """

    id: str
    km: float


def find_near(catalog: Catalog, place: str | Position, km: float, wanted: Filter) -> list[Neighbour]:
    """Give the features of a filter within a distance of a feature or of a place, the nearest first."""
    asked = Near(place, km)
    own = catalog.number(asked.place) if isinstance(asked.place, str) else None
    distances = catalog.places.distances_km(_geometry(catalog, asked.place), asked.km)
    mask = catalog.select(wanted).mask & np.isfinite(distances)
    return _sorted(catalog, distances, mask, own)


def find_nearest(catalog: Catalog, feature_id: str, kind: str, count: int) -> list[Neighbour]:
    """Give the features of a layer or of a kind that are nearest to a feature."""
    own = catalog.number(feature_id)
    mask = _mask_of(catalog, kind)
    reference = _geometry(catalog, feature_id)
    found: list[Neighbour] = []
    for reach in _REACHES_KM:
        distances = catalog.places.distances_km(reference, reach)
        found = _sorted(catalog, distances, mask & np.isfinite(distances), own)
        if len(found) >= count:
            break
    return found[:count]


def _geometry(catalog: Catalog, place: str | Position) -> BaseGeometry:
    return catalog.geometry_of(place) if isinstance(place, str) else Point(place)


def _mask_of(catalog: Catalog, kind: str) -> Mask:
    mask = np.zeros(len(catalog), dtype=bool)
    known: set[str] = set()
    for layer, part in catalog.slices.items():
        kinds = catalog.rows(layer)[KIND_COLUMN[layer]]
        mask[part] = kind == layer.value or (kinds == kind).to_numpy()
        known |= {layer.value, *kinds.unique()}
    if kind == _UNNAMED or kind not in known:
        raise FilterError(f"Unknown layer or kind {kind!r}. {suggest(kind, known - {_UNNAMED, ''})}")
    return mask


def _sorted(
    catalog: Catalog, distances: np.ndarray[tuple[int], np.dtype[np.float64]], mask: Mask, own: int | None
) -> list[Neighbour]:
    found = np.flatnonzero(mask)
    found = found[found != own] if own is not None else found
    order = found[np.argsort(distances[found], kind="stable")]
    return [Neighbour(str(catalog.ids[i]), float(distances[i])) for i in order]
