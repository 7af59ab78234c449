"""A server that is far away: a proxy on this machine that keeps every byte back for a while, each way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_CHUNK = 65536


class _Proxy:
    """Forwards connections to a port of this machine.

    Args:
        port: Where the server listens.
        seconds: How long a byte travels, each way.
    """

    def __init__(self, port: int, seconds: float) -> None:
        self._port = port
        self._seconds = seconds
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self.port = 0

    def start(self) -> None:
        """Begin to listen; `port` then says where."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Cut every connection and listen no more."""
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()
        self._loop.close()

    def lead_to(self, address: str) -> None:
        """Lead to another server from now on, as when the first one is started anew; cut who is connected."""
        self._port = _port_of(address)
        self._loop.call_soon_threadsafe(self._cut)

    def _cut(self) -> None:
        for writer in self._writers:
            writer.close()

    async def _serve(self) -> None:
        self._stopped = asyncio.Event()
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopped.wait()
        server.close()
        self._cut()
        await asyncio.gather(*(task for task in asyncio.all_tasks() if task is not asyncio.current_task()))

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers |= {writer, back}
        await asyncio.gather(self._carry(reader, back), self._carry(there, writer))
        self._writers -= {writer, back}

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry bytes one way; what follows does not wait for what is under way."""
        loop = asyncio.get_running_loop()
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await under_way.get()
                await asyncio.sleep(due - loop.time())
                if not data:
                    break
                with suppress(ConnectionError):
                    writer.write(data)
                    await writer.drain()
            writer.close()

        delivery = asyncio.create_task(deliver())
        with suppress(ConnectionError):
            while data := await reader.read(_CHUNK):
                under_way.put_nowait((loop.time() + self._seconds, data))
        under_way.put_nowait((loop.time() + self._seconds, b""))
        await delivery


@contextmanager
def far_away(address: str, seconds: float) -> Iterator[tuple[str, _Proxy]]:
    """Give the address of a server as one reaches it from afar, and the way there.

    Args:
        address: The server's own.
        seconds: How long a byte travels, each way.
    """
    proxy = _Proxy(_port_of(address), seconds)
    proxy.start()
    try:
        yield f"http://localhost:{proxy.port}{urlsplit(address).path}", proxy
    finally:
        proxy.stop()


def _port_of(address: str) -> int:
    port = urlsplit(address).port
    assert port is not None
    return port
