"""What is measured at one size of the data, click by click, beside the floor."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser

from bench.apps.options import STATUSES
from bench.browser import Click, PageKind, Window
from bench.servers import Server, serve_app, serve_atlas
from bri_map.data.root import bundled_directory
from bri_map.domain.vocabulary import Layer, Mark, Status

MOST_CLICKS = 24
_WARM_UP = 3
_TOGGLED = 5
"""Pills among which the walk goes; 2 to the power of this many filters, each asked once."""

Counts = Mapping[str, Mapping[str, int]]
"""Status to layer to number of features."""


@dataclass(frozen=True, slots=True)
class Clicks:
    """The clicks on one kind of page at one size; medians where not said otherwise.

    Attributes:
        count: Number of clicks.
        first_ms: The very first click in the window, which is not among the others.
        median_ms: From the click to the first frame that shows the answer.
        quarter_ms: The time that the fastest quarter of the clicks keeps to.
        p90_ms: The ninetieth percentile.
        script_ms: Processor time of the server for a click, the mean.
        received: Bytes over websockets.
        received_live: Those among them over the atlas's own websocket.
        most_received: The most bytes that any click brought.
        draw_ms: The part that the map's own script spends on drawing.
        runs: Runs of the script for a click, the most of all clicks.
        memory_mb: Resident memory of the server afterwards, in megabytes.
    """

    count: int
    first_ms: float
    quarter_ms: float
    median_ms: float
    p90_ms: float
    script_ms: float
    received: int
    received_live: int
    most_received: int
    draw_ms: float
    runs: int
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Loads:
    """First loads of a page in windows with empty caches.

    Attributes:
        first_ms: The first visit to a fresh server.
        median_ms: The median of the later ones.
        p90_ms: The ninetieth percentile of those.
        picture_ms: The median of when anything was first to be seen; zero where it was not measured.
    """

    first_ms: float
    median_ms: float
    p90_ms: float
    picture_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames while the map is dragged.

    Attributes:
        per_second: Frames in a second, over the whole drag.
        median_ms: From frame to frame.
        p95_ms: The ninety-fifth percentile of that.
        longest_ms: The longest.
    """

    per_second: float
    median_ms: float
    p95_ms: float
    longest_ms: float


