"""What the commands share: exit codes, filter options, loading."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

import bri_map
from bri_map.domain.codes import codes
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import PLACES, Filter
from bri_map.domain.names import ORIGINAL
from bri_map.errors import BriMapError, DataError, FilterError
from bri_map.i18n import languages

if TYPE_CHECKING:
    from bri_map.catalog import Catalog

EXIT_FAULTS = 1
EXIT_USAGE = 2
EXIT_DATA = 3
EXIT_WRITE = 4
EPILOG = (
    "Exit codes: 0 done; 1 faults found or no such feature; 2 wrong use, such as an unknown option or "
    "code; 3 the data root cannot be used; 4 a file cannot be written."
)

_OTHERS: dict[str, dict[str, Any]] = {
    "--q": {
        "default": "",
        "metavar": "TEXT",
        "help": "Words that occur in name, place or organisation.",
    },
    "--year": {
        "metavar": "YEAR",
        "help": "As of the end of that year: what its history knows by then, with its status of then.",
    },
    "--undated/--no-undated": {
        "default": True,
        "help": "Keep, or leave out, what has no dated event. Acts with --year. Kept by default.",
    },
    "--bbox": {
        "metavar": "W,S,E,N",
        "help": "What lies in a box or touches it, in degrees; west may be greater than east.",
    },
    "--area": {
        "metavar": "LON,LAT;LON,LAT;...",
        "help": "What lies in a polygon or touches it, 3 to 100 corners in degrees.",
    },
    "--near": {
        "metavar": "PLACE,KM",
        "help": "What lies within a geodesic distance of lon,lat or of the id of a feature.",
    },
}


def lang_option(meaning: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give the option for a language.

    Args:
        meaning: What is in that language.
    """
    return click.option(
        "--lang", type=click.Choice(languages()), default=ORIGINAL, show_default=True, help=meaning
    )


class Failure(click.ClickException):
    """An error that ends the command with a code of ours."""

    def __init__(self, error: Exception, code: int) -> None:
        super().__init__(str(error))
        self._code = code

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        """The code with which the command ends."""
        return self._code


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for every part of a filter; those of facets can be given several times."""
    decorated: Any = command
    for declared, attributes in reversed(_OTHERS.items()):
        decorated = click.option(declared, **attributes)(decorated)
    for facet in reversed(FACETS):
        vocabulary = FACETS[facet].vocabulary
        known = f" One of: {', '.join(codes(vocabulary))}." if vocabulary else ""
        decorated = click.option(
            f"--{facet}",
            multiple=True,
            metavar="CODE",
            help=f"{FACETS[facet].meaning}{known} May be repeated.",
        )(decorated)
    return cast("Callable[..., Any]", decorated)


def _wanted(options: Mapping[str, Any]) -> Filter:
    chosen: dict[str, Any] = {}
    for facet in FACETS:
        words = {word for value in options[facet] for word in value.split(",") if word}
        chosen[facet] = {word.upper() for word in words} if FACETS[facet].is_country else words
    if "all" in chosen["layer"]:
        chosen["layer"] = set()
    chosen |= {name: options[name] for name in ("q", "year", "undated")}
    try:
        for name, kind in PLACES.items():
            chosen[name] = None if options[name] is None else kind.parse(options[name])
        return Filter(**chosen)
    except FilterError as error:
        raise click.UsageError(str(error)) from error


def load(path: Path | None = None) -> Catalog:
    """Load a data root, or end the command."""
    try:
        return bri_map.load(path)
    except DataError as error:
        raise Failure(error, EXIT_DATA) from error


def select(catalog: Catalog, options: Mapping[str, Any]) -> bri_map.Selection:
    """Apply the filter options, or end the command."""
    try:
        return catalog.select(_wanted(options))
    except FilterError as error:
        raise click.UsageError(str(error)) from error


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file piece by piece, or standard output where the path is `-`, or end the command."""
    try:
        with click.open_file(str(path), "wb") as stream:
            stream.writelines(pieces)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}. Choose another file."
        raise Failure(BriMapError(message), EXIT_WRITE) from error
