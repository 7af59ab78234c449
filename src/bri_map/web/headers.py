"""Security headers on every answer."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bri_map.maps.basemaps import tile_origins

_FRAMED_BY_US = "frame-ancestors 'self'"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Streamlit's page and st_folium's frame run inline scripts, st_folium evaluates the map's state, and
        # Streamlit loads the scripts of our parts of the page from blobs.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        # The hosts of online basemaps stand here because a reader may choose one; nothing is asked of them
        # before, and only pictures may come from there. Scripts and data stay with this server.
        " ".join(("img-src 'self' data: blob:", *tile_origins())),
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        _FRAMED_BY_US,
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


EMBEDDABLE = HEADERS | {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(_FRAMED_BY_US, "frame-ancestors *")
}
"""The same, for what other sites may frame."""


def _may_be_embedded(scope: Scope) -> bool:
    """Whether other sites may frame the answer: the page that is made for it, and the frame inside it."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return asked.get("embed") == ["true"] or "/component/" in scope["path"]


class SecurityHeaders:
    """ASGI middleware that adds `HEADERS` where an answer does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        added = EMBEDDABLE if _may_be_embedded(scope) else HEADERS

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
