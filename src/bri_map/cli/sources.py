"""The command about sources: `sources`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bri_map.cli.common import EPILOG, EXIT_WRITE, Failure, load, print_json, print_text

if TYPE_CHECKING:
    from bri_map.analysis.addresses import Tried

_COLUMNS = ("id", "url", "state", "detail", "target", "archived", "tried")


@click.command(epilog=EPILOG)
@click.option("--check", is_flag=True, help="Try their addresses over the network.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="sources-checked.csv",
    show_default=True,
    help="File for what --check finds; what it holds already is not tried again for --fresh days.",
)
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Most addresses to try."
)
@click.option(
    "--fresh",
    type=click.IntRange(0, 3650),
    default=30,
    show_default=True,
    help="Days for which a result is kept.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 600),
    default=2.0,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option("--archived", is_flag=True, help="Ask the Wayback Machine for copies of what is gone.")
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def sources(
    check: bool, output: Path, limit: int, fresh: int, pause: float, archived: bool, as_json: bool
) -> None:
    """List the sources with their addresses; with --check, try whether these can still be read.

    --check is the only command that uses the network. It asks one host at a time for the head of a page,
    writes each answer into a file of its own as it comes, goes on where it was stopped, and never changes the
    data.
    """
    table = load().table("sources")
    rows = [
        {name: str(row[name]) for name in ("id", "title", "producer", "published", "accessed", "url")}
        for row in table.to_dict("records")
    ]
    if not check:
        if as_json:
            print_json(rows)
            return
        for row in rows:
            print_text("  ".join(filter(None, (row["id"], row["title"] or row["producer"], row["url"]))))
        return
    from bri_map.analysis.addresses import Address, Manners, try_addresses

    since = (date.today() - timedelta(days=fresh)).isoformat()
    known = {row["url"] for row in _read(output) if row["tried"] > since}
    waiting = [Address(row["id"], row["url"]) for row in rows if row["url"] and row["url"] not in known]
    chosen = waiting[:limit]
    if not chosen:
        click.echo(f"Every address was tried within {fresh} days; see {output}.", err=True)
        return
    left = f"; {len(waiting) - len(chosen)} are left for the next time" if len(waiting) > limit else ""
    click.echo(f"Trying {len(chosen)} addresses{left}.", err=True)
    _write(output, try_addresses(chosen, Manners(pause=pause, asks_archive=archived)), len(chosen))


def _read(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    try:
        found = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} cannot be read: {error}. Name another file with -o.") from error
    if found and not set(_COLUMNS) <= set(found[0]):
        raise click.UsageError(f"{path} is no file of this command. Name another one with -o.")
    return found


def _write(path: Path, tried: Iterator[Tried], total: int) -> None:
    """Add each answer to the file as it comes, so that a stop loses nothing."""
    is_new = not path.exists()
    counts: Counter[str] = Counter()
    try:
        with path.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if is_new:
                writer.writerow(_COLUMNS)
            for found in tried:
                counts[found.state] += 1
                row = (found.id, found.url, found.state.value, found.detail, found.target, found.archived)
                writer.writerow((*row, date.today().isoformat()))
                stream.flush()
                if not counts.total() % 25:
                    click.echo(f"{counts.total()} of {total}", err=True)
    except OSError as error:
        raise Failure(f"{path} cannot be written: {error.strerror}.", EXIT_WRITE) from error
    except KeyboardInterrupt:
        click.echo(f"Stopped. What was found so far is in {path}; the same command goes on.", err=True)
        raise
    said = ", ".join(f"{number} {state}" for state, number in counts.most_common())
    click.echo(f"{said}. See {path}.", err=True)
