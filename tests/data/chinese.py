"""What is left of English in a sentence that should be Chinese."""

from __future__ import annotations

import re

from bri_map.domain.codes import VOCABULARIES, codes
from bri_map.domain.tables import TABLES
from bri_map.evidence.provenance import Rule
from bri_map.i18n import messages
from bri_map.i18n.sentences import said
from bri_map.report import Issue, Sentence

_HAN = re.compile("[\u4e00-\u9fff]")
_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")
_PLACE = re.compile(r"[\w*-]+(?:[./][\w*-]+)+|\b\w+/")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WRITTEN = (
    {column.name for table in TABLES for column in table.columns}
    | {table.name for table in TABLES}
    | {code for name in VOCABULARIES for code in codes(name)}
    | {rule.value for rule in Rule}
    | {"id", "null", "true", "false", "http", "https", "position", "main", "created", "version", "licenses"}
    | {"bri-map", "format", "a-z", "Feature", "FeatureCollection"}
    | {"Point", "LineString", "MultiLineString"}
)
"""What is written alike in every language: columns, tables, codes, and the words of file formats."""
_NAMES = frozenset({"id", "column", "table"})
"""Placeholders for what the data call something."""


def english_left(sentence: str, *names: str | None) -> list[str]:
    """Give the English words of a sentence said in Chinese; a sentence without Chinese is one of them.

    Quoted values, places of files, words in capitals and what is written alike everywhere do not count.

    Args:
        sentence: The sentence, before it is said in Chinese.
        names: Ids that it may name.
    """
    chinese = said(sentence, messages("zh"))
    rest = _PLACE.sub(" ", _QUOTED.sub(" ", chinese))
    values = sentence.values.items() if isinstance(sentence, Sentence) else ()
    known = {*_WRITTEN, *names, *(value for name, value in values if name in _NAMES)}
    words = [word for word in _WORD.findall(rest) if not word.isupper() and word not in known]
    return words if _HAN.search(chinese) else [chinese]


def english_in(issue: Issue) -> list[str]:
    """Give the English words that are left of an issue in Chinese."""
    return english_left(issue.message, issue.id, issue.field) + english_left(issue.remedy, issue.id)
