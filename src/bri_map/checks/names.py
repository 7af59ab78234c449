"""One thing has one row: names that are the same or nearly so are looked at."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict

from bri_map.checks.context import Context, Row
from bri_map.domain.fact_tables import FEATURE_ORGANISATIONS, NAMES, ORGANISATIONS, RELATIONS
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.table import LIST_SEPARATOR, Table
from bri_map.domain.tables import SOURCES
from bri_map.domain.vocabulary import NameKind
from bri_map.folding import fold
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Sentence

NEAR = 0.93
"""Likeness (difflib ratio of the folded names) from which two names in one country look the same."""
_NEIGHBOURS = 3
"""Names compared with each name, in alphabetical order (the sorted neighbourhood method), where a country has
more names than `_ALL_PAIRS`; else all are compared."""
_ALL_PAIRS = 300
_GENERIC = frozenset(
    {"the", "of", "and", "in", "a", "project", "projects", "park", "zone", "industrial", "economic"}
    | {"cooperation", "special", "station"}
)
_WORD = re.compile(r"\w+")


def check_names(context: Context) -> None:
    """Compare names of features, of organisations and addresses of sources."""
    _check_features(context)
    own = {str(row["id"]): {row[column] for column in NAME_COLUMNS.values()} for _, row in context.features()}
    for row in context.rows(NAMES):
        if row["name"] in own.get(str(row["feature_id"]), set()):
            context.fault(
                "name-repeats",
                NAMES,
                row,
                "name",
                say("fault.name_repeats", name=quoted(row["name"])),
                say("remedy.remove_row"),
            )
    shown: set[tuple[str, str]] = set()
    for row in context.rows(NAMES):
        key = (str(row["feature_id"]), str(row["language"]))
        if row["name_kind"] == NameKind.SHOWN and key in shown:
            context.fault(
                "name-shown",
                NAMES,
                row,
                "name",
                say("fault.name_shown", language=quoted(row["language"])),
                say("remedy.name_shown"),
            )
        elif row["name_kind"] == NameKind.SHOWN:
            shown.add(key)
    for row in context.rows(RELATIONS):
        if row["feature_id"] == row["other_id"]:
            context.fault(
                "relation-self",
                RELATIONS,
                row,
                "other_id",
                say("fault.relation_self"),
                say("remedy.relation_self"),
            )
    _check_twins(context, ORGANISATIONS, "name", "organisation-twin", say("remedy.organisation_twin"))
    _check_twins(context, SOURCES, "url", "source-twin", say("remedy.source_twin"))
    used = set(context.frame(FEATURE_ORGANISATIONS)["organisation_id"])
    knows_all = context.has_all_of(FEATURE_ORGANISATIONS) and FEATURE_ORGANISATIONS.path not in context.blamed
    for row in context.rows(ORGANISATIONS):
        if knows_all and row["id"] not in used:
            context.fault(
                "organisation-unused",
                ORGANISATIONS,
                row,
                None,
                say("fault.organisation_unused", file=FEATURE_ORGANISATIONS.path),
                say("remedy.organisation_unused"),
            )


def key_words(name: str) -> str:
    """Give the words by which a name is told from others, sorted; generic words are left out."""
    words = [word for word in _WORD.findall(fold(name)) if word not in _GENERIC]
    return " ".join(sorted(words))


def _check_features(context: Context) -> None:
    by_country: dict[str, list[tuple[str, LayerId, Row]]] = defaultdict(list)
    for layer, row in context.features():
        for country in str(row["countries"]).split(LIST_SEPARATOR):
            by_country[country].append((key_words(str(row["name"])), layer, row))
    reported: set[str] = set()
    for named in by_country.values():
        named.sort(key=lambda item: (item[0], str(item[2]["id"])))
        for place, (words, layer, row) in enumerate(named):
            reach = place if len(named) <= _ALL_PAIRS else _NEIGHBOURS
            for other_words, _, other in named[max(0, place - reach) : place]:
                if (
                    row["id"] in reported
                    or row["id"] == other["id"]
                    or frozenset((row["id"], other["id"])) in context.related
                ):
                    continue
                if not _look_same(words, other_words):
                    continue
                reported.add(str(row["id"]))
                rule = "name-duplicate" if words == other_words else "name-near"
                context.fault(
                    rule,
                    LAYER_TABLES[layer],
                    row,
                    "name",
                    say(
                        "fault.name_near",
                        name=quoted(row["name"]),
                        other=quoted(other["name"]),
                        id=other["id"],
                    ),
                    say("remedy.name_near", file=RELATIONS.path),
                )


def _look_same(a: str, b: str) -> bool:
    if not a or not b:
        return False
    if a == b:
        return True
    numbers = [set(re.findall(r"\d+|\b[ivx]+\b", words)) for words in (a, b)]
    if numbers[0] != numbers[1]:
        return False
    matcher = difflib.SequenceMatcher(None, a, b)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def _check_twins(context: Context, table: Table, column: str, rule: str, remedy: Sentence) -> None:
    first: dict[str, str] = {}
    for row in context.rows(table):
        text = str(row[column]) if column == "url" else fold(str(row[column]))
        if text and text in first:
            message = say("fault.twin", other=quoted(first[text]), column=column)
            context.fault(rule, table, row, column, message, remedy)
        elif text:
            first[text] = str(row["id"])
