"""Files for others: one module a format."""

from bri_map.exports.geojson import export_geojson, feature_properties, file_name

__all__ = ["export_geojson", "feature_properties", "file_name"]
