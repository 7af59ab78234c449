"""Texts are clean: trimmed, single blanks, no damaged characters, one script a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bri_map.checks.context import Context, Row
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import Table
from bri_map.domain.tables import TABLES

_MOJIBAKE = re.compile("\ufffd|â€|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|ï¿½|&(?:amp|lt|gt|quot|nbsp|#\\d+);")
_SUSPECT = re.compile("  |&")
_SUSPECT = re.compile("  |&")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_JOINERS = "\u200c\u200d"
"""Joiners that Persian, Urdu and South Asian scripts need inside words."""


def _untrimmed(text: str) -> str | None:
    return "starts or ends with a blank." if text != text.strip() else None


def _double_blank(text: str) -> str | None:
    return "has two blanks in a row." if "  " in text else None


def _mojibake(text: str) -> str | None:
    found = _MOJIBAKE.search(text)
    return f"has characters damaged by a wrong encoding: {found.group()!r}." if found else None


def _control(text: str) -> str | None:
    bad = [c for c in text if unicodedata.category(c) in _BAD_CATEGORIES and c not in _JOINERS]
    return f"has the invisible character U+{ord(bad[0]):04X}." if bad else None


def _composed(text: str) -> str | None:
    return None if unicodedata.is_normalized("NFC", text) else "is not in the composed form (NFC)."


def _mixed_script(text: str) -> str | None:
    if text.isascii():
        return None
    for word in _WORD.findall(text):
        scripts = {name for c in word for name in _SCRIPTS if unicodedata.name(c, "").startswith(name)}
        if len(scripts) > 1:
            return f"mixes {' and '.join(sorted(scripts)).lower()} letters in {word!r}."
    return None


_RULES: dict[str, tuple[Callable[[str], str | None], str]] = {
    "text-trim": (_untrimmed, "Take the blanks away."),
    "text-blank": (_double_blank, "Leave one."),
    "text-mojibake": (_mojibake, "Type the text again, saved as UTF-8."),
    "text-control": (_control, "Remove it."),
    "text-composed": (_composed, "Normalize it to NFC; bri-map format does so."),
    "text-script": (_mixed_script, "Write the word in one script."),
}


def check_texts(context: Context) -> None:
    """Check the text of every cell; of one cell the first fault is enough."""
    for table in TABLES:
        frame = context.frame(table)
        for column in table.columns:
            values = frame[column.name]
            bad = {
                text: found for text in values.unique() for found in [_first_fault(text)] if found is not None
            }
            if not bad:
                continue
            rows: list[Row] = frame.loc[values.isin(list(bad))].to_dict("records")  # type: ignore[assignment]
            for row in rows:
                rule, message = bad[row[column.name]]
                context.fault(
                    rule, table, row, column.name, f"{row[column.name]!r} {message}", _RULES[rule][1]
                )
    for table in TABLES:
        if set(NAME_COLUMNS.values()) <= set(table.column_names):
            _check_languages(context, table)


def _first_fault(text: str) -> tuple[str, str] | None:
    if text.isascii() and text.isprintable() and text == text.strip() and not _SUSPECT.search(text):
        return None
    for rule, (fault, _) in _RULES.items():
        message = fault(text)
        if message:
            return rule, message
    return None


def _check_languages(context: Context, table: Table) -> None:
    for row in context.rows(table):
        name, chinese = str(row["name"]), str(row["name_zh"])
        if _HAN.search(name):
            context.fault(
                "text-language", table, row, "name", f"{name!r} is not English.", "Move it to name_zh."
            )
        if chinese and not _HAN.search(chinese):
            context.fault(
                "text-language",
                table,
                row,
                "name_zh",
                f"{chinese!r} is not Chinese.",
                "Move it to the names table.",
            )
