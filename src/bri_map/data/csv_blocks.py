"""Long CSV files read in blocks of lines; whatever is out of the ordinary is left to be read row by row."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv as arrow_csv

from bri_map.data.columns import TEXT, is_empty

BLOCK = 4_000_000
"""Bytes of a block; shorter files are not worth it."""
_LONGEST_LINE = 100_000
"""Bytes; the cells of a longer line might be longer than Python's reader allows."""
_NEWLINE = ord("\n")


@dataclass(frozen=True, slots=True)
class CsvBlocks:
    """The rows of a CSV file in which every row has as many cells as the header.

    Attributes:
        header: The header.
        cells: The cells by the place of their column in the header, as text.
        lines: Line of the file on which each row stands, the header being line 1.
    """

    header: list[str]
    cells: pa.Table
    lines: npt.NDArray[np.int64]


def read_blocks(raw: BinaryIO) -> CsvBlocks | None:
    """Read a long CSV file, rows without a single value left out.

    Returns:
        What Python's strict reader gives; None for a file that is short, and for one with a fault, a cell
        over several lines or a column twice, about which only reading it row by row tells everything.
    """
    header = _header(raw.readline())
    if not header:
        return None
    line = 2
    tables: list[pa.Table] = []
    lines: list[npt.NDArray[np.int64]] = []
    while block := raw.read(BLOCK):
        if not tables and len(block) < BLOCK:
            return None
        block = (block + raw.readline()).removesuffix(b"\n")
        found = _rows(block, len(header))
        if found is None:
            return None
        cells, places = found
        tables.append(cells)
        lines.append(places + line)
        line += block.count(b"\n") + 1
    if not tables:
        return None
    return CsvBlocks(header, pa.concat_tables(tables).combine_chunks(), np.concatenate(lines))


def _header(first: bytes) -> list[str]:
    text = first.removeprefix(codecs.BOM_UTF8).removesuffix(b"\n").removesuffix(b"\r")
    try:
        rows = list(csv.reader([text.decode()], strict=True))
    except (csv.Error, UnicodeDecodeError):
        return []
    header = rows[0] if len(rows) == 1 and b"\r" not in text else []
    return header if len(set(header)) == len(header) else []


def _rows(block: bytes, width: int) -> tuple[pa.Table, npt.NDArray[np.int64]] | None:
    """Read whole lines; give their cells, and the place of each row's line among them."""
    if b"\r" in block:
        if block.count(b"\r") != block.count(b"\r\n") + block.endswith(b"\r"):
            return None
        block = block.replace(b"\r\n", b"\n").removesuffix(b"\r")
    ends = np.flatnonzero(np.frombuffer(block, dtype="u1") == _NEWLINE)
    lengths = np.diff(np.concatenate(([-1], ends, [len(block)]))) - 1
    try:
        if b'"' not in block and lengths.min() > 0 and lengths.max() < _LONGEST_LINE:
            cells, places = _plain(block, width), np.arange(len(lengths))
        else:
            found = _mixed(block.split(b"\n"), width)
            if found is None:
                return None
            cells, places = found
    except (pa.ArrowInvalid, csv.Error, UnicodeDecodeError):
        return None
    is_nothing = is_empty(cells.column(0))
    for column in cells.columns[1:]:
        if not is_nothing.any():
            return cells, places
        is_nothing &= is_empty(column)
    return cells.filter(pa.array(~is_nothing)), places[~is_nothing]


def _plain(block: bytes, width: int) -> pa.Table:
    """Read lines without quotation marks, none of them empty.

    Raises:
        ArrowInvalid: A row has more or fewer cells, or is no UTF-8.
    """
    names = [str(place) for place in range(width)]
    return arrow_csv.read_csv(
        pa.py_buffer(block),
        read_options=arrow_csv.ReadOptions(column_names=names, block_size=len(block) + 1),
        parse_options=arrow_csv.ParseOptions(
            quote_char=False, double_quote=False, escape_char=False, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, TEXT), strings_can_be_null=False
        ),
    )


def _mixed(lines: list[bytes], width: int) -> tuple[pa.Table, npt.NDArray[np.int64]] | None:
    """Read the lines with quotation marks by themselves, and the others together.

    Raises:
        csv.Error: Quotation marks stand where none belong, or a cell is too long.
        ArrowInvalid: A row has more or fewer cells, or is no UTF-8.
        UnicodeDecodeError: A row is no UTF-8.
    """
    is_plain = np.array([0 < len(line) < _LONGEST_LINE and b'"' not in line for line in lines])
    odd = np.flatnonzero(~is_plain)
    rows = list(csv.reader([lines[place].decode() for place in odd], strict=True))
    if len(rows) != len(odd):  # a cell goes on in the next line
        return None
    kept = [place for place, row in enumerate(rows) if row]  # an empty line is no row
    if any(len(rows[place]) != width for place in kept):
        return None
    plain = np.flatnonzero(is_plain)
    columns = zip(*(rows[place] for place in kept), strict=True) if kept else [()] * width
    cells = pa.table({str(place): pa.array(column, TEXT) for place, column in enumerate(columns)})
    if len(plain):
        cells = pa.concat_tables([_plain(b"\n".join(lines[place] for place in plain), width), cells])
    places = np.concatenate((plain, odd[kept]))
    order = np.argsort(places, kind="stable")
    return cells.combine_chunks().take(pa.array(order)), places[order]
