"""The places that lines pass, as `geo/waypoints.csv` gives them.

WGS84, longitude before latitude, in degrees. Nothing here opens a file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from bri_map.data.tables import LINE
from bri_map.domain.codes import codes
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.errors import DataError
from bri_map.i18n.sentences import quoted, say

WAYPOINT_KINDS = frozenset(codes("waypoint_kind"))
WAYS = frozenset(codes("way"))


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
        follows: The line that is followed from the place before to this one: the id of its feature, and its
            branch after a slash unless that is `main`; empty where the way goes straight.
        way: What the way to this place is, one of `WAYS`; empty where nothing is special.
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
    follows: str = ""
    way: str = ""


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
    if row["way"] and row["way"] not in WAYS:
        known = ", ".join(sorted(WAYS))
        raise WaypointError(say("fault.waypoint_way", place=place, value=quoted(row["way"]), known=known))
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
        follows=row["follows"],
        way=row["way"],
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
