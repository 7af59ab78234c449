"""Find features, countries and towns by any of their names."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from threading import Lock, Thread

import numpy as np
import numpy.typing as npt

from bri_map.domain.filter import TEXT_LIMIT
from bri_map.domain.search import MAX_HITS
from bri_map.domain.synonyms import stands_for
from bri_map.errors import DataError, FilterError
from bri_map.folding import is_chinese
from bri_map.search.hits import Hit, make_hit
from bri_map.search.index import SearchIndex
from bri_map.search.keys import Field
from bri_map.search.ranking import (
    CHINESE_PART,
    EXACT,
    FIELD_WEIGHT,
    JOINED,
    PART,
    PREFIX,
    Query,
    Score,
    best_score,
)
from bri_map.search.scan import NameScan
from bri_map.search.terms import Ints, TermIndex
from bri_map.search.things import Searched, Things
from bri_map.search.typos import Suggestion, TypoMatcher

MOST_AT_ONCE = 20_000
"""Features for whose index a search may wait, about a second."""
_CANDIDATES = 200
_WHOLE_CANDIDATES = 60
_LONG_ENOUGH = 4
_WEIGHTS = np.array([FIELD_WEIGHT[field] for field in Field], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a search.

    Attributes:
        query: What was asked, trimmed.
        hits: The things found, the most obvious first.
        did_you_mean: A corrected text, when the first hit came only by forgiving typing errors.
        is_preliminary: Whether only names and ids were looked through, for want of an index so far.
    """

    query: str
    hits: tuple[Hit, ...]
    did_you_mean: str = ""
    is_preliminary: bool = False

    def groups(self) -> dict[str, tuple[Hit, ...]]:
        """Give the hits by group, the group of the first hit first."""
        found: dict[str, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit.group, []).append(hit)
        return {group: tuple(hits) for group, hits in found.items()}


