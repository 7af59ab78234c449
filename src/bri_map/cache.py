"""A folder of the user's for what can be worked out again: never needed, never trusted from others.

An entry is a file of named parts. Its name holds a key that its maker derives from everything that the
entry follows from, so an entry never goes out of date; it is only no longer asked for. A file that is broken,
cut short or somebody else's is treated as if it were not there, and what cannot be written is left.
"""

from __future__ import annotations

import hashlib
import json
import logging
import mmap
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT_VARIABLE = "BRI_MAP_CACHE"
"""Names the folder; `off` does without one."""
OFF = "off"
KEPT = 4
"""Entries of one kind that are kept, those used last."""
_MAGIC = b"bri-map cache 1\n"
_DIGEST_BYTES = 16
_ALIGNED = 64
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH

Bytes = bytes | memoryview

logger = logging.getLogger("bri_map")


def default_folder() -> Path:
    """Give the folder that the platform has for such files."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "bri-map" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "bri-map"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "bri-map"


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries; without a folder it holds nothing and takes nothing.

    Attributes:
        folder: Where the entries lie, None for no cache.
    """

    folder: Path | None

    @classmethod
    def find(cls) -> Cache:
        """Choose the folder: `BRI_MAP_CACHE`, else that of the platform."""
        given = os.environ.get(ENVIRONMENT_VARIABLE, "")
        if given.lower() == OFF:
            return cls(None)
        try:
            return cls(Path(given).expanduser() if given else default_folder())
        except RuntimeError:  # nobody's home
            return cls(None)

    def read(self, kind: str, key: str) -> dict[str, memoryview] | None:
        """Give the parts of an entry, None where there is no sound one.

        Args:
            kind: What the entry is, such as `catalog`.
            key: What it follows from, see `key_of`.
        """
        path = self._path(kind, key)
        if path is None:
            return None
        try:
            if not _is_own(path.parent):
                return None
            with path.open("rb") as stream:
                if not _is_own(path, stream.fileno()):
                    return None
                content = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
            parts = _parts(content)
        except (OSError, ValueError) as error:
            if not isinstance(error, FileNotFoundError):
                logger.debug("%s is not used: %s", path, error)
            return None
        with suppress(OSError):
            os.utime(path)
        return parts

    def write(self, kind: str, key: str, parts: Mapping[str, Bytes]) -> None:
        """Keep an entry, if that is possible; it appears whole or not at all."""
        path = self._path(kind, key)
        if path is None:
            return
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_own(path.parent):
                _replace(path, _file(parts))
        except OSError as error:
            logger.debug("%s is not kept: %s", path, error)
        self._drop_old(kind)

    def _path(self, kind: str, key: str) -> Path | None:
        return None if self.folder is None else self.folder / f"{kind}-{key}.cache"

    def _drop_old(self, kind: str) -> None:
        if self.folder is None:
            return
        with suppress(OSError):
            entries = sorted(self.folder.glob(f"{kind}-*.cache"), key=_last_used)
            for path in entries[:-KEPT]:
                path.unlink(missing_ok=True)


def key_of(parts: Iterable[Bytes]) -> str:
    """Give a key that stands for some bytes in their order, each part for itself."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        view = memoryview(part)
        digest.update(view.nbytes.to_bytes(8, "little"))
        digest.update(view)
    return digest.hexdigest()


def source_key(package: Path, rooms: Iterable[str]) -> str:
    """Give a key that stands for the code of some rooms of a package.

    Args:
        package: Folder of the package.
        rooms: Modules and subpackages in it, such as `domain` or `cache.py`.

    Raises:
        OSError: The code cannot be read.
    """
    files: list[Path] = []
    for room in rooms:
        path = package / room
        files += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return key_of(part for file in files for part in (file.name.encode(), file.read_bytes()))


def _replace(path: Path, content: Iterable[Bytes]) -> None:
    """Write a file beside and put it in its place; on failure nothing of it stays.

    Raises:
        OSError: It cannot be written.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(content)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _is_own(path: Path, descriptor: int | None = None) -> bool:
    """Tell whether a file or folder is the user's and nobody else may write to it."""
    found = path.stat() if descriptor is None else os.fstat(descriptor)
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS_MAY_WRITE


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _file(parts: Mapping[str, Bytes]) -> list[Bytes]:
    """Give the bytes of an entry: magic, digest of all that follows, length of the table, table, parts."""
    views = {name: memoryview(part).cast("B") for name, part in parts.items()}
    places: dict[str, tuple[int, int]] = {}
    at = 0
    body: list[Bytes] = []
    for name, view in views.items():
        places[name] = (at, view.nbytes)
        pad = -view.nbytes % _ALIGNED
        body += [view, bytes(pad)]
        at += view.nbytes + pad
    table = json.dumps(places).encode()
    head = len(_MAGIC) + _DIGEST_BYTES + 8
    table += b" " * (-(head + len(table)) % _ALIGNED)
    checked = [len(table).to_bytes(8, "little"), table, *body]
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in checked:
        digest.update(part)
    return [_MAGIC, digest.digest(), *checked]


def _parts(content: memoryview) -> dict[str, memoryview]:
    """Take an entry apart.

    Raises:
        ValueError: It is not one, or not as it was written.
    """
    start = len(_MAGIC) + _DIGEST_BYTES
    if content[: len(_MAGIC)] != _MAGIC:
        raise ValueError("not an entry of this version")
    checked = content[start:]
    if hashlib.blake2b(checked, digest_size=_DIGEST_BYTES).digest() != content[len(_MAGIC) : start]:
        raise ValueError("not as it was written")
    size = int.from_bytes(checked[:8], "little")
    first = 8 + size
    places = json.loads(bytes(checked[8:first]))
    return {name: checked[first + at : first + at + length] for name, (at, length) in places.items()}
