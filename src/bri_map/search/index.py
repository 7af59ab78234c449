"""Everything that can be found, and the words by which it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.cache import Cache
from bri_map.domain.layers import LAYERS
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import LIST_SEPARATOR, Column
from bri_map.domain.tables import EVERY_ROW, TRANSLATIONS
from bri_map.evidence.translations import Place
from bri_map.folding import is_chinese
from bri_map.i18n.languages import languages
from bri_map.search.keys import Field, name_keys
from bri_map.search.ranking import LOOSE
from bri_map.search.stored import IndexParts, index_key, keep_parts, read_parts
from bri_map.search.terms import Ints, TermIndexBuilder
from bri_map.search.things import TEXT_FIELDS, Searched, Things, Words, kind_words, split

_CHUNK = 50_000
_BY_CHARACTER = frozenset(
    {Field.COUNTRY, Field.KIND, Field.PLACE, Field.SUBSECTOR, Field.INDUSTRY, Field.REGION}
)
"""Fields whose Chinese characters count when a run of them is met only in parts."""

Texts = pd.Series | list[str]


class SearchIndex(Things):
    """The things and the words by which they are found.

    Args:
        searched: Features, countries and places to look through.

    Attributes:
        words: Single words of names and of what stands beside them.
        wholes: Whole names without spaces, also in pinyin and as initials.
        characters: Single Chinese characters.
        texts: Words of notes, of events and of sources: too many to look for typing errors in them.
    """

    def __init__(self, searched: Searched) -> None:
        super().__init__(searched)
        key = index_key(searched.key, searched.basemap)
        cache = Cache.find()
        parts = read_parts(cache, key)
        if parts is None:
            parts = self._parts()
            keep_parts(cache, key, parts)
        self.words, self.wholes, self.characters = parts.words, parts.wholes, parts.characters
        self.texts = parts.texts
        self.prior, self.lengths = parts.prior, parts.lengths
        self.towns, self.boxes = parts.towns, parts.boxes

    def _parts(self) -> IndexParts:
        self._words, self._wholes, self._characters, self._loose = (TermIndexBuilder() for _ in range(4))
        self._gather()
        parts = IndexParts(
            words=self._words.lexicon(),
            wholes=self._wholes.lexicon(),
            characters=self._characters.lexicon(),
            texts=self._loose.lexicon(),
            prior=self.prior,
            lengths=self.lengths,
            towns=self.towns,
            boxes=self.boxes,
        )
        del self._words, self._wholes, self._characters, self._loose
        return parts

    def _gather(self) -> None:
        for layer, part in self.features.slices.items():
            rows, items = self.features.rows[layer], np.arange(part.start, part.stop)
            for column in NAME_COLUMNS.values():
                self._add_names(rows[column], items, Field.NAME)
            self._add_context(rows["countries"], items, Field.COUNTRY, self._country_text)
            self._add_context(
                rows["countries"], items, Field.REGION, lambda cell: " ".join(self._region_words(cell))
            )
            kinds = rows[LAYERS[layer].kind_column]
            self._add_context(kinds, items, Field.KIND, partial(kind_words, layer))
            for text in LAYERS[layer].table.columns:
                if text.name in TEXT_FIELDS:
                    say = partial(self._in_every_row, LAYERS[layer].table.name, text)
                    self._add_context(rows[text.name], items, TEXT_FIELDS[text.name], say)
            self._add_context(rows["id"], items, Field.ID)
        self._add_names(*_flat(self._others), Field.OTHER_NAME)
        self._add_context(*_flat(self._organisations), Field.ORGANISATION, self._organisation_text)
        self._add_translations()
        self._gather_places()
        self._gather_documents()

    def _gather_places(self) -> None:
        for item in range(self.first_country, self.first_town):
            called = self.called(item)
            for names, field in (
                (called.names.known.values(), Field.NAME),
                (called.others, Field.OTHER_NAME),
            ):
                for name in names:
                    self._add_names([name], np.array([item]), field)
        items = np.arange(self.first_town, self.first_document)
        for language in NAME_COLUMNS:
            self._add_names([town.names.known.get(language, "") for town in self.towns], items, Field.NAME)
        countries = [town.country for town in self.towns]
        self._add_context(countries, items, Field.COUNTRY, self._country_text)

    def _gather_documents(self) -> None:
        words: list[Words] = []
        for document in self.documents:
            said = [*split(document.title, Field.NAME)]
            for field, text in ((Field.COUNTRY, self._country_text(document.countries)), *document.texts):
                said += split(text, field)
            words.append(tuple(dict.fromkeys(said)))
        self._loose.take(np.arange(len(words)), np.arange(self.first_document, len(self)), words)

    def _add_translations(self) -> None:
        """Take texts in other languages that belong to one feature; others go with the English ones."""
        layers = {spec.table.name: layer for layer, spec in LAYERS.items()}
        rows = self._tables[TRANSLATIONS.name]
        rows = rows[rows["table"].isin(list(layers)) & rows["column"].isin(list(TEXT_FIELDS))]
        numbers = self.features.numbers(rows["id"])
        for column, field in TEXT_FIELDS.items():
            mine = (numbers >= 0) & (rows["column"] == column).to_numpy()
            self._add_context(rows.loc[mine, "translation"], numbers[mine].astype(np.int64), field)

    def _in_every_row(self, table: str, column: Column, cell: str) -> str:
        """Give a cell with the translations that its texts have wherever they stand."""
        parts = cell.split(LIST_SEPARATOR) if column.is_list else [cell]
        place = Place(EVERY_ROW, table, column.name)
        found = (self._translations.find(place, part, language) for part in parts for language in languages())
        return " ".join((*parts, *filter(None, found)))

    def _organisation_text(self, organisation: str) -> str:
        names = self._organisation_names.get(organisation)
        return " ".join(names.known.values()) if names else ""

    def _add_names(self, names: Texts, items: Ints, field: Field) -> None:
        for start in range(0, len(names), _CHUNK):
            rows, unique = _distinct(names[start : start + _CHUNK])
            parts: tuple[list[Words], list[Words], list[Words]] = ([], [], [])
            for name in unique:
                for part, words in zip(parts, _name_words(name, field), strict=True):
                    part.append(words)
            for gatherer, part in zip((self._words, self._wholes, self._characters), parts, strict=True):
                gatherer.take(rows, items[start : start + _CHUNK], part)

    def _add_context(self, texts: Texts, items: Ints, field: Field, say: Callable[[str], str] = str) -> None:
        """Take words that stand beside names: what `say` makes of each text."""
        rows, unique = _distinct(texts)
        words = [tuple(split(say(text), field)) for text in unique]
        (self._loose if field in LOOSE else self._words).take(rows, items, words)
        if field in _BY_CHARACTER:
            self._characters.take(rows, items, [tuple(_characters(part)) for part in words])


def _flat(texts: Mapping[int, list[str]]) -> tuple[list[str], Ints]:
    """Give the texts of all things one after another, and for each the number of its thing."""
    items = np.repeat(np.array(list(texts), dtype=np.int64), [len(found) for found in texts.values()])
    return [text for found in texts.values() for text in found], items


def _distinct(texts: Texts) -> tuple[npt.NDArray[np.intp], list[str]]:
    """Give each text once, and for each place the number of its text."""
    rows, unique = pd.factorize(texts if isinstance(texts, pd.Series) else np.asarray(texts, dtype=object))
    return rows, [str(text) for text in unique]


def _characters(words: Words) -> Iterator[tuple[str, Field]]:
    for word, field in words:
        if is_chinese(word):
            for char in dict.fromkeys(word):
                yield char, field


def _name_words(name: str, field: Field) -> tuple[Words, Words, Words]:
    """Give the words of a name, its whole forms, and its Chinese characters."""
    keys = tuple(name_keys(name, field)) if name else ()
    plain = dict.fromkeys((word, key.field) for key in keys if key.field is field for word in key.words)
    wholes = dict.fromkeys((key.compact, key.field) for key in keys)
    words = tuple(plain)
    return words, tuple(wholes), tuple(dict.fromkeys(_characters(words)))
