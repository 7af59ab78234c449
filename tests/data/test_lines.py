"""Every line of the data set, drawn: short legs, on its side of the coast, in its countries, never back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pyproj import Geod
from shapely.geometry import shape

from bri_map.data.basemap import read_topology
from bri_map.data.files import RootFiles
from bri_map.data.follows import followed
from bri_map.data.routes import build_route
from bri_map.data.tables import read_table
from bri_map.data.waypoints import Waypoint, waypoints_of
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.geo.territories import Territories
from bri_map.report import Report
from tests.conftest import ROOT

GEOD = Geod(ellps="WGS84")
BY_AIR = {"air-silk-road", "shenzhen-addis-ababa-cold-chain-air-route"}
"""Great circles over whatever lies below them."""
LONGEST_KM, WATER_KM, STRAY_KM, SHARPEST, TURN_KM = 60, 5, 5, 110, 5
OF_ROUTES = {
    "china-europe-land-sea-express-line": "hungary-serbia-railway",
    "china-indochina-peninsula-economic-corridor": "china-laos-railway",
    "china-mongolia-russia-economic-corridor": "cr-express-central-corridor",
    "china-myanmar-economic-corridor": "muse-mandalay-railway",
    "china-pakistan-economic-corridor": "ml-1-karachi-peshawar",
    "cr-express-eastern-corridor": "cr-express-central-corridor",
    "new-eurasian-land-bridge": "cr-express-western-corridor",
    "new-international-land-sea-trade-corridor": "chongqing-qinzhou-rail-sea-train",
}
"""Lines and one of those whose track they share."""


@pytest.fixture(scope="module")
def land() -> Territories:
    return Territories(read_topology(ROOT / "geo" / "basemap" / "countries-50m.json"))


@pytest.fixture(scope="module")
def places() -> tuple[Waypoint, ...]:
    return followed(waypoints_of(read_table(RootFiles(ROOT), WAYPOINTS, Report()).frame))


def branches(places: tuple[Waypoint, ...]) -> Iterator[list[Waypoint]]:
    for (feature_id, _), group in groupby(places, key=lambda w: (w.feature_id, w.branch)):
        if feature_id not in BY_AIR:
            yield list(group)


def legs_on_land(places: tuple[Waypoint, ...]) -> Iterator[tuple[str, Waypoint, Waypoint, float]]:
    for branch in branches(places):
        for start, end in pairwise(branch):
            if "sea-point" not in {start.kind, end.kind}:
                km = GEOD.inv(start.lon, start.lat, end.lon, end.lat)[2] / 1000
                yield f"{end.feature_id} {end.branch}: {start.name} to {end.name}", start, end, km


def drawn() -> Iterator[tuple[dict[str, str], Any]]:
    """Give the rows of all lines with what is drawn for them."""
    for layer in LAYERS:
        table = pd.read_csv(ROOT / LAYER_TABLES[layer].path, dtype=str, keep_default_na=False)
        rows = {row["id"]: row for row in table.to_dict("records")}
        body = json.loads((ROOT / "geo" / f"{layer}.geojson").read_text("utf-8"))
        for feature in body["features"]:
            if (feature["geometry"] or {}).get("type") == "MultiLineString":
                yield rows[feature["id"]], shape(feature["geometry"])


def vertices(feature_id: str) -> set[tuple[float, float]]:
    (line,) = [line for row, line in drawn() if row["id"] == feature_id]
    return {position for part in line.geoms for position in part.coords}


def test_legs_on_land_are_short(places: tuple[Waypoint, ...]) -> None:
    legs = list(legs_on_land(places))
    assert len(legs) > 3000
    long = [f"{name}, {km:.0f} km" for name, _, end, km in legs if km > LONGEST_KM and end.way != "straight"]
    assert not long, "\n".join(long)


def test_what_is_long_and_straight_is_rare(places: tuple[Waypoint, ...]) -> None:
    straight = {
        (s.name, e.name) for _, s, e, km in legs_on_land(places) if e.way == "straight" and km > LONGEST_KM
    }
    assert 0 < len(straight) < 130


def test_lines_on_land_stay_on_land(places: tuple[Waypoint, ...], land: Territories) -> None:
    wet = []
    for name, start, end, km in legs_on_land(places):
        if end.way != "over-water" and not end.follows:
            water = km - sum(land.crossed_km(build_route([start, end])).values())
            wet += [f"{name}, {water:.0f} km"] if water > WATER_KM else []
    assert not wet, "\n".join(wet)


def test_no_line_turns_back(places: tuple[Waypoint, ...]) -> None:
    back = []
    for branch in branches(places):
        for start, turn, end in zip(branch, branch[1:], branch[2:], strict=False):
            at_sea = turn.kind == "port" or "sea-point" in {start.kind, turn.kind, end.kind}
            first = GEOD.inv(turn.lon, turn.lat, start.lon, start.lat)
            second = GEOD.inv(turn.lon, turn.lat, end.lon, end.lat)
            sharp = 180 - abs((first[0] - second[0] + 180) % 360 - 180)
            if sharp > SHARPEST and min(first[2], second[2]) > TURN_KM * 1000 and not at_sea:
                back += [f"{turn.feature_id}: {turn.name}, {sharp:.0f}"] if turn.way != "turns-back" else []
    assert not back, "\n".join(back)


def test_lines_stay_in_the_countries_that_they_name(land: Territories) -> None:
    strays = []
    for row, line in drawn():
        if row["id"] in BY_AIR or row.get("kind") == "maritime-route":
            continue
        own = set(row["countries"].split(";"))
        strays += [
            f"{row['id']}: {km:.0f} km in {country}"
            for country, km in land.crossed_km(line).items()
            if km > STRAY_KM and country not in own
        ]
    assert not strays, "\n".join(strays)


@pytest.mark.parametrize(("corridor", "route"), OF_ROUTES.items())
def test_lines_on_one_track_share_its_vertices(corridor: str, route: str) -> None:
    shared = vertices(corridor) & vertices(route)
    assert len(shared) >= 10


def test_what_is_followed_is_drawn_alike(places: tuple[Waypoint, ...]) -> None:
    """Every place that came in from another line stands on that line."""
    own = {(w.feature_id, w.branch): [] for w in places}
    for w in places:
        own[w.feature_id, w.branch].append((w.name, w.lon, w.lat))
    for w in places:
        if w.follows:
            feature_id, _, branch = w.follows.partition("/")
            assert (w.name, w.lon, w.lat) in own[feature_id, branch or "main"]


def test_the_whole_file_is_read() -> None:
    lines = Path(ROOT / WAYPOINTS.path).read_text("utf-8").count("\n") - 1
    assert lines == len(waypoints_of(read_table(RootFiles(ROOT), WAYPOINTS, Report()).frame))
