"""Commands for those who edit the data: `validate`, `format`, `diff`, `dictionary`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bri_map.cli.common import (
    EPILOG,
    EXIT_DATA,
    EXIT_FAULTS,
    EXIT_WRITE,
    Failure,
    data_root,
    lang_option,
    load,
    print_json,
    write_file,
)
from bri_map.data.root import checkout_directory
from bri_map.domain.tables import CHECKED
from bri_map.errors import DataError
from bri_map.i18n import messages
from bri_map.i18n.sentences import said

if TYPE_CHECKING:
    from bri_map.analysis.compare import Difference


@click.command(epilog=EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.option("--strict", is_flag=True, help="Take warnings that nobody has answered for faults.")
@lang_option("Language of the sentences.")
@click.pass_context
def validate(context: click.Context, as_json: bool, strict: bool, lang: str) -> None:
    """Check the data root: every fault and warning with file, row, id, field, rule and remedy."""
    from bri_map.checks import validation

    m = messages(lang)
    try:
        report = validation.validate(data_root()).in_words(lambda sentence: said(sentence, m))
    except DataError as error:
        raise Failure(said(error.message, m), EXIT_DATA) from error
    if as_json:
        print_json(report.to_dict())
    else:
        for issue in report:
            click.echo(str(issue))
        faults, warnings = len(report.faults), len(report.warnings)
        click.echo(m.text("error.found", n=str(faults)) if faults else m["error.none"])
        if warnings:
            click.echo(m.text("error.warned", n=str(warnings), file=CHECKED.path))
    context.exit(0 if report.ok and not (strict and len(report)) else EXIT_FAULTS)


@click.command("format", epilog=EPILOG)
@click.option("--check", is_flag=True, help="Only tell which files would change.")
@click.pass_context
def format_files(context: click.Context, check: bool) -> None:
    """Write every file in the one way: sorted, trimmed, lines and descriptor built anew."""
    from bri_map.data.staleness import stale_in

    try:
        root = data_root()
        stale = stale_in(root)
    except DataError as error:
        raise Failure(error, EXIT_DATA) from error
    for file in stale:
        if check:
            click.echo(f"{file.place}:{file.line}: {file.difference}")
            continue
        remedy = "Make room for it, or let it be written."
        write_file(root.path / file.place, [file.text.encode()], remedy)
        click.echo(f"{file.place} written.")
    if not stale:
        click.echo("Every file is as it should be.")
    context.exit(EXIT_FAULTS if check and stale else 0)


@click.command(epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Write an empty data root into the folder DIR, to be filled with data of one's own."""
    from datetime import date

    from bri_map.data.empty import empty_root

    files = empty_root(date.today())  # the day where it is written
    there = [place for place in files if (folder / place).exists()]
    if there:
        raise click.UsageError(f"{folder} holds {there[0]} already. Name another folder.")
    for place, text in files.items():
        try:
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Failure(f"{folder} cannot be written: {error.strerror}.", EXIT_WRITE) from error
        write_file(folder / place, [text.encode()])
    click.echo(f"{len(files)} files written. Put name, title, licence and credit into data/datapackage.json.")


@click.command(epilog=EPILOG)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
def diff(old: Path, new: Path, form: str) -> None:
    """Tell what changed from the data root OLD to NEW: added, removed, moved, status, values, sources.

    Both need the tables of this version; data before 2026.11.1 had others.
    """
    from bri_map.analysis.compare import compare

    difference = compare(load(old), load(new))
    if form == "json":
        print_json(difference.to_dict())
    else:
        click.echo(_difference_text(difference, markdown=form == "markdown"))


def _difference_text(difference: Difference, *, markdown: bool) -> str:
    head, item, code = ("## ", "- ", "`{}`") if markdown else ("", "  ", "{}")
    sections = {
        "added": [code.format(i) for i in difference.added],
        "removed": [
            code.format(i) + (f", now {code.format(successor)}" if successor else "")
            for i, successor in difference.removed.items()
        ],
        "moved": [
            f"{code.format(move.id)} {'line by up to' if move.is_line else 'by'} {move.km:.2f} km"
            if move.km is not None
            else f"{code.format(move.id)} from or to no position"
            for move in difference.moved
        ],
        "status changed": [f"{code.format(c.id)} {c.old} -> {c.new}" for c in difference.status],
        "values changed": [
            f"{code.format(c.id)} {c.field}: {c.old or '(empty)'} -> {c.new or '(empty)'}"
            for c in difference.changed
        ],
        "newly said": [f"{code.format(w.id)} {w.field}: {w.value} ({w.source})" for w in difference.said],
        "no longer said": [
            f"{code.format(w.id)} {w.field}: {w.value} ({w.source})" for w in difference.unsaid
        ],
    }
    lines = [f"{head}{difference.old_version} to {difference.new_version}"]
    for title, items in sections.items():
        if items:
            lines += ["", f"{'### ' if markdown else ''}{title.capitalize()}: {len(items)}"]
            lines += ([""] if markdown else []) + [item + text for text in items]
    if not difference:
        lines.append("No feature differs.")
    return "\n".join(lines)


@click.command(epilog=EPILOG)
@click.option("--check", is_flag=True, help="Only tell whether docs/data-dictionary.md is up to date.")
@click.option("--write", is_flag=True, help="Write docs/data-dictionary.md of the checkout.")
@click.pass_context
def dictionary(context: click.Context, check: bool, write: bool) -> None:
    """Print the data dictionary, made from the definitions of tables and columns."""
    from bri_map.domain.dictionary import dictionary_text

    text = dictionary_text()
    if not (check or write):
        click.echo(text)
        return
    checkout = checkout_directory()
    if checkout is None:
        raise click.UsageError(
            "--check and --write are about docs/data-dictionary.md of a checkout, and bri-map is installed "
            "without one. Print it without an option."
        )
    path = checkout / "docs" / "data-dictionary.md"
    if check:
        is_current = path.is_file() and path.read_text("utf-8") == text
        click.echo(
            f"{path.name} is {'up to date' if is_current else 'out of date: bri-map dictionary --write'}."
        )
        context.exit(0 if is_current else EXIT_FAULTS)
    write_file(path, [text.encode()])
    click.echo(f"{path.name} written.")
