"""Files of download: written when one asks, one at a time, and kept for whoever asks for the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.errors import BriMapError
from bri_map.exports import WRITTEN

KEPT_BYTES = 64_000_000
"""What the files that are kept may weigh together; those asked for last stay."""
MAX_WAITING = 3
"""Downloads that one session may wait for."""

_Key = tuple[Filter, tuple[str, ...], str]


class BusyError(BriMapError):
    """A session asks for more files than are written for it at a time."""


class ExportFiles:
    """The files of one state of the data. Safe to call from any thread.

    Args:
        catalog: The data.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    def get(self, wanted: Filter, layers: tuple[str, ...], name: str) -> bytes:
        """Give a file.

        Args:
            wanted: Which features.
            layers: Ids of the layers that it holds.
            name: Name of a format or list, see `WRITTEN`.
        """
        key = (wanted, layers, name)
        found = self._find(key)
        if found is not None:
            return found
        with self._writing:  # the interpreter does one thing at a time, and clicks come first
            found = self._find(key)
            if found is not None:
                return found
            catalog = self._catalog
            pieces = WRITTEN[name].write(catalog.select(wanted), catalog, layers)
            body = b"".join(pieces)
            self._keep(key, body)
            return body

    def _find(self, key: _Key) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: _Key, body: bytes) -> None:
        with self._lock:
            self._kept[key] = body
            while sum(map(len, self._kept.values())) > KEPT_BYTES:
                self._kept.popitem(last=False)


class Turn:
    """The place of one session in the line: its files are written one after the other, and few may wait."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(MAX_WAITING)
        self._lock = threading.Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait until the session's earlier downloads are done.

        Raises:
            BusyError: Too many of them wait already.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError("Too many downloads at once. Wait for the first ones.")
        try:
            with self._lock:
                yield
        finally:
            self._places.release()
