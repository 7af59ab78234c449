"""One feature with everything known of it, for `bri-map show --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bri_map.catalog import Feature
from bri_map.exports.geojson import geometry_mapping


def feature_document(feature: Feature) -> dict[str, Any]:
    """Give a feature as a GeoJSON Feature with the foreign members `sources` and `history`."""
    properties = {name: list(v) if isinstance(v, tuple) else v for name, v in feature.values.items()}
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": geometry_mapping(feature.geometry),
        "properties": {
            "id": feature.id,
            "layer": feature.layer.value,
            **properties,
            "regions": list(feature.regions),
        },
        "sources": [{**asdict(c), "locators": list(c.locators)} for c in feature.citations],
        "history": [asdict(event) for event in feature.history],
    }
