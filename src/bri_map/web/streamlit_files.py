"""Streamlit's own scripts and styles, and those of the map's frame, answered from memory and compressed.

A first visit asks for some eighty of them. Streamlit reads each from the disk in pieces and sends it as it
is, which takes most of the server's time for a visit and three times the bytes. Their names carry the hash of
what is in them, so each is read once and compressed once.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bri_map.web.answers import FOREVER

FRAME = "/component/streamlit_folium.st_folium/"
"""Path of the map's frame, behind any prefix."""
_PAGE = "/"
_HASHED = re.compile(
    r"(?P<prefix>.*/)static/(?P<name>(?:js|css|media)/[\w.-]+\.[\w-]{8}\.(?:js|css|woff2))", re.ASCII
)
_COMPRESSED = frozenset({".js", ".css"})
_FIRST = re.compile(r'"\./(static/(?:js|css)/[\w./-]+)"')


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    compressed: bytes
    media_type: str


class _Files:
    """Files by what their path ends with; read when first asked for."""

    def __init__(self) -> None:
        self._folders = {
            FRAME: _folder("streamlit_folium") / "frontend" / "build",
            _PAGE: _folder("streamlit") / "static",
        }
        self._read: dict[Path, _File] = {}

    def find(self, address: str) -> Path | None:
        """Give the file that an address means, if its name carries a hash."""
        found = _HASHED.fullmatch(address)
        if found is None:
            return None
        under = FRAME if found["prefix"].endswith(FRAME) else _PAGE
        path = self._folders[under] / "static" / found["name"]
        return path if path in self._read or path.is_file() else None

    def kept(self, path: Path) -> _File | None:
        """Give a file that has been read."""
        return self._read.get(path)

    def read(self, path: Path) -> _File:
        """Read and compress a file."""
        body = path.read_bytes()
        compressed = gzip.compress(body, 6, mtime=0) if path.suffix in _COMPRESSED else b""
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self._read[path] = file = _File(body, compressed, media_type)
        return file

    def warm(self) -> None:
        """Read what every page and the map's frame begin with."""
        for prefix, folder in self._folders.items():
            page = (folder / "index.html").read_text("utf-8")
            for name in _FIRST.findall(page):
                path = self.find(prefix + name)
                if path is not None and self.kept(path) is None:
                    self.read(path)


def _folder(package: str) -> Path:
    """Give the folder of an installed package without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed; the app needs it")
    return Path(spec.submodule_search_locations[0]).resolve()


files = _Files()
"""Those of this process."""


class StreamlitFiles:
    """ASGI middleware that answers for files of Streamlit and streamlit-folium whose names carry a hash."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = files.find(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if path is None:
            await self._app(scope, receive, send)
            return
        file = files.kept(path)
        if file is None:
            file = await run_in_threadpool(files.read, path)
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        body = file.body
        if file.compressed and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            body = file.compressed
            headers["Content-Encoding"] = "gzip"
        await Response(body, media_type=file.media_type, headers=headers)(scope, receive, send)
