"""What can be found by a search, and what each of it is called: features, countries, towns, documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from bri_map.data.basemap import Town, read_topology, read_towns
from bri_map.data.columns import arrow
from bri_map.data.naming import Naming
from bri_map.domain.country_names import COUNTRY_NAMES
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.names import NAME_COLUMNS, ORIGINAL, Names
from bri_map.domain.search import KIND_WORDS, REGION_WORDS, kind_text
from bri_map.domain.shared_columns import IDENTIFIED
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.evidence.translations import Place, Translations
from bri_map.folding import split_words
from bri_map.i18n import messages
from bri_map.i18n.languages import languages
from bri_map.query.features import Features
from bri_map.search.documents import PRIOR, Document, Documents
from bri_map.search.keys import Field, Key, make_key, name_keys
from bri_map.search.ranking import Beside
from bri_map.search.towns import Box, country_boxes

_CITY = 1_000_000
_LARGE_TOWN = 300_000
TEXT_FIELDS: Mapping[str, Field] = {
    "locality": Field.PLACE,
    "subsector": Field.SUBSECTOR,
    "main_industries": Field.INDUSTRY,
    "note": Field.NOTE,
    "summary": Field.NOTE,
}
"""Columns of the layers' tables whose words are searched, and what they are."""

Words = tuple[tuple[str, Field], ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search looks through.

    Attributes:
        features: The features, in the catalog's order.
        tables: Name to table, as text: countries, names, organisations and their links to features.
        country_names: ISO 3166-1 alpha-3 to names.
        naming: What features and organisations are called.
        translations: Texts of the tables in other languages.
        source_positions: Number of a feature once for each source that it rests on.
        basemap: Folder of the basemap, for towns and the extents of countries.
        key: Stands for the data in the user's cache; None where they cannot be kept.
    """

    features: Features
    tables: Mapping[str, pd.DataFrame]
    country_names: Mapping[str, Names]
    naming: Naming
    translations: Translations
    source_positions: npt.NDArray[np.intp]
    basemap: Path
    key: str | None


@dataclass(frozen=True, slots=True)
class Called:
    """What one thing is called: by language on pages, and otherwise."""

    names: Names
    others: tuple[str, ...] = ()


class Things:
    """What can be found, numbered: the features in the catalog's order, countries, towns, documents.

    Args:
        searched: Features, countries and places to look through.

    Attributes:
        countries: ISO 3166-1 alpha-3 of the countries, in order.
    """

    def __init__(self, searched: Searched) -> None:
        self.features = searched.features
        self._tables = searched.tables
        self._country_names = searched.country_names
        self._naming = searched.naming
        self._translations = searched.translations
        self._source_positions = searched.source_positions
        self._basemap = searched.basemap
        self.countries: list[str] = sorted(searched.country_names)
        self.first_country = len(self.features)
        self.first_town = self.first_country + len(self.countries)
        self.keys = lru_cache(maxsize=20_000)(self._keys)
        self.context = lru_cache(maxsize=20_000)(self._context)
        self._column = cache(self._find_column)

    def __len__(self) -> int:
        return self.first_document + len(self.documents)

    @cached_property
    def first_document(self) -> int:
        """Number of the first event or source."""
        return self.first_town + len(self.towns)

    @cached_property
    def documents(self) -> Documents:
        """Events of the chronicle, and sources."""
        return Documents(self._tables)

    def document(self, item: int) -> Document | None:
        """Give the event or the source of a number, None for others."""
        return self.documents[item - self.first_document] if item >= self.first_document else None

    @cached_property
    def towns(self) -> list[Town]:
        """The towns, in order."""
        return read_towns(self._basemap)

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """Views of countries."""
        return country_boxes(read_topology(self._basemap / "countries-50m.json"))

    @cached_property
    def _others(self) -> dict[int, list[str]]:
        names = self._tables["names"]
        return self._by_feature(names, names["name"])

    @cached_property
    def _organisation_names(self) -> dict[str, Names]:
        return self._naming.by_id(self._tables["organisations"], "id")

    @cached_property
    def _organisations(self) -> dict[int, list[str]]:
        """Ids of the organisations of each feature, each once."""
        links = self._tables["feature_organisations"].drop_duplicates(["feature_id", "organisation_id"])
        return self._by_feature(links, links["organisation_id"])

    @cached_property
    def _region_of(self) -> dict[str, str]:
        countries = self._tables["countries"]
        return dict(zip(countries["iso3"], countries["region"], strict=True))

    def _by_feature(self, rows: pd.DataFrame, texts: Iterable[str]) -> dict[int, list[str]]:
        """Give for each feature the texts of the rows that are about it, one text a row."""
        found: dict[int, list[str]] = {}
        for position, text in zip(self.features.numbers(rows["feature_id"]), texts, strict=True):
            if position >= 0:
                found.setdefault(int(position), []).append(str(text))
        return found

    def cell(self, item: int, column: str) -> str:
        """Give a value of a feature as text, `kind` whatever its layer calls it; empty where it has none."""
        layer, row = self.features.place_of(item)
        name = LAYERS[layer].kind_column if column == "kind" else column
        cells = self._column(layer, name)
        return "" if cells is None else str(cells[row].as_py())

    def _find_column(self, layer: LayerId, name: str) -> pa.Array | None:
        rows = self.features.rows[layer]
        return arrow(rows[name]) if name in rows else None

    def called(self, item: int) -> Called:
        """Give the names of a thing."""
        document = self.document(item)
        if document is not None:
            return Called(Names({ORIGINAL: document.title}))
        if item >= self.first_town:
            return Called(self.towns[item - self.first_town].names)
        if item >= self.first_country:
            iso3 = self.countries[item - self.first_country]
            return Called(self._country_names[iso3], (iso3, *COUNTRY_NAMES.get(iso3, ())))
        own = {column: self.cell(item, column) for column in NAME_COLUMNS.values()}
        return Called(self._naming.of(self.cell(item, "id"), own), tuple(self._others.get(item, ())))

    def _keys(self, item: int) -> tuple[Key, ...]:
        called = self.called(item)
        document = self.document(item)
        if document is not None:
            return (make_key(document.title, split_words(document.title), Field.NAME),)
        found = [
            *(key for name in called.names.known.values() for key in name_keys(name, Field.NAME)),
            *(key for other in called.others for key in name_keys(other, Field.OTHER_NAME)),
        ]
        return tuple({(key.compact, key.words): key for key in reversed(found)}.values())[::-1]

    def _context(self, item: int) -> tuple[Beside, ...]:
        """Give the words beside the names of a thing, one entry a field."""
        words: dict[Field, list[str]] = {}
        for field, text in self.beside(item):
            words.setdefault(field, []).extend(split_words(text))
        return tuple(Beside.of(field, found) for field, found in words.items())

    def beside(self, item: int) -> Iterator[tuple[Field, str]]:
        """Give every text that stands beside the names of a thing, in every language, with what it is."""
        document = self.document(item)
        if document is not None:
            yield Field.COUNTRY, self._country_text(document.countries)
            yield from document.texts
        elif item >= self.first_town:
            yield Field.COUNTRY, self._country_text(self.towns[item - self.first_town].country)
        elif item < self.first_country:
            yield from self._feature_texts(item)

    def _feature_texts(self, item: int) -> Iterator[tuple[Field, str]]:
        layer, _ = self.features.place_of(item)
        countries = self.cell(item, "countries")
        yield Field.COUNTRY, self._country_text(countries)
        yield Field.KIND, kind_words(layer, self.cell(item, "kind"))
        yield Field.ID, self.cell(item, "id")
        yield Field.ID, self.cell(item, IDENTIFIED.name)
        yield from ((Field.REGION, word) for word in self._region_words(countries))
        for column in LAYERS[layer].table.columns:
            field = TEXT_FIELDS.get(column.name)
            if field is None:
                continue
            cell = self.cell(item, column.name)
            for text in cell.split(LIST_SEPARATOR) if column.is_list else (cell,):
                yield field, text
                yield from ((field, other) for other in self._translated(item, layer, column.name, text))
        for organisation in self._organisations.get(item, ()):
            names = self._organisation_names.get(organisation)
            yield from ((Field.ORGANISATION, name) for name in (names.known.values() if names else ()))

    def _translated(self, item: int, layer: LayerId, column: str, text: str) -> Iterator[str]:
        place = Place(self.cell(item, "id"), LAYERS[layer].table.name, column)
        for language in languages():
            if language != ORIGINAL and text:
                found = self._translations.find(place, text, language)
                if found:
                    yield found

    def _region_words(self, cell: str) -> list[str]:
        regions = dict.fromkeys(self._region_of.get(iso3, "") for iso3 in cell.split(LIST_SEPARATOR))
        return [word for region in regions for word in REGION_WORDS.get(region, ())]

    def _country_text(self, cell: str) -> str:
        parts: list[str] = []
        for iso3 in cell.split(LIST_SEPARATOR):
            if iso3 in self._country_names:
                parts += self._country_names[iso3].known.values()
            parts += (iso3, *COUNTRY_NAMES.get(iso3, ()))
        return " ".join(parts)

    @cached_property
    def prior(self) -> npt.NDArray[np.float32]:
        """How obvious each thing is, before anything is asked."""
        prior = np.zeros(len(self), dtype=np.float32)
        sources = np.bincount(self._source_positions, minlength=self.first_country)
        prior[: self.first_country] = np.minimum(2.0, 0.7 * np.log1p(sources))
        for layer, part in self.features.slices.items():
            kinds = self.features.rows[layer][LAYERS[layer].kind_column]
            prior[part] += 0.5 * kinds.isin(list(LAYERS[layer].landmark_kinds)).to_numpy()
        prior[self.first_country : self.first_town] = 3.0
        prior[self.first_document :] = [PRIOR[document.group] for document in self.documents]
        prior[self.first_town : self.first_document] = [
            -3.0 if town.is_capital or town.population >= _CITY
            else -15.0 if town.population >= _LARGE_TOWN
            else -22.0
            for town in self.towns
        ]  # fmt: skip
        return prior

    @cached_property
    def lengths(self) -> npt.NDArray[np.float32]:
        """Characters of each thing's English name."""
        names = [self._country_names[iso3].original for iso3 in self.countries]
        names += [town.names.original for town in self.towns]
        names += [document.title for document in self.documents]
        features = [rows["name"].str.len().to_numpy(dtype=np.float32) for rows in self.features.rows.values()]
        return np.concatenate([*features, np.array(list(map(len, names)), dtype=np.float32)])


def kind_words(layer: LayerId, code: str) -> str:
    """Give the words by which features of a kind are found; its labels where the search has none."""
    vocabulary = LAYERS[layer].kind_vocabulary
    if vocabulary in KIND_WORDS:
        return kind_text(layer, vocabulary, code)
    said = [messages(language) for language in languages()]
    return " ".join(word for m in said for word in (m.code(vocabulary, code), m.code("layer", layer)))


def split(text: str, field: Field) -> Iterator[tuple[str, Field]]:
    """Give each word of a text once, with what the text is."""
    return ((word, field) for word in dict.fromkeys(split_words(text)))
