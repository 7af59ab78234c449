"""The command line, `bri-map COMMAND`. No logic of its own."""

from __future__ import annotations

from pathlib import Path

import click

from bri_map.cli.common import OPTION
from bri_map.cli.failures import EPILOG
from bri_map.cli.lazy import LazyGroup
from bri_map.data.root import ENVIRONMENT_VARIABLE

__all__ = ["main"]

_MODULES = {
    "accept": "bri_map.cli.intake:accept",
    "dictionary": "bri_map.cli.editing:dictionary",
    "diff": "bri_map.cli.editing:diff",
    "due": "bri_map.cli.finding:due",
    "export": "bri_map.cli.features:export",
    "format": "bri_map.cli.editing:format_files",
    "init": "bri_map.cli.editing:init",
    "intake": "bri_map.cli.intake:intake",
    "reconcile": "bri_map.cli.features:reconcile",
    "resolve": "bri_map.cli.finding:resolve",
    "search": "bri_map.cli.finding:search",
    "serve": "bri_map.cli.serving:serve",
    "show": "bri_map.cli.features:show",
    "sources": "bri_map.cli.sources:sources",
    "stats": "bri_map.cli.features:stats",
    "validate": "bri_map.cli.editing:validate",
}
_SENTENCES = {
    "accept": "Write the accepted rows of the proposals in FILE into the data root: all of them, or none.",
    "dictionary": "Print the data dictionary, made from the definitions of tables and columns.",
    "diff": (
        "Tell what changed from the data root OLD to NEW: added, removed, moved, status, values, sources."
    ),
    "due": "List what to look for news of: features whose status may have changed since they were checked.",
    "export": "Write the filtered features to a file, the same bytes as the app's downloads.",
    "format": "Write every file in the one way: sorted, trimmed, lines and descriptor built anew.",
    "init": "Write an empty data root into the folder DIR, to be filled with data of one's own.",
    "intake": "Propose what a list of news would add, as a CSV file of which an editor accepts row by row.",
    "reconcile": "Compare published totals with the same totals of these data.",
    "resolve": "Find the feature that another database knows under an identifier.",
    "search": (
        "Find features, countries, towns, events and sources by name, kind, industry, organisation or note."
    ),
    "serve": "Serve the atlas and print its address.",
    "show": "Show everything known of one feature, and the source of each value.",
    "sources": "List the sources with their addresses; with --check, try whether these can still be read.",
    "stats": (
        "Count the filtered features by layer, type, country, status and more; add up lines and costs."
    ),
    "validate": "Check the data root: every fault and warning with file, row, id, field, rule and remedy.",
}


@click.group(
    cls=LazyGroup,
    modules=_MODULES,
    sentences=_SENTENCES,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="bri-map", prog_name="bri-map", help="Show the version and exit.")
@click.option(
    OPTION,
    type=click.Path(path_type=Path),
    help=f"Data root, a folder with data/ and geo/. Default: ${ENVIRONMENT_VARIABLE}, else the data shipped.",
)
@click.pass_context
def main(context: click.Context, data: Path | None) -> None:
    """Atlas of the Belt and Road: serve it, export from it, check its data."""
    context.obj = data
