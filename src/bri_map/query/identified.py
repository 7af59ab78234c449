"""Find a feature by what another database calls it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bri_map.domain.codes import codes
from bri_map.domain.identifiers import FORMS, Match, parsed, written
from bri_map.errors import FilterError
from bri_map.query.features import Features


@dataclass(frozen=True, slots=True)
class Identified:
    """A feature that another database knows.

    Attributes:
        feature_id: Its id.
        scheme: Which database.
        identifier: What it is called there.
        match: How the two are alike, a code of `Match`.
    """

    feature_id: str
    scheme: str
    identifier: str
    match: str


def identified(features: Features, identifiers: pd.DataFrame, text: str) -> tuple[Identified, ...]:
    """Give the features of an identifier, the closest match first.

    Args:
        features: The features.
        identifiers: The table of that name, as text.
        text: Scheme and identifier, such as `aiddata:34750`.

    Raises:
        FilterError: The text is no scheme and identifier.
    """
    asked = parsed(text)
    if asked is None:
        examples = ", ".join(written(scheme, form.good) for scheme, form in FORMS.items())
        raise FilterError(f"{text[:60]!r} is no identifier; one looks like {examples}.")
    scheme, identifier = asked
    is_meant = (identifiers["scheme"] == scheme) & (identifiers["identifier"] == identifier)
    rows = identifiers[is_meant & (identifiers["match"] != Match.ABSENT)]
    matches = codes("identifier_match")
    found = (
        Identified(feature_id, scheme, identifier, match)
        for feature_id, match in zip(rows["feature_id"], rows["match"], strict=True)
        if feature_id in features
    )
    return tuple(sorted(found, key=lambda one: (matches.index(one.match), one.feature_id)))
