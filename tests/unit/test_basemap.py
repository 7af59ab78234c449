"""The packed basemap: land where land is, borders between countries only, no streaks, honest errors."""

from __future__ import annotations

import csv
import functools
import json
import math
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bri_map.errors import DataError
from bri_map.geo.mercator import world_units
from bri_map.geo.topology import read_topology, unwrap
from bri_map.maps import basemap as module
from bri_map.maps.basemap import (
    MAX_CELL,
    MAX_LINE_VERTICES,
    pack_basemap,
    pack_countries,
    pack_labels,
    read_country_names,
)

BASEMAP = Path(__file__).parents[2] / "geo" / "basemap"
Detail = Literal["50m", "10m"]
DETAILS: tuple[Detail, ...] = ("50m", "10m")


@dataclass(frozen=True)
class Group:
    """One group of paths as the browser reads it."""

    start: npt.NDArray[np.uint32]
    bbox: npt.NDArray[np.float32]
    x: npt.NDArray[np.float32]
    y: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.start) - 1

    def path(self, i: int) -> npt.NDArray[np.float64]:
        part = slice(int(self.start[i]), int(self.start[i + 1]))
        return np.column_stack((self.x[part], self.y[part])).astype(np.float64)

    def segments(self) -> npt.NDArray[np.float64]:
        """Every segment of the lines as rows of x, y, x, y."""
        joined = np.column_stack((self.x[:-1], self.y[:-1], self.x[1:], self.y[1:]))
        inside = np.ones(len(joined), dtype=bool)
        inside[self.start[1:-1].astype(int) - 1] = False
        return joined[inside].astype(np.float64)


def unpack(data: bytes) -> tuple[Group, Group, Group]:
    """Read the three groups: fill, borders, coasts."""
    assert data[:4] == b"BRB1"
    sizes = struct.unpack_from("<6I", data, 4)
    at = 28
    groups = []

    def block(kind: str, length: int) -> npt.NDArray[Any]:
        nonlocal at
        assert at % 4 == 0
        values = np.frombuffer(data, kind, length, at)
        at += values.nbytes
        return values

    for paths, vertices in zip(sizes[::2], sizes[1::2], strict=True):
        start = block("<u4", paths + 1)
        bbox = block("<f4", 4 * paths).reshape(-1, 4)
        groups.append(Group(start, bbox, block("<f4", vertices), block("<f4", vertices)))
    assert at == len(data)
    fill, borders, coasts = groups
    return fill, borders, coasts


@functools.cache
def shipped(detail: Detail) -> bytes:
    """Pack the shipped basemap once for all tests."""
    return pack_basemap(BASEMAP, detail)


@pytest.fixture(scope="module", params=DETAILS)
def packed(request: pytest.FixtureRequest) -> tuple[Group, Group, Group]:
    return unpack(shipped(request.param))


def world(lon: float, lat: float) -> tuple[float, float]:
    x, y = world_units(np.array([lon]), np.array([lat]))
    return float(x[0]), float(y[0])


def crossings(fill: Group, lon: float, lat: float) -> int:
    """How many edges a ray eastward from a place crosses, of the pieces that a browser would draw there."""
    x, y = world(lon, lat)
    count = 0
    for i in np.flatnonzero((fill.bbox[:, 1] <= y) & (fill.bbox[:, 3] >= y) & (fill.bbox[:, 2] >= x)):
        ring = fill.path(int(i))
        following = np.roll(ring, -1, axis=0)
        across = (ring[:, 1] > y) != (following[:, 1] > y)
        a, b = ring[across], following[across]
        count += int((a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]) > x).sum())
    return count


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
def test_land_is_filled(packed: tuple[Group, Group, Group], place: str) -> None:
    assert crossings(packed[0], *LAND[place]) % 2 == 1


@pytest.mark.parametrize("place", WATER)
def test_water_is_not(packed: tuple[Group, Group, Group], place: str) -> None:
    assert crossings(packed[0], *WATER[place]) % 2 == 0


