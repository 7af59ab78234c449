"""Codes fit their words: what a thing is called, and what like things are."""

from __future__ import annotations

from collections.abc import Mapping

from bri_map.checks.context import Context
from bri_map.checks.likeness import Codes, words_of
from bri_map.checks.subjects import Subject
from bri_map.domain.fact_tables import STATUS_HISTORY
from bri_map.domain.vocabulary import Mark
from bri_map.i18n.sentences import quoted, say

_NAMED = (("sector", 6, 0.97, ("name", "name_zh", "subsector")), ("type", 5, 0.8, ("name",)))
"""Column of a code, others that a word must have, share of one code among them, columns of words."""
_FOLLOWS = (("green_rating", "subsector"), ("sector", "subsector"))
"""Codes that go with a text as a whole."""

_STARTS = frozenset({Mark.GROUND_BROKEN, Mark.CONSTRUCTION})
"""Marks that the same words may have."""


def check_kinds(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Check codes of features against their words, and marks of events against what happened."""
    for column, least, share, names in _NAMED:
        found = [(s, words_of(*(str(s.row[n]) for n in names))) for s in _with(subjects, column)]
        codes = Codes(((words, str(s.row[column])) for s, words in found), least, share)
        for subject, words in found:
            odd = codes.odd(words, str(subject.row[column]))
            if odd:
                message = say("fault.kind_words", word=quoted(odd.word), n=odd.others, code=quoted(odd.code))
                context.warn("kind-words", subject.table, subject.row, column, message)
    for column, text in _FOLLOWS:
        with_text = [s for s in _with(subjects, column) if s.row.get(text)]
        pairs = [(frozenset({str(s.row[text])}), str(s.row[column])) for s in with_text]
        codes = Codes(pairs, 2, 0.9)
        for subject, (words, code) in zip(with_text, pairs, strict=True):
            odd = codes.odd(words, code)
            if odd:
                message = say("fault.kind_like", text=quoted(odd.word), n=odd.others, code=quoted(odd.code))
                context.warn("kind-like", subject.table, subject.row, column, message)
    _check_marks(context)


def _with(subjects: Mapping[str, Subject], column: str) -> list[Subject]:
    return [subject for subject in subjects.values() if subject.row.get(column)]


def _check_marks(context: Context) -> None:
    """Compare marks with words and whole texts of events; what is only reported may have any words."""
    rows = list(context.rows(STATUS_HISTORY))
    words = [words_of(str(row["event"])) | {str(row["event"])} for row in rows]
    codes = Codes(zip(words, (str(row["mark"]) for row in rows), strict=True), 6, 0.95)
    for row, found in zip(rows, words, strict=True):
        odd = codes.odd(found, str(row["mark"]))
        if odd and odd.code != Mark.REPORTED and not {odd.code, row["mark"]} <= _STARTS:
            message = say("fault.kind_words", word=quoted(odd.word), n=odd.others, code=quoted(odd.code))
            context.warn("mark-words", STATUS_HISTORY, row, "mark", message)
