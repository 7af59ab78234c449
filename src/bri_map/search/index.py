"""Everything that can be found, and the words by which it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.cache import Cache
from bri_map.data.basemap import Town, read_topology, read_towns
from bri_map.data.naming import Naming
from bri_map.domain.country_names import COUNTRY_NAMES
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.names import NAME_COLUMNS, Names
from bri_map.domain.search import KIND_WORDS, kind_text
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.folding import is_chinese, split_words
from bri_map.i18n import messages
from bri_map.i18n.languages import languages
from bri_map.query.features import Features
from bri_map.search.keys import Field, Key, name_keys
from bri_map.search.stored import IndexParts, index_key, keep_parts, read_parts
from bri_map.search.terms import Ints, TermIndexBuilder
from bri_map.search.towns import Box, country_boxes

_CHUNK = 50_000
_CITY = 1_000_000
_LARGE_TOWN = 300_000

Texts = pd.Series | list[str]
Words = tuple[tuple[str, Field], ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search looks through.

    Attributes:
        features: The features, in the catalog's order.
        tables: Name to table, as text: countries, names, organisations and their links to features.
        country_names: ISO 3166-1 alpha-3 to names.
        naming: What features and organisations are called.
        source_positions: Number of a feature once for each source that it rests on.
        basemap: Folder of the basemap, for towns and the extents of countries.
        key: Stands for the data in the user's cache; None where they cannot be kept.
    """

    features: Features
    tables: Mapping[str, pd.DataFrame]
    country_names: Mapping[str, Names]
    naming: Naming
    source_positions: npt.NDArray[np.intp]
    basemap: Path
    key: str | None


@dataclass(frozen=True, slots=True)
class Called:
    """What one thing is called: by language on pages, and otherwise."""

    names: Names
    others: tuple[str, ...] = ()


