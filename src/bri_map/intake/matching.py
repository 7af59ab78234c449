"""Which feature a piece of news is about: by words of its names, as the search has them, and by countries.

A feature is met by how much of one of its names a text says, where a word that few names have weighs more.
Names of one script are compared word by word, those in Chinese by pairs of characters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bri_map.catalog import Catalog
from bri_map.domain.synonyms import stands_for
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.folding import is_chinese, split_words
from bri_map.intake.words import ADJECTIVES, SHORT_COUNTRIES
from bri_map.search.keys import STOP_WORDS, Field

CHINA = "CHN"
SURE, LIKELY = 0.84, 0.66
"""Scores from which on a feature is met surely, or likely; below it the news are about something new."""
_APART = 0.06
"""A second feature that is met nearly as well makes the first one unsure."""
_WEIGHTY = 9.0
"""Weight of a name from which on it tells one thing from all others, whatever its country."""
_ELSEWHERE = 0.55
"""What is left of a score when text and feature name different countries."""
_BRACKETED = 9.0
"""Penalty from which on a form of a name is only what stands in brackets."""
_LIGHT = 5.0
"""Weight of a name below which it tells nothing from anything."""
_BESIDE = 0.4
"""How much a word beside a name counts, of another name or of the place."""
_MOST = 5
_LEAST = 0.4
_ALIKE = 0.9
"""How surely another word stands for one that it is taken for here."""


@dataclass(frozen=True, slots=True)
class Match:
    """A feature that a text may be about.

    Attributes:
        feature_id: Its id.
        score: How well it is met, from 0 to 1.
    """

    feature_id: str
    score: float


@dataclass(frozen=True, slots=True)
class _Name:
    feature: int
    tokens: frozenset[str]


class Matcher:
    """Finds the features that texts are about.

    Args:
        catalog: The features.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        catalog.searcher.prepare()
        self._things = catalog.searcher.index
        self._names = list(self._named())
        pairs = {(name.feature, token) for name in self._names for token in name.tokens}
        seen = Counter(token for _, token in pairs)
        total = max(2, len(catalog.ids))
        self._weight = {token: math.log(total / count) + 0.2 for token, count in seen.items()}
        self._known: dict[int, frozenset[str]] = {}
        self._of: dict[int, list[_Name]] = {}
        for name in self._names:
            self._of.setdefault(name.feature, []).append(name)
        self._with: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for token in name.tokens:
                self._with.setdefault(token, []).append(number)

    def _named(self) -> Iterator[_Name]:
        for item in range(self._things.first_country):
            found = {
                tokens
                for key in self._things.keys(item)
                if key.field in (Field.NAME, Field.OTHER_NAME)
                and key.penalty < _BRACKETED
                and (tokens := frozenset(_tokens(key.words)))
            }
            yield from (_Name(item, tokens) for tokens in found)

    @cached_property
    def _countries(self) -> Mapping[str, frozenset[str]]:
        """Folded name of a country to its codes."""
        found: dict[str, set[str]] = {}
        first = self._things.first_country
        for number, iso3 in enumerate(self._things.countries):
            for key in self._things.keys(first + number):
                if key.field in (Field.NAME, Field.OTHER_NAME) and len(key.compact) > 1:
                    found.setdefault(" ".join(key.words), set()).add(iso3)
        for name, iso3 in (*ADJECTIVES.items(), *SHORT_COUNTRIES.items()):
            found.setdefault(" ".join(split_words(name)), set()).add(iso3)
        return {name: frozenset(codes) for name, codes in found.items()}

    def countries(self, text: str) -> frozenset[str]:
        """Give the countries that a text names, ISO 3166-1 alpha-3; China only where no other is named."""
        words = split_words(text)
        joined = f" {' '.join(words)} "
        runs = [word for word in words if is_chinese(word)]
        found: set[str] = set()
        for name, codes in self._countries.items():
            is_named = any(name in run for run in runs) if is_chinese(name) else f" {name} " in joined
            if is_named:
                found |= codes
        return frozenset(found - {CHINA} or found)

    def matches(self, text: str) -> list[Match]:
        """Give the features that a text may be about, the best first, five at most."""
        said = frozenset(_tokens(split_words(text)))
        where = self.countries(text)
        shared: dict[int, float] = {}
        for token in sorted(said):
            for number in self._with.get(token, ()):
                shared[number] = shared.get(number, 0.0) + self._weight[token]
        best: dict[int, tuple[float, float]] = {}
        for number, weight in shared.items():
            name = self._names[number]
            whole = sum(map(self._weight.__getitem__, name.tokens))
            if whole < _LIGHT:
                continue
            beside = (said & self._beside(name.feature)) - name.tokens
            weight += _BESIDE * sum(self._weight.get(token, 0.0) for token in beside)
            score = min(1.0, weight / whole) * self._trust(whole, name.feature, where)
            best[name.feature] = max(best.get(name.feature, (0.0, 0.0)), (round(score, 4), weight))
        ranked = sorted(best.items(), key=lambda pair: (-pair[1][0], -pair[1][1], pair[0]))[:_MOST]
        return [Match(str(self._catalog.ids[item]), score) for item, (score, _) in ranked if score >= _LEAST]

    def _beside(self, item: int) -> frozenset[str]:
        """Give the words of all names of a feature, and of its place."""
        if item not in self._known:
            own = (name.tokens for name in self._of[item])
            place = _tokens(split_words(self._things.cell(item, "locality")))
            self._known[item] = frozenset(place).union(*own)
        return self._known[item]

    def _trust(self, weight: float, item: int, where: frozenset[str]) -> float:
        own = set(self._things.cell(item, "countries").split(LIST_SEPARATOR))
        if where and where.isdisjoint(own):
            return _ELSEWHERE
        if where:
            return 1.0
        return min(1.0, 0.6 + 0.4 * weight / _WEIGHTY)


def sureness(matches: list[Match]) -> str:
    """Tell how surely the first of some matches is meant: `sure`, `likely`, or `new` if none is."""
    if not matches or matches[0].score < LIKELY:
        return "new"
    is_alone = len(matches) == 1 or matches[0].score - matches[1].score >= _APART
    return "sure" if matches[0].score >= SURE and is_alone else "likely"


def _tokens(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        if is_chinese(word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif word not in STOP_WORDS:
            yield _common(word)


@lru_cache(maxsize=20_000)
def _common(word: str) -> str:
    """Give one word for all that mean the same: singular and plural, port and harbour."""
    alike = (other for other, how_sure in stands_for(word).items() if how_sure >= _ALIKE and other.isascii())
    return min((word, *alike))
