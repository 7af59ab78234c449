"""What the words of a filter mean: codes, years, spans and distances as links and calls write them."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import SupportsIndex

from bri_map.domain.facets import FACETS
from bri_map.domain.place import Near, is_sayable, quoted
from bri_map.domain.ranges import Range
from bri_map.domain.span import DateSpan, Span
from bri_map.errors import FilterError

YEARS = range(1800, 2101)
"""Years that a filter takes."""


def suggest(word: str, known: Iterable[str]) -> str:
    """Say which known code a word may have meant, or list the known ones.

    Returns:
        A sentence that ends with a full stop.
    """
    options = sorted(known)
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]!r}?"
    shown = ", ".join(options[:14])
    return f"Known: {shown}{' and more' if len(options) > 14 else ''}."


def span_of(spec: Range, value: object) -> Span | DateSpan | None:
    """Take a span, or what stands for one: its text, or its two ends.

    Raises:
        FilterError: The value is no span of the range.
    """
    if value is None or isinstance(value, spec.kind):
        return value
    try:
        if isinstance(value, str):
            return spec.parse(value)
        if isinstance(value, tuple) and len(value) == 2:
            return spec.kind(*value)
    except FilterError as error:
        raise FilterError(f"{spec.name}: {error}") from None
    raise FilterError(f"{spec.name} takes a span such as (low, high), not {value!r}.")


def sayable(name: str, value: object) -> str:
    """Give a value as text.

    Raises:
        FilterError: It cannot be written as UTF-8.
    """
    text = str(value)
    if not is_sayable(text):
        raise FilterError(f"{name}: {quoted(text)} stands for bytes that are no UTF-8. Leave them out.")
    return text


def allowed_codes(facet: str, known: Mapping[str, Collection[str]]) -> Collection[str] | None:
    """Give the codes of a facet: fixed ones, or those of the data where these are known."""
    return FACETS[facet].allowed if FACETS[facet].vocabulary else known.get(facet)


def known_code(facet: str, word: str, allowed: Collection[str] | None) -> str | None:
    """Give the code that a word in a link means: as it is written, else in the usual case of its facet.

    Args:
        facet: The facet.
        word: What the link says.
        allowed: The codes that exist; None where that is not known.

    Returns:
        The code, or None if there is no such code.
    """
    usual = word.upper() if FACETS[facet].is_country else word.lower()
    if allowed is None:
        return usual if is_sayable(usual) else None
    return next((code for code in (word, usual) if code in allowed), None)


def year_of(value: object) -> int:
    """Read a year, from a number or from its four digits.

    Raises:
        FilterError: It is none, or none of `YEARS`.
    """
    number: object = value
    if isinstance(value, str):
        text = value.strip()
        number = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
    if isinstance(number, bool) or not isinstance(number, SupportsIndex) or int(number) not in YEARS:
        raise FilterError(
            f"year: {quoted(value)} is no year. Give one from {YEARS.start} to {YEARS.stop - 1}, as in 2013."
        )
    return int(number)


def switch_of(text: str) -> bool:
    """Read a switch, 0 or 1.

    Raises:
        FilterError: The text is neither.
    """
    if text.strip() not in ("0", "1"):
        raise FilterError(f"undated: {text[:60]!r} is neither 0 nor 1.")
    return text.strip() == "1"


def near_of(text: str, known: Collection[str]) -> Near:
    """Read a distance from a place, with the id that now stands for a retired one.

    Args:
        text: The place and the kilometres.
        known: Ids of features, or a mapping from id to the id that stands for it now.

    Raises:
        FilterError: The text is none, or names no feature.
    """
    near = Near.parse(text)
    if near.feature is None:
        return near
    for word in (near.feature, near.feature.lower()):
        current = known.get(word) if isinstance(known, Mapping) else word
        if current is not None and current in known:
            return replace(near, place=current)
    raise FilterError(f"near: there is no feature with the id {near.feature!r}.")
