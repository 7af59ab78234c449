"""The data are edited while ten visitors are there: a real server, ten sockets. Nobody has to wait."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bri_map.app.store import PREFIX
from bri_map.i18n import messages
from tests.e2e.conftest import change_rows, copied_root, running_server

VISITORS = 10
PAUSE_SECONDS = 0.3
QUIET_SECONDS = 6.0
PATIENCE_SECONDS = 120.0
LIMIT_MS = 200.0
"""What a request may take beside a rebuild, on a machine that has nothing else to do."""
TOLD = messages("en").text("error.before")


@dataclass
class Visitor:
    """One browser window without a browser.

    Attributes:
        runs_ms: What each run of the page took.
        maps: The maps that it was given, each time it changed.
        is_told: Whether the page says that the data have faults.
    """

    socket: ClientConnection
    runs_ms: list[float] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    is_told: bool = False

    async def run(self) -> None:
        """Have the page made, as after a click, and read all of it."""
        message = BackMsg()
        message.rerun_script.query_string = "lang=en"
        begun = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        texts: list[str] = []
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for data in self.socket:
                answer = ForwardMsg.FromString(data)  # type: ignore[arg-type]
                kind = answer.WhichOneof("type")
                if kind == "delta":
                    self._look(answer, texts)
                elif kind == "script_finished":
                    if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        texts.clear()  # the page has seen that the faults are mended, and is made anew
                        continue
                    assert answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                    break
        self.is_told = TOLD in texts
        self.runs_ms.append(1000 * (time.perf_counter() - begun))

    def _look(self, answer: ForwardMsg, texts: list[str]) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        assert kind != "exception", element.exception.message
        if kind == "text":
            texts.append(element.text.body)
        elif kind == "component_instance":
            found = re.search(r"map\.[0-9a-f]+\.js", json.dumps(element.component_instance.json_args))
            assert found is not None
            if self.maps[-1:] != [found[0]]:
                self.maps.append(found[0])


async def ask(server: str, path: str) -> float:
    """Ask for a path over a socket of its own; gives the milliseconds."""
    host, _, port = server.removeprefix("http://").partition(":")
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.read(-1), PATIENCE_SECONDS)
    writer.close()
    assert head.startswith(b"HTTP/1.1 200"), head[:200]
    return 1000 * (time.perf_counter() - begun)


@dataclass
class Times:
    """What requests took, in milliseconds."""

    pages: list[float]
    files: list[float]


async def browse(server: str, visitors: list[Visitor], is_over: Callable[[], bool]) -> Times:
    """Let all visitors click, and one more ask for files, until it is over."""
    files: list[float] = []

    async def click(visitor: Visitor) -> None:
        while not is_over():
            await visitor.run()
            await asyncio.sleep(PAUSE_SECONDS)

    async def look() -> None:
        while not is_over():
            files.append(await ask(server, f"/{PREFIX}/search?q=gwadar"))
            files.append(await ask(server, f"/{PREFIX}/timeline?layer=rail"))
            await asyncio.sleep(PAUSE_SECONDS / 3)

    before = [len(visitor.runs_ms) for visitor in visitors]
    await asyncio.gather(look(), *map(click, visitors))
    pages = [ms for v, n in zip(visitors, before, strict=True) for ms in v.runs_ms[n:]]
    return Times(pages, files)


async def visited(
    server: str, root: Path, story: Callable[[str, list[Visitor], Path], Awaitable[None]]
) -> None:
    """Open the page for every visitor, then let the story happen."""
    address = f"{server.replace('http', 'ws', 1)}/_stcore/stream"
    sockets = [
        await connect(address, subprotocols=["streamlit"], max_size=None, origin=server)  # type: ignore[list-item,arg-type]
        for _ in range(VISITORS)
    ]
    try:
        visitors = [Visitor(socket) for socket in sockets]
        for visitor in visitors:
            await visitor.run()
        await story(server, visitors, root)
    finally:
        for socket in sockets:
            await socket.close()


def until(condition: Callable[[], bool]) -> Callable[[], bool]:
    """Tell when a condition holds; fail when it does not come about."""
    deadline = time.monotonic() + PATIENCE_SECONDS

    def is_over() -> bool:
        assert time.monotonic() < deadline, "it does not come about"
        return condition()

    return is_over


def rename_a_park(root: Path, name: str) -> None:
    """Edit the table of parks as a spreadsheet does: the file is written anew."""

    def change(rows: list[dict[str, str]]) -> None:
        rows[0]["name"] = name

    change_rows(root, "parks", change)


async def edit_and_mend(server: str, visitors: list[Visitor], root: Path) -> None:
    await ask(server, f"/{PREFIX}/search?q=gwadar")  # its index is made after the start
    end = time.monotonic() + QUIET_SECONDS
    quiet = await browse(server, visitors, lambda: time.monotonic() > end)
    assert all(len(visitor.maps) == 1 for visitor in visitors)

    rename_a_park(root, "A name that nobody gave it")
    edited = await browse(server, visitors, until(lambda: all(len(v.maps) > 1 for v in visitors)))
    _compare(quiet, edited)

    end = time.monotonic() + QUIET_SECONDS
    await browse(server, visitors, lambda: time.monotonic() > end)
    assert all(len(visitor.maps) == 2 for visitor in visitors), "the map changes once"
    assert not any(visitor.is_told for visitor in visitors)

    broken = root / "geo" / "waypoints.csv"
    there = broken.read_bytes()
    broken.write_bytes(b"\xff" + there)
    await browse(server, visitors, until(lambda: all(v.is_told for v in visitors)))
    broken.write_bytes(there)
    await browse(server, visitors, until(lambda: not any(v.is_told for v in visitors)))
    assert all(len(visitor.maps) == 2 for visitor in visitors), "the map was there all the time"


def _compare(quiet: Times, edited: Times) -> None:
    """Hold requests beside a rebuild against those without.

    On a machine that has other things to do all are slow; then they may take that many times as long, and the
    slowest one, which tells least, more than the usual one.
    """
    for name in ("pages", "files"):
        before, beside = getattr(quiet, name), getattr(edited, name)
        print(f"{name}: quiet {_told(before)}, beside an edit {_told(beside)}")
        for share, slower in ((50, 2), (95, 3), (100, 5)):
            limit = max(LIMIT_MS, slower * float(np.percentile(before, share)))
            assert float(np.percentile(beside, share)) <= limit, (name, share)


def _told(found: list[float]) -> str:
    return " / ".join(f"{ms:.0f}" for ms in np.percentile(found, [50, 95, 100])) + " ms"


def test_an_edit_under_ten_visitors_stops_nobody(tmp_path: Path) -> None:
    root = copied_root(tmp_path)
    with running_server(root) as server:
        asyncio.run(visited(server, root, edit_and_mend))
