"""Which files of a data root are read, and how one sees without reading them that one has changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bri_map.data.root import DataRoot
from bri_map.domain.layers import LAYERS
from bri_map.domain.tables import TABLES

BASEMAP_FILES = ("countries-50m.json", "countries-10m.json", "countries.csv", "towns.csv")
"""Names of the files of a basemap that are read."""
FileState = tuple[str, tuple[int, int, int] | None]
"""A path, and when its file was changed, its size and its inode; None where there is no file."""


def files_read(root: DataRoot) -> tuple[Path, ...]:
    """Give every file that is read from a data root and its basemap, whether it is there or not."""
    places = ("data/datapackage.json", *(table.path for table in TABLES), *map(root.geometry_file, LAYERS))
    return (*(root.path / place for place in places), *basemap_files(root))


def basemap_files(root: DataRoot) -> tuple[Path, ...]:
    """Give the files of the basemap that are read."""
    folder = root.basemap_directory()
    return tuple(folder / name for name in BASEMAP_FILES)


def signature(files: Iterable[Path]) -> tuple[FileState, ...]:
    """Give what changes when a file is changed, replaced, made or taken away.

    A file is told from another by the time of its last change, its size and its inode, so that one that an
    editor has put in its place is new even where time and size are those of the old one. Files may come and
    go meanwhile.
    """
    return tuple((str(path), _state(path)) for path in files)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:  # it is not there, or has just been renamed
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