def test_every_capital_of_a_landlocked_country_lies_on_land(packed: tuple[Group, Group, Group]) -> None:
    places = {"ULN": (106.9, 47.9), "KTM": (85.3, 27.7), "LPB": (-68.1, -16.5), "NDJ": (15.0, 12.1)}
    assert all(crossings(packed[0], *place) % 2 == 1 for place in places.values())


def test_coordinates_are_finite_and_inside_the_world(packed: tuple[Group, Group, Group]) -> None:
    for group in packed:
        for values in (group.x, group.y, group.bbox):
            assert np.isfinite(values).all()
            assert values.min() >= 0.0
            assert values.max() <= 1.0


def test_bounding_boxes_are_those_of_the_paths(packed: tuple[Group, Group, Group]) -> None:
    for group in packed:
        starts = group.start[:-1].astype(int)
        for column, (bound, values) in enumerate(
            ((np.minimum, group.x), (np.minimum, group.y), (np.maximum, group.x), (np.maximum, group.y))
        ):
            np.testing.assert_array_equal(group.bbox[:, column], bound.reduceat(values, starts))


def test_pieces_of_land_are_small_and_lines_are_short(packed: tuple[Group, Group, Group]) -> None:
    fill, borders, coasts = packed
    assert (np.diff(fill.start) >= 3).all()
    assert (fill.bbox[:, 2:] - fill.bbox[:, :2]).max() <= MAX_CELL
    for group in (borders, coasts):
        lengths = np.diff(group.start)
        assert lengths.min() >= 2
        assert lengths.max() <= MAX_LINE_VERTICES


def test_no_stroke_streaks_across_the_map(packed: tuple[Group, Group, Group]) -> None:
    """The longest true segment is the border along the 49th parallel, 0.077 of the world."""
    for group in packed[1:]:
        segments = group.segments()
        assert np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]).max() < 0.08


def test_no_stroke_runs_along_the_antimeridian_or_the_edge(packed: tuple[Group, Group, Group]) -> None:
    for group in packed[1:]:
        segments = group.segments()
        for edge in (0.0, 1.0):
            assert not ((segments[:, 0] == edge) & (segments[:, 2] == edge)).any()
            assert not ((segments[:, 1] == edge) & (segments[:, 3] == edge)).any()


def test_no_segment_is_both_coast_and_border(packed: tuple[Group, Group, Group]) -> None:
    _, borders, coasts = packed

    def keys(group: Group) -> set[tuple[tuple[float, float], tuple[float, float]]]:
        rows = group.segments().tolist()
        return {(min((a, b), (c, d)), max((a, b), (c, d))) for a, b, c, d in rows if (a, b) != (c, d)}

    shared = keys(borders) & keys(coasts)
    assert len(shared) <= 0.001 * len(keys(borders)), "only specks that quantization flattened may coincide"


def nearest(group: Group, lon: float, lat: float) -> float:
    """Distance from a place to the nearest vertex of a group, in world units."""
    x, y = world(lon, lat)
    return float(np.hypot(group.x - x, group.y - y).min())


def test_borders_lie_between_countries_and_coasts_by_the_sea(packed: tuple[Group, Group, Group]) -> None:
    _, borders, coasts = packed
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


def test_fill_has_the_area_of_the_rings(packed: tuple[Group, Group, Group]) -> None:
    """Pieces do not overlap: their areas add up to that of land in mercator, 38 % of the square."""
    fill = packed[0]
    total = 0.0
    for i in range(len(fill)):
        ring = fill.path(i)
        following = np.roll(ring, -1, axis=0)
        total += abs(float((ring[:, 0] * following[:, 1] - following[:, 0] * ring[:, 1]).sum())) / 2
    assert total == pytest.approx(0.3845, abs=0.001)


@pytest.mark.parametrize("detail", DETAILS)
def test_packing_is_deterministic(detail: Detail) -> None:
    assert pack_basemap(BASEMAP, detail) == shipped(detail)


