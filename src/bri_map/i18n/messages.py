"""Texts by key and language, read from the message files beside this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bri_map.domain.names import ORIGINAL
from bri_map.errors import MissingMessageError
from bri_map.i18n.languages import is_language, read_language
from bri_map.i18n.locale import Locale

_HABITS = "locale"
"""The part of a message file that holds no texts."""


class Messages(Mapping[str, str]):
    """The texts of one language, and its habits.

    Keys are dotted (`status.completed`). A key with the ending `.one` serves the number one where a
    language tells it apart: `text("found", n=1)` takes `found.one` if there is one; so do the other forms
    of CLDR (`few`, `many`, ...).
    """

    def __init__(self, language: str, texts: Mapping[str, str], locale: Locale | None = None) -> None:
        self.language = language
        self.locale = locale or Locale.of(language, {})
        self._texts = dict(texts)

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, key: str, **values: object) -> str:
        """Give a text with its placeholders filled in; numbers are written as the language does.

        Raises:
            MissingMessageError: The catalogue does not hold the key.
        """
        n = values.get("n")
        if isinstance(n, int | float) and f"{key}.one" in self._texts:
            form = f"{key}.{self.locale.plural(n)}"
            key = form if form in self._texts else key
        try:
            template = self._texts[key]
        except KeyError:
            raise MissingMessageError(f"No message {key!r} in {self.language}.toml. Add it.") from None
        shown = {name: self.locale.number(v) for name, v in values.items()}
        return template.format(**shown) if shown else template

    def code(self, vocabulary: str, code: str) -> str:
        """Give the text of a code of a vocabulary."""
        return self.text(f"{vocabulary}.{code}")

    def subset(self, *prefixes: str) -> dict[str, str]:
        """Give the texts whose keys start with one of the prefixes."""
        return {key: text for key, text in self._texts.items() if key.startswith(prefixes)}


def read_texts(language: str) -> dict[str, str]:
    """Give the texts that the message file of a language holds itself."""
    return dict(_flat("", {k: v for k, v in read_language(language).items() if k != _HABITS}))


@cache
def messages(language: str) -> Messages:
    """Give the catalogue of a language; a text that its file lacks is there in English.

    Args:
        language: Code of a language of the atlas; anything else gives English.
    """
    code = language if is_language(language) else ORIGINAL
    texts = read_texts(ORIGINAL) | read_texts(code)
    return Messages(code, texts, Locale.of(code, read_language(code).get(_HABITS, {})))


def _flat(prefix: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(f"{name}.", value)
        else:
            yield name, str(value)
