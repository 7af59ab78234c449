"""Ships and cables stay on water: no leg at sea crosses land, but for short ends at ports."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

import pytest
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from bri_map.data.basemap import read_topology
from bri_map.data.files import RootFiles
from bri_map.data.follows import followed
from bri_map.data.routes import build_route
from bri_map.data.tables import read_table
from bri_map.data.waypoints import Waypoint, waypoints_of
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.geo.territories import Territories
from bri_map.report import Report

GEO = Path(__file__).parents[2] / "geo"
END_KM = 10
"""How much land a leg may cross where it ends ashore: harbours lie in bays that the 1:50m coast closes."""
SEA_KM = 0.5
"""How much between two points at sea: islets and the coarseness of the coast."""


@pytest.fixture(scope="module")
def land() -> Territories:
    return Territories(read_topology(GEO / "basemap" / "countries-50m.json"))


def on_land_km(land: Territories, line: BaseGeometry) -> float:
    return sum(land.crossed_km(line).values())


def sea_legs() -> list[tuple[Waypoint, Waypoint]]:
    waypoints = followed(waypoints_of(read_table(RootFiles(GEO.parent), WAYPOINTS, Report()).frame))
    return [
        leg
        for _, branch in groupby(waypoints, key=lambda w: (w.feature_id, w.branch))
        for leg in pairwise(branch)
        if "sea-point" in {leg[0].kind, leg[1].kind}
    ]


def test_legs_at_sea_stay_on_water(land: Territories) -> None:
    legs = sea_legs()
    assert len(legs) > 150
    ashore = []
    for start, end in legs:
        both_at_sea = start.kind == end.kind == "sea-point"
        km = on_land_km(land, build_route([start, end]))
        if km > (SEA_KM if both_at_sea else END_KM):
            ashore.append(f"{start.feature_id} {start.branch}: {start.name} to {end.name}, {km:.0f} km")
    assert not ashore, "\n".join(ashore)


def test_points_at_sea_lie_at_sea(land: Territories) -> None:
    ends = {point for leg in sea_legs() for point in leg if point.kind == "sea-point"}
    tiny = 1e-4
    aground = [
        f"{w.feature_id} {w.branch} {w.seq} {w.name}"
        for w in ends
        if on_land_km(land, LineString([(w.lon, w.lat), (w.lon + tiny, w.lat)])) > 0
    ]
    assert not aground, "\n".join(aground)


def test_the_land_is_there(land: Territories) -> None:
    """The checks above would pass on an empty map."""
    assert on_land_km(land, LineString([(10.0, 50.0), (11.0, 50.0)])) == pytest.approx(71.7, abs=0.5)
    assert on_land_km(land, LineString([(-30.0, 0.0), (-29.0, 0.0)])) == 0
    assert on_land_km(land, LineString([(51.0, 42.0), (51.1, 42.0)])) == 0  # the Caspian Sea
