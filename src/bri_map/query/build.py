"""Index the features for the filter engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import shapely

from bri_map.domain.table import LIST_SEPARATOR
from bri_map.query.facets import FacetIndex, build_facet, build_facet_from_pairs
from bri_map.query.features import Features
from bri_map.query.text import TextIndex

_SEARCHED = ("name", "name_zh", "locality")


def build_facets(
    features: Features, regions: pd.Series, source_pairs: pd.DataFrame, sources: pd.Index
) -> dict[str, FacetIndex]:
    """Index every facet but the layer.

    Args:
        features: The features, with their derived columns.
        regions: Region by ISO 3166-1 alpha-3.
        source_pairs: Each pair of feature and source once: `position`, `source_id`; sorted.
        sources: Ids of all sources.
    """
    columns = {
        "type": features.cells("type"),
        "status": features.cells("status"),
        "sector": features.cells("sector"),
        "precision": features.cells("precision"),
        "freshness": features.cells("freshness"),
        "country": features.cells("countries"),
        "corridor": features.cells("corridors"),
    }
    facets = {facet: build_facet(cells) for facet, cells in columns.items()}
    facets["region"] = build_facet(
        columns["country"], translate={str(iso3): (str(region),) for iso3, region in regions.items()}
    )
    facets["crosses"] = build_facet(
        [
            cells.where(shapely.get_dimensions(geometry) == 1, "")
            for cells, geometry in zip(columns["country"], features.shapes.values(), strict=True)
        ]
    )
    facets["source"] = build_facet_from_pairs(
        len(features), source_pairs["position"].to_numpy(), source_pairs["source_id"], sources
    )
    return facets


def build_text(
    features: Features, country_names: Mapping[str, tuple[str, str]], further: Sequence[str]
) -> TextIndex:
    """Index the texts in which words are looked for.

    Args:
        features: The features.
        country_names: ISO 3166-1 alpha-3 to English and Chinese name.
        further: One more text for each feature, in order.
    """
    names = {iso3: " ".join(both) for iso3, both in country_names.items()}
    texts: list[str] = []
    for rows in features.rows.values():
        parts = [rows[column] for column in _SEARCHED if column in rows]
        where = rows["countries"].map(
            {
                cell: " ".join(names.get(iso3, iso3) for iso3 in cell.split(LIST_SEPARATOR))
                for cell in rows["countries"].unique()
            }
        )
        more = further[len(texts) : len(texts) + len(rows)]
        texts.extend(map("\n".join, zip(rows["id"], *parts, where, more, strict=True)))
    return TextIndex(texts)
