"""Answers to queries with typing errors: near words, near names, characters that sound alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from bri_map.domain.synonyms import stands_for
from bri_map.folding import is_chinese, pinyin
from bri_map.search.index import SearchIndex
from bri_map.search.keys import STOP_WORDS, Field, Key
from bri_map.search.ranking import LOOSE, Query, Score, best_score, word_level

_COST = 14.0
"""What being forgiven takes from a score at least."""
_HOMOPHONE = 0.95
_NEAR_WORDS = 8
_CANDIDATES = 150
_SHARED = 0.6
"""Share of a query's characters that a thing must have."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may have been meant.

    Attributes:
        score: How well it answers what was meant, less the price of the guess.
        text: What was meant; empty where the query said it, only without blanks.
        query: The words that were met.
    """

    score: Score
    text: str
    query: Query


class TypoMatcher:
    """Guesses what a query meant.

    Args:
        index: What can be found.
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def guesses(self, query: Query) -> dict[int, Suggestion]:
        """Give things that a query with typing errors may have meant."""
        found: dict[int, Suggestion] = {}
        for guesses in (self._by_words(query), self._by_whole(query), self._by_characters(query)):
            for item, guess in guesses.items():
                if item not in found or guess.score.value > found[item].score.value:
                    found[item] = guess
        return found

    def _by_words(self, query: Query) -> dict[int, Suggestion]:
        """Put the nearest known word in the place of each word that may be wrong."""
        index = self._index
        near = [self._near_words(word) for word in query.words]
        every = np.ones(len(index), dtype=bool)
        for word, nearest in zip(query.words, near, strict=True):
            every &= self._having(word, nearest)
        found: dict[int, Suggestion] = {}
        for item in self._likeliest(np.flatnonzero(every)):
            keys, context = index.keys(item), index.context(item)
            own = {word for key in keys for word in key.words}
            own |= {word for part in context if part.field not in LOOSE for word in part.words.split()}
            chosen = list(map(partial(_nearest_own, own), query.words, near))
            words = tuple(word for word, _ in chosen)
            nearness = [near for _, near in chosen]
            if not all(nearness) or min(nearness) == 1.0:
                continue
            meant = Query.of(words)
            score = best_score(meant, keys, context)
            if score.value:
                price = _priced(score, sum(nearness) / len(nearness))
                found[item] = Suggestion(price, " ".join(words), meant)
        return found

    def _having(self, word: str, nearest: dict[str, float]) -> npt.NDArray[np.bool_]:
        """Tell which things have a word, or its beginning, or one of the words that are near it."""
        lexicon = self._index.words
        numbers = [lexicon.exactly(other) for other in nearest if other != word]
        numbers.append(lexicon.containing(word) if is_chinese(word) else lexicon.beginning_with(word))
        has = np.zeros(len(self._index), dtype=bool)
        has[lexicon.occurrences(np.concatenate(numbers))[0]] = True
        return has

    def _likeliest(
        self, items: npt.NDArray[np.intp], rating: npt.NDArray[np.float32] | None = None
    ) -> list[int]:
        """Give as many of the things as can be looked at closely, the obvious and short ones."""
        if len(items) > _CANDIDATES:
            rated = self._index.prior[items] / 40 - self._index.lengths[items] / 200
            if rating is not None:
                rated = rated + rating
            items = items[np.argpartition(-rated, _CANDIDATES)[:_CANDIDATES]]
        return [int(item) for item in items]

    def _near_words(self, word: str) -> dict[str, float]:
        """Give words that may have been meant with how near they are, 1 for the word itself."""
        nearest = {word: 1.0}
        if is_chinese(word) or not word.isalpha():
            return nearest
        most = _errors_forgiven(word)
        if most:
            for other, errors in self._index.words.like(word, most, _NEAR_WORDS):
                sim = 1.0 - errors / max(len(word), len(other))
                if other[0] != word[0]:
                    sim -= 0.1
                nearest.setdefault(other, sim)
        return nearest

    def _by_whole(self, query: Query) -> dict[int, Suggestion]:
        """Look for whole names that are nearly the query, without spaces."""
        if is_chinese(query.compact):
            return {}
        most = _errors_forgiven(query.untoned)
        found: dict[int, Suggestion] = {}
        if not most or len(query.untoned) < 5:
            return found
        lexicon = self._index.wholes
        for whole, errors in lexicon.like_whole(query.untoned, most):
            if not errors:
                continue
            sim = 1.0 - errors / max(len(whole), len(query.untoned))
            for item in lexicon.occurrences(lexicon.exactly(whole))[0].tolist()[:_NEAR_WORDS]:
                key = next((key for key in self._index.keys(item) if key.compact == whole), None)
                if key is not None and key.field is not Field.INITIALS:
                    score = Score(100.0 - key.penalty, key)
                    found[item] = Suggestion(_priced(score, sim), _as_typed(key), query)
        return found

    def _by_characters(self, query: Query) -> dict[int, Suggestion]:
        """Look for names that sound like a Chinese query, or that share most of its characters."""
        runs = [word for word in query.words if is_chinese(word)]
        if not runs:
            return {}
        found = self._by_sound(query)
        characters = list(dict.fromkeys("".join(runs)))
        index = self._index
        shared = np.zeros(len(index), dtype=np.float32)
        for char in characters:
            having, _ = index.characters.occurrences(index.characters.exactly(char))
            shared[np.unique(having)] += 1
        items = np.flatnonzero(shared >= max(2, int(np.ceil(_SHARED * len(characters)))))
        for item in self._likeliest(items, shared[items]):
            guess = self._pieced(query, item)
            if guess and (item not in found or guess.score.value > found[item].score.value):
                found[item] = guess
        return found

    def _by_sound(self, query: Query) -> dict[int, Suggestion]:
        sounds = "".join("".join(pinyin(word)) if is_chinese(word) else word for word in query.words)
        lexicon = self._index.wholes
        found: dict[int, Suggestion] = {}
        items, fields = lexicon.occurrences(lexicon.beginning_with(sounds))
        for item in items[fields == Field.PINYIN][:_CANDIDATES].tolist():
            for key in self._index.keys(item):
                if key.field is Field.PINYIN and key.compact.startswith(sounds):
                    score = Score(100.0 * len(sounds) / len(key.compact) - key.penalty + 4.0, key)
                    guess = Suggestion(_priced(score, _HOMOPHONE), key.text, query)
                    if item not in found or guess.score.value > found[item].score.value:
                        found[item] = guess
        return found

    def _pieced(self, query: Query, item: int) -> Suggestion | None:
        """Take the query's runs apart into pieces that the thing has in its texts."""
        keys, context = self._index.keys(item), self._index.context(item)
        texts = {word for key in keys if key.field is not Field.PINYIN for word in key.words}
        texts |= {word for part in context if part.field not in LOOSE for word in part.words.split()}
        words: list[str] = []
        whole = missing = 0
        for word in query.words:
            if not is_chinese(word):
                words.append(word)
                continue
            whole += len(word)
            pieces, lost = _pieces(word, texts)
            words += pieces
            missing += lost
        share = 1.0 - missing / whole
        if share < _SHARED or not words:
            return None
        meant = Query.of(tuple(words))
        score = best_score(meant, keys, context)
        if not score.value:
            return None
        if not missing:
            return Suggestion(Score(score.value - 4.0, score.key, score.is_sure), "", meant)
        text = score.key.text if score.key else " ".join(words)
        return Suggestion(_priced(score, share), text, meant)


