"""One feature with everything known of it, for `bri-map show --json`."""

from __future__ import annotations

from typing import Any

from bri_map.evidence.feature import Feature
from bri_map.exports.evidence import citation_document, provenance_document
from bri_map.exports.geojson import geometry_mapping


def feature_document(feature: Feature) -> dict[str, Any]:
    """Give a feature as a GeoJSON Feature with the foreign members `provenance` and `sources`."""
    properties = {name: list(v) if isinstance(v, tuple) else v for name, v in feature.values.items()}
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": geometry_mapping(feature.geometry),
        "properties": {
            "id": feature.id,
            "layer": feature.layer,
            **properties,
            "regions": list(feature.regions),
        },
        "provenance": provenance_document(feature),
        "sources": [citation_document(c, with_locators=True) for c in feature.citations],
    }
