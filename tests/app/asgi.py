"""A client of an ASGI application in a few lines: no server, no socket."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

Message = MutableMapping[str, Any]
App = Callable[[Any, Any, Any], Awaitable[None]]


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def request(app: App, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    """Ask an application for a path."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(_scope("http", path, headers or {}) | {"method": method}, receive, send))
    start, *bodies = sent
    return Answer(
        status=start["status"],
        headers={name.decode(): value.decode() for name, value in start["headers"]},
        body=b"".join(message.get("body", b"") for message in bodies),
    )


class Socket:
    """A WebSocket to an application, to be used inside one event loop."""

    def __init__(self, app: App, path: str, headers: dict[str, str] | None = None) -> None:
        self._sent: asyncio.Queue[Message] = asyncio.Queue()
        self._received: asyncio.Queue[Message] = asyncio.Queue()
        self._sent.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.ensure_future(
            app(_scope("websocket", path, headers or {}), self._sent.get, self._received.put)
        )

    async def receive(self) -> Message:
        """Give the next message of the application."""
        return await asyncio.wait_for(self._received.get(), timeout=5)

    def has_more(self) -> bool:
        """Tell whether a message waits."""
        return not self._received.empty()

    async def close(self) -> None:
        """Go away, and wait until the application has noticed."""
        self._sent.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self._task, timeout=5)


def _scope(kind: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http" if kind == "http" else "ws",
        "path": unquote(path.partition("?")[0]),
        "raw_path": path.partition("?")[0].encode(),
        "root_path": "",
        "query_string": path.partition("?")[2].encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "subprotocols": [],
    }
