"""How much of each line lies in each of its countries: lines cut at the borders of the basemap."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from bri_map.cache import Cache, key_of
from bri_map.data.basemap import basemap_text, read_topology
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.geo.territories import Territories
from bri_map.query.features import Features

Numbers = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

_FILE = "countries-50m.json"
_KIND = "borders"
_AT_ONCE = 1_000
"""Lines that are all cut when the first is asked for, and kept for the next time."""


class Borders:
    """The lines of a catalog, cut at the borders when they are first asked for.

    Only the countries that a feature itself names count. What of a line lies on none of them, such as at sea,
    is in no part. Ten milliseconds a line, and less than a second for the borders; then it is known.

    Args:
        features: The features.
        basemap: Folder of the basemap.
        key: Stands for the data in the user's cache; None where they cannot be kept.
    """

    def __init__(self, features: Features, basemap: Path, key: str | None) -> None:
        self._features = features
        self._basemap = basemap
        self._data_key = key
        self._parts: dict[int, dict[str, float]] = {}

    @cached_property
    def _shapes(self) -> npt.NDArray[np.object_]:
        return self._features.every_shape()

    @cached_property
    def _countries(self) -> list[str]:
        return [cell for cells in self._features.cells("countries") for cell in cells]

    @cached_property
    def _territories(self) -> Territories:
        return Territories(read_topology(self._basemap / _FILE))

    @cached_property
    def _lines(self) -> Numbers:
        return np.flatnonzero(shapely.get_dimensions(self._shapes) == 1)

    def parts(self, features: Numbers) -> list[tuple[int, str, float]]:
        """Give the parts of lines: number of the feature, country, geodesic kilometres inside it.

        Args:
            features: Numbers of features; those that are no lines have no parts.

        Raises:
            DataError: The basemap cannot be read.
        """
        wanted = self._lines[np.isin(self._lines, features)].tolist()
        if any(number not in self._parts for number in wanted):
            self._cut(wanted)
        return [(number, country, km) for number in wanted for country, km in self._parts[number].items()]

    def _cut(self, wanted: list[int]) -> None:
        if len(self._lines) > _AT_ONCE:
            self._parts |= {i: self._parts_of(i) for i in wanted if i not in self._parts}
            return
        cache, key = Cache.find(), self._key()
        kept = cache.read(_KIND, key) if key else None
        if kept is not None:
            with pa.ipc.open_stream(pa.py_buffer(kept["parts"])) as reader:
                rows = reader.read_all().to_pylist()
            found: dict[int, dict[str, float]] = {number: {} for number in self._lines.tolist()}
            for row in rows:
                found[row["feature"]][row["country"]] = row["km"]
            self._parts = found
            return
        self._parts = {number: self._parts_of(number) for number in self._lines.tolist()}
        if key:
            cache.write(_KIND, key, {"parts": self._packed()})

    def _parts_of(self, number: int) -> dict[str, float]:
        own = self._countries[number].split(LIST_SEPARATOR)
        crossed = self._territories.crossed_km(self._shapes[number])
        return {country: km for country, km in crossed.items() if country in own}

    def _key(self) -> str | None:
        """Give what stands for the lines, the code that cuts them, and the borders."""
        if self._data_key is None:
            return None
        return key_of([self._data_key.encode(), basemap_text(self._basemap / _FILE).encode()])

    def _packed(self) -> memoryview:
        rows = [
            {"feature": number, "country": country, "km": km}
            for number, parts in self._parts.items()
            for country, km in parts.items()
        ]
        schema = pa.schema([("feature", pa.int64()), ("country", pa.string()), ("km", pa.float64())])
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, schema) as writer:
            writer.write_table(pa.Table.from_pylist(rows, schema))
        return memoryview(sink.getvalue())
