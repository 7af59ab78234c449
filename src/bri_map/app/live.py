"""A short way for the answer of a filter to the map.

Streamlit renders the whole page before the map's frame hears of a change. The frame therefore also listens
on a WebSocket of its own, and what `publish` says arrives while Streamlit is still at work. The same state
comes again with the rerun; it carries a number, so the map takes each state once, and all works without
the short way too, only later.

A channel is opened by the server for a session, and its name is a secret of both. Nobody can make one up, and
neither channels nor frames are without number.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import OrderedDict
from contextlib import suppress
from enum import Enum

MAX_LISTENERS = 8
"""Frames that may listen to one session; a browser window has one."""
MAX_SOCKETS = 2048
"""Frames that may listen in all."""
MAX_CHANNELS = 4096
"""Channels that are kept; of those that nobody listens to, the ones not used for longest are forgotten."""


class Refusal(Enum):
    """Why a frame may not listen."""

    UNKNOWN = "unknown"
    FULL = "full"


class Listener:
    """A frame that listens. It is told the newest state; one that it was too slow for is left out."""

    def __init__(self, token: str, loop: asyncio.AbstractEventLoop) -> None:
        self.token = token
        self._loop = loop
        self._state = ""
        self._news = asyncio.Event()

    def tell(self, state: str) -> None:
        """Have a state sent; may be called from any thread."""
        with suppress(RuntimeError):  # the loop has just closed: nobody is there to hear it
            self._loop.call_soon_threadsafe(self._put, state)

    def _put(self, state: str) -> None:
        self._state = state
        self._news.set()

    async def newest(self) -> str:
        """Wait for a state that was not given yet."""
        await self._news.wait()
        self._news.clear()
        return self._state


class Hub:
    """Connects sessions with the frames that listen to them. Safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channels: OrderedDict[str, list[Listener]] = OrderedDict()
        self._sockets = 0

    def open(self) -> str:
        """Open a channel for a session.

        Returns:
            Its secret name.
        """
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._channels[token] = []
            surplus = len(self._channels) - MAX_CHANNELS
            if surplus > 0:
                silent = [name for name, listeners in self._channels.items() if not listeners]
                for name in silent[:surplus]:
                    del self._channels[name]
        return token

    def is_open(self, token: str) -> bool:
        """Tell whether a channel is known, and note that it is still used."""
        with self._lock:
            if token not in self._channels:
                return False
            self._channels.move_to_end(token)
            return True

    def is_followed(self, token: str) -> bool:
        """Tell whether any frame listens to a session."""
        with self._lock:
            return bool(self._channels.get(token))

    def publish(self, token: str, state: str) -> None:
        """Send a state to the frames of a session, if any listen.

        Args:
            token: Secret name of the session's channel.
            state: JSON, as `briMap.apply` reads it.
        """
        with self._lock:
            listeners = list(self._channels.get(token, ()))
        for listener in listeners:
            listener.tell(state)

    def join(self, token: str) -> Listener | Refusal:
        """Listen to a channel; to be called in the loop of the server."""
        with self._lock:
            listeners = self._channels.get(token)
            if listeners is None:
                return Refusal.UNKNOWN
            if len(listeners) >= MAX_LISTENERS or self._sockets >= MAX_SOCKETS:
                return Refusal.FULL
            listener = Listener(token, asyncio.get_running_loop())
            listeners.append(listener)
            self._sockets += 1
            return listener

    def leave(self, listener: Listener) -> None:
        """Listen no longer."""
        with self._lock:
            self._channels[listener.token].remove(listener)
            self._sockets -= 1


hub = Hub()
"""The one of this process."""
