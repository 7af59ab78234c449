"""Read, check and join a data root; answer filters."""

from bri_map.catalog.catalog import Catalog, Citation, Event, Feature, Selection, load, validate
from bri_map.catalog.root import DataRoot, DatasetInfo

__all__ = [
    "Catalog",
    "Citation",
    "DataRoot",
    "DatasetInfo",
    "Event",
    "Feature",
    "Selection",
    "load",
    "validate",
]
