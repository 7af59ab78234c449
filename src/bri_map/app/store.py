"""What one server process holds: the catalog and every file that the map loads, by address."""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import logging
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet

from bri_map.browser import map_script, map_style
from bri_map.catalog import Catalog, load
from bri_map.data.root import DataRoot
from bri_map.domain.codes import codes
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.vocabulary import Language
from bri_map.errors import DataError
from bri_map.i18n import messages
from bri_map.maps.atlas_map import MAX_ZOOM, MIN_ZOOM, START_LAT, START_LON, START_ZOOM, MapAssets
from bri_map.maps.basemap import Detail, pack_basemap
from bri_map.maps.basemaps import provider_settings
from bri_map.maps.indicators import pack_indicators
from bri_map.maps.labels import pack_country_labels, pack_town_labels
from bri_map.maps.packing import NAMES_CHUNK, pack_layer

logger = logging.getLogger("bri_map")

PREFIX = "atlas-files"
"""First part of the path of everything served here; no path prefix of a server should end with it."""
_UP = f"../../{PREFIX}/"
_BINARY = "application/octet-stream"
_JSON = "application/json"
_RECHECK_SECONDS = 2.0


@dataclass(frozen=True)
class Asset:
    """One file to serve; its address carries its content hash, so it never changes."""

    body: bytes
    media_type: str

    @cached_property
    def compressed(self) -> bytes:
        """The body as gzip, made once."""
        return gzip.compress(self.body, compresslevel=6, mtime=0)


@dataclass(slots=True)
class AtlasStore:
    """A catalog with the files that its map loads.

    Attributes:
        catalog: The catalog.
        assets: Address below `PREFIX` to file.
        map_assets: What the Folium map links to.
    """

    catalog: Catalog
    assets: dict[str, Asset] = field(default_factory=dict)
    map_assets: MapAssets = field(default_factory=lambda: MapAssets("", "", ""))

    def add(self, stem: str, suffix: str, body: bytes, media_type: str) -> str:
        """Keep a file under an address with its content hash.

        Returns:
            The address, relative to the map's frame.
        """
        name = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{suffix}"
        self.assets[name] = Asset(body, media_type)
        return _UP + name


def build_store(catalog: Catalog) -> AtlasStore:
    """Pack everything that the map of a catalog loads."""
    store = AtlasStore(catalog)
    basemap = catalog.root.basemap_directory()
    config = {
        "layers": [_add_layer(store, layer) for layer in LAYERS],
        "codes": {
            "type": codes("type"),
            "sector": codes("sector"),
            "status": codes("status"),
            "precision": codes("precision"),
            "green_rating": codes("green_rating"),
            "rail.kind": codes("rail_kind"),
            "corridors.kind": codes("corridor_kind"),
        },
        "basemap": {
            "coarse": _add_basemap(store, basemap, "50m"),
            "fine": _add_basemap(store, basemap, "10m"),
            "countries": store.add("basemap/countries", "json", pack_country_labels(basemap), _JSON),
            "towns": store.add("basemap/towns", "json", pack_town_labels(basemap), _JSON),
        },
        "countries": {"values": store.add("countries/values", "json", pack_indicators(catalog), _JSON)},
        "providers": provider_settings(),
        "messages": {language.value: _add_messages(store, language) for language in Language},
        "view": {"lon": START_LON, "lat": START_LAT, "zoom": START_ZOOM},
        "min_zoom": MIN_ZOOM,
        "max_zoom": MAX_ZOOM,
    }
    vendored = Path(leaflet.BASE_DIR)
    parts = [
        (vendored / "leaflet.js").read_text("utf-8"),
        map_script(),
        f"briMap.config = {json.dumps(config)};",
    ]
    styles = [(vendored / "leaflet.css").read_text("utf-8"), map_style()]
    script = store.add("map", "js", "\n".join(parts).encode(), "text/javascript")
    style = store.add("map", "css", "\n".join(styles).encode(), "text/css")
    version = hashlib.sha256((script + style).encode()).hexdigest()[:12]
    store.map_assets = MapAssets(version, script, style)
    return store


