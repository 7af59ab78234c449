"""Columns that are in no file: status, dates, cost, measures, organisations, corridors, basis.

They follow from the tables of facts. Every function takes and gives text, one cell a feature.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

import pandas as pd

from bri_map.domain.codes import codes
from bri_map.domain.fact_tables import WHOLE_ROW
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import CORRIDOR_LAYERS, MEMBERSHIP_COLUMN
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.domain.vocabulary import Basis, CostKind, Freshness, Mark, Measure, Role, Status

DATED_AFTER_YEARS = 2
"""A status whose last report is older than this, at the date of the data, may be out of date."""

_STARTS = frozenset({Mark.GROUND_BROKEN, Mark.CONSTRUCTION})
_DATE_COLUMNS: dict[str, frozenset[Mark]] = {
    "announced": frozenset({Mark.ANNOUNCED}),
    "construction_start": _STARTS,
    "first_unit": frozenset({Mark.FIRST_UNIT}),
    "opened": frozenset({Mark.OPENED}),
    "completed": frozenset({Mark.FULL_COMPLETION, Mark.HANDED_OVER}),
    "designated": frozenset({Mark.DESIGNATED}),
}
_SHOWN_COSTS = (CostKind.TOTAL, CostKind.CONTRACT, CostKind.INVESTMENT, CostKind.LOAN, CostKind.GRANT)
"""Kinds that stand for the cost of a feature, the best first; a part covers less, a programme more."""


def derive(rows: Mapping[LayerId, pd.DataFrame], tables: Mapping[str, pd.DataFrame], today: str) -> None:
    """Add the derived columns to the rows of every layer, in place.

    Args:
        rows: Layer to its rows as text, with unique ids.
        tables: Name to table, as text.
        today: Date of the data set, YYYY-MM-DD.
    """
    history = in_order(tables["status_history"])
    columns: dict[str, pd.Series] = {}
    last = history.drop_duplicates("feature_id", keep="last").set_index("feature_id")
    columns["status"], columns["status_as_of"] = last["status"], last["date"]
    columns |= _dates(history)
    columns |= _costs(tables["costs"])
    columns["measures"] = _measures(tables["measures"])
    columns |= _organisations(tables["feature_organisations"], tables["organisations"])
    members = tables["corridor_members"]
    corridors = [rows[layer]["id"] for layer in CORRIDOR_LAYERS]
    members = members[members["corridor_id"].isin(pd.concat(corridors))]
    columns[MEMBERSHIP_COLUMN] = _listed(members["feature_id"], members["corridor_id"])
    columns["basis"] = _basis(tables["claims"])
    for layer, frame in rows.items():
        for name, values in columns.items():
            frame[name] = values.reindex(frame["id"]).fillna("").to_numpy()
        frame.loc[frame["status"] == "", "status"] = Status.UNKNOWN.value
        frame.loc[frame["basis"] == "", "basis"] = Basis.UNCONFIRMED.value
        dates = frame["status_as_of"]
        frame["freshness"] = dates.map({text: freshness(text, today) for text in dates.unique()})
        if layer in CORRIDOR_LAYERS:
            frame[MEMBERSHIP_COLUMN] = frame["id"]


def in_order(history: pd.DataFrame) -> pd.DataFrame:
    """Sort events by feature, date, and what comes first in the life of a feature."""
    rank = history["mark"].map({code: i for i, code in enumerate(codes("mark"))})
    return history.assign(_rank=rank).sort_values(["feature_id", "date", "_rank"], kind="stable")


def end_of(text: str) -> date:
    """Give the last day that a date of the form YYYY, YYYY-MM or YYYY-MM-DD may mean."""
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def freshness(as_of: str, today: str) -> str:
    """Tell whether a status was last reported within `DATED_AFTER_YEARS` of the date of the data."""
    if not as_of:
        return Freshness.DATED.value
    day = end_of(today)
    limit = date(day.year - DATED_AFTER_YEARS, day.month, min(day.day, 28 if day.month == 2 else 31))
    return (Freshness.DATED if end_of(as_of) < limit else Freshness.RECENT).value


def _listed(features: pd.Series, values: pd.Series) -> pd.Series:
    pairs = pd.DataFrame({"feature": features, "value": values}).drop_duplicates()
    return pairs.groupby("feature", sort=False)["value"].agg(LIST_SEPARATOR.join).astype("str")


def _dates(history: pd.DataFrame) -> dict[str, pd.Series]:
    known = history[history["date"] != ""]
    result: dict[str, pd.Series] = {}
    for name, marks in _DATE_COLUMNS.items():
        rows = known[known["mark"].isin([mark.value for mark in marks])]
        result[name] = rows.drop_duplicates("feature_id").set_index("feature_id")["date"]
    return result


def _costs(costs: pd.DataFrame) -> dict[str, pd.Series]:
    is_whole = (costs["currency"] == "USD") & (costs["scope"] == "")
    shown = costs[is_whole & costs["cost_kind"].isin([kind.value for kind in _SHOWN_COSTS])]
    ranked = shown.assign(
        _kind=shown["cost_kind"].map({code: i for i, code in enumerate(_SHOWN_COSTS)}),
        _basis=shown["basis"].map(BASIS_RANK),
        _year=-pd.to_numeric(shown["year"]).fillna(0),
    ).sort_values(["feature_id", "_kind", "_basis", "_year"], kind="stable")
    best = ranked.drop_duplicates("feature_id").set_index("feature_id")
    return {
        "cost_usd_million": best["amount_million"],
        "cost_kind": best["cost_kind"],
        "cost_year": best["year"],
    }


def measure_text(row: Mapping[str, str]) -> str:
    """Write a measured quantity: what, number, unit, and what it covers."""
    scope = f" ({row['scope']})" if row["scope"] else ""
    return f"{row['measure']} {row['value']} {row['unit']}{scope}".replace(LIST_SEPARATOR, ",")


def _measures(measures: pd.DataFrame) -> pd.Series:
    rank = {code: i for i, code in enumerate(Measure)}
    rows = measures.assign(_rank=measures["measure"].map(rank))
    rows = rows.sort_values(["feature_id", "_rank"], kind="stable")
    texts = [measure_text(row) for row in rows.to_dict("records")]  # type: ignore[arg-type]
    return _listed(rows["feature_id"], pd.Series(texts, index=rows.index, dtype="str"))


def _organisations(links: pd.DataFrame, organisations: pd.DataFrame) -> dict[str, pd.Series]:
    names = organisations.set_index("id")["name"]
    named = links["organisation_id"].map(names).fillna(links["organisation_id"])
    return {
        role.value: _listed(links.loc[links["role"] == role, "feature_id"], named[links["role"] == role])
        for role in Role
    }


_STRENGTH = (Basis.CONFIRMED, Basis.SOURCE_DOCUMENT, Basis.EDITORIAL, Basis.UNCONFIRMED)
BASIS_RANK = {basis.value: rank for rank, basis in enumerate(_STRENGTH)}
"""Rank of a basis, the strongest first."""


def _basis(claims: pd.DataFrame) -> pd.Series:
    rows = claims[claims["field"].isin(["name", WHOLE_ROW])]
    rank = rows["basis"].map(BASIS_RANK)
    strongest = rank.groupby(rows["feature_id"]).min()
    return strongest.map({number: code for code, number in BASIS_RANK.items()})