def test_packed_files_stay_small() -> None:
    assert len(shipped("50m")) < 1_500_000
    assert len(shipped("10m")) < 5_000_000
    assert len(pack_labels(BASEMAP)) < 500_000


# --- countries ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Countries:
    """Land country by country, as the browser reads it."""

    fill: Group
    country: npt.NDArray[np.uint32]
    codes: list[str]

    def at(self, lon: float, lat: float) -> set[str]:
        """Give the countries that a place lies in."""
        found = set()
        for number, code in enumerate(self.codes):
            mine = np.flatnonzero(self.country == number)
            if len(mine) and sum(self._crossings(int(i), lon, lat) for i in mine) % 2:
                found.add(code)
        return found

    def _crossings(self, i: int, lon: float, lat: float) -> int:
        x, y = world(lon, lat)
        low_x, low_y, high_x, high_y = self.fill.bbox[i]
        if not (low_x <= x <= high_x and low_y <= y <= high_y):
            return 0
        ring = self.fill.path(i)
        following = np.roll(ring, -1, axis=0)
        across = (ring[:, 1] > y) != (following[:, 1] > y)
        a, b = ring[across], following[across]
        return int((a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]) > x).sum())


@functools.cache
def shipped_countries(detail: Detail) -> bytes:
    return pack_countries(BASEMAP, detail)


def unpack_countries(data: bytes) -> Countries:
    assert data[:4] == b"BRC1"
    paths, vertices, countries = struct.unpack_from("<3I", data, 4)
    at = 16

    def block(kind: str, length: int) -> npt.NDArray[Any]:
        nonlocal at
        values = np.frombuffer(data, kind, length, at)
        at += values.nbytes
        return values

    start = block("<u4", paths + 1)
    bbox = block("<f4", 4 * paths).reshape(-1, 4)
    fill = Group(start, bbox, block("<f4", vertices), block("<f4", vertices))
    country = block("<u4", paths)
    codes = [block("S4", 1)[0].decode("ascii") for _ in range(countries)]
    assert at == len(data)
    return Countries(fill, country, codes)


@pytest.mark.parametrize("detail", DETAILS)
def test_a_place_lies_in_its_country(detail: Detail) -> None:
    countries = unpack_countries(shipped_countries(detail))
    places = {
        "CHN": (103.0, 35.0),
        "LAO": (102.6, 18.3),
        "RUS": (-175.0, 66.8),
        "LSO": (28.3, -29.5),
        "ZAF": (24.0, -29.0),
        "ATA": (60.0, -82.0),
        "IDN": (113.0, -1.0),
    }
    for code, place in places.items():
        assert countries.at(*place) == {code}
    assert countries.at(*WATER["Indian Ocean"]) == set()
    assert len([code for code in countries.codes if code]) == len({code for code in countries.codes if code})


def test_every_place_on_land_lies_in_one_country_and_none_at_sea() -> None:
    countries = unpack_countries(shipped_countries("50m"))
    fill = unpack(shipped("50m"))[0]
    random = np.random.default_rng(5)
    for lon, lat in zip(random.uniform(-180, 180, 400), random.uniform(-85, 85, 400), strict=True):
        assert len(countries.at(lon, lat)) == crossings(fill, lon, lat) % 2, (lon, lat)


def test_files_of_countries_stay_small() -> None:
    assert len(shipped_countries("50m")) < 1_500_000
    assert len(shipped_countries("10m")) < 5_000_000


# --- cutting -----------------------------------------------------------------------------------------


