"""Adds to the head of the pages: the script that sets the theme, and words for search engines."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bri_map.app.store import PREFIX, keeper
from bri_map.browser import connection_script, head_script
from bri_map.errors import DataError
from bri_map.i18n import languages, messages
from bri_map.web.downloads import ALL, SOURCES

DESCRIBED_PAGE = "/about"
"""The page that carries the description of the data set as JSON-LD."""
_NO_PAGES = ("/component/", "/_stcore/", "/static/", "/media/", f"/{PREFIX}/")
_END_OF_HEAD = b"</head>"


class PageHead:
    """ASGI middleware that adds to the head of every page.

    The page itself is Streamlit's, the same file for every path; only its head is added to. A data root
    with faults describes nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or any(part in scope["path"] for part in _NO_PAGES):
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name not in _CONDITIONS]
        described = scope["path"].rstrip("/").endswith(DESCRIBED_PAGE)
        answer = _Answer(send, _head_scripts() + (await _description() if described else b""))
        await self._app({**scope, "headers": plain}, receive, answer.take)


_CONDITIONS = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})
"""Request headers that would make the answer compressed, partial or empty."""


class _Answer:
    """Holds an HTML answer back until it is whole, then sends it with an addition to its head."""

    def __init__(self, send: Send, addition: bytes) -> None:
        self._send = send
        self._addition = addition
        self._start: Message | None = None
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if message["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = bytes(self._body).replace(_END_OF_HEAD, self._addition + _END_OF_HEAD, 1)
        headers = MutableHeaders(scope=self._start)
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified", "accept-ranges"):
            if name in headers:
                del headers[name]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


@cache
def _head_scripts() -> bytes:
    texts = json.dumps(connection_texts(), ensure_ascii=False).replace("<", "\\u003c")
    return (
        f"<script>{head_script()}</script>"
        f'<script type="application/json" id="bri-connection-texts">{texts}</script>'
        f"<script>{connection_script()}</script>"
    ).encode()


def connection_texts() -> dict[str, dict[str, Any]]:
    """Give what is said where the page has no connection, by language, with links that work without."""
    found: dict[str, dict[str, Any]] = {}
    for language in languages():
        text = messages(language).text
        links = {
            f"{ALL}.geojson": text("connection.link.all"),
            f"{ALL}.csv": text("connection.link.table"),
            SOURCES: text("connection.link.sources"),
        }
        found[language] = {
            "tag": messages(language).locale.tag,
            "blocked": text("connection.blocked"),
            "administrator": text("connection.administrator"),
            "instead": text("connection.instead"),
            "away": text("connection.away"),
            "links": [[label, f"{PREFIX}/export/{file}"] for file, label in links.items()],
        }
    return found


async def _description() -> bytes:
    try:
        store = await run_in_threadpool(keeper.store)
    except DataError:
        return b""
    return b'<script type="application/ld+json">' + store.description + b"</script>"
