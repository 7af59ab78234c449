"""Check the text of one cell by the kind of its column, and guess what was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, timedelta

from bri_map.domain.codes import codes
from bri_map.domain.country_names import COUNTRY_NAMES
from bri_map.domain.table import LIST_SEPARATOR, Column, Kind
from bri_map.domain.vocabulary import BOTH_LICENCES
from bri_map.i18n.sentences import column_meaning, quoted, quoted_letters, say
from bri_map.report import Sentence

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z]{3}")
FLAGS = ("true", "false")
_DATE_PATTERN = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_URL_PATTERN = re.compile(r"https?://[^\s<>\"]+")
_INTEGER_PATTERN = re.compile(r"-?[0-9]+")
_NUMBER_PATTERN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LONGEST_NUMBER = 300
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Days since 1899-12-30 that a spreadsheet may have made of a date: 1954 to 2119."""
_SERIAL_ORIGIN = date(1899, 12, 30)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def value_fault(value: str, column: Column) -> Sentence | None:
    """Say what is wrong with the text of a cell that is not empty; None when it is right."""
    fault = _text_fault if column.pattern else _FAULTS.get(column.kind)
    return fault(value, column) if fault else None


def value_remedy(value: str, column: Column) -> Sentence:
    """Say what to do about a cell that is at fault; where it can be guessed, what may have been meant."""
    if column.kind is Kind.DATE:
        guesses = date_guesses(value)
        if guesses:
            return say("remedy.date_turned", guesses=" / ".join(guesses))
    if column.kind is Kind.CODE:
        near = difflib.get_close_matches(value.lower(), codes(column.vocabulary or ""), 1)
        if near:
            return say("remedy.code_near", near=repr(near[0]))
    if column.references == "countries":
        wrong = (part for part in value.split(LIST_SEPARATOR) if not ID_PATTERN.fullmatch(part))
        found = dict.fromkeys(iso3 for part in wrong for iso3 in country_guesses(part))
        if found:
            return say("remedy.country_near", near=" / ".join(found))
    return say("remedy.column_holds", meaning=column_meaning(column.meaning))


def is_spreadsheet_flag(value: str) -> bool:
    """Tell whether a text is `true` or `false` in the capitals that spreadsheets write."""
    return value not in FLAGS and value.lower() in FLAGS


def date_guesses(value: str) -> tuple[str, ...]:
    """Give the dates that a spreadsheet may have turned into another form, the likeliest first."""
    text = value.strip()
    if text.isdecimal() and _FIRST_SERIAL <= int(text[:9]) <= _LAST_SERIAL:
        return ((_SERIAL_ORIGIN + timedelta(days=int(text))).isoformat(),)
    found = re.fullmatch(r"([A-Za-z]{3})[a-z]*[-. /]'?(\d{2}|\d{4})", text)
    if found and found[1].lower() in _MONTHS:
        year = found[2] if len(found[2]) == 4 else f"{'20' if int(found[2]) < 50 else '19'}{found[2]}"
        return (f"{year}-{_MONTHS.index(found[1].lower()) + 1:02}",)
    text = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", "", text)
    numbers = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(?:(\d{1,2})日?)?)?", text)
    if numbers:
        return _dates((numbers[1], numbers[2], numbers[3]))
    numbers = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)
    if numbers:
        return _dates((numbers[3], numbers[2], numbers[1]), (numbers[3], numbers[1], numbers[2]))
    numbers = re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text)
    return _dates((numbers[2], numbers[1], None)) if numbers else ()


def _dates(*parts: tuple[str, str, str | None]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for year, month, day in parts:
        text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        try:
            date.fromisoformat((text + "-01")[:10])
        except ValueError:
            continue
        found[text] = None
    return tuple(found)


def country_guesses(name: str) -> tuple[str, ...]:
    """Give the codes of the countries that a name may mean, ISO 3166-1 alpha-3."""
    wanted = _folded(name)
    return tuple(iso3 for iso3, names in COUNTRY_NAMES.items() if wanted in map(_folded, (iso3, *names)))


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold().removeprefix("the ")).split())


def _text_fault(value: str, column: Column) -> Sentence | None:
    if column.pattern is None or re.fullmatch(column.pattern, value):
        return None
    if column.good:
        return say("fault.text_form", value=quoted_letters(value), good=repr(column.good))
    return say("fault.text_malformed", value=quoted_letters(value))


def _code_fault(value: str, column: Column) -> Sentence | None:
    known = codes(column.vocabulary or "")
    parts = value.split(BOTH_LICENCES) if column.vocabulary == "licence" else [value]
    if set(parts) <= set(known):
        return None
    return say("fault.code", value=quoted_letters(value), known=", ".join(known))


def _id_fault(value: str, _: Column) -> Sentence | None:
    return None if ID_PATTERN.fullmatch(value) else say("fault.id", value=quoted_letters(value))


def _ids_fault(value: str, column: Column) -> Sentence | None:
    parts = value.split(LIST_SEPARATOR)
    for part in parts:
        fault = _id_fault(part, column)
        if fault:
            return fault
    return None if len(set(parts)) == len(parts) else say("fault.ids_twice", value=quoted(value))


def _texts_fault(value: str, _: Column) -> Sentence | None:
    if all(part.strip() == part and part for part in value.split(LIST_SEPARATOR)):
        return None
    return say("fault.texts", value=quoted(value))


def _number_fault(value: str, column: Column) -> Sentence | None:
    whole = column.kind is Kind.INTEGER
    if len(value) > _LONGEST_NUMBER or not (_INTEGER_PATTERN if whole else _NUMBER_PATTERN).fullmatch(value):
        shown = quoted_letters(value)
        return say("fault.integer", value=shown) if whole else say("fault.number", value=shown)
    number = float(value)
    if column.minimum is not None and number < column.minimum:
        return say("fault.number_less", value=quoted(value).strip("'"), limit=f"{column.minimum:g}")
    if column.maximum is not None and number > column.maximum:
        return say("fault.number_more", value=quoted(value).strip("'"), limit=f"{column.maximum:g}")
    return None


def _boolean_fault(value: str, _: Column) -> Sentence | None:
    return None if value in FLAGS else say("fault.boolean", value=quoted_letters(value))


def _date_fault(value: str, _: Column) -> Sentence | None:
    if not _DATE_PATTERN.fullmatch(value):
        return say("fault.date", value=quoted_letters(value))
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return say("fault.date_none", value=quoted(value))
    return None


def _url_fault(value: str, _: Column) -> Sentence | None:
    return None if _URL_PATTERN.fullmatch(value) else say("fault.url", value=quoted(value))


_FAULTS: dict[Kind, Callable[[str, Column], Sentence | None]] = {
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
