"""Points lie where their country is, and no two hide each other."""

from __future__ import annotations

from collections import defaultdict

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bri_map.checks.context import Context, Row
from bri_map.data.geometry import point_text
from bri_map.domain.document_tables import EVENTS, LOCALITIES
from bri_map.domain.fact_tables import CLAIMS, POSITION, RELATIONS, WAYPOINTS, WHOLE_ROW
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import LIST_SEPARATOR, Table
from bri_map.domain.vocabulary import Basis, Precision, WaypointKind
from bri_map.geo.territories import Territories

COAST_KM = 25.0
"""How far a point may lie off the land of its country: ports, bridges and islands that 1:50 million lacks."""
_ISLES_KM = 200.0
"""The same for places in the documents: provinces have islands, Hong Kong a polygon of its own."""
_DECIMALS = 6


def check_positions(context: Context, territories: Territories) -> None:
    """Check the points of features, waypoints and localities."""
    known = territories.known()
    spots: dict[str, list[tuple[LayerId, Row]]] = defaultdict(list)
    for layer, row in context.features():
        if row["id"] not in context.geometry[layer].shapes.index:
            continue
        shape = context.shape(layer, row)
        _check_precision(context, layer, row, shape)
        if not isinstance(shape, Point):
            continue
        spots[f"{shape.x:.3f} {shape.y:.3f}"].append((layer, row))
        countries = set(str(row["countries"]).split(LIST_SEPARATOR))
        fault = _outside(shape, countries & known, territories)
        if fault:
            rule, message, remedy = fault
            context.geometry_fault(rule, layer, str(row["id"]), message, remedy)
    _check_spots(context, spots)
    _check_evidence(context)
    for row in context.rows(WAYPOINTS):
        _check_waypoint(context, row, known, territories)
    for table in (LOCALITIES, EVENTS):
        for row in context.rows(table):
            _check_place(context, table, row, territories, known)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _outside(point: Point, countries: set[str], territories: Territories) -> tuple[str, str, str] | None:
    if (point.x, point.y) == (0, 0):
        return (
            "geometry-zero",
            "0, 0 is no place of the atlas.",
            "Write longitude, then latitude, in degrees.",
        )
    if round(point.x, _DECIMALS) != point.x or round(point.y, _DECIMALS) != point.y:
        message = f"{point.x}, {point.y} has more than {_DECIMALS} decimals."
        return ("geometry-decimals", message, f"Round it to {_DECIMALS} decimals, 0.1 m.")
    away = {c for c in countries if not territories.is_near(c, point.x, point.y, COAST_KM)}
    if not away:
        return None
    names = ", ".join(sorted(away))
    if abs(point.x) <= 90 and any(territories.is_near(c, point.y, point.x, COAST_KM) for c in countries):
        message = f"{point_text(point)} lies outside {names}, but inside with the two swapped."
        return ("geometry-swapped", message, "Write longitude first, then latitude.")
    message = f"{point_text(point)} lies more than {COAST_KM:g} km outside {names}."
    return ("geometry-outside", message, "Correct the point, or the countries of the feature.")


def _check_precision(context: Context, layer: LayerId, row: Row, shape: BaseGeometry | None) -> None:
    precision = row["precision"]
    if shape is None:
        is_right, why = precision == Precision.COUNTRY, "only what is known to a country has no position"
    elif isinstance(shape, Point):
        is_right, why = precision != Precision.SCHEMATIC, "a point is never schematic"
    else:
        is_right, why = precision == Precision.SCHEMATIC, "a line is schematic"
    if not is_right:
        context.fault(
            "precision",
            LAYER_TABLES[layer],
            row,
            "precision",
            f"{precision!r} does not fit the geometry: {why}.",
            "Write how exactly the point is known, schematic for a line, or country where there is none.",
        )


def _check_spots(context: Context, spots: dict[str, list[tuple[LayerId, Row]]]) -> None:
    """Two features at one exact point hide each other, unless they are said to be at one place."""
    related = {frozenset((r["feature_id"], r["other_id"])) for r in context.rows(RELATIONS)}
    for spot, found in spots.items():
        first = found[0][1]
        for layer, row in found[1:]:
            others = [other for _, other in found if other is not row]
            if any(frozenset((row["id"], other["id"])) in related for other in others):
                continue
            context.geometry_fault(
                "geometry-spot",
                layer,
                str(row["id"]),
                f"it lies on or within 100 m of the same point as {first['id']!r}, {spot}.",
                f"Give each its own point, or say in {RELATIONS.path} that they are at one place.",
            )


def _check_evidence(context: Context) -> None:
    """A site needs a position that somebody has published."""
    proven = {
        str(row["feature_id"])
        for row in context.rows(CLAIMS)
        if row["field"] in (POSITION, WHOLE_ROW) and row["basis"] in (Basis.CONFIRMED, Basis.SOURCE_DOCUMENT)
    }
    for layer, row in context.features() if context.has_all_of(CLAIMS) else ():
        if row["precision"] == Precision.SITE and row["id"] not in proven:
            context.fault(
                "precision-source",
                LAYER_TABLES[layer],
                row,
                "precision",
                "it says site, but no source gives the position.",
                f"Add a claim for the position to {CLAIMS.path}, or write a lower precision.",
            )


def _check_waypoint(context: Context, row: Row, known: set[str], territories: Territories) -> None:
    at_sea = row["kind"] == WaypointKind.SEA_POINT
    if at_sea == bool(row["country"]):
        context.fault(
            "waypoint-country",
            WAYPOINTS,
            row,
            "country",
            "a point at sea has no country." if at_sea else "a place on land needs its country.",
            "Correct country or kind.",
        )
        return
    lon, lat = _number(row["lon"]), _number(row["lat"])
    if at_sea or lon is None or lat is None or row["country"] not in known:
        return
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        return
    if not territories.is_near(str(row["country"]), lon, lat, COAST_KM):
        context.fault(
            "geometry-outside",
            WAYPOINTS,
            row,
            "lon",
            f"{lon:g} {lat:g} lies more than {COAST_KM:g} km outside {row['country']}.",
            "Correct the position or the country.",
        )


def _check_place(context: Context, table: Table, row: Row, territories: Territories, known: set[str]) -> None:
    lon, lat = _number(row["lon"]), _number(row["lat"])
    if (lon is None) != (lat is None):
        context.fault(
            "geometry-half",
            table,
            row,
            "lon",
            "one of longitude and latitude is missing.",
            "Give both or none.",
        )
    if lon is None or lat is None or not (abs(lon) <= 180 and abs(lat) <= 90):
        return
    countries = {"CHN"} if table is LOCALITIES else set(filter(None, row["countries"].split(LIST_SEPARATOR)))
    if countries & known and not any(territories.is_near(c, lon, lat, _ISLES_KM) for c in countries):
        context.fault(
            "geometry-outside",
            table,
            row,
            "lon",
            f"{lon:g} {lat:g} lies more than {_ISLES_KM:g} km outside {', '.join(sorted(countries))}.",
            "Write longitude and latitude in degrees.",
        )
