"""Texts by key and language, read from `en.toml` and `zh.toml` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bri_map.domain.vocabulary import Language
from bri_map.errors import MissingMessageError


class Messages(Mapping[str, str]):
    """The texts of one language.

    Keys are dotted (`status.completed`). A key with the ending `.one` serves the number one where a
    language tells it apart: `text("found", n=1)` takes `found.one` if there is one.
    """

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = dict(texts)

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, key: str, **values: object) -> str:
        """Give a text with its placeholders filled in; whole numbers get thin separators.

        Raises:
            MissingMessageError: The catalogue does not hold the key.
        """
        if values.get("n") == 1 and f"{key}.one" in self._texts:
            key = f"{key}.one"
        try:
            template = self._texts[key]
        except KeyError:
            raise MissingMessageError(f"No message {key!r} in {self.language}.toml. Add it.") from None
        shown = {name: number(v) if _is_number(v) else v for name, v in values.items()}
        return template.format(**shown) if shown else template

    def code(self, vocabulary: str, code: str) -> str:
        """Give the text of a code of a vocabulary."""
        return self.text(f"{vocabulary}.{code}")

    def subset(self, *prefixes: str) -> dict[str, str]:
        """Give the texts whose keys start with one of the prefixes."""
        return {key: text for key, text in self._texts.items() if key.startswith(prefixes)}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(value: object) -> str:
    """Write a number with a thin space between groups of three digits."""
    return f"{value:,}".replace(",", "\u202f") if _is_number(value) else str(value)


_CHINESE_STEPS = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))


def listed(parts: Iterable[str], language: str) -> str:
    """Write several words one after another."""
    return ("、" if language == Language.ZH else ", ").join(parts)


def with_aside(value: str, parts: Iterable[str], language: str) -> str:
    """Write a value, and in brackets what is known beside it; empty parts are left out."""
    inside = listed(filter(None, parts), language)
    if not inside:
        return value
    return f"{value}（{inside}）" if language == Language.ZH else f"{value} ({inside})"


def chinese_amount(value: float) -> str:
    """Write a large number as Chinese does: 1,400,000,000 is 14 亿."""
    for step, word in _CHINESE_STEPS:
        if abs(value) >= step:
            return f"{value / step:.4g} {word}"
    return f"{value:g}"


@cache
def messages(language: str) -> Messages:
    """Give the catalogue of a language.

    Args:
        language: A code of `Language`; anything else gives English.
    """
    code = language if language in set(Language) else Language.EN.value
    text = files(__package__).joinpath(f"{code}.toml").read_text("utf-8")
    return Messages(code, dict(_flat("", tomllib.loads(text))))


def _flat(prefix: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(f"{name}.", value)
        else:
            yield name, str(value)
