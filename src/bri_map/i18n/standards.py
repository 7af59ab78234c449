"""What international standards list: currencies, where they are tender, languages and their scripts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies, list_currencies


@cache
def currencies() -> frozenset[str]:
    """Give the codes of ISO 4217."""
    return frozenset(list_currencies())


@cache
def tender(country: str, year: int) -> frozenset[str]:
    """Give the currencies of a country in a year and the years around it."""
    first, last = date(year - 1, 1, 1), date(year + 1, 12, 31)
    return frozenset(
        str(code)
        for place in sorted(short_codes(country))
        for code in get_territory_currencies(place, first, last, non_tender=False)
    )


@cache
def short_codes(country: str) -> frozenset[str]:
    """Give the codes of two letters (ISO 3166-1 alpha-2) of a country."""
    return frozenset(map(str, get_global("territory_aliases").get(country, [])))


@cache
def languages() -> Mapping[str, str]:
    """Give the English names of languages by code of ISO 639."""
    return dict(Locale("en").languages)


@cache
def language_names() -> frozenset[str]:
    """Give the English names of languages."""
    return frozenset(languages().values())


@cache
def script_of_language(language: str) -> str:
    """Give the usual script of a language, ISO 15924; empty if unknown."""
    tag = get_global("likely_subtags").get(language, "")
    return next((part for part in tag.split("_") if len(part) == 4), "")
