"""Files of download are written once, one at a time, and few for one session."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bri_map.app import export_files
from bri_map.app.export_files import MAX_WAITING, BusyError, ExportFiles, Turn
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.exports import EXPORTERS, Exporter

LAO = Filter(country={"LAO"})


class Written:
    """A format that counts how often it is written, and by how many at a time."""

    def __init__(self) -> None:
        self.asked: list[tuple[Filter, tuple[str, ...]]] = []
        self.now = 0
        self.most = 0

    def write(self, selection: Any, _: Catalog, layers: tuple[str, ...]) -> Iterator[bytes]:
        self.now += 1
        self.most = max(self.most, self.now)
        self.asked.append((selection.filter, layers))
        yield b"x" * 10
        self.now -= 1


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    """The one format that there is."""
    found = Written()
    monkeypatch.setattr(Exporter, "write", property(lambda _: found.write))
    return found


@pytest.fixture
def files(small_catalog: Catalog) -> ExportFiles:
    """The files of the small data root."""
    return ExportFiles(small_catalog)


NAME = next(iter(EXPORTERS))


def test_a_file_is_what_its_format_writes(files: ExportFiles, small_catalog: Catalog) -> None:
    pieces = EXPORTERS[NAME].write(small_catalog.select(LAO), small_catalog, ("parks",))
    assert files.get(LAO, ("parks",), NAME) == b"".join(pieces)


def test_the_same_file_is_written_once(files: ExportFiles, written: Written) -> None:
    for _ in range(3):
        assert files.get(LAO, ("parks",), NAME) == b"x" * 10
        files.get(Filter(), ("parks",), NAME)
        files.get(LAO, ("rail",), NAME)
    assert len(written.asked) == 3


def test_many_who_ask_at_once_get_one_file(files: ExportFiles, written: Written) -> None:
    threads = [
        threading.Thread(target=files.get, args=(wanted, ("parks",), NAME)) for wanted in (LAO, Filter()) * 10
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(written.asked) == 2
    assert written.most == 1


def test_what_was_asked_for_longest_ago_goes_first(
    files: ExportFiles, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_files, "KEPT_BYTES", 25)
    for layers in (("parks",), ("rail",), ("parks",), ("projects",), ("parks",)):
        files.get(LAO, layers, NAME)
    assert [layers for _, layers in written.asked] == [("parks",), ("rail",), ("projects",)]
    files.get(LAO, ("rail",), NAME)
    assert len(written.asked) == 4


def test_few_downloads_of_a_session_may_wait(files: ExportFiles) -> None:
    turn, refused, released = Turn(), [], threading.Event()
    inside = threading.Semaphore(0)

    def ask() -> None:
        try:
            with turn.taken():
                inside.release()
                assert released.wait(20)
        except BusyError:
            refused.append(1)

    first = [threading.Thread(target=ask) for _ in range(MAX_WAITING)]
    for thread in first:
        thread.start()
    assert inside.acquire(timeout=20)
    while turn._places._value:  # until all have their place
        time.sleep(0.01)
    ask()
    assert refused == [1]
    assert not inside.acquire(blocking=False)
    released.set()
    for thread in first:
        thread.join(20)
    ask()
    assert refused == [1]
