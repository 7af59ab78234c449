"""What a selection adds up to: features, kilometres of line, stated cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.data.derive import cost_scopes
from bri_map.domain.counting import CostScope
from bri_map.domain.vocabulary import CostKind, Relation
from bri_map.query.capacities import Capacity, capacities
from bri_map.query.facets import Mask
from bri_map.query.features import Features

if TYPE_CHECKING:
    from bri_map.query.spatial import SpatialIndex

_WITHIN = frozenset({Relation.PART_OF, Relation.PHASE_OF})
"""Relations in which the cost of the one may be in that of the other."""


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
        capacity: Unit to the stated capacities of points, added up; see `capacities`.
        capacity_left_out: Unit to number of features that state one only with a remark on what it covers.
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
    capacity: Mapping[str, float]
    capacity_left_out: Mapping[str, int]

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
    """What is known of every feature, ready to be added up; each part is made when first asked for.

    Args:
        features: The features.
        places: Index of their geometry.
        tables: Name to table, as text; costs, measures and relations are read.
    """

    def __init__(self, features: Features, places: SpatialIndex, tables: Mapping[str, pd.DataFrame]) -> None:
        self._features = features
        self._places = places
        self._costs = tables["costs"]
        self._measures = tables["measures"]
        self._relations = tables["relations"]

    @cached_property
    def line_km(self) -> npt.NDArray[np.float64]:
        """Geodesic length of every feature in kilometres, 0 for a point."""
        return self._places.lengths_km()

    @cached_property
    def cost(self) -> npt.NDArray[np.float64]:
        """The amount with which every feature counts, in millions of US dollars; NaN for none."""
        cost = pd.concat(self._features.cells("cost_usd_million"), ignore_index=True)
        return pd.to_numeric(cost).to_numpy(np.float64)

    @cached_property
    def _has_cost(self) -> Mask:
        return ~np.isnan(self.cost)

    @cached_property
    def _kind(self) -> npt.NDArray[np.integer[Any]]:
        kind = pd.concat(self._features.cells("cost_kind"), ignore_index=True)
        return kind.map({code.value: i for i, code in enumerate(CostKind)}).fillna(0).to_numpy(np.int64)

    @cached_property
    def capacities(self) -> dict[str, Capacity]:
        """The capacity with which every feature counts, by unit."""
        return capacities(self._measures, self._features, self.line_km > 0)

    @cached_property
    def _is_partial_row(self) -> pd.Series:
        return cost_scopes(self._costs) != CostScope.WHOLE.value

    @cached_property
    def _is_other(self) -> Mask:
        rows = ~self._is_partial_row & (self._costs["currency"] != "USD")
        return self._marked(self._costs.loc[rows, "feature_id"])

    @cached_property
    def _is_partial(self) -> Mask:
        return self._marked(self._costs.loc[self._is_partial_row, "feature_id"])

    @cached_property
    def _pairs(self) -> npt.NDArray[np.intp]:
        relations = self._relations
        pairs = relations.loc[relations["relation"].isin(list(_WITHIN)), ["feature_id", "other_id"]]
        ends = np.column_stack([self._features.numbers(pairs[name]) for name in pairs])
        ends = np.sort(ends[(ends >= 0).all(axis=1)], axis=1)
        pairs_of: npt.NDArray[np.intp] = np.unique(ends.reshape(-1, 2), axis=0)
        return pairs_of

    def _marked(self, feature_ids: pd.Series) -> Mask:
        mask = np.zeros(len(self._features), dtype=bool)
        numbers = self._features.numbers(feature_ids)
        mask[numbers[numbers >= 0]] = True
        return mask

    def stated(self, mask: Mask) -> tuple[float, int]:
        """Add up the amounts with which the features of a mask count, and nothing else.

        Returns:
            Millions of US dollars, and the number of features that count.
        """
        counted = mask & self._has_cost
        return round(float(self.cost[counted].sum()), 3), int(np.count_nonzero(counted))

    def add_up(self, mask: Mask) -> Totals:
        """Add up the features of a mask."""
        layers = self._features.slices
        length = np.where(mask, self.line_km, 0.0)
        counted = mask & self._has_cost
        lacking = mask & ~self._has_cost
        other = lacking & self._is_other
        partial = lacking & ~self._is_other & self._is_partial
        cost, with_cost = self.stated(mask)
        kinds = np.bincount(self._kind[counted], minlength=len(CostKind)).tolist()
        return Totals(
            features={layer: int(np.count_nonzero(mask[part])) for layer, part in layers.items()},
            line_km={
                layer: round(float(length[part].sum()), 1)
                for layer, part in layers.items()
                if self.line_km[part].any()
            },
            cost_usd_million=cost,
            cost_by_kind={kind.value: n for kind, n in zip(CostKind, kinds, strict=True) if n},
            with_cost=with_cost,
            other_currency=int(np.count_nonzero(other)),
            partial_cost=int(np.count_nonzero(partial)),
            without_cost=int(np.count_nonzero(lacking)) - int(np.count_nonzero(other | partial)),
            related=int(np.count_nonzero(mask[self._pairs].all(axis=1))),
            counted_twice=int(np.count_nonzero(counted[self._pairs].all(axis=1))),
            capacity={
                unit: round(float(np.nansum(found.value[mask])), 3)
                for unit, found in self.capacities.items()
                if not np.isnan(found.value[mask]).all()
            },
            capacity_left_out={
                unit: number
                for unit, found in self.capacities.items()
                if (number := int(np.count_nonzero(found.is_remarked & mask)))
            },
        )
