"""The one door to the files of a data root: whoever reads, reads through it, and each file once."""

from __future__ import annotations

import codecs
import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bri_map.data.reasons import reason_of
from bri_map.errors import DataError
from bri_map.i18n.sentences import say
from bri_map.report import Sentence


class FileError(DataError):
    """A file is not there, cannot be read, or is no UTF-8.

    Attributes:
        reason: What is wrong with it, without its place.
        remedy: What to do about it.
        rule: The rule that it breaks, `file` or `encoding`.
        row: Line where it stops being UTF-8.
        is_missing: Whether there is no such file.
    """

    def __init__(
        self,
        place: str,
        reason: Sentence,
        remedy: Sentence,
        *,
        rule: str = "file",
        row: int | None = None,
        is_missing: bool = False,
    ) -> None:
        super().__init__(say("fault.of_file", place=place, reason=reason, remedy=remedy))
        self.reason = reason
        self.remedy = remedy
        self.rule = rule
        self.row = row
        self.is_missing = is_missing


@dataclass(slots=True)
class RootFiles:
    """The files below a folder, by their place in it.

    Attributes:
        folder: The folder.
        keeps: Whether what was read is kept, so that it can be compared with what should stand there.
    """

    folder: Path
    keeps: bool = False
    _kept: dict[str, bytes] = field(default_factory=dict)

    @contextmanager
    def opened(self, place: str) -> Iterator[BinaryIO]:
        """Open a file.

        Raises:
            FileError: It is not there, is no regular file, or cannot be read.
        """
        try:
            if place in self._kept:
                yield io.BytesIO(self._kept[place])
                return
            path = self.folder / place
            if not stat.S_ISREG(path.stat().st_mode):
                raise FileError(place, say("fault.file_kind"), say("remedy.file_kind"))
            with path.open("rb") as stream:
                if self.keeps:
                    self._kept[place] = stream.read()
                    yield io.BytesIO(self._kept[place])
                else:
                    yield stream
        except OSError as error:
            is_missing = isinstance(error, FileNotFoundError)
            reason = say("fault.file", error=reason_of(error))
            raise FileError(place, reason, say("remedy.file"), is_missing=is_missing) from error

    def text(self, place: str) -> str:
        """Give a file as text, without the byte order mark that it may start with.

        Raises:
            FileError: It cannot be read, or is not UTF-8.
        """
        with self.opened(place) as stream:
            return decoded(stream.read(), place)

    def raw(self, place: str) -> bytes | None:
        """Give a file as it stands, None where there is none.

        Raises:
            FileError: It is there and cannot be read.
        """
        try:
            with self.opened(place) as stream:
                return stream.read()
        except FileError as fault:
            if fault.is_missing:
                return None
            raise

    def names(self, folder: str, suffix: str) -> list[str]:
        """Give the places of the files of a folder with a suffix, sorted."""
        return sorted(f"{folder}/{path.name}" for path in (self.folder / folder).glob(f"*{suffix}"))


def decoded(raw: bytes, place: str) -> str:
    """Read bytes as UTF-8; a byte order mark at the start is no part of the text.

    Raises:
        FileError: They are not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0)
        reason = say("fault.encoding", byte=start)
        row = raw.count(b"\n", 0, start) + 1
        raise FileError(place, reason, say("remedy.encoding"), rule="encoding", row=row) from error
