"""Lines that follow other lines: two corridors on one track are drawn through the same places.

A waypoint may say which line is followed from the place before to it. Both places then are places of that
line, by name and position, and the places of that line between the two come in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bri_map.data.waypoints import Waypoint, WaypointError
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.domain.ways import Way
from bri_map.i18n.sentences import say

MAIN = "main"
"""The branch that is followed where none is named."""
_Branch = tuple[str, str]
"""Id of a feature and name of a branch."""


def followed(waypoints: Sequence[Waypoint]) -> tuple[Waypoint, ...]:
    """Put the places of followed lines between the places that name them.

    Args:
        waypoints: The waypoints of all lines, each branch together and in order.

    Returns:
        The same with what comes in, which bears the feature, the branch, the number and the followed line of
        the waypoint after it; its way is that on the followed line.

    Raises:
        WaypointError: A line that is followed is not there or does not pass one of the two places, or lines
            follow each other in a circle.
    """
    lines = _Lines(waypoints)
    return tuple(waypoint for branch in lines.branches for waypoint in lines.whole(branch, ()))


class _Lines:
    """All lines, each made whole when it is first asked for."""

    def __init__(self, waypoints: Sequence[Waypoint]) -> None:
        self.branches: Mapping[_Branch, list[Waypoint]] = {
            branch: list(group)
            for branch, group in groupby(waypoints, key=lambda w: (w.feature_id, w.branch))
        }
        self._whole: dict[_Branch, list[Waypoint]] = {}

    def whole(self, branch: _Branch, asking: tuple[_Branch, ...]) -> list[Waypoint]:
        """Give the places of a branch with those of the lines that it follows.

        Args:
            branch: The branch.
            asking: The branches that wait for it.

        Raises:
            WaypointError: It cannot follow a line, or waits for itself.
        """
        if branch not in self._whole:
            places: list[Waypoint] = []
            for waypoint in self.branches[branch]:
                if waypoint.follows:
                    places += self._between(places, waypoint, (*asking, branch))
                else:
                    places.append(waypoint)
            self._whole[branch] = places
        return self._whole[branch]

    def _between(
        self, before: Sequence[Waypoint], waypoint: Waypoint, asking: tuple[_Branch, ...]
    ) -> list[Waypoint]:
        """Give the places of a followed line after the last place, and the next one at their end."""
        if not before:
            raise _fault("fault.follow_first", waypoint)
        feature_id, _, name = waypoint.follows.partition("/")
        other = (feature_id, name or MAIN)
        if other not in self.branches:
            raise _fault("fault.follow_unknown", waypoint)
        if other in asking:
            circle = " > ".join("/".join(branch) for branch in (*asking[asking.index(other) :], other))
            raise _fault("fault.follow_circle", waypoint, circle=circle)
        line = self.whole(other, asking)
        starts, ends = (_places(line, stop, waypoint) for stop in (before[-1], waypoint))
        start, end = min(
            ((i, j) for i in starts for j in ends), key=lambda pair: (abs(pair[0] - pair[1]), pair)
        )
        way = line[start + 1 : end + 1] if start < end else _turned_round(line[end : start + 1])
        own = {name: getattr(waypoint, name) for name in ("feature_id", "branch", "seq", "follows")}
        last = replace(waypoint, way=waypoint.way or (_of_leg(way[-1].way) if way else ""))
        return [*(replace(place, **own) for place in way[:-1]), last]


def _turned_round(places: Sequence[Waypoint]) -> list[Waypoint]:
    """Give places in the opposite order without the first; what the way to a place was leads away from it."""
    result: list[Waypoint] = []
    for place, after in pairwise(places):
        back = place.way == Way.TURNS_BACK
        result.append(replace(place, way=place.way if back else _of_leg(after.way)))
    return result[::-1]


def _of_leg(way: str) -> str:
    """Give what a way is apart from its end, where the line may turn back."""
    return "" if way == Way.TURNS_BACK else way


def _places(line: Sequence[Waypoint], stop: Waypoint, waypoint: Waypoint) -> list[int]:
    """Give where on a line a place stands."""
    named = [i for i, place in enumerate(line) if place.name == stop.name]
    if not named:
        raise _fault("fault.follow_place", waypoint, name=stop.name)
    found = [i for i in named if (line[i].lon, line[i].lat) == (stop.lon, stop.lat)]
    if not found:
        there = line[named[0]]
        shown = {"name": stop.name, "here": _position(stop), "there": _position(there)}
        raise _fault("fault.follow_position", waypoint, **shown)
    return found


def _position(waypoint: Waypoint) -> str:
    return f"{waypoint.lon:g} {waypoint.lat:g}"


def _fault(key: str, waypoint: Waypoint, **values: str) -> WaypointError:
    where = {"file": WAYPOINTS.path, "id": waypoint.feature_id, "branch": waypoint.branch}
    return WaypointError(say(key, **where, seq=waypoint.seq, line=waypoint.follows, **values))