def _nearest_own(own: set[str], word: str, nearest: dict[str, float]) -> tuple[str, float]:
    """Choose among the words near a word one that a thing has, and say how near it is, 0 if there is none."""
    fitting = {other: near for other, near in nearest.items() if other in own}
    if fitting:
        best = max(fitting, key=lambda other: (fitting[other], other))
        return best, fitting[best]
    return word, float(any(word_level(word, other) for other in own))


def _pieces(run: str, texts: set[str]) -> tuple[list[str], int]:
    """Take a run apart into the longest pieces that some text has; say how many characters are left over."""
    pieces: list[str] = []
    at = lost = 0
    while at < len(run):
        size = next((n for n in range(len(run) - at, 1, -1) if _is_said(run[at : at + n], texts)), 0)
        if size:
            pieces.append(run[at : at + size])
        elif run[at] not in STOP_WORDS:
            lost += 1
        at += size or 1
    return pieces, lost


def _is_said(piece: str, texts: set[str]) -> bool:
    """Tell whether a piece of a run is in some text, or a word for the same."""
    return any(piece in text for text in texts) or not texts.isdisjoint(stands_for(piece))


def _errors_forgiven(word: str) -> int:
    """Say how many typing errors a word may have."""
    return next((errors for longest, errors in _LIMITS if len(word) <= longest), 3)


_LIMITS = ((3, 0), (4, 1), (9, 2))


def _priced(score: Score, nearness: float) -> Score:
    return Score(max(1.0, score.value * nearness - _COST), score.key, is_sure=False)


def _as_typed(key: Key) -> str:
    return key.text if key.field is Field.PINYIN else " ".join(key.words)
