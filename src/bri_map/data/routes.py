"""Build the lines of corridors, rail routes and projects from their ordered waypoints.

`geo/waypoints.csv` is edited by hand; the lines in the GeoJSON files are derived from it, points are not.
Everything here is WGS84, longitude before latitude, in degrees. Nothing here opens a file.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from shapely.geometry import MultiLineString

from bri_map.data.follows import followed
from bri_map.data.waypoints import Waypoint, WaypointError
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.geo.geodesic import Position, steps_between
from bri_map.i18n.sentences import say

MAX_STEP_KM = 50.0
"""Longest piece between two positions of a line. A straight piece of this length, drawn in degrees or in Web
Mercator, stays within 0.2 km of the geodesic up to 70 degrees of latitude."""
LINE_DECIMALS = 4
"""About 11 m; the waypoints are known to kilometres."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What a layer has before its lines are built.

    Attributes:
        ids: Ids of its table and of its geometry file.
        points: Ids that have a point in the geometry file.
        lines: Ids that have a line there.
    """

    ids: Collection[str] = frozenset()
    points: Collection[str] = frozenset()
    lines: Collection[str] = frozenset()


def build_routes(
    waypoints: Sequence[Waypoint], placed: Mapping[LayerId, Placed]
) -> dict[LayerId, dict[str, MultiLineString]]:
    """Build every line.

    Args:
        waypoints: The waypoints, each feature together.
        placed: What each layer has.

    Returns:
        Layer to id to line, in EPSG:4326.

    Raises:
        WaypointError: Waypoints belong to no feature or to one that has a point, a line has none, or a line
            cannot follow another one.
    """
    routes = {
        feature_id: build_route(list(group))
        for feature_id, group in groupby(followed(waypoints), key=lambda w: w.feature_id)
    }
    built: dict[LayerId, dict[str, MultiLineString]] = {}
    for layer, there in placed.items():
        own = sorted(routes.keys() & set(there.ids))
        points = own if not LAYERS[layer].has_lines else [i for i in own if i in there.points]
        if points:
            raise WaypointError(
                say("fault.waypoints_of_point", file=WAYPOINTS.path, id=points[0], layer=layer)
            )
        bare = sorted(set(there.lines) - routes.keys())
        if bare:
            raise WaypointError(
                say("fault.line_without_waypoints", file=WAYPOINTS.path, id=bare[0], layer=layer)
            )
        built[layer] = {feature_id: routes[feature_id] for feature_id in own}
    strays = sorted(routes.keys() - {feature_id for lines in built.values() for feature_id in lines})
    if strays:
        raise WaypointError(say("fault.waypoints_stray", file=WAYPOINTS.path, id=strays[0]))
    return built


def build_route(waypoints: Sequence[Waypoint]) -> MultiLineString:
    """Build the line of one feature.

    Args:
        waypoints: Its waypoints, each branch together and in order, those of followed lines among them.

    Returns:
        One part for each branch along geodesics, and one more for each time the branch crosses the
        antimeridian (RFC 7946, 3.1.9). EPSG:4326, rounded to `LINE_DECIMALS`.

    Raises:
        WaypointError: A branch has fewer than two different positions.
    """
    parts: list[list[Position]] = []
    for branch, group in groupby(waypoints, key=lambda w: w.branch):
        stops = list(group)
        pieces = [
            piece
            for piece in map(_round, _split(_densify([(w.lon, w.lat) for w in stops])))
            if len(piece) > 1
        ]
        if not pieces:
            raise WaypointError(say("fault.branch_length", id=stops[0].feature_id, branch=branch))
        parts.extend(pieces)
    if not parts:
        raise WaypointError(say("fault.route_empty"))
    return MultiLineString(parts)


def _densify(stops: Sequence[Position]) -> list[Position]:
    """Put positions on the geodesic between the stops, none more than `MAX_STEP_KM` from the next."""
    positions = [stops[0]]
    for stop, following in pairwise(stops):
        positions += [*steps_between(stop, following, MAX_STEP_KM), following]
    return positions


def _split(positions: Sequence[Position]) -> list[list[Position]]:
    """Cut a line wherever two positions lie on either side of the antimeridian."""
    pieces: list[list[Position]] = [[positions[0]]]
    for (lon, lat), (next_lon, next_lat) in pairwise(positions):
        if abs(next_lon - lon) > 180.0:
            edge = math.copysign(180.0, lon)
            to_edge = abs(edge - lon)
            whole = to_edge + abs(-edge - next_lon)
            crossing = lat + (next_lat - lat) * (to_edge / whole if whole else 0.0)
            pieces[-1].append((edge, crossing))
            pieces.append([(-edge, crossing)])
        pieces[-1].append((next_lon, next_lat))
    return pieces


def _round(positions: Iterable[Position]) -> list[Position]:
    """Round to `LINE_DECIMALS` and drop positions that repeat the one before."""
    rounded = [(round(lon, LINE_DECIMALS) + 0.0, round(lat, LINE_DECIMALS) + 0.0) for lon, lat in positions]
    return [
        position for place, position in enumerate(rounded) if place == 0 or position != rounded[place - 1]
    ]


def line_feature(feature_id: str, route: MultiLineString) -> dict[str, Any]:
    """Give a built line as a GeoJSON feature."""
    coordinates = [[list(position) for position in part.coords] for part in route.geoms]
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": {"type": "MultiLineString", "coordinates": coordinates},
        "properties": {},
    }
