"""The store that one run of the script shows, from its first line to its last.

The data may be read anew while a page is being made; the page is then still of one piece, and the next run
shows the new ones.
"""

from __future__ import annotations

from contextvars import ContextVar

from bri_map.app.store import AtlasStore, keeper

_STORE: ContextVar[AtlasStore] = ContextVar("store")


def begin_run() -> AtlasStore:
    """Choose the store of this run.

    Raises:
        DataError: There is none, for the data root has faults.
    """
    store = keeper.store()
    _STORE.set(store)
    return store


def current_store() -> AtlasStore:
    """Give the store of this run."""
    return _STORE.get()
