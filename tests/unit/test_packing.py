"""The layer files, parsed back as the browser reads them."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

import bri_map
from bri_map.catalog import Catalog
from bri_map.domain.codes import codes
from bri_map.domain.layers import LAYERS
from bri_map.domain.vocabulary import Layer
from bri_map.geo.mercator import world_units
from bri_map.maps import packing
from bri_map.maps.packing import pack_layer, pack_mask, unpack_mask
from tests.builders import Root

VOCABULARY = {"corridors": "corridor_kind", "rail": "rail_kind", "projects": "sector", "parks": "type"}


@dataclass
class Parsed:
    """A layer file, read field by field in the documented order."""

    features: int
    points: npt.NDArray[np.float32]
    point_feature: list[int]
    parts: list[npt.NDArray[np.float32]]
    part_feature: list[int]
    channels: list[list[int]]


def parse(data: bytes) -> Parsed:
    """Read a layer file; fails when a byte is missing or left over."""
    magic, features, points, parts, vertices, channels, *zero = struct.unpack_from("<8I", data)
    assert data[:4] == b"BRL1"
    assert magic == packing.MAGIC
    assert zero == [0, 0]
    at = 32

    def take(kind: str, count: int) -> npt.NDArray[np.generic]:
        nonlocal at
        array = np.frombuffer(data, dtype=kind, count=count, offset=at)
        at += array.nbytes
        return array

    px, py = take("<f4", points), take("<f4", points)
    point_feature = take("<u4", points).tolist()
    vx, vy = take("<f4", vertices), take("<f4", vertices)
    start = take("<u4", parts + 1).tolist()
    part_feature = take("<u4", parts).tolist()
    values = [take("u1", features).tolist() for _ in range(channels)]
    assert at == len(data)
    assert start[0] == 0
    assert start[-1] == vertices
    xy = np.column_stack((vx, vy))
    return Parsed(
        features,
        np.column_stack((px, py)),
        point_feature,
        [xy[a:b] for a, b in pairwise(start)],
        part_feature,
        values,
    )


def projected(line: shapely.Geometry) -> npt.NDArray[np.float32]:
    """Give the vertices of a geometry in world units."""
    xy = shapely.get_coordinates(line)
    return np.column_stack(world_units(xy[:, 0], xy[:, 1]))


@pytest.mark.parametrize("layer", Layer)
class TestShippedLayer:
    def test_every_position_arrives(self, layer: Layer, catalog: Catalog) -> None:
        parsed = parse(pack_layer(catalog, layer).data)
        geometry = catalog.geometry(layer)
        assert parsed.features == len(geometry)
        expected = [(i, part) for i, shape in enumerate(geometry)
                    if shape is not None and shape.geom_type != "Point"
                    for part in shapely.get_parts(shape)]  # fmt: skip
        assert parsed.part_feature == [i for i, _ in expected]
        for part, (_, line) in zip(parsed.parts, expected, strict=True):
            np.testing.assert_array_equal(part, projected(line))
        for i, xy in zip(parsed.point_feature, parsed.points, strict=True):
            if geometry[i].geom_type == "Point":
                np.testing.assert_array_equal([xy], projected(geometry[i]))

    def test_codes_arrive(self, layer: Layer, catalog: Catalog) -> None:
        packed = pack_layer(catalog, layer)
        rating = ("green_rating",) if layer is Layer.PROJECTS else ()
        assert packed.channels == (LAYERS[layer].kind_column, "status", "precision", *rating)
        names = (VOCABULARY[layer], "status", "precision", *rating)
        rows = catalog.rows(layer)
        for column, name, values in zip(packed.channels, names, parse(packed.data).channels, strict=True):
            assert [codes(name)[value] for value in values] == rows[column].tolist()

    def test_names_arrive(self, layer: Layer, catalog: Catalog) -> None:
        (chunk,) = pack_layer(catalog, layer).names
        rows = catalog.rows(layer)
        assert json.loads(chunk) == {
            "en": rows["name"].tolist(),
            "zh": rows["name_zh"].where(rows["name_zh"] != "", rows["name"]).tolist(),
        }

    def test_everything_lies_in_the_unit_square(self, layer: Layer, catalog: Catalog) -> None:
        parsed = parse(pack_layer(catalog, layer).data)
        for array in (parsed.points, *parsed.parts):
            assert ((array >= 0) & (array <= 1)).all()


def test_layers_of_points_mark_each_feature_once(catalog: Catalog) -> None:
    for layer in (Layer.PARKS, Layer.PROJECTS):
        parsed = parse(pack_layer(catalog, layer).data)
        located = [i for i, shape in enumerate(catalog.geometry(layer)) if shape is not None]
        assert parsed.point_feature == located
        assert len(located) > parsed.features / 2


def test_layers_of_lines_have_no_marks(catalog: Catalog) -> None:
    for layer in (Layer.RAIL, Layer.CORRIDORS):
        assert parse(pack_layer(catalog, layer).data).point_feature == []


def test_a_line_among_points_is_marked_in_the_middle_of_its_longest_part(small: Root, tmp_path: Path) -> None:
    small.geometry["projects"]["mekong-cable"] = {
        "type": "MultiLineString",
        "coordinates": [[[10, 0], [11, 0]], [[20, 0], [24, 0]], [[30, 0], [31, 0]]],
    }
    catalog = bri_map.load(small.write(tmp_path))
    parsed = parse(pack_layer(catalog, Layer.PROJECTS).data)
    index = catalog.position("mekong-cable")[1]
    mark = parsed.points[parsed.point_feature.index(index)]
    np.testing.assert_allclose(mark, [(22 + 180) / 360, 0.5], atol=1e-6)


def test_names_travel_in_chunks(small_catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "NAMES_CHUNK", 3)
    chunks = [json.loads(chunk)["en"] for chunk in pack_layer(small_catalog, Layer.PROJECTS).names]
    assert chunks == [["Fiji Road", "Khorgos Hub", "Mekong Cable"], ["Nam Dam"]]


def test_a_layer_without_features(small: Root, tmp_path: Path) -> None:
    small.tables["parks"] = []
    small.geometry["parks"] = {}
    gone = {"fiji-zone", "lao-farm", "rayong-zone"}
    for rows in small.tables.values():
        rows[:] = [row for row in rows if not gone & {row.get("feature_id"), row.get("other_id")}]
    small.tables["retired"] = []
    catalog = bri_map.load(small.write(tmp_path))
    assert parse(pack_layer(catalog, Layer.PARKS).data).features == 0
    assert catalog.select(bri_map.Filter()).by_layer[Layer.PARKS] == 0
    assert len(catalog) == 8


@given(nps.arrays(bool, st.integers(0, 70)))
def test_a_mask_comes_back(mask: npt.NDArray[np.bool_]) -> None:
    np.testing.assert_array_equal(unpack_mask(pack_mask(mask), len(mask)), mask)


@pytest.mark.parametrize(
    ("mask", "packed"),
    [
        ([True, True], True),
        ([False, False], False),
        ([True, False, False, False, False, False, False, False, True, False], "AQE="),
        ([False, True, True], "Bg=="),
    ],
)
def test_bit_i_is_feature_i_lowest_first(mask: list[bool], packed: str | bool) -> None:
    assert pack_mask(np.array(mask)) == packed
