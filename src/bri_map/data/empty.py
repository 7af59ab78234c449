"""The files of a data root that holds nothing yet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from bri_map.data.dataset import DESCRIPTOR
from bri_map.data.descriptor import descriptor_text
from bri_map.data.format import table_text
from bri_map.data.geometry import feature_collection_text
from bri_map.domain.layers import LAYERS
from bri_map.domain.tables import TABLES

_HEAD: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "my-atlas",
    "title": "My atlas",
    "version": "0.1",
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
    "attribution": "Who made it",
}


def empty_root(today: date) -> dict[str, str]:
    """Give the files of an empty data root: the tables that it needs, the geometry, and a descriptor.

    Args:
        today: Date of the data.

    Returns:
        Place inside the root to text. Name, title, licence and credit in the descriptor are to be replaced.
    """
    files = {f"geo/{layer}.geojson": feature_collection_text(()) for layer in LAYERS}
    for table in TABLES:
        if not table.is_optional:
            files[table.path] = table_text(table, pd.DataFrame(columns=list(table.column_names), dtype="str"))
    head = {**_HEAD, "created": f"{today.isoformat()}T00:00:00Z"}
    files[DESCRIPTOR] = descriptor_text(head, files.keys())
    return files
