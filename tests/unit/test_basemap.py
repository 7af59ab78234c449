"""The packed basemap: land where land is, borders between countries only, no streaks, honest errors."""

from __future__ import annotations

import csv
import functools
import gzip
import itertools
import json
import math
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_map.data.basemap import read_topology
from bri_map.errors import DataError
from bri_map.geo.mercator import world_units
from bri_map.maps import basemap as module
from bri_map.maps.basemap import BORDER, COAST, GRID, MAX_VERTICES, Detail, pack_basemap
from bri_map.maps.labels import pack_country_labels, pack_town_labels, read_country_names

BASEMAP = Path(__file__).parents[2] / "geo" / "basemap"
DETAILS: tuple[Detail, ...] = ("50m", "10m")
FIRST_VIEW_BYTES = 250_000
"""What the basemap of the first view may weigh, compressed."""

Line = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Packed:
    """The file as the browser reads it."""

    codes: list[str]
    bodies: list[list[Line]]
    lines: list[Line]
    kinds: npt.NDArray[np.uint8]

    def of_kind(self, kind: int) -> list[Line]:
        return [line for line, one in zip(self.lines, self.kinds.tolist(), strict=True) if one == kind]

    def at(self, lon: float, lat: float) -> set[str]:
        """Give the countries that a place lies in."""
        pairs = zip(self.codes[1:], self.bodies[1:], strict=True)
        return {code for code, body in pairs if crossings(body, lon, lat) % 2}


def unpack(data: bytes) -> Packed:
    """Read the file, each ring joined and closed."""
    assert data[:4] == b"BRT1"
    grid, bodies, rings, uses, arcs, vertices, x_bytes, y_bytes = struct.unpack_from("<8I", data, 4)
    at = 36

    def block(kind: str, length: int) -> npt.NDArray[Any]:
        nonlocal at
        values = np.frombuffer(data, kind, length, at)
        at += values.nbytes
        return values

    codes = [code.decode("ascii") for code in block("S4", bodies).tolist()]
    first_ring, first_use = block("<u4", bodies + 1), block("<u4", rings + 1)
    used, start, kinds = block("<i4", uses), block("<u4", arcs + 1), block("u1", arcs)
    x = read_varints(block("u1", x_bytes)).cumsum() / grid
    y = read_varints(block("u1", y_bytes)).cumsum() / grid
    assert at == len(data)
    assert len(x) == len(y) == vertices
    vertex = np.column_stack((x, y))
    lines = [vertex[a:b] for a, b in itertools.pairwise(start.tolist())]

    def ring(number: int) -> Line:
        parts: list[Line] = []
        for use in used[first_use[number] : first_use[number + 1]].tolist():
            part = lines[use] if use >= 0 else lines[~use][::-1]
            if parts:
                part = np.add(part, (round(parts[-1][-1, 0] - part[0, 0]), 0.0))
                np.testing.assert_array_equal(part[0], parts[-1][-1])
            parts.append(part)
        joined = np.vstack([part[:-1] for part in parts] + [parts[-1][-1:]])
        if abs(joined[-1, 0] - joined[0, 0]) > 0.5:
            edge = 1.0 if joined[:, 1].mean() > 0.5 else 0.0
            joined = np.vstack((joined, (joined[-1, 0], edge), (joined[0, 0], edge), joined[0]))
        np.testing.assert_array_equal(joined[0], joined[-1])
        return joined

    spans = zip(first_ring[:-1].tolist(), first_ring[1:].tolist(), strict=True)
    return Packed(codes, [[ring(i) for i in range(a, b)] for a, b in spans], lines, kinds)


