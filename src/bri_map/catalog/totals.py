"""What a selection adds up to: features, kilometres of line, stated cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bri_map.catalog.facets import Mask
from bri_map.domain.vocabulary import CostKind, Layer, Relation

if TYPE_CHECKING:
    from bri_map.catalog.catalog import Catalog

_WITHIN = frozenset({Relation.PART_OF, Relation.PHASE_OF})
"""Relations in which the cost of the one may be in that of the other."""
_PARTIAL = frozenset({CostKind.PART, CostKind.PROGRAMME})


@dataclass(frozen=True, slots=True)
class Totals:
    """What a selection adds up to.

    A feature counts with one amount, its `cost_usd_million`: an amount in US dollars for the whole of it, a
    total before a contract, an investment, a loan and a grant. Nothing is converted from other currencies.

    Attributes:
        features: Number of features of each layer.
        line_km: Geodesic length of the lines of each layer that has any, drawn line in full, in kilometres.
        cost_usd_million: Sum of the stated costs, in millions of US dollars of the years in which they were
            stated.
        cost_by_kind: Kind of amount to number of features that count with it.
        with_cost: Number of features that count.
        other_currency: Number of features whose cost is stated in other currencies only.
        partial_cost: Number of features of which only the cost of a part or of a programme is stated.
        without_cost: Number of features without any amount.
        related: Pairs of features in the selection of which one is a part or a phase of the other.
        counted_twice: Those of them that both count with a cost, so that the sum may hold an amount twice.
    """

    features: Mapping[str, int]
    line_km: Mapping[str, float]
    cost_usd_million: float
    cost_by_kind: Mapping[str, int]
    with_cost: int
    other_currency: int
    partial_cost: int
    without_cost: int
    related: int
    counted_twice: int

    @property
    def lack_cost(self) -> int:
        """Number of features that do not count in the cost."""
        return self.other_currency + self.partial_cost + self.without_cost

    @property
    def may_count_twice(self) -> bool:
        """Whether the sum may hold an amount twice."""
        return self.counted_twice > 0

    def to_dict(self) -> dict[str, Any]:
        """Give JSON-ready values."""
        return asdict(self) | {"lack_cost": self.lack_cost, "may_count_twice": self.may_count_twice}


class TotalsIndex:
    """What is known of every feature, ready to be added up.

    Args:
        catalog: The catalog.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._line_km = catalog.places.lengths_km()
        rows = [catalog.rows(layer) for layer in Layer]
        cost = pd.concat([frame["cost_usd_million"] for frame in rows], ignore_index=True)
        kind = pd.concat([frame["cost_kind"] for frame in rows], ignore_index=True)
        self._cost = pd.to_numeric(cost).to_numpy(np.float64)
        self._has_cost = ~np.isnan(self._cost)
        kinds = list(CostKind)
        self._kind = kind.map({code.value: i for i, code in enumerate(kinds)}).fillna(0).to_numpy(np.intp)
        costs = catalog.table("costs")
        is_partial = costs["cost_kind"].isin(list(_PARTIAL)) | (costs["scope"] != "")
        self._is_other = self._marked(costs.loc[~is_partial & (costs["currency"] != "USD"), "feature_id"])
        self._is_partial = self._marked(costs.loc[is_partial, "feature_id"])
        relations = catalog.table("relations")
        pairs = relations.loc[relations["relation"].isin(list(_WITHIN)), ["feature_id", "other_id"]]
        ends = np.column_stack([catalog.ids.get_indexer(pd.Index(pairs[name])) for name in pairs])
        ends = np.sort(ends[(ends >= 0).all(axis=1)], axis=1)
        self._pairs = np.unique(ends.reshape(-1, 2), axis=0)

    def _marked(self, feature_ids: pd.Series) -> Mask:
        mask = np.zeros(len(self._catalog), dtype=bool)
        numbers = self._catalog.ids.get_indexer(pd.Index(feature_ids.unique()))
        mask[numbers[numbers >= 0]] = True
        return mask

    def add_up(self, mask: Mask) -> Totals:
        """Add up the features of a mask."""
        layers = self._catalog.slices
        length = np.where(mask, self._line_km, 0.0)
        counted = mask & self._has_cost
        lacking = mask & ~self._has_cost
        other = lacking & self._is_other
        partial = lacking & ~self._is_other & self._is_partial
        kinds = np.bincount(self._kind[counted], minlength=len(CostKind)).tolist()
        return Totals(
            features={layer.value: int(np.count_nonzero(mask[part])) for layer, part in layers.items()},
            line_km={
                layer.value: round(float(length[part].sum()), 1)
                for layer, part in layers.items()
                if self._line_km[part].any()
            },
            cost_usd_million=round(float(self._cost[counted].sum()), 3),
            cost_by_kind={kind.value: n for kind, n in zip(CostKind, kinds, strict=True) if n},
            with_cost=int(np.count_nonzero(counted)),
            other_currency=int(np.count_nonzero(other)),
            partial_cost=int(np.count_nonzero(partial)),
            without_cost=int(np.count_nonzero(lacking)) - int(np.count_nonzero(other | partial)),
            related=int(np.count_nonzero(mask[self._pairs].all(axis=1))),
            counted_twice=int(np.count_nonzero(counted[self._pairs].all(axis=1))),
        )
