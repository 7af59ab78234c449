"""Columns that are in no file: status, dates, cost, measures, organisations, corridors, basis.

They follow from the tables of facts. Every function takes and gives text, one cell a feature.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bri_map.data.ages import due_dates, freshnesses, last_lookups
from bri_map.data.columns import (
    TEXT,
    Numbers,
    arrow,
    follows_itself,
    is_empty,
    is_in,
    is_sorted,
    joined,
    places,
    series,
    taken,
)
from bri_map.data.disputes import COST, disputed_claims, disputed_costs
from bri_map.data.overlaps import overlaps
from bri_map.data.ties import ties
from bri_map.domain.codes import codes
from bri_map.domain.counting import CostScope, Overlap
from bri_map.domain.fact_tables import WHOLE_ROW
from bri_map.domain.identifiers import SEPARATOR, Match
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import CORRIDOR_LAYERS, LAYERS, MEMBERSHIP_COLUMN
from bri_map.domain.shared_columns import DRAWN_TO_PUBLISHED, PUBLISHED_LENGTH
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.domain.vocabulary import (
    Basis,
    CostKind,
    Mark,
    Measure,
    Role,
    Status,
)

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


def derive(
    rows: Mapping[LayerId, pd.DataFrame],
    shapes: Mapping[LayerId, npt.NDArray[np.object_]],
    tables: Mapping[str, pd.DataFrame],
    today: str,
) -> None:
    """Add the derived columns to the rows of every layer, in place.

    Args:
        rows: Layer to its rows as text, with unique ids.
        shapes: Layer to its geometry in EPSG:4326, in the order of its rows.
        tables: Name to table, as text.
        today: Date of the data set, YYYY-MM-DD.
    """
    ids = arrow(pd.concat([frame["id"] for frame in rows.values()], ignore_index=True))
    about = _About(tables, ids)
    columns: dict[str, pa.Array] = {}
    history = in_order(tables["status_history"])
    numbers = about.numbers(history)
    last = about.last(numbers)
    columns["status"], columns["status_as_of"] = taken(history["status"], last), taken(history["date"], last)
    columns["status_since"] = _since(history, numbers, about)
    columns |= _dates(history, numbers, about)
    columns |= _costs(about)
    columns["measures"] = _measures(about)
    columns |= _organisations(about)
    corridors = arrow(pd.concat([rows[layer]["id"] for layer in CORRIDOR_LAYERS]))
    members = tables["corridor_members"]
    members = members[is_in(members["corridor_id"], corridors)]
    columns[MEMBERSHIP_COLUMN] = about.listed(about.numbers(members), members["corridor_id"])
    columns["basis"] = _basis(about)
    columns["status"] = _or_else(columns["status"], Status.UNKNOWN.value)
    columns["basis"] = _or_else(columns["basis"], Basis.UNCONFIRMED.value)
    columns["freshness"] = freshnesses(columns["status"], columns["status_as_of"], today)
    lookups = about.tables["lookups"]
    columns["checked"] = last_lookups(lookups, about.numbers(lookups), len(ids))
    columns["due"] = due_dates(columns["status"], columns["checked"], columns["status_as_of"], today)
    columns["cost_scope"] = _cost_scopes(about)
    columns["disputed"] = _disputed(about)
    columns["overlap"] = _overlap(about, rows)
    columns["documents"] = _documents(about)
    columns["ties"] = _ties(about, rows)
    columns["identifiers"] = _identifiers(about)
    start = 0
    for layer, frame in rows.items():
        for name, values in columns.items():
            frame[name] = series(values.slice(start, len(frame)), frame.index)
        start += len(frame)
        if layer in CORRIDOR_LAYERS:
            frame[MEMBERSHIP_COLUMN] = frame["id"]
        if PUBLISHED_LENGTH in frame:
            frame[DRAWN_TO_PUBLISHED] = _drawn_to_published(frame[PUBLISHED_LENGTH], shapes[layer])


class _About:
    """The tables of facts, and which feature each row is about."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], ids: pa.Array) -> None:
        self.tables = tables
        self._ids = ids

    def numbers(self, rows: pd.DataFrame) -> Numbers:
        """Give the number of the feature of each row, -1 where it is not shown."""
        return places(rows["feature_id"], self._ids)

    def first(self, numbers: Numbers) -> Numbers:
        """Give for each feature the first row of it, -1 where there is none."""
        found = np.full(len(self._ids), -1, dtype=np.intp)
        rows = np.flatnonzero(numbers >= 0)[::-1]
        found[numbers[rows]] = rows
        return found

    def last(self, numbers: Numbers) -> Numbers:
        """Give for each feature the last row of it, -1 where there is none."""
        found = np.full(len(self._ids), -1, dtype=np.intp)
        rows = np.flatnonzero(numbers >= 0)
        found[numbers[rows]] = rows
        return found

    def listed(self, numbers: Numbers, texts: pd.Series) -> pa.Array:
        """Give for each feature its texts in one, each once."""
        is_shown = numbers >= 0
        return joined(numbers[is_shown], texts[is_shown], len(self._ids), LIST_SEPARATOR)


