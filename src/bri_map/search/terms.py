"""Words in order, each with the things that have it: found by word, beginning, part or likeness."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bri_map.data.columns import TEXT
from bri_map.search.keys import Field

Ints = npt.NDArray[np.int64]
Occurrences = Sequence[tuple[str, Field]]
_LAST = chr(0x10FFFF)
_FIRST_CHINESE = "\u3400"


class TermIndex:
    """Sorted words and where each occurs. Build it with `TermIndexBuilder`.

    Args:
        words: Every word once, sorted.
        starts: Where the occurrences of each word begin, and the end of the last.
        items: Number of the thing, occurrence after occurrence.
        fields: `Field` in which the word occurs.
    """

    def __init__(
        self, words: pa.Array, starts: Ints, items: npt.NDArray[np.int32], fields: npt.NDArray[np.uint8]
    ) -> None:
        self._words = words
        self._starts = starts
        self._items = items
        self._fields = fields
        self._place = lru_cache(maxsize=10_000)(self._find_place)

    def __len__(self) -> int:
        return len(self._words)

    def arrays(self) -> tuple[pa.Array, Ints, npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
        """Give what it is made of, as its arguments."""
        return self._words, self._starts, self._items, self._fields

    def _find_place(self, word: str) -> int:
        return bisect_left(range(len(self._words)), word, key=lambda i: str(self._words[i].as_py()))

    def exactly(self, word: str) -> Ints:
        """Give the number of a word, or nothing."""
        place = self._place(word)
        found = place < len(self._words) and self._words[place].as_py() == word
        return np.arange(place, place + found)

    def beginning_with(self, word: str) -> Ints:
        """Give the numbers of the words that begin with a text."""
        return np.arange(self._place(word), self._place(word + _LAST))

    def containing(self, text: str) -> Ints:
        """Give the numbers of the words that hold a text anywhere."""
        return self._containing(text, 0)

    def runs_containing(self, text: str) -> Ints:
        """Give the numbers of the runs of Chinese characters that hold some; the runs are the last words."""
        return self._containing(text, self._place(_FIRST_CHINESE))

    def _containing(self, text: str, start: int) -> Ints:
        found = pc.indices_nonzero(pc.match_substring(self._words.slice(start), text))
        return np.asarray(found.to_numpy(), dtype=np.int64) + start

    def occurrences(self, numbers: Ints) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
        """Give things and fields of the occurrences of some words."""
        first = self._starts[numbers]
        places = _runs(first, self._starts[numbers + 1] - first)
        return self._items[places], self._fields[places]

    @cached_property
    def _spelt(self) -> tuple[list[str], Ints]:
        """The words in which typing errors are looked for: letters, no numbers."""
        lengths = pc.utf8_length(self._words)
        letters = pc.and_(pc.utf8_is_alpha(self._words), pc.greater(lengths, 2))
        numbers = np.asarray(pc.indices_nonzero(letters).to_numpy(), dtype=np.int64)
        return self._words.take(pa.array(numbers)).to_pylist(), numbers

    def like(self, word: str, most: int, limit: int = 12) -> list[tuple[str, int]]:
        """Give words within some typing errors of a word, the nearest first, each with their number."""
        return _nearest(word, self._spelt[0], most, limit)

    def like_whole(self, text: str, most: int, limit: int = 12) -> list[tuple[str, int]]:
        """Do the same among words of about the same length, as whole names without spaces are."""
        lengths = pc.utf8_length(self._words)
        near = pc.and_(pc.greater_equal(lengths, len(text) - most), pc.less_equal(lengths, len(text) + most))
        words = self._words.filter(near).to_pylist()
        return _nearest(text, words, most, limit)


class TermIndexBuilder:
    """Collects occurrences of words and makes a lexicon of them."""

    def __init__(self) -> None:
        self._words: list[pa.Array] = []
        self._known = 0
        self._parts: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint8]]] = []

    def take(self, rows: npt.NDArray[np.intp], items: Ints, words: Sequence[Occurrences]) -> None:
        """Take the words of some texts.

        Args:
            rows: For each thing the place of its text in `words`.
            items: Number of each thing.
            words: The words of each text and what they are.
        """
        known: dict[str, int] = {}
        codes = [known.setdefault(word, len(known)) for found in words for word, _ in found]
        fields = [int(field) for found in words for _, field in found]
        bounds = np.cumsum([0, *map(len, words)])
        first, lengths = bounds[rows], np.diff(bounds)[rows]
        places = _runs(first, lengths)
        self._parts.append(
            (
                (np.array(codes, dtype=np.int32) + np.int32(self._known))[places],
                np.repeat(items.astype(np.int32), lengths),
                np.array(fields, dtype=np.uint8)[places],
            )
        )
        self._words.append(pa.array(known, type=TEXT))
        self._known += len(known)

    def lexicon(self) -> TermIndex:
        """Make the lexicon; what was collected is used up."""
        coded = pa.concat_arrays([pa.array([], TEXT), *self._words]).dictionary_encode()
        self._words.clear()
        words = coded.dictionary
        order = np.asarray(pc.array_sort_indices(words).to_numpy(), dtype=np.int64)
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        ranked = rank[coded.indices.to_numpy()]
        ranks = _joined([ranked[part[0]] for part in self._parts], np.int32)
        by_rank = np.argsort(ranks, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(ranks, minlength=len(order)))))
        items = _joined([part[1] for part in self._parts], np.int32)[by_rank]
        fields = _joined([part[2] for part in self._parts], np.uint8)[by_rank]
        self._parts.clear()
        return TermIndex(words.take(pa.array(order)), starts.astype(np.int64), items, fields)


def _joined(parts: list[npt.NDArray[Any]], kind: type[np.generic]) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=kind), *parts])


def _nearest(text: str, words: list[str], most: int, limit: int) -> list[tuple[str, int]]:
    """Give words within some typing errors of a text, the nearest first, each with their number."""
    from rapidfuzz import process  # of use only where something was misspelt
    from rapidfuzz.distance import OSA

    found = process.extract(text, words, scorer=OSA.distance, score_cutoff=most, limit=limit)
    return [(str(word), int(errors)) for word, errors, _ in found]


def _runs(first: Ints, lengths: Ints) -> Ints:
    """Give the numbers of several runs in a row, each from its first one on."""
    before = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(first - before, lengths), dtype=np.int64)
