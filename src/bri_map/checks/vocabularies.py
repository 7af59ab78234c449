"""Vocabularies that no list of codes closes: currencies, languages, units, gauges, periods, terms of use."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

from bri_map.checks.context import Context, Row
from bri_map.checks.gauges import GAUGES, GAUGES_OF
from bri_map.checks.subjects import Subject
from bri_map.checks.units import is_unit_of
from bri_map.domain.document_tables import INDICATORS, LOCALITIES
from bri_map.domain.fact_tables import COSTS, MEASURES, NAMES
from bri_map.domain.table import Table
from bri_map.domain.tables import COUNTRIES, SOURCES, TRANSLATIONS
from bri_map.domain.vocabulary import Basis, Licence, Region
from bri_map.i18n.sentences import quoted, say
from bri_map.i18n.standards import currencies, language_names, languages, script_of_language, tender

_WORLD_CURRENCIES = frozenset({"USD", "CNY", "EUR"})
"""Currencies in which projects everywhere are paid."""
_PERIOD = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?(?:/\d{4}(?:-(?:0[1-9]|1[0-2]))?)?")
_NAMED_LANGUAGE = re.compile(r"\bin ([A-Z][a-z]+)\)")
_LANGUAGE_NAMED = {"Bengali": "Bangla", "Dari": "Persian", "Farsi": "Persian", "Filipino": "Tagalog"}
"""Names of languages that titles use to those of CLDR."""
_CONTINENTS: dict[str, frozenset[str]] = {
    Region.SOUTHEAST_ASIA: frozenset({"Asia"}),
    Region.SOUTH_ASIA: frozenset({"Asia"}),
    Region.CENTRAL_ASIA: frozenset({"Asia"}),
    Region.WEST_ASIA: frozenset({"Asia", "Europe"}),
    Region.EAST_ASIA: frozenset({"Asia"}),
    Region.EAST_EUROPE: frozenset({"Europe"}),
    Region.SOUTHERN_EUROPE: frozenset({"Europe"}),
    Region.WESTERN_EUROPE: frozenset({"Europe"}),
    Region.NORTH_AFRICA: frozenset({"Africa"}),
    Region.SUB_SAHARAN_AFRICA: frozenset({"Africa"}),
    Region.OCEANIA: frozenset({"Oceania"}),
    Region.LATIN_AMERICA_CARIBBEAN: frozenset({"North America", "South America"}),
    Region.NORTH_AMERICA: frozenset({"North America"}),
}
_ALL = frozenset[str]().union(*_CONTINENTS.values())
_CLOSED: tuple[tuple[Table, str, frozenset[str]], ...] = (
    (
        LOCALITIES,
        "kind",
        frozenset({"autonomous-region", "city", "county", "district", "municipality", "province"})
        | {"special-administrative-region", "zone"},
    ),
    (COUNTRIES, "continent", _ALL),
    (COUNTRIES, "bri_mou_basis", frozenset(Basis)),
)
_SCRIPTS: dict[str, tuple[str, ...]] = {
    "Arab": ("ARABIC",),
    "Armn": ("ARMENIAN",),
    "Beng": ("BENGALI",),
    "Cyrl": ("CYRILLIC", "LATIN"),
    "Deva": ("DEVANAGARI",),
    "Ethi": ("ETHIOPIC",),
    "Geor": ("GEORGIAN",),
    "Grek": ("GREEK",),
    "Hans": ("CJK",),
    "Hebr": ("HEBREW",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Khmr": ("KHMER",),
    "Kore": ("HANGUL", "CJK"),
    "Laoo": ("LAO",),
    "Latn": ("LATIN", "MODIFIER"),
    "Mlym": ("MALAYALAM",),
    "Mymr": ("MYANMAR",),
    "Sinh": ("SINHALA",),
    "Taml": ("TAMIL",),
    "Telu": ("TELUGU",),
    "Thaa": ("THAANA",),
    "Thai": ("THAI",),
}
"""Script of ISO 15924 to how the names of its letters begin; Serbian and others write Latin as well."""
_LATIN_TOO = frozenset({"sr", "uz", "kk", "bs", "az", "tk", "mo"})


def check_vocabularies(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Check every value that must be one of a known set, and what set a country has."""
    _check_currencies(context, subjects)
    for table, column in ((NAMES, "name"), (SOURCES, "title"), (TRANSLATIONS, "")):
        for row in context.rows(table):
            if row["language"]:
                _check_language(context, table, row, column)
    _check_measures(context)
    _check_closed(context)
    _check_gauges(context, subjects)
    _check_licences(context)


