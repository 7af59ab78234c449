"""The command line, `bri-map COMMAND`. No logic of its own."""

from __future__ import annotations

import os
from pathlib import Path

import click

import bri_map
from bri_map.cli.common import EPILOG
from bri_map.cli.editing import dictionary, diff, format_files, validate
from bri_map.cli.features import export, reconcile, show, stats
from bri_map.cli.finding import search
from bri_map.cli.serving import serve
from bri_map.data.root import ENVIRONMENT_VARIABLE

__all__ = ["main"]


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bri_map.__version__, prog_name="bri-map", help="Show the version and exit.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help=f"Data root, a folder with data/ and geo/. Default: ${ENVIRONMENT_VARIABLE}, else the data shipped.",
)
def main(data: Path | None) -> None:
    """Atlas of the Belt and Road: serve it, export from it, check its data."""
    if data is not None:
        os.environ[ENVIRONMENT_VARIABLE] = str(data)


for _command in (serve, search, export, stats, show, reconcile, validate, format_files, diff, dictionary):
    main.add_command(_command)
