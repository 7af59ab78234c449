"""The sources of every value as JSON texts, ready to be put into files; the user's cache keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bri_map.cache import Cache, key_of, source_key
from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.exports.evidence import provenance_document

MOST_KEPT = 5_000
"""Features of the largest catalog whose texts are kept; each takes some kilobytes."""
_KIND = "provenance"
_PACKAGE = Path(__file__).resolve().parents[1]
_ROOMS = ("exports", "evidence", "domain")

dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
"""Write JSON without blanks."""


class ProvenanceTexts:
    """The member `provenance` of every feature of a catalog, written as JSON.

    Args:
        catalog: The catalog.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._cache = Cache.find() if len(catalog) <= MOST_KEPT else Cache(None)
        self._key = key_of([(catalog.key or "").encode(), source_key(_PACKAGE, _ROOMS).encode()])
        self._kept = self._cache.read(_KIND, self._key) if catalog.key else None
        self._ends = np.frombuffer(self._kept["ends"], dtype="<i8") if self._kept else None
        self._made: dict[int, str] = {}

    def of(self, layer: LayerId, index: int, texts: Mapping[str, str]) -> str:
        """Give the text of the feature at a place in a layer, of which `texts` is the row."""
        number = self._catalog.slices[layer].start + index
        if self._kept is not None and self._ends is not None:
            return str(self._kept["texts"][self._ends[number] : self._ends[number + 1]], "utf-8")
        text = dumps(provenance_document(self._catalog.said(layer, index, texts)))
        if len(self._catalog) <= MOST_KEPT:
            self._made[number] = text
        return text

    def keep(self) -> None:
        """Put the texts into the cache, if all of them have been made."""
        if self._catalog.key is None or len(self._made) < max(len(self._catalog), 1):
            return
        bodies = [self._made[number].encode() for number in range(len(self._catalog))]
        ends = np.cumsum([0, *map(len, bodies)], dtype="<i8")
        self._cache.write(_KIND, self._key, {"texts": b"".join(bodies), "ends": ends.tobytes()})
