"""The data dictionary: every table and column in words, made from their one definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bri_map.domain.codes import VOCABULARIES
from bri_map.domain.shared_columns import DISTANCE, STATUS_IN_YEAR
from bri_map.domain.table import Column, Kind, Table
from bri_map.domain.tables import TABLES

_KINDS: dict[Kind, str] = {
    Kind.TEXT: "text",
    Kind.CODE: "code",
    Kind.ID: "id",
    Kind.IDS: "ids, separated by semicolons",
    Kind.TEXTS: "texts, separated by semicolons",
    Kind.INTEGER: "whole number",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "`true` or `false`",
    Kind.DATE: "date: YYYY, YYYY-MM or YYYY-MM-DD",
    Kind.URL: "address",
}
_HEAD = """# Data dictionary

Made by `bri-map dictionary` from the definitions in `src/bri_map/domain/`; do not edit it by hand. An empty
cell means: not known, or does not apply. A column marked *claimed* has a source for every value in
`data/claims.csv`. Columns marked *derived* are in no file: the atlas and its exports make them from other
tables.
"""


EXPORTED: dict[str, str] = {
    "layer": "The layer that the feature belongs to.",
    "region": "The region of a feature that lies in one only, else null.",
    "regions": "Every region in which it lies.",
    STATUS_IN_YEAR: "Its status at the end of the year that the filter asks for: that of the last event "
    "dated by then, `unknown` where no event is dated. There only with a year; `status` is today's.",
    DISTANCE.name: "Its distance in km from the place that the filter asks for. There only with `near`.",
    "sources": "Ids of every source on which it rests.",
    "provenance": "For each value who says so, where, and why that value is the one shown; in the format "
    "`geojson-evidence`.",
}
"""Properties that exports have beside the columns of a layer's table."""


def dictionary_text() -> str:
    """Write the dictionary as Markdown."""
    parts = [_HEAD, *map(_table, TABLES), _exports(), _vocabularies()]
    return "\n".join(parts)


def _table(table: Table) -> str:
    lines = [f"## `{table.path}`", "", table.meaning, ""]
    lines.append(f"Key: {', '.join(f'`{name}`' for name in table.key)}.")
    if table.is_optional:
        lines[-1] += " A data root may do without this file."
    lines += ["", "| column | holds | meaning | good | bad |", "|---|---|---|---|---|"]
    lines += [_row(column) for column in table.fields]
    return "\n".join([*lines, ""])


def _row(column: Column) -> str:
    marks = [
        word
        for word, is_so in (
            ("required", column.required),
            ("claimed", column.is_claimed),
            ("derived", column.is_derived),
        )
        if is_so
    ]
    name = f"`{column.name}`" + (f" *{', '.join(marks)}*" if marks else "")
    cells = (name, "; ".join(_holds(column)), column.meaning, _code(column.good), _code(column.bad))
    return f"| {' | '.join(cells)} |"


def _holds(column: Column) -> Iterator[str]:
    if column.vocabulary:
        yield f"code of [{column.vocabulary}](#{column.vocabulary})"
    else:
        yield _KINDS[column.kind]
    if column.references:
        yield f"of `{column.references}`"
    if column.unit:
        yield column.unit
    if column.minimum is not None and column.maximum is not None:
        yield f"{column.minimum:,g} to {column.maximum:,g}"
    elif column.minimum is not None:
        yield f"at least {column.minimum:,g}"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _exports() -> str:
    lines = ["## Exports", ""]
    lines += [
        "A feature of a file has the columns of its layer's table, lists joined by semicolons, and these "
        + "properties:",
        "",
    ]
    lines += ["| property | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in EXPORTED.items()]
    return "\n".join([*lines, ""])


def _vocabularies() -> str:
    lines = ["## Codes", ""]
    for name, vocabulary in VOCABULARIES.items():
        lines += [f"### {name}", "", vocabulary.meaning, "", _list(vocabulary.codes), ""]
    return "\n".join(lines)


def _list(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)
