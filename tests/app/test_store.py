"""The store of a server: read anew beside what is served; whatever is wrong with the files, the map stays."""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import shutil
import sys
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bri_map.app import map_files
from bri_map.app import store as store_module
from bri_map.app.store import PREFIX, build_store, keeper
from bri_map.catalog import load
from bri_map.data.root import DataRoot
from bri_map.data.signature import BASEMAP_FILES, basemap_files, files_read, signature
from bri_map.errors import DataError
from bri_map.maps.basemap import pack_basemap
from bri_map.maps.labels import pack_country_labels, pack_town_labels
from bri_map.ui.figures_page import figures_html
from bri_map.web import PageHead
from tests.app.asgi import request
from tests.app.test_web import APP
from tests.builders import Root, write_basemap
from tests.conftest import ROOT

Use = Callable[[Path], None]


@pytest.fixture
def root(small: Root, tmp_path: Path, fresh_keeper: Use, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small data root with a basemap of its own, served."""
    monkeypatch.setattr(store_module, "_SETTLED_SECONDS", 0.0)
    write_basemap(small.write(tmp_path))
    fresh_keeper(tmp_path)
    for pack in (pack_basemap, pack_country_labels, pack_town_labels):
        monkeypatch.setattr(map_files, pack.__name__, pack)
    keeper.warm()
    return tmp_path


def edit(root: Path, place: str = "data/parks.csv") -> None:
    """Change a file so that its content stays and its state does not."""
    path = root / place
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(time.time_ns(), time.time_ns()))


def broken(path: Path, content: bytes | None = b'"\xff\x00 no such thing') -> Callable[[], None]:
    """Break a file, or take it away; gives what mends it."""
    there = path.read_bytes() if path.exists() else None
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)

    def mend() -> None:
        path.unlink(missing_ok=True)
        if there is not None:
            path.write_bytes(there)

    return mend


class TestSignature:
    def test_it_covers_exactly_the_files_that_are_read(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: set[Path] = set()
        listening = True

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if listening and event == "open" and isinstance(arguments[0], str):
                opened.add(Path(arguments[0]))

        sys.addaudithook(hook)
        monkeypatch.undo()  # the basemap is to be packed as it is
        catalog = load(root)
        build_store(catalog)
        catalog.searcher.prepare()
        listening = False
        there = {path for path in files_read(DataRoot(root)) if path.is_file()}
        assert {path for path in opened if root in path.parents} == there

    def test_a_file_of_every_kind_counts_and_an_editors_copy_does_not(self, root: Path) -> None:
        found = DataRoot(root)
        for path in files_read(found):
            before = signature(files_read(found))
            edit(root, str(path.relative_to(root))) if path.exists() else path.write_text("", "utf-8")
            assert signature(files_read(found)) != before, path
        before = signature(files_read(found))
        for name in ("parks.csv~", ".parks.csv.swp", "parks.csv.bak", "#parks.csv#", "notes.txt"):
            (root / "data" / name).write_text("x", "utf-8")
        assert signature(files_read(found)) == before

    def test_a_file_put_in_the_place_of_another_is_a_new_one(self, root: Path) -> None:
        path = root / "data" / "parks.csv"
        stat, before = path.stat(), signature([path])
        copy = path.with_suffix(".new")
        copy.write_bytes(path.read_bytes())
        os.utime(copy, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        copy.replace(path)
        assert signature([path]) != before

    def test_a_file_may_go_while_one_looks(self, tmp_path: Path) -> None:
        assert signature([tmp_path / "gone.csv"]) == ((str(tmp_path / "gone.csv"), None),)

    def test_a_root_without_a_basemap_is_shown_on_the_one_shipped(self, small_folder: Path) -> None:
        shipped = ROOT / "geo" / "basemap"
        assert basemap_files(DataRoot(small_folder)) == tuple(shipped / name for name in BASEMAP_FILES)


class TestEdits:
    def test_nobody_waits_while_a_new_store_is_built(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = keeper.store()
        reached, released = threading.Event(), threading.Event()

        def slow() -> Any:
            reached.set()
            assert released.wait(60)
            return load()

        monkeypatch.setattr(store_module, "load", slow)
        edit(root)
        builder = threading.Thread(target=keeper.check)
        builder.start()
        try:
            assert reached.wait(60)
            assert keeper.store() is before
            address = next(iter(before.assets))
            assert request(APP, f"/{PREFIX}/{address}").status == 200
            assert builder.is_alive(), "it was waited for"
        finally:
            released.set()
            builder.join(60)
        assert keeper.store() is not before

    def test_the_loop_of_the_server_never_waits(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """While the store is waited for, the loop goes on answering others."""
        released = threading.Event()
        kept = keeper.store()

        def waiting() -> Any:
            assert released.wait(20)
            return kept

        monkeypatch.setattr(keeper, "store", waiting)

        async def page(scope: Any, receive: Any, send: Any) -> None:
            headers = [(b"content-type", b"text/html")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"<head></head>"})

        async def ask() -> int:
            scope = {"type": "http", "path": "/about", "headers": [], "method": "GET"}
            sent: list[Any] = []

            async def send(message: Any) -> None:
                sent.append(message)

            asked = asyncio.ensure_future(PageHead(page)(scope, None, send))  # type: ignore[arg-type]
            turns = 0
            for _ in range(20):
                await asyncio.sleep(0.01)
                turns += not asked.done()
            released.set()
            await asked
            assert b"ld+json" in sent[-1]["body"]
            return turns

        assert asyncio.run(ask()) == 20

    def test_the_basemap_is_packed_again_only_when_it_has_changed(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packed: list[Path] = []

        def pack(directory: Path) -> bytes:
            packed.append(directory)
            return b"{}"

        monkeypatch.setattr(map_files, "pack_town_labels", pack)
        edit(root)
        assert keeper.check()
        assert packed == []
        edit(root, "geo/basemap/towns.csv")
        assert keeper.check()
        assert packed == [root / "geo" / "basemap"]

    def test_the_same_data_give_the_same_map(self, root: Path) -> None:
        before = keeper.store()
        edit(root)
        assert keeper.check()
        assert keeper.store() is not before
        assert keeper.store().map_assets == before.map_assets

    def test_a_map_that_is_open_still_finds_its_files(self, root: Path, small: Root) -> None:
        before = keeper.store()
        small.row("parks", "lao-farm")["name"] = "Another name"
        small.write(root)
        assert keeper.check()
        gone = set(before.assets) - set(keeper.store().assets)
        assert gone
        assert all(request(APP, f"/{PREFIX}/{address}").status == 200 for address in gone)

    def test_the_data_of_before_are_let_go(self, root: Path) -> None:
        old = weakref.ref(keeper.store().catalog)
        figures_html(keeper.store().catalog, "en")
        edit(root)
        assert keeper.check()
        gc.collect()
        assert old() is None

    def test_nothing_is_built_while_nothing_changes(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store_module, "load", lambda: pytest.fail("the data are read again"))
        (root / "data" / "parks.csv~").write_text("an editor's copy", "utf-8")
        assert not keeper.check()

    def test_files_read_while_they_change_are_read_again(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: list[int] = []

        def torn() -> Any:
            read.append(1)
            if len(read) == 1:
                edit(root)
                raise DataError("half a file")
            return load()

        monkeypatch.setattr(store_module, "load", torn)
        edit(root)
        assert keeper.check()
        assert len(read) == 2
        assert keeper.fault is None

    def test_one_waits_until_the_files_have_come_to_rest(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written: list[int] = []

        def still_writing(_: float) -> None:
            if len(written) < 3:
                written.append(1)
                edit(root)

        read: list[int] = []

        def counted() -> Any:
            read.append(1)
            return load()

        monkeypatch.setattr(store_module.time, "sleep", still_writing)
        monkeypatch.setattr(store_module, "load", counted)
        edit(root)
        assert keeper.check()
        assert (len(written), len(read)) == (3, 1)

    def test_other_threads_have_their_turn_ten_times_as_often(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usual, seen = sys.getswitchinterval(), []

        def looked() -> Any:
            seen.append(sys.getswitchinterval())
            return load()

        monkeypatch.setattr(store_module, "load", looked)
        edit(root)
        keeper.check()
        assert seen[0] <= usual / 5
        assert sys.getswitchinterval() == usual


class TestFaults:
    def test_the_last_good_data_are_served_whichever_file_is_broken(self, root: Path) -> None:
        """Each file that is read is broken in turn, the one before mended: only its own fault is told."""
        good, mended = keeper.store(), lambda: None
        for path in files_read(DataRoot(root)):
            mended()
            mended = broken(path)
            assert not keeper.check()
            assert keeper.fault is not None
            assert path.name in str(keeper.fault)
            assert len(keeper.fault.report or [1]) == 1, path
            assert keeper.store() is good
        mended()
        assert keeper.check()
        assert keeper.fault is None

    @pytest.mark.parametrize(
        "place",
        [
            "data/parks.csv",
            "data/datapackage.json",
            "geo/waypoints.csv",
            "geo/rail.geojson",
            "geo/basemap/countries-10m.json",
            "geo/basemap/towns.csv",
        ],
    )
    def test_the_map_comes_back_by_itself_when_it_is_mended(self, root: Path, place: str) -> None:
        before = keeper.store()
        mended = broken(root / place)
        assert not keeper.check()
        mended()
        assert keeper.check()
        assert keeper.fault is None
        assert keeper.store().map_assets == before.map_assets

    def test_a_file_that_is_taken_away_changes_nothing(self, root: Path) -> None:
        good, path = keeper.store(), root / "data" / "parks.csv"
        path.rename(path.with_suffix(".old"))
        keeper.check()
        assert keeper.store() is good
        assert "data/parks.csv" in str(keeper.fault)

    def test_a_root_that_is_taken_away_changes_nothing(self, root: Path) -> None:
        good = keeper.store()
        (root / "data").rename(root / "data-moved")
        keeper.check()
        assert keeper.store() is good
        assert keeper.fault is not None
        (root / "data-moved").rename(root / "data")
        assert keeper.check()
        assert keeper.fault is None

    def test_what_nobody_foresaw_is_logged_and_not_tried_again(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        good, tried = keeper.store(), []

        def broken(*_: Any) -> Any:
            tried.append(1)
            raise KeyError("an error of our own")

        monkeypatch.setattr(store_module, "build_store", broken)
        edit(root)
        for _ in range(3):
            keeper.check()
            assert keeper.store() is good
        assert len(tried) == 1
        assert [record.exc_info is not None for record in caplog.records if record.name == "bri_map"] == [
            True
        ]
        assert "an error of our own" not in str(keeper.fault)

    def test_without_any_good_data_it_is_not_tried_again_either(
        self, fresh_keeper: Use, small_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fresh_keeper(small_folder)
        tried = []

        def broken(*_: Any) -> Any:
            tried.append(1)
            raise ZeroDivisionError

        monkeypatch.setattr(store_module, "build_store", broken)
        for _ in range(3):
            with pytest.raises(DataError):
                keeper.store()
        assert len(tried) == 1

    def test_a_broken_search_does_not_take_the_map(
        self, fresh_keeper: Use, small: Root, tmp_path: Path
    ) -> None:
        fresh_keeper(write_basemap(small.write(tmp_path)))
        store = keeper.store()
        (tmp_path / "geo" / "basemap" / "towns.csv").unlink()
        keeper.warm()
        assert "towns.csv" in str(keeper.fault)
        assert keeper.store() is store

    def test_no_answer_names_a_place_on_the_server(self, root: Path, fresh_keeper: Use) -> None:
        wrong = itertools.cycle((None, b"", b"\xff", b"[]"))
        for path, content in zip(files_read(DataRoot(root)), wrong, strict=False):
            mended = broken(path, content)
            fresh_keeper(root)
            _check_public(root)
            mended()
        shutil.rmtree(root / "geo")
        fresh_keeper(root)
        _check_public(root)


def _check_public(root: Path) -> None:
    answers = [request(APP, f"/{PREFIX}/{path}") for path in ("map.js", "search?q=x", "timeline")]
    for text in (*(answer.text for answer in answers), str(keeper.fault)):
        assert str(root) not in text
        assert str(ROOT) not in text
        assert "BRI_MAP_DATA" not in text
