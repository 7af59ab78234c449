"""Sentences that are made where nobody knows yet in which language they will be read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from bri_map.domain.names import ORIGINAL
from bri_map.i18n.messages import Messages, messages
from bri_map.report import Sentence

LONGEST = 80
"""Characters of a value that a sentence quotes."""


def say(key: str, **values: object) -> Sentence:
    """Make a sentence of the message catalogue: English, and ready to be said in another language.

    Args:
        key: Key of the catalogue.
        values: What fills its placeholders.
    """
    filled = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
    return Sentence(messages(ORIGINAL).text(key, **filled), key, filled)


def column_meaning(meaning: str) -> Sentence:
    """Make a sentence of what a column holds, whose English is in its definition.

    Other languages have it in their message files under `meaning` and the English text.
    """
    return Sentence(meaning, f"meaning.{meaning}")


def any_of(words: Iterable[str]) -> str:
    """Join words of which one is to be chosen.

    Args:
        words: One word at least.
    """
    return reduce(lambda first, second: say("remedy.any_of", first=first, second=second), words)


def said(sentence: str, m: Messages) -> str:
    """Say a sentence in a language; what its catalogue does not hold stays as it is."""
    if not isinstance(sentence, Sentence) or sentence.key not in m:
        return sentence
    return m.text(sentence.key, **{name: said(value, m) for name, value in sentence.values.items()})


def quoted(value: object) -> str:
    """Quote a value as it stands in the data, cut at `LONGEST` characters."""
    try:
        text = str(value)
    except RecursionError:
        text = "[…]"
    shown = repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
    return shown.encode("utf-8", "backslashreplace").decode()


def quoted_letters(value: str, odd: str | None = None) -> str:
    """Quote a value, and name by their code points the letters that look like others.

    Args:
        value: The value.
        odd: Those letters; by default those that are not of ASCII.
    """
    others = [c for c in dict.fromkeys(value) if (not c.isascii() if odd is None else c in odd)][:3]
    points = ", ".join(f"U+{ord(c):04X}" for c in others)
    return f"{quoted(value)} ({points})" if points else quoted(value)
