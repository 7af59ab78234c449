"""What one server process holds: the catalog and every file that the map loads, by address.

The data root is read anew when one of its files changes: aside, while the store that is there goes on
serving, and taken over only when it is whole. A data root with faults changes nothing but `fault`.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bri_map.app.assets import PREFIX, UP, Asset
from bri_map.app.export_files import ExportFiles
from bri_map.app.first_pictures import FirstPictures
from bri_map.app.map_files import MapPart, basemap_part, data_part, join_parts, program_part
from bri_map.app.offers import Offers
from bri_map.app.questions import Questions, write_questions
from bri_map.catalog import Catalog, load
from bri_map.data.root import DataRoot
from bri_map.data.signature import FileState, basemap_files, files_read, signature
from bri_map.errors import DataError
from bri_map.exports.jsonld import dataset_document
from bri_map.i18n.sentences import say
from bri_map.maps.atlas_map import MapAssets
from bri_map.report import Sentence

__all__ = ["PREFIX", "AtlasStore", "StoreKeeper", "build_store", "keeper", "public_text"]

logger = logging.getLogger("bri_map")

Signature = tuple[FileState, ...] | str
"""What is known of the files without reading them; the sentence that says why there are none."""
_SETTLED_SECONDS = 0.3
"""Files that have not changed for so long are taken as written."""
_PATIENCE_SECONDS = 5.0
"""Files that change for longer than this without a pause are read all the same."""
_TRIES = 3
_SHORT_TURN_SECONDS = 0.0005
"""How long a thread may keep the interpreter from the others while a store is built beside visitors."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class AtlasStore:
    """A catalog with the files that its map loads.

    Attributes:
        catalog: The catalog.
        assets: Address below `PREFIX` to file.
        map_assets: What the Folium map links to.
        description: The data set as schema.org has it, JSON that is also safe inside a script element.
        exports: Files of download.
        pictures: The first pictures of the map.
        questions: Language to the filters in its words.
        offers: Reads searches as filters.
    """

    catalog: Catalog
    assets: dict[str, Asset]
    map_assets: MapAssets
    description: bytes
    exports: ExportFiles
    pictures: FirstPictures
    questions: dict[str, Questions]
    offers: Offers


def build_store(catalog: Catalog, basemap: MapPart | None = None) -> AtlasStore:
    """Pack everything that the map of a catalog loads.

    Args:
        catalog: The catalog.
        basemap: Its basemap, where that is packed already.

    Raises:
        DataError: A file of the basemap cannot be read.
    """
    basemap = basemap or basemap_part(catalog.root.basemap_directory())
    files, map_assets = join_parts((program_part(), basemap, data_part(catalog)))
    description = json.dumps(dataset_document(catalog), ensure_ascii=False).replace("<", "\\u003c")
    questions = write_questions(catalog, files)
    labels = files.by_address[map_assets.country_names.removeprefix(UP)].body
    return AtlasStore(
        catalog,
        files.by_address,
        map_assets,
        description.encode(),
        ExportFiles(catalog),
        FirstPictures(catalog, labels),
        questions,
        Offers(catalog, questions),
    )


