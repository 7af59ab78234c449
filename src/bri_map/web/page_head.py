"""Adds to the pages: the script that sets the theme, the first picture, words for search engines."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bri_map.app.page_files import parts_address
from bri_map.app.store import PREFIX, keeper
from bri_map.browser import connection_script, head_script
from bri_map.errors import DataError
from bri_map.i18n import languages, messages
from bri_map.web.downloads import ALL, SOURCES
from bri_map.web.first_picture import Insertion, picture_for
from bri_map.web.link_words import link_words
from bri_map.web.streamlit_files import FRAME

DESCRIBED_PAGE = "/about"
"""The page that carries the description of the data set as JSON-LD."""
_NO_PAGES = ("/component/", "/_stcore/", "/static/", "/media/", f"/{PREFIX}/")
_END_OF_HEAD = b"</head>"
_BODY = b"<body>"
_TITLE = b"<title>Streamlit</title>"
_LEVEL = 4
"""Of compression: a page with a picture takes some milliseconds."""


class PageHead:
    """ASGI middleware that adds to the head of every page.

    The page itself is Streamlit's, the same file for every path; only its head is added to. A data root
    with faults describes nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].endswith(f"{FRAME}index.html"):
            added = Insertion(_frame_head())
        elif any(part in scope["path"] for part in _NO_PAGES):
            await self._app(scope, receive, send)
            return
        else:
            added = await _page_insertion(scope)
        plain = [(name, value) for name, value in scope["headers"] if name not in _CONDITIONS]
        accepted = Headers(scope=scope).get("accept-encoding", "")
        answer = _Answer(send, added, compress="gzip" in accepted)
        await self._app({**scope, "headers": plain}, receive, answer.take)


_CONDITIONS = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})
"""Request headers that would make the answer compressed, partial or empty."""


class _Answer:
    """Holds an HTML answer back until it is whole, then sends it with what is added to it."""

    def __init__(self, send: Send, added: Insertion, *, compress: bool) -> None:
        self._send = send
        self._added = added
        self._compress = compress
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
        body = bytes(self._body).replace(_TITLE, b"", 1)
        body = body.replace(_END_OF_HEAD, self._added.head + _END_OF_HEAD, 1)
        body = body.replace(_BODY, _BODY + self._added.body, 1)
        headers = MutableHeaders(scope=self._start)
        headers.add_vary_header("Accept-Encoding")
        headers.add_vary_header("Accept-Language")
        if self._compress:
            body = await run_in_threadpool(gzip.compress, body, _LEVEL)
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified", "accept-ranges"):
            if name in headers:
                del headers[name]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


async def _page_insertion(scope: Scope) -> Insertion:
    is_described = scope["path"].rstrip("/").endswith(DESCRIBED_PAGE)
    picture = await picture_for(scope)
    head = await run_in_threadpool(link_words, scope)
    head += _head_scripts() + picture.head + (await _description() if is_described else b"")
    return Insertion(head, picture.body)


def _frame_head() -> bytes:
    """Have the map's frame load what it needs while streamlit-folium's own script still starts."""
    store = keeper.ready()
    if store is None:
        return b""
    assets = store.map_assets
    first = (*assets.first, assets.country_names)
    loads = "".join(f'<link rel="preload" as="fetch" crossorigin href="{url}">' for url in first)
    return (
        f'<link rel="preload" as="style" href="{assets.style}">{loads}'
        f'<script defer src="{assets.script}"></script>'
    ).encode()


@cache
def _head_scripts() -> bytes:
    texts = json.dumps(connection_texts(), ensure_ascii=False).replace("<", "\\u003c")
    return (
        f"<script>{head_script()}</script>"
        f'<script type="application/json" id="bri-connection-texts">{texts}</script>'
        f"<script>{connection_script()}</script>"
        f"<script>{_PARTS % json.dumps(parts_address())}</script>"
    ).encode()


_PARTS = (
    "window.briMapParts = ((from) => import(from).catch("
    "() => new Promise((wait) => setTimeout(wait, 1000)).then(() => import(`${from}?again`))))(%s)"
)
"""Loads the parts of the page; a second time if the first fails, which a browser would remember otherwise."""


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
