"""The features as columns, numbered through all layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry.base import BaseGeometry

from bri_map.data.columns import arrow, is_sorted, places
from bri_map.data.feature_ids import FeatureIds
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.vocabulary import RecordStatus
from bri_map.errors import FeatureNotFoundError
from bri_map.query.ids import CurrentIds


@dataclass(frozen=True, slots=True)
class Features:
    """The features that a catalog shows, in the order of `LAYERS` and by id inside a layer.

    Attributes:
        known: Ids of all features, in order, to be looked up.
        slices: Where each layer's features lie in that order.
        rows: Layer to its table as text, sorted by id. Read-only by agreement.
        shapes: Layer to its geometry in EPSG:4326, longitude first, in the order of its rows.
        current_ids: Each id, and each retired one with a successor, to the id that stands for it now.
    """

    known: FeatureIds
    slices: Mapping[LayerId, slice]
    rows: Mapping[LayerId, pd.DataFrame]
    shapes: Mapping[LayerId, npt.NDArray[np.object_]]
    current_ids: CurrentIds

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame], geometry: Mapping[LayerId, pd.Series]) -> Features:
        """Take the published features out of the tables of a data root.

        Args:
            tables: Name to table, as text.
            geometry: Layer to its shapes by id, in EPSG:4326.
        """
        rows: dict[LayerId, pd.DataFrame] = {}
        shapes: dict[LayerId, npt.NDArray[np.object_]] = {}
        for layer, table in LAYER_TABLES.items():
            frame = tables[table.name].loc[:, list(table.column_names)]
            is_shown = (frame["record"] == RecordStatus.PUBLISHED).to_numpy()
            frame = frame if is_shown.all() else frame[is_shown]
            in_order = is_sorted(frame["id"])
            rows[layer] = (
                frame.reset_index(drop=True) if in_order else frame.sort_values("id", ignore_index=True)
            )
            shapes[layer] = _in_order_of(rows[layer]["id"], geometry[layer])
        return cls.of_rows(rows, shapes, tables["retired"])

    @classmethod
    def of_rows(
        cls,
        rows: Mapping[LayerId, pd.DataFrame],
        shapes: Mapping[LayerId, npt.NDArray[np.object_]],
        retired: pd.DataFrame,
    ) -> Features:
        """Number the features of all layers.

        Args:
            rows: Layer to its table as text, sorted by id.
            shapes: Layer to its geometry in EPSG:4326, in the order of its rows.
            retired: The table of retired ids, as text.
        """
        slices: dict[LayerId, slice] = {}
        start = 0
        for layer, frame in rows.items():
            slices[layer] = slice(start, start + len(frame))
            start += len(frame)
        ids = FeatureIds([frame["id"] for frame in rows.values()])
        return cls(ids, slices, rows, shapes, CurrentIds(ids, retired))

    def __len__(self) -> int:
        return len(self.known)

    def __contains__(self, feature_id: object) -> bool:
        return feature_id in self.known

    @property
    def ids(self) -> pd.Index:
        """Ids of all features, in order."""
        return self.known.index

    def row(self, layer: LayerId, index: int) -> dict[str, str]:
        """Give the cells of the feature at a place in a layer by column."""
        frame = self.rows[layer]
        return {str(name): str(frame[name].array[index]) for name in frame.columns}

    def every_shape(self) -> npt.NDArray[np.object_]:
        """Give the geometry of all features in EPSG:4326, in order."""
        return np.concatenate(list(self.shapes.values()))

    def cells(self, column: str) -> list[pd.Series]:
        """Give a column of every layer as text, layer after layer; empty where a layer has no such column."""
        return [
            frame[column] if column in frame else pd.Series("", index=frame.index, dtype="str")
            for frame in self.rows.values()
        ]

    def numbers(self, feature_ids: pd.Series) -> npt.NDArray[np.intp]:
        """Give the number of each feature among all, -1 for ids that are not shown."""
        return self.known.numbers(feature_ids)

    def number(self, feature_id: str) -> int:
        """Give the place of a feature among all features.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        found = self.known.number(feature_id)
        if found is None:
            raise FeatureNotFoundError(self.current_ids.explain(feature_id))
        return found

    def place_of(self, number: int) -> tuple[LayerId, int]:
        """Give the layer of a feature by its number, and its place in that layer.

        Raises:
            IndexError: There is no such number.
        """
        for layer, part in self.slices.items():
            if part.start <= number < part.stop:
                return layer, number - part.start
        raise IndexError(number)

    def position(self, feature_id: str) -> tuple[LayerId, int]:
        """Give the layer of a feature and its place in that layer.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        return self.place_of(self.number(feature_id))

    def id_at(self, layer: LayerId, index: int) -> str:
        """Give the id of the feature at a place in a layer.

        Raises:
            FeatureNotFoundError: The layer has no such place.
        """
        part = self.slices[layer]
        if not 0 <= index < part.stop - part.start:
            raise FeatureNotFoundError(f"The layer {layer} has no feature number {index}.")
        return self.known[part.start + index]

    def geometry_of(self, feature_id: str) -> BaseGeometry | None:
        """Give the geometry of a feature in EPSG:4326; None where only its country is known.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        layer, index = self.position(feature_id)
        geometry: BaseGeometry | None = self.shapes[layer][index]
        return geometry


def _in_order_of(ids: pd.Series, shapes: pd.Series) -> npt.NDArray[np.object_]:
    """Give the shapes of some features, None where there is none."""
    found = places(ids, arrow(shapes.index))
    is_there = found >= 0
    result: npt.NDArray[np.object_] = np.full(len(found), None, dtype=object)
    result[is_there] = shapes.to_numpy()[found[is_there]]
    return result