def _check_measures(context: Context) -> None:
    for row in context.rows(MEASURES):
        if not is_unit_of(row["measure"], row["unit"]):
            message = say("fault.unit_measure", unit=quoted(row["unit"]), measure=quoted(row["measure"]))
            context.warn("unit-measure", MEASURES, row, "unit", message)


def _check_closed(context: Context) -> None:
    for table, column, known in _CLOSED:
        for row in context.rows(table):
            if row[column] and row[column] not in known:
                message = say(
                    "fault.code", value=quoted(row[column]), known=", ".join(map(quoted, sorted(known)))
                )
                context.fault("vocabulary", table, row, column, message, say("remedy.it"))
    for row in context.rows(INDICATORS):
        if row["period"] and not _PERIOD.fullmatch(row["period"]):
            message = say("fault.period", value=quoted(row["period"]))
            context.fault("vocabulary", INDICATORS, row, "period", message, say("remedy.period"))
    for row in context.rows(COUNTRIES):
        fitting = _CONTINENTS.get(str(row["region"]))
        if fitting and row["continent"] in _ALL - fitting:
            message = say(
                "fault.region_continent", region=quoted(row["region"]), value=quoted(row["continent"])
            )
            context.fault("region-continent", COUNTRIES, row, "region", message, say("remedy.it"))


def _check_currencies(context: Context, subjects: Mapping[str, Subject]) -> None:
    for row in context.rows(COSTS):
        currency, subject = str(row["currency"]), subjects.get(str(row["feature_id"]))
        if currency not in currencies():
            message = say("fault.currency", value=quoted(currency))
            context.fault("currency", COSTS, row, "currency", message, say("remedy.currency"))
        elif subject and currency not in _WORLD_CURRENCIES:
            year = int(row["year"]) if row["year"].isdigit() else int((context.today or "2020")[:4])
            if not any(currency in tender(country, year) for country in subject.countries):
                message = say("fault.currency_country", value=currency, countries=subject.row["countries"])
                context.warn("currency-country", COSTS, row, "currency", message)


@cache
def _script_of(char: str) -> str:
    """Give the script of a letter, as the first word of its name in Unicode."""
    return "LATIN" if char.isascii() else unicodedata.name(char, "").partition(" ")[0]


def _check_language(context: Context, table: Table, row: Row, column: str) -> None:
    language, text = str(row["language"]), str(row[column]) if column else ""
    name = languages().get(language)
    if name is None:
        message = say("fault.language", value=quoted(language))
        context.fault("language", table, row, "language", message, say("remedy.language"))
        return
    if not column:
        return
    said = _NAMED_LANGUAGE.findall(text)
    letters = Counter(_script_of(c) for c in text if c.isalpha())
    wanted = _SCRIPTS.get(script_of_language(language))
    if not letters or wanted is None:
        return
    own = any(letters[script] for script in wanted) or (language in _LATIN_TOO and letters["LATIN"] > 0)
    if wanted == _SCRIPTS["Latn"]:
        own = letters["LATIN"] * 2 >= letters.total()
    meant = _LANGUAGE_NAMED.get(said[-1], said[-1]) if said else ""
    if table is SOURCES and meant in language_names():
        if meant == name:
            return
        message = say("fault.language_said", language=quoted(language), said=quoted(said[-1]))
    elif not own:
        message = say("fault.language_script", language=quoted(language), text=quoted(text))
    else:
        return
    context.warn("language-script", table, row, "language", message)


def _check_gauges(context: Context, subjects: Mapping[str, Subject]) -> None:
    for subject in subjects.values():
        gauge = str(subject.row.get("gauge_mm", ""))
        if not gauge.isdigit():
            continue
        if int(gauge) not in GAUGES:
            message = say("fault.gauge", value=gauge)
        elif not any(int(gauge) in GAUGES_OF.get(country, {1435}) | {1435} for country in subject.countries):
            message = say("fault.gauge_country", value=gauge, countries=subject.row["countries"])
        else:
            continue
        context.warn("gauge-country", subject.table, subject.row, "gauge_mm", message)


def _check_licences(context: Context) -> None:
    """An open licence is that of a publisher; one that no other source of his has is looked at."""
    groups: dict[str, Counter[str]] = {}
    for row in context.rows(SOURCES):
        groups.setdefault(str(row["producer"]), Counter())[row["licence"]] += 1
    for row in context.rows(SOURCES):
        counts = groups[str(row["producer"])]
        others = counts.total() - counts[row["licence"]]
        if row["licence"] != Licence.COPYRIGHT and counts[row["licence"]] == 1 and others:
            usual = max((n, name) for name, n in counts.items() if name != row["licence"])[1]
            message = say(
                "fault.licence", value=row["licence"], producer=quoted(row["producer"]), usual=usual
            )
            context.warn("licence-producer", SOURCES, row, "licence", message)
