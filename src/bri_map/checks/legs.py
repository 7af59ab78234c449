"""Legs of lines from place to place: short enough, on the right side of the coast, never back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bri_map.checks.context import Context, Row
from bri_map.data.follows import followed
from bri_map.data.routes import build_route
from bri_map.data.tables import LINE
from bri_map.data.waypoints import Waypoint, WaypointError, waypoints_of
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.vocabulary import CorridorKind
from bri_map.domain.ways import Way, WaypointKind
from bri_map.geo.geodesic import heading_change, length_km
from bri_map.geo.territories import Territories
from bri_map.i18n.sentences import quoted, say

LONGEST_KM = 60.0
"""Longest leg on land that is not said to be straight."""
WATER_KM = 5.0
"""How much water a leg on land may cross: the coast at 1:50 million is coarse."""
SEA_KM = 0.5
"""How much land a leg between two points at sea may cross: islets, and the coarseness of the coast."""
HARBOUR_KM = 10.0
"""The same where a leg ends ashore: harbours lie in bays that the coast at 1:50 million closes."""
SHARPEST = 110.0
"""Sharpest turn in degrees that is no turning back."""
TURN_KM = 5.0
"""Length of the legs on both sides of a turn from which it is looked at."""
_BY_AIR = frozenset({CorridorKind.AIR_ROUTE})
_Leg = tuple[Waypoint, Waypoint]


def check_legs(context: Context, territories: Territories) -> None:
    """Check the legs of lines that are drawn by themselves; a leg that follows a line is checked there."""
    try:
        places = followed(waypoints_of(context.frame(WAYPOINTS)))
    except WaypointError:
        return  # told with the line that cannot be built
    rows = {(row["feature_id"], row["branch"], row["seq"]): row for row in context.rows(WAYPOINTS)}
    flown = {
        row["id"]
        for table in LAYER_TABLES.values()
        for row in context.rows(table)
        if row.get("kind") in _BY_AIR
    }
    told = {issue.row for issue in context.report if issue.file == WAYPOINTS.path}
    for before, leg in _with_leg_before(places):
        *earlier, start, end = (
            rows[place.feature_id, place.branch, str(place.seq)] for place in (*(before or ())[:1], *leg)
        )
        if leg[1].feature_id in flown or {row[LINE] for row in (*earlier, start, end)} & told:
            continue  # of a place that is wrong itself one fault is enough
        if not leg[1].follows:
            _check_leg(context, end, leg, territories)
        if before is not None:
            _check_turn(context, start, before, leg)


def _with_leg_before(places: tuple[Waypoint, ...]) -> Iterator[tuple[_Leg | None, _Leg]]:
    """Give each leg with the one before it in its branch."""
    before: _Leg | None = None
    for leg in pairwise(places):
        start, end = leg
        if (start.feature_id, start.branch) != (end.feature_id, end.branch):
            before = None
            continue
        if (start.lon, start.lat) == (end.lon, end.lat):
            continue
        yield before, leg
        before = leg


def _check_leg(context: Context, row: Row, leg: _Leg, territories: Territories) -> None:
    line = build_route(leg)
    km = length_km(line)
    on_land = sum(territories.crossed_km(line).values())
    at_sea = [place.kind == WaypointKind.SEA_POINT for place in leg]
    shown = {"first": quoted(leg[0].name), "second": quoted(leg[1].name)}
    if any(at_sea):
        if on_land > (SEA_KM if all(at_sea) else HARBOUR_KM):
            context.fault(
                "leg-land",
                WAYPOINTS,
                row,
                "lon",
                say("fault.leg_land", km=f"{on_land:.1f}", **shown),
                say("remedy.leg_land"),
            )
        return
    if leg[1].way == Way.OVER_WATER:
        return
    if km - on_land > WATER_KM:
        context.fault(
            "leg-water",
            WAYPOINTS,
            row,
            "way",
            say("fault.leg_water", km=f"{km - on_land:.1f}", **shown),
            say("remedy.leg_water"),
        )
    elif km > LONGEST_KM and leg[1].way != Way.STRAIGHT:
        context.fault(
            "leg-long",
            WAYPOINTS,
            row,
            "way",
            say("fault.leg_long", km=f"{km:.0f}", limit=f"{LONGEST_KM:g}", **shown),
            say("remedy.leg_long"),
        )


def _check_turn(context: Context, row: Row, before: _Leg, leg: _Leg) -> None:
    start, turn, end = *before, leg[1]
    kinds = {start.kind, turn.kind, end.kind}
    if turn.way == Way.TURNS_BACK or turn.kind == WaypointKind.PORT or WaypointKind.SEA_POINT in kinds:
        return
    if turn.follows and turn.seq == end.seq:
        return  # a place of a followed line, which has the fault itself
    degrees, shorter = heading_change(*((place.lon, place.lat) for place in (start, turn, end)))
    if degrees > SHARPEST and shorter > TURN_KM:
        context.fault(
            "leg-turn",
            WAYPOINTS,
            row,
            "way",
            say("fault.leg_turn", degrees=f"{degrees:.0f}", name=quoted(turn.name)),
            say("remedy.leg_turn"),
        )
