"""Every format of download: the Download menu, `bri-map export --format` and file names derive from it."""

from __future__ import annotations

from bri_map.exports.exporter import Exporter

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("geojson", "geojson", "application/geo+json", "bri_map.exports.geojson:write_geojson"),
        Exporter(
            "geojson-evidence",
            "evidence.geojson",
            "application/geo+json",
            "bri_map.exports.geojson:write_evidence",
        ),
        Exporter("csv", "csv", "text/csv", "bri_map.exports.csv:write_csv"),
    )
}
"""The formats by name, the default first."""
