"""What the commands write: files whole or not at all, and text that no terminal obeys."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import click

from bri_map.cli.failures import EXIT_WRITE, Failure


def print_text(text: str) -> None:
    """Print a text of the data; on a terminal, control characters are shown instead of obeyed."""
    click.echo(visible(text) if sys.stdout.isatty() else text)


def visible(text: str) -> str:
    """Show control characters by their code points; line breaks and tabs stay."""
    if text.isprintable():
        return text
    return "".join(f"\\x{ord(c):02x}" if _is_obeyed(c) else c for c in text)


def _is_obeyed(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\n\t"


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def write_file(path: Path, pieces: Iterable[bytes], remedy: str = "Choose another file.") -> None:
    """Write a file piece by piece, or standard output where the path is `-`, or end the command.

    An older file stays as it was until the new one is whole. What is no regular file, such as a device, is
    written to directly.

    Args:
        path: The file.
        pieces: What to write.
        remedy: What to do when it cannot be written.
    """
    try:
        if str(path) == "-" or (path.exists() and not path.is_file()):
            with click.open_file(str(path), "wb") as stream:
                stream.writelines(pieces)
                stream.flush()
        else:
            _write_beside(path.resolve(), pieces)
    except OSError as error:
        if str(path) == "-":
            raise
        message = f"{path} cannot be written: {error.strerror}. {remedy}"
        raise Failure(message, EXIT_WRITE) from error


def _write_beside(path: Path, pieces: Iterable[bytes]) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
