"""What other databases call a feature is written in their form, and means one feature."""

from __future__ import annotations

from bri_map.checks.context import Context
from bri_map.domain.fact_tables import IDENTIFIERS, RELATIONS
from bri_map.domain.identifiers import FORMS, Match, Scheme, written
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.i18n.sentences import quoted, say
from bri_map.i18n.standards import short_codes


def check_identifiers(context: Context) -> None:
    """Check the form of every identifier, and that no two features are said to be the same thing there."""
    same: dict[tuple[str, str], str] = {}
    countries = {str(row["id"]): str(row["countries"]) for _, row in context.features()}
    for row in context.rows(IDENTIFIERS):
        scheme, identifier, feature = str(row["scheme"]), str(row["identifier"]), str(row["feature_id"])
        form = FORMS.get(scheme)
        if form is None:
            continue
        if (row["match"] == Match.ABSENT) == bool(identifier):
            context.fault(
                "identifier-absent",
                IDENTIFIERS,
                row,
                "identifier",
                say("fault.identifier_absent"),
                say("remedy.identifier_absent"),
            )
        elif identifier and not form.pattern.fullmatch(identifier):
            context.fault(
                "identifier-form",
                IDENTIFIERS,
                row,
                "identifier",
                say("fault.identifier_form", value=quoted(identifier), scheme=scheme),
                say("remedy.identifier_form", example=quoted(form.good)),
            )
        elif scheme == Scheme.UNLOCODE and not _lies_there(identifier, countries.get(feature, "")):
            message = say("fault.identifier_country", value=quoted(identifier), countries=countries[feature])
            context.warn("identifier-country", IDENTIFIERS, row, "identifier", message)
        elif row["match"] == Match.SAME:
            other = same.setdefault((scheme, identifier), feature)
            if other != feature and frozenset((feature, other)) not in context.related:
                context.fault(
                    "identifier-twin",
                    IDENTIFIERS,
                    row,
                    "identifier",
                    say("fault.identifier_twin", other=quoted(other), value=written(scheme, identifier)),
                    say("remedy.identifier_twin", file=RELATIONS.path),
                )


def _lies_there(locode: str, countries: str) -> bool:
    """Tell whether a UN/LOCODE, which begins with a country, is of one of some, if any is known."""
    codes = frozenset[str]().union(*map(short_codes, countries.split(LIST_SEPARATOR)))
    return not codes or locode[:2] in codes
