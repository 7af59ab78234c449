"""How well a thing answers a query: exact before beginning before words before parts of words.

Scores go up to about 100 for a name that is the query. What stands beside a name (country, kind, place,
organisations) counts less than the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bri_map.domain.synonyms import split_known, stands_for
from bri_map.folding import is_chinese, split_words
from bri_map.search.keys import STOP_WORDS, Field, Key, drop_tones

MAX_WORDS = 12
"""Words of a query that count; the others are passed over."""
EXACT, PREFIX, PART = 1.0, 0.85, 0.3
CHINESE_PART = 0.75
JOINED = 0.7
FIELD_WEIGHT: dict[Field, float] = {
    Field.NAME: 1.0,
    Field.OTHER_NAME: 0.95,
    Field.PINYIN: 0.85,
    Field.INITIALS: 0.7,
    Field.COUNTRY: 0.8,
    Field.KIND: 0.6,
    Field.PLACE: 0.6,
    Field.ID: 0.6,
    Field.ORGANISATION: 0.4,
    Field.SUBSECTOR: 0.65,
    Field.INDUSTRY: 0.55,
    Field.REGION: 0.6,
    Field.PRODUCER: 0.4,
    Field.NOTE: 0.3,
}
LOOSE = frozenset({Field.NOTE, Field.PRODUCER})
"""Fields with so many words that only whole ones, and long beginnings, are met in them."""
_SHORTEST_PART = 3
_SHORTEST_INITIALS = 2
_SURE = 60.0
"""A score from which on nobody needs to be asked what was meant."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart.

    Attributes:
        words: The words that count.
        compact: All words without spaces.
        untoned: The same without the numbers of tones.
    """

    words: tuple[str, ...]
    compact: str
    untoned: str

    @classmethod
    def parse(cls, text: str) -> Query:
        """Take a text apart."""
        return cls.of(split_words(text)[:MAX_WORDS])

    @classmethod
    def of(cls, words: tuple[str, ...]) -> Query:
        """Make a query of folded words."""
        kept = tuple(word for word in words if word not in STOP_WORDS) or words
        untoned = drop_tones(words)
        if untoned != words:
            kept = untoned
        return cls(kept, "".join(words), "".join(untoned).replace("lv", "lu").replace("nv", "nu"))

    def taken_apart(self) -> Query | None:
        """Give the query with its Chinese runs taken apart at everyday words; None where there are none."""
        words = tuple(
            part for word in self.words for part in (split_known(word) if is_chinese(word) else (word,))
        )
        return None if words == self.words else Query(words, self.compact, self.untoned)

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Beside:
    """The words that stand beside the names of a thing in one field.

    Attributes:
        field: What they are.
        words: The folded words, each once, with a blank before and after every one.
    """

    field: Field
    words: str

    @classmethod
    def of(cls, field: Field, words: Iterable[str]) -> Beside:
        """Take words, whatever their order."""
        return cls(field, f" {' '.join(dict.fromkeys(words))} ")


@dataclass(frozen=True, slots=True)
class Score:
    """How well a thing answers.

    Attributes:
        value: The score; 0 where it does not answer at all.
        key: The name that answered, if one did by itself.
        is_sure: Whether the words are met as words, not only as parts of others.
    """

    value: float
    key: Key | None = None
    is_sure: bool = True


NO_SCORE = Score(0.0)


def best_score(query: Query, keys: Sequence[Key], context: Iterable[Beside]) -> Score:
    """Score a thing by the best of its names, or by all that stands beside them together."""
    best = NO_SCORE
    for key in keys:
        value = _key_score(query, key)
        if value > 0 and value - key.penalty > best.value:
            best = Score(value - key.penalty, key, value >= _SURE)
    if best.value < _SURE:
        together = _together(query, keys, context)
        if together.value > best.value:
            return together
    return best


def _key_score(query: Query, key: Key) -> float:
    asked = query.untoned if key.field is Field.PINYIN else query.compact
    whole = key.compact
    if key.field is Field.INITIALS:
        return _initials_score(asked, whole)
    if asked == whole:
        return 100.0
    cover = len(asked) / len(whole)
    if whole.startswith(asked):
        is_word = len(asked) in key.starts or is_chinese(whole)
        return (90.0 if is_word else 84.0) + 6.0 * cover
    if key.field is not Field.PINYIN:
        value = _words_score(query, key)
        if value:
            return value
    at = whole.find(asked) if len(asked) >= _SHORTEST_PART or is_chinese(asked) else -1
    if at < 0:
        return 0.0
    if key.field is Field.PINYIN:
        return 66.0 + 6.0 * cover if _meets_words(asked, key) and len(asked) > _SHORTEST_PART else 0.0
    if is_chinese(asked):
        return 76.0 + 6.0 * cover
    return 70.0 + 6.0 * cover if _meets_words(asked, key) else 0.0


def _meets_words(asked: str, key: Key) -> bool:
    """Tell whether a text is some words of a name in a row; all but those in pinyin may be unfinished."""
    return any(
        key.compact.startswith(asked, start)
        and (key.field is not Field.PINYIN or start + len(asked) in key.starts)
        for start in key.starts
    )


def _initials_score(asked: str, whole: str) -> float:
    if asked == whole:
        return 98.0
    if len(asked) > _SHORTEST_INITIALS and whole.startswith(asked):
        return 64.0 + 10.0 * len(asked) / len(whole)
    return 0.0


def _words_score(query: Query, key: Key) -> float:
    """Score a name in which every word of the query is met by a word of its own, in any order."""
    if len(query.words) > len(key.words) and not any(map(is_chinese, query.words)):
        return 0.0
    free = list(range(len(key.words)))
    levels: list[float] = []
    places: list[int] = []
    for word in query.words:
        best, where = 0.0, -1
        for i in free:
            level = word_level(word, key.words[i])
            if level > best:
                best, where = level, i
        if where < 0:
            return 0.0
        if not is_chinese(word):
            free.remove(where)
        levels.append(best)
        places.append(where)
    mean = sum(levels) / len(levels)
    cover = sum(map(len, query.words)) / len(key.compact)
    if not free and min(levels) > PREFIX:
        return 97.0 - 20.0 * (EXACT - mean)
    if min(levels) < JOINED and not any(map(is_chinese, query.words)):
        return 50.0 + 6.0 * cover
    ordered = 2.0 if places == sorted(places) else 0.0
    return 62.0 + 18.0 * mean + 6.0 * min(1.0, cover) + ordered


def word_level(asked: str, word: str) -> float:
    """Say how well a word of a query meets a word: exact, as its beginning, as a part, not at all."""
    if asked == word:
        return EXACT
    sure = stands_for(asked).get(word, 0.0)
    if word.startswith(asked):
        return max(PREFIX, sure)
    if is_chinese(asked):
        return max(CHINESE_PART if asked in word else 0.0, sure)
    return max(PART if len(asked) >= _SHORTEST_PART and asked in word else 0.0, sure)


def level_beside(asked: str, beside: Beside) -> float:
    """Say how well a word of a query meets the words that stand beside names.

    Notes, and who made a source, are met by whole words and by long beginnings only: they have so many.
    """
    words = beside.words
    if f" {asked} " in words:
        return EXACT
    level = 0.0
    if is_chinese(asked):
        level = CHINESE_PART if asked in words else 0.0
    elif beside.field in LOOSE:
        level = PREFIX if len(asked) > _SHORTEST_PART and f" {asked}" in words else 0.0
    elif asked in words:
        is_start = f" {asked}" in words
        level = PREFIX if is_start else PART if len(asked) >= _SHORTEST_PART else 0.0
    for other, sureness in stands_for(asked).items():
        if sureness > level and f" {other} " in words:
            level = sureness
    return level


def _together(query: Query, keys: Sequence[Key], context: Iterable[Beside]) -> Score:
    """Score a thing whose names and context meet all words together."""
    beside = sorted(context, key=lambda part: -FIELD_WEIGHT[part.field])
    names = {word: _weight(key) for key in sorted(keys, key=_weight) for word in key.words}
    total, weakest = 0.0, EXACT
    for asked in query.words:
        best, level = _met_best(asked, names, beside)
        if level < JOINED and len(asked) > _SHORTEST_PART:
            best, level = max((best, level), *(_joined_level(asked, key) for key in keys))
        if not best:
            return NO_SCORE
        total += best
        weakest = min(weakest, level)
    return Score(25.0 + 40.0 * total / len(query.words), None, weakest >= JOINED)


def _met_best(asked: str, names: Mapping[str, float], beside: Sequence[Beside]) -> tuple[float, float]:
    """Give how well a word is met at best: as much as the field counts, and in itself."""
    best, level = 0.0, 0.0
    for word, weight in names.items():
        found = word_level(asked, word) if weight > best else 0.0
        if found * weight > best:
            best, level = found * weight, found
    for part in beside:
        weight = FIELD_WEIGHT[part.field]
        if weight <= best:
            break
        found = level_beside(asked, part)
        if found * weight > best:
            best, level = found * weight, found
    return best, level


def _weight(key: Key) -> float:
    return FIELD_WEIGHT[key.field]


def _joined_level(asked: str, key: Key) -> tuple[float, float]:
    """Meet a word with several words of a name written as one: as much as the name counts, and in itself."""
    if key.field is Field.INITIALS or asked not in key.compact or not _meets_words(asked, key):
        return 0.0, 0.0
    return JOINED * _weight(key), JOINED
