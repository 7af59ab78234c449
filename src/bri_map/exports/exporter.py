"""What a format of download is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from bri_map.catalog import Catalog
    from bri_map.query.selection import Selection


Writer = Callable[["Selection", "Catalog", Sequence[str]], Iterator[bytes]]
"""Writes the features of a selection that lie in some layers, piece by piece, as UTF-8."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format of download.

    Attributes:
        name: Name of the format: the value of `--format`, and the key of its message `format.<name>`.
        suffix: Ending of file names, without the first dot; no two formats share one.
        media_type: Media type, as in HTTP.
        place: Where the writer is, `module:name`; the module is imported when a file is written.
    """

    name: str
    suffix: str
    media_type: str
    place: str

    @property
    def write(self) -> Writer:
        """Gives the file piece by piece."""
        module, name = self.place.split(":")
        return cast("Writer", getattr(import_module(module), name))

    def file_name(self, catalog: Catalog, layers: Sequence[str]) -> str:
        """Give the name under which a download is saved."""
        part = layers[0] if len(layers) == 1 else "all"
        return f"{catalog.info.name}-{part}-{catalog.info.version}.{self.suffix}"
