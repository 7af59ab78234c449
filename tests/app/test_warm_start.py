"""The start of the server: what the first visitor would wait for is made ready behind the scenes."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from bri_map.app.store import keeper
from bri_map.errors import DataError
from bri_map.web import lifespan, warm_start
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
    assert any(found is index for found in gc.get_objects())
    start()
    try:
        deadline = time.monotonic() + 20
        while any(found is index for found in gc.get_objects()):
            assert time.monotonic() < deadline, "it is not taken out"
            time.sleep(0.05)
    finally:
        gc.unfreeze()


def test_the_server_does_it_when_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Event()
    monkeypatch.setattr(keeper, "warm", done.set)
    start()
    assert done.wait(10)


def test_a_broken_data_root_does_not_stop_the_start(
    broken_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_new_data_are_ready_before_anybody_sees_them(
    fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
) -> None:
    fresh_keeper(small.write(tmp_path))
    before = keeper.store()
    small.row("parks", "lao-farm")["note"] = "Another note."
    small.write(tmp_path)
    assert keeper.check()
    after = keeper.store()
    assert after is not before
    assert "_typos" in vars(after.catalog.searcher)
    assert all("compressed" in vars(asset) for asset in after.assets.values())


def test_the_server_watches_the_files(
    fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifespan, "RECHECK_SECONDS", 0.01)
    fresh_keeper(small.write(tmp_path))
    before = keeper.store()
    small.row("parks", "lao-farm")["note"] = "Another note."
    small.write(tmp_path)

    async def serve() -> None:
        async with lifespan.warm_start(None):
            deadline = time.monotonic() + 30
            while keeper.store() is before:
                assert time.monotonic() < deadline, "nobody looks at the files"
                await asyncio.sleep(0.05)

    try:
        asyncio.run(serve())
    finally:
        gc.unfreeze()
