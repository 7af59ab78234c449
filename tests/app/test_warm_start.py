"""The start of the server: what the first visitor would wait for is made ready behind the scenes."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from bri_map.app import store as store_module
from bri_map.app.store import keeper
from bri_map.errors import DataError
from bri_map.web import warm_start
from tests.builders import Root


def start() -> None:
    """Let the server start and stop again."""

    async def serve() -> None:
        async with warm_start(None):
            pass

    asyncio.run(serve())


def test_the_index_of_the_search_and_compressed_files_are_there(
    fresh_keeper: Callable[[Path], None], small_folder: Path
) -> None:
    fresh_keeper(small_folder)
    store = keeper.store()
    assert "index" not in vars(store.catalog.searcher)
    keeper.warm()
    assert "index" in vars(store.catalog.searcher)
    assert all("compressed" in vars(asset) for asset in store.assets.values())


def test_nothing_of_it_is_searched_for_garbage(
    fresh_keeper: Callable[[Path], None], small_folder: Path
) -> None:
    fresh_keeper(small_folder)
    keeper.warm()
    index = keeper.store().catalog.searcher.index
    assert gc.is_tracked(index)
    assert all(found is not index for found in gc.get_objects())


def test_the_server_does_it_when_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Event()
    monkeypatch.setattr(keeper, "warm", done.set)
    start()
    assert done.wait(10)


def test_a_broken_data_root_does_not_stop_the_start(
    fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.row("parks", "lao-farm")["type"] = "farming"
    fresh_keeper(small.write(tmp_path))
    warm, told = keeper.warm, Event()

    def tell() -> None:
        try:
            warm()
        except DataError:
            told.set()
            raise

    monkeypatch.setattr(keeper, "warm", tell)
    start()
    assert told.wait(10)


def test_new_data_are_made_ready_behind_the_scenes(
    fresh_keeper: Callable[[Path], None],
    small: Root,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store_module, "_RECHECK_SECONDS", -1.0)
    fresh_keeper(small.write(tmp_path))
    before = keeper.store()
    small.row("parks", "lao-farm")["note"] = "Another note."
    small.write(tmp_path)
    after = keeper.store()
    assert after is not before
    deadline = time.monotonic() + 20
    while "_typos" not in vars(after.catalog.searcher):
        assert time.monotonic() < deadline, "the index is not built by itself"
        time.sleep(0.05)
