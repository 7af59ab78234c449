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

import pandas as pd
from shapely.geometry import MultiLineString

from bri_map.data.tables import LINE
from bri_map.domain.codes import codes
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.errors import DataError
from bri_map.geo.geodesic import Position, steps_between
from bri_map.i18n.sentences import quoted, say

WAYPOINT_KINDS = frozenset(codes("waypoint_kind"))
MAX_STEP_KM = 50.0
"""Longest piece between two positions of a line. A straight piece of this length, drawn in degrees or in Web
Mercator, stays within 0.2 km of the geodesic up to 70 degrees of latitude."""
LINE_DECIMALS = 4
"""About 11 m; the waypoints are known to kilometres."""


class WaypointError(DataError):
    """The waypoints do not fit the data."""


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A place that a line passes.

    Attributes:
        feature_id: The corridor, rail route or project.
        branch: Name of the branch, `main` for the only or first one.
        seq: Place in the branch, from 1.
        name: Name of the place.
        kind: What it is, one of `WAYPOINT_KINDS`.
        country: ISO 3166-1 alpha-3, empty at sea.
        lon: Longitude in degrees, WGS84.
        lat: Latitude in degrees, WGS84.
        position_note: Where the position comes from.
    """

    feature_id: str
    branch: str
    seq: int
    name: str
    kind: str
    country: str
    lon: float
    lat: float
    position_note: str


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


def waypoints_of(rows: pd.DataFrame) -> tuple[Waypoint, ...]:
    """Take waypoints from the rows of their table, sorted by feature, branch and place in the branch.

    Args:
        rows: The table as text.

    Returns:
        The waypoints; a branch comes where its first row stands in the file.

    Raises:
        WaypointError: A row is wrong, or a branch is not numbered 1, 2, 3; the message names the line.
    """
    records: list[Mapping[str, Any]] = rows.to_dict("records")  # type: ignore[assignment]
    waypoints = [_waypoint(row) for row in records]
    order = {
        key: place for place, key in enumerate(dict.fromkeys((w.feature_id, w.branch) for w in waypoints))
    }
    waypoints.sort(key=lambda w: (w.feature_id, order[w.feature_id, w.branch], w.seq))
    for (feature_id, branch), group in groupby(waypoints, key=lambda w: (w.feature_id, w.branch)):
        _check_branch(feature_id, branch, [w.seq for w in group])
    return tuple(waypoints)


def _waypoint(row: Mapping[str, Any]) -> Waypoint:
    place = f"{WAYPOINTS.path}:{row[LINE]}"
    for column in ("feature_id", "branch", "name"):
        if not row[column].strip():
            raise WaypointError(say("fault.waypoint_empty", place=place, column=column))
    if row["kind"] not in WAYPOINT_KINDS:
        known = ", ".join(sorted(WAYPOINT_KINDS))
        raise WaypointError(say("fault.waypoint_kind", place=place, value=quoted(row["kind"]), known=known))
    if not (row["seq"].isascii() and row["seq"].isdecimal()):
        raise WaypointError(say("fault.waypoint_seq", place=place, value=quoted(row["seq"])))
    return Waypoint(
        feature_id=row["feature_id"],
        branch=row["branch"],
        seq=int(row["seq"][:9]),
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        lon=_degrees(row["lon"], "lon", 180.0, place),
        lat=_degrees(row["lat"], "lat", 90.0, place),
        position_note=row["position_note"],
    )


def _degrees(text: str, column: str, limit: float, place: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:
        shown = {"place": place, "column": column, "value": quoted(text), "limit": f"{limit:g}"}
        raise WaypointError(say("fault.waypoint_degrees", **shown))
    return value


def _check_branch(feature_id: str, branch: str, numbers: Sequence[int]) -> None:
    where = {"file": WAYPOINTS.path, "id": feature_id, "branch": branch}
    if len(numbers) < 2:
        raise WaypointError(say("fault.branch_short", **where))
    for expected, number in enumerate(numbers, 1):
        if number != expected:
            raise WaypointError(say("fault.branch_order", **where, seq=number, expected=expected))


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
        WaypointError: Waypoints belong to no feature or to one that has a point, or a line has none.
    """
    routes = {
        feature_id: build_route(list(group))
        for feature_id, group in groupby(waypoints, key=lambda w: w.feature_id)
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
        waypoints: Its waypoints, each branch together and in order.

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
