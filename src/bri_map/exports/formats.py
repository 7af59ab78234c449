"""Every format of download and every list: Download menu, `bri-map export --format`, file names follow."""

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

LISTS: dict[str, Exporter] = {
    name: Exporter(name, f"{name}.csv", "text/csv", f"bri_map.exports.lists:write_{name}")
    for name in ("disputed", "overlaps", "retired", "amounts", "identifiers")
}
"""Lists about features, written as the formats are."""

WRITTEN: dict[str, Exporter] = EXPORTERS | LISTS
"""Formats and lists by name."""
