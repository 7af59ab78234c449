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

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bri_map.catalog import Catalog, load
    from bri_map.checks import validate
    from bri_map.domain.filter import Filter
    from bri_map.domain.place import Area, BBox, Near
    from bri_map.errors import BriMapError, DataError, FeatureNotFoundError, FilterError
    from bri_map.evidence.feature import Feature
    from bri_map.query.selection import Selection

    __version__: str

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

_HOMES = {
    "Area": "bri_map.domain.place",
    "BBox": "bri_map.domain.place",
    "BriMapError": "bri_map.errors",
    "Catalog": "bri_map.catalog",
    "DataError": "bri_map.errors",
    "Feature": "bri_map.evidence.feature",
    "FeatureNotFoundError": "bri_map.errors",
    "Filter": "bri_map.domain.filter",
    "FilterError": "bri_map.errors",
    "Near": "bri_map.domain.place",
    "Selection": "bri_map.query.selection",
    "load": "bri_map.catalog",
    "validate": "bri_map.checks",
}
"""Public name to the module that it comes from; each is imported when it is first asked for."""

if not TYPE_CHECKING:  # a type checker knows the names above and no others

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for."""
        if name == "__version__":
            from importlib.metadata import version

            value = version("bri-map")
        elif name in _HOMES:
            from importlib import import_module

            value = getattr(import_module(_HOMES[name]), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        """List the public names too, imported or not."""
        return sorted({*globals(), *__all__})
