"""What a filter asks of a number or a date: from here to there, or that there is none."""

from __future__ import annotations

import math
import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from typing import Self

from bri_map.errors import FilterError

MISSING = "none"
"""The span of what has no value, as links and options have it."""
_BETWEEN = ".."
_ALSO_BETWEEN = re.compile("[…–—~～至]")
"""What people, and the programs in which they write, put in the place of two dots."""
_DIGITS = 10
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_HOW = "Give it as in"


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from one to another, both included. Ends that are turned round are put right.

    Attributes:
        low: The least; None if there is no least.
        high: The greatest; None if there is no greatest.
        missing: Whether what has no value is asked for; then there are no ends.
    """

    low: float | None = None
    high: float | None = None
    missing: bool = False

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            end = getattr(self, name)
            if end is None:
                continue
            if isinstance(end, bool) or not isinstance(end, int | float) or not math.isfinite(end):
                raise FilterError(f"{end!r} is no number. {_HOW} 100..500.")
            object.__setattr__(self, name, float(f"{end:.{_DIGITS}g}"))  # so a link carries what was asked
        if self.low is not None and self.high is not None and self.low > self.high:
            low, high = self.high, self.low
            object.__setattr__(self, "low", low)
            object.__setattr__(self, "high", high)
        _check_ends(self.low, self.high, self.missing, "100..500")

    @property
    def bounds(self) -> tuple[float, float]:
        """The ends as numbers."""
        low = -math.inf if self.low is None else self.low
        return low, math.inf if self.high is None else self.high

    @property
    def text(self) -> str:
        """The span as links and options have it: `100..500`, `100..`, `..500`, `none`."""
        return _written(_plain(self.low), _plain(self.high), self.missing)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a span; one number alone is both ends.

        Raises:
            FilterError: The text is none.
        """
        if text.strip() == MISSING:
            return cls(missing=True)
        low, high = _ends(text)
        return cls(_number(low), _number(high))


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Dates from one to another, both included. A year or a month is meant as a whole.

    Attributes:
        low: The first, YYYY, YYYY-MM or YYYY-MM-DD; empty if there is no first.
        high: The last; empty if there is no last.
        missing: Whether what has no date is asked for; then there are no ends.
    """

    low: str = ""
    high: str = ""
    missing: bool = False

    def __post_init__(self) -> None:
        low, high = (_date(end) for end in (self.low, self.high))
        if low and high and first_day(low) > last_day(high):
            low, high = high, low
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)
        _check_ends(low, high, self.missing, "2013..2017-06")

    @property
    def bounds(self) -> tuple[float, float]:
        """The ends as days in the form YYYYMMDD."""
        low = first_day(self.low) if self.low else -math.inf
        return low, last_day(self.high) if self.high else math.inf

    @property
    def text(self) -> str:
        """The span as links and options have it: `2013..2017-06`, `2013..`, `..2017`, `none`."""
        return _written(self.low, self.high, self.missing)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a span; one date alone is both ends.

        Raises:
            FilterError: The text is none.
        """
        if text.strip() == MISSING:
            return cls(missing=True)
        return cls(*_ends(text))


def first_day(date: str) -> int:
    """Give the first day that a date of the form YYYY, YYYY-MM or YYYY-MM-DD may mean, as YYYYMMDD."""
    year, month, day = _parts(date)
    return year * 10_000 + (month or 1) * 100 + (day or 1)


def last_day(date: str) -> int:
    """Give the last day that such a date may mean."""
    year, month, day = _parts(date)
    month = month or 12
    return year * 10_000 + month * 100 + (day or monthrange(year, month)[1])


def _parts(date: str) -> tuple[int, int, int]:
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    return year, month, day


def plain(text: str) -> str:
    """Give a span with two dots between its ends, and with digits of usual width."""
    return unicodedata.normalize("NFKC", _ALSO_BETWEEN.sub(_BETWEEN, text)).strip()


def _ends(text: str) -> tuple[str, str]:
    low, between, high = plain(text).partition(_BETWEEN)
    return low.strip(), high.strip() if between else low.strip()


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise FilterError(f"{text[:60]!r} is no number. {_HOW} 100..500, without unit.") from None


def _date(text: str) -> str:
    if not isinstance(text, str):
        raise FilterError(f"{text!r} is no date. {_HOW} 2013..2017-06.")
    text = plain(text)
    if text:
        found = _DATE.fullmatch(text)
        if found is None or not int(found[1]) >= 1 or int(found[3] or 1) > _days(found):
            raise FilterError(f"{text[:60]!r} is no date. {_HOW} 2013..2017-06.")
    return text


def _days(found: re.Match[str]) -> int:
    return monthrange(int(found[1]), int(found[2] or 1))[1]


def _plain(end: float | None) -> str:
    return "" if end is None else f"{end:.{_DIGITS}g}"


def _written(low: str, high: str, missing: bool) -> str:
    if missing:
        return MISSING
    return low if low == high else f"{low}{_BETWEEN}{high}"


def _check_ends(low: float | str | None, high: float | str | None, missing: bool, example: str) -> None:
    has_end = low not in (None, "") or high not in (None, "")
    if has_end == missing:
        raise FilterError(f"A span has an end, or is {MISSING!r}. {_HOW} {example}.")
