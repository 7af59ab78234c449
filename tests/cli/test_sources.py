"""`bri-map sources --check`: polite, resumable, and never a change of the data."""

from __future__ import annotations

import csv
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result

from bri_map import cli
from bri_map.analysis.addresses import Address, Manners, State, archived_copy, try_addresses
from bri_map.data.root import ENVIRONMENT_VARIABLE
from tests.builders import Root

Run = Callable[..., Result]


class Site(BaseHTTPRequestHandler):
    """A site whose paths say what they answer."""

    asked: ClassVar[list[tuple[str, str, float]]] = []
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append((self.command, self.path, time.monotonic()))
        code = {"/gone": 404, "/refused": 429, "/no-head": 405 if self.command == "HEAD" else 200}
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/new-place")
        else:
            self.send_response(code.get(self.path, 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(small: Root, tmp_path: Path, site: str) -> Path:
    for number, row in enumerate(small.tables["sources"]):
        row["url"] = f"{site}/{('fine', 'gone', 'moved')[number]}" if number < 3 else ""
    return small.write(tmp_path / "root")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def invoke(*words: str) -> Result:
        monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))
        return CliRunner().invoke(cli.main, ["sources", *words])

    return invoke


def test_each_address_is_told_what_became_of_it(site: str) -> None:
    paths = ("fine", "gone", "refused", "moved", "no-head")
    addresses = [Address(path, f"{site}/{path}") for path in paths]
    addresses.append(Address("closed", "http://127.0.0.1:1/"))
    found = {tried.id: tried for tried in try_addresses(addresses, Manners(pause=0, timeout=5))}
    assert {id_: tried.state for id_, tried in found.items()} == {
        "fine": State.OK,
        "gone": State.GONE,
        "refused": State.REFUSED,
        "moved": State.MOVED,
        "no-head": State.OK,
        "closed": State.UNREACHABLE,
    }
    assert found["moved"].target == f"{site}/new-place"


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(site: str) -> None:
    addresses = [Address(str(n), f"{site}/{n}") for n in range(3)]
    assert len(list(try_addresses(addresses, Manners(pause=0.2, timeout=5)))) == 3
    times = [at for _, _, at in Site.asked]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.19


def test_who_stops_listening_stops_the_requests(site: str) -> None:
    answers = try_addresses([Address(str(n), f"{site}/{n}") for n in range(50)], Manners(pause=0, timeout=5))
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert len(Site.asked) < 5


@pytest.mark.parametrize(
    ("answer", "copy"),
    [
        (
            {"archived_snapshots": {"closest": {"available": True, "status": "200", "url": "http://w/1"}}},
            "http://w/1",
        ),
        ({"archived_snapshots": {"closest": {"available": True, "status": "404", "url": "http://w/1"}}}, ""),
        ({"archived_snapshots": {}}, ""),
        ([], ""),
    ],
)
def test_copies_of_the_wayback_machine(answer: object, copy: str) -> None:
    asked: list[str] = []

    def read(url: str) -> bytes:
        asked.append(url)
        return json.dumps(answer).encode()

    assert archived_copy("https://example.org/a?b=c", read) == copy
    assert asked == ["https://archive.org/wayback/available?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc"]


def test_the_list_asks_nobody(run: Run, site: str) -> None:
    assert f"{site}/gone" in run().output
    assert {row["url"] for row in json.loads(run("--json").output)} >= {f"{site}/fine"}
    assert Site.asked == []


def test_a_check_goes_on_where_it_was_stopped_and_leaves_the_data(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    out = tmp_path / "found.csv"
    first = run("--check", "--pause", "0", "--limit", "2", "-o", str(out))
    assert first.exit_code == 0, first.output
    assert "1 are left for the next time" in first.stderr
    second = run("--check", "--pause", "0", "-o", str(out))
    assert "Trying 1 addresses." in second.stderr
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted(row["state"] for row in rows) == ["gone", "moved", "ok"]
    asked = len(Site.asked)
    assert "Every address was tried" in run("--check", "-o", str(out)).stderr
    assert len(Site.asked) == asked
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_file_of_something_else_is_not_written_to(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "other.csv"
    out.write_text("a,b\n1,2\n")
    result = run("--check", "-o", str(out))
    assert result.exit_code == 2
    assert "no file of this command" in result.output
    assert out.read_text() == "a,b\n1,2\n"
