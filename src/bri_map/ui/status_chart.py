"""The history of a status as a small picture: a time axis, a dot an event, a line in the status's dash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate

from bri_map.evidence.feature import Event

_LEFT, _RIGHT = 2.0, 98.0
_LEAST_YEARS = 4
_LABEL_GAP = 11


@dataclass(frozen=True, slots=True)
class Dot:
    """An event: place on the axis in per cent of its width, status, and words for the pointer."""

    x: float
    status: str
    title: str


@dataclass(frozen=True, slots=True)
class Run:
    """A status that held from one event to the next: where it begins and how long, in per cent."""

    x: float
    width: float
    status: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture.

    Attributes:
        dots: The events.
        runs: What held between them.
        ticks: Places in per cent and years.
        chosen: Where the end of the chosen year is; None where none is chosen, or it lies outside.
    """

    dots: tuple[Dot, ...]
    runs: tuple[Run, ...]
    ticks: tuple[tuple[float, int], ...]
    chosen: float | None = None


def status_chart(history: Iterable[tuple[Event, str]], today: str, chosen: int | None = None) -> Chart | None:
    """Lay out the dated events of a feature.

    Args:
        history: Events in order, each with the words for the pointer.
        today: Date of the data, where the axis ends, YYYY-MM-DD.
        chosen: The year that is looked at, if any.

    Returns:
        None if fewer than two events have a date.
    """
    told = [(event, title) for event, title in history if event.date]
    if len(told) < 2:
        return None
    times = [_years(event.date) for event, _ in told]
    # A year alone that is told before a day of it lies no later than that day.
    times = list(accumulate(reversed(times), min))[::-1]
    dated = [(at, *pair) for at, pair in zip(times, told, strict=True)]
    end = max(_years(today), dated[-1][0])
    start = min(dated[0][0], end - _LEAST_YEARS)
    scale = (_RIGHT - _LEFT) / (end - start)

    def place(years: float) -> float:
        return round(_LEFT + (years - start) * scale, 1)

    dots = tuple(Dot(place(at), event.status, title) for at, event, title in dated)
    ends = [*(dot.x for dot in dots[1:]), place(end)]
    runs = tuple(
        Run(dot.x, round(x2 - dot.x, 1), dot.status) for dot, x2 in zip(dots, ends, strict=True) if x2 > dot.x
    )
    is_inside = chosen is not None and start <= chosen + 1 <= end
    return Chart(dots, runs, _ticks(start, end, place), place(chosen + 1) if chosen and is_inside else None)


def _years(date: str) -> float:
    """Turn 2019, 2019-06 or 2019-06-30 into years; a year alone lies in its middle."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    day = parts[2] if len(parts) > 2 else 15
    return parts[0] + (parts[1] - 1) / 12 + (day - 1) / 372


def _ticks(start: float, end: float, place: Callable[[float], float]) -> tuple[tuple[float, int], ...]:
    """Choose the years to name: round steps that leave room for the figures."""
    room = max(int((_RIGHT - _LEFT) // _LABEL_GAP), 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (end - start) / step <= room)
    first = -(-int(start + 0.999) // step) * step
    return tuple((place(year), year) for year in range(first, int(end) + 1, step) if _fits(place(year)))


def _fits(x: float) -> bool:
    """Whether a figure of four digits at a place stays inside the picture."""
    return 4 <= x <= 96
