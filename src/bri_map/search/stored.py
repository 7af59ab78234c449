"""The arrays of a search index, as an entry of the user's cache."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bri_map import folding
from bri_map.cache import Bytes, Cache, key_of, source_key
from bri_map.data.basemap import Town
from bri_map.data.files import FileError, RootFiles
from bri_map.domain.names import Names
from bri_map.search.terms import TermIndex
from bri_map.search.towns import Box

_KIND = "search"
_TERMS = ("words", "wholes", "characters", "texts")
_PACKAGE = Path(__file__).resolve().parents[1]
_ROOMS = ("search", "folding.py", "domain", "evidence", "geo", "data", "query")
_BASEMAP_FILES = ("towns.csv", "countries-50m.json")
_LIBRARIES = ("opencc_python_reimplemented", "pypinyin")


@dataclass(frozen=True, slots=True)
class IndexParts:
    """What takes long to make of an index.

    Attributes:
        words: Single words of names and of what stands beside them.
        wholes: Whole names without spaces, also in pinyin and as initials.
        characters: Single Chinese characters.
        texts: Words of notes, of events and of sources.
        prior: How obvious each thing is, before anything is asked.
        lengths: Characters of each thing's English name.
        towns: The towns, in order.
        boxes: Views of countries.
    """

    words: TermIndex
    wholes: TermIndex
    characters: TermIndex
    texts: TermIndex
    prior: npt.NDArray[np.float32]
    lengths: npt.NDArray[np.float32]
    towns: list[Town]
    boxes: dict[str, Box]


def index_key(catalog_key: str | None, basemap: Path) -> str | None:
    """Give a key that stands for all that an index follows from; None where it cannot be told.

    Args:
        catalog_key: Stands for the data.
        basemap: Folder of the basemap.
    """
    if catalog_key is None:
        return None
    try:
        folder = RootFiles(basemap)
        files = [folder.raw(name) or b"" for name in _BASEMAP_FILES]
        return key_of([catalog_key.encode(), source_key(_PACKAGE, _ROOMS).encode(), _versions(), *files])
    except FileError:
        return None


def read_parts(cache: Cache, key: str | None) -> IndexParts | None:
    """Give the arrays of an index that were kept; None where there are none."""
    kept = cache.read(_KIND, key) if key else None
    if kept is None:
        return None
    folding.learn(json.loads(bytes(kept["readings"])))
    return IndexParts(
        _terms(kept, "words"),
        _terms(kept, "wholes"),
        _terms(kept, "characters"),
        _terms(kept, "texts"),
        np.frombuffer(kept["prior"], dtype="<f4"),
        np.frombuffer(kept["lengths"], dtype="<f4"),
        [Town(Names(known), *values) for known, *values in json.loads(bytes(kept["towns"]))],
        {key: tuple(box) for key, box in json.loads(bytes(kept["boxes"])).items()},
    )


def keep_parts(cache: Cache, key: str | None, parts: IndexParts) -> None:
    """Put the arrays of an index into the cache, if that is possible."""
    if key is None or cache.folder is None:
        return
    entry: dict[str, Bytes] = {
        "prior": parts.prior.astype("<f4").tobytes(),
        "lengths": parts.lengths.astype("<f4").tobytes(),
        "towns": json.dumps([_town_values(town) for town in parts.towns]).encode(),
        "boxes": json.dumps(parts.boxes).encode(),
        "readings": json.dumps(folding.readings()).encode(),
    }
    for name in _TERMS:
        terms = cast("TermIndex", getattr(parts, name))
        words, starts, items, fields = terms.arrays()
        sink = pa.BufferOutputStream()
        table = pa.table({"word": words})
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        entry[name] = memoryview(sink.getvalue())
        entry[f"{name}.starts"] = starts.astype("<i8").tobytes()
        entry[f"{name}.items"] = items.astype("<i4").tobytes()
        entry[f"{name}.fields"] = fields.tobytes()
    cache.write(_KIND, key, entry)


def _terms(kept: Mapping[str, memoryview], name: str) -> TermIndex:
    with pa.ipc.open_stream(pa.py_buffer(kept[name])) as reader:
        words = reader.read_all()["word"].combine_chunks()
    return TermIndex(
        words.chunk(0) if isinstance(words, pa.ChunkedArray) else words,
        np.frombuffer(kept[f"{name}.starts"], dtype="<i8"),
        np.frombuffer(kept[f"{name}.items"], dtype="<i4"),
        np.frombuffer(kept[f"{name}.fields"], dtype="u1"),
    )


def _town_values(town: Town) -> tuple[object, ...]:
    known = dict(town.names.known)
    return known, town.country, town.lon, town.lat, town.population, town.is_capital


def _versions() -> bytes:
    """Give the versions of the libraries that read Chinese, without importing them."""
    import pyarrow

    site = Path(pyarrow.__file__).parents[1]
    found = sorted(path.name for name in _LIBRARIES for path in site.glob(f"{name}-*.dist-info"))
    return "\n".join(found).encode()
