"""Filters that the words of a search name: kinds, countries, regions, statuses, alone or together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product

from bri_map.app.questions import Questions
from bri_map.catalog import Catalog
from bri_map.domain.country_names import COUNTRY_NAMES
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.domain.search import KIND_WORDS, LAYER_WORDS, REGION_WORDS
from bri_map.domain.synonyms import stands_for
from bri_map.folding import is_chinese, split_words
from bri_map.i18n import Messages
from bri_map.search.keys import STOP_WORDS

_BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
MOST = 3
"""The most filters that are offered at once."""
_OFFERED: tuple[str, ...] = (
    *("layer", "type", "region", "country", "status", "sector", "corridor", "subsector", "industry"),
    *("line", "route"),
)
"""Facets whose codes people name when they search."""
_MOST_WORDS = 12
_MOST_READINGS = 60
_SAME = 0.85
"""How surely another word must mean the same to be read as a code."""

_PASSED_OVER = frozenset(
    {f"{word}{end}" for word in ("project", "plant", "station", "farm", "feature") for end in ("", "s")}
    | {"项目", "电站", "场", "站", "厂"}
)
"""Words that say no more where the others name codes without them."""

Code = tuple[str, str]
"""A facet and one of its codes."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A filter that the words name.

    Attributes:
        codes: Facet and code of each part, in the order of the words.
        count: How many features match it.
    """

    codes: tuple[Code, ...]
    count: int

    def label(self, catalog: Catalog, questions: Questions, m: Messages) -> str:
        """Give the filter in words."""
        return " · ".join(questions.label(catalog, facet, code, m) for facet, code in self.codes)


class Offers:
    """Reads searches as filters of one catalog.

    Args:
        catalog: Counts what a filter finds.
        questions: Language to the labels of all codes.
    """

    def __init__(self, catalog: Catalog, questions: Mapping[str, Questions]) -> None:
        self._catalog = catalog
        self._codes: dict[tuple[str, ...], list[Code]] = {}
        for facet in _OFFERED:
            for code in catalog.options(facet):
                for text in _texts(catalog, questions, facet, code):
                    for form in (text, *_BRACKETED.findall(text), _BRACKETED.sub(" ", text)):
                        self._learn(split_words(form), (facet, code))
        self._longest = max(map(len, self._codes), default=1)
        chinese = [words[0] for words in self._codes if len(words) == 1 and is_chinese(words[0])]
        self._runs = frozenset(chinese)

    def _learn(self, words: tuple[str, ...], code: Code) -> None:
        kept = tuple(word for word in words if word not in STOP_WORDS)
        for form in dict.fromkeys((words, kept)):
            known = self._codes.setdefault(form, []) if form else []
            if code not in known:
                known.append(code)

    def of(self, text: str) -> list[Offer]:
        """Give the filters that a text names as a whole, those that find most first."""
        words = tuple(word for word in self._split(text) if word not in STOP_WORDS)
        fewer = tuple(word for word in words if word not in _PASSED_OVER)
        return self._named_by(words) or (self._named_by(fewer) if fewer != words else [])

    def _named_by(self, words: tuple[str, ...]) -> list[Offer]:
        if not 0 < len(words) <= _MOST_WORDS:
            return []
        found: dict[frozenset[Code], Offer] = {}
        for codes in self._readings(words):
            if frozenset(codes) in found or not _is_sensible(codes):
                continue
            wanted = Filter()
            for facet, code in codes:
                wanted = wanted.with_code(facet, code, True)
            if count := len(self._catalog.select(wanted)):
                found[frozenset(codes)] = Offer(codes, count)
        return sorted(found.values(), key=lambda offer: -offer.count)[:MOST]

    def _split(self, text: str) -> Iterator[str]:
        """Give the words of a text, runs of Chinese characters taken apart at what codes are called."""
        for word in split_words(text):
            yield from self._pieces(word) if is_chinese(word) else (word,)

    def _pieces(self, run: str) -> list[str]:
        at, pieces = 0, []
        while at < len(run):
            ends = (end for end in range(len(run), at, -1) if self._means(run[at:end]))
            end = next(ends, at + 1)
            pieces.append(run[at:end])
            at = end
        return pieces

    def _means(self, piece: str) -> bool:
        return piece in self._runs or any(
            sureness >= _SAME and (other,) in self._codes for other, sureness in stands_for(piece).items()
        )

    def _readings(self, words: tuple[str, ...]) -> Iterator[tuple[Code, ...]]:
        """Give every way to read all words as codes, the longest names first; not more than make sense."""
        parts: list[list[tuple[Code, ...]]] = []
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + self._longest), at, -1)
            end, codes = next(((e, found) for e in ends if (found := self._named(words[at:e]))), (at, []))
            if not codes:
                return
            together = tuple(code for code in codes if code[0] == "region")
            parts.append([*filter(None, [together]), *((code,) for code in codes if code not in together)])
            at = end
        for count, reading in enumerate(product(*parts)):
            if count == _MOST_READINGS:
                return
            yield tuple(dict.fromkeys(chain.from_iterable(reading)))

    def _named(self, words: tuple[str, ...]) -> list[Code]:
        """Give the codes that words name, as they stand or with another word for the last one."""
        found = list(self._codes.get(words, ()))
        *first, last = words
        others = stands_for(last)
        for other in (other for other, sureness in others.items() if sureness >= _SAME):
            found += [code for code in self._codes.get((*first, other), ()) if code not in found]
        return found


def _is_sensible(codes: tuple[Code, ...]) -> bool:
    """Tell whether features of some layer can have all of the codes, and no layer is named that cannot."""
    common = frozenset(LAYERS).intersection(*(FACETS[facet].layers for facet, _ in codes))
    return bool(common) and all(code in common for facet, code in codes if facet == "layer")


def _texts(catalog: Catalog, questions: Mapping[str, Questions], facet: str, code: str) -> Iterator[str]:
    """Give everything that a code is called, in every language."""
    yield code.replace("-", " ")
    for known in questions.values():
        yield from filter(None, [known.labels.get(facet, {}).get(code)])
    vocabulary = FACETS[facet].vocabulary
    yield from KIND_WORDS.get(vocabulary, {}).get(code, ())
    if facet == "layer":
        yield from LAYER_WORDS.get(code, ())
    elif facet == "region":
        yield from REGION_WORDS.get(code, ())
    elif facet == "country":
        yield from COUNTRY_NAMES.get(code, ())
    elif FACETS[facet].references in LAYERS:
        yield from catalog.naming.of(code, {}).known.values()
