"""What the map loads, in three parts: what the program brings, the basemap, and what the data give.

Each part gives its files and its share of the script's configuration. An edit of the data makes the third
anew, and the first two stay as they are.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet

from bri_map.app.assets import BINARY, JSON, UP, Asset, AssetFiles
from bri_map.browser import map_script, map_style
from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.names import NAME_COLUMNS
from bri_map.i18n import languages, messages
from bri_map.maps.atlas_map import MAX_ZOOM, MIN_ZOOM, START_LAT, START_LON, START_ZOOM, MapAssets
from bri_map.maps.basemap import Detail, pack_basemap
from bri_map.maps.basemaps import provider_settings
from bri_map.maps.indicators import pack_indicators
from bri_map.maps.labels import pack_country_labels, pack_town_labels
from bri_map.maps.layer_settings import code_lists, layer_settings
from bri_map.maps.packing import NAMES_CHUNK, pack_layer


@dataclass(frozen=True, slots=True)
class MapPart:
    """A part of what the map loads.

    Attributes:
        files: Its files.
        config: Its share of the script's configuration, by name.
    """

    files: AssetFiles = field(default_factory=AssetFiles)
    config: dict[str, Any] = field(default_factory=dict)


@cache
def program_part() -> MapPart:
    """Give what does not depend on any data: the texts, codes and settings; made once in a process."""
    part = MapPart()
    part.config.update(
        codes=code_lists(),
        providers=provider_settings(),
        messages={code: _add_messages(part.files, code) for code in languages()},
        locales={code: messages(code).locale.to_script() for code in languages()},
        view={"lon": START_LON, "lat": START_LAT, "zoom": START_ZOOM},
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
    )
    return part


def basemap_part(directory: Path) -> MapPart:
    """Pack the basemap in a folder.

    Raises:
        DataError: One of its files cannot be read.
    """
    part = MapPart()
    files = part.files
    part.config.update(
        basemap={
            "coarse": _add_basemap(files, directory, "50m"),
            "fine": _add_basemap(files, directory, "10m"),
            "countries": files.add("basemap/countries", "json", pack_country_labels(directory), JSON),
            "towns": files.add("basemap/towns", "json", pack_town_labels(directory), JSON),
        },
    )
    return part


def data_part(catalog: Catalog) -> MapPart:
    """Pack what a catalog gives: layers, names, histories, indicators of countries.

    Countries that the data name in languages in which the basemap does not are labelled from the data.

    Raises:
        DataError: The names of the countries cannot be read.
    """
    part = MapPart()
    part.config.update(
        layers=[_add_layer(part.files, catalog, layer) for layer in LAYERS],
        countries={"values": part.files.add("countries/values", "json", pack_indicators(catalog), JSON)},
    )
    names = catalog.country_names
    if any(found.known.keys() - NAME_COLUMNS.keys() for found in names.values()):
        labels = pack_country_labels(catalog.root.basemap_directory(), names)
        part.config["basemap"] = {"countries": part.files.add("basemap/countries", "json", labels, JSON)}
    return part


def join_parts(parts: tuple[MapPart, ...]) -> tuple[AssetFiles, MapAssets]:
    """Join the parts with the script and the style sheet of the map.

    Returns:
        Every file, and what the Folium map links to.
    """
    files = AssetFiles()
    config: dict[str, Any] = {}
    for part in parts:
        files.take(part.files)
        for name, value in part.config.items():
            config[name] = {**config.get(name, {}), **value} if isinstance(value, dict) else value
    vendored = Path(leaflet.BASE_DIR)
    # The frame's page begins to load the script, and streamlit-folium asks for it once more.
    scripts = [
        "if (!window.briMap) {",
        (vendored / "leaflet.js").read_text("utf-8"),
        map_script(),
        f"briMap.config = {json.dumps(config)};",
        "}",
    ]
    styles = [(vendored / "leaflet.css").read_text("utf-8"), map_style()]
    script = files.add("map", "js", "\n".join(scripts).encode(), "text/javascript")
    style = files.add("map", "css", "\n".join(styles).encode(), "text/css")
    version = hashlib.sha256((script + style).encode()).hexdigest()[:12]
    first = (config["basemap"]["coarse"], *(layer["url"] for layer in config["layers"]))
    return files, MapAssets(version, script, style, config["basemap"]["countries"], first)


def _add_layer(files: AssetFiles, catalog: Catalog, layer: LayerId) -> dict[str, Any]:
    packed = pack_layer(catalog, layer)
    digest = hashlib.sha256(b"".join(packed.names)).hexdigest()[:12]
    for number, body in enumerate(packed.names):
        files.by_address[f"layers/{layer}.{digest}.{number}.json"] = Asset(body, JSON)
    return {
        **layer_settings(LAYERS[layer]),
        "url": files.add(f"layers/{layer}", "bin", packed.data, BINARY),
        "names": f"{UP}layers/{layer}.{digest}.{{chunk}}.json",
        "history": _add_history(files, catalog, layer),
        "chunk": NAMES_CHUNK,
    }


def _add_history(files: AssetFiles, catalog: Catalog, layer: LayerId) -> str:
    """Keep the statuses of a layer by year: for each feature year, code, year, code ..."""
    history = {
        "years": list(catalog.years),
        "changes": catalog.history.changes(catalog.slices[layer]),
    }
    body = json.dumps(history, separators=(",", ":")).encode()
    return files.add(f"layers/{layer}", "history.json", body, JSON)


def _add_basemap(files: AssetFiles, directory: Path, detail: Detail) -> str:
    return files.add(f"basemap/{detail}", "bin", pack_basemap(directory, detail), BINARY)


def _add_messages(files: AssetFiles, language: str) -> str:
    texts = messages(language).subset(
        "map.",
        "layer.",
        *(f"{vocabulary}." for vocabulary in code_lists()),
        "basemap.",
        "indicator.",
        "indicator_unit.",
        "indicator_note.",
        "seeing.",
    )
    body = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    return files.add(f"messages/{language}", "json", body, JSON)
