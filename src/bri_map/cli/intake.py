"""Commands for those who take news in: `intake`, `accept`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import IO

import click

from bri_map.cli.common import (
    EPILOG,
    EXIT_FAULTS,
    Failure,
    data_root,
    lang_option,
    load,
    output_option,
    print_text,
    write_file,
)
from bri_map.i18n import messages
from bri_map.i18n.sentences import said

_REMEDY = "Make room for it, or let it be written."


@click.command(epilog=EPILOG)
@click.argument("file", type=click.File("rb"))
@output_option
@lang_option("Language of the sentences.")
def intake(file: IO[bytes], output: Path, lang: str) -> None:
    """Propose what a list of news would add, as a CSV file of which an editor accepts row by row.

    FILE is a pasted list in English or Chinese: plain text, a saved web page, CSV or a workbook; '-' is
    standard input. Each piece is matched with the features, or called new. Lines that cannot be read are
    told. The data are not changed: write `yes` into the column `accept`, put `event` into your own words, and
    run `bri-map accept`.
    """
    from bri_map.intake.items import items_of
    from bri_map.intake.proposals import proposals_text, propose
    from bri_map.intake.reading import IntakeError, read_lines

    m = messages(lang)
    try:
        lines = read_lines(file.read(), str(getattr(file, "name", "")))
    except IntakeError as error:
        raise click.UsageError(said(error.args[0], m)) from error
    proposals = list(propose(items_of(lines.read), load()))
    write_file(output, [proposals_text(proposals).encode()])
    for unread in lines.unread:
        click.echo(m.text("intake.unread", line=str(unread.number), reason=said(unread.reason, m)), err=True)
    about = Counter(proposal.about for proposal in proposals)
    counts = {name: str(about[name]) for name in ("sure", "likely", "new")}
    click.echo(m.text("intake.count", total=str(len(proposals)), **counts), err=True)


@click.command(epilog=EPILOG)
@click.argument("file", type=click.File("rb"))
@click.option("--check", is_flag=True, help="Only tell what would change.")
@lang_option("Language of the sentences.")
def accept(file: IO[bytes], check: bool, lang: str) -> None:
    """Write the accepted rows of the proposals in FILE into the data root: all of them, or none.

    A row is accepted where its column `accept` says `yes`. Reports become events with their source and
    Chinese translation; new features come in as unconfirmed rows, which are not shown before they are
    completed. If a row cannot be written or the data would have a fault, nothing is written.
    """
    from bri_map.intake.accepting import accept as accepted_by
    from bri_map.intake.proposals import read_proposals
    from bri_map.intake.reading import IntakeError

    m = messages(lang)
    root = data_root()
    try:
        proposals = read_proposals(file.read())
        found = accepted_by(root, proposals, date.today().isoformat())
    except IntakeError as error:
        raise click.UsageError(said(error.args[0], m)) from error
    for refusal in found.refused:
        print_text(m.text("intake.refused", line=str(refusal.line), reason=said(refusal.reason, m)))
    for issue in found.faults:
        print_text(str(issue))
    if found.refused or found.faults:
        raise Failure(m["intake.nothing"], EXIT_FAULTS)
    for place, text in found.files.items():
        if not check:
            write_file(root.path / place, [text.encode()], _REMEDY)
        click.echo(m.text("intake.would_write" if check else "intake.written", file=place))
    for table, number in found.added.items():
        click.echo(m.text("intake.rows", table=table, n=str(number)))
    if not found.files:
        click.echo(m["intake.none_accepted"])
