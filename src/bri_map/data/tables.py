"""Read the CSV tables: every cell is checked against its column, every fault is collected."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from bri_map.domain.codes import codes
from bri_map.domain.table import LIST_SEPARATOR, Column, Kind, Table
from bri_map.report import Report

_CHUNK = 50_000
ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z]{3}")
_DATE_PATTERN = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_URL_PATTERN = re.compile(r"https?://[^\s<>\"]+")
_INTEGER_PATTERN = re.compile(r"-?[0-9]+")
_NUMBER_PATTERN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BYTE_ORDER_MARK = "\ufeff"
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
    """

    frame: pd.DataFrame
    lost: frozenset[str]
    is_complete: bool
    missing: frozenset[str] = frozenset()

    def keys(self, column: str) -> set[str]:
        """Give the values of a column together with the keys of the rows that were lost."""
        return {*self.frame[column], *self.lost}


def read_table(root: Path, table: Table, report: Report) -> TableRows:
    """Read one table as text and check each cell by itself.

    Args:
        root: The data root.
        table: Which table.
        report: Takes the faults.
    """
    path = root / table.path
    rows = TableRows(_empty(table), frozenset(), is_complete=False)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = _read_rows(stream, table, report)
    except FileNotFoundError as error:
        if table.is_optional:
            return TableRows(rows.frame, frozenset(), is_complete=True)
        report.add("file", f"cannot be read: {error.strerror}.", "Restore the file.", file=table.path)
    except OSError as error:
        report.add("file", f"cannot be read: {error.strerror}.", "Restore the file.", file=table.path)
    except UnicodeDecodeError:
        report_encoding(path, table.path, report)
    for column in table.columns:
        if column.name not in rows.missing:
            _check_column(rows.frame, table, column, report)
    if not rows.missing.intersection(table.key):
        _check_key(rows.frame, table, report)
    return rows


def report_encoding(path: Path, file: str, report: Report) -> None:
    """Say on which line a file stops being UTF-8."""
    raw = path.read_bytes()
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 at byte {error.start} of the file."
        report.add("encoding", message, "Save it as UTF-8.", file=file, row=row)


def _empty(table: Table) -> pd.DataFrame:
    frame = pd.DataFrame({name: pd.Series(dtype="str") for name in table.column_names})
    frame[LINE] = pd.Series(dtype="int64")
    return frame


def _read_rows(stream: Iterable[str], table: Table, report: Report) -> TableRows:
    reader = csv.reader(stream, strict=True)
    frames: list[pd.DataFrame] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    lost: set[str] = set()
    header: list[str] = []
    is_complete = False

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
                rows.append(row)
                lines.append(start)
            elif row:
                lost.add(row[0])
                report.add(
                    "row-width",
                    f"the row has {len(row)} cells, the header {len(header)}.",
                    "Check commas and quotes in it.",
                    file=table.path,
                    row=start,
                    id=row[0],
                )
            start = reader.line_num + 1
            if len(rows) >= _CHUNK:
                flush()
        is_complete = True
    except csv.Error as error:
        report.add(
            "csv",
            f"is not CSV here: {error}.",
            "Correct quotes and line ends.",
            file=table.path,
            row=reader.line_num,
        )
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
    """Report columns that are missing, unknown or there twice, and a byte order mark; give the header."""
    if header and header[0].startswith(_BYTE_ORDER_MARK):
        report.add(
            "encoding",
            "the file starts with a byte order mark.",
            "Save it as UTF-8 without one.",
            file=table.path,
        )
        header = [header[0].removeprefix(_BYTE_ORDER_MARK), *header[1:]]
    for name in dict.fromkeys(name for name in header if header.count(name) > 1):
        report.add(
            "column-duplicate",
            f"the column {name!r} stands in the header more than once.",
            "Remove one of the two.",
            file=table.path,
            row=1,
            field=name,
        )
    for name in table.column_names:
        if name not in header:
            report.add(
                "column-missing",
                f"the column {name!r} is missing.",
                f"Add it; it holds: {table.column(name).meaning}",
                file=table.path,
                row=1,
                field=name,
            )
    for name in header:
        if name not in table.column_names:
            report.add(
                "column-unknown",
                f"the column {name!r} is not part of the table.",
                "Correct its spelling or remove it.",
                file=table.path,
                row=1,
                field=name,
            )
    return header


