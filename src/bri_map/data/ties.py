"""What ties a feature to the Belt and Road: documents, its countries, and who pays, owns and builds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bri_map.domain.counting import Tie
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.domain.vocabulary import Role

CHINA = "CHN"
_TIE_OF_ROLE = {
    Role.FINANCIER: Tie.FINANCE,
    Role.OWNER: Tie.OWNER,
    Role.DEVELOPER: Tie.OWNER,
    Role.CONTRACTOR: Tie.BUILDER,
}


def ties(countries: pd.Series, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give every feature with what ties it to the Belt and Road, once for each tie.

    Args:
        countries: The countries of each feature as one text, by its id.
        tables: Name to table, as text.

    Returns:
        A row a pair: `feature_id`, `tie`.
    """
    named = tables["source_coverage"]["target_id"]
    signed = tables["countries"]
    partners = signed.loc[signed["bri_partner"] == "true", "iso3"]
    lands = countries.str.split(LIST_SEPARATOR).explode()
    bodies = tables["organisations"]
    chinese = bodies.loc[bodies["country"] == CHINA, "id"]
    links = tables["feature_organisations"]
    links = links[links["organisation_id"].isin(chinese)]
    ties_of_links = links["role"].map({role.value: tie.value for role, tie in _TIE_OF_ROLE.items()})
    found = [
        _tied(named[named.isin(countries.index)], Tie.NAMED),
        _tied(lands.index[lands.isin(partners)].to_series(), Tie.PARTNER),
        pd.DataFrame({"feature_id": links["feature_id"], "tie": ties_of_links}).dropna(),
    ]
    return pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True)


def _tied(features: pd.Series, tie: Tie) -> pd.DataFrame:
    return pd.DataFrame({"feature_id": features.to_numpy(dtype=object), "tie": tie.value})
