"""Files for others: one module a format."""

from bri_map.exports.exporter import Exporter, ExportOptions
from bri_map.exports.formats import EXPORTERS
from bri_map.exports.geojson import export_geojson, feature_properties

__all__ = ["EXPORTERS", "ExportOptions", "Exporter", "export_geojson", "feature_properties"]