def read_varints(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    values, value, shift = [], 0, 0
    for byte in data.tolist():
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append((value >> 1) ^ -(value & 1))
            value = shift = 0
    return np.array(values, dtype=np.int64)


@functools.cache
def shipped(detail: Detail) -> bytes:
    """Pack the shipped basemap once for all tests."""
    return pack_basemap(BASEMAP, detail)


@functools.cache
def unpacked(detail: Detail) -> Packed:
    return unpack(shipped(detail))


@pytest.fixture(scope="module", params=DETAILS)
def packed(request: pytest.FixtureRequest) -> Packed:
    return unpacked(request.param)


def world(lon: float, lat: float) -> tuple[float, float]:
    x, y = world_units(np.array([lon]), np.array([lat]))
    return float(x[0]), float(y[0])


def crossings(rings: list[Line], lon: float, lat: float) -> int:
    """How many edges of closed rings a ray eastward from a place crosses, in the worlds where they lie."""
    x, y = world(lon, lat)
    count = 0
    for ring in rings:
        if not ring[:, 1].min() <= y <= ring[:, 1].max():
            continue
        a, b = ring[:-1], ring[1:]
        across = (a[:, 1] > y) != (b[:, 1] > y)
        a, b = a[across], b[across]
        met = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
        count += sum(int((met > x + turn).sum()) for turn in (-1, 0, 1))
    return count


def segments(lines: list[Line]) -> npt.NDArray[np.float64]:
    """Every segment of some lines as rows of x, y, x, y."""
    return np.vstack([np.hstack((line[:-1], line[1:])) for line in lines])


LAND = {
    "Beijing": (116.4, 39.9),
    "Vientiane": (102.6, 18.0),
    "Nairobi": (36.8, -1.3),
    "Alma-Ata": (76.9, 43.2),
    "Chukotka, west of the antimeridian": (177.0, 67.5),
    "Chukotka, east of it": (-175.0, 66.8),
    "Wrangel Island": (-179.6, 71.2),
    "South Pole plateau": (60.0, -82.0),
    "Antarctica by the antimeridian": (179.9, -84.9),
    "Honshu": (138.5, 36.2),
    "Lesotho, a country inside another": (28.3, -29.5),
    "on the grid line of 0 degrees in Algeria": (0.0001, 28.0),
}
WATER = {
    "Pacific": (-150.0, 0.0),
    "Pacific at the antimeridian": (180.0, 0.0),
    "Bering Sea": (179.0, 58.0),
    "Indian Ocean": (80.0, -20.0),
    "Caspian Sea": (51.0, 41.5),
    "South China Sea": (114.0, 14.0),
    "Arctic Ocean": (90.0, 84.9),
    "Bay of Bengal": (88.0, 15.0),
}


@pytest.mark.parametrize("place", LAND)
def test_land_is_filled(packed: Packed, place: str) -> None:
    assert crossings(packed.bodies[0], *LAND[place]) % 2 == 1


@pytest.mark.parametrize("place", WATER)
def test_water_is_not(packed: Packed, place: str) -> None:
    assert crossings(packed.bodies[0], *WATER[place]) % 2 == 0


def test_every_capital_of_a_landlocked_country_lies_on_land(packed: Packed) -> None:
    places = {"ULN": (106.9, 47.9), "KTM": (85.3, 27.7), "LPB": (-68.1, -16.5), "NDJ": (15.0, 12.1)}
    assert all(crossings(packed.bodies[0], *place) % 2 == 1 for place in places.values())


def test_arcs_are_short_and_lie_in_the_first_world_or_run_on_into_the_next(packed: Packed) -> None:
    for line in packed.lines:
        assert 2 <= len(line) <= MAX_VERTICES
        assert 0.0 <= line[:, 0].min() <= line[:, 0].max() < 2.0
        assert 0.0 <= line[:, 1].min() <= line[:, 1].max() <= 1.0


def test_no_stroke_streaks_across_the_map(packed: Packed) -> None:
    """The longest true segment is the border along the 49th parallel, 0.077 of the world."""
    for kind in (BORDER, COAST):
        found = segments(packed.of_kind(kind))
        assert np.hypot(found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]).max() < 0.08


def test_no_stroke_runs_along_the_antimeridian_or_the_edge(packed: Packed) -> None:
    for kind in (BORDER, COAST):
        found = segments(packed.of_kind(kind))
        assert not ((found[:, 0] == found[:, 2]) & (found[:, 0] % 1 == 0)).any()
        for edge in (0.0, 1.0):
            assert not ((found[:, 1] == edge) & (found[:, 3] == edge)).any()


def test_no_segment_is_both_coast_and_border(packed: Packed) -> None:
    def keys(kind: int) -> set[tuple[tuple[float, float], tuple[float, float]]]:
        rows = segments(packed.of_kind(kind)).tolist()
        return {(min((a, b), (c, d)), max((a, b), (c, d))) for a, b, c, d in rows if (a, b) != (c, d)}

    shared = keys(BORDER) & keys(COAST)
    assert len(shared) <= 0.001 * len(keys(BORDER)), "only specks that quantization flattened may coincide"


def nearest(lines: list[Line], lon: float, lat: float) -> float:
    """Distance from a place to the nearest vertex of some lines, in world units."""
    x, y = world(lon, lat)
    vertices = np.vstack(lines)
    return float(np.hypot(vertices[:, 0] - x, vertices[:, 1] - y).min())


def test_borders_lie_between_countries_and_coasts_by_the_sea(packed: Packed) -> None:
    borders, coasts = packed.of_kind(BORDER), packed.of_kind(COAST)
    near, far = 0.3 / 360, 1.0 / 360
    assert nearest(borders, 101.69, 21.17) < near, "Boten, between Laos and China"
    assert nearest(borders, 80.42, 44.21) < near, "Khorgos, between China and Kazakhstan"
    assert nearest(coasts, 101.69, 21.17) > far
    assert nearest(coasts, 61.6, 25.2) < near, "the coast by Gwadar and Jiwani"
    assert nearest(borders, 140.5, 36.0) > far, "no border on the coast of Japan"
    assert nearest(borders, 63.3, 46.0) > far, "no border round Baikonur"


