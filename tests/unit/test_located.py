"""Features without a place on the map: told apart, listed, and no reason to fail."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import shapely

import bri_map
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.vocabulary import Layer
from bri_map.geo.mercator import is_located
from bri_map.maps.packing import pack_layer
from tests.builders import Root
from tests.unit.test_packing import parse

LOST = {
    "fiji-zone": None,
    "lao-farm": shapely.Point(),
    "nam-dam": shapely.Point(10.0, 88.0),
}


def with_shapes(catalog: Catalog, shapes: Mapping[LayerId, npt.NDArray[np.object_]]) -> Catalog:
    """Put other shapes in the place of those of a catalog."""
    catalog.features = replace(catalog.features, shapes=shapes)
    return catalog


@pytest.fixture
def broken(small: Root, tmp_path: Path) -> Catalog:
    """A catalog of which three features have lost their place; one cable has an empty line."""
    catalog = bri_map.load(small.write(tmp_path))
    shapes = {layer: catalog.geometry(layer).copy() for layer in LAYERS}
    for feature_id, shape in LOST.items():
        layer, index = catalog.position(feature_id)
        shapes[layer][index] = shape
    return with_shapes(catalog, shapes)


@pytest.mark.parametrize(
    ("shape", "located"),
    [
        (None, False),
        (shapely.Point(), False),
        (shapely.LineString(), False),
        (shapely.Point(math.nan, 3.0), False),
        (shapely.Point(10.0, 86.0), False),
        (shapely.Point(10.0, -85.2), False),
        (shapely.Point(-180.0, 85.0), True),
        (shapely.LineString([(0, 80), (0, 89)]), True),
        (shapely.LineString([(0, 86), (5, 89)]), False),
    ],
)
def test_what_has_a_place(shape: shapely.Geometry | None, located: bool) -> None:
    array = np.empty(1, dtype=object)
    array[0] = shape
    assert is_located(array).tolist() == [located]


def test_no_shapes_at_all() -> None:
    assert is_located(np.empty(0, dtype=object)).tolist() == []


def test_what_is_known_to_a_country_only_has_no_place_and_all_else_has(catalog: Catalog) -> None:
    lost = catalog.unlocated(catalog.select(Filter()))
    assert lost == [i for i in catalog.ids if catalog.get(str(i)).values["precision"] == "country"]
    assert len(lost) > 100


def test_the_lost_are_listed_in_order(broken: Catalog) -> None:
    everything = broken.select(Filter())
    assert broken.unlocated(everything) == [i for i in broken.ids if i in LOST]
    parks = broken.select(Filter(layer={"parks"}))
    assert set(broken.unlocated(parks)) == {"fiji-zone", "lao-farm"}


@pytest.mark.parametrize("layer", Layer)
def test_a_layer_with_lost_features_is_packed_without_their_marks(broken: Catalog, layer: Layer) -> None:
    parsed = parse(pack_layer(broken, layer).data)
    ids = list(broken.rows(layer)["id"])
    assert parsed.features == len(ids)
    marked = {ids[i] for i in [*parsed.point_feature, *parsed.part_feature]}
    assert marked == set(ids) - set(LOST)
    assert all(np.isfinite(points).all() for points in [parsed.points, *parsed.parts])


def test_a_layer_without_any_place_is_packed(broken: Catalog) -> None:
    shapes = {layer: np.full(len(broken.rows(layer)), None, dtype=object) for layer in LAYERS}
    parsed = parse(pack_layer(with_shapes(broken, shapes), Layer.PARKS).data)
    assert (parsed.point_feature, parsed.part_feature) == ([], [])
    assert parsed.features == len(broken.rows(Layer.PARKS))
