"""In what a file differs from the one way in which it should be written."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bri_map.data.files import RootFiles
from bri_map.data.format import build_lines, canonical_files
from bri_map.data.reading import read_root
from bri_map.data.root import DataRoot
from bri_map.errors import DataError
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Report, Sentence

_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True, slots=True)
class StaleFile:
    """A file that is not written as it should be.

    Attributes:
        place: Its place in the data root.
        line: First line that differs.
        difference: In what it differs.
        text: What it should hold.
    """

    place: str
    line: int
    difference: Sentence
    text: str


def stale_in(root: DataRoot) -> list[StaleFile]:
    """Read a data root and give each of its files that is not written as it should be.

    Raises:
        DataError: It cannot be written anew without losing something.
    """
    report = Report()
    content = read_root(root, report, keeps=True)
    if content.unreadable is not None:
        raise DataError(say("fault.format_refused", fault=str(content.unreadable)), report)
    if content.head_fault is not None:
        raise content.head_fault
    lines = build_lines(content.tables, content.geometry)
    wanted = canonical_files(content.tables, content.geometry, lines, content.head)
    return list(stale_files(content.files, wanted))


def stale_files(files: RootFiles, wanted: Mapping[str, str]) -> Iterator[StaleFile]:
    """Give each file that is not written as it should be.

    Args:
        files: The files as they stand.
        wanted: Place to text, as it should be.
    """
    for place, text in wanted.items():
        have, want = files.raw(place) or b"", text.encode()
        if have != want:
            yield StaleFile(place, *_difference(place, have, want), text)


def _difference(place: str, have: bytes, want: bytes) -> tuple[int, Sentence]:
    if have.startswith(codecs.BOM_UTF8):
        return 1, say("fault.stale_mark")
    old, new = have.split(b"\n"), want.split(b"\n")
    first = next(
        (number for number, (a, b) in enumerate(zip(old, new, strict=False), 1) if a != b),
        min(len(old), len(new)),
    )
    if b"\r" in have:
        return next(n for n, line in enumerate(old, 1) if b"\r" in line), say("fault.stale_line_ends")
    if not have.endswith(b"\n"):
        return len(old), say("fault.stale_end")
    is_table = place.endswith(".csv")
    blank = [n for n, line in enumerate(old[:-1], 1) if not line.strip(b", ")]
    if is_table and blank:
        return blank[0], say("fault.stale_blank_rows", n=len(blank))
    heights = 0 if is_table else _heights(have)
    if heights:
        return first, say("fault.stale_heights", n=heights)
    if sorted(part.rstrip(b",") for part in old) == sorted(part.rstrip(b",") for part in new):
        return first, say("fault.stale_order")
    line = old[first - 1].decode("utf-8", "replace")
    odd = _ODD_BLANK.search(line)
    if odd:
        return first, say("fault.stale_odd_blank", point=f"U+{ord(odd.group()):04X}")
    if is_table:
        meant = new[first - 1].decode() if first <= len(new) else ""
        return first, say("fault.stale_quotes") if _cells(line) == _cells(meant) else say("fault.stale")
    twice = _key_twice(line)
    if twice:
        return first, say("fault.stale_key_twice", name=quoted(twice))
    return first, say("fault.stale_layout") if _is_same_json(have, want) else say("fault.stale")


def _cells(line: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(line)))
    except csv.Error:
        return []


def _parsed(text: str | bytes, hook: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    try:
        return json.loads(text, object_pairs_hook=hook)
    except (ValueError, RecursionError):
        return None


def _is_same_json(have: bytes, want: bytes) -> bool:
    return bool(_parsed(have) == _parsed(want))


def _key_twice(line: str) -> str:
    found: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        found.extend(name for name in names if names.count(name) > 1)
        return dict(pairs)

    _parsed(line.strip().removesuffix(","), note)
    return found[0] if found else ""


def _heights(raw: bytes) -> int:
    """Count the positions with a third number."""
    document = _parsed(raw)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        return 0
    geometries = (feature.get("geometry") for feature in features if isinstance(feature, dict))
    coordinates = (part.get("coordinates") for part in geometries if isinstance(part, dict))
    return sum(map(_deep, coordinates))


def _deep(coordinates: Any, depth: int = 4) -> int:
    if not isinstance(coordinates, list) or not coordinates or not depth:
        return 0
    if isinstance(coordinates[0], list):
        return sum(_deep(part, depth - 1) for part in coordinates)
    return int(len(coordinates) == 3)