def test_laos_and_china_share_a_border_and_no_coast() -> None:
    for detail in DETAILS:
        topology = read_topology(BASEMAP / f"countries-{detail}.json")
        count, users = topology.uses()
        assert any(by == {"LAO", "CHN"} for by in users)
        assert not any(by == {"LAO"} and n % 2 for by, n in zip(users, count.tolist(), strict=True))


def test_countries_make_up_the_land() -> None:
    """They neither overlap nor leave any of it out."""
    packed = unpacked("50m")
    random = np.random.default_rng(5)
    inside = 0
    for lon, lat in zip(random.uniform(-180, 180, 100), random.uniform(-60, 85, 100), strict=True):
        on_land = crossings(packed.bodies[0], lon, lat) % 2
        assert len(packed.at(lon, lat)) == on_land, (lon, lat)
        inside += on_land
    assert inside > 20


@pytest.mark.parametrize("detail", DETAILS)
def test_packing_is_deterministic(detail: Detail) -> None:
    assert pack_basemap(BASEMAP, detail) == shipped(detail)


def test_the_basemap_of_the_first_view_travels_light() -> None:
    files = (shipped("50m"), pack_country_labels(BASEMAP))
    assert sum(len(gzip.compress(body, 6)) for body in files) <= FIRST_VIEW_BYTES


def test_what_nearer_views_need_stays_small() -> None:
    assert len(gzip.compress(shipped("10m"), 6)) < 700_000
    assert len(pack_town_labels(BASEMAP)) < 500_000


def test_a_place_lies_in_its_country(packed: Packed) -> None:
    places = {
        "CHN": (103.0, 35.0),
        "LAO": (102.6, 18.3),
        "RUS": (-175.0, 66.8),
        "LSO": (28.3, -29.5),
        "ZAF": (24.0, -29.0),
        "ATA": (60.0, -82.0),
        "IDN": (113.0, -1.0),
        "KAZ": (63.3, 46.0),
    }
    for code, place in places.items():
        assert packed.at(*place) == {code}
    assert packed.at(*WATER["Indian Ocean"]) == set()
    codes = [code for code in packed.codes if code]
    assert len(codes) == len(set(codes)) > 200


# --- parts of it ---------------------------------------------------------------------------------------


@given(st.lists(st.integers(-(2**30), 2**30) | st.integers(-70, 70), max_size=50))
def test_varints_say_what_was_written(values: list[int]) -> None:
    written = module._varints(np.array(values, dtype=np.int64))
    np.testing.assert_array_equal(read_varints(np.frombuffer(written, "u1")), values)


def test_what_lies_straight_between_its_neighbours_is_left_out_and_spikes_are_not() -> None:
    line = np.array([[0, 0], [5, 0], [5, 0], [9, 0], [4, 0], [4, 3], [4, 7], [4, 7]])
    assert module._thin(line).tolist() == [[0, 0], [9, 0], [4, 0], [4, 7]]


def test_an_arc_along_the_antimeridian_is_hidden_there() -> None:
    grid = GRID["50m"]
    line = np.array([[grid - 9, 5], [grid, 7], [grid, 90], [grid + 4, 95]])
    parts = [(part.tolist(), is_seen) for part, is_seen in module._runs(line, grid)]
    assert parts == [
        ([[grid - 9, 5], [grid, 7]], True),
        ([[grid, 7], [grid, 90]], False),
        ([[grid, 90], [grid + 4, 95]], True),
    ]


def test_a_long_arc_is_parted_and_its_parts_share_their_ends() -> None:
    line = np.column_stack((np.arange(1000), np.arange(1000) % 2 + 3))
    parts = [part for part, _ in module._runs(line, GRID["50m"])]
    assert max(map(len, parts)) <= MAX_VERTICES
    assert np.vstack([parts[0], *(part[1:] for part in parts[1:])]).tolist() == line.tolist()


# --- labels ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def labels() -> dict[str, list[list[Any]]]:
    return {
        "countries": json.loads(pack_country_labels(BASEMAP))["places"],
        "towns": json.loads(pack_town_labels(BASEMAP))["places"],
    }


def test_labels_are_complete_and_in_order(labels: dict[str, Any]) -> None:
    for entries, length in ((labels["countries"], 4), (labels["towns"], 5)):
        assert all(len(entry) == length for entry in entries)
        assert all(entry[0][0] and 0 <= entry[1] <= 1 and 0 <= entry[2] <= 1 for entry in entries)
        zooms = [entry[3] for entry in entries]
        assert zooms == sorted(zooms)
    assert {entry[4] for entry in labels["towns"]} == {0, 1}
    assert min(entry[3] for entry in labels["towns"]) == 4
    assert 6_000 <= len(labels["towns"]) <= 9_000


