"""One thing has one row: bodies that differ by form words; sources, claims, events, features told twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from shapely.geometry import Point

from bri_map.checks.context import Context, Row
from bri_map.checks.names import key_words
from bri_map.checks.subjects import Subject
from bri_map.domain.fact_tables import CLAIMS, NAMES, ORGANISATIONS, POSITION, STATUS_HISTORY
from bri_map.domain.tables import SOURCES
from bri_map.domain.vocabulary import Mark
from bri_map.folding import fold
from bri_map.geo.geodesic import km_between
from bri_map.i18n.sentences import quoted, say

_FORMS = frozenset(
    {"ag", "bhd", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "holding", "holdings", "inc"}
    | {"jsc", "limited", "llc", "ltd", "nv", "of", "ojsc", "pjsc", "plc", "private", "pt", "pte", "pvt", "sa"}
    | {"sdn", "spa", "srl", "tbk", "the", "and"}
)
_FORMS_ZH = re.compile("(?:股份)?有限(?:责任)?公司|集团|总?公司")
_WORD = re.compile(r"\w+")
NEAR_KM, SHARED = 5.0, 0.8
"""Distance of two features of one sector, and share of their words, from which they look like one."""
_TITLE = 12
"""Letters of a title that tells its page from others."""


def check_twins(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Look for what stands twice under different ids."""
    _check_organisations(context)
    _check_sources(context)
    _check_claims(context)
    _check_events(context)
    _check_names(context, subjects)
    _check_features(context, subjects)


def _check_organisations(context: Context) -> None:
    first: dict[str, Row] = {}
    for row in context.rows(ORGANISATIONS):
        words = [word for word in _WORD.findall(fold(str(row["name"]))) if word not in _FORMS]
        keys = [" ".join(words), _FORMS_ZH.sub("", str(row["name_zh"]))]
        other = next((first[key] for key in keys if key and key in first), None)
        if other is not None:
            message = say("fault.organisation_alike", other=quoted(other["id"]), name=quoted(other["name"]))
            context.warn("organisation-alike", ORGANISATIONS, row, "name", message)
        for key in filter(None, keys):
            first.setdefault(key, row)


def _check_sources(context: Context) -> None:
    first: dict[tuple[str, ...], Row] = {}
    for row in context.rows(SOURCES):
        title = fold(str(row["title"]))
        key = (title, str(row["producer"]), str(row["published"]))
        if len(title) < _TITLE:
            continue
        other = first.setdefault(key, row)
        if other is not row:
            message = say("fault.source_alike", other=quoted(other["id"]))
            context.warn("source-alike", SOURCES, row, "title", message)


def _check_claims(context: Context) -> None:
    first: dict[tuple[str, ...], Row] = {}
    keys = ("feature_id", "field", "source_id", "locator", "as_of", "basis")
    for row in context.rows(CLAIMS):
        if row["field"] == POSITION or row["note"]:
            continue
        other = first.setdefault(tuple(str(row[name]) for name in keys), row)
        if other is not row:
            message = say("fault.claim_twice", other=quoted(other["value"]))
            context.warn("claim-twice", CLAIMS, row, "value", message)


def _check_events(context: Context) -> None:
    first: dict[tuple[str, str], Row] = {}
    for row in context.rows(STATUS_HISTORY):
        key = str(row["feature_id"]), fold(str(row["event"]))
        other = first.setdefault(key, row)
        if other is not row and row["mark"] != Mark.REPORTED and other["date"] != row["date"]:
            message = say("fault.event_twice", date=other["date"])
            context.warn("event-twice", STATUS_HISTORY, row, "event", message)


def _check_names(context: Context, subjects: Mapping[str, Subject]) -> None:
    """A further name of one feature is not the name of another one in its country."""
    named: dict[tuple[str, str], str] = {}
    for feature, subject in subjects.items():
        for country in subject.countries:
            named.setdefault((country, fold(str(subject.row["name"]))), feature)
    for row in context.rows(NAMES):
        own = subjects.get(str(row["feature_id"]))
        for country in own.countries if own else ():
            key = country, fold(str(row["name"]))
            other = named.setdefault(key, str(row["feature_id"]))
            if (
                other != row["feature_id"]
                and frozenset((other, str(row["feature_id"]))) not in context.related
            ):
                context.warn("name-other", NAMES, row, "name", say("fault.name_other", other=quoted(other)))
                break


def _check_features(context: Context, subjects: Mapping[str, Subject]) -> None:
    groups: dict[tuple[str, str], list[tuple[float, float, frozenset[str], Subject]]] = defaultdict(list)
    for subject in subjects.values():
        point = context.shape(subject.layer, subject.row)
        if isinstance(point, Point):
            words = frozenset(key_words(str(subject.row["name"])).split())
            key = subject.layer, str(subject.row.get("sector", ""))
            groups[key].append((point.x, point.y, words, subject))
    for found in groups.values():
        found.sort(key=lambda item: (item[0], str(item[3].row["id"])))
        for place, (x, y, words, subject) in enumerate(found):
            for other_x, other_y, other_words, other in reversed(found[:place]):
                if x - other_x > 0.1:
                    break
                if not words or len(words & other_words) < SHARED * len(words | other_words):
                    continue
                ids = frozenset((str(subject.row["id"]), str(other.row["id"])))
                if ids in context.related or km_between((x, y), (other_x, other_y)) > NEAR_KM:
                    continue
                message = say("fault.feature_alike", other=quoted(other.row["id"]))
                context.warn("feature-alike", subject.table, subject.row, "name", message)
                break
