"""What lies near a feature or a place, with its distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bri_map.domain.filter_words import suggest
from bri_map.domain.layers import LAYERS
from bri_map.domain.place import MAX_KM, Near, Position
from bri_map.errors import FilterError
from bri_map.query.facets import Mask
from bri_map.query.features import Features

if TYPE_CHECKING:
    from bri_map.query.spatial import SpatialIndex

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


def find_near(
    features: Features, places: SpatialIndex, place: str | Position, km: float, among: Mask
) -> list[Neighbour]:
    """Give the features of a mask within a distance of a feature or of a place, the nearest first.

    Args:
        features: The features.
        places: Index of their geometry.
        place: Id of a feature, or longitude and latitude in degrees.
        km: Geodesic distance in kilometres.
        among: Which features come into question.

    Raises:
        FeatureNotFoundError: There is no such feature.
        FilterError: The place or the distance makes no sense.
    """
    asked = Near(place, km)
    own = features.number(asked.place) if isinstance(asked.place, str) else None
    reference = _geometry(features, asked.place)
    if reference is None:
        raise FilterError(f"near: the position of {asked.place!r} is not known, only its country.")
    distances = places.distances_km(reference, asked.km)
    return _sorted(features, distances, among & np.isfinite(distances), own)


def find_nearest(
    features: Features, places: SpatialIndex, feature_id: str, kind: str, count: int
) -> list[Neighbour]:
    """Give the features of a layer or of a kind that are nearest to a feature; none if it has no position.

    Raises:
        FeatureNotFoundError: There is no such feature.
        FilterError: There is no such layer or kind.
    """
    own = features.number(feature_id)
    mask = _mask_of(features, kind)
    reference = _geometry(features, feature_id)
    found: list[Neighbour] = []
    if reference is None:
        return found
    for reach in _REACHES_KM:
        distances = places.distances_km(reference, reach)
        found = _sorted(features, distances, mask & np.isfinite(distances), own)
        if len(found) >= count:
            break
    return found[:count]


def _geometry(features: Features, place: str | Position) -> BaseGeometry | None:
    return features.geometry_of(place) if isinstance(place, str) else Point(place)


def _mask_of(features: Features, kind: str) -> Mask:
    mask = np.zeros(len(features), dtype=bool)
    known: set[str] = set()
    for layer, part in features.slices.items():
        kinds = features.rows[layer][LAYERS[layer].kind_column]
        mask[part] = kind == layer or (kinds == kind).to_numpy()
        known |= {layer, *kinds.unique()}
    if kind == _UNNAMED or kind not in known:
        raise FilterError(f"Unknown layer or kind {kind!r}. {suggest(kind, known - {_UNNAMED, ''})}")
    return mask


def _sorted(
    features: Features, distances: np.ndarray[tuple[int], np.dtype[np.float64]], mask: Mask, own: int | None
) -> list[Neighbour]:
    found = np.flatnonzero(mask)
    found = found[found != own] if own is not None else found
    order = found[np.argsort(distances[found], kind="stable")]
    return [Neighbour(features.known[int(i)], float(distances[i])) for i in order]
