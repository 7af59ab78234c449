"""What of the server is closed to visitors, and what robots are told."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bri_map.app.assets import PREFIX
from bri_map.web.unknown_page import instead_of_page

ROBOTS = f"User-agent: *\nDisallow: /{PREFIX}/\nDisallow: /_stcore/\n"
_CLOSED = ("/_stcore/upload_file", "/_stcore/metrics")
"""The atlas takes no file from anybody, and how many visitors there are is the operator's to know."""
_FILES = ("/component/", "/_stcore/", "/static/", "/media/", "/vendor/", f"/{PREFIX}/")
"""Parts of the paths under which there are files."""


class ClosedPaths:
    """ASGI middleware that answers for paths that Streamlit would open, or answer with a page.

    Streamlit gives its page for every path that it does not know; a file or a page that is asked for and is
    not there is said not to be there, and a link that was spoilt on its way leads to where it was meant to.

    Args:
        app: What answers for everything else.
        base: The path under which the server was told to answer; empty for the root.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app = app
        self._base = base.strip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        answer = _answer(scope, self._base) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)


def _answer(scope: Scope, base: str) -> Response | None:
    path = scope["path"]
    if any(closed in path for closed in _CLOSED):
        return PlainTextResponse("There is no such page.\n", status_code=404)
    name = path.rpartition("/")[2]
    if name == "robots.txt":
        return PlainTextResponse(ROBOTS)
    if any(part in path for part in _FILES) or name in _SHELL_FILES:
        return None
    return instead_of_page(scope, base)


_SHELL_FILES = frozenset({"favicon.png", "index.html", "manifest.json"})
"""Files of Streamlit's page that lie beside it."""
