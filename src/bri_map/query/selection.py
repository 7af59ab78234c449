"""What a filter gives: the same features for map, table, counts, exports and command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bri_map.data.geometry import CRS
from bri_map.domain.counting import Sharing
from bri_map.domain.filter import Filter
from bri_map.domain.filter_words import suggest
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.place import KM_DECIMALS
from bri_map.domain.shared_columns import DISTANCE, STATUS_IN_YEAR
from bri_map.domain.table import Kind
from bri_map.errors import FilterError
from bri_map.query.facets import FilterEngine, Mask
from bri_map.query.features import Features
from bri_map.query.totals import Totals, TotalsIndex

if TYPE_CHECKING:
    import geopandas as gpd

    from bri_map.query.shares import Sharer, Shares


class Selection:
    """What a filter gives: the same features for map, table, counts, exports and command line.

    Attributes:
        features: Where the features come from.
        filter: The filter, with every id in it checked.
        mask: Boolean array over all features, in the catalog's order.
    """

    def __init__(
        self,
        features: Features,
        engine: FilterEngine,
        totals: Callable[[], TotalsIndex],
        sharer: Callable[[], Sharer],
        wanted: Filter,
    ) -> None:
        self.features = features
        self._engine = engine
        self._totals = totals
        self._sharer = sharer
        self.filter = wanted
        self.mask = engine.mask(wanted)
        self.mask.flags.writeable = False

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))

    @cached_property
    def by_layer(self) -> dict[LayerId, int]:
        """Number of matching features in each layer."""
        return {layer: int(np.count_nonzero(self.layer_mask(layer))) for layer in LAYERS}

    @property
    def layers(self) -> tuple[LayerId, ...]:
        """The layers of which some feature matches, in drawing order."""
        return tuple(layer for layer, count in self.by_layer.items() if count)

    @property
    def ids(self) -> list[str]:
        """Ids of the features, in the catalog's order."""
        return [str(i) for i in self.features.ids[self.mask]]

    def rank(self, feature_id: str) -> int | None:
        """Give the place of a feature in the result, from 0; None if it is not in it."""
        number = self.features.number(feature_id)
        return int(np.count_nonzero(self.mask[:number])) if self.mask[number] else None

    def id_at(self, rank: int) -> str:
        """Give the id of the feature at a place in the result; it goes round at both ends."""
        return str(self.features.ids[np.flatnonzero(self.mask)[rank % len(self)]])

    def statistics(self) -> dict[str, Any]:
        """Count the features by every facet.

        Returns:
            `count`, `total`, `filter` as parameters, and `by`: facet to code to number, zeros left out.
        """
        counts = self._engine.tally(self.mask, self.filter.year)
        return {
            "count": len(self),
            "total": len(self.features),
            "filter": self.filter.to_params(),
            "by": {
                facet: {code: number for code, number in counts[facet].items() if number}
                for facet in counts
                if facet != "source"
            },
        }

    def statuses_counted(self) -> dict[str, int]:
        """Count the features by status, that of the filter's year where it has one; zeros are left out."""
        counts = self._engine.tally(self.mask, self.filter.year)["status"]
        return {status: n for status, n in counts.items() if n}

    def totals(self) -> Totals:
        """Add up features, kilometres of line and stated cost."""
        return self._totals().add_up(self.mask)

    def stated_cost(self) -> tuple[float, int]:
        """Add up the stated costs alone: millions of US dollars, and how many features count with one."""
        return self._totals().stated(self.mask)

    def shares(self, by: str) -> Shares:
        """Share out the totals by `status`, `kind`, `country` or `builder`; countries cut lines at borders.

        Raises:
            FilterError: They are not shared out by that.
        """
        known = [code.value for code in Sharing]
        if by not in known:
            raise FilterError(f"Totals are not shared out by {by!r}. {suggest(by, known)}")
        return self._sharer().share_out(self.mask, self.filter, Sharing(by))

    def statuses(self, layer: LayerId) -> pd.Series:
        """Give the statuses of the matching features of a layer: those of the filter's year, else today's."""
        rows = self.rows(layer)
        if self.filter.year is None:
            return rows["status"]
        part = self.features.slices[layer]
        statuses = self._engine.statuses(self.filter.year)[part][self.layer_mask(layer)]
        return pd.Series(statuses, index=rows.index, name="status")

    @property
    def filter_columns(self) -> tuple[str, ...]:
        """Columns that features have only under this filter: with a year, and with a place to be near to."""
        asked = {STATUS_IN_YEAR: self.filter.year, DISTANCE.name: self.filter.near}
        return tuple(name for name, value in asked.items() if value is not None)

    def by_filter(self, layer: LayerId, places: slice = slice(None)) -> list[dict[str, Any]]:
        """Give the values of those columns for the matching features of a layer at some places."""
        numbers = np.flatnonzero(self.layer_mask(layer))[places]
        part = self.features.slices[layer]
        columns: list[list[Any]] = []
        if self.filter.year is not None:
            columns.append(self._engine.statuses(self.filter.year)[part][numbers].tolist())
        if self.filter.near is not None:
            km = self._engine.places.distances(self.filter.near)[part][numbers]
            columns.append(np.round(km, KM_DECIMALS).tolist())
        if not columns:
            return [{} for _ in numbers]
        return [dict(zip(self.filter_columns, values, strict=True)) for values in zip(*columns, strict=True)]

    def mask_of(self, layers: Iterable[LayerId]) -> Mask:
        """Boolean array over all features: those of some layers, matching or not."""
        mask = np.zeros(len(self.mask), dtype=bool)
        for layer in layers:
            mask[self.features.slices[layer]] = True
        return mask

    def layer_mask(self, layer: LayerId) -> Mask:
        """Boolean array over the features of one layer."""
        return self.mask[self.features.slices[layer]]

    def rows(self, layer: LayerId) -> pd.DataFrame:
        """Give the matching rows of a layer as text, as they stand in the table."""
        return self.features.rows[layer].loc[self.layer_mask(layer)]

    def frame(self, layer: LayerId) -> gpd.GeoDataFrame:
        """Give the matching features of a layer, typed, with geometry in EPSG:4326.

        Lists stay texts with semicolons, so that the frame can be written to any format.
        """
        import geopandas as gpd

        rows = self.rows(layer)
        columns: dict[str, Any] = {}
        for column in LAYER_TABLES[layer].fields:
            values = rows[column.name]
            if column.kind is Kind.INTEGER:
                columns[column.name] = pd.to_numeric(values).astype("Int64")
            elif column.kind is Kind.NUMBER:
                columns[column.name] = pd.to_numeric(values).astype("Float64")
            elif column.kind is Kind.BOOLEAN:
                columns[column.name] = values.map({"true": True, "false": False, "": pd.NA}).astype("boolean")
            else:
                columns[column.name] = values
        geometry = self.features.shapes[layer][self.layer_mask(layer)]
        return gpd.GeoDataFrame(columns, geometry=list(geometry), crs=CRS, index=rows.index)
