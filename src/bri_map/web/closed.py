"""What of the server is closed to visitors, and what robots are told."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bri_map.app.assets import PREFIX

ROBOTS = f"User-agent: *\nDisallow: /{PREFIX}/\nDisallow: /_stcore/\n"
_CLOSED = ("/_stcore/upload_file", "/_stcore/metrics")
"""The atlas takes no file from anybody, and how many visitors there are is the operator's to know."""
_FILES = ("/component/", "/_stcore/", "/static/", "/media/", "/vendor/", f"/{PREFIX}/")
"""Parts of the paths under which there are files."""


class ClosedPaths:
    """ASGI middleware that answers for paths that Streamlit would open, or answer with a page.

    Streamlit gives its page for every path that it does not know; a file that is asked for and is not there
    is said not to be there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        answer = _answer(scope["path"]) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)


def _answer(path: str) -> Response | None:
    if any(closed in path for closed in _CLOSED):
        return PlainTextResponse("There is no such page.\n", status_code=404)
    name = path.rpartition("/")[2]
    if name == "robots.txt":
        return PlainTextResponse(ROBOTS)
    if "." in name and not any(part in path for part in _FILES) and name not in _SHELL_FILES:
        return PlainTextResponse("There is no such file.\n", status_code=404)
    return None


_SHELL_FILES = frozenset({"favicon.png", "index.html", "manifest.json"})
"""Files of Streamlit's page that lie beside it."""
