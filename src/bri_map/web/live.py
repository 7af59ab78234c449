"""The WebSocket on which a map's frame follows its session."""

from __future__ import annotations

import asyncio

from starlette.websockets import WebSocket, WebSocketDisconnect

from bri_map.app.live import hub


async def follow(websocket: WebSocket) -> None:
    """Send the states of a session to a frame until it goes away."""
    await websocket.accept()
    with hub.listening(websocket.path_params["token"]) as states:
        if states is None:
            await websocket.close(code=1013)
            return
        gone = asyncio.create_task(websocket.receive())
        try:
            while True:
                state = asyncio.create_task(states.get())
                await asyncio.wait({gone, state}, return_when=asyncio.FIRST_COMPLETED)
                if gone.done():
                    state.cancel()
                    return
                await websocket.send_text(state.result())
        except WebSocketDisconnect:
            return
        finally:
            gone.cancel()
