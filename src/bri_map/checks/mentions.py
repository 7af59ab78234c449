"""What words name: countries in two languages, and features by the rare words of their names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from bri_map.checks.context import Context, Row
from bri_map.checks.likeness import words_of
from bri_map.checks.subjects import Subject, rows_by
from bri_map.domain.country_names import COUNTRY_NAMES
from bri_map.domain.fact_tables import CLAIMS, COSTS, FEATURE_ORGANISATIONS, MEASURES, NAMES, STATUS_HISTORY
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import Table
from bri_map.domain.tables import COUNTRIES
from bri_map.folding import fold
from bri_map.i18n.sentences import quoted, say

_AMBIGUOUS = frozenset(
    {"US", "UK", "America", "Congo", "Lao", "Korea", "Trinidad", "England", "Saudi", "RSA"}
)
_NOT_AFTER = (
    *("Gulf of ", "Lake ", "Inner ", "New ", "South ", "North ", "Energias de ", "Equatorial "),
    *("border with ", "without crossing ", "尼", "内", "赤"),
)
"""What makes another name, or no place of its own, of a country after it."""
_NOT_BEFORE = (" border", " Branch", "-based", "'s border", " and N'Mai", "际", "勒", "尼", "边境", "湾")
"""The same before it."""
_HOME = "CHN"
RARE = 3
"""Features that may have a word in their names before it names none of them any more."""
_BETRAYING = 3
"""Rare words of another feature that a title must have to be about that."""
_SOURCED = (CLAIMS, STATUS_HISTORY, COSTS, MEASURES, FEATURE_ORGANISATIONS, NAMES)
_READ = frozenset(NAME_COLUMNS)
_TOLD = ("name", "name_zh", "summary", "locality")


class Mentions:
    """Countries that texts name."""

    def __init__(self, context: Context) -> None:
        self._codes: dict[str, str] = {}
        for row in context.rows(COUNTRIES):
            code = str(row["iso3"])
            for name in (row["name"], row["name_zh"], *COUNTRY_NAMES.get(code, ())):
                if name and name not in _AMBIGUOUS:
                    self._codes[str(name)] = code

    @cached_property
    def _form(self) -> re.Pattern[str]:
        names = sorted(map(re.escape, self._codes), key=len, reverse=True)
        return re.compile("|".join(names) or "(?!)")

    def _found(self, text: str) -> Iterator[re.Match[str]]:
        for match in self._form.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            is_word = match.group()[0] < "\u3400"
            is_part = is_word and (before[-1:].isalnum() or after[:1].isalnum())
            if not is_part and not before.endswith(_NOT_AFTER) and not after.startswith(_NOT_BEFORE):
                yield match

    def countries_in(self, text: str) -> set[str]:
        """Give the countries that a text names, ISO 3166-1 alpha-3; borders, gulfs and lakes do not count."""
        return {self._codes[match.group()] for match in self._found(text)}

    def countries_first(self, text: str) -> set[str]:
        """Give the country with which a text begins."""
        return {self._codes[match.group()] for match in self._found(text) if match.start() == 0}


def check_mentions(
    context: Context, subjects: Mapping[str, Subject], sources: Mapping[str, Row], mentions: Mentions
) -> None:
    """Check that words of features and titles of their sources are about their countries and themselves."""
    for subject in subjects.values():
        for column in _TOLD:
            named = mentions.countries_in(str(subject.row.get(column, ""))) - {_HOME}
            if named and not named & subject.countries:
                message = say("fault.text_country", named=", ".join(sorted(named)))
                context.warn("text-country", subject.table, subject.row, column, message)
    _check_titles(context, subjects, sources, mentions)


def _check_titles(
    context: Context, subjects: Mapping[str, Subject], sources: Mapping[str, Row], mentions: Mentions
) -> None:
    own = _own_words(context, subjects)
    counts = Counter(word for words in own.values() for word in words)
    by_word = _features_by(own, counts)
    titles = {
        key: (words_of(fold(str(row["title"]))), mentions.countries_in(str(row["title"])) - {_HOME})
        for key, row in sources.items()
        if row["language"] in _READ
    }
    common = {word for word, number in counts.items() if number > 10 * RARE}
    known = {word for word, number in counts.items() if number <= 3 * RARE}
    citing: dict[str, set[str]] = defaultdict(set)
    for _, row in _cited(context, subjects, titles):
        citing[str(row["source_id"])].add(str(row["feature_id"]))
    told: set[str] = set()  # a title that is wrong is one cause, however often it is cited
    for table, row in _cited(context, subjects, titles):
        if row["source_id"] in told:
            continue
        subject, (words, named) = subjects[str(row["feature_id"])], titles[str(row["source_id"])]
        shared = words & own[str(row["feature_id"])]
        title = quoted(sources[str(row["source_id"])]["title"])
        if shared & known:
            continue
        other = "" if named or shared - common else _other(words, by_word)
        if not other and not shared:
            other = _sharing(words, citing[str(row["source_id"])], own, known)
        if named and not named & subject.countries:
            message = say("fault.source_country", title=title, named=", ".join(sorted(named)))
        elif other and not subjects[other].countries & subject.countries:
            message = say("fault.source_other", title=title, other=quoted(other))
        else:
            message = None
        if message:
            before = len(context.report)
            context.warn("source-country", table, row, "source_id", message)
            told |= {str(row["source_id"])} if len(context.report) > before else set()


def _features_by(own: Mapping[str, frozenset[str]], counts: Counter[str]) -> dict[str, list[str]]:
    """Give the features that have a rare word, by word."""
    found: dict[str, list[str]] = defaultdict(list)
    for feature, words in own.items():
        for word in words:
            if counts[word] <= RARE:
                found[word].append(feature)
    return found


def _other(words: frozenset[str], by_word: Mapping[str, list[str]]) -> str:
    """Give the feature of which some words have the most rare ones; empty if too few."""
    others = Counter(feature for word in words for feature in by_word.get(word, ()))
    other, number = others.most_common(1)[0] if others else ("", 0)
    return other if number >= _BETRAYING else ""


def _sharing(
    words: frozenset[str], features: set[str], own: Mapping[str, frozenset[str]], known: set[str]
) -> str:
    """Give the one other feature that cites the source and whose words its title has."""
    found = [feature for feature in sorted(features) if words & own[feature] & known]
    return found[0] if len(found) == 1 and len(features) == 2 else ""


def _own_words(context: Context, subjects: Mapping[str, Subject]) -> dict[str, frozenset[str]]:
    names = rows_by(context, NAMES)
    found: dict[str, frozenset[str]] = {}
    for feature, subject in subjects.items():
        further = (str(row["name"]) for row in names.get(feature, ()))
        texts = (str(subject.row.get(column, "")) for column in ("name", "name_zh", "locality"))
        found[feature] = words_of(*map(fold, (*texts, *further)))
    return found


def _cited(
    context: Context, subjects: Mapping[str, Subject], titles: Mapping[str, object]
) -> Iterator[tuple[Table, Row]]:
    """Give the first row of every pair of a feature without an issue and a source with a title."""
    seen: set[tuple[str, str]] = set()
    for table in _SOURCED:
        for row in context.rows(table):
            pair = str(row["feature_id"]), str(row["source_id"])
            if pair in seen or pair[0] not in subjects or pair[1] not in titles:
                continue
            seen.add(pair)
            subject = subjects[pair[0]]
            if not context.is_named(subject.table, subject.row):
                yield table, row