def _check_column(frame: pd.DataFrame, table: Table, column: Column, report: Report) -> None:
    values = frame[column.name]
    empty = values == ""
    if column.required and bool(empty.any()):
        _report(
            frame,
            empty,
            table,
            column,
            report,
            "required",
            lambda _: "the cell is empty.",
            column.meaning,
        )
    if column.kind is Kind.TEXT and not column.pattern:
        return
    verdicts = {value: value_fault(value, column) for value in pd.unique(values) if value}
    bad = {value: message for value, message in verdicts.items() if message}
    if bad:
        _report(
            frame,
            values.isin(list(bad)),
            table,
            column,
            report,
            column.kind.value,
            lambda value: bad[value] or "",
            f"The column holds: {column.meaning}",
        )


def _report(
    frame: pd.DataFrame,
    rows: pd.Series,
    table: Table,
    column: Column,
    report: Report,
    rule: str,
    message: Callable[[str], str],
    remedy: str,
) -> None:
    for line, value, key in frame.loc[rows, [LINE, column.name, table.key[0]]].itertuples(index=False):
        report.add(
            rule, message(value), remedy, file=table.path, row=int(line), id=key or None, field=column.name
        )


def _check_key(frame: pd.DataFrame, table: Table, report: Report) -> None:
    repeated = frame.duplicated(subset=list(table.key), keep="first")
    for line, key in frame.loc[repeated, [LINE, table.key[0]]].itertuples(index=False):
        report.add(
            "duplicate",
            f"an earlier row has the same {', '.join(table.key)}.",
            "Remove one of the two, or correct its id.",
            file=table.path,
            row=int(line),
            id=key,
            field=table.key[0],
        )


def value_fault(value: str, column: Column) -> str | None:
    """Say what is wrong with the text of a cell that is not empty; None when it is right."""
    fault = _text_fault if column.pattern else _FAULTS.get(column.kind)
    return fault(value, column) if fault else None


def _text_fault(value: str, column: Column) -> str | None:
    if column.pattern is None or re.fullmatch(column.pattern, value):
        return None
    return f"{value!r} is not of the form of {column.good!r}." if column.good else f"{value!r} is malformed."


def _code_fault(value: str, column: Column) -> str | None:
    known = codes(column.vocabulary or "")
    return None if value in known else f"{value!r} is not one of {', '.join(known)}."


def _id_fault(value: str, _: Column) -> str | None:
    return None if ID_PATTERN.fullmatch(value) else f"{value!r} is not an id (a-z, 0-9, hyphens)."


def _ids_fault(value: str, column: Column) -> str | None:
    parts = value.split(LIST_SEPARATOR)
    for part in parts:
        fault = _id_fault(part, column)
        if fault:
            return fault
    return None if len(set(parts)) == len(parts) else f"{value!r} names the same id twice."


def _texts_fault(value: str, _: Column) -> str | None:
    if all(part.strip() == part and part for part in value.split(LIST_SEPARATOR)):
        return None
    return f"{value!r} has an empty or untrimmed item in its list."


def _number_fault(value: str, column: Column) -> str | None:
    whole = column.kind is Kind.INTEGER
    if not (_INTEGER_PATTERN if whole else _NUMBER_PATTERN).fullmatch(value):
        return f"{value!r} is not {'a whole number' if whole else 'a number'}."
    number = float(value)
    if column.minimum is not None and number < column.minimum:
        return f"{value} is less than {column.minimum:g}."
    if column.maximum is not None and number > column.maximum:
        return f"{value} is more than {column.maximum:g}."
    return None


def _boolean_fault(value: str, _: Column) -> str | None:
    return None if value in ("true", "false") else f"{value!r} is not true or false."


def _date_fault(value: str, _: Column) -> str | None:
    if not _DATE_PATTERN.fullmatch(value):
        return f"{value!r} is not YYYY, YYYY-MM or YYYY-MM-DD."
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return f"{value!r} is no day of the calendar."
    return None


def _url_fault(value: str, _: Column) -> str | None:
    return None if _URL_PATTERN.fullmatch(value) else f"{value!r} is not an address with http or https."


_FAULTS: dict[Kind, Callable[[str, Column], str | None]] = {
    Kind.CODE: _code_fault,
    Kind.ID: _id_fault,
    Kind.IDS: _ids_fault,
    Kind.TEXTS: _texts_fault,
    Kind.INTEGER: _number_fault,
    Kind.NUMBER: _number_fault,
    Kind.BOOLEAN: _boolean_fault,
    Kind.DATE: _date_fault,
    Kind.URL: _url_fault,
}
