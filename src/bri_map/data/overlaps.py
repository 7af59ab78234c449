"""What overlaps with what: features at one site, parts and phases, ids that were retired into others."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bri_map.domain.counting import Overlap
from bri_map.domain.layer import LayerId
from bri_map.domain.table import LIST_SEPARATOR

COLUMNS = ("feature_id", "overlap", "other_id", "source_id", "locator", "basis", "note")
_ALTERNATIVES = "ey_alternatives"


def overlaps(rows: Mapping[LayerId, pd.DataFrame], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give every pair of things of which one may be, or hold, the other, as the data record it.

    Args:
        rows: Layer to its rows as text.
        tables: Name to table, as text.

    Returns:
        A row a pair, with `COLUMNS`: first the relations, then the parks of which either may be meant, then
        the retired ids beside what stands for them. Whether the two are shown is not looked at.
    """
    codes = [code.value for code in Overlap]
    relations = tables["relations"].rename(columns={"relation": "overlap"})
    found = [relations[relations["overlap"].isin(codes)]]
    for frame in (frame for frame in rows.values() if _ALTERNATIVES in frame):
        meant = frame.loc[frame[_ALTERNATIVES] != "", ["id", _ALTERNATIVES]]
        meant = meant.assign(other_id=meant[_ALTERNATIVES].str.split(LIST_SEPARATOR)).explode("other_id")
        found.append(_pairs(meant["id"], Overlap.ALTERNATIVE, meant["other_id"]))
    retired = tables["retired"]
    retired = retired[retired["successor_id"] != ""]
    found.append(_pairs(retired["successor_id"], Overlap.RETIRED, retired["id"], retired["reason"]))
    pairs = pd.concat(found, ignore_index=True)
    return pairs.reindex(columns=list(COLUMNS)).fillna("")


def _pairs(
    features: pd.Series, overlap: Overlap, others: pd.Series, note: pd.Series | None = None
) -> pd.DataFrame:
    columns = {"feature_id": features, "overlap": overlap.value, "other_id": others}
    return pd.DataFrame(columns if note is None else columns | {"note": note})
