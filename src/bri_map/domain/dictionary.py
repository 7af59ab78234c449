"""The data dictionary: every table and column in words, made from their one definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bri_map.domain.table import Column, Kind, Table
from bri_map.domain.tables import TABLES
from bri_map.domain.vocabulary import VOCABULARIES

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


def dictionary_text() -> str:
    """Write the dictionary as Markdown."""
    parts = [_HEAD, *map(_table, TABLES), _vocabularies()]
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


def _vocabularies() -> str:
    lines = ["## Codes", ""]
    for name, members in VOCABULARIES.items():
        doc = " ".join((members.__doc__ or "").split("\n\n")[0].split())
        lines += [f"### {name}", "", doc, "", _list(member.value for member in members), ""]
    return "\n".join(lines)


def _list(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)
