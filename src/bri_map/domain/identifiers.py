"""Under which identifiers other databases know a feature, and the form that each has there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

SEPARATOR = ":"
"""Between a scheme and an identifier, as in `aiddata:34750`."""


class Scheme(StrEnum):
    """Who gives an identifier."""

    AIDDATA = "aiddata"
    GEM = "gem"
    WRI_GPPD = "wri-gppd"
    IATA = "iata"
    ICAO = "icao"
    WPI = "wpi"
    UNLOCODE = "unlocode"
    WIKIDATA = "wikidata"
    OSM = "osm"
    GEONAMES = "geonames"


class Match(StrEnum):
    """How a feature and what another database names are alike; `absent` if it was looked for in vain."""

    SAME = "same"
    PART_OF = "part-of"
    WHOLE_OF = "whole-of"
    RELATED = "related"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of the identifiers of a scheme.

    Attributes:
        pattern: Regular expression that an identifier matches whole.
        good: An example.
        page: Address of the page about a thing, with `{id}` for its identifier; empty where there is none.
    """

    pattern: re.Pattern[str]
    good: str
    page: str = ""

    def url(self, identifier: str) -> str:
        """Give the address of the page about a thing, empty where the scheme or the thing has none."""
        return self.page.replace("{id}", identifier) if identifier else ""


FORMS: dict[str, Form] = {
    Scheme.AIDDATA: Form(re.compile(r"\d{1,6}"), "34750", "https://china.aiddata.org/projects/{id}"),
    Scheme.GEM: Form(re.compile(r"[GLMPT]\d+|P\d+"), "L100000900028"),
    Scheme.WRI_GPPD: Form(re.compile(r"[A-Z]{3}\d{7}|GEODB\d{7}"), "WRI1000065"),
    Scheme.IATA: Form(re.compile(r"[A-Z]{3}"), "ABV"),
    Scheme.ICAO: Form(re.compile(r"[A-Z][A-Z0-9]{3}"), "DNAA", "https://ourairports.com/airports/{id}/"),
    Scheme.WPI: Form(re.compile(r"\d{1,5}"), "46000"),
    Scheme.UNLOCODE: Form(re.compile(r"[A-Z]{2}[A-Z2-9]{3}"), "CIABJ"),
    Scheme.WIKIDATA: Form(re.compile(r"Q\d+"), "Q42", "https://www.wikidata.org/wiki/{id}"),
    Scheme.OSM: Form(
        re.compile(r"(node|way|relation)/\d+"), "relation/6441947", "https://www.openstreetmap.org/{id}"
    ),
    Scheme.GEONAMES: Form(re.compile(r"\d+"), "2595323", "https://www.geonames.org/{id}"),
}
"""Scheme to the form of its identifiers.

GEM does not document its form; the letters are those of its location, phase, plant and pipeline ids.
"""


def written(scheme: str, identifier: str) -> str:
    """Write an identifier with its scheme."""
    return f"{scheme}{SEPARATOR}{identifier}"


def scheme_of(text: str) -> str | None:
    """Give the scheme that a text begins with, whatever the case of its letters; None for no known one."""
    scheme = text.partition(SEPARATOR)[0].strip().lower()
    return scheme if scheme in FORMS else None


def parsed(text: str) -> tuple[str, str] | None:
    """Read a scheme and an identifier, whatever the case of their letters; None if it is not both."""
    scheme, identifier = scheme_of(text), text.partition(SEPARATOR)[2].strip()
    if scheme is None:
        return None
    for candidate in (identifier, identifier.upper(), identifier.lower()):
        if FORMS[scheme].pattern.fullmatch(candidate):
            return scheme, candidate
    return None
