"""The form in which texts are compared, by the filter and by the search alike.

Lower case, traditional characters as simplified ones, no accents, no apostrophes; hyphens and other marks
stand for blanks. The reading of Chinese characters is pinyin without tones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

CHINESE = "\u3400-\u9fff\uf900-\ufaff"
_PIECES = re.compile(f"[{CHINESE}]+|[^\\W_{CHINESE}]+")
_ASCII_WORDS = re.compile("[a-z0-9]+")
_MARKS_IN_WORDS = str.maketrans("", "", "'’‘ʻʼ`´")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ə": "e"}
)
_MOST_READINGS = 100_000


class _Simplified(dict[int, str]):
    """Simplified character by code of the traditional one, filled in as characters come up."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = _converter().convert(char) if is_chinese(char) else char
        return self[code]


_SIMPLIFIED = _Simplified()
_READINGS: dict[str, tuple[str, ...]] = {}


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # takes long to load, and is asked for no character twice

    return OpenCC("t2s")


def is_chinese(word: str) -> bool:
    """Tell whether a word is a run of Chinese characters, from its first one."""
    return "\u3400" <= word[:1] <= "\u9fff" or "\uf900" <= word[:1] <= "\ufaff"


def split_words(text: str) -> tuple[str, ...]:
    """Give the folded words of a text; Chinese characters in a row are one word."""
    if text.isascii():
        return tuple(_ASCII_WORDS.findall(text.lower().replace("'", "").replace("`", "")))
    text = unicodedata.normalize("NFKD", text.translate(_MARKS_IN_WORDS)).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char))
    return tuple(_PIECES.findall(text.translate(_LETTERS).translate(_SIMPLIFIED)))


def fold(text: str) -> str:
    """Give the folded words of a text with one blank between them."""
    return " ".join(split_words(text))


def pinyin(run: str) -> tuple[str, ...]:
    """Give the syllables of a run of simplified characters, without tones, ü as u."""
    found = _READINGS.get(run)
    if found is None:
        from pypinyin import lazy_pinyin  # takes longer to load than all of the rest

        syllables: list[str] = lazy_pinyin(run, v_to_u=True)
        found = tuple("".join(split_words(syllable)) for syllable in syllables)
        if len(_READINGS) < _MOST_READINGS:
            _READINGS[run] = found
    return found


def readings() -> dict[str, dict[str, str]]:
    """Give what has been worked out of Chinese characters so far, as JSON-ready values."""
    return {
        "simplified": {chr(code): char for code, char in _SIMPLIFIED.copy().items() if is_chinese(chr(code))},
        "pinyin": {run: " ".join(syllables) for run, syllables in _READINGS.copy().items()},
    }


def learn(known: Mapping[str, Mapping[str, str]]) -> None:
    """Take over what `readings` gave before."""
    _SIMPLIFIED.update({ord(char): simple for char, simple in known["simplified"].items()})
    for run, syllables in known["pinyin"].items():
        _READINGS.setdefault(run, tuple(syllables.split()))
