"""World units against known values of spherical web mercator."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from bri_map import browser
from bri_map.geo.mercator import MAX_LATITUDE, world_units

HALF_WORLD_M = math.pi * 6378137.0
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)


@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"),
    [
        (0.0, 0.0, 0.5, 0.5),
        (-180.0, 0.0, 0.0, 0.5),
        (180.0, 0.0, 1.0, 0.5),
        (0.0, MAX_LATITUDE, 0.5, 0.0),
        (0.0, -MAX_LATITUDE, 0.5, 1.0),
        (90.0, 66.51326044311186, 0.75, 0.25),
        (0.0, 90.0, 0.5, 0.0),
        (0.0, -90.0, 0.5, 1.0),
    ],
)
def test_known_places(lon: float, lat: float, x: float, y: float) -> None:
    got = world_units(np.array([lon]), np.array([lat]))
    np.testing.assert_allclose(np.array(got).ravel(), [x, y], atol=1e-7)


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_it_is_epsg_3857_scaled_to_the_unit_square(lon: float, lat: float) -> None:
    east, north = TO_METRES.transform(lon, lat)
    x, y = world_units(np.array([lon]), np.array([lat]))
    assert x[0] == pytest.approx((east / HALF_WORLD_M + 1) / 2, abs=1e-6)
    assert y[0] == pytest.approx((1 - north / HALF_WORLD_M) / 2, abs=1e-6)


def test_values_are_little_endian_floats_of_four_bytes() -> None:
    x, y = world_units(np.array([1.0]), np.array([1.0]))
    assert x.dtype == y.dtype == np.dtype("<f4")


def test_the_scripts_know_the_same_northern_edge() -> None:
    script = Path(browser.__file__).parent / "core" / "projection.js"
    (edge,) = re.findall(r"MAX_LATITUDE = ([\d.]+);", script.read_text("utf-8"))
    assert float(edge) == MAX_LATITUDE
