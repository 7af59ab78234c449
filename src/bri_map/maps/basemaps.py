"""The basemaps that a reader can choose: the built-in one, and online ones that are asked only then.

A provider cannot exist without attribution and terms. One that needs a key is offered only where the
environment holds it; the key then travels to the browser, as keys for tiles do, so restrict it to your
host at the provider.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from bri_map.errors import DisplayError

BUILT_IN = "built-in"
"""Id of the basemap that comes with the atlas; it needs no network."""
_OSM = ("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright")


@dataclass(frozen=True, slots=True)
class Provider:
    """A source of map tiles in web mercator.

    Attributes:
        id: Code in links.
        url: Address of a tile with `{z}`, `{x}`, `{y}`, and where needed `{s}` and `{key}`.
        attribution: Whose work it is: words and a link each, in the provider's order.
        terms: Page with the terms of use.
        max_zoom: Closest zoom that has tiles; nearer views enlarge them.
        subdomains: What `{s}` stands for, one after another.
        has_names: Whether its tiles name places, so that the atlas need not.
    """

    id: str
    url: str
    attribution: tuple[tuple[str, str], ...]
    terms: str
    max_zoom: int
    subdomains: tuple[str, ...] = ()
    has_names: bool = True

    def __post_init__(self) -> None:
        if not self.attribution or not all(words and link for words, link in self.attribution):
            raise DisplayError(f"The basemap {self.id!r} has no attribution. Say whose work it is.")
        if not self.terms:
            raise DisplayError(f"The basemap {self.id!r} has no terms. Give the page with its terms of use.")
        if ("{s}" in self.url) != bool(self.subdomains):
            raise DisplayError(f"The basemap {self.id!r} needs subdomains exactly if its address has {{s}}.")

    @property
    def needs_key(self) -> bool:
        """Whether the provider answers only with a key."""
        return "{key}" in self.url

    @property
    def key_name(self) -> str:
        """Environment variable that holds the key."""
        return f"BRI_MAP_{self.id.upper().replace('-', '_')}_KEY"

    @property
    def origins(self) -> tuple[str, ...]:
        """Scheme and host of every address that tiles come from."""
        hosts = [self.url.replace("{s}", name) for name in self.subdomains or ("",)]
        return tuple(f"{part.scheme}://{part.netloc}" for part in map(urlsplit, hosts))

    def settings(self, key: str) -> dict[str, Any]:
        """Describe the provider for the map's script."""
        return {
            "id": self.id,
            "url": self.url.replace("{key}", quote(key, safe="")),
            "subdomains": list(self.subdomains),
            "max_zoom": self.max_zoom,
            "attribution": [list(part) for part in self.attribution],
            "terms": self.terms,
            "named": self.has_names,
        }


PROVIDERS: tuple[Provider, ...] = (
    Provider(
        "osm",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        (_OSM,),
        "https://operations.osmfoundation.org/policies/tiles/",
        19,
    ),
    Provider(
        "opentopomap",
        "https://{s}.tile.opentopomap.org/{z}/{x}/{y}.png",
        (
            _OSM,
            ("SRTM", "https://viewfinderpanoramas.org"),
            ("OpenTopoMap (CC BY-SA)", "https://opentopomap.org"),
        ),
        "https://opentopomap.org/about",
        17,
        ("a", "b", "c"),
    ),
    Provider(
        "esri-imagery",
        "https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer/tile/{z}/{y}/{x}",
        (
            ("Powered by Esri", "https://www.esri.com/"),
            (
                "Esri, i-cubed, USDA, USGS, AEX, GeoEye, Getmapping, Aerogrid, IGN, IGP, UPR-EGP, "
                "GIS User Community",
                "https://www.arcgis.com/home/item.html?id=10df2279f9684e4a9f6a7f08febac2a9",
            ),
        ),
        "https://www.esri.com/en-us/legal/terms/full-master-agreement",
        18,
        has_names=False,
    ),
    Provider(
        "maptiler",
        "https://api.maptiler.com/maps/streets-v2/256/{z}/{x}/{y}.png?key={key}",
        (("© MapTiler", "https://www.maptiler.com/copyright/"), _OSM),
        "https://www.maptiler.com/terms/",
        21,
    ),
    Provider(
        "thunderforest",
        "https://api.thunderforest.com/transport/{z}/{x}/{y}.png?apikey={key}",
        (("© Thunderforest", "https://www.thunderforest.com/"), _OSM),
        "https://www.thunderforest.com/terms/",
        22,
    ),
    Provider(
        "tianditu",
        "https://{s}.tianditu.gov.cn/DataServer?T=vec_w&x={x}&y={y}&l={z}&tk={key}",
        (("天地图 Tianditu", "https://www.tianditu.gov.cn/"),),
        "https://www.tianditu.gov.cn/about/contact.html",
        18,
        tuple(f"t{number}" for number in range(8)),
    ),
)
"""Every online basemap that the atlas knows, those without a key first."""


def available(environment: Mapping[str, str] = os.environ) -> tuple[Provider, ...]:
    """Give the online basemaps that can be offered: keyless ones, and those whose key is there."""
    return tuple(
        provider for provider in PROVIDERS if not provider.needs_key or environment.get(provider.key_name)
    )


def available_ids(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Give the ids of all basemaps that can be offered, the built-in one first."""
    return (BUILT_IN, *(provider.id for provider in available(environment)))


def provider_settings(environment: Mapping[str, str] = os.environ) -> list[dict[str, Any]]:
    """Describe the online basemaps on offer for the map's script."""
    return [provider.settings(environment.get(provider.key_name, "")) for provider in available(environment)]


def tile_origins(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Give scheme and host of everywhere that tiles of the basemaps on offer may come from."""
    return tuple(dict.fromkeys(origin for provider in available(environment) for origin in provider.origins))
