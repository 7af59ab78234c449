"""The results in words: a table, the machine, and what was wanted."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from bench.measure import Row

RESULTS = Path(__file__).parent / "results.json"
README = Path(__file__).parent / "README.md"
_BLOCK = "<!-- {name}: written by python -m bench -->\n"
_END = "<!-- end -->"
_PACKAGES = ("streamlit", "streamlit-folium", "folium", "geopandas", "pandas", "numpy")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was wanted.

    Attributes:
        wanted: What.
        measured: What came of it.
        is_met: Whether it came.
    """

    wanted: str
    measured: str
    is_met: bool


def describe_machine(browser: str) -> dict[str, str]:
    """Describe what the measuring runs on.

    Args:
        browser: Version of the browser.
    """
    load = os.getloadavg()
    return {
        "processors": f"{os.cpu_count()} × {_processor()}",
        "memory": f"{psutil.virtual_memory().total / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "browser": f"Chromium {browser}, headless, software rendering, 1400 × 900",
        "packages": ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        "load before the run": f"{load[0]:.1f} (processes that want a processor, mean of one minute)",
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or "unknown"
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def judge(rows: Sequence[Row]) -> list[Verdict]:
    """Compare what was measured with what was wanted."""
    verdicts: list[Verdict] = []
    for row in rows:
        atlas, floor = row.clicks["atlas"], row.clicks["floor"]
        limit = 1.2 if row.features <= 100_000 else 2.0
        verdicts.append(
            _at_most(
                f"{_named(row)}: a click within {limit:g} × the floor",
                atlas.median_ms,
                floor.median_ms,
                limit,
            )
        )
        if row.size == "shipped" or row.features == 10_000:
            size = atlas.most_received / 1000
            verdicts.append(
                Verdict(
                    f"{_named(row)}: at most 10 KB on the websocket for a click", f"{size:.1f} KB", size <= 10
                )
            )
        if row.size == "shipped":
            loads = row.loads
            verdicts.append(
                _at_most(
                    f"{_named(row)}: the first usable map within 1.2 × the floor's first load",
                    loads["atlas"].median_ms,
                    loads["floor"].median_ms,
                    1.2,
                )
            )
            verdicts.append(
                _at_most(
                    f"{_named(row)}: the first picture of the map within half the floor's first load",
                    loads["atlas"].picture_ms,
                    loads["floor"].median_ms,
                    0.5,
                )
            )
        if row.features == 100_000:
            rate = row.frames["atlas"].per_second
            verdicts.append(
                Verdict(
                    f"{_named(row)}: at least 20 frames a second while panning", f"{rate:.0f}", rate >= 20
                )
            )
    return verdicts


def _at_most(wanted: str, value: float, floor: float, limit: float) -> Verdict:
    ratio = value / floor
    return Verdict(wanted, f"{ratio:.2f} × ({value:.0f} ms, floor {floor:.0f} ms)", ratio <= limit)


def _named(row: Row) -> str:
    return f"shipped ({row.features})" if row.size == "shipped" else f"{row.features:,}"


def render_tables(rows: Sequence[Row]) -> str:
    """Write the tables in Markdown."""
    head = (
        "features",
        "floor",
        "atlas",
        "ratio",
        "p90",
        "script, floor",
        "script, atlas",
        "drawing",
        "websocket, floor",
        "websocket, atlas",
        "one folium.GeoJson",
        "one st.pydeck_chart",
    )
    clicks = [head] + [_click_cells(row) for row in rows]
    other_head = (
        "features",
        "server answers",
        "data read",
        "memory",
        "first load, floor",
        "first picture",
        "first usable map",
        "ratio",
        "frames/s",
        "frame p95",
        "frames/s, folium.GeoJson",
    )
    others = [other_head] + [_other_cells(row) for row in rows]
    return f"{to_markdown(clicks)}\n\n{to_markdown(others)}"


def _click_cells(row: Row) -> tuple[str, ...]:
    floor, atlas = row.clicks["floor"], row.clicks["atlas"]
    stock = [
        f"{clicks.median_ms:,.0f} ms, {_bytes(clicks.received)}" if clicks else "–"
        for clicks in (row.clicks.get(kind) for kind in ("geojson", "pydeck"))
    ]
    return (
        _named(row),
        f"{floor.median_ms:.0f} ms",
        f"**{atlas.median_ms:.0f} ms**",
        f"**{atlas.median_ms / floor.median_ms:.2f}**",
        f"{atlas.p90_ms:.0f} ms",
        f"{floor.script_ms:.0f} ms",
        f"{atlas.script_ms:.0f} ms",
        f"{atlas.draw_ms:.0f} ms",
        _bytes(floor.received),
        _bytes(atlas.received),
        *stock,
    )


def _other_cells(row: Row) -> tuple[str, ...]:
    floor, atlas = row.loads["floor"], row.loads["atlas"]
    frames, stock = row.frames["atlas"], row.frames.get("geojson")
    return (
        _named(row),
        f"{row.answer_s:.1f} s",
        f"{row.data_s:.1f} s",
        f"{row.clicks['atlas'].memory_mb:,.0f} MB",
        f"{floor.median_ms:,.0f} ms",
        f"{atlas.picture_ms:,.0f} ms" if atlas.picture_ms else "–",
        f"**{atlas.median_ms:,.0f} ms**",
        f"**{atlas.median_ms / floor.median_ms:.2f}**",
        f"{frames.per_second:.0f}",
        f"{frames.p95_ms:.0f} ms",
        f"{stock.per_second:.0f}" if stock else "–",
    )


def _bytes(number: int) -> str:
    return f"{number / 1000:,.1f} KB"


def to_markdown(cells: Sequence[Sequence[str]]) -> str:
    """Write a table, its head first."""
    lines = [f"| {' | '.join(line)} |" for line in cells]
    return "\n".join([lines[0], "|---" * len(cells[0]) + "|", *lines[1:]])


def render_verdicts(verdicts: Sequence[Verdict]) -> str:
    """Write what was wanted and what came of it as a list in Markdown."""
    return "\n".join(
        f"- {'met' if verdict.is_met else '**missed**'}: {verdict.wanted}: {verdict.measured}"
        for verdict in verdicts
    )


def write_results(machine: Mapping[str, str], date: str, rows: Sequence[Row]) -> None:
    """Keep the numbers and put the tables into the README."""
    verdicts = judge(rows)
    kept: dict[str, Any] = {
        "date": date,
        "machine": dict(machine),
        "rows": [rounded(asdict(row)) for row in rows],
        "verdicts": [asdict(verdict) for verdict in verdicts],
    }
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    blocks = {
        "tables": render_tables(rows),
        "wanted": render_verdicts(verdicts),
        "machine": "\n".join(
            [f"Measured on {date}.", "", *(f"- {name}: {value}" for name, value in machine.items())]
        ),
    }
    put_into_readme(blocks)


def put_into_readme(blocks: Mapping[str, str]) -> None:
    """Put blocks of Markdown between their marks in the README, by name."""
    text = README.read_text("utf-8")
    for name, block in blocks.items():
        text = _replaced(text, _BLOCK.format(name=name), f"{block}\n")
    README.write_text(text, "utf-8")


def _replaced(text: str, begin: str, block: str) -> str:
    """Put a block between a line that begins it and the next line that ends one."""
    before, found, rest = text.partition(begin)
    _, ended, after = rest.partition(_END)
    if not (found and ended):
        raise RuntimeError(f"{README} has no place for what follows {begin!r}.")
    return f"{before}{begin}{block}{_END}{after}"


def rounded(value: Any) -> Any:
    """Round every number in a document to two decimals."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return round(value, 2) if isinstance(value, float) else value
