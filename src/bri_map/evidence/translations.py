"""Texts of the data in the language of a reader; the English ones are the originals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from bri_map.domain.fact_tables import CLAIMS
from bri_map.domain.table import LIST_SEPARATOR, Column
from bri_map.domain.tables import TABLES

_WORD = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Says the texts of a data set in one language.

    Attributes:
        translations: Language to English text to translation.
        language: Code of the language.
    """

    translations: Mapping[str, Mapping[str, str]]
    language: str

    def __call__(self, text: str) -> str:
        """Give a text in the language, or as it stands where the data have no translation."""
        return self.translations.get(self.language, {}).get(text, text)


def read_translations(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Give the translations of a data set: language to English text to translation."""
    return {"zh": dict(zip(table["text"], table["text_zh"], strict=True))}


def translatable(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Give each English text of a data set that readers of other languages see, once.

    Numbers, signs and single letters, such as the locator `3.A`, are the same in every language.
    """
    seen: set[str] = set()
    claims = tables[CLAIMS.name]
    for table in TABLES:
        for column in table.columns:
            if column.is_translated:
                seen.update(_texts(tables[table.name][column.name], column))
                if column.is_claimed:
                    seen.update(_texts(claims.loc[claims["field"] == column.name, "value"], column))
    yield from sorted(text for text in seen if _WORD.search(text))


def _texts(cells: pd.Series, column: Column) -> Iterable[str]:
    """Give the texts of a column: the cells, or what is in them."""
    return cells.str.split(LIST_SEPARATOR).explode().dropna() if column.is_list else cells
