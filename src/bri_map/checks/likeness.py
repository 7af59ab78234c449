"""What like things have in common, learnt from the data: words that go with one code, usual sizes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log10
from statistics import median

_LATIN = re.compile(r"[a-z]{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def words_of(*texts: str) -> frozenset[str]:
    """Give the words of texts: of three letters at least in Latin script, pairs of characters in Chinese."""
    found: set[str] = set()
    for text in texts:
        found.update(_LATIN.findall(text.lower()))
        for run in _HAN.findall(text):
            found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found)


@dataclass(frozen=True)
class Telltale:
    """A word that goes with another code than the one that is given.

    Attributes:
        word: The word.
        code: The code with which the others that have the word go.
        others: How many they are.
    """

    word: str
    code: str
    others: int


class Codes:
    """Which words go with which codes.

    Args:
        examples: The words and the code of each thing.
        least: Others that must have a word before it tells anything.
        share: Share of them that must have one code.
    """

    def __init__(self, examples: Iterable[tuple[frozenset[str], str]], least: int, share: float) -> None:
        self._least, self._share = least, share
        self._codes: dict[str, Counter[str]] = defaultdict(Counter)
        for words, code in examples:
            for word in words:
                self._codes[word][code] += 1

    def odd(self, words: frozenset[str], code: str) -> Telltale | None:
        """Tell which word speaks for another code of one of the examples, if none speaks for its own."""
        found: Telltale | None = None
        for word in sorted(words):
            counts = self._codes[word]
            others = counts.total() - 1
            if others < self._least:
                continue
            own = counts[code] - 1
            if own / others > 1 - self._share:
                return None
            top, number = max(
                ((other, n) for other, n in counts.items() if other != code), key=lambda pair: pair[1]
            )
            if number / others >= self._share and (found is None or others > found.others):
                found = Telltale(word, top, others)
        return found


@dataclass(frozen=True)
class Usual:
    """The usual size of like things, in powers of ten.

    Attributes:
        middle: Median of the logarithms.
        spread: Median distance to it, as a standard deviation.
        number: How many things it was taken from.
    """

    middle: float
    spread: float
    number: int

    @classmethod
    def of(cls, values: Iterable[float], narrowest: float) -> Usual:
        """Take it from values above zero.

        Args:
            values: One at least.
            narrowest: Spread that is allowed even to things that are all alike.
        """
        logs = [log10(value) for value in values]
        middle = median(logs)
        return cls(middle, max(narrowest, 1.4826 * median(abs(x - middle) for x in logs)), len(logs))

    def off(self, value: float) -> float:
        """Give how many spreads a value above zero lies from the middle."""
        return abs(log10(value) - self.middle) / self.spread

    @property
    def size(self) -> float:
        """The median itself."""
        return float(10**self.middle)


def usual_by(
    values: Mapping[tuple[str, ...], list[float]], least: int, narrowest: float
) -> dict[tuple[str, ...], Usual]:
    """Give the usual size of every group that has enough values."""
    return {key: Usual.of(found, narrowest) for key, found in values.items() if len(found) >= least}