def _or_else(texts: pa.Array, other: str) -> pa.Array:
    return pc.if_else(pa.array(is_empty(texts)), pa.scalar(other, TEXT), texts)


def in_order(history: pd.DataFrame) -> pd.DataFrame:
    """Sort events by feature, date, and what comes first in the life of a feature."""
    marks = codes("mark")
    rank = places(history["mark"], arrow(marks))
    rank[rank < 0] = len(marks)
    date, feature = (_ranks(history[name]) for name in ("date", "feature_id"))
    order = np.lexsort((rank, date, feature))
    return history if (order == np.arange(len(order))).all() else history.take(order)


def _ranks(texts: pd.Series) -> Numbers:
    """Give numbers that are in the order of some texts."""
    if is_sorted(texts):
        return np.cumsum(~follows_itself(texts), dtype=np.intp)
    coded = arrow(texts).dictionary_encode()
    ranks: Numbers = np.empty(len(coded.dictionary), dtype=np.intp)
    ranks[pc.array_sort_indices(coded.dictionary).to_numpy()] = np.arange(len(ranks))
    places_of: Numbers = coded.indices.to_numpy()
    return ranks[places_of]


def _since(history: pd.DataFrame, numbers: Numbers, about: _About) -> pa.Array:
    """Give the date of the event from which the last status has held without a break.

    A mere report says that the status holds, not since when; where the first that is known of a status is a
    report, or has no date, the cell is empty.
    """
    begins = ~(follows_itself(history["status"]) & follows_itself(history["feature_id"]))
    start = about.last(np.where(begins, numbers, -1))
    is_report = is_in(history["mark"], arrow([Mark.REPORTED.value]))
    found = start[start >= 0]
    start[start >= 0] = np.where(is_report[found], -1, found)
    return taken(history["date"], start)


def _dates(history: pd.DataFrame, numbers: Numbers, about: _About) -> dict[str, pa.Array]:
    is_dated = ~is_empty(history["date"])
    result: dict[str, pa.Array] = {}
    for name, marks in _DATE_COLUMNS.items():
        is_meant = is_dated & is_in(history["mark"], arrow([mark.value for mark in marks]))
        result[name] = taken(history["date"], about.first(np.where(is_meant, numbers, -1)))
    return result


def _costs(about: _About) -> dict[str, pa.Array]:
    costs = about.tables["costs"]
    is_whole = (costs["currency"] == "USD") & (costs["scope"] == "")
    shown = costs[is_whole & costs["cost_kind"].isin([kind.value for kind in _SHOWN_COSTS])]
    ranked = shown.assign(
        _kind=shown["cost_kind"].map({code: i for i, code in enumerate(_SHOWN_COSTS)}),
        _basis=shown["basis"].map(BASIS_RANK),
        _year=-pd.to_numeric(shown["year"]).fillna(0),
    ).sort_values(["feature_id", "_kind", "_basis", "_year"], kind="stable")
    best = about.first(about.numbers(ranked))
    return {
        "cost_usd_million": taken(ranked["amount_million"], best),
        "cost_kind": taken(ranked["cost_kind"], best),
        "cost_year": taken(ranked["year"], best),
    }


def cost_scopes(costs: pd.DataFrame) -> pd.Series:
    """Give for each amount what it covers, a code of `CostScope`."""
    is_part = (costs["cost_kind"] == CostKind.PART) | (costs["scope"] != "")
    found = pd.Series(CostScope.WHOLE.value, index=costs.index, dtype="str")
    found[is_part] = CostScope.PART.value
    found[costs["cost_kind"] == CostKind.PROGRAMME] = CostScope.PROGRAMME.value
    return found


def _cost_scopes(about: _About) -> pa.Array:
    costs = about.tables["costs"]
    return _in_codes(about.numbers(costs), cost_scopes(costs), about, "cost_scope")


def _in_codes(numbers: Numbers, found: pd.Series, about: _About, vocabulary: str) -> pa.Array:
    """Give for each feature its codes in the order of their vocabulary."""
    order = np.argsort(places(found, arrow(codes(vocabulary))), kind="stable")
    return about.listed(numbers[order], found.take(order))


