"""Files that the map loads, each under an address with its content hash."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from functools import cached_property

PREFIX = "atlas-files"
"""First part of the path of everything served here; no path prefix of a server should end with it."""
UP = f"../../{PREFIX}/"
"""The way there from the map's frame."""
BINARY = "application/octet-stream"
JSON = "application/json"


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
class AssetFiles:
    """Files by their address below `PREFIX`.

    Attributes:
        by_address: Address to file.
    """

    by_address: dict[str, Asset] = field(default_factory=dict)

    def add(self, stem: str, suffix: str, body: bytes, media_type: str) -> str:
        """Keep a file under an address with its content hash.

        Returns:
            The address, relative to the map's frame.
        """
        name = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{suffix}"
        self.by_address[name] = Asset(body, media_type)
        return UP + name

    def take(self, other: AssetFiles) -> None:
        """Keep the files of another collection as well; what is compressed there stays so."""
        self.by_address.update(other.by_address)