@dataclass(frozen=True, slots=True)
class Row:
    """All that is measured at one size.

    Attributes:
        size: `shipped`, or the number of generated features.
        features: Number of features.
        answer_s: Seconds from the start of the atlas's server to its first answer.
        data_s: Seconds from its start until the data is read and packed.
        clicks: Kind of page to its clicks.
        loads: Kind of page to its first loads.
        frames: Kind of page to its frames while panning.
    """

    size: str
    features: int
    answer_s: float
    data_s: float
    clicks: Mapping[str, Clicks]
    loads: Mapping[str, Loads]
    frames: Mapping[str, Frames]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    Attributes:
        clicks: Clicks on each kind of page.
        loads: First loads of each kind of page.
        with_stock: Whether folium.GeoJson and st.pydeck_chart are measured too.
    """

    clicks: int
    loads: int
    with_stock: bool


def measure(browser: Browser, floor: Server, size: str, root: Path | None, plan: Plan) -> Row:
    """Measure the atlas on one data root, taking turns with the floor.

    Args:
        browser: Where.
        floor: The server of the empty app.
        size: Name of the row.
        root: The data root; None for the data shipped.
        plan: How much.
    """
    counts = read_counts(root or bundled_directory())
    with ExitStack() as stack:
        atlas = stack.enter_context(serve_atlas(root))
        servers: dict[PageKind, Server] = {"floor": floor, "atlas": atlas}
        loads = _measure_loads(browser, servers, plan.loads)
        if plan.with_stock:
            servers["geojson"] = stack.enter_context(serve_app("geojson_app.py", root))
            servers["pydeck"] = stack.enter_context(serve_app("pydeck_chart.py", root))
        frames: dict[str, Frames] = {}
        clicks: dict[PageKind, _Taken] = {}
        for kinds in (("floor", "atlas"), ("geojson",), ("pydeck",)):
            together = {kind: server for kind, server in servers.items() if kind in kinds}
            panned, clicked = _measure_windows(browser, together, counts, plan.clicks)
            frames |= panned
            clicks |= clicked
        return Row(
            size,
            sum(sum(layers.values()) for layers in counts.values()),
            atlas.answer_s,
            atlas.data_s,
            {kind: clicks[kind].summary(server) for kind, server in servers.items()},
            loads,
            frames,
        )


def _measure_windows(
    browser: Browser,
    servers: Mapping[PageKind, Server],
    counts: Counts,
    clicks: int,
) -> tuple[dict[str, Frames], dict[PageKind, _Taken]]:
    """Pan and click in windows that are open together, and close them: a page may draw without end."""
    with ExitStack() as stack:
        windows = {kind: Window(browser, kind) for kind in servers}
        for kind, window in windows.items():
            stack.callback(window.close)
            window.open(servers[kind].url)
            window.settle()
        frames: dict[str, Frames] = {
            kind: _frames(window.pan()) for kind, window in windows.items() if kind in ("atlas", "geojson")
        }
        return frames, _measure_clicks(windows, servers, counts, clicks)


def read_counts(root: Path) -> Counts:
    """Count the features of a data root by last status and layer, without the reader that is measured."""
    life = {mark.value: number for number, mark in enumerate(Mark)}
    history = sorted(_rows(root, "status_history"), key=lambda row: (row["date"], life[row["mark"]]))
    last = {row["feature_id"]: row["status"] for row in history}
    counts: dict[str, Counter[str]] = {}
    for layer in Layer:
        for row in _rows(root, layer.value):
            status = last.get(row["id"]) or Status.UNKNOWN.value
            counts.setdefault(status, Counter())[layer.value] += 1
    return counts


def _rows(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def walk(steps: int) -> Iterator[tuple[int, frozenset[int]]]:
    """Toggle one option after another so that no set of options comes twice (a Gray code).

    A repeated filter would be answered from the catalog's memory.

    Yields:
        The option to toggle and the options chosen afterwards.
    """
    chosen: frozenset[int] = frozenset()
    for step in range(1, steps + 1):
        option = (step & -step).bit_length() - 1
        chosen ^= {option}
        yield option, chosen


def _measure_loads(browser: Browser, servers: Mapping[PageKind, Server], times: int) -> dict[str, Loads]:
    taken: dict[str, list[float]] = {kind: [] for kind in servers}
    pictures: dict[str, list[float]] = {kind: [] for kind in servers}
    for _ in range(times + 1):
        for kind, server in servers.items():
            window = Window(browser, kind)
            taken[kind].append(window.open(server.url))
            window.settle(300)
            pictures[kind].append(window.first_picture())
            window.close()
    return {
        kind: Loads(
            ms[0],
            float(np.median(ms[1:])),
            float(np.percentile(ms[1:], 90)),
            float(np.median(pictures[kind][1:])),
        )
        for kind, ms in taken.items()
    }


@dataclass(slots=True)
class _Taken:
    """The clicks on one kind of page as they come."""

    clicks: list[Click] = field(default_factory=list)
    script_ms: list[float] = field(default_factory=list)

    def take(self, window: Window, server: Server, pill: int, expected: str) -> None:
        before = server.processor_ms()
        self.clicks.append(window.click(pill, expected))
        self.script_ms.append(server.processor_ms() - before)

    def summary(self, server: Server) -> Clicks:
        counted = self.clicks[_WARM_UP:]
        ms = [click.ms for click in counted]
        return Clicks(
            count=len(counted),
            first_ms=self.clicks[0].ms,
            quarter_ms=float(np.percentile(ms, 25)),
            median_ms=float(np.median(ms)),
            p90_ms=float(np.percentile(ms, 90)),
            script_ms=float(np.mean(self.script_ms[_WARM_UP:])),
            received=int(np.median([click.received for click in counted])),
            received_live=int(np.median([click.received_live for click in counted])),
            most_received=max(click.received for click in counted),
            draw_ms=float(np.median([click.draw_ms for click in counted])),
            runs=max(click.runs for click in counted),
            memory_mb=server.memory_mb(),
        )


def _measure_clicks(
    windows: Mapping[PageKind, Window], servers: Mapping[PageKind, Server], counts: Counts, clicks: int
) -> dict[PageKind, _Taken]:
    present = [status for status in STATUSES if status in counts]
    orders = {kind: sorted(present) for kind in windows} | {"floor": list(STATUSES), "atlas": present}
    taken: dict[PageKind, _Taken] = {kind: _Taken() for kind in windows}
    for option, chosen in walk(clicks + _WARM_UP):
        statuses = {present[i] for i in chosen}
        for kind, window in windows.items():
            pill = orders[kind].index(present[option])
            taken[kind].take(window, servers[kind], pill, _EXPECTED[kind](statuses, counts))
    return taken


def _expected_on_floor(statuses: set[str], _: Counts) -> str:
    return ",".join(sorted(statuses))


def _expected_on_atlas(statuses: set[str], counts: Counts) -> str:
    shown = {layer.value: sum(counts[s].get(layer.value, 0) for s in statuses) for layer in Layer}
    return json.dumps(shown, sort_keys=True, separators=(",", ":"))


def _expected_number(statuses: set[str], counts: Counts) -> str:
    return str(sum(sum(counts[s].values()) for s in statuses))


_EXPECTED: dict[PageKind, Callable[[set[str], Counts], str]] = {
    "floor": _expected_on_floor,
    "atlas": _expected_on_atlas,
    "geojson": _expected_number,
    "pydeck": _expected_number,
}


def _frames(ms: Sequence[float]) -> Frames:
    return Frames(
        1000 * len(ms) / sum(ms),
        float(np.median(ms)),
        float(np.percentile(ms, 95)),
        max(ms),
    )