def test_countries_are_named_in_both_languages_on_their_land(labels: dict[str, Any], packed: Packed) -> None:
    names = {entry[0][0]: entry for entry in labels["countries"]}
    assert all(entry[0][1] for entry in labels["countries"])
    assert names["China"][0][1] == "中国"
    assert names["Laos"][0][1] == "老挝"
    for name in ("China", "Laos", "Norway", "France", "Russia", "Indonesia", "Chile", "Vietnam", "Croatia"):
        x, y = names[name][1:3]
        lat = math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi)))
        assert crossings(packed.bodies[0], x * 360 - 180, lat) % 2 == 1, name


def test_towns_have_sound_names(labels: dict[str, Any]) -> None:
    names = {entry[0][0]: entry for entry in labels["towns"]}
    expected = {
        "Beijing": "北京",
        "Ürümqi": "乌鲁木齐",
        "Vientiane": "万象",
        "Gwadar": "瓜达尔",
        "Kaohsiung": "高雄",
        "Singapore": "新加坡",
    }
    assert {name: names[name][0][1] for name in expected} == expected
    for name_zh in (entry[0][1] for entry in labels["towns"]):
        assert not set(name_zh) & set("徳鶏営竜塩條縣灣區廣東"), name_zh
    capitals = {entry[0][0] for entry in labels["towns"] if entry[4]}
    assert {"Beijing", "Islamabad", "Kuala Lumpur", "Astana", "La Paz"} <= capitals
    assert not {"Shanghai", "Jerusalem", "Karachi"} & capitals


@pytest.mark.parametrize("zoom", range(4, 10))
def test_towns_of_a_zoom_keep_apart(zoom: int) -> None:
    with (BASEMAP / "towns.csv").open(encoding="utf-8", newline="") as file:
        shown = [row for row in csv.DictReader(file) if int(row["min_zoom"]) <= zoom]
    shown.sort(key=lambda row: float(row["lon"]))
    x, y = world_units(
        np.array([float(row["lon"]) for row in shown]), np.array([float(row["lat"]) for row in shown])
    )
    spots = np.column_stack((x, y)).astype(np.float64) * 256 * 2**zoom
    major = np.array([row["is_capital"] == "true" or int(row["population"]) >= 2_000_000 for row in shown])
    for i, spot in enumerate(spots):
        last = int(np.searchsorted(spots[:, 0], spot[0] + 71.0))
        distance = np.hypot(*(spots[i + 1 : last] - spot).T)
        assert (distance > np.where(major[i + 1 : last] | major[i], 35.0, 71.0)).all(), shown[i]["name"]


# --- faults ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("countries-50m.json", lambda folder: pack_basemap(folder, "50m")),
        ("countries-10m.json", lambda folder: pack_basemap(folder, "10m")),
        ("countries.csv", pack_country_labels),
        ("countries.csv", read_country_names),
        ("towns.csv", pack_town_labels),
    ],
)
@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"type": "Topology"}', "name\nLaos\n"])
def test_a_missing_or_malformed_file_is_named(
    tmp_path: Path, name: str, pack: Callable[[Path], bytes], text: str | None
) -> None:
    for table in ("countries.csv", "towns.csv"):
        shutil.copy(BASEMAP / table, tmp_path)
    (tmp_path / name).unlink(missing_ok=True)
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=name.replace(".", r"\.")):
        pack(tmp_path)


@pytest.mark.parametrize(
    "row",
    [
        "CHN,China,中国,196.0,35.0,2",
        "CHN,China,中国,here,35.0,2",
        "CHN,,中国,98.0,35.0,2",
        "CHN,China,中国,98.0,35.0,",
        "CHN,China",
    ],
)
def test_a_faulty_row_is_named_with_its_line(tmp_path: Path, row: str) -> None:
    text = f"iso3,name,name_zh,lon,lat,min_zoom\nLAO,Laos,老挝,103.0,19.0,5\n{row}\n"
    (tmp_path / "countries.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"countries\.csv, line 3"):
        pack_country_labels(tmp_path)


def test_an_open_outline_is_an_error(tmp_path: Path) -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "objects": {
            "countries": {
                "geometries": [{"type": "Polygon", "properties": {"iso3": "AAA", "name": "A"}, "arcs": [[0]]}]
            }
        },
        "arcs": [[[0, 0], [100, 0], [0, 100]]],
    }
    (tmp_path / "countries-50m.json").write_text(json.dumps(topology), encoding="utf-8")
    with pytest.raises(DataError, match="not closed"):
        pack_basemap(tmp_path, "50m")
