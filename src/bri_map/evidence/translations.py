"""Texts of the data in the language of a reader; the English ones are the originals.

A translation belongs to a cell and says which English text it translates. When that text is no longer in
the cell, the translation is stale: readers see the new English text, marked, until somebody translates it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from bri_map.domain.fact_tables import CLAIMS
from bri_map.domain.names import ORIGINAL
from bri_map.domain.table import LIST_SEPARATOR, Column, Table
from bri_map.domain.tables import EVERY_ROW, TABLE, TABLES, TRANSLATIONS
from bri_map.i18n import Messages

_WORD = re.compile(r"[A-Za-z]{2}")


class Place(NamedTuple):
    """Where texts stand: a column, in the rows of one thing.

    Attributes:
        id: First key column of the rows, such as the id of a feature.
        table: Name of the table.
        column: Name of the column.
    """

    id: str
    table: str
    column: str


def is_translatable(text: str) -> bool:
    """Tell whether a text has words; numbers and letters such as `3.A` are the same in every language."""
    return _WORD.search(text) is not None


def translatable(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Place, str]]:
    """Give each English text that readers of other languages see, with its place, once each.

    The claims of a value belong to the place of the value: readers see what other sources say of it too.

    Args:
        tables: Name to table, as text.
    """
    for table in TABLES:
        for column in table.columns:
            if column.is_translated:
                found = dict.fromkeys(_texts(tables, table, column))
                yield from ((Place(i, table.name, column.name), text) for i, text in found)


def _texts(tables: Mapping[str, pd.DataFrame], table: Table, column: Column) -> Iterator[tuple[str, str]]:
    """Give id and text of each cell of a column, and of each claim of it."""
    frame = tables[table.name]
    parts = [frame[[table.key[0], column.name]]]
    if column.is_claimed:
        claims = tables[CLAIMS.name]
        mine = (claims["field"] == column.name) & claims["feature_id"].isin(frame[table.key[0]])
        parts.append(claims.loc[mine, ["feature_id", "value"]])
    for part in parts:
        for thing, cell in part.itertuples(index=False):
            for text in cell.split(LIST_SEPARATOR) if column.is_list else (cell,):
                if is_translatable(text):
                    yield str(thing), text


class Translations:
    """The translations of a data set.

    Args:
        tables: Name to table, as text.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._tables = tables
        self._texts: dict[str, dict[tuple[Place, str], str]] = {}
        columns = ["id", "table", "column", "language", "text", "translation"]
        for thing, table, column, language, text, translation in tables[TRANSLATIONS.name][
            columns
        ].itertuples(index=False):
            known = self._texts.setdefault(language, {})
            known[Place(thing, table, column), text] = translation

    def find(self, place: Place, text: str, language: str) -> str | None:
        """Give the translation of a text at a place, or the one for every row of the column."""
        known = self._texts.get(language, {})
        own = known.get((place, text))
        return own if own is not None else known.get((place._replace(id=EVERY_ROW), text))

    def is_stale(self, place: Place, language: str) -> bool:
        """Tell whether a text at a place has been reworded since it was translated."""
        return place in self._stale.get(language, ())

    @cached_property
    def _stale(self) -> dict[str, set[Place]]:
        rows = self._tables[TRANSLATIONS.name]
        stale = rows.loc[np.array([state == STALE for state in states(self._tables)], dtype=bool)]
        found: dict[str, set[Place]] = {}
        for thing, table, column, language in stale[["id", "table", "column", "language"]].itertuples(
            index=False
        ):
            found.setdefault(language, set()).add(Place(thing, table, column))
        return found


CURRENT, STALE, ORPHANED = "current", "stale", "orphaned"


def states(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Say of each row of the translations whether it translates what is there.

    Returns:
        `current`; `stale` where the thing has another text there now; `orphaned` where there is no such
        thing, table or column, or no text at all.
    """
    rows = tables[TRANSLATIONS.name]
    texts: dict[Place, set[str]] = {}
    for name in rows["table"].unique():
        table = TABLE.get(name)
        if table is None:
            continue
        for column in table.columns:
            if column.is_translated:
                for thing, text in _texts(tables, table, column):
                    texts.setdefault(Place(thing, name, column.name), set()).add(text)
                    texts.setdefault(Place(EVERY_ROW, name, column.name), set()).add(text)

    def state(place: Place, text: str) -> str:
        there = texts.get(place)
        if there is None or (place.id == EVERY_ROW and text not in there):
            return ORPHANED
        return CURRENT if text in there else STALE

    columns = ["id", "table", "column", "text"]
    return [state(Place(*place), text) for *place, text in rows[columns].itertuples(index=False)]


class Wording:
    """Says the texts of a data set in the language of a reader.

    Args:
        translations: The translations of the data.
        m: Texts of the interface, in that language.
    """

    def __init__(self, translations: Translations, m: Messages) -> None:
        self._translations = translations
        self._m = m

    def __call__(self, text: str, thing: str, column: str, table: str = "") -> str:
        """Give a text in the language, or in English where the data have no translation.

        Args:
            text: The English text.
            thing: Id of what it is about, see `Place`.
            column: Column in which it stands.
            table: Table in which it stands; any table with such a column by default.
        """
        language = self._m.language
        if language == ORIGINAL or not is_translatable(text):
            return text
        places = [
            Place(thing, name, column) for name in ((table,) if table else _TABLES_WITH.get(column, ()))
        ]
        for place in places:
            found = self._translations.find(place, text, language)
            if found is not None:
                return found
        if any(self._translations.is_stale(place, language) for place in places):
            return self._m.text("evidence.stale", text=text)
        return text

    def part(self, text: str, thing: str, column: Column, table: str) -> str:
        """Give the text of a cell, a list with the separators of the language."""
        if not column.is_list:
            return self(text, thing, column.name, table)
        return self._m.locale.listed(
            self(part, thing, column.name, table) for part in text.split(LIST_SEPARATOR)
        )


def _tables_with() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for table in TABLES:
        for column in table.columns:
            if column.is_translated:
                found[column.name] = (*found.get(column.name, ()), table.name)
    return found


_TABLES_WITH = _tables_with()
"""Column to the tables that have it and have it translated."""
