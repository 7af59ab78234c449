"""Read, check and join a data root; answer filters."""

from bri_map.catalog.catalog import Catalog
from bri_map.catalog.feature import Citation, Event, Feature
from bri_map.catalog.loading import load, validate
from bri_map.catalog.neighbours import Neighbour
from bri_map.catalog.provenance import Evidence, Provenance
from bri_map.catalog.root import DataRoot, DatasetInfo
from bri_map.catalog.search import MAX_HITS, Hit, SearchResult
from bri_map.catalog.selection import Selection
from bri_map.catalog.timeline import Timeline
from bri_map.catalog.totals import Totals
from bri_map.catalog.wording import Wording

__all__ = [
    "MAX_HITS",
    "Catalog",
    "Citation",
    "DataRoot",
    "DatasetInfo",
    "Event",
    "Evidence",
    "Feature",
    "Hit",
    "Neighbour",
    "Provenance",
    "SearchResult",
    "Selection",
    "Timeline",
    "Totals",
    "Wording",
    "load",
    "validate",
]
