"""Organisations do what such bodies do: a bank lends, a ministry owns at home, a name tells its country."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from bri_map.checks.context import Context, Row
from bri_map.checks.mentions import Mentions
from bri_map.checks.subjects import Subject
from bri_map.domain.fact_tables import FEATURE_ORGANISATIONS, ORGANISATIONS
from bri_map.domain.vocabulary import Role
from bri_map.i18n.sentences import quoted, say

_LENDER = re.compile(r"\b(?:Bank|Eximbank|Exim|Fund|Credit|Leasing|Insurance|Sinosure)\b")
_PUBLIC = re.compile(
    r"\b(?:Government|Ministry|Republic|Municipality|Municipal|Authority|State Enterprise)\b"
)
_HOME = "CHN"
"""Its name begins names of firms everywhere."""
_OF = re.compile(r"\bof (?:the )?(.+)$")
_AT_HOME = frozenset({Role.OWNER, Role.DEVELOPER, Role.OPERATOR, Role.CONTRACTOR})
_CONTRARY: dict[str, frozenset[str]] = {
    Role.FINANCIER: frozenset({Role.CONTRACTOR, Role.OPERATOR, Role.OWNER}),
    Role.CONTRACTOR: frozenset({Role.FINANCIER}),
}
"""Role that a body usually has to roles that it then rarely has."""
_LEAST, _SHARE = 8, 0.85
_SHARED = frozenset({Role.OWNER, Role.DEVELOPER, Role.FINANCIER})
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:%|per ?cent)")
MOST_PERCENT = 100.5
"""Sum of shares, which may be rounded."""
MOST_OWNED = 40
"""Features that one body may own before the last of them is looked at."""


def _check_shares(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Check that the shares of those who own, develop or pay for a feature are no more than the whole."""
    told: dict[tuple[str, str], dict[str, tuple[float, Row]]] = defaultdict(dict)
    for row in context.rows(FEATURE_ORGANISATIONS):
        share = _PERCENT.match(str(row["note"]))
        if share and row["feature_id"] in subjects and row["role"] in _SHARED:
            one = (float(share[1]), row)
            bodies = told[str(row["feature_id"]), str(row["role"])]
            body = str(row["organisation_id"])
            bodies[body] = max(one, bodies.get(body, one), key=_first)
    for shares in told.values():
        total = sum(map(_first, shares.values()))
        if total > MOST_PERCENT:
            _, row = max(shares.values(), key=_first)
            message = say("fault.role_share", total=f"{total:g}")
            context.warn("role-share", FEATURE_ORGANISATIONS, row, "organisation_id", message)


def _first(pair: tuple[float, Row]) -> float:
    return pair[0]


def check_bodies(context: Context, subjects: Mapping[str, Subject], mentions: Mentions) -> None:
    """Check countries of organisations against their names, roles against what they are, and shares."""
    _check_shares(context, subjects)
    bodies = {str(row["id"]): row for row in context.rows(ORGANISATIONS)}
    for row in bodies.values():
        named = {
            code for part in _OF.findall(str(row["name"])) for code in mentions.countries_in(part)
        } | mentions.countries_first(str(row["name_zh"])) - {_HOME}
        if row["country"] and len(named) == 1 and row["country"] not in named:
            message = say("fault.body_country", country=row["country"], named=named.pop())
            context.warn("organisation-country", ORGANISATIONS, row, "country", message)
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for row in context.rows(FEATURE_ORGANISATIONS):
        usual[row["organisation_id"]][row["role"]] += 1
    owned: Counter[str] = Counter()
    for row in context.rows(FEATURE_ORGANISATIONS):
        body, subject = bodies.get(str(row["organisation_id"])), subjects.get(str(row["feature_id"]))
        if body is None or subject is None or context.is_named(ORGANISATIONS, body):
            continue
        name, role, counts = str(body["name"]), str(row["role"]), usual[row["organisation_id"]]
        top, number = counts.most_common(1)[0]
        owned[str(body["id"])] += role == Role.OWNER
        if _LENDER.search(name) and role in (Role.CONTRACTOR, Role.OPERATOR):
            message = say("fault.role_lender", name=quoted(name), role=quoted(role))
        elif (
            _PUBLIC.search(name)
            and role in _AT_HOME
            and body["country"]
            and body["country"] not in subject.countries | {_HOME}
        ):
            message = say("fault.role_abroad", name=quoted(name), countries=subject.row["countries"])
        elif (
            counts[role] == 1
            and role in _CONTRARY.get(top, ())
            and counts.total() >= _LEAST
            and number >= _SHARE * counts.total()
        ):
            message = say("fault.role_usual", name=quoted(name), usual=quoted(top), n=number)
        elif role == Role.OWNER and owned[str(body["id"])] == MOST_OWNED + 1:
            message = say("fault.role_owner", name=quoted(name), n=MOST_OWNED)
        else:
            continue
        context.warn("role-unlike", FEATURE_ORGANISATIONS, row, "role", message)
