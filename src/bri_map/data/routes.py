"""Build the lines of corridors, rail routes and projects from their ordered waypoints.

`geo/waypoints.csv` is edited by hand; the lines in the GeoJSON files are derived from it, points are not.
Everything here is WGS84, longitude before latitude, in degrees; lengths are geodesic, in kilometres.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from pyproj import Geod
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from bri_map.domain.codes import codes
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.domain.layers import LAYERS
from bri_map.errors import DataError

WAYPOINTS_FILE = "waypoints.csv"
WAYPOINT_COLUMNS = WAYPOINTS.column_names
WAYPOINT_KINDS = frozenset(codes("waypoint_kind"))
MAX_STEP_KM = 50.0
"""Longest piece between two positions of a line. A straight piece of this length, drawn in degrees or in Web
Mercator, stays within 0.2 km of the geodesic up to 70 degrees of latitude."""
LINE_DECIMALS = 4
"""About 11 m; the waypoints are known to kilometres."""

_GEOD = Geod(ellps="WGS84")
_Position = tuple[float, float]


class WaypointError(DataError, ValueError):
    """The waypoints cannot be read or do not fit the data."""


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


def read_waypoints(path: Path) -> tuple[Waypoint, ...]:
    """Read `waypoints.csv`, sorted by feature, branch and place in the branch.

    Args:
        path: The file.

    Returns:
        The waypoints; a branch comes where its first row stands in the file.

    Raises:
        WaypointError: The file cannot be read, or a row is wrong; the message names the line.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            header = tuple(reader.fieldnames or ())
            if header != WAYPOINT_COLUMNS:
                raise WaypointError(
                    f"{path.name}: the header is {','.join(header)!r}; write {','.join(WAYPOINT_COLUMNS)!r}."
                )
            waypoints = [_read_row(row, f"{path.name}:{reader.line_num}") for row in reader]
    except OSError as error:
        raise WaypointError(f"{path.name} cannot be read: {error.strerror}. Restore it.") from error
    except UnicodeDecodeError as error:
        raise WaypointError(f"{path.name} is not UTF-8 at byte {error.start}. Save it as UTF-8.") from error
    except csv.Error as error:
        raise WaypointError(
            f"{path.name} is not a CSV file: {error}. Correct quotes and line ends."
        ) from error
    order = {
        key: place for place, key in enumerate(dict.fromkeys((w.feature_id, w.branch) for w in waypoints))
    }
    waypoints.sort(key=lambda w: (w.feature_id, order[w.feature_id, w.branch], w.seq))
    for (feature_id, branch), group in groupby(waypoints, key=lambda w: (w.feature_id, w.branch)):
        _check_branch(f"{path.name}: {feature_id}, branch {branch}", [w.seq for w in group])
    return tuple(waypoints)


def _read_row(row: Mapping[str, Any], place: str) -> Waypoint:
    if None in row or None in row.values():
        raise WaypointError(
            f"{place}: the row has not {len(WAYPOINT_COLUMNS)} cells. Check commas and quotes."
        )
    for column in ("feature_id", "branch", "name"):
        if not row[column].strip():
            raise WaypointError(f"{place}: {column} is empty. Fill it in.")
    if row["kind"] not in WAYPOINT_KINDS:
        raise WaypointError(
            f"{place}: kind {row['kind']!r} is not one of {', '.join(sorted(WAYPOINT_KINDS))}."
        )
    try:
        seq = int(row["seq"])
    except ValueError:
        raise WaypointError(f"{place}: seq {row['seq']!r} is not a whole number.") from None
    return Waypoint(
        feature_id=row["feature_id"],
        branch=row["branch"],
        seq=seq,
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        lon=_read_degrees(row["lon"], "lon", 180.0, place),
        lat=_read_degrees(row["lat"], "lat", 90.0, place),
        position_note=row["position_note"],
    )