def _disputed(about: _About) -> pa.Array:
    claims, costs = about.tables["claims"], about.tables["costs"]
    numbers, of_costs = about.numbers(claims), about.numbers(costs)
    differ, costs_differ = disputed_claims(claims, numbers), disputed_costs(costs, of_costs)
    amounts = pd.Series(COST, index=range(int(costs_differ.sum())), dtype="str")
    fields = pd.concat([claims.loc[differ, "field"], amounts], ignore_index=True)
    features = np.concatenate([numbers[differ], of_costs[costs_differ]])
    order = np.argsort(fields.to_numpy(dtype=object), kind="stable")
    return about.listed(features[order], fields.take(order))


def _overlap(about: _About, rows: Mapping[LayerId, pd.DataFrame]) -> pa.Array:
    pairs = overlaps(rows, about.tables)
    ends = [about.numbers(pairs.assign(feature_id=pairs[end])) for end in ("feature_id", "other_id")]
    is_shown = ((ends[0] >= 0) & (ends[1] >= 0)) | (pairs["overlap"] == Overlap.RETIRED).to_numpy()
    both = pd.concat([pairs.loc[is_shown, "overlap"]] * 2, ignore_index=True)
    return _in_codes(np.concatenate([end[is_shown] for end in ends]), both, about, "overlap")


def _documents(about: _About) -> pa.Array:
    named = about.tables["source_coverage"]
    named = named[named["target_table"].isin(list(LAYERS))].sort_values("source_id", kind="stable")
    return about.listed(about.numbers(named.rename(columns={"target_id": "feature_id"})), named["source_id"])


def _ties(about: _About, rows: Mapping[LayerId, pd.DataFrame]) -> pa.Array:
    lands = pd.concat([frame.set_index("id")["countries"] for frame in rows.values()])
    pairs = ties(lands, about.tables)
    return _in_codes(about.numbers(pairs), pairs["tie"], about, "tie")


def _identifiers(about: _About) -> pa.Array:
    rows = about.tables["identifiers"]
    same = rows[rows["match"] == Match.SAME]
    return about.listed(about.numbers(same), same["scheme"] + SEPARATOR + same["identifier"])


def _drawn_to_published(published: pd.Series, shapes: npt.NDArray[np.object_]) -> pd.Series:
    from bri_map.geo.geodesic import length_km  # brings pyproj

    return pd.Series(
        [
            f"{length_km(shape) / float(text):.3f}" if text and float(text) and shape is not None else ""
            for text, shape in zip(published, shapes, strict=True)
        ],
        index=published.index,
        dtype="str",
    )


def measure_text(row: Mapping[str, str]) -> str:
    """Write a measured quantity: what, number, unit, and what it covers."""
    scope = f" ({row['scope']})" if row["scope"] else ""
    return f"{row['measure']} {row['value']} {row['unit']}{scope}".replace(LIST_SEPARATOR, ",")


def _measures(about: _About) -> pa.Array:
    measures = about.tables["measures"]
    rank = {code: i for i, code in enumerate(Measure)}
    rows = measures.assign(_rank=measures["measure"].map(rank))
    rows = rows.sort_values(["feature_id", "_rank"], kind="stable")
    texts = [measure_text(row) for row in rows.to_dict("records")]  # type: ignore[arg-type]
    return about.listed(about.numbers(rows), pd.Series(texts, index=rows.index, dtype="str"))


def _organisations(about: _About) -> dict[str, pa.Array]:
    links, organisations = about.tables["feature_organisations"], about.tables["organisations"]
    names = organisations.set_index("id")["name"]
    named = links["organisation_id"].map(names).fillna(links["organisation_id"])
    numbers = about.numbers(links)
    return {role.value: about.listed(np.where(links["role"] == role, numbers, -1), named) for role in Role}


_STRENGTH = (Basis.CONFIRMED, Basis.SOURCE_DOCUMENT, Basis.EDITORIAL, Basis.UNCONFIRMED)
BASIS_RANK = {basis.value: rank for rank, basis in enumerate(_STRENGTH)}
"""Rank of a basis, the strongest first."""


def _basis(about: _About) -> pa.Array:
    claims = about.tables["claims"]
    is_meant = is_in(claims["field"], arrow(["name", WHOLE_ROW]))
    rank = places(claims["basis"], arrow(BASIS_RANK))
    numbers = np.where(is_meant & (rank >= 0), about.numbers(claims), -1)
    order = np.argsort(rank, kind="stable")  # the strongest claim of a feature comes first
    best = about.first(numbers[order])
    return taken(claims["basis"], np.where(best >= 0, order[best], -1))
