"""The controlled codes of the data set.

Status, park type, region and sector follow EY Navigator no. 4 (July 2020), figures 3, 7, 8 and 5, and
extend them where the atlas holds what the paper does not. Every code is lower-case kebab, is written
in data, URLs and exports as it stands here, and has its text in the message catalogue under
`<vocabulary>.<code>`.
"""

from __future__ import annotations

from enum import StrEnum


class Layer(StrEnum):
    """The four layers, in drawing order from the bottom to the top of the map."""

    CORRIDORS = "corridors"
    RAIL = "rail"
    PROJECTS = "projects"
    PARKS = "parks"


class Status(StrEnum):
    """Progress of a feature (EY 2020, figure 3, and two more)."""

    EARLY_STAGE = "early-stage"
    UNDER_CONSTRUCTION = "under-construction"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class ParkType(StrEnum):
    """Kind of an industrial park (EY 2020, figure 7)."""

    PROCESSING_MANUFACTURING = "processing-manufacturing"
    AGRICULTURAL = "agricultural"
    COMPREHENSIVE = "comprehensive"
    COMMERCE_LOGISTICS = "commerce-logistics"
    RESOURCE_UTILIZATION = "resource-utilization"
    TECHNOLOGY_RD = "technology-rd"
    UNKNOWN = "unknown"


class Sector(StrEnum):
    """Sector of a project (EY 2020, figure 5, and more)."""

    RAILWAY = "railway"
    ROADS_BRIDGES = "roads-bridges"
    PORTS = "ports"
    AIRPORTS = "airports"
    ENERGY_UTILITIES = "energy-utilities"
    CONSTRUCTION_COMMERCIAL = "construction-commercial"
    CONSTRUCTION_INDUSTRIAL = "construction-industrial"
    ICT = "ict"
    HEALTH = "health"
    EDUCATION_CULTURE = "education-culture"
    AGRICULTURE = "agriculture"
    LOGISTICS = "logistics"
    WATER = "water"


class RailKind(StrEnum):
    """Class of a rail route."""

    HIGH_SPEED = "high-speed"
    CONVENTIONAL = "conventional"
    METRO = "metro"
    FREIGHT_SERVICE = "freight-service"


class CorridorKind(StrEnum):
    """Kind of a corridor."""

    ECONOMIC_CORRIDOR = "economic-corridor"
    TRADE_CORRIDOR = "trade-corridor"
    EXPRESS_LINE = "express-line"
    MARITIME_ROUTE = "maritime-route"
    AIR_ROUTE = "air-route"


class Region(StrEnum):
    """Region of a country (EY 2020, figure 8, and more)."""

    SOUTHEAST_ASIA = "southeast-asia"
    SOUTH_ASIA = "south-asia"
    CENTRAL_ASIA = "central-asia"
    WEST_ASIA = "west-asia"
    EAST_ASIA = "east-asia"
    EAST_EUROPE = "east-europe"
    SOUTHERN_EUROPE = "southern-europe"
    WESTERN_EUROPE = "western-europe"
    NORTH_AFRICA = "north-africa"
    SUB_SAHARAN_AFRICA = "sub-saharan-africa"
    OCEANIA = "oceania"
    LATIN_AMERICA_CARIBBEAN = "latin-america-caribbean"
    NORTH_AMERICA = "north-america"


class Precision(StrEnum):
    """How exactly a position is known: about 2 km, 10 km, 50 km, or only the country.

    `schematic` is for lines that are drawn through known places.
    """

    SITE = "site"
    TOWN = "town"
    DISTRICT = "district"
    COUNTRY = "country"
    SCHEMATIC = "schematic"


class Basis(StrEnum):
    """What a row rests on."""

    SOURCE_DOCUMENT = "source-document"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class GreenRating(StrEnum):
    """Rating of the BRIGC baseline study, as given in CAITEC 2021."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    UNRATED = "unrated"


class EyMatch(StrEnum):
    """How sure it is that a park is one of the 74 that EY counted."""

    NAMED = "named"
    LIKELY = "likely"
    UNCERTAIN = "uncertain"


class Language(StrEnum):
    """Languages of the interface."""

    EN = "en"
    ZH = "zh"


VOCABULARIES: dict[str, type[StrEnum]] = {
    "layer": Layer,
    "status": Status,
    "type": ParkType,
    "sector": Sector,
    "rail_kind": RailKind,
    "corridor_kind": CorridorKind,
    "region": Region,
    "precision": Precision,
    "basis": Basis,
    "green_rating": GreenRating,
    "ey_match": EyMatch,
}
"""Every vocabulary by the name under which columns and messages refer to it."""


def codes(vocabulary: str) -> tuple[str, ...]:
    """Give the codes of a vocabulary in their fixed order."""
    return tuple(member.value for member in VOCABULARIES[vocabulary])
