"""What a thing is called, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

ORIGINAL = "en"
"""Code of the language in which the data and the messages are written; it stands in for every other."""
CHINESE = "zh"
"""Code of the language of texts in Chinese characters."""
NAME_COLUMNS: Mapping[str, str] = {ORIGINAL: "name", CHINESE: "name_zh"}
"""Language to the column of its names, where tables have one; names in others are in `data/names.csv`."""


class Cells(Protocol):
    """A row of a table."""

    def get(self, column: str, /) -> Any:
        """Give the text of a cell, None where there is no such column."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one thing.

    `names[language]` is the name in that language, or the English one where none is known.

    Attributes:
        known: Code of the language to name, English first; a language without a name is left out.
    """

    known: Mapping[str, str]

    @classmethod
    def of_row(cls, row: Cells, further: Mapping[str, str] | None = None) -> Names:
        """Read the names in the columns of a row.

        Args:
            row: Column to text.
            further: Names in languages that have no column, or for which it is empty.
        """
        cells = {language: row.get(column) for language, column in NAME_COLUMNS.items()}
        own = {language: str(name) for language, name in cells.items() if name}
        return cls(own | {code: name for code, name in (further or {}).items() if code not in own})

    def __getitem__(self, language: str) -> str:
        return self.known.get(language) or self.known.get(ORIGINAL, "")

    def others(self, language: str) -> list[tuple[str, str]]:
        """Give language and name of each name that is not the one shown in a language."""
        shown = self[language]
        return [(code, name) for code, name in self.known.items() if name != shown]

    @property
    def original(self) -> str:
        """The English name."""
        return self[ORIGINAL]
