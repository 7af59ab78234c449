"""Texts are plain words in one language, and translations say the same numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from bri_map.checks.context import Context, Row
from bri_map.checks.subjects import Subject
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import LIST_KINDS, Kind, Table
from bri_map.domain.tables import CHECKED, TABLES, TRANSLATIONS
from bri_map.folding import fold
from bri_map.i18n.sentences import quoted, quoted_letters, say
from bri_map.report import Sentence

_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]*>|<!--|\*\*|~~|`|\[[^\]]+\]\([^)]+\)|\{\{|\}\}|\$\$|\\\(|\\[nrtux]|%[0-9A-Fa-f]{2}\b"
    r"|&#?\w+;|^#+ |\bjavascript:|#(?:REF!|VALUE!|NAME\?|DIV/0!|N/A|NULL!|NUM!)"
)
_SIGNS = re.compile(r"[<*~`\[{$\\%&#]|javascript:")
"""What no text without markup has; most texts are sifted by it."""
_STRANGE = re.compile(
    r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u0370-\u03ff\u0400-\u04ff\u0530-\u06ff\u0e00-\u0eff\U0001d400-\U0001d7ff]"
)
"""Full-width and mathematical letters, and those of scripts in which lookalikes hide; Chinese is quoted."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_FOREIGN = frozenset({"names", "sources", "translations", "waypoints", "checked", "source_coverage"})
"""Tables whose texts may be in any language."""
_CODES = frozenset({"locator", "url", "id", "identifier"})
_ENGLISH = frozenset({"name", "title", "note"})
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_SQUARES = re.compile(r"\b(?:[ck]?m[23²³]|CO2|Covid-19|COVID-19|[A-Z]+\d+)\b")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?")
_LARGE = re.compile("[万亿千百十半]|million|billion|thousand")
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_PHASE = re.compile(r"\bphases? (\d|I{1,3}|IV|V)\b", re.IGNORECASE)
_PHASE_ZH = re.compile(r"(?:第)?([一二三四五六]|\d)期|期工程")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_STOPS, _STOPS_ZH = (".", "!", "?", '."', ".)"), ("。", "！", "？", "。”", "。）", "”", "）")
LONG = 30
"""Letters of an English sentence whose translation ends as it does."""


def check_wording(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Check the words of every text."""
    for table in TABLES:
        if table is not CHECKED:
            _check_table(context, table)
    for subject in subjects.values():
        _check_summary(context, subject)
        _check_phase(context, subject)
    for row in context.rows(TRANSLATIONS):
        if row["language"] in NAME_COLUMNS:
            _check_translation(context, row)


def _check_table(context: Context, table: Table) -> None:
    frame = context.frame(table)
    for rule, name, find in _rules_of(table):
        bad = {text: found for text in frame[name].unique() for found in [find(text)] if found is not None}
        if not bad:
            continue
        rows: list[Row] = frame.loc[frame[name].isin(list(bad))].to_dict("records")  # type: ignore[assignment]
        for row in rows:
            is_other = table is TRANSLATIONS and find is _traditional and row["language"] not in NAME_COLUMNS
            if not is_other and not context.is_named(table, row):
                context.fault(rule, table, row, name, bad[row[name]], say("remedy.wording"))


def _rules_of(table: Table) -> Iterator[tuple[str, str, Callable[[str], Sentence | None]]]:
    for column in table.columns:
        is_text = column.kind is Kind.TEXT or column.kind in LIST_KINDS
        if not is_text or column.name in _CODES:
            continue
        yield "text-markup", column.name, _markup
        if column.name in NAME_COLUMNS.values() and column.name != "name":
            yield "text-traditional", column.name, _traditional
        elif table.name not in _FOREIGN and (column.is_translated or column.name in _ENGLISH):
            yield "text-letters", column.name, _strange
    if table is TRANSLATIONS:
        yield "text-traditional", "translation", _traditional


def _markup(text: str) -> Sentence | None:
    found = _MARKUP.search(text) if _SIGNS.search(text) else None
    return say("fault.text_markup", found=quoted(found.group())) if found else None


def _strange(text: str) -> Sentence | None:
    if text.isascii():
        return None
    found = _STRANGE.findall(text)
    return say("fault.text_letters", letters=quoted_letters("".join(found))) if found else None


def _traditional(text: str) -> Sentence | None:
    found = [c for c in text if _is_traditional(c)]
    return say("fault.text_traditional", letters=quoted("".join(found))) if found else None


@cache
def _is_traditional(char: str) -> bool:
    return _HAN.match(char) is not None and fold(char) != char


def _check_summary(context: Context, subject: Subject) -> None:
    summary = str(subject.row.get("summary", ""))
    if summary and not summary.endswith(_STOPS):
        message = say("fault.text_stop", end=quoted(summary[-20:]))
        context.fault("text-stop", subject.table, subject.row, "summary", message, say("remedy.text_stop"))


def _check_phase(context: Context, subject: Subject) -> None:
    """Compare the phase in both names; only where both tell one."""
    english, chinese = str(subject.row["name"]), str(subject.row["name_zh"])
    told = {_figure(found) for found in _PHASE.findall(english)}
    other = {_figure(found) for found in _PHASE_ZH.findall(chinese) if found}
    if told and other and not told & other:
        message = say("fault.name_phase", name=quoted(english))
        context.warn("name-phase", subject.table, subject.row, "name_zh", message)


def _figure(text: str) -> int:
    return int(text) if text.isdigit() else _ROMAN.get(text.lower(), _NUMERALS.get(text, 0))


def _check_translation(context: Context, row: Row) -> None:
    text, translation = str(row["text"]), str(row["translation"])
    if not _HAN.search(translation) and len(_LOWER.findall(text)) > 2:
        context.warn("translation-same", TRANSLATIONS, row, "translation", say("fault.translation_same"))
        return
    lost = sorted(_lost(text, translation))
    if lost:
        message = say("fault.translation_number", lost=", ".join(lost))
        context.warn("translation-number", TRANSLATIONS, row, "translation", message)
    elif len(text) > LONG and text.endswith(".") and not translation.endswith(_STOPS_ZH):
        message = say("fault.text_stop", end=quoted(translation[-20:]))
        context.fault("text-stop", TRANSLATIONS, row, "translation", message, say("remedy.text_stop"))


def _lost(text: str, translation: str) -> Iterator[str]:
    """Give the years and numbers of a text that its translation has not.

    Years may be shortened; large numbers have other units in Chinese, so that only years count there.
    """
    plain = translation.replace(",", "").replace("，", " ")
    there = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", plain)}
    for year in set(_YEAR.findall(text)):
        if float(year) not in there and not re.search(rf"{year[2:]}[年—–至/]", plain):
            yield year
    if _LARGE.search(translation) or _LARGE.search(text) or any(c in _NUMERALS for c in translation):
        return
    for found in _NUMBER.findall(_SQUARES.sub(" ", re.sub(r"(\d{4})-\d\d\b(?!-)", r"\1", text))):
        number = float(found.replace(",", ""))
        if number not in there and not 1900 <= number <= 2100:
            yield found
