"""The first pictures of the map of one store: drawn when they are asked for, and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlencode

import numpy as np

from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.i18n import languages
from bri_map.maps.atlas_map import START_LAT, START_LON
from bri_map.maps.first_picture import FirstPicture
from bri_map.maps.outlines import Outlines, draw_outlines, place_of

START = place_of(START_LON, START_LAT)
"""The middle of a first visit's map in pixels of the picture."""
_KEPT = 32
Params: TypeAlias = Mapping[str, Sequence[str]]


class FirstPictures:
    """Pictures for every language, filter and middle of the map, each drawn once."""

    def __init__(self, catalog: Catalog, labels: bytes) -> None:
        """Draw nothing yet.

        Args:
            catalog: The features.
            labels: Names of countries, as `pack_country_labels` gives them.
        """
        self._catalog = catalog
        self._labels = labels
        self._lock = threading.Lock()
        self._drawn: OrderedDict[str, str] = OrderedDict()

    def prepare(self) -> None:
        """Draw the pictures of first visits.

        Raises:
            DataError: A file of the basemap cannot be read.
        """
        for language in languages():
            self.picture(language, {}, START[0])

    def picture(self, language: str, params: Params | None, middle: int) -> str:
        """Give a picture as elements of HTML.

        Args:
            language: Language of the names.
            params: The filter as parameters, of which what cannot be used is left out; no features if None.
            middle: The middle of the map in pixels from the western edge of the world.

        Raises:
            DataError: A file of the basemap cannot be read.
        """
        asked = None if params is None else urlencode(sorted(params.items()), doseq=True)
        key = f"{language} {asked} {middle}"
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        drawn = self._draw(language, params, middle)
        with self._lock:
            self._drawn[key] = drawn
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        return drawn

    def _draw(self, language: str, params: Params | None, middle: int) -> str:
        catalog = self._catalog
        if params is None:
            visible = {layer: np.zeros(len(catalog.rows(layer)), dtype=np.bool_) for layer in LAYERS}
        else:
            selection = catalog.select(Filter.from_params(params, catalog.known())[0])
            visible = {layer: selection.layer_mask(layer) for layer in LAYERS}
        return self._pen.draw(language, visible, middle)

    @cached_property
    def _pen(self) -> FirstPicture:
        directory = self._catalog.root.basemap_directory()
        changed = (directory / "countries-50m.json").stat().st_mtime_ns
        return FirstPicture(self._catalog, _outlines(directory, changed), self._labels)


@cache
def _outlines(directory: Path, _changed: int) -> Outlines:
    """Draw the basemap once in a process, and anew when its file has changed."""
    return draw_outlines(directory)
