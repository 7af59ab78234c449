"""What the engine takes to answer, without a browser: `python -m bench --engine`.

Each operation is a list of questions. The engine and a floor, the plainest Python that answers the same,
take turns at them, so that noise hits both.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import bri_map
from bench.engine_exploring import prepare_area, prepare_box, prepare_near, prepare_year_step
from bench.engine_text import prepare_search, prepare_text_filter
from bench.questions import Questions
from bench.report import put_into_readme, rounded, to_markdown
from bri_map.catalog import Catalog

RESULTS = Path(__file__).parent / "engine.json"
_ROUNDS = 3

OPERATIONS: dict[str, Callable[[Catalog], Questions]] = {
    "search": prepare_search,
    "text filter": prepare_text_filter,
    "year step": prepare_year_step,
    "box": prepare_box,
    "drawn area": prepare_area,
    "within km": prepare_near,
}
"""What is measured, by the name of its rows: what gets the engine ready and gives the questions."""


@dataclass(frozen=True, slots=True)
class EngineRow:
    """One operation at one size.

    Attributes:
        operation: Name of the operation.
        size: `shipped`, or the number of generated features.
        features: Number of features.
        prepare_ms: What the engine does once, before the first question, beyond `load`.
        floor: What the floor does, in words.
        floor_ms: The floor, median of the questions.
        median_ms: The engine, median of the questions.
        p90_ms: The ninetieth percentile.
        most_ms: The longest of all.
    """

    operation: str
    size: str
    features: int
    prepare_ms: float
    floor: str
    floor_ms: float
    median_ms: float
    p90_ms: float
    most_ms: float


def measure_engine(size: str, root: Path | None) -> list[EngineRow]:
    """Measure every operation on one data root.

    Args:
        size: Name of the rows.
        root: The data root; None for the data shipped.
    """
    catalog = bri_map.load(root)
    rows: list[EngineRow] = []
    for operation, prepare in OPERATIONS.items():
        start = time.perf_counter()
        questions = prepare(catalog)
        prepared = questions.prepare_ms if questions.prepare_ms is not None else _since(start)
        taken: list[float] = []
        floor: list[float] = []
        for number in range(_ROUNDS):
            for ask, ask_floor in zip(questions.ask, questions.ask_floor, strict=True):
                questions.forget()
                taken.append(_timed(ask))
                if not number:
                    floor.append(_timed(ask_floor))
        rows.append(
            EngineRow(
                operation,
                size,
                len(catalog),
                prepared,
                questions.floor,
                float(np.median(floor)),
                float(np.median(taken)),
                float(np.percentile(taken, 90)),
                max(taken),
            )
        )
    return rows


def _timed(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return _since(start)


def _since(start: float) -> float:
    return 1000 * (time.perf_counter() - start)


def render_engine(rows: Sequence[EngineRow]) -> str:
    """Write the table in Markdown, operation by operation."""
    head = ("operation", "features", "floor", "engine", "p90", "longest", "once before")
    cells = [
        (
            row.operation,
            f"shipped ({row.features})" if row.size == "shipped" else f"{row.features:,}",
            _ms(row.floor_ms),
            f"**{_ms(row.median_ms)}**",
            _ms(row.p90_ms),
            _ms(row.most_ms),
            f"{row.prepare_ms:,.0f} ms",
        )
        for row in sorted(rows, key=lambda row: list(OPERATIONS).index(row.operation))
    ]
    floors = "\n".join(
        f"- {operation}: the floor is {floor}."
        for operation, floor in {row.operation: row.floor for row in rows}.items()
    )
    return f"{to_markdown([head, *cells])}\n\n{floors}"


def _ms(value: float) -> str:
    return f"{value:.2g} ms" if value < 10 else f"{value:,.0f} ms"


def keep_engine(date: str, rows: Sequence[EngineRow]) -> None:
    """Keep the numbers and put the table into the README."""
    kept = {"date": date, "rows": [rounded(asdict(row)) for row in rows]}
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    put_into_readme({"engine": f"Measured on {date}.\n\n{render_engine(rows)}"})
