"""bri-map: an atlas of the Belt and Road.

Industrial parks, economic corridors, rail routes and infrastructure projects, with the source behind
every fact.

Example:
    >>> import bri_map
    >>> catalog = bri_map.load()
    >>> parks = catalog.select(bri_map.Filter(layer={"parks"}, country={"LAO"}))
    >>> len(parks.ids) > 0
    True
"""

from importlib.metadata import version

from bri_map.catalog import Catalog, load
from bri_map.checks import validate
from bri_map.domain.filter import Filter
from bri_map.domain.place import Area, BBox, Near
from bri_map.errors import BriMapError, DataError, FeatureNotFoundError, FilterError
from bri_map.evidence.feature import Feature
from bri_map.query.selection import Selection

__version__ = version("bri-map")

__all__ = [
    "Area",
    "BBox",
    "BriMapError",
    "Catalog",
    "DataError",
    "Feature",
    "FeatureNotFoundError",
    "Filter",
    "FilterError",
    "Near",
    "Selection",
    "__version__",
    "load",
    "validate",
]
