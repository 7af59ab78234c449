"""Which features belong to a corridor because they lie near its line.

The rule: a feature belongs to a corridor if it lies in a country that the corridor names and within
`REACH_KM` of the corridor's line. A feature whose position is known only to the country belongs to none by
this rule. A corridor by air has no land beside it and gets its members from sources only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from shapely.geometry.base import BaseGeometry

from bri_map.domain.layer import LayerId, LayerSpec
from bri_map.domain.layers import LAYERS
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.domain.vocabulary import CorridorKind, MembershipRule, Precision, RecordStatus
from bri_map.geo.geodesic import distances_km

REACH_KM: dict[str, float] = {
    CorridorKind.ECONOMIC_CORRIDOR: 100.0,
    CorridorKind.TRADE_CORRIDOR: 100.0,
    CorridorKind.EXPRESS_LINE: 100.0,
    CorridorKind.MARITIME_ROUTE: 50.0,
}
"""Greatest distance to the line in kilometres, by kind of corridor."""


def near_line_members(
    tables: Mapping[str, pd.DataFrame], geometry: Mapping[LayerId, pd.Series]
) -> list[dict[str, str]]:
    """Apply the rule to all features.

    Args:
        tables: Name to table, as text.
        geometry: Layer to geometry by id, EPSG:4326.

    Returns:
        Rows of `corridor_members` for the rule `near-line`, with the geodesic distance in whole kilometres.
    """
    rows: list[dict[str, str]] = []
    for spec, corridor in _corridors(tables):
        reach = REACH_KM.get(corridor[spec.kind_column])
        shapes = geometry[spec.id]
        if reach is None or corridor["id"] not in shapes.index:
            continue
        through = set(str(corridor["countries"]).split(LIST_SEPARATOR))
        found = list(_candidates(tables, geometry, through))
        distances = distances_km([shape for _, shape in found], shapes[corridor["id"]], reach)
        for (feature_id, _), distance in zip(found, distances, strict=True):
            if distance <= reach:
                rows.append(
                    {
                        "feature_id": feature_id,
                        "corridor_id": str(corridor["id"]),
                        "membership_rule": MembershipRule.NEAR_LINE.value,
                        "distance_km": f"{distance:.0f}",
                    }
                )
    return sorted(rows, key=lambda row: (row["feature_id"], row["corridor_id"]))


def _corridors(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[LayerSpec, pd.Series]]:
    for spec in LAYERS.values():
        if spec.has_members:
            frame = tables[spec.table.name]
            for _, corridor in frame[frame["record"] == RecordStatus.PUBLISHED].iterrows():
                yield spec, corridor


def _candidates(
    tables: Mapping[str, pd.DataFrame], geometry: Mapping[LayerId, pd.Series], through: set[str]
) -> Iterator[tuple[str, BaseGeometry]]:
    for layer, spec in LAYERS.items():
        if spec.has_members:
            continue
        frame = tables[spec.table.name]
        known = (frame["record"] == RecordStatus.PUBLISHED) & (frame["precision"] != Precision.COUNTRY)
        for feature_id, countries in frame.loc[known, ["id", "countries"]].itertuples(index=False):
            if through & set(countries.split(LIST_SEPARATOR)) and feature_id in geometry[layer].index:
                shape = geometry[layer][feature_id]
                if shape is not None:
                    yield str(feature_id), shape
