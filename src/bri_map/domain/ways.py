"""Codes of the places on lines, and of the ways between them."""

from __future__ import annotations

from enum import StrEnum


class WaypointKind(StrEnum):
    """What a place on a line is."""

    BORDER_CROSSING = "border-crossing"
    BRIDGE = "bridge"
    CITY = "city"
    JUNCTION = "junction"
    PLACE = "place"
    PORT = "port"
    SEA_POINT = "sea-point"
    STATION = "station"
    TUNNEL = "tunnel"


class Way(StrEnum):
    """What the way to a place on a line is: long and straight, over water, or with a turn back at its end."""

    OVER_WATER = "over-water"
    STRAIGHT = "straight"
    TURNS_BACK = "turns-back"
