"""Commands that find: `search`, `resolve`, `due`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from bri_map.cli.common import (
    EPILOG,
    EXIT_FAULTS,
    Failure,
    filter_options,
    lang_option,
    load,
    print_json,
    print_text,
    select,
)
from bri_map.domain.layers import LAYERS
from bri_map.domain.search import MAX_HITS
from bri_map.errors import FeatureNotFoundError, FilterError
from bri_map.i18n import Locale, messages


@click.command(epilog=EPILOG)
@click.argument("text", nargs=-1, required=True, metavar="TEXT")
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_HITS),
    default=20,
    show_default=True,
    help="The most things to list.",
)
@lang_option("Language of names and labels.")
@click.option("--json", "as_json", is_flag=True, help="Write the answer as JSON, as the app's route does.")
def search(text: tuple[str, ...], limit: int, lang: str, as_json: bool) -> None:
    """Find features, countries, towns, events and sources by name, kind, industry, organisation or note.

    Names may be English, Chinese, pinyin, former, local or misspelt; words may stand for others, as harbour
    for port.
    """
    from bri_map.exports.search import search_document

    catalog = load()
    try:
        result = catalog.search(" ".join(text), limit, lang)
        if result.is_preliminary:  # nobody asks again as one does while typing
            catalog.searcher.prepare()
            result = catalog.search(" ".join(text), limit, lang)
    except FilterError as error:
        raise click.UsageError(str(error)) from error
    document = search_document(result, catalog, lang)
    if as_json:
        print_json(document)
        return
    m = messages(lang)
    parts = [
        "\n".join([group["label"], *(_line(found, m.locale) for found in group["results"])])
        for group in document["groups"]
    ]
    if document["did_you_mean"]:
        parts.insert(0, m.text("search_said.did_you_mean", text=document["did_you_mean"]))
    print_text("\n\n".join(parts) or m.text("search_said.none", text=document["query"]))


@click.command(epilog=EPILOG)
@click.argument("identifier", metavar="SCHEME:ID")
@lang_option("Language of names and labels.")
@click.option("--json", "as_json", is_flag=True, help="Write the answer as JSON.")
def resolve(identifier: str, lang: str, as_json: bool) -> None:
    """Find the feature that another database knows under an identifier.

    SCHEME is the database, ID what it calls the thing, such as aiddata:34750, gem:L100000900028 or icao:DNAA.
    """
    from bri_map.query.identified import identified

    catalog = load()
    try:
        found = identified(catalog.features, catalog.table("identifiers"), identifier)
    except FilterError as error:
        raise click.UsageError(str(error)) from error
    if not found:
        raise Failure(FeatureNotFoundError(f"No feature is known as {identifier!r}."), EXIT_FAULTS)
    rows = [asdict(one) | {"name": catalog.name(one.feature_id, lang)} for one in found]
    if as_json:
        print_json(rows)
        return
    m = messages(lang)
    for row in rows:
        print_text(f"{row['feature_id']}  {row['name']}  [{m.code('identifier_match', row['match'])}]")


@click.command(epilog=EPILOG)
@filter_options
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day for which to tell; today by default.",
)
@lang_option("Language of names and labels.")
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def due(on: datetime | None, lang: str, as_json: bool, **options: Any) -> None:
    """List what to look for news of: features whose status may have changed since they were checked.

    What is longest overdue comes first. A feature that is being built is due half a year after the last look,
    one that is planned, suspended or unknown after a year; what is finished or cancelled is never due.
    """
    day = (on.date() if on else date.today()).isoformat()
    catalog = load()
    selection = select(catalog, options)
    rows = [
        {"id": row["id"], "name": catalog.name(row["id"], lang)}
        | {name: row[name] for name in ("due", "checked", "status", "status_as_of")}
        for layer in LAYERS
        for row in selection.rows(layer).to_dict("records")
        if row["due"] and row["due"] <= day
    ]
    rows.sort(key=lambda row: (row["due"], row["id"]))
    if as_json:
        print_json(rows)
        return
    m = messages(lang)
    for row in rows:
        status = f"{m.code('status', row['status'])} {row['status_as_of']}".strip()
        print_text(f"{row['due']}  {row['id']}  {row['name']}  [{status}]")
    click.echo(m.text("due.count", n=str(len(rows)), date=day), err=True)


def _line(found: dict[str, Any], locale: Locale) -> str:
    name = locale.with_aside(found["name"], [found["matched"] or ""])
    countries = found["country_labels"] if found["kind"] != "country" else []
    said = [found["kind_label"], locale.listed(countries), found["status_label"], *found["aside"]]
    said += [locale.labelled(met["field_label"], met["text"]) for met in found["met"]]
    return f"  {found['id']}  {name}  [{'; '.join(part for part in said if part)}]"
