"""Find words in the texts of features; case, accents and full-width forms do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


def fold(text: str) -> str:
    """Give the form in which texts are compared: lower case, no accents, one space between words."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(text.casefold().split())


class TextIndex:
    """The texts of all features, folded.

    Args:
        texts: One text a feature, in the catalog's order.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = pa.array([fold(text) for text in texts], type=pa.large_string())

    def mask(self, words: str) -> npt.NDArray[np.bool_]:
        """Tell which features have every one of the words somewhere in their text."""
        result = np.ones(len(self._texts), dtype=bool)
        for word in fold(words).split():
            found = pc.match_substring(self._texts, word)
            result &= np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
        return result