class SearchIndex:
    """What can be found, numbered: the features in the catalog's order, then countries, then towns.

    Args:
        searched: Features, countries and places to look through.

    Attributes:
        words: Single words of names and of what stands beside them.
        wholes: Whole names without spaces, also in pinyin and as initials.
        characters: Single Chinese characters.
        prior: How obvious each thing is, before anything is asked.
        lengths: Characters of each thing's English name.
        countries: ISO 3166-1 alpha-3 of the countries, in order.
        towns: The towns, in order.
        boxes: Views of countries.
    """

    def __init__(self, searched: Searched) -> None:
        self.features = searched.features
        self._tables = searched.tables
        self._country_names = searched.country_names
        self._naming = searched.naming
        self._source_positions = searched.source_positions
        self.countries: list[str] = sorted(searched.country_names)
        key = index_key(searched.key, searched.basemap)
        cache = Cache.find()
        parts = read_parts(cache, key)
        self.towns: list[Town] = parts.towns if parts else read_towns(searched.basemap)
        self.first_country = len(self.features)
        self.first_town = self.first_country + len(self.countries)
        self.keys = lru_cache(maxsize=20_000)(self._keys)
        self.context = lru_cache(maxsize=20_000)(self._context)
        if parts is None:
            parts = self._parts(country_boxes(read_topology(searched.basemap / "countries-50m.json")))
            keep_parts(cache, key, parts)
        self.words, self.wholes, self.characters = parts.words, parts.wholes, parts.characters
        self.prior, self.lengths, self.boxes = parts.prior, parts.lengths, parts.boxes

    def __len__(self) -> int:
        return self.first_town + len(self.towns)

    # --- what the things are called ----------------------------------------------------------------

    @cached_property
    def _others(self) -> dict[int, list[str]]:
        names = self._tables["names"]
        found: dict[int, list[str]] = {}
        for position, name in zip(self.features.numbers(names["feature_id"]), names["name"], strict=True):
            if position >= 0:
                found.setdefault(int(position), []).append(str(name))
        return found

    @cached_property
    def _organisations(self) -> dict[int, list[str]]:
        links = self._tables["feature_organisations"]
        named = self._naming.by_id(self._tables["organisations"], "id")
        texts = {organisation: " ".join(names.known.values()) for organisation, names in named.items()}
        found: dict[int, list[str]] = {}
        for position, organisation in zip(
            self.features.numbers(links["feature_id"]),
            links["organisation_id"],
            strict=True,
        ):
            if position >= 0:
                found.setdefault(int(position), []).append(texts.get(str(organisation), ""))
        return found

    def cell(self, item: int, column: str) -> str:
        """Give a value of a feature as text, `kind` whatever its layer calls it; empty where it has none."""
        layer, row = self.features.place_of(item)
        rows = self.features.rows[layer]
        name = LAYERS[layer].kind_column if column == "kind" else column
        return str(rows[name].array[row]) if name in rows else ""

    def called(self, item: int) -> Called:
        """Give the names of a thing."""
        if item >= self.first_town:
            return Called(self.towns[item - self.first_town].names)
        if item >= self.first_country:
            iso3 = self.countries[item - self.first_country]
            return Called(self._country_names[iso3], (iso3, *COUNTRY_NAMES.get(iso3, ())))
        own = {column: self.cell(item, column) for column in NAME_COLUMNS.values()}
        return Called(self._naming.of(self.cell(item, "id"), own), tuple(self._others.get(item, ())))

    def _keys(self, item: int) -> tuple[Key, ...]:
        called = self.called(item)
        found = [
            *(key for name in called.names.known.values() for key in name_keys(name, Field.NAME)),
            *(key for other in called.others for key in name_keys(other, Field.OTHER_NAME)),
        ]
        return tuple({(key.compact, key.words): key for key in reversed(found)}.values())[::-1]

    def _context(self, item: int) -> Words:
        if item >= self.first_town:
            return tuple(
                _split(self._country_text(self.towns[item - self.first_town].country), Field.COUNTRY)
            )
        if item >= self.first_country:
            return ()
        layer, _ = self.features.place_of(item)
        return (
            *_split(self._country_text(self.cell(item, "countries")), Field.COUNTRY),
            *_split(_kind_text(layer, self.cell(item, "kind")), Field.KIND),
            *_split(self.cell(item, "locality"), Field.PLACE),
            *_split(self.cell(item, "id"), Field.ID),
            *_split(" ".join(self._organisations.get(item, ())), Field.ORGANISATION),
        )

    def _country_text(self, cell: str) -> str:
        parts: list[str] = []
        for iso3 in cell.split(LIST_SEPARATOR):
            if iso3 in self._country_names:
                parts += self._country_names[iso3].known.values()
            parts += (iso3, *COUNTRY_NAMES.get(iso3, ()))
        return " ".join(parts)

    # --- putting the lexicons together -------------------------------------------------------------

    def _parts(self, boxes: dict[str, Box]) -> IndexParts:
        self._words, self._wholes, self._characters = (TermIndexBuilder() for _ in range(3))
        self._gather()
        parts = IndexParts(
            words=self._words.lexicon(),
            wholes=self._wholes.lexicon(),
            characters=self._characters.lexicon(),
            prior=self._priors(),
            lengths=self._lengths(),
            towns=self.towns,
            boxes=boxes,
        )
        del self._words, self._wholes, self._characters
        return parts

    def _gather(self) -> None:
        for layer, part in self.features.slices.items():
            rows, items = self.features.rows[layer], np.arange(part.start, part.stop)
            for column in NAME_COLUMNS.values():
                self._add_names(rows[column], items, Field.NAME)
            self._add_context(rows["countries"], items, Field.COUNTRY, self._country_text)
            kinds = rows[LAYERS[layer].kind_column]
            self._add_context(kinds, items, Field.KIND, partial(_kind_text, layer))
            if "locality" in rows:
                self._add_context(rows["locality"], items, Field.PLACE)
            self._add_context(rows["id"], items, Field.ID)
        for further, field in (
            (self._others, Field.OTHER_NAME),
            (self._organisations, Field.ORGANISATION),
        ):
            texts = [text for found in further.values() for text in found]
            items = np.repeat(
                np.array(list(further), dtype=np.int64), [len(found) for found in further.values()]
            )
            (self._add_names if field is Field.OTHER_NAME else self._add_context)(texts, items, field)
        for item in range(self.first_country, self.first_town):
            called = self.called(item)
            for names, field in (
                (called.names.known.values(), Field.NAME),
                (called.others, Field.OTHER_NAME),
            ):
                for name in names:
                    self._add_names([name], np.array([item]), field)
        items = np.arange(self.first_town, len(self))
        for language in NAME_COLUMNS:
            self._add_names([town.names.known.get(language, "") for town in self.towns], items, Field.NAME)
        countries = [town.country for town in self.towns]
        self._add_context(countries, items, Field.COUNTRY, self._country_text)

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
        words = [tuple(_split(say(text), field)) for text in unique]
        self._words.take(rows, items, words)
        if field in (Field.COUNTRY, Field.KIND):
            self._characters.take(rows, items, [tuple(_characters(part)) for part in words])

    def _priors(self) -> npt.NDArray[np.float32]:
        prior = np.zeros(len(self), dtype=np.float32)
        sources = np.bincount(self._source_positions, minlength=self.first_country)
        prior[: self.first_country] = np.minimum(2.0, 0.7 * np.log1p(sources))
        for layer, part in self.features.slices.items():
            kinds = self.features.rows[layer][LAYERS[layer].kind_column]
            prior[part] += 0.5 * kinds.isin(list(LAYERS[layer].landmark_kinds)).to_numpy()
        prior[self.first_country : self.first_town] = 3.0
        prior[self.first_town :] = [
            -3.0 if town.is_capital or town.population >= _CITY
            else -15.0 if town.population >= _LARGE_TOWN
            else -22.0
            for town in self.towns
        ]  # fmt: skip
        return prior

    def _lengths(self) -> npt.NDArray[np.float32]:
        names = [self._country_names[iso3].original for iso3 in self.countries]
        names += [town.names.original for town in self.towns]
        features = [rows["name"].str.len().to_numpy(dtype=np.float32) for rows in self.features.rows.values()]
        return np.concatenate([*features, np.array(list(map(len, names)), dtype=np.float32)])


def _kind_text(layer: LayerId, code: str) -> str:
    """Give the words by which features of a kind are found; its labels where the search has none."""
    vocabulary = LAYERS[layer].kind_vocabulary
    if vocabulary in KIND_WORDS:
        return kind_text(layer, vocabulary, code)
    said = [messages(language) for language in languages()]
    return " ".join(word for m in said for word in (m.code(vocabulary, code), m.code("layer", layer)))


def _distinct(texts: Texts) -> tuple[npt.NDArray[np.intp], list[str]]:
    """Give each text once, and for each place the number of its text."""
    rows, unique = pd.factorize(texts if isinstance(texts, pd.Series) else np.asarray(texts, dtype=object))
    return rows, [str(text) for text in unique]


def _split(text: str, field: Field) -> Iterator[tuple[str, Field]]:
    return ((word, field) for word in dict.fromkeys(split_words(text)))


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
