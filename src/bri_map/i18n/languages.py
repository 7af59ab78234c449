"""The languages of the atlas: every message file is one."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bri_map.domain.names import ORIGINAL
from bri_map.errors import LanguageError

FOLDER_VARIABLE = "BRI_MAP_LANGUAGES"
"""Environment variable with a folder of further message files."""
_FILE = re.compile(r"([a-z]{2,3})\.toml")


def languages() -> tuple[str, ...]:
    """Give the codes of the languages (ISO 639), English first, then by code."""
    return tuple(_folders())


def is_language(code: object) -> bool:
    """Tell whether a code is that of a language of the atlas."""
    return code in _folders()


def language_of(tag: str) -> str | None:
    """Give the language of the atlas that a tag means, such as `zh-TW` or `en_US`; None where it is none."""
    code = tag.strip().replace("_", "-").partition("-")[0].lower()
    return code if is_language(code) else None


def language_among(*tags: str) -> str:
    """Give the language of the first of some tags that means one; English where none does."""
    return next(filter(None, map(language_of, tags)), ORIGINAL)


def read_language(code: str) -> Mapping[str, Any]:
    """Give the content of a message file.

    Raises:
        LanguageError: The file cannot be read as TOML in UTF-8.
    """
    path = _folders()[code].joinpath(f"{code}.toml")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LanguageError(f"The message file {code}.toml cannot be read: {error}. Correct it.") from error


def article(name: str, code: str) -> str:
    """Give a longer text, such as `about`: `name.xx.md` beside the message file, or the English one."""
    path = _folders()[code].joinpath(f"{name}.{code}.md")
    own = path if path.is_file() else files(__package__).joinpath(f"{name}.{ORIGINAL}.md")
    return own.read_text("utf-8")


@cache
def _folders() -> Mapping[str, Traversable]:
    """Give each language with the folder of its message file."""
    found: dict[str, Traversable] = {}
    further = os.environ.get(FOLDER_VARIABLE)
    for folder in (*((Path(further),) if further else ()), files(__package__)):
        if not folder.is_dir():
            raise LanguageError(f"{FOLDER_VARIABLE} names {further!r}, which is no folder. Correct it.")
        found |= {match[1]: folder for path in folder.iterdir() if (match := _FILE.fullmatch(path.name))}
    codes = [ORIGINAL, *sorted(found.keys() - {ORIGINAL})]
    return MappingProxyType({code: found[code] for code in codes})
