"""Many readers at once: `python -m bench.load`. Each clicks a filter, thinks, and clicks again.

Readers are WebSocket clients that speak Streamlit's protocol, as a browser does; nothing is drawn. The atlas
and the empty app are asked in turn in one run, so that a busy machine is busy for both.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.apps.options import STATUSES
from bench.report import to_markdown
from bench.servers import Server, serve_app, serve_atlas

_PATIENCE = 120.0
_ARRIVALS_A_SECOND = 10


@dataclass(slots=True)
class Load:
    """What some readers met.

    Attributes:
        name: Which app.
        readers: How many there were.
        seconds: How long they stayed.
        loads_ms: First loads, until the script has run.
        clicks_ms: Clicks, until the script has run for them.
        faults: Clicks that were never answered, or answered with an error.
        memory_mb: Resident memory of the server, once a minute.
    """

    name: str
    readers: int
    seconds: float
    loads_ms: list[float] = field(default_factory=list)
    clicks_ms: list[float] = field(default_factory=list)
    faults: int = 0
    memory_mb: list[float] = field(default_factory=list)


class Reader:
    """One browser window without a browser."""

    def __init__(self, socket: ClientConnection, is_atlas: bool) -> None:
        self._socket = socket
        self._is_atlas = is_atlas
        self._widget = ""
        self._hash = ""
        self._chosen: set[int] = set()
        self._numbers = itertools.count(int(time.time() * 1000))

    async def open(self) -> None:
        """Load the page."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        await self._socket.send(message.SerializeToString())
        await self._finished()

    async def click(self) -> None:
        """Toggle one status."""
        option = random.randrange(len(STATUSES) - 1)
        self._chosen ^= {option}
        message = BackMsg()
        client = message.rerun_script
        client.page_script_hash = self._hash
        state = client.widget_states.widgets.add(id=self._widget)
        if self._is_atlas:
            change = {
                "kind": "code",
                "facet": "status",
                "code": STATUSES[option],
                "on": option in self._chosen,
                "n": next(self._numbers),
            }
            state.json_value = json.dumps({"pending": [change]})
        else:
            state.string_array_value.data.extend(STATUSES[i] for i in sorted(self._chosen))
        await self._socket.send(message.SerializeToString())
        await self._finished()

    async def _finished(self) -> None:
        """Read until the script has run; remember what a click needs."""
        async with asyncio.timeout(_PATIENCE):
            async for data in self._socket:
                message = ForwardMsg.FromString(data)  # type: ignore[arg-type]
                kind = message.WhichOneof("type")
                if kind == "new_session":
                    self._hash = message.new_session.page_script_hash
                elif kind == "delta":
                    self._look(message)
                elif kind == "script_finished":
                    if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        continue
                    if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                        raise RuntimeError("the script ended with an error")
                    return
        raise RuntimeError("the connection was closed")

    def _look(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(element.exception.message)
        if self._is_atlas and kind == "bidi_component":
            if element.bidi_component.component_name == "bri-map-changes":
                self._widget = element.bidi_component.id
        elif not self._is_atlas and kind == "button_group":
            self._widget = element.button_group.id


async def _visit(load: Load, server: Server, *, is_atlas: bool, delay: float, think: float) -> None:
    await asyncio.sleep(delay)
    end = time.perf_counter() + load.seconds
    address = f"{server.url.replace('http', 'ws', 1)}/_stcore/stream"
    try:
        async with connect(address, subprotocols=["streamlit"], max_size=None, origin=server.url) as socket:  # type: ignore[list-item,arg-type]
            reader = Reader(socket, is_atlas)
            begun = time.perf_counter()
            await reader.open()
            load.loads_ms.append(1000 * (time.perf_counter() - begun))
            while time.perf_counter() < end:
                await asyncio.sleep(think * random.uniform(0.5, 1.5))
                begun = time.perf_counter()
                await reader.click()
                load.clicks_ms.append(1000 * (time.perf_counter() - begun))
    except (OSError, RuntimeError, TimeoutError):
        load.faults += 1


async def _watch(load: Load, server: Server) -> None:
    while True:
        load.memory_mb.append(server.memory_mb())
        await asyncio.sleep(60)


async def run(load: Load, server: Server, *, is_atlas: bool, think: float) -> Load:
    """Let readers come one after another, stay and click.

    Args:
        load: Takes what they meet.
        server: Which server they visit.
        is_atlas: Whether it is the atlas, or the empty app.
        think: Seconds between two clicks of a reader, the mean.
    """
    watch = asyncio.create_task(_watch(load, server))
    await asyncio.gather(
        *(
            _visit(load, server, is_atlas=is_atlas, delay=number / _ARRIVALS_A_SECOND, think=think)
            for number in range(load.readers)
        )
    )
    load.memory_mb.append(server.memory_mb())
    watch.cancel()
    with suppress(asyncio.CancelledError):
        await watch
    return load


def render(loads: Sequence[Load]) -> str:
    """Write the table in Markdown."""
    head = (
        "readers",
        "app",
        "clicks/s",
        "click p50",
        "p95",
        "p99",
        "first load p50",
        "p95",
        "faults",
        "server",
    )
    return to_markdown([head, *map(_cells, loads)])


def _cells(load: Load) -> tuple[str, ...]:
    clicks = np.percentile(load.clicks_ms or [0.0], [50, 95, 99])
    loads = np.percentile(load.loads_ms or [0.0], [50, 95])
    return (
        str(load.readers),
        load.name,
        f"{len(load.clicks_ms) / load.seconds:.1f}",
        *(f"{ms:,.0f} ms" for ms in clicks),
        *(f"{ms:,.0f} ms" for ms in loads),
        str(load.faults),
        f"{load.memory_mb[0]:,.0f} to {load.memory_mb[-1]:,.0f} MB",
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--readers", type=int, nargs="+", default=[10, 100], metavar="N")
    parser.add_argument(
        "--seconds", type=float, default=60, help="How long each stays. Default: %(default)s."
    )
    parser.add_argument(
        "--think", type=float, default=5, help="Seconds between clicks. Default: %(default)s."
    )
    parser.add_argument("--floor", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args(arguments)
    loads: list[Load] = []
    for readers in options.readers:
        for name in _apps(options.floor):
            with serve_app("floor.py") if name == "empty" else serve_atlas(None) as server:
                load = Load(name, readers, options.seconds)
                is_atlas = name == "atlas"
                loads.append(asyncio.run(run(load, server, is_atlas=is_atlas, think=options.think)))
            print(f"{readers} readers, {name}: done", flush=True)
    print(f"\n{render(loads)}")


def _apps(with_floor: bool) -> Iterator[str]:
    if with_floor:
        yield "empty"
    yield "atlas"


if __name__ == "__main__":
    main()