class Searcher:
    """Searches one catalog. Its index is built by the first search, or before by `prepare`.

    The index of more than `MOST_AT_ONCE` features takes long to build. The first search then begins it
    beside, and whoever searches before it is there gets what a scan of names and ids gives, see `NameScan`.

    Args:
        searched: Features, countries and places to look through.
    """

    def __init__(self, searched: Searched) -> None:
        self._searched = searched
        self._features = searched.features
        self._lock = Lock()
        self._beginning = Lock()
        self._builder: Thread | None = None

    def prepare(self) -> None:
        """Build the index, unless it is there, and wait for it. Safe to call from any thread."""
        with self._lock:
            _ = self._typos

    @property
    def is_ready(self) -> bool:
        """Whether the index is there."""
        return "_typos" in vars(self)

    def _begin(self) -> bool:
        """Have the index built; tell whether it is there."""
        if self.is_ready:
            return True
        if len(self._features) <= MOST_AT_ONCE or (self._builder and not self._builder.is_alive()):
            self.prepare()  # which tells what kept the one beside from doing it
            return True
        with self._beginning:
            if self._builder is None:
                self._builder = Thread(target=self._build_beside, name="bri-map-search", daemon=True)
                self._builder.start()
        return False

    def _build_beside(self) -> None:
        with suppress(DataError):  # the next search tells it
            self.prepare()

    def forget(self) -> None:
        """Drop what is remembered of the things found last; the index stays."""
        self.index.keys.cache_clear()
        self.index.context.cache_clear()

    @cached_property
    def index(self) -> SearchIndex:
        """What can be found, and the words by which it is."""
        return SearchIndex(self._searched)

    @cached_property
    def _scan(self) -> NameScan:
        return NameScan(self._things)

    @cached_property
    def _things(self) -> Things:
        return Things(self._searched)

    @cached_property
    def _typos(self) -> TypoMatcher:
        return TypoMatcher(self.index)

    def search(self, text: str, limit: int, language: str) -> SearchResult:
        """See `Catalog.search`."""
        shown = " ".join(text.split())
        if len(shown) > TEXT_LIMIT:
            raise FilterError(f"The text to search for is longer than {TEXT_LIMIT} characters. Shorten it.")
        if not 1 <= limit <= MAX_HITS:
            raise FilterError(f"limit {limit} is not a number from 1 to {MAX_HITS}.")
        query = Query.parse(shown)
        if not query:
            return SearchResult(shown, ())
        if not self._begin():
            scores = self._scan.scores(query) | self._by_id(query)
            hits = self._hits(self._things, scores, {}, query, limit, language)
            return SearchResult(shown, hits, is_preliminary=True)
        scores = self._scores(query)
        meant: dict[int, Query] = {}
        parts = query.taken_apart()
        if parts and not _is_sure(scores):
            further = {item: score for item, score in self._scores(parts).items() if item not in scores}
            meant |= dict.fromkeys(further, parts)
            scores |= further
        guesses: dict[int, Suggestion] = {}
        if not _is_sure(scores):
            guesses = {
                item: guess
                for item, guess in self._typos.guesses(query).items()
                if item not in scores or guess.score.value > scores[item].value
            }
            scores |= {item: guess.score for item, guess in guesses.items()}
            meant |= {item: guess.query for item, guess in guesses.items()}
        hits = self._hits(self.index, scores, meant, query, limit, language)
        first = guesses.get(self._ranked(self.index, scores, 1)[0][1]) if scores else None
        return SearchResult(shown, hits, first.text if first else "")

    @staticmethod
    def _ranked(things: Things, scores: dict[int, Score], limit: int) -> list[tuple[float, int]]:
        """Give value and number of the best things, the best first."""
        valued = ((score.value + float(things.prior[item]), item) for item, score in scores.items())
        return sorted(valued, key=lambda pair: (-round(pair[0], 6), pair[1]))[:limit]

    def _hits(
        self,
        things: Things,
        scores: dict[int, Score],
        meant: dict[int, Query],
        query: Query,
        limit: int,
        language: str,
    ) -> tuple[Hit, ...]:
        return tuple(
            make_hit(things, item, meant.get(item, query), scores[item], value, language)
            for value, item in self._ranked(things, scores, limit)
        )

    def _scores(self, query: Query) -> dict[int, Score]:
        """Score everything that meets the query without forgiving anything."""
        found = set(self._candidates(query).tolist())
        found.update(self._wholes(query))
        scores: dict[int, Score] = {}
        for item in found:
            score = best_score(query, self.index.keys(item), self.index.context(item))
            if score.value > 0:
                scores[item] = score
        return scores | self._by_id(query)

    def _by_id(self, query: Query) -> dict[int, Score]:
        """Score the feature, the event or the source whose id the query is."""
        asked = "-".join(query.words)
        things = self.index if self.is_ready else self._things
        found = {}
        if (feature := self._features.known.number(asked)) is not None:
            found[feature] = Score(110.0)
        if (document := things.documents.number(asked)) is not None:
            found[things.first_document + document] = Score(160.0)
        return found

    def _wholes(self, query: Query) -> set[int]:
        """Give things with a name that begins with the query; of many names the exact and the first ones."""
        found: set[int] = set()
        for text in {query.compact, query.untoned}:
            numbers = self.index.wholes.beginning_with(text)
            if len(numbers) > _WHOLE_CANDIDATES:
                numbers = np.concatenate([self.index.wholes.exactly(text), numbers[:_WHOLE_CANDIDATES]])
            found.update(self.index.wholes.occurrences(numbers)[0][: 4 * _WHOLE_CANDIDATES].tolist())
        return found

    def _candidates(self, query: Query) -> npt.NDArray[np.intp]:
        """Give the things that may answer best: those with every word in some text."""
        total = np.zeros(len(self.index), dtype=np.float32)
        every = np.ones(len(self.index), dtype=bool)
        for word in dict.fromkeys(query.words):
            levels = self._levels(word)
            total += levels
            every &= levels > 0
            if not every.any():
                return np.array([], dtype=np.intp)
        items = np.flatnonzero(every)
        if len(items) > _CANDIDATES:
            rated = total[items] + self.index.prior[items] / 40 - self.index.lengths[items] / 200
            items = items[np.argpartition(-rated, _CANDIDATES)[:_CANDIDATES]]
        return items

    def _levels(self, word: str) -> npt.NDArray[np.float32]:
        """Say for each thing how well one word is met by any of its texts."""
        levels = np.zeros(len(self.index), dtype=np.float32)
        words, wholes, texts = self.index.words, self.index.wholes, self.index.texts
        part = CHINESE_PART if is_chinese(word) else PART
        steps: list[tuple[TermIndex, Callable[[str], Ints], float]] = []
        if is_chinese(word):
            steps += [(wholes, wholes.containing, part), (words, words.runs_containing, part)]
            steps.append((texts, texts.runs_containing, part))
        elif len(word) >= _LONG_ENOUGH:
            steps += [(wholes, wholes.containing, part), (words, words.containing, part)]
            steps.append((texts, texts.beginning_with, PREFIX))
        others: dict[float, list[str]] = {}
        for other, sureness in stands_for(word).items():
            others.setdefault(sureness, []).append(other)
        steps += [
            (lexicon, partial(_any_of, lexicon, alike), sureness)
            for sureness, alike in others.items()
            for lexicon in (words, texts)
        ]
        steps += [
            (texts, texts.exactly, EXACT),
            (wholes, wholes.beginning_with, JOINED),
            (words, words.beginning_with, PREFIX),
            (words, words.exactly, EXACT),
        ]
        for lexicon, find, level in steps:
            numbers = find(word)
            if not len(numbers):
                continue
            items, fields = lexicon.occurrences(numbers)
            np.maximum.at(levels, items, level * _WEIGHTS[fields])
        return levels


def _any_of(lexicon: TermIndex, words: list[str], _: str) -> Ints:
    """Give the numbers of those of some words that there are."""
    return np.concatenate([lexicon.exactly(word) for word in words])


def _is_sure(scores: dict[int, Score]) -> bool:
    """Tell whether something is met so well that nobody needs to be asked what was meant."""
    return any(score.is_sure for score in scores.values())
