"""How a command ends: exit codes, and one net for what goes wrong anywhere in it."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import Any

import click

from bri_map.errors import BriMapError, DataError, FilterError
from bri_map.i18n import language_among, messages
from bri_map.i18n.sentences import said

EXIT_FAULTS = 1
EXIT_USAGE = 2
EXIT_DATA = 3
EXIT_WRITE = 4
EPILOG = (
    "Exit codes: 0 done; 1 faults found or no such feature; 2 wrong use, such as an unknown option or "
    "code; 3 the data root cannot be used; 4 a file cannot be written."
)


class Failure(click.ClickException):
    """An error that ends the command with a code of ours; faults of data are said as the shell speaks."""

    def __init__(self, error: Exception | str, code: int) -> None:
        super().__init__(_in_words(error.message) if isinstance(error, DataError) else str(error))
        self._code = code

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        """The code with which the command ends."""
        return self._code


class Net(click.Group):
    """Commands under one net: whatever goes wrong ends with a sentence and the right code."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was asked for.

        Raises:
            Failure: With the code of what went wrong.
        """
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            result = super().invoke(context)
            sys.stdout.flush()
        except DataError as error:
            raise Failure(error, EXIT_DATA) from error
        except FilterError as error:
            raise click.UsageError(str(error)) from error
        except BriMapError as error:
            raise Failure(error, EXIT_FAULTS) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _forget_output()
            reason = f"The output cannot be written: {error.strerror or error}."
            raise Failure(reason, EXIT_WRITE) from error
        return result


def _in_words(sentence: str) -> str:
    """Say what is wrong with the data in the language of the shell, as POSIX finds it."""
    wanted = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return said(sentence, messages(language_among(wanted)))


def _forget_output() -> None:
    """Let go of what standard output holds, so that its end does not fail a second time."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.close()
