"""What a catalog is made of, read from a data root or from the user's cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely

from bri_map.cache import Cache, key_of, source_key
from bri_map.data.dataset import DESCRIPTOR, DatasetInfo
from bri_map.data.derive import derive
from bri_map.data.files import FileError
from bri_map.data.root import DataRoot
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.tables import TABLES
from bri_map.errors import DataError
from bri_map.i18n.sentences import say
from bri_map.query.features import Features
from bri_map.report import Report

_KIND = "catalog"
_PACKAGE = Path(__file__).resolve().parent
_ROOMS = ("cache.py", "snapshot.py", "report.py", "domain", "geo", "data", "query", "checks")
"""The code that an entry of the cache follows from."""
_LAYER_NAMES = frozenset(layer for layer in LAYERS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A data root without a fault, with what follows from it.

    Attributes:
        info: Name, version, date and terms of the data set.
        tables: Name to table as text, all but those of the layers.
        features: The features with their derived columns.
        key: Stands for all of it; None where it could not be told.
    """

    info: DatasetInfo
    tables: Mapping[str, pd.DataFrame]
    features: Features
    key: str | None


def read_snapshot(root: DataRoot, cache: Cache) -> Snapshot:
    """Read a data root, or what the cache has of the very same files.

    Raises:
        DataError: The root has faults; the error's report names each with file, row, id and remedy.
    """
    key = content_key(root)
    info = root.info()
    kept = cache.read(_KIND, key) if key else None
    if kept is not None:
        frames = _Frames(kept)
        features = Features.of_rows(
            {layer: frames[f"rows.{layer}"] for layer in LAYER_TABLES},
            {layer: _shapes(kept[f"shapes.{layer}"]) for layer in LAYER_TABLES},
            frames["retired"],
        )
        return Snapshot(info, frames, features, key)
    tables, features = _read(root, info)
    if key is not None and content_key(root) == key:
        cache.write(_KIND, key, _packed(tables, features))
    else:  # edited meanwhile: what was read may be neither the old nor the new
        key = None
    return Snapshot(info, tables, features, key)


def content_key(root: DataRoot) -> str | None:
    """Give a key that stands for every file that a catalog is read from, and the code that reads it.

    None where one of the files that must be there cannot be read.
    """
    files = root.files()
    places = [table.path for table in TABLES]
    places += [DESCRIPTOR, *(root.geometry_file(layer) for layer in LAYERS)]

    def parts() -> Iterator[bytes]:
        yield source_key(_PACKAGE, _ROOMS).encode()
        for place in places:
            yield place.encode()
            body = files.raw(place)
            yield b"\0none" if body is None else body

    try:
        return key_of(parts())
    except FileError:
        return None


def _read(root: DataRoot, info: DatasetInfo) -> tuple[dict[str, pd.DataFrame], Features]:
    # Of no use where the cache has it all.
    from bri_map.checks.validation import read_checked
    from bri_map.data.tables import LINE

    report = Report()
    content = read_checked(root, report)
    if not report.ok:
        first = next(iter(report))
        message = say(
            "fault.root_faults",
            path=root.path,
            n=len(report),
            first=say(
                "fault.issue",
                place=first.place,
                message=first.message,
                rule=first.rule,
                remedy=first.remedy,
            ),
        )
        raise DataError(message, report)
    tables = {name: rows.frame.drop(columns=LINE) for name, rows in content.tables.items()}
    shapes = {layer: found.shapes for layer, found in content.geometry.items()}
    features = Features.of(tables, shapes)
    derive(dict(features.rows), features.shapes, tables, info.date)
    del content
    pa.default_memory_pool().release_unused()
    return {name: frame for name, frame in tables.items() if name not in _LAYER_NAMES}, features


# --- as an entry of the cache ------------------------------------------------------------------------


class _Frames(Mapping[str, pd.DataFrame]):
    """Tables in an entry, each decoded when it is first asked for."""

    def __init__(self, parts: Mapping[str, memoryview]) -> None:
        self._parts = parts
        self._decoded: dict[str, pd.DataFrame] = {}
        self._names = tuple(table.name for table in TABLES if table.name not in _LAYER_NAMES)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._decoded:
            with pa.ipc.open_stream(pa.py_buffer(self._parts[name])) as reader:
                self._decoded[name] = reader.read_all().to_pandas()
        return self._decoded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _packed(tables: Mapping[str, pd.DataFrame], features: Features) -> dict[str, memoryview]:
    parts = {name: _packed_frame(frame) for name, frame in tables.items()}
    for layer, rows in features.rows.items():
        parts[f"rows.{layer}"] = _packed_frame(rows)
        parts[f"shapes.{layer}"] = _packed_shapes(features.shapes[layer])
    return parts


def _packed_frame(frame: pd.DataFrame) -> memoryview:
    columns = {
        str(name): pa.array(
            frame[name] if len(frame) else [],
            pa.int64() if frame[name].dtype == "int64" else pa.large_string(),
        )
        for name in frame.columns
    }
    return _stream(pa.table(columns))


def _packed_shapes(shapes: npt.NDArray[np.object_]) -> memoryview:
    return _stream(pa.table({"wkb": pa.array(shapely.to_wkb(shapes), pa.large_binary())}))


def _stream(table: pa.Table) -> memoryview:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return memoryview(sink.getvalue())


def _shapes(part: memoryview) -> npt.NDArray[np.object_]:
    with pa.ipc.open_stream(pa.py_buffer(part)) as reader:
        wkb = reader.read_all()["wkb"].to_numpy()
    shapes: npt.NDArray[np.object_] = shapely.from_wkb(wkb)
    return shapes
