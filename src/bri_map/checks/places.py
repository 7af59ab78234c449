"""Points lie where names say: near their towns, on land, beside their corridor; no line stops twice."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from shapely.geometry import Point

from bri_map.checks.context import Context, Row
from bri_map.checks.subjects import Subject, number
from bri_map.data.basemap import Town
from bri_map.domain.document_tables import EVENTS, LOCALITIES
from bri_map.domain.fact_tables import CLAIMS, CORRIDOR_MEMBERS, POSITION, WAYPOINTS
from bri_map.domain.table import LIST_SEPARATOR, Table
from bri_map.domain.vocabulary import MembershipRule, Sector
from bri_map.domain.ways import WaypointKind
from bri_map.folding import fold
from bri_map.geo.geodesic import Position, distance_km, km_between
from bri_map.geo.territories import Territories
from bri_map.i18n.sentences import quoted, say

TOWN_KM = 120.0
"""How far a thing may lie from the nearest town that its words name."""
SEA_KM, HARBOUR_KM = 7.0, 13.0
"""How far from the land of the map a point may lie, and one of a port."""
MEMBER_KM = 350.0
"""How far a feature may lie from the line of a corridor that a source counts it to."""
CLAIM_KM = 150.0
"""How far claims of one position may lie from each other."""
BEND_DEGREES, LEG_KM = 110.0, 15.0
"""Angle at a stop between two legs of that length at least below which it is out of line if it lies far from
its town."""
SPOT_KM = 0.3
_WORD = re.compile(r"[^\W\d_][\w'’ʻ-]*")
_AFTER = frozenset({"river", "province", "region", "bay", "gulf", "island", "canal", "lake", "county"})
"""Words that make a name that of something larger than the town."""
_NAMING = ("name", "locality", "position_note")
_AT_SEA = frozenset({Sector.PORTS, Sector.ROADS_BRIDGES, Sector.ICT})
_NOT_PLACES = frozenset({"GeoNames", "Global", "Energy", "Monitor", "Point", "World", "Port", "Index"})


@dataclass(frozen=True)
class Gazetteer:
    """Towns of the basemap by country and folded name."""

    places: Mapping[tuple[str, str], list[Position]]

    @classmethod
    def of(cls, towns: Iterable[Town]) -> Gazetteer:
        """Arrange towns by name."""
        places: dict[tuple[str, str], list[Position]] = defaultdict(list)
        for town in towns:
            places[town.country, fold(town.names.original)].append((town.lon, town.lat))
        return cls(places)

    def nearest(self, text: str, countries: Iterable[str], at: Position) -> tuple[str, float] | None:
        """Give the nearest town of some countries that a text names, and its distance in kilometres.

        A name counts alone, not as part of a longer one: Vinh is not named by Vinh Tan.
        """
        found: list[tuple[float, str]] = []
        for name in _names_in(text):
            key = fold(name)
            found.extend(
                (km_between(at, place), name)
                for country in countries
                for place in self.places.get((country, key), ())
            )
        return (min(found)[1], min(found)[0]) if found else None


def _names_in(text: str) -> Iterable[str]:
    """Give the words that begin with a capital, joined where only a blank stands between them."""
    words = list(_WORD.finditer(text))
    chain: list[str] = []
    for index, word in enumerate(words):
        is_name = word[0][0].isupper()
        is_joined = index > 0 and text[words[index - 1].end() : word.start()] == " "
        if chain and not (is_name and is_joined):
            if not (is_joined and word[0] in _AFTER):
                yield " ".join(chain)
            chain = []
        if is_name:
            chain.append(word[0])
    if chain:
        yield " ".join(chain)


def check_places(
    context: Context, subjects: Mapping[str, Subject], territories: Territories, towns: Iterable[Town]
) -> None:
    """Compare points with towns, coasts, corridors and each other."""
    gazetteer = Gazetteer.of(towns)
    known = territories.known()
    spots: dict[tuple[float, float], list[Subject]] = defaultdict(list)
    for subject in subjects.values():
        point = context.shape(subject.layer, subject.row)
        if isinstance(point, Point):
            _check_towns(context, subject, (point.x, point.y), gazetteer)
            _check_sea(context, subject, point, territories, known)
            spots[round(point.x, 3), round(point.y, 3)].append(subject)
    for found in spots.values():
        _check_spot(context, found)
    for table in (LOCALITIES, EVENTS):
        for row in context.rows(table):
            _check_place(context, table, row, gazetteer)
    _check_members(context, subjects)
    _check_claims(context, subjects)
    for _, stops in groupby(context.rows(WAYPOINTS), key=lambda row: (row["feature_id"], row["branch"])):
        _check_branch(context, list(stops), gazetteer)


def _check_towns(context: Context, subject: Subject, at: Position, gazetteer: Gazetteer) -> None:
    nearest = [
        found
        for column in _NAMING
        for found in [gazetteer.nearest(str(subject.row.get(column, "")), subject.countries, at)]
        if found
    ]
    if nearest:
        town, km = min(nearest, key=lambda pair: pair[1])
        if km > TOWN_KM:
            message = say("fault.town_far", town=quoted(town), km=f"{km:.0f}")
            context.warn_of_place("town-far", subject.layer, subject.row, message)


def _check_sea(
    context: Context, subject: Subject, point: Point, territories: Territories, known: set[str]
) -> None:
    countries = subject.countries & known
    limit = HARBOUR_KM if subject.row.get("sector") in _AT_SEA else SEA_KM
    if countries and not any(territories.is_near(c, point.x, point.y, limit) for c in countries):
        km = min(territories.distance_km(point, c) for c in countries)
        context.warn_of_place("point-sea", subject.layer, subject.row, say("fault.point_sea", km=f"{km:.0f}"))


def _check_spot(context: Context, subjects: list[Subject]) -> None:
    """What stands at one point of a town is called after one town."""
    for index, subject in enumerate(subjects):
        others = [other for other in subjects if other is not subject]
        if others and not any(_words(subject) & _words(other) for other in others) and index:
            message = say("fault.spot_other", other=quoted(others[0].row["id"]))
            context.warn_of_place("spot-other", subject.layer, subject.row, message)


def _words(subject: Subject) -> set[str]:
    text = " ".join(str(subject.row.get(column, "")) for column in _NAMING)
    return {word for word in _WORD.findall(text) if word[0].isupper() and len(word) > 2} - _NOT_PLACES


def _check_place(context: Context, table: Table, row: Row, gazetteer: Gazetteer) -> None:
    lon, lat = number(row["lon"]), number(row["lat"])
    countries = ["CHN"] if table is LOCALITIES else str(row["countries"]).split(LIST_SEPARATOR)
    text = str(row["name"] if table is LOCALITIES else row["place"])
    if lon is None or lat is None or not text:
        return
    found = gazetteer.nearest(text, countries, (lon, lat))
    if found and found[1] > TOWN_KM:
        message = say("fault.town_far", town=quoted(found[0]), km=f"{found[1]:.0f}")
        context.warn("town-far", table, row, "lon", message)


def _check_members(context: Context, subjects: Mapping[str, Subject]) -> None:
    for row in context.rows(CORRIDOR_MEMBERS):
        member, corridor = subjects.get(str(row["feature_id"])), subjects.get(str(row["corridor_id"]))
        if row["membership_rule"] != MembershipRule.SOURCE or not member or not corridor:
            continue
        shape, line = (context.shape(s.layer, s.row) for s in (member, corridor))
        km = distance_km(shape, line) if shape is not None and line is not None else 0.0
        if km > MEMBER_KM:
            message = say("fault.member_far", km=f"{km:.0f}")
            context.warn("member-far", CORRIDOR_MEMBERS, row, "corridor_id", message)
        elif not member.countries & corridor.countries:
            message = say("fault.member_country", countries=member.row["countries"])
            context.warn("member-far", CORRIDOR_MEMBERS, row, "corridor_id", message)


def _check_claims(context: Context, subjects: Mapping[str, Subject]) -> None:
    for row in context.rows(CLAIMS):
        subject = subjects.get(str(row["feature_id"])) if row["field"] == POSITION else None
        point = context.shape(subject.layer, subject.row) if subject else None
        parts = [number(part) for part in str(row["value"]).split()]
        if not subject or not isinstance(point, Point) or len(parts) != 2 or None in parts:
            continue
        km = km_between((point.x, point.y), (parts[0] or 0.0, parts[1] or 0.0))
        if km > CLAIM_KM:
            message = say("fault.claim_far", km=f"{km:.0f}", source=quoted(row["source_id"]))
            context.warn_of_place("claim-spread", subject.layer, subject.row, message)


def _check_branch(context: Context, stops: list[Row], gazetteer: Gazetteer) -> None:
    """A line on land stops nowhere twice; a stop far from its town is out of line."""
    places = [(number(row["lon"]), number(row["lat"])) for row in stops]
    points = [(x, y) for x, y in places if x is not None and y is not None]
    if len(points) < len(stops) or any(row["kind"] == WaypointKind.SEA_POINT for row in stops):
        return
    for index, (row, at) in enumerate(zip(stops, points, strict=True)):
        earlier = next((i for i in range(index) if km_between(points[i], at) < SPOT_KM), None)
        if earlier is not None and (earlier or index < len(stops) - 1):
            message = say("fault.waypoint_twice", other=quoted(stops[earlier]["name"]))
            context.warn("waypoint-twice", WAYPOINTS, row, "lon", message)
            return
    for index, (row, at) in enumerate(zip(stops, points, strict=True)):
        angle = _angle(points, index)
        found = gazetteer.nearest(str(row["name"]).partition(" (")[0], [row["country"]], at)
        is_end = index in (0, len(stops) - 1)
        if found and found[1] > TOWN_KM and (angle < BEND_DEGREES or is_end):
            message = say("fault.town_far", town=quoted(found[0]), km=f"{found[1]:.0f}")
            context.warn("town-far", WAYPOINTS, row, "lon", message)
            return


def _angle(points: list[Position], index: int) -> float:
    """Give the angle in degrees between the two legs of a stop; 180 at ends and beside short legs."""
    if not 0 < index < len(points) - 1:
        return 180.0
    a, b, c = points[index - 1 : index + 2]
    before, after, across = km_between(a, b), km_between(b, c), km_between(a, c)
    if min(before, after) < LEG_KM:
        return 180.0
    cosine = (before**2 + after**2 - across**2) / (2 * before * after)
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
