"""Lines are built from their waypoints, cross the countries they claim, and are as long as published."""

from __future__ import annotations

from itertools import pairwise

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bri_map.checks.context import Context, Row
from bri_map.checks.legs import check_legs
from bri_map.data.routes import line_feature
from bri_map.data.waypoints import WaypointError
from bri_map.domain.fact_tables import WAYPOINTS
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.table import LIST_SEPARATOR, Table
from bri_map.domain.vocabulary import CorridorKind
from bri_map.domain.ways import WaypointKind
from bri_map.geo.geodesic import length_km
from bri_map.geo.territories import Territories
from bri_map.i18n.sentences import quoted, say

LENGTH_TOLERANCE = 0.08
"""Share by which a drawn line may differ from its published length without a reason."""
NEAR_KM = 25.0
"""How close a line must come to a country that it claims."""
STRAY_KM = 5.0
"""How far a line may run through a country that it does not claim: borders at 1:50 million are coarse."""
_BY_SEA_OR_AIR = frozenset({CorridorKind.MARITIME_ROUTE, CorridorKind.AIR_ROUTE})


def check_lines(context: Context, territories: Territories) -> None:
    """Check lines and waypoints."""
    in_order = _check_order(context)
    known = territories.known()
    for layer, row in context.features():
        shape = context.shape(layer, row)
        if shape is not None and not isinstance(shape, Point):
            _check_countries(context, layer, row, shape, territories, known)
            if "length_km" in row:
                _check_length(context, LAYER_TABLES[layer], row, shape)
    if in_order:
        check_legs(context, territories)
        _check_built(context)


def _check_countries(
    context: Context, layer: LayerId, row: Row, line: BaseGeometry, territories: Territories, known: set[str]
) -> None:
    if row.get("kind") in _BY_SEA_OR_AIR:
        return
    claimed = set(str(row["countries"]).split(LIST_SEPARATOR))
    crossed = territories.crossed_km(line)
    strays = {c: km for c, km in crossed.items() if km > STRAY_KM and c not in claimed and c in known}
    for country, km in sorted(strays.items()):
        if len(country) == 3:
            context.geometry_fault(
                "line-crosses",
                layer,
                str(row["id"]),
                say("fault.line_crosses", km=f"{km:.0f}", country=country),
                say("remedy.line_crosses", country=country),
            )
    if LAYERS[layer].names_beyond_line:
        return
    for country in sorted((claimed & known) - crossed.keys()):
        km = territories.distance_km(line, country)
        if km > NEAR_KM:
            context.fault(
                "line-country",
                LAYER_TABLES[layer],
                row,
                "countries",
                say("fault.line_country", km=f"{km:.0f}", country=country),
                say("remedy.line_country", country=country),
            )


def _check_length(context: Context, table: Table, row: Row, line: BaseGeometry) -> None:
    try:
        published = float(row["length_km"])
    except ValueError:
        return
    drawn = length_km(line)
    off = drawn / published - 1 if published else 0.0
    if abs(off) > LENGTH_TOLERANCE and not row["length_note"]:
        context.fault(
            "length",
            table,
            row,
            "length_km",
            say("fault.length", drawn=f"{drawn:.0f}", off=f"{off:+.0%}", published=f"{published:g}"),
            say("remedy.length"),
        )


def _check_order(context: Context) -> bool:
    """Stations are numbered in order, and borders are crossed at border stations.

    Returns:
        Whether all are numbered in order, so that lines can be built from them.
    """
    in_order = True
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in context.rows(WAYPOINTS):
        groups.setdefault((row["feature_id"], row["branch"]), []).append(row)
    with_stops = {row["id"] for spec in LAYERS.values() if spec.has_stops for row in context.rows(spec.table)}
    for (feature_id, _), stops in groups.items():
        for expected, stop in enumerate(stops, 1):
            if stop["seq"] != str(expected):
                context.fault(
                    "waypoint-order",
                    WAYPOINTS,
                    stop,
                    "seq",
                    say("fault.waypoint_order", seq=stop["seq"], expected=expected),
                    say("remedy.waypoint_order"),
                )
                in_order = False
                break
        if feature_id in with_stops:
            _check_borders(context, stops)
    return in_order


def _check_borders(context: Context, stops: list[Row]) -> None:
    for a, b in pairwise(stops):
        kinds = {a["kind"], b["kind"]}
        if a["country"] and b["country"] and a["country"] != b["country"]:
            if b["follows"] or WaypointKind.BORDER_CROSSING in kinds or WaypointKind.BRIDGE in kinds:
                continue  # a line that is followed is checked itself
            context.fault(
                "waypoint-border",
                WAYPOINTS,
                b,
                "kind",
                say(
                    "fault.waypoint_border",
                    start=a["country"],
                    end=b["country"],
                    first=quoted(a["name"]),
                    second=quoted(b["name"]),
                ),
                say("remedy.waypoint_border"),
            )


def _check_built(context: Context) -> None:
    if any(issue.file == WAYPOINTS.path for issue in context.report):
        return
    needed = {*map(context.content.root.geometry_file, LAYERS)}
    needed |= {table.path for table in LAYER_TABLES.values()}
    if not len(context.frame(WAYPOINTS)) or needed & context.blamed:
        return  # what cannot be built from broken files has its own fault
    lines = context.lines
    if isinstance(lines, WaypointError):
        context.report.add("route", lines.message, say("remedy.route"), file=WAYPOINTS.path)
        return
    for layer, built in (lines or {}).items():
        geometry = context.geometry[layer]
        for feature_id, line in built.items():
            there = geometry.features.get(feature_id)
            if there is not None and there != line_feature(feature_id, line):
                context.report.add(
                    "route-stale",
                    say("fault.route_stale", file=WAYPOINTS.path),
                    say("remedy.format"),
                    file=context.content.root.geometry_file(layer),
                    row=geometry.line_of(feature_id),
                    id=feature_id,
                )
