"""What a selection adds up to, shared out by status, kind, country or builder.

What stands in one row counts there. What stands in several rows, such as a project of two builders, counts
as a feature in each of them, while its money, capacity and kilometres are set apart and told once: no source
says whose they are. Only the kilometres of a line are shared out, by country: those inside each. So the rows
and what is set apart add up to the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.domain.codes import codes
from bri_map.domain.counting import Sharing
from bri_map.domain.facets import NONE
from bri_map.domain.filter import Filter
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS, LISTED
from bri_map.query.borders import Borders
from bri_map.query.facets import FacetIndex, FilterEngine, Mask, build_facet
from bri_map.query.features import Features
from bri_map.query.totals import TotalsIndex

Floats = npt.NDArray[np.float64]
_FACETS = {Sharing.STATUS: "status", Sharing.COUNTRY: "country", Sharing.BUILDER: "contractor"}


@dataclass(frozen=True, slots=True)
class Share:
    """What one code has of a selection.

    Attributes:
        code: Status; layer and kind as in `parks/agricultural`; country; organisation; `none` for no builder.
        features: Number of features that have it.
        shared: Those of them that have other codes too.
        line_km: Kilometres of line.
        cost_usd_million: Stated cost of those that have no other code, in millions of US dollars.
        with_cost: Number of features in that sum.
        capacity: Unit to capacity of those that have no other code.
    """

    code: str
    features: int
    shared: int
    line_km: float
    cost_usd_million: float
    with_cost: int
    capacity: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Shares:
    """A selection, shared out.

    Attributes:
        by: By what.
        rows: The shares, those without a feature left out: in the order of a vocabulary, else the greatest
            first, what has no code last.
        countries: The countries inside whose borders lines are measured; none where none are chosen.
        inside_km: Kilometres of the lines of each layer inside them; in full where none are chosen.
        beyond: Features of the countries chosen that lie in others too, and count with an amount.
        apart: What several codes have together, once, as a share without a code; by country its kilometres
            are those of lines outside the borders of the countries in the rows.
    """

    by: Sharing
    rows: tuple[Share, ...]
    countries: tuple[str, ...]
    inside_km: Mapping[LayerId, float]
    beyond: int
    apart: Share

    def to_dict(self) -> dict[str, Any]:
        """Give JSON-ready values."""
        return asdict(self) | {"by": self.by.value, "countries": list(self.countries)}


class Sharer:
    """Shares out what is selected.

    Args:
        features: The features.
        engine: Has the codes of every facet.
        totals: Has what is added up.
        borders: Cuts lines.
        regions: Region by ISO 3166-1 alpha-3.
    """

    def __init__(
        self,
        features: Features,
        engine: FilterEngine,
        totals: TotalsIndex,
        borders: Borders,
        regions: Mapping[str, str],
    ) -> None:
        self._features = features
        self._engine = engine
        self._totals = totals
        self._borders = borders
        self._regions = regions

    def share_out(self, mask: Mask, wanted: Filter, by: Sharing) -> Shares:
        """Share out the features of a mask.

        Args:
            mask: The features.
            wanted: The filter that gives them; its countries and regions cut lines, its year gives statuses.
            by: By what.

        Raises:
            DataError: Lines are to be cut, and the basemap cannot be read.
        """
        chosen = self._chosen(wanted)
        line_km = np.where(mask, self._totals.line_km, 0.0)
        inside = self._inside(mask, chosen) if chosen or by is Sharing.COUNTRY else None
        km = line_km if inside is None or not chosen else _summed(inside, len(mask))
        index = self._index(by, wanted.year)
        pairs = _Pairs.of(index, mask, keep=chosen if by is Sharing.COUNTRY else ())
        add = _Adder(pairs, self._totals, index.codes)
        shares = add.shares(km)
        apart = add.apart(mask, km)
        if by is Sharing.COUNTRY and inside is not None:
            shares = _with_km(shares, inside)
            told = sum(share.line_km for share in shares)
            apart = _changed(apart, float(line_km.sum()) - told)
        slices = self._features.slices
        return Shares(
            by,
            tuple(sorted((s for s in shares if s.features), key=_order(by))),
            tuple(sorted(chosen)),
            {
                spec.id: round(float(km[slices[spec.id]].sum()), 1)
                for spec in LISTED
                if self._totals.line_km[slices[spec.id]].any()
            },
            self._beyond(mask, chosen),
            apart,
        )

    def _beyond(self, mask: Mask, chosen: frozenset[str]) -> int:
        """Count the features with an amount that lie in other countries than those chosen, too."""
        if not chosen:
            return 0
        countries = self._engine.facet("country", None)
        elsewhere = countries.mask([code for code in countries.codes if code and code not in chosen])
        return int(np.count_nonzero(mask & elsewhere & ~np.isnan(self._totals.cost)))

    def _chosen(self, wanted: Filter) -> frozenset[str]:
        """Give the countries that are chosen, by name or by region; by name where no region has them."""
        if not wanted.region:
            return frozenset(wanted.country)
        of_regions = frozenset(iso3 for iso3, region in self._regions.items() if region in wanted.region)
        if not wanted.country:
            return of_regions
        return frozenset(wanted.country) & of_regions or frozenset(wanted.country)

    def _inside(self, mask: Mask, chosen: frozenset[str]) -> pd.DataFrame:
        """Give the parts of lines inside countries: `feature`, `country`, `km`."""
        parts = self._borders.parts(np.flatnonzero(mask))
        kept = [part for part in parts if not chosen or part[1] in chosen]
        return pd.DataFrame(kept, columns=["feature", "country", "km"])

    def _index(self, by: Sharing, year: int | None) -> FacetIndex:
        if by is not Sharing.KIND:
            return self._engine.facet(_FACETS[by], year)
        rows = self._features.rows
        return build_facet([layer + "/" + rows[layer][LAYERS[layer].kind_column] for layer in LAYERS])


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Features of a selection beside their codes, and which of the features have one code only."""

    feature: npt.NDArray[np.integer]
    code: npt.NDArray[np.integer]
    is_single: Mask

    @classmethod
    def of(cls, index: FacetIndex, mask: Mask, keep: frozenset[str] | tuple[()]) -> _Pairs:
        first = np.flatnonzero(mask & (index.first > 0))
        more = mask[index.more_feature]
        feature = np.concatenate([first, index.more_feature[more]])
        code = np.concatenate([index.first[first].astype(np.int64), index.more_code[more]])
        is_single = np.bincount(feature, minlength=len(mask)) == 1
        if keep:
            is_kept = np.isin(np.array(index.codes, dtype=object)[code], list(keep))
            feature, code = feature[is_kept], code[is_kept]
        return cls(feature, code, is_single)


