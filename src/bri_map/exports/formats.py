"""Every format of download: the Download menu, `bri-map export --format` and file names derive from it."""

from __future__ import annotations

from bri_map.exports.csv import write_csv
from bri_map.exports.exporter import Exporter
from bri_map.exports.geojson import write_geojson

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("geojson", "geojson", "application/geo+json", write_geojson),
        Exporter("csv", "csv", "text/csv", write_csv),
    )
}
"""The formats by name, the default first."""
