"""One Chromium that reaches nothing but this machine, and windows in it that time what they show."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, WebSocket, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.e2e.chromium import FLAGS, find_chromium

PageKind = Literal["atlas", "floor", "geojson", "pydeck"]
_VIEWPORT = ViewportSize(width=1400, height=900)
_SCRIPT = (Path(__file__).parent / "page.js").read_text("utf-8")
_PATIENCE_MS = 120_000
_SETTLE_MS = 400
_STROKES = 3
_STROKE_PX = 450
_STROKE_SECONDS = 0.7


@dataclass(frozen=True, slots=True)
class Click:
    """One click on a filter.

    Attributes:
        ms: Milliseconds from the click to the first frame in which the page shows the answer.
        received: Bytes of the websocket messages that the click brought, of Streamlit and of the atlas.
        received_live: Those among them that came over the atlas's own websocket.
        runs: How often the script ran.
        draw_ms: Milliseconds that the map's own script took to draw, zero where there is none of ours.
    """

    ms: float
    received: int
    received_live: int
    runs: int
    draw_ms: float


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Window:
    """A window of its own, with empty caches."""

    def __init__(self, browser: Browser, kind: PageKind) -> None:
        self._kind = kind
        self._context = browser.new_context(viewport=_VIEWPORT, locale="en-GB")
        self._context.add_init_script(_SCRIPT)
        self._page: Page = self._context.new_page()
        self._messages: list[bytes] = []
        self._live: list[bytes] = []
        self._page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        """Keep what comes over a websocket of the page or of its frames."""
        kept = self._messages if "/_stcore/" in socket.url else self._live
        socket.on(
            "framereceived", lambda data: kept.append(data if isinstance(data, bytes) else data.encode())
        )

    def open(self, url: str) -> float:
        """Load a page.

        Returns:
            Milliseconds from navigation until the page is of use.
        """
        self._page.goto(url, wait_until="commit")
        return float(
            self._page.evaluate(
                "([kind, patience]) => bench.ready(kind, patience)", [self._kind, _PATIENCE_MS]
            )
        )

    def first_picture(self) -> float:
        """Give the milliseconds from navigation until a text or picture was first to be seen."""
        return float(
            self._page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
        )

    def settle(self, ms: int = 1500) -> None:
        """Let what still runs come to an end."""
        self._page.wait_for_timeout(ms)

    def pills(self) -> list[str]:
        """Give the texts of the pills of the filter by status."""
        return list(self._page.evaluate("() => bench.pills()"))

    def shown(self) -> str:
        """Give what the page shows, as `click` expects it."""
        return str(self._page.evaluate("kind => bench.shown(kind)", self._kind))

    def click(self, pill: int, expected: str) -> Click:
        """Click a pill and wait until the page shows what is expected."""
        self._page.bring_to_front()
        self._messages.clear()
        self._live.clear()
        ms = self._page.evaluate("given => bench.click(...given)", [self._kind, pill, expected, _PATIENCE_MS])
        self._page.wait_for_timeout(_SETTLE_MS)
        draw_ms = float(self._page.evaluate("() => bench.drawMs()"))
        live = sum(map(len, self._live))
        received = live + sum(map(len, self._messages))
        return Click(float(ms), received, live, _count_runs(self._messages), draw_ms)

    def pan(self) -> list[float]:
        """Drag the map to and fro for about two seconds.

        Returns:
            Milliseconds from frame to frame.
        """
        page = self._page
        page.bring_to_front()
        box = page.locator("iframe[title*='st_folium']").first.bounding_box()
        if box is None:
            raise RuntimeError("the page shows no map")
        x, y = box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4
        page.mouse.move(x, y)
        page.evaluate("() => bench.startFrames()")
        for stroke in range(_STROKES):
            sign = 1 if stroke % 2 else -1
            page.mouse.move(x, y)
            page.mouse.down()
            begun = time.perf_counter()
            while (gone := (time.perf_counter() - begun) / _STROKE_SECONDS) < 1:
                page.mouse.move(x + sign * _STROKE_PX * gone, y + 60 * gone)
                page.wait_for_timeout(4)
            page.mouse.up()
        return [float(ms) for ms in page.evaluate("() => bench.stopFrames()")]

    def close(self) -> None:
        """Close the window."""
        self._context.close()


def _count_runs(messages: Iterable[bytes]) -> int:
    """Count how often messages say that the script has started."""
    return sum(ForwardMsg.FromString(message).WhichOneof("type") == "new_session" for message in messages)
