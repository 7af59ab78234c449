"""Find words in the texts of features, folded as the search folds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bri_map.data.columns import TEXT, Texts, arrow
from bri_map.folding import CHINESE, fold, pinyin

_CHUNK = 100_000
"""Texts that are folded together; each step of it copies them."""
_RUN = re.compile(f"[{CHINESE}]+")


class TextIndex:
    """The texts of all features, folded.

    Args:
        texts: One text a feature, in the catalog's order.
    """

    def __init__(self, texts: Texts | Iterable[str]) -> None:
        every = arrow(texts)
        parts = (every.slice(start, _CHUNK) for start in range(0, len(every), _CHUNK))
        self._texts = pa.concat_arrays([pa.array([], TEXT), *map(folded, parts)])

    def mask(self, words: str) -> npt.NDArray[np.bool_]:
        """Tell which features have every one of the words somewhere in their text.

        A word in Latin letters that no text has is looked for among the readings of Chinese characters. Marks
        and blanks alone ask for nothing that a text could have.
        """
        phrases = [phrase for phrase in map(fold, words.split()) if phrase]
        result = np.full(len(self._texts), bool(phrases) or not words.strip())
        for phrase in phrases:
            found = np.asarray(
                pc.match_substring(self._texts, phrase).to_numpy(zero_copy_only=False), dtype=bool
            )
            if not found.any() and phrase.isascii() and phrase.isalpha():
                found = self._read(phrase)
            result &= found
        return result

    def _read(self, sound: str) -> npt.NDArray[np.bool_]:
        """Tell which features have Chinese characters that are read like this, from some syllable on."""
        features, readings = self._readings
        found = np.zeros(len(self._texts), dtype=bool)
        found[features[[f" {sound}" in reading for reading in readings]]] = True
        return found

    @cached_property
    def _readings(self) -> tuple[npt.NDArray[np.intp], list[str]]:
        """Runs of Chinese characters: feature, and the reading from each of its syllables on."""
        has = np.asarray(
            pc.match_substring_regex(self._texts, f"[{CHINESE}]").to_numpy(zero_copy_only=False), dtype=bool
        )
        features: list[int] = []
        readings: list[str] = []
        for number in np.flatnonzero(has).tolist():
            for run in dict.fromkeys(_RUN.findall(self._texts[number].as_py())):
                syllables = pinyin(run)
                features.append(number)
                readings.append("".join(" " + "".join(syllables[i:]) for i in range(len(syllables))))
        return np.array(features, dtype=np.intp), readings


def folded(texts: pa.Array) -> pa.Array:
    """Fold texts, as `fold` does one; those in ASCII, most of them, all at once."""
    plain = pc.replace_substring_regex(pc.ascii_lower(texts), "['`]+", "")
    plain = pc.utf8_trim(pc.replace_substring_regex(plain, "[^a-z0-9]+", " "), " ")
    is_other = pc.invert(pc.string_is_ascii(texts))
    others = pa.array(map(fold, texts.filter(is_other).to_pylist()), TEXT)
    return pc.replace_with_mask(plain, is_other, others)
