"""The WebSocket on which a map's frame follows its session."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.websockets import WebSocket, WebSocketDisconnect

from bri_map.app.live import Listener, Refusal, hub

_POLICY_VIOLATION = 1008
_TRY_AGAIN_LATER = 1013
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


async def follow(websocket: WebSocket) -> None:
    """Send the states of a session to a frame until it goes away."""
    if not is_own_origin(websocket.headers):
        await websocket.close(code=_POLICY_VIOLATION)
        return
    listener = hub.join(websocket.path_params["token"])
    if isinstance(listener, Refusal):
        is_full = listener is Refusal.FULL
        await websocket.close(code=_TRY_AGAIN_LATER if is_full else _POLICY_VIOLATION)
        return
    try:
        await websocket.accept()
        await _tell(websocket, listener)
    except WebSocketDisconnect:
        return
    finally:
        hub.leave(listener)


async def _tell(websocket: WebSocket, listener: Listener) -> None:
    gone = asyncio.create_task(websocket.receive())
    try:
        while True:
            state = asyncio.create_task(listener.newest())
            await asyncio.wait({gone, state}, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                state.cancel()
                return
            await websocket.send_text(state.result())
    finally:
        gone.cancel()


def is_own_origin(headers: Headers) -> bool:
    """Tell whether a socket was opened by a page of this server, or by a program that is no browser.

    A browser says whose page asks, and neither that nor the name of the host can be chosen by the page.
    Pages of the machine that the browser runs on may ask as well, as for Streamlit's own socket.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    asked = urlsplit(origin)
    hosts = {headers.get("host", ""), headers.get("x-forwarded-host", "").partition(",")[0].strip()}
    return asked.netloc != "" and (asked.netloc in hosts or asked.hostname in _THIS_MACHINE)