def _add_layer(store: AtlasStore, layer: LayerId) -> dict[str, Any]:
    packed = pack_layer(store.catalog, layer)
    digest = hashlib.sha256(b"".join(packed.names)).hexdigest()[:12]
    for number, body in enumerate(packed.names):
        store.assets[f"layers/{layer}.{digest}.{number}.json"] = Asset(body, _JSON)
    return {
        "id": layer,
        "url": store.add(f"layers/{layer}", "bin", packed.data, _BINARY),
        "names": f"{_UP}layers/{layer}.{digest}.{{chunk}}.json",
        "history": _add_history(store, layer),
        "chunk": NAMES_CHUNK,
        "channels": packed.channels,
    }


def _add_history(store: AtlasStore, layer: LayerId) -> str:
    """Keep the statuses of a layer by year: for each feature year, code, year, code ..."""
    history = {
        "years": list(store.catalog.years),
        "changes": store.catalog.history.changes(store.catalog.slices[layer]),
    }
    body = json.dumps(history, separators=(",", ":")).encode()
    return store.add(f"layers/{layer}", "history.json", body, _JSON)


def _add_basemap(store: AtlasStore, directory: Path, detail: Detail) -> str:
    return store.add(f"basemap/{detail}", "bin", pack_basemap(directory, detail), _BINARY)


def _add_messages(store: AtlasStore, language: Language) -> str:
    texts = messages(language.value).subset(
        "map.",
        "layer.",
        "type.",
        "sector.",
        "status.",
        "precision.",
        "rail_kind.",
        "corridor_kind.",
        "green_rating.",
        "basemap.",
        "indicator.",
        "indicator_unit.",
        "indicator_note.",
        "seeing.",
    )
    body = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    return store.add(f"messages/{language.value}", "json", body, _JSON)


class StoreKeeper:
    """Holds the store of this process and builds it anew when the files of the data root change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._store: AtlasStore | None = None
        self._error: DataError | None = None
        self._signature: tuple[object, ...] | None = None
        self._checked = float("-inf")

    def store(self) -> AtlasStore:
        """Give the store.

        Raises:
            DataError: The data root has faults; every fault is logged once.
        """
        with self._lock:
            if time.monotonic() - self._checked > _RECHECK_SECONDS:
                signature = _signature()
                if signature != self._signature:
                    self._rebuild()
                    self._signature = signature
                self._checked = time.monotonic()
            if self._error is not None:
                raise self._error
            if self._store is None:
                raise DataError("The data root has not been read.")
            return self._store

    def warm(self) -> None:
        """Make ready what the first visitor would wait for: compressed files and the index of the search.

        Raises:
            DataError: The data root has faults.
        """
        _prepare(self.store())

    def _rebuild(self) -> None:
        gc.unfreeze()
        try:
            self._store, self._error = build_store(load()), None
        except DataError as error:
            self._error = error
            logger.error("%s", error)
            for issue in error.report or ():
                logger.error("%s", issue)
        _keep_for_good()
        was_read_before = self._signature is not None
        if was_read_before and self._store is not None and self._error is None:
            threading.Thread(target=_prepare, args=(self._store,), daemon=True).start()


def _prepare(store: AtlasStore) -> None:
    """Make ready what is wanted soon after the data are read."""
    for asset in store.assets.values():
        _ = asset.compressed
    store.catalog.searcher.prepare()
    _keep_for_good()


def _keep_for_good() -> None:
    """Spare what is there the search for garbage, which Streamlit starts after every run of the script."""
    gc.collect()
    gc.freeze()


def _signature() -> tuple[object, ...]:
    try:
        root = DataRoot.find()
    except DataError as error:
        return (str(error),)
    found = [*root.path.glob("data/*.*"), *root.path.glob("geo/*.geojson")]
    stats = [(path, path.stat()) for path in sorted(found)]
    return (root.path, *((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in stats))


keeper = StoreKeeper()
"""The one of this process."""
