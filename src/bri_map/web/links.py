"""Links as they arrive: with what a letter or a messenger has stuck to them, or escaped once too often."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode

_TEXT = "q"
"""The parameter that takes any text; of it, only what cannot be meant is taken away."""
_CLOSERS = {**dict(zip(")]}>）】》〉」』”’", "([{<（【《〈「『“‘", strict=True)), '"': '"', "'": "'"}
"""What closes a bracket or a quotation, with what opens it."""
_STOPS = ".,;:!?*…。，、；：！？\u200b\u2060\ufeff"
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_CERTAIN_ESCAPE = re.compile(r"%(?:20|25|2[CcFf]|3[ABDFabdf]|[C-Fc-f][0-9A-Fa-f])")
"""In a text, what nobody would write: a space, a separator or a sign beyond ASCII in its escaped form."""
_TIMES = 4
"""How often something may have been escaped too often."""
_JOINT = re.compile(r"[?&](?:amp;)*(?=[a-z_]+=)")
"""Between two parameters that have come as one."""


def mended_query(query: str) -> str:
    """Give the part of a link after the question mark as it was meant; the same if nothing is wrong with it.

    Args:
        query: As it stands in the link.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    mended = [part for name, value in pairs for part in _parts(name, value)]
    mended = [
        (name, _without_tail(name, value, is_last=i == len(mended) - 1))
        for i, (name, value) in enumerate(mended)
    ]
    return query if mended == pairs else urlencode(mended, quote_via=quote, safe=",.:;")


def mended_name(name: str, known: tuple[str, ...]) -> str | None:
    """Give the page that the end of an address means; None where it means none.

    Args:
        name: What stands there.
        known: The names of the pages.
    """
    meant = _trimmed(name, _STOPS + "".join(_CLOSERS)).strip().lower()
    return meant if meant in known else None


def _parts(name: str, value: str) -> list[tuple[str, str]]:
    """Take a parameter apart, where several have come as one."""
    name, value = _unescaped(name), _unescaped(value, is_text=name == _TEXT)
    whole = f"{name}={value}" if value or "=" not in name else name
    pieces = [piece for piece in _JOINT.split(_without_amp(whole)) if piece]
    return [(before, after) for before, _, after in (piece.partition("=") for piece in pieces)]


def _without_amp(text: str) -> str:
    while text.startswith("amp;"):
        text = text.removeprefix("amp;")
    return text


def _unescaped(text: str, *, is_text: bool = False) -> str:
    for _ in range(_TIMES):
        found = (_CERTAIN_ESCAPE if is_text else _ESCAPE).search(text)
        plain = unquote(text) if found else text
        if plain == text or "\ufffd" in plain:
            break
        text = plain
    return text


def _without_tail(name: str, value: str, *, is_last: bool) -> str:
    if name != _TEXT:
        return _trimmed(value.strip().lstrip("\"'“‘<"), _STOPS + "".join(_CLOSERS))
    # Our own links end with the language: what they ask for is never touched.
    while is_last and value and (opener := _CLOSERS.get(value[-1])):
        is_open = value[:-1].count(opener) > value[:-1].count(value[-1])
        if is_open or (opener == value[-1] and value[:-1].count(opener) % 2):
            break
        value = value[:-1]
    return value


def _trimmed(text: str, tail: str) -> str:
    """Take signs from the end of a text; a span without an end, such as `100..`, keeps its dots."""
    while text and text[-1] in tail and not re.search(r"\d\.\.$", text):
        text = text[:-1]
    return text
