"""Ships and cables stay on water: no leg at sea crosses land, but for short ends at ports."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, Polygon

from bri_map.catalog.routes import Waypoint, build_route, length_km, read_waypoints
from bri_map.maps.topology import Topology, read_topology

GEO = Path(__file__).parents[2] / "geo"
END_KM = 20
"""How much land a leg may cross where it ends ashore: harbours lie in bays that the 1:50m coast closes."""
SEA_KM = 0.5
"""How much between two points at sea: islets and the coarseness of the coast."""


class Land:
    """The polygons of the 1:50m basemap, found by place."""

    def __init__(self, topology: Topology) -> None:
        polygons = [
            translate(polygon, xoff=by)
            for territory in topology.territories
            for rings in territory.polygons
            for polygon in [Polygon(*self._rings(topology, rings))]
            for by in (-360.0, 0.0, 360.0)
            if polygon.bounds[0] + by < 180 and polygon.bounds[2] + by > -180
        ]
        self._tree = shapely.STRtree(shapely.make_valid(np.array(polygons, dtype=object)))

    @staticmethod
    def _rings(
        topology: Topology, rings: tuple[tuple[int, ...], ...]
    ) -> tuple[npt.NDArray[np.float64], list[npt.NDArray[np.float64]]]:
        """Give exterior and holes in degrees; a ring over the antimeridian goes on beyond 180."""
        shell, *holes = (
            np.vstack([topology.arcs[arc] if arc >= 0 else topology.arcs[~arc][::-1] for arc in ring])
            for ring in rings
        )
        unwrapped = np.column_stack([np.unwrap(shell[:, 0], period=360), shell[:, 1]])
        return (unwrapped if abs(unwrapped[0, 0] - unwrapped[-1, 0]) < 1 else shell), holes

    def crossed_km(self, line: shapely.Geometry) -> float:
        """How much of a line lies on land, in kilometres."""
        near = self._tree.geometries[self._tree.query(line, predicate="intersects")]
        pieces = [shapely.intersection(line, polygon) for polygon in near]
        lines = [
            part for piece in pieces for part in shapely.get_parts(piece) if isinstance(part, LineString)
        ]
        return sum(length_km(part) for part in lines)


@pytest.fixture(scope="module")
def land() -> Land:
    return Land(read_topology(GEO / "basemap" / "countries-50m.json"))


def sea_legs() -> list[tuple[Waypoint, Waypoint]]:
    waypoints = read_waypoints(GEO / "waypoints.csv")
    return [
        leg
        for _, branch in groupby(waypoints, key=lambda w: (w.feature_id, w.branch))
        for leg in pairwise(branch)
        if "sea-point" in {leg[0].kind, leg[1].kind}
    ]


def test_legs_at_sea_stay_on_water(land: Land) -> None:
    legs = sea_legs()
    assert len(legs) > 150
    ashore = []
    for start, end in legs:
        both_at_sea = start.kind == end.kind == "sea-point"
        km = land.crossed_km(build_route([start, end]))
        if km > (SEA_KM if both_at_sea else END_KM):
            ashore.append(f"{start.feature_id} {start.branch}: {start.name} to {end.name}, {km:.0f} km")
    assert not ashore, "\n".join(ashore)


def test_points_at_sea_lie_at_sea(land: Land) -> None:
    ends = {point for leg in sea_legs() for point in leg if point.kind == "sea-point"}
    tiny = 1e-4
    aground = [
        f"{w.feature_id} {w.branch} {w.seq} {w.name}"
        for w in ends
        if land.crossed_km(LineString([(w.lon, w.lat), (w.lon + tiny, w.lat)])) > 0
    ]
    assert not aground, "\n".join(aground)


def test_the_land_is_there(land: Land) -> None:
    """The checks above would pass on an empty map."""
    assert land.crossed_km(LineString([(10.0, 50.0), (11.0, 50.0)])) == pytest.approx(71.7, abs=0.5)
    assert land.crossed_km(LineString([(-30.0, 0.0), (-29.0, 0.0)])) == 0
    assert land.crossed_km(LineString([(51.0, 42.0), (51.1, 42.0)])) == 0  # the Caspian Sea