class _Adder:
    """Adds up what pairs have.

    Args:
        pairs: The pairs.
        totals: What is added up.
        names: The codes by number.
    """

    def __init__(self, pairs: _Pairs, totals: TotalsIndex, names: Sequence[str]) -> None:
        self._pairs = pairs
        self._totals = totals
        self._names = names

    def shares(self, km: Floats) -> list[Share]:
        """Give the share of every code."""
        is_single = self._pairs.is_single[self._pairs.feature]
        lone, code = self._pairs.feature[is_single], self._pairs.code[is_single]

        def add(values: Floats) -> Floats:
            return _added(code, np.nan_to_num(values[lone]), len(self._names))

        features = np.bincount(self._pairs.code, minlength=len(self._names))
        single = np.bincount(code, minlength=len(self._names))
        cost, counted = add(self._totals.cost), add((~np.isnan(self._totals.cost)).astype(float))
        length = add(km)
        capacity = {unit: add(found.value) for unit, found in self._totals.capacities.items()}
        return [
            Share(
                name,
                int(features[i]),
                int(features[i] - single[i]),
                round(float(length[i]), 1),
                round(float(cost[i]), 3),
                int(counted[i]),
                _stated({unit: float(values[i]) for unit, values in capacity.items()}),
            )
            for i, name in enumerate(self._names)
            if name
        ]

    def apart(self, mask: Mask, km: Floats) -> Share:
        """Give what features of several codes have, each once."""
        several = mask & ~self._pairs.is_single
        several &= np.isin(np.arange(len(mask)), self._pairs.feature)
        number = int(np.count_nonzero(several))
        cost = self._totals.cost[several]
        capacity = {
            unit: float(np.nansum(found.value[several])) for unit, found in self._totals.capacities.items()
        }
        return Share(
            "",
            number,
            number,
            round(float(km[several].sum()), 1),
            round(float(np.nansum(cost)), 3),
            int(np.count_nonzero(~np.isnan(cost))),
            _stated(capacity),
        )


def _stated(capacity: Mapping[str, float]) -> dict[str, float]:
    return {unit: round(value, 3) for unit, value in capacity.items() if value}


def _summed(parts: pd.DataFrame, size: int) -> Floats:
    return _added(parts["feature"].to_numpy(np.intp), parts["km"].to_numpy(np.float64), size)


def _added(places: npt.NDArray[np.integer], values: Floats, size: int) -> Floats:
    """Add up values by place."""
    return np.asarray(np.bincount(places, values, minlength=size), dtype=np.float64)


def _with_km(shares: Sequence[Share], inside: pd.DataFrame) -> list[Share]:
    km = inside.groupby("country")["km"].sum().to_dict()
    return [_changed(share, float(km.get(share.code, 0.0))) for share in shares]


def _changed(share: Share, line_km: float) -> Share:
    return Share(**asdict(share) | {"line_km": round(line_km, 1)})


def _order(by: Sharing) -> Callable[[Share], tuple[Any, ...]]:
    if by is Sharing.STATUS:
        return lambda share: (codes("status").index(share.code),)
    if by is Sharing.KIND:
        known = [f"{spec.id}/{kind.value}" for spec in LISTED for kind in spec.kinds]
        return lambda share: (known.index(share.code),)
    return lambda share: (share.code == NONE, -share.features, share.code)
