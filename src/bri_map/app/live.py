"""A short way for the answer of a filter to the map.

Streamlit renders the whole page before the map's frame hears of a change. The frame therefore also listens
on a WebSocket of its own, and what `publish` says arrives while Streamlit is still at work. The same state
comes again with the rerun; it carries a number, so the map takes each state once, and all works without
the short way too, only later.
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

MAX_LISTENERS = 8
"""Frames that may listen to one session; a browser window has one."""


class Hub:
    """Connects sessions with the frames that listen to them. Safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: defaultdict[str, list[_Listener]] = defaultdict(list)

    def is_followed(self, token: str) -> bool:
        """Tell whether any frame listens to a session."""
        with self._lock:
            return token in self._listeners

    def publish(self, token: str, state: str) -> None:
        """Send a state to the frames of a session, if any listen.

        Args:
            token: Secret name of the session's channel.
            state: JSON, as `briMap.apply` reads it.
        """
        with self._lock:
            listeners = list(self._listeners.get(token, ()))
        for listener in listeners:
            listener.tell(state)

    @contextmanager
    def listening(self, token: str) -> Iterator[asyncio.Queue[str] | None]:
        """Take part in a channel; gives None when it is full."""
        listener = _Listener(asyncio.get_running_loop())
        with self._lock:
            present = self._listeners[token]
            accepted = len(present) < MAX_LISTENERS
            if accepted:
                present.append(listener)
        try:
            yield listener.states if accepted else None
        finally:
            with self._lock:
                if accepted:
                    self._listeners[token].remove(listener)
                if not self._listeners[token]:
                    del self._listeners[token]


class _Listener:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.states: asyncio.Queue[str] = asyncio.Queue()

    def tell(self, state: str) -> None:
        with suppress(RuntimeError):  # the loop has just closed: nobody is there to hear it
            self._loop.call_soon_threadsafe(self.states.put_nowait, state)


hub = Hub()
"""The one of this process."""