def area(ring: npt.NDArray[np.float64]) -> float:
    """The signed area of a ring; connecting edges of a cut cancel in it."""
    following = np.roll(ring, -1, axis=0)
    return float((ring[:, 0] * following[:, 1] - following[:, 0] * ring[:, 1]).sum() / 2)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.floats(0.2, 1.0), min_size=3, max_size=40),
    st.floats(0.0, 1.0),
    st.floats(0.15, 0.85),
    st.floats(0.001, 0.14),
)
def test_cutting_keeps_the_area(spokes: list[float], x: float, y: float, size: float) -> None:
    """A star of any shape, also across the antimeridian, loses and gains nothing by being cut."""
    angles = np.linspace(0, 2 * math.pi, len(spokes), endpoint=False)
    star = np.column_stack(
        (x + size * np.array(spokes) * np.cos(angles), y + size * np.array(spokes) * np.sin(angles))
    )
    pieces = list(module._cut(star))
    assert sum(map(area, pieces)) == pytest.approx(area(star), abs=2e-6)
    assert all(np.ptp(piece, axis=0).max() <= MAX_CELL for piece in pieces)


def test_a_line_across_the_antimeridian_is_cut_there() -> None:
    line = unwrap(np.array([[0.98, 0.5], [0.99, 0.5], [0.01, 0.5], [0.02, 0.5]]))
    parts = list(module._strokes(line))
    assert [part[:, 0].round(6).tolist() for part in parts] == [[0.98, 0.99, 1.0], [0.0, 0.01, 0.02]]


# --- labels ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def labels() -> dict[str, list[list[Any]]]:
    loaded: dict[str, list[list[Any]]] = json.loads(pack_labels(BASEMAP))
    return loaded


def test_labels_are_complete_and_in_order(labels: dict[str, list[list[Any]]]) -> None:
    assert set(labels) == {"countries", "towns"}
    for entries, length in ((labels["countries"], 5), (labels["towns"], 6)):
        assert all(len(entry) == length for entry in entries)
        assert all(entry[0] and 0 <= entry[2] <= 1 and 0 <= entry[3] <= 1 for entry in entries)
        zooms = [entry[4] for entry in entries]
        assert zooms == sorted(zooms)
    assert {entry[5] for entry in labels["towns"]} == {0, 1}
    assert min(entry[4] for entry in labels["towns"]) == 4
    assert 6_000 <= len(labels["towns"]) <= 9_000


def test_countries_are_named_in_both_languages_on_their_land(
    labels: dict[str, list[list[Any]]], packed: tuple[Group, Group, Group]
) -> None:
    names = {entry[0]: entry for entry in labels["countries"]}
    assert all(entry[1] for entry in labels["countries"])
    assert names["China"][1] == "中国"
    assert names["Laos"][1] == "老挝"
    for name in ("China", "Laos", "Norway", "France", "Russia", "Indonesia", "Chile", "Vietnam", "Croatia"):
        x, y = names[name][2:4]
        lat = math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi)))
        assert crossings(packed[0], x * 360 - 180, lat) % 2 == 1, name


def test_towns_have_sound_names(labels: dict[str, list[list[Any]]]) -> None:
    names = {entry[0]: entry for entry in labels["towns"]}
    expected = {
        "Beijing": "北京",
        "Ürümqi": "乌鲁木齐",
        "Vientiane": "万象",
        "Gwadar": "瓜达尔",
        "Kaohsiung": "高雄",
        "Singapore": "新加坡",
    }
    assert {name: names[name][1] for name in expected} == expected
    for name_zh in (entry[1] for entry in labels["towns"] if entry[1]):
        assert not set(name_zh) & set("徳鶏営竜塩條縣灣區廣東"), name_zh
    capitals = {entry[0] for entry in labels["towns"] if entry[5]}
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
        ("countries-50m.json", lambda folder: pack_countries(folder, "50m")),
        ("countries.csv", pack_labels),
        ("countries.csv", read_country_names),
        ("towns.csv", pack_labels),
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
    shutil.copy(BASEMAP / "towns.csv", tmp_path)
    text = f"iso3,name,name_zh,lon,lat,min_zoom\nLAO,Laos,老挝,103.0,19.0,5\n{row}\n"
    (tmp_path / "countries.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"countries\.csv, line 3"):
        pack_labels(tmp_path)


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
