"""What features, countries and organisations are called in each language."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bri_map.domain.names import NAME_COLUMNS, ORIGINAL, Cells, Names
from bri_map.domain.vocabulary import NameKind

_NOTHING: Mapping[str, str] = {}


class Naming:
    """Names by language: those in the columns of a table, then those that `data/names.csv` shows.

    Args:
        names: The table of further names, as text.
    """

    def __init__(self, names: pd.DataFrame) -> None:
        shown = names.loc[names["name_kind"] == NameKind.SHOWN, ["feature_id", "language", "name"]]
        self._further: dict[str, dict[str, str]] = {}
        for thing, language, name in shown.itertuples(index=False):
            self._further.setdefault(str(thing), {}).setdefault(str(language), str(name))

    def of(self, thing: str, row: Cells) -> Names:
        """Give the names of one thing.

        Args:
            thing: Its id.
            row: Its row, column to text.
        """
        return Names.of_row(row, self._further.get(thing, _NOTHING))

    def by_id(self, rows: pd.DataFrame, key: str) -> dict[str, Names]:
        """Give the names of every row of a table by its key column."""
        columns = [column for column in NAME_COLUMNS.values() if column in rows]
        return {
            str(thing): self.of(str(thing), dict(zip(columns, names, strict=True)))
            for thing, *names in rows[[key, *columns]].itertuples(index=False)
        }

    def shown(self, rows: pd.DataFrame, language: str) -> pd.Series:
        """Give the name of each row of a layer in a language, the English one where none is known."""
        names = rows[NAME_COLUMNS[ORIGINAL]]
        if language == ORIGINAL:
            return names
        further = {thing: known[language] for thing, known in self._further.items() if language in known}
        if further:
            names = rows["id"].map(further).fillna(names)
        column = NAME_COLUMNS.get(language)
        return names if column is None else rows[column].where(rows[column] != "", names)
