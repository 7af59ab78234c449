"""What the commands share: exit codes, filter options, loading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from bri_map.cli.failures import EPILOG, EXIT_DATA, EXIT_FAULTS, EXIT_USAGE, EXIT_WRITE, Failure
from bri_map.cli.writing import print_json, print_text, visible, write_file
from bri_map.data.root import DataRoot
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import PLACES, Filter
from bri_map.domain.layers import LAYERS
from bri_map.domain.names import ORIGINAL
from bri_map.domain.ranges import RANGES
from bri_map.errors import DataError, FilterError
from bri_map.i18n import languages

if TYPE_CHECKING:
    from bri_map.catalog import Catalog
    from bri_map.query.selection import Selection

__all__ = [
    "EPILOG",
    "EXIT_DATA",
    "EXIT_FAULTS",
    "EXIT_USAGE",
    "EXIT_WRITE",
    "Failure",
    "data_root",
    "filter_options",
    "lang_option",
    "load",
    "output_option",
    "print_json",
    "print_text",
    "select",
    "visible",
    "write_file",
]

OPTION = "--data"
"""The option that names a data root."""

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


def output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option for the file that is written, standard output by default."""
    decorated: Any = click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
        default="-",
        help="File to write; '-', the default, is standard output.",
    )(command)
    return cast("Callable[..., Any]", decorated)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for every part of a filter; those of facets can be given several times."""
    decorated: Any = command
    for declared, attributes in reversed(_OTHERS.items()):
        decorated = click.option(declared, **attributes)(decorated)
    for name, asked in reversed(RANGES.items()):
        decorated = click.option(
            f"--{name.replace('_', '-')}",
            metavar="FROM..TO",
            help=f"{asked.meaning} One end may be left out; 'none' asks for what has no value.",
        )(decorated)
    for facet in reversed(FACETS):
        allowed = FACETS[facet].allowed
        known = f" One of: {', '.join(allowed)}." if FACETS[facet].vocabulary else ""
        decorated = click.option(
            f"--{facet.replace('_', '-')}",
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
        is_narrowed = any(chosen[name] for name, facet in FACETS.items() if facet.is_of_some_layers)
        chosen["layer"] = set(LAYERS) if is_narrowed else set()
    chosen |= {name: options[name] for name in ("q", "year", "undated")}
    try:
        chosen |= {name: options[name] for name in RANGES}
        for name, kind in PLACES.items():
            chosen[name] = None if options[name] is None else kind.parse(options[name])
        return Filter(**chosen)
    except FilterError as error:
        raise click.UsageError(str(error)) from error


def data_root(path: Path | None = None) -> DataRoot:
    """Find a data root: the one given, else that of the option `--data`, else the usual one.

    Raises:
        DataError: It is none.
    """
    if path is not None:
        return DataRoot.find(path)
    context = click.get_current_context(silent=True)
    chosen = context.find_root().obj if context else None
    return DataRoot.find(chosen, option=OPTION)


def load(path: Path | None = None) -> Catalog:
    """Load a data root, see `data_root`, or end the command."""
    from bri_map import catalog

    try:
        return catalog.load(data_root(path))
    except DataError as error:
        raise Failure(error, EXIT_DATA) from error


def select(catalog: Catalog, options: Mapping[str, Any]) -> Selection:
    """Apply the filter options, or end the command."""
    try:
        return catalog.select(_wanted(options))
    except FilterError as error:
        raise click.UsageError(str(error)) from error