class StoreKeeper:
    """Holds the store of this process, and builds it anew when a file of the data root changes.

    Only the first call of `store` ever waits for a build. Later ones happen in the thread that calls `check`.
    """

    def __init__(self) -> None:
        self._building = threading.Lock()
        self._store: AtlasStore | None = None
        self._former: dict[str, Asset] = {}
        self._fault: DataError | None = None
        self._signature: Signature | None = None
        self._basemap: tuple[tuple[FileState, ...], MapPart] | None = None

    @property
    def fault(self) -> DataError | None:
        """What keeps the files as they are now from being used; None when they are what is served.

        Its message may be shown to anybody: it names no place on this machine.
        """
        return self._fault

    def store(self) -> AtlasStore:
        """Give the last store that could be built; the first call builds it.

        Raises:
            DataError: The data root has faults, and has had them since this process began.
        """
        if self._signature is None:
            self.check()
        if self._store is not None:
            return self._store
        fault = self._fault
        raise DataError(fault.message if fault else "", fault.report if fault else None)

    def ready(self) -> AtlasStore | None:
        """Give the store if it is there; never wait for it."""
        return self._store

    def asset(self, address: str) -> Asset | None:
        """Give a file of the map: of the store, or of the one before, whose maps may still be open."""
        here = self._store.assets if self._store else {}
        return here.get(address) or self._former.get(address)

    def warm(self) -> None:
        """Make ready what the first visitor would wait for: compressed files and the index of the search.

        What cannot be made ready for faults of the data is kept in `fault`.

        Raises:
            DataError: There is no store.
        """
        store = self.store()
        made = self._outcome(lambda: _prepared(store))
        if isinstance(made, DataError):
            self._fault = made

    def check(self) -> bool:
        """Look whether a file has changed, and if so read the data root and take over what it gives.

        Whatever goes wrong is logged, and is kept in `fault`; it is not tried again before a file changes.

        Returns:
            Whether the store is a new one.
        """
        with self._building:
            before = self._store
            for trial in range(1, _TRIES + 1):
                found = self._settled()
                if found == self._signature:
                    break
                built = self._build()
                is_torn = _look() != found
                if not is_torn or before is None or trial == _TRIES:
                    self._take(built, found)
                    break
            return self._store is not before

    def _settled(self) -> Signature:
        """Give the signature of the files, when something changes only after it has come to rest."""
        found = _look()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._store is not None and found != self._signature and time.monotonic() < deadline:
            time.sleep(_SETTLED_SECONDS)
            before, found = found, _look()
            if found == before:
                break
        return found

    def _take(self, built: AtlasStore | DataError, found: Signature) -> None:
        if isinstance(built, DataError):
            self._fault = built
        else:
            self._former = self._store.assets if self._store else {}
            self._store, self._fault = built, None
        self._signature = found  # last: from here on nobody waits

    def _build(self) -> AtlasStore | DataError:
        """Read and pack the data root; beside visitors all is made ready that they would wait for."""
        if self._store is None:
            return self._outcome(self._read)
        with _short_turns():
            return self._outcome(lambda: _prepared(self._read()))

    @staticmethod
    def _outcome(make: Callable[[], AtlasStore]) -> AtlasStore | DataError:
        """Give what a function gives, or what went wrong as a visitor may read it; the log has all of it."""
        try:
            return make()
        except DataError as error:
            logger.error("%s", error)
            for issue in error.report or ():
                logger.error("%s", issue)
            return DataError(public_text(error), error.report)
        except Exception:  # whatever it is, visitors keep what they have
            logger.exception("The data cannot be read.")
            return DataError(say("fault.unreadable"))

    def _read(self) -> AtlasStore:
        catalog = load()
        state = signature(basemap_files(catalog.root))
        if self._basemap is None or self._basemap[0] != state:
            self._basemap = (state, basemap_part(catalog.root.basemap_directory()))
        return build_store(catalog, self._basemap[1])


def public_text(error: DataError) -> str:
    """Say what is wrong without any place on this machine."""
    if error.report:
        return say("fault.reports", n=len(error.report), first=next(iter(error.report)))
    try:
        root = DataRoot.find()
    except (DataError, OSError):
        return say("fault.root_hidden")

    def hidden(text: str) -> str:
        for folder in (root.basemap_directory(), root.path):
            text = text.replace(f"{folder}{os.sep}", "").replace(str(folder), "the data root")
        return text

    return error.message.altered(hidden) if isinstance(error.message, Sentence) else hidden(error.message)


def _prepared(store: AtlasStore) -> AtlasStore:
    """Make ready what is wanted soon after the data are read."""
    for asset in store.assets.values():
        _ = asset.compressed
    store.catalog.prepare()
    store.pictures.prepare()
    store.catalog.searcher.prepare()
    return store


@contextmanager
def _short_turns() -> Iterator[None]:
    """Let threads that answer visitors take over from one that calculates ten times as often as usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SHORT_TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _look() -> Signature:
    try:
        return signature(files_read(DataRoot.find()))
    except (DataError, OSError) as error:
        return str(error)


keeper = StoreKeeper()
"""The one of this process."""
