"""Files for others: one module a format, imported when it is written."""

from bri_map.exports.exporter import Exporter
from bri_map.exports.formats import EXPORTERS, LISTS, WRITTEN

__all__ = ["EXPORTERS", "LISTS", "WRITTEN", "Exporter"]
