"""The controlled codes of the data set.

Status, park type, region and sector follow EY Navigator no. 4 (July 2020), figures 3, 7, 8 and 5, and
extend them where the atlas holds what the paper does not. Every code is lower-case kebab, is written
in data, URLs and exports as it stands here, and has its text in the message catalogue under
`<vocabulary>.<code>`.
"""

from __future__ import annotations

from enum import StrEnum

from bri_map.domain.counting import CostScope, Overlap, Tie
from bri_map.domain.identifiers import Match, Scheme
from bri_map.domain.ways import Way, WaypointKind


class Layer(StrEnum):
    """Ids of the layers that are shipped; what they are stands in `domain.layers`."""

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


FINAL_STATUSES = frozenset({Status.COMPLETED, Status.CANCELLED})
"""Statuses that are not expected to change."""


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
    EDITORIAL = "editorial"
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


class Answer(StrEnum):
    """Whether something holds."""

    TRUE = "true"
    FALSE = "false"


class RecordStatus(StrEnum):
    """Whether a row is shown. Rows that are gone for good stand in `data/retired.csv`."""

    PUBLISHED = "published"
    UNCONFIRMED = "unconfirmed"


class Mark(StrEnum):
    """What a dated event marks; `reported` says only that a status held on that date."""

    ANNOUNCED = "announced"
    CONTRACT = "contract"
    DESIGNATED = "designated"
    GROUND_BROKEN = "ground-broken"
    CONSTRUCTION = "construction"
    FIRST_UNIT = "first-unit"
    OPENED = "opened"
    HANDED_OVER = "handed-over"
    FULL_COMPLETION = "full-completion"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    REPORTED = "reported"


class Freshness(StrEnum):
    """Age of the last report of a status, against the date of the data set.

    `settled` is for an old report of a status that is not expected to change.
    """

    RECENT = "recent"
    DATED = "dated"
    SETTLED = "settled"


class CostKind(StrEnum):
    """What an amount of money is, the best measure of a feature's cost first."""

    TOTAL = "total"
    CONTRACT = "contract"
    INVESTMENT = "investment"
    LOAN = "loan"
    GRANT = "grant"
    PART = "part"
    PROGRAMME = "programme"


class Measure(StrEnum):
    """What a measured quantity of a feature is."""

    CAPACITY = "capacity"
    OUTPUT = "output"
    THROUGHPUT = "throughput"
    STORAGE = "storage"
    LENGTH = "length"
    HEIGHT = "height"
    DEPTH = "depth"
    AREA = "area"
    FLOOR_AREA = "floor-area"
    SPEED = "speed"
    VOLTAGE = "voltage"
    UNITS = "units"
    JOBS = "jobs"
    FIRMS = "firms"
    TRAINEES = "trainees"
    BEDS = "beds"
    SEATS = "seats"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    VALUE = "value"


class Role(StrEnum):
    """What an organisation does for a feature."""

    OWNER = "owner"
    DEVELOPER = "developer"
    CONTRACTOR = "contractor"
    OPERATOR = "operator"
    FINANCIER = "financier"


class NameKind(StrEnum):
    """Kind of a further name; `shown` is the one under which pages in its language show a thing."""

    ALTERNATIVE = "alternative"
    FORMER = "former"
    LOCAL = "local"
    SHORT = "short"
    SHOWN = "shown"


class Relation(StrEnum):
    """How a feature is related to another one: this feature is ... the other."""

    PART_OF = "part-of"
    SERVES = "serves"
    SAME_SITE_AS = "same-site-as"
    PHASE_OF = "phase-of"
    SUCCESSOR_OF = "successor-of"


class MembershipRule(StrEnum):
    """Why a feature belongs to a corridor."""

    NEAR_LINE = "near-line"
    SOURCE = "source"


class Licence(StrEnum):
    """Terms of a source. Facts are cited from every one; nothing is copied from `copyright`."""

    COPYRIGHT = "copyright"
    CC_BY_4 = "CC-BY-4.0"
    CC_BY_SA_4 = "CC-BY-SA-4.0"
    CC0 = "CC0-1.0"
    MIT = "MIT"
    APACHE_2 = "Apache-2.0"
    PUBLIC_DOMAIN = "public-domain"
    CC_BY_NC_4 = "CC-BY-NC-4.0"
    ODBL_1 = "ODbL-1.0"
    ODC_BY_1 = "ODC-BY-1.0"
    OGL_3 = "OGL-3.0"
    GODL_INDIA = "GODL-India"


BOTH_LICENCES = " AND "
"""What stands between two licences that both hold."""


class NoFeature(StrEnum):
    """Why something that a document names has no feature of its own."""

    GENERAL_TERM = "general-term"
    CHINA_DOMESTIC = "china-domestic"
    NOT_A_PLACE = "not-a-place"
    UNNAMED_SITE = "unnamed-site"


class NamedKind(StrEnum):
    """What a source document names."""

    PARK = "park"
    ZONE = "zone"
    FACILITY = "facility"
    PLANT = "plant"
    PORT = "port"
    AIRPORT = "airport"
    ROAD = "road"
    BRIDGE = "bridge"
    RAIL = "rail"
    CORRIDOR = "corridor"
    ROUTE = "route"
    CABLE = "cable"
    PIPELINE = "pipeline"
    SCHOOL = "school"
    WORKSHOP = "workshop"
    HOSPITAL = "hospital"
    BUILDING = "building"
    WAREHOUSE = "warehouse"
    LOCALITY = "locality"
    EVENT = "event"
    OTHER = "other"


class EventCategory(StrEnum):
    """Field of an event."""

    DIPLOMACY = "diplomacy"
    TRADE = "trade"
    INVESTMENT = "investment"
    INFRASTRUCTURE = "infrastructure"
    FINANCE = "finance"
    HEALTH = "health"
    DIGITAL = "digital"
    GREEN = "green"
    CULTURE = "culture"
    POLICY = "policy"


class Disagreement(StrEnum):
    """Kind of a fault or inconsistency in a source document."""

    CONTRADICTION = "contradiction"
    SCOPE = "scope"
    SPELLING = "spelling"
    WRONG = "wrong"
    OVERTAKEN = "overtaken"
    MISREAD = "misread"


class Certainty(StrEnum):
    """How sure a finding is."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


SHARED_VOCABULARIES: dict[str, type[StrEnum]] = {
    "status": Status,
    "region": Region,
    "precision": Precision,
    "basis": Basis,
    "green_rating": GreenRating,
    "ey_match": EyMatch,
    "value": Answer,
    "record": RecordStatus,
    "mark": Mark,
    "freshness": Freshness,
    "cost_kind": CostKind,
    "cost_scope": CostScope,
    "measure": Measure,
    "role": Role,
    "name_kind": NameKind,
    "relation": Relation,
    "overlap": Overlap,
    "tie": Tie,
    "membership_rule": MembershipRule,
    "licence": Licence,
    "no_feature": NoFeature,
    "named_kind": NamedKind,
    "waypoint_kind": WaypointKind,
    "way": Way,
    "event_category": EventCategory,
    "disagreement": Disagreement,
    "certainty": Certainty,
    "identifier_scheme": Scheme,
    "identifier_match": Match,
}
"""Vocabularies by the name under which columns and messages refer to them; kinds are with their layers."""
