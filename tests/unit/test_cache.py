"""The cache: what it gives back, whom it does not trust, and that it is never needed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import bri_map
from bri_map import snapshot
from bri_map.cache import ENVIRONMENT_VARIABLE, KEPT, OFF, Cache, default_folder, key_of
from bri_map.catalog import Catalog
from bri_map.checks import validation
from bri_map.data.root import DataRoot
from bri_map.domain.filter import Filter
from bri_map.domain.vocabulary import Layer
from bri_map.errors import DataError
from tests.builders import Root

ROOT = Path(__file__).resolve().parents[2]
PARTS = {"one": b"first part", "two": bytes(range(256)) * 5, "none": b""}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Cache(tmp_path / "cache")


@pytest.fixture
def kept_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache that `bri_map.load` uses."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def entry(folder: Path) -> Path:
    """Give the only entry in a folder."""
    (path,) = folder.iterdir()
    return path


def without_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make reading and checking a data root fail."""

    def fail(*_: object) -> None:
        raise AssertionError("the data root was read")

    monkeypatch.setattr(validation, "read_checked", fail)


class TestEntries:
    def test_parts_come_back_as_they_were(self, cache: Cache) -> None:
        cache.write("kind", "key", PARTS)
        found = cache.read("kind", "key")
        assert found is not None
        assert {name: bytes(part) for name, part in found.items()} == PARTS

    def test_what_was_not_written_is_not_there(self, cache: Cache) -> None:
        assert cache.read("kind", "key") is None
        cache.write("kind", "key", PARTS)
        assert cache.read("kind", "other") is None
        assert cache.read("other", "key") is None

    def test_only_the_user_may_enter_the_folder(self, cache: Cache) -> None:
        cache.write("kind", "key", PARTS)
        assert cache.folder is not None
        assert cache.folder.stat().st_mode & 0o777 == 0o700

    @pytest.mark.parametrize("harm", ["cut", "turned", "emptied", "foreign", "folder"])
    def test_a_broken_entry_is_none(self, cache: Cache, harm: str) -> None:
        cache.write("kind", "key", PARTS)
        assert cache.folder is not None
        path = entry(cache.folder)
        content = bytearray(path.read_bytes())
        if harm == "folder":
            path.unlink()
            path.mkdir()
        else:
            content[-100] ^= 1
            harmed = {"cut": content[:-1], "turned": content, "emptied": b"", "foreign": b"{}" * 900}[harm]
            path.write_bytes(harmed)
        assert cache.read("kind", "key") is None

    @pytest.mark.parametrize("mode", [0o777, 0o770])
    def test_a_folder_that_others_may_write_is_not_used(self, cache: Cache, mode: int) -> None:
        cache.write("kind", "key", PARTS)
        assert cache.folder is not None
        cache.folder.chmod(mode)
        assert cache.read("kind", "key") is None
        cache.write("kind", "other", PARTS)
        assert len(list(cache.folder.iterdir())) == 1

    def test_an_entry_that_others_may_write_is_not_used(self, cache: Cache) -> None:
        cache.write("kind", "key", PARTS)
        assert cache.folder is not None
        entry(cache.folder).chmod(0o666)
        assert cache.read("kind", "key") is None

    def test_an_entry_of_somebody_else_is_not_used(
        self, cache: Cache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cache.write("kind", "key", PARTS)
        other = os.getuid() + 1
        monkeypatch.setattr(os, "getuid", lambda: other)
        assert cache.read("kind", "key") is None

    def test_a_full_disk_leaves_nothing_behind(self, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
        cache.write("kind", "key", PARTS)
        assert cache.folder is not None

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        cache.write("kind", "other", PARTS)
        assert cache.read("kind", "key") is not None
        assert len(list(cache.folder.iterdir())) == 1

    def test_a_folder_that_cannot_be_made_is_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        cache = Cache(tmp_path / "file" / "cache")
        cache.write("kind", "key", PARTS)
        assert cache.read("kind", "key") is None

    def test_the_entries_used_last_are_kept(self, cache: Cache) -> None:
        assert cache.folder is not None
        for number in range(KEPT):
            cache.write("kind", str(number), PARTS)
            os.utime(cache.folder / f"kind-{number}.cache", (number, number))
        cache.write("another", "key", PARTS)
        assert cache.read("kind", "0") is not None  # used now, so 1 is the oldest
        cache.write("kind", "new", PARTS)
        left = {path.name for path in cache.folder.iterdir()}
        assert left == {"kind-0.cache", "kind-2.cache", "kind-3.cache", "kind-new.cache", "another-key.cache"}

    def test_parts_of_a_key_do_not_run_together(self) -> None:
        assert key_of([b"ab", b"c"]) != key_of([b"a", b"bc"]) != key_of([b"abc"])


class TestPlace:
    def test_the_variable_names_the_folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
        assert Cache.find() == Cache(tmp_path)

    def test_the_variable_does_without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(ENVIRONMENT_VARIABLE, OFF)
        cache = Cache.find()
        assert cache == Cache(None)
        cache.write("kind", "key", PARTS)
        assert cache.read("kind", "key") is None

    def test_else_it_is_where_the_platform_has_it(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv(ENVIRONMENT_VARIABLE)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setattr(sys, "platform", "linux")
        assert Cache.find() == Cache(tmp_path / ".cache" / "bri-map")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
        assert Cache.find() == Cache(tmp_path / "xdg" / "bri-map")
        monkeypatch.setattr(sys, "platform", "darwin")
        assert default_folder() == tmp_path / "Library" / "Caches" / "bri-map"
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
        assert default_folder() == tmp_path / "local" / "bri-map" / "Cache"


class TestCatalog:
    def test_the_second_load_reads_no_table(
        self, kept_at: Path, small_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bri_map.load(small_folder)
        assert list(kept_at.iterdir())
        without_reading(monkeypatch)
        assert len(bri_map.load(small_folder))

    def test_it_is_the_same_catalog(self, kept_at: Path, catalog: Catalog) -> None:
        bri_map.load(ROOT)
        kept = bri_map.load(ROOT)
        assert kept_at.is_dir()
        assert list(kept.ids) == list(catalog.ids)
        for layer in Layer:
            pd.testing.assert_frame_equal(kept.rows(layer), catalog.rows(layer))
            assert list(kept.geometry(layer)) == list(catalog.geometry(layer))
        for name in ("claims", "sources", "translations", "retired"):
            pd.testing.assert_frame_equal(kept.table(name), catalog.table(name))
        wanted = Filter(country={"LAO"}, q="railway", year=2021)
        assert kept.select(wanted).ids == catalog.select(wanted).ids
        assert kept.select(Filter()).statistics() == catalog.select(Filter()).statistics()
        for feature_id in ("china-laos-railway", str(catalog.ids[0]), str(catalog.ids[-1])):
            assert kept.get(feature_id) == catalog.get(feature_id)

    def test_an_edit_is_seen_at_once(self, kept_at: Path, small: Root, tmp_path: Path) -> None:
        folder = small.write(tmp_path / "root")
        before = bri_map.load(folder)
        path = folder / "data" / "parks.csv"
        name = before.name(before.id_at(Layer.PARKS, 0), "en")
        path.write_text(path.read_text("utf-8").replace(name, "Renamed Park"), "utf-8")
        claims = folder / "data" / "claims.csv"
        claims.write_text(claims.read_text("utf-8").replace(name, "Renamed Park"), "utf-8")
        after = bri_map.load(folder)
        assert after.name(after.id_at(Layer.PARKS, 0), "en") == "Renamed Park"
        assert len(list(kept_at.iterdir())) == 2

    def test_faults_are_told_every_time(self, kept_at: Path, small: Root, tmp_path: Path) -> None:
        folder = small.write(tmp_path / "root")
        (folder / "data" / "parks.csv").write_text("id\n", "utf-8")
        for _ in range(2):
            with pytest.raises(DataError, match="fault"):
                bri_map.load(folder)
        assert not kept_at.exists()

    def test_nothing_is_kept_of_files_that_change_while_they_are_read(
        self, kept_at: Path, small: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = small.write(tmp_path / "root")
        read = validation.read_checked

        def edited_after(*given: object) -> object:
            result = read(*given)  # type: ignore[arg-type]
            with (folder / "geo" / "parks.geojson").open("a", encoding="utf-8") as stream:
                stream.write("\n")
            return result

        monkeypatch.setattr(validation, "read_checked", edited_after)
        assert len(bri_map.load(folder))
        assert not kept_at.exists()

    def test_the_data_root_is_left_as_it_is(self, kept_at: Path, small: Root, tmp_path: Path) -> None:
        folder = small.write(tmp_path / "root")
        before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
        bri_map.load(folder)
        assert kept_at.is_dir()
        assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before

    def test_the_code_that_reads_is_part_of_the_key(
        self, small_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = snapshot.content_key(DataRoot.find(small_folder))
        monkeypatch.setattr(snapshot, "source_key", lambda *_: "other code")
        assert snapshot.content_key(DataRoot.find(small_folder)) != before

    def test_two_processes_may_write_at_once(self, kept_at: Path, small_folder: Path) -> None:
        command = [sys.executable, "-c", f"import bri_map; print(len(bri_map.load({str(small_folder)!r})))"]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
        counts = {process.communicate()[0] for process in running}
        assert [process.returncode for process in running] == [0, 0]
        assert len(counts) == 1
        assert len(list(kept_at.iterdir())) == 1
