"""Sentences that are made where nobody knows yet in which language they will be read."""

from __future__ import annotations

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


def said(sentence: str, m: Messages) -> str:
    """Say a sentence in a language; what is no sentence of the catalogue stays as it is."""
    if not isinstance(sentence, Sentence):
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


def quoted_letters(value: str) -> str:
    """Quote a value that should be of plain letters, and name by their code points those that are not."""
    others = [c for c in dict.fromkeys(value) if not c.isascii()][:3]
    points = ", ".join(f"U+{ord(c):04X}" for c in others)
    return f"{quoted(value)} ({points})" if points else quoted(value)
