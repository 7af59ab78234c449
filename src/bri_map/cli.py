"""The command line: `bri-map serve`, `export`, `validate`, `stats`, `show`, `routes`. No logic of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import click

import bri_map
from bri_map.catalog import Catalog, DataRoot
from bri_map.catalog.root import ENVIRONMENT_VARIABLE, bundled_directory
from bri_map.catalog.routes import build_geometry_files
from bri_map.domain.filter import FACET_VOCABULARY, FACETS, Filter
from bri_map.domain.vocabulary import codes
from bri_map.errors import BriMapError, DataError, FeatureNotFoundError, FilterError
from bri_map.exports import export_geojson
from bri_map.exports.feature import feature_document

EXIT_FAULTS = 1
EXIT_USAGE = 2
EXIT_DATA = 3
EXIT_WRITE = 4
_EPILOG = (
    "Exit codes: 0 done; 1 faults found or no such feature; 2 wrong use, such as an unknown option or "
    "code; 3 the data root cannot be used; 4 a file cannot be written."
)

_HELP = {
    "layer": "Layer; 'all', the default, means every one.",
    "type": "Park type; acts on parks only.",
    "region": "Region.",
    "country": "Country, ISO 3166-1 alpha-3 such as LAO; a line counts in every country it crosses.",
    "status": "Status.",
    "sector": "Project sector; acts on projects only.",
    "corridor": "Id of a corridor.",
    "precision": "How exactly the position is known.",
    "freshness": "Whether the status was reported within two years of the date of the data.",
    "source": "Id of a source that the feature rests on.",
}


class _Failure(click.ClickException):
    """An error that ends the command with a code of ours."""

    def __init__(self, error: Exception, code: int) -> None:
        super().__init__(str(error))
        self._code = code

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        return self._code


def _filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for every facet; each can be given several times."""
    decorated: Any = click.option(
        "--q", default="", metavar="TEXT", help="Words that occur in name, place or developer."
    )(command)
    for facet in reversed(FACETS):
        vocabulary = FACET_VOCABULARY.get(facet)
        known = f" One of: {', '.join(codes(vocabulary))}." if vocabulary else ""
        decorated = click.option(
            f"--{facet}", multiple=True, metavar="CODE", help=f"{_HELP[facet]}{known} May be repeated."
        )(decorated)
    return cast("Callable[..., Any]", decorated)


def _wanted(options: Mapping[str, Any]) -> Filter:
    chosen: dict[str, Any] = {}
    for facet in FACETS:
        words = {word for value in options[facet] for word in value.split(",") if word}
        chosen[facet] = {word.upper() for word in words} if facet == "country" else words
    if "all" in chosen["layer"]:
        chosen["layer"] = set()
    try:
        return Filter(**chosen, q=options["q"])
    except FilterError as error:
        raise click.UsageError(str(error)) from error


def _load() -> Catalog:
    try:
        return bri_map.load()
    except DataError as error:
        raise _Failure(error, EXIT_DATA) from error


def _select(catalog: Catalog, options: Mapping[str, Any]) -> bri_map.Selection:
    try:
        return catalog.select(_wanted(options))
    except FilterError as error:
        raise click.UsageError(str(error)) from error


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
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


@main.command(epilog=_EPILOG)
@click.option("--host", default="localhost", show_default=True, envvar="HOST", help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8501,
    show_default=True,
    envvar="PORT",
    help="Port to listen on.",
)
@click.option("--base-path", default="", metavar="PATH", help="Path prefix when served behind a proxy.")
def serve(host: str, port: int, base_path: str) -> None:
    """Serve the atlas and print its address."""
    folder = bundled_directory()
    prefix = base_path.strip("/")
    shown = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104  # compared, not bound
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/{f'{prefix}/' if prefix else ''}"
    click.echo(f"bri-map {bri_map.__version__}: {address}  (stop with Ctrl+C)")
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(folder / "app.py"),
        f"--server.address={host}",
        f"--server.port={port}",
        f"--server.baseUrlPath={prefix}",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    ]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606  # the server takes this process over


@main.command(epilog=_EPILOG)
@_filter_options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default="-",
    help="File to write; '-', the default, is standard output.",
)
def export(output: Path, **options: Any) -> None:
    """Write the filtered features as GeoJSON, the same bytes as the app's downloads."""
    catalog = _load()
    body = export_geojson(_select(catalog, options), catalog)
    if str(output) == "-":
        sys.stdout.buffer.write(body)
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise _Failure(
            BriMapError(f"{output} cannot be written: {error.strerror}. Choose another file."), EXIT_WRITE
        ) from error


@main.command(epilog=_EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.pass_context
def validate(context: click.Context, as_json: bool) -> None:
    """Check the data root: every fault with file, row, id, rule and remedy."""
    try:
        report = bri_map.validate()
    except DataError as error:
        raise _Failure(error, EXIT_DATA) from error
    if as_json:
        _print_json(report.to_dict())
    else:
        for issue in report:
            click.echo(str(issue))
        click.echo("No fault found." if report.ok else f"{len(report)} fault(s) found.")
    context.exit(0 if report.ok else EXIT_FAULTS)


@main.command(epilog=_EPILOG)
@_filter_options
@click.option("--json", "as_json", is_flag=True, help="Write the counts as JSON.")
def stats(as_json: bool, **options: Any) -> None:
    """Count the filtered features by layer, type, region, country, status, sector and more."""
    catalog = _load()
    counts = _select(catalog, options).statistics()
    if as_json:
        _print_json(counts)
        return
    click.echo(f"{counts['count']} of {counts['total']} features")
    for facet, numbers in counts["by"].items():
        click.echo(f"\nby {facet}")
        for code, number in numbers.items():
            click.echo(f"  {number:>8}  {code}")


@main.command(epilog=_EPILOG)
@click.argument("feature_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Write all fields, geometry and sources as JSON.")
def show(feature_id: str, as_json: bool) -> None:
    """Show everything known of one feature."""
    catalog = _load()
    try:
        document = feature_document(catalog.get(feature_id))
    except FeatureNotFoundError as error:
        raise _Failure(error, EXIT_FAULTS) from error
    if as_json:
        _print_json(document)
        return
    for name, value in document["properties"].items():
        if value not in (None, [], ""):
            shown = "; ".join(map(str, value)) if isinstance(value, list) else value
            click.echo(f"{name:>20}  {shown}")
    for source in document["sources"]:
        parts = [source["title"], source["publisher"], *source["locators"], source["url"]]
        click.echo(f"{'source':>20}  {' · '.join(part for part in parts if part)}")


@main.command(epilog=_EPILOG)
@click.option("--check", is_flag=True, help="Only tell whether the files are up to date.")
@click.pass_context
def routes(context: click.Context, check: bool) -> None:
    """Build the lines of geo/*.geojson anew from geo/waypoints.csv."""
    try:
        folder = DataRoot.find().path / "geo"
        files = build_geometry_files(folder)
    except DataError as error:
        raise _Failure(error, EXIT_DATA) from error
    stale = [name for name, text in files.items() if (folder / name).read_text("utf-8") != text]
    for name in stale:
        if check:
            click.echo(f"geo/{name} is not what geo/waypoints.csv gives. Run: bri-map routes")
            continue
        (folder / name).write_text(files[name], "utf-8")
        click.echo(f"geo/{name} written.")
    if not stale:
        click.echo("Every line is up to date.")
    context.exit(EXIT_FAULTS if check and stale else 0)
