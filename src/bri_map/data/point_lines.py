"""Long geometry files in which most lines are plain points: those are read all at once."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bri_map.data.columns import TEXT, as_mask, where

LONG = 1_000_000
"""Bytes of a file; shorter ones are not worth it."""
_NEWLINE = ord("\n")
_NUMBER = r"(?:0|-?[1-9][0-9]{0,2}|-?(?:0|[1-9][0-9]{0,2})\.[0-9]{1,17})"
_POINT = (
    r'\A\{"type":"Feature","id":"(?P<id>[a-z0-9-]+)","geometry":\{"type":"Point",'
    rf'"coordinates":\[(?P<lon>{_NUMBER}),(?P<lat>{_NUMBER})\]\}},"properties":\{{\}}\}},\r?\n\z'
)
"""A line in which nothing can be wrong but the size of the numbers."""


@dataclass(frozen=True, slots=True)
class PointLines:
    """A geometry file with a feature a line.

    Attributes:
        ids: Ids of the plain points.
        lonlat: Their degrees in EPSG:4326, longitude first, shape (n, 2).
        rows: Lines of the file on which they stand.
        others: Every other line between the first and the last one of the file, with its number.
    """

    ids: pa.Array
    lonlat: npt.NDArray[np.float64]
    rows: npt.NDArray[np.int64]
    others: list[tuple[int, str]]


def read_point_lines(raw: bytes) -> PointLines | None:
    """Read the lines that hold a plain point; None for short files, or where lines are not what they seem."""
    if len(raw) < LONG:
        return None
    ends = np.flatnonzero(np.frombuffer(raw, dtype="u1") == _NEWLINE) + 1
    if not len(ends):
        return None
    starts = np.concatenate(([0], ends[: None if ends[-1] < len(raw) else -1]))
    bounds = np.append(starts, len(raw))
    first = raw[: bounds[1]].removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n")
    if (
        not first.isascii()
        or not first.endswith(b'"features":[')
        or raw[starts[-1] :].rstrip(b"\r\n") != b"]}"
    ):
        return None
    lines = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(starts), [None, pa.py_buffer(bounds.astype("<i8")), pa.py_buffer(raw)]
    )[1:-1]
    found = pc.extract_regex(lines, _POINT)
    is_point = as_mask(found.is_valid())
    is_point[-1:] = False  # the last feature has no comma
    points = found.filter(pa.array(is_point))
    lonlat = np.column_stack(
        [pc.cast(pc.cast(points.field(i), TEXT), pa.float64()).to_numpy() for i in (1, 2)]
    )
    is_inside = (np.abs(lonlat) <= (180, 90)).all(axis=1)
    places = np.flatnonzero(is_point)
    is_point[places[~is_inside]] = False
    try:
        others = [(place + 2, lines[place].as_py().decode()) for place in np.flatnonzero(~is_point).tolist()]
    except UnicodeDecodeError:
        return None
    if not others or not others[-1][1].strip() or any(len(text.splitlines()) > 1 for _, text in others):
        return None
    return PointLines(where(points.field(0), is_inside), lonlat[is_inside], places[is_inside] + 2, others)