def _read_degrees(text: str, column: str, limit: float, place: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:
        raise WaypointError(f"{place}: {column} {text!r} is not a number from -{limit:g} to {limit:g}.")
    return value


def _check_branch(place: str, numbers: Sequence[int]) -> None:
    if len(numbers) < 2:
        raise WaypointError(f"{place}: a line needs two waypoints. Add one or remove the row.")
    for expected, number in enumerate(numbers, 1):
        if number != expected:
            raise WaypointError(
                f"{place}: seq {number} stands where {expected} belongs. Number from 1 upward."
            )


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
    parts: list[list[_Position]] = []
    for branch, group in groupby(waypoints, key=lambda w: w.branch):
        stops = list(group)
        pieces = [
            piece
            for piece in map(_round, _split(_densify([(w.lon, w.lat) for w in stops])))
            if len(piece) > 1
        ]
        if not pieces:
            raise WaypointError(
                f"{stops[0].feature_id}, branch {branch}: it has no length. Give it two different positions."
            )
        parts.extend(pieces)
    if not parts:
        raise WaypointError("A line needs waypoints; none were given.")
    return MultiLineString(parts)


def _densify(stops: Sequence[_Position]) -> list[_Position]:
    """Put positions on the geodesic between the stops, none more than `MAX_STEP_KM` from the next."""
    positions = [stops[0]]
    for (lon, lat), (next_lon, next_lat) in pairwise(stops):
        _, _, metres = _GEOD.inv(lon, lat, next_lon, next_lat)
        extra = math.ceil(metres / 1000 / MAX_STEP_KM) - 1
        if extra > 0:
            positions.extend(_GEOD.npts(lon, lat, next_lon, next_lat, extra))
        positions.append((next_lon, next_lat))
    return positions


def _split(positions: Sequence[_Position]) -> list[list[_Position]]:
    """Cut a line wherever two positions lie on either side of the antimeridian."""
    pieces: list[list[_Position]] = [[positions[0]]]
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


def _round(positions: Iterable[_Position]) -> list[_Position]:
    """Round to `LINE_DECIMALS` and drop positions that repeat the one before."""
    rounded = [(round(lon, LINE_DECIMALS) + 0.0, round(lat, LINE_DECIMALS) + 0.0) for lon, lat in positions]
    return [
        position for place, position in enumerate(rounded) if place == 0 or position != rounded[place - 1]
    ]


def length_km(line: BaseGeometry) -> float:
    """Give the geodesic length of a line in EPSG:4326, in kilometres."""
    return float(_GEOD.geometry_length(line)) / 1000


def build_geometry_files(geo_dir: Path) -> dict[str, str]:
    """Rebuild the geometry files: lines from `waypoints.csv`, points as they stand.

    Nothing is written; the caller writes the texts or compares them with the files.

    Args:
        geo_dir: The folder `geo/` of a data root; the ids of the layers come from `data/` beside it.

    Returns:
        File name, such as `rail.geojson`, to the whole text it should have.

    Raises:
        WaypointError: The waypoints are wrong, belong to no feature or to one that has a point, or a
            line has no waypoints.
        DataError: A geometry file or table cannot be read.
    """
    waypoints = read_waypoints(geo_dir / WAYPOINTS_FILE)
    routes = {
        feature_id: build_route(list(group))
        for feature_id, group in groupby(waypoints, key=lambda w: w.feature_id)
    }
    texts: dict[str, str] = {}
    placed: set[str] = set()
    for layer in LAYERS:
        name = f"{layer}.geojson"
        found = read_features(geo_dir / name)
        features = {feature["id"]: feature for feature in found}
        if len(features) < len(found):
            raise DataError(f"{name}: an id stands twice. Remove one of the two.")
        own = routes.keys() & (_read_ids(geo_dir.parent / "data" / f"{layer}.csv") | features.keys())
        if own and not LAYERS[layer].has_lines:
            raise WaypointError(f"{WAYPOINTS_FILE}: {min(own)} is a point in {name}. Remove its waypoints.")
        for feature_id, feature in features.items():
            is_point = feature["geometry"]["type"] == "Point"
            if is_point and feature_id in own:
                raise WaypointError(
                    f"{WAYPOINTS_FILE}: {feature_id} is a point in {name}. Remove its waypoints or the point."
                )
            if not is_point and feature_id not in own:
                raise WaypointError(
                    f"{name}: the line {feature_id} has no waypoints. Add them to {WAYPOINTS_FILE}."
                )
        placed |= own
        features |= {feature_id: _line_feature(feature_id, routes[feature_id]) for feature_id in own}
        texts[name] = feature_collection_text(features.values())
    strays = sorted(routes.keys() - placed)
    if strays:
        raise WaypointError(f"{WAYPOINTS_FILE}: {strays[0]} is no feature of any layer. Correct the id.")
    return texts


def _line_feature(feature_id: str, route: MultiLineString) -> dict[str, Any]:
    coordinates = [[list(position) for position in part.coords] for part in route.geoms]
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": {"type": "MultiLineString", "coordinates": coordinates},
        "properties": {},
    }


def read_features(path: Path) -> list[dict[str, Any]]:
    """Read the features of a geometry file as they stand.

    Raises:
        DataError: The file cannot be read, or a feature lacks id or geometry.
    """
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        if not all(isinstance(f["id"], str) and f["geometry"]["type"] for f in features):
            raise DataError(f"{path.name} has a feature without id or geometry. Complete it.")
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror}. Restore it.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path.name} is no GeoJSON with ids: {error}. Correct it.") from error
    return list(features)


def _read_ids(path: Path) -> set[str]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return {row.get("id") or "" for row in csv.DictReader(stream)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"data/{path.name} cannot be read: {error}. Restore it.") from error


def feature_collection_text(features: Iterable[Mapping[str, Any]]) -> str:
    """Write features as an RFC 7946 FeatureCollection: sorted by id, one a line, no blanks, final newline.

    Args:
        features: GeoJSON features with an `id`; coordinates are written as they are.

    Returns:
        The text of the file.
    """
    lines = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in sorted(features, key=lambda feature: str(feature["id"]))
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
