"""The forms in which names are compared: folded words, pinyin, initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from bri_map.folding import is_chinese, pinyin, split_words

_BRACKETED = re.compile(r"\(([^()]*)\)")
_TONE_NUMBER = re.compile(r"([a-zü:]+)[1-5]")
_ABBREVIATIONS = {
    "special economic zone": "sez",
    "free trade zone": "ftz",
    "export processing zone": "epz",
    "high speed railway": "hsr",
    "high speed rail": "hsr",
    "standard gauge railway": "sgr",
    "light rail transit": "lrt",
}
"""Words that people write as initials, whatever they belong to."""
_BRACKET_PENALTY = 9.0
"""What stands in brackets may be another name, but as often it is only the place."""
STOP_WORDS = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "near", "of", "on", "the", "to", "with"}
    | {"all", "any", "between", "through", "where"}
    | {"de", "du", "des", "la", "le", "el", "的", "在", "和"}
)
"""Words that need not be met when others are asked for."""


class Field(IntEnum):
    """What a text is to the thing that it is found by."""

    NAME = 0
    OTHER_NAME = 1
    PINYIN = 2
    INITIALS = 3
    COUNTRY = 4
    KIND = 5
    PLACE = 6
    ID = 7
    ORGANISATION = 8
    SUBSECTOR = 9
    INDUSTRY = 10
    REGION = 11
    PRODUCER = 12
    NOTE = 13


@dataclass(frozen=True, slots=True)
class Key:
    """One form of a name.

    Attributes:
        text: The name as it is written.
        words: Its folded words; a run of Chinese characters is one word.
        compact: The words without spaces.
        starts: Where words begin in `compact`, and its end.
        field: What the name is.
        penalty: How much less a hit on this form is worth than one on the name itself.
    """

    text: str
    words: tuple[str, ...]
    compact: str
    starts: frozenset[int]
    field: Field
    penalty: float = 0.0


def drop_tones(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give pinyin words without tone numbers, if every one of them has one; else the words as they are."""
    found = [_TONE_NUMBER.fullmatch(word) for word in words]
    return tuple(match[1] for match in found if match) if all(found) else words


def make_key(text: str, words: tuple[str, ...], field: Field, penalty: float = 0.0) -> Key:
    """Put the form of a name together from its words."""
    starts, at = {0}, 0
    for word in words:
        at += len(word)
        starts.add(at)
    return Key(text, words, "".join(words), frozenset(starts), field, penalty)


def name_keys(name: str, field: Field) -> Iterator[Key]:
    """Give every form of a name.

    These are the name itself, without what stands in brackets, what stands in brackets alone, with
    customary abbreviations, "Port of X" as "X port", and for Chinese names pinyin and initials.
    """
    base = 0.0 if field is Field.NAME else 2.0
    plain = unicodedata.normalize("NFKC", name) if not name.isascii() else name
    forms = [(name, base)]
    if "(" in plain:
        forms = [(_BRACKETED.sub(" ", plain), base), (name, base)]
        forms += [(inside, base + _BRACKET_PENALTY) for inside in _BRACKETED.findall(plain)]
    seen: set[tuple[str, ...]] = set()
    for form, penalty in forms:
        words = split_words(form)
        if not words or words in seen:
            continue
        seen.add(words)
        yield make_key(name, words, field, penalty)
        if any(map(is_chinese, words)):
            yield from _pinyin_keys(name, words, penalty)
            continue
        if words[1:2] == ("of",) and len(words) > 2:
            yield make_key(name, (*words[2:], words[0]), field, penalty)
        joined = f" {' '.join(words)} "
        for long, short in _ABBREVIATIONS.items():
            for old, new in ((long, short), (short, long)):
                if f" {old} " in joined:
                    yield make_key(
                        name, tuple(joined.replace(f" {old} ", f" {new} ").split()), field, penalty
                    )


def _pinyin_keys(name: str, words: tuple[str, ...], penalty: float) -> Iterator[Key]:
    syllables = tuple(
        syllable for word in words for syllable in (pinyin(word) if is_chinese(word) else (word,))
    )
    yield make_key(name, syllables, Field.PINYIN, penalty + 4.0)
    if len(syllables) > 1:
        initials = "".join(syllable[0] for syllable in syllables)
        yield make_key(name, (initials,), Field.INITIALS, penalty + 10.0)
