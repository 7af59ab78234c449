"""Which feature a link names, by our id or by what another database calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bri_map.catalog import Catalog
from bri_map.errors import FilterError
from bri_map.query.identified import identified

NAMING = ("id", "ref")
"""The parameters of a link that name a feature."""


def feature_by_id(asked: str, catalog: Catalog) -> str | None:
    """Give the feature of an id, in capitals or not; for a retired one the feature that stands for it now."""
    for feature_id in (asked.strip(), asked.strip().lower()):
        if feature_id in catalog.features:
            return feature_id
        successor = catalog.successor(feature_id)
        if successor is not None and successor in catalog.features:
            return successor
    return None


def linked_feature(params: Mapping[str, Sequence[str]], catalog: Catalog) -> str | None:
    """Give the feature that a link names, None where it names none that there is.

    Args:
        params: Parameters of the link: name to values.
        catalog: The features.
    """
    for asked in params.get("id", ())[:1]:
        return feature_by_id(asked, catalog)
    for asked in params.get("ref", ())[:1]:
        try:
            found = identified(catalog.features, catalog.table("identifiers"), asked)
        except FilterError:
            return None
        return found[0].feature_id if found else None
    return None
