"""The questions that one operation of the engine is measured by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of the engine and of the floor.

    Attributes:
        ask: Asks the engine, question by question.
        ask_floor: Asks the floor the same.
        floor: What the floor does, in words.
        prepare_ms: What the engine did once; None when all of the preparing was the engine's.
        forget: Makes the engine forget its last answers; called before each question, untimed.
    """

    ask: Sequence[Callable[[], object]]
    ask_floor: Sequence[Callable[[], object]]
    floor: str
    prepare_ms: float | None = None
    forget: Callable[[], object] = _nothing
