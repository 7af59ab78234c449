"""Texts are clean: trimmed, single blanks, no damaged characters, no formulas, one script a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bri_map.checks.context import Context, Row
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import Table
from bri_map.domain.tables import TABLES
from bri_map.i18n.sentences import quoted, quoted_letters, say
from bri_map.report import Sentence

_MOJIBAKE = re.compile("\ufffd|â€|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|ï¿½|&(?:amp|lt|gt|quot|nbsp|#\\d+);")
_FORMULA = re.compile(
    r"[\s\x00-\x1f]*(?:"
    r"[=+@\uff1d\uff0b\uff20]"  # whatever follows
    r"|[-\uff0d][\s+-]*(?:[^\W\d_]|[(=@\"'{]|[\d.,]+\s*%?[+*/^&=<>|!(])"  # no number and no dash
    r")"
)
"""Beginnings that make a spreadsheet run a cell, the full-width forms included."""
_SUSPECT = re.compile("  |&")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"LATIN": "fault.script_latin", "CYRILLIC": "fault.script_cyrillic", "GREEK": "fault.script_greek"}
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_JOINERS = "\u200c\u200d"
"""Joiners that Persian, Urdu and South Asian scripts need inside words."""


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would run a text as a formula; numbers and dashes it does not run."""
    return _FORMULA.match(text) is not None


def _formula(text: str) -> Sentence | None:
    return say("fault.text_formula", value=quoted(text)) if is_formula(text) else None


def _untrimmed(text: str) -> Sentence | None:
    return say("fault.text_trim", value=quoted(text)) if text != text.strip() else None


def _double_blank(text: str) -> Sentence | None:
    return say("fault.text_blank", value=quoted(text)) if "  " in text else None


def _mojibake(text: str) -> Sentence | None:
    found = _MOJIBAKE.search(text)
    return say("fault.text_mojibake", value=quoted(text), found=quoted(found.group())) if found else None


def _control(text: str) -> Sentence | None:
    bad = [c for c in text if unicodedata.category(c) in _BAD_CATEGORIES and c not in _JOINERS]
    return say("fault.text_control", value=quoted(text), point=f"U+{ord(bad[0]):04X}") if bad else None


def _composed(text: str) -> Sentence | None:
    return None if unicodedata.is_normalized("NFC", text) else say("fault.text_composed", value=quoted(text))


def _mixed_script(text: str) -> Sentence | None:
    if text.isascii():
        return None
    for word in _WORD.findall(text):
        letters = {name: [c for c in word if unicodedata.name(c, "").startswith(name)] for name in _SCRIPTS}
        scripts = sorted(name for name, found in letters.items() if found)
        if len(scripts) > 1:
            odd = min((letters[name] for name in scripts), key=len)
            return say(
                "fault.text_script",
                value=quoted(text),
                first=say(_SCRIPTS[scripts[0]]),
                second=say(_SCRIPTS[scripts[1]]),
                word=quoted_letters(word, "".join(odd)),
            )
    return None


_RULES: dict[str, tuple[Callable[[str], Sentence | None], str]] = {
    "text-formula": (_formula, "remedy.text_formula"),
    "text-trim": (_untrimmed, "remedy.text_trim"),
    "text-blank": (_double_blank, "remedy.text_blank"),
    "text-mojibake": (_mojibake, "remedy.text_mojibake"),
    "text-control": (_control, "remedy.text_control"),
    "text-composed": (_composed, "remedy.text_composed"),
    "text-script": (_mixed_script, "remedy.text_script"),
}
"""Rule to what finds it and the key of its remedy."""


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
                context.fault(rule, table, row, column.name, message, say(_RULES[rule][1]))
    for table in TABLES:
        if set(NAME_COLUMNS.values()) <= set(table.column_names):
            _check_languages(context, table)


def _first_fault(text: str) -> tuple[str, Sentence] | None:
    if text[:1].isalnum() and text.isascii() and _is_plain(text):
        return None
    for rule, (fault, _) in _RULES.items():
        message = fault(text)
        if message:
            return rule, message
    return None


def _is_plain(text: str) -> bool:
    return text.isprintable() and text == text.strip() and not _SUSPECT.search(text)


def _check_languages(context: Context, table: Table) -> None:
    for row in context.rows(table):
        name, chinese = str(row["name"]), str(row["name_zh"])
        if _HAN.search(name):
            message = say("fault.text_english", value=quoted(name))
            context.fault("text-language", table, row, "name", message, say("remedy.text_english"))
        if chinese and not _HAN.search(chinese):
            message = say("fault.text_chinese", value=quoted(chinese))
            context.fault("text-language", table, row, "name_zh", message, say("remedy.text_chinese"))
