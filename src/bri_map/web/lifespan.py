"""What goes on in a server beside its answers, from its start to its end."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Event, Thread

from bri_map.app.store import keeper
from bri_map.errors import DataError
from bri_map.web.streamlit_files import files

RECHECK_SECONDS = 2.0
"""How often one looks whether a file of the data root has changed."""


@asynccontextmanager
async def warm_start(_: object) -> AsyncIterator[dict[str, object]]:
    """Lifespan of the server: the data are read while the first visitor's browser loads, then watched."""
    leaving = Event()
    Thread(target=_watch, args=(leaving,), name="bri-map-data", daemon=True).start()
    try:
        yield {}
    finally:
        leaving.set()


def _watch(leaving: Event) -> None:
    files.warm()
    with suppress(DataError):  # it is logged, and shown to whoever comes
        keeper.warm()
    _keep_for_good()
    while not leaving.wait(RECHECK_SECONDS):
        if keeper.check():
            gc.unfreeze()  # what was served before is garbage soon, as any other


def _keep_for_good() -> None:
    """Spare what this process has read the search for garbage, which would stop everybody for a moment."""
    gc.collect()
    gc.freeze()
