"""Read the CSV tables: every cell is checked against its column, every fault is collected."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from bri_map.data.cells import ID_PATTERN, is_spreadsheet_flag, value_fault, value_remedy
from bri_map.data.columns import (
    TEXT,
    arrow,
    follows_itself,
    is_empty,
    is_in,
    is_like,
    is_sorted,
    together,
    where,
)
from bri_map.data.csv_blocks import CsvBlocks, read_blocks
from bri_map.data.files import FileError, RootFiles, decoded
from bri_map.data.reasons import reason_of
from bri_map.domain.table import Column, Kind, Table
from bri_map.i18n.sentences import column_meaning, quoted, say
from bri_map.report import Report, Sentence

_CHUNK = 50_000
LINE = "_line"
"""Name of the extra column with the line of the file on which a row starts."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table.

    Attributes:
        frame: One row for each record with the table's columns as text (empty where the cell is), plus
            `_line`. Columns that the file lacks are empty.
        lost: Keys of rows that could not be read; a fault says so already.
        is_complete: Whether the file could be read to its end and has its key columns.
        missing: Columns that the file lacks; a fault says so already.
        is_there: Whether there is such a file.
    """

    frame: pd.DataFrame
    lost: frozenset[str]
    is_complete: bool
    missing: frozenset[str] = frozenset()
    is_there: bool = True

    def keys(self, column: str) -> pa.Array:
        """Give the values of a column together with the keys of the rows that were lost."""
        values = arrow(self.frame[column])
        return together(values, arrow(sorted(self.lost))) if self.lost else values


def read_table(files: RootFiles, table: Table, report: Report) -> TableRows:
    """Read one table as text and check each cell by itself.

    A byte order mark is passed over, and so are rows without a single value.

    Args:
        files: The files of the data root.
        table: Which table.
        report: Takes the faults.
    """
    rows = TableRows(_empty(table), frozenset(), is_complete=False)
    try:
        with files.opened(table.path) as raw:
            rows = _read_bytes(raw, table, report)
    except FileError as fault:
        if fault.is_missing and table.is_optional:
            return TableRows(rows.frame, frozenset(), is_complete=True, is_there=False)
        report.add(fault.rule, fault.reason, fault.remedy, file=table.path, row=fault.row)
    if not len(rows.frame):
        return rows
    _write_flags_small(rows.frame, table, report)
    for column in table.columns:
        if column.name not in rows.missing:
            _check_column(rows.frame, table, column, report)
    if not rows.missing.intersection(table.key):
        _check_key(rows.frame, table, report)
    return rows


def _empty(table: Table) -> pd.DataFrame:
    return _without_rows(table).copy(deep=False)


@cache
def _without_rows(table: Table) -> pd.DataFrame:
    frame = pd.DataFrame(columns=list(table.column_names), dtype="str")
    frame[LINE] = np.empty(0, dtype=np.int64)
    return frame


def _read_bytes(raw: BinaryIO, table: Table, report: Report) -> TableRows:
    blocks = read_blocks(raw)
    if blocks is not None:
        _checked_header(blocks.header, table, report)
        return _of_blocks(blocks, table)
    raw.seek(0)
    stream = io.TextIOWrapper(raw, "utf-8-sig", newline="")
    try:
        return _read_rows(stream, table, report)
    except UnicodeDecodeError:
        raw.seek(0)
        decoded(raw.read(), table.path)  # says where
        raise
    finally:
        stream.detach()


def _of_blocks(blocks: CsvBlocks, table: Table) -> TableRows:
    size = len(blocks.lines)
    missing = frozenset(table.column_names).difference(blocks.header)
    nothing = pa.nulls(size, TEXT).fill_null("") if missing else None
    columns = {
        name: nothing if name in missing else blocks.cells.column(blocks.header.index(name))
        for name in table.column_names
    }
    frame = pa.table(columns).to_pandas().assign(**{LINE: blocks.lines})
    return TableRows(frame, frozenset(), not missing.intersection(table.key), missing)


def _read_rows(stream: Iterable[str], table: Table, report: Report) -> TableRows:
    reader = csv.reader(stream, strict=True)
    frames: list[pd.DataFrame] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    lost: set[str] = set()
    header: list[str] = []
    is_complete = False
    start = 1

    def flush() -> None:
        if rows:
            frame = pd.DataFrame(rows, columns=header, dtype="str")
            frames.append(frame.loc[:, ~frame.columns.duplicated()].assign(**{LINE: lines}))
            rows.clear()
            lines.clear()

    try:
        header = _checked_header(next(reader, []), table, report)
        start = reader.line_num + 1
        for row in reader:
            if len(row) == len(header):
                if any(row):
                    rows.append(row)
                    lines.append(start)
            elif any(row):
                lost.add(row[0])
                message = say("fault.row_width", cells=len(row), columns=len(header))
                report.add(
                    "row-width", message, say("remedy.row_width"), file=table.path, row=start, id=row[0]
                )
            start = reader.line_num + 1
            if len(rows) >= _CHUNK:
                flush()
        is_complete = True
    except csv.Error as error:
        message = say("fault.csv", error=reason_of(error))
        if start < reader.line_num:
            message = say("fault.csv_open", line=reader.line_num)
        report.add("csv", message, say("remedy.csv"), file=table.path, row=start)
    flush()
    frame = pd.concat(frames, ignore_index=True) if frames else _empty(table)
    missing = frozenset(table.column_names).difference(header)
    return TableRows(
        frame.reindex(columns=[*table.column_names, LINE], fill_value=""),
        frozenset(lost),
        is_complete and not missing.intersection(table.key),
        missing,
    )


def _checked_header(header: list[str], table: Table, report: Report) -> list[str]:
    """Report columns that are missing, unknown or there twice; give the header."""

    def told(rule: str, message: Sentence, remedy: Sentence, name: str) -> None:
        report.add(rule, message, remedy, file=table.path, row=1, field=name)

    for name in dict.fromkeys(name for name in header if header.count(name) > 1):
        told("column-duplicate", say("fault.column_duplicate", name=quoted(name)), say("remedy.twice"), name)
    for name in table.column_names:
        if name not in header:
            remedy = say("remedy.column_missing", meaning=column_meaning(table.column(name).meaning))
            told("column-missing", say("fault.column_missing", name=quoted(name)), remedy, name)
    for name in header:
        if name not in table.column_names:
            message = say("fault.column_unknown", name=quoted(name))
            told("column-unknown", message, say("remedy.column_unknown"), name)
    return header


def _write_flags_small(frame: pd.DataFrame, table: Table, report: Report) -> None:
    """Read TRUE and FALSE of a spreadsheet as what they mean, and say once that they stand there."""
    cells: list[tuple[int, Column, str, str]] = []
    for column in table.columns:
        if column.kind is not Kind.BOOLEAN:
            continue
        values = [
            value for value in arrow(frame[column.name]).unique().to_pylist() if is_spreadsheet_flag(value)
        ]
        if not values:
            continue
        wrong = is_in(frame[column.name], arrow(values))
        found = frame.loc[wrong, [LINE, column.name, table.key[0]]].itertuples(index=False)
        cells += [(int(line), column, value, key) for line, value, key in found]
        frame.loc[wrong, column.name] = frame.loc[wrong, column.name].str.lower()
    if cells:
        line, column, value, key = min(cells, key=lambda cell: cell[0])
        message = say("fault.boolean_capitals", value=quoted(value), n=len(cells))
        remedy = say("remedy.boolean_capitals")
        report.add("boolean", message, remedy, file=table.path, row=line, id=key or None, field=column.name)


def _check_column(frame: pd.DataFrame, table: Table, column: Column, report: Report) -> None:
    values = frame[column.name]
    if not column.required and is_empty(values).all():
        return
    told: dict[str, tuple[str, Sentence, Sentence]] = {}
    is_free = column.kind is Kind.TEXT and not column.pattern
    if is_free and not column.required:
        return
    for value in _doubtful(values, column).to_pylist():
        if not value:
            if column.required:
                remedy = say("remedy.column_holds", meaning=column_meaning(column.meaning))
                told[value] = ("required", say("fault.required"), remedy)
        elif not is_free:
            fault = value_fault(value, column)
            if fault:
                told[value] = (column.kind.value, fault, value_remedy(value, column))
    if not told:
        return
    wrong = frame.loc[is_in(values, arrow(told)), [LINE, column.name, table.key[0]]]
    for line, value, key in wrong.itertuples(index=False):
        rule, message, remedy = told[value]
        report.add(rule, message, remedy, file=table.path, row=int(line), id=key or None, field=column.name)


def _doubtful(values: pd.Series, column: Column) -> pa.Array:
    """Give each of the values once that may be at fault; those that are certainly none may be left out."""
    if column.kind is Kind.TEXT and not column.pattern:
        return arrow([""] if is_empty(values).any() else [])
    distinct = arrow(values).unique()
    if column.kind is Kind.ID and not column.pattern:
        return where(distinct, ~is_like(distinct, ID_PATTERN.pattern))
    return distinct


def _check_key(frame: pd.DataFrame, table: Table, report: Report) -> None:
    rows = frame[list(table.key)]
    if len(rows) > _CHUNK and is_sorted(rows.iloc[:, 0]):  # then the rows of one key follow each other
        again = follows_itself(rows.iloc[:, 0])
        rows = rows[again | np.append(again[1:], False)]
    repeated = rows.index[rows.duplicated(keep="first")]
    if not len(repeated):
        return
    message = say("fault.duplicate_key", columns=", ".join(table.key))
    for line, key in frame.loc[repeated, [LINE, table.key[0]]].itertuples(index=False):
        report.add(
            "duplicate",
            message,
            say("remedy.duplicate_key"),
            file=table.path,
            row=int(line),
            id=key,
            field=table.key[0],
        )
