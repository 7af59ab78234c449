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
from bri_map.domain.vocabulary import Basis, Precision
from bri_map.domain.ways import WaypointKind
from bri_map.geo.territories import Territories
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Sentence

COAST_KM = 25.0
"""How far a point may lie off the land of its country: ports, bridges and islands that 1:50 million lacks."""
_ISLES_KM = 200.0
"""The same for places in the documents: provinces have islands, Hong Kong a polygon of its own."""
_DECIMALS = 6
_Told = tuple[str, Sentence, Sentence]
"""Rule, message and remedy."""
_PLACES = (Precision.TOWN, Precision.DISTRICT)
"""Grades at which a point is that of a place, not of the thing itself."""


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


def _outside(point: Point, countries: set[str], territories: Territories) -> _Told | None:
    if (point.x, point.y) == (0, 0):
        return "geometry-zero", say("fault.geometry_zero"), say("remedy.position")
    if round(point.x, _DECIMALS) != point.x or round(point.y, _DECIMALS) != point.y:
        message = say("fault.geometry_decimals", position=f"{point.x}, {point.y}", decimals=_DECIMALS)
        return "geometry-decimals", message, say("remedy.geometry_decimals", decimals=_DECIMALS)
    away = {c for c in countries if not territories.is_near(c, point.x, point.y, COAST_KM)}
    if not away:
        return None
    names = ", ".join(sorted(away))
    if abs(point.x) <= 90 and any(territories.is_near(c, point.y, point.x, COAST_KM) for c in countries):
        message = say("fault.geometry_swapped", position=point_text(point), names=names)
        return "geometry-swapped", message, say("remedy.swapped")
    return "geometry-outside", _far(point_text(point), COAST_KM, names), say("remedy.geometry_outside")


def _far(position: str, km: float, names: str) -> Sentence:
    return say("fault.geometry_outside", position=position, km=f"{km:g}", names=names)


def _check_precision(context: Context, layer: LayerId, row: Row, shape: BaseGeometry | None) -> None:
    precision = row["precision"]
    if shape is None:
        is_right, why = precision == Precision.COUNTRY, say("fault.precision_none")
    elif isinstance(shape, Point):
        is_right, why = precision != Precision.SCHEMATIC, say("fault.precision_point")
    else:
        is_right, why = precision == Precision.SCHEMATIC, say("fault.precision_line")
    if not is_right:
        context.fault(
            "precision",
            LAYER_TABLES[layer],
            row,
            "precision",
            say("fault.precision", value=quoted(precision), why=why),
            say("remedy.precision"),
        )


def _check_spots(context: Context, spots: dict[str, list[tuple[LayerId, Row]]]) -> None:
    """Two features at one exact point are mostly one, unless they are said to be at one place.

    What is known to a town or a district only stands at the point of that place, where others may be too.
    """
    for spot, found in spots.items():
        sites = [(layer, row) for layer, row in found if row["precision"] not in _PLACES]
        for layer, row in sites[1:]:
            others = [other for _, other in sites if other is not row]
            if any(frozenset((row["id"], other["id"])) in context.related for other in others):
                continue
            context.geometry_fault(
                "geometry-spot",
                layer,
                str(row["id"]),
                say("fault.geometry_spot", other=quoted(others[0]["id"]), spot=spot),
                say("remedy.geometry_spot", file=RELATIONS.path),
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
                say("fault.precision_source"),
                say("remedy.precision_source", file=CLAIMS.path),
            )


def _check_waypoint(context: Context, row: Row, known: set[str], territories: Territories) -> None:
    at_sea = row["kind"] == WaypointKind.SEA_POINT
    if at_sea == bool(row["country"]):
        context.fault(
            "waypoint-country",
            WAYPOINTS,
            row,
            "country",
            say("fault.waypoint_at_sea") if at_sea else say("fault.waypoint_on_land"),
            say("remedy.waypoint_country"),
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
            _far(f"{lon:g} {lat:g}", COAST_KM, row["country"]),
            say("remedy.place_or_country"),
        )


def _check_place(context: Context, table: Table, row: Row, territories: Territories, known: set[str]) -> None:
    lon, lat = _number(row["lon"]), _number(row["lat"])
    if (lon is None) != (lat is None):
        context.fault(
            "geometry-half",
            table,
            row,
            "lon",
            say("fault.geometry_half"),
            say("remedy.both_or_none"),
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
            _far(f"{lon:g} {lat:g}", _ISLES_KM, ", ".join(sorted(countries))),
            say("remedy.degrees"),
        )
