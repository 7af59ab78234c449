"""Commands about features: `export`, `stats`, `show`, `reconcile`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bri_map.cli.common import (
    EPILOG,
    EXIT_DATA,
    EXIT_FAULTS,
    Failure,
    filter_options,
    lang_option,
    load,
    output_option,
    print_json,
    print_text,
    select,
    write_file,
)
from bri_map.cli.totals import print_shares, print_totals
from bri_map.domain.counting import Sharing
from bri_map.domain.facets import FACETS
from bri_map.domain.layers import LAYERS
from bri_map.domain.names import ORIGINAL
from bri_map.errors import DataError, FeatureNotFoundError
from bri_map.exports import EXPORTERS, WRITTEN

if TYPE_CHECKING:
    from bri_map.analysis.quality import Quality
    from bri_map.analysis.reconcile import Cell


@click.command(epilog=EPILOG)
@filter_options
@output_option
@click.option(
    "--format",
    "file_format",
    type=click.Choice(list(WRITTEN)),
    default=next(iter(EXPORTERS)),
    help="Format of the file, or a list: where sources differ, what overlaps, what was retired, amounts.",
)
def export(output: Path, file_format: str, **options: Any) -> None:
    """Write the filtered features to a file, the same bytes as the app's downloads."""
    catalog = load()
    selection = select(catalog, options)
    write_file(output, WRITTEN[file_format].write(selection, catalog, tuple(LAYERS)))


@click.command(epilog=EPILOG)
@filter_options
@click.option("--quality", is_flag=True, help="Measure positions, lengths, sources and dates instead.")
@click.option(
    "--by",
    "sharing",
    type=click.Choice([code.value for code in Sharing]),
    help="Share the totals out by status, kind, country or builder; lines are cut at borders.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the counts as JSON.")
def stats(quality: bool, sharing: str | None, as_json: bool, **options: Any) -> None:
    """Count the filtered features by layer, type, country, status and more; add up lines and costs."""
    catalog = load()
    selection = select(catalog, options)
    if sharing:
        try:
            shares = selection.shares(sharing)
        except DataError as error:
            raise Failure(error, EXIT_DATA) from error
        if as_json:
            print_json({"filter": selection.filter.to_params(), **shares.to_dict()})
        else:
            print_shares(shares)
        return
    if quality:
        from bri_map.analysis.quality import measure_quality

        measured = measure_quality(catalog, selection)
        if as_json:
            print_json(measured.to_dict())
        else:
            _print_quality(measured)
        return
    counts, totals = selection.statistics(), selection.totals()
    if as_json:
        print_json(counts | {"totals": totals.to_dict()})
        return
    click.echo(f"{counts['count']} of {counts['total']} features")
    # Lists that are long in any data, such as organisations, are for programs.
    shown = (name for name in counts["by"] if FACETS[name].vocabulary or FACETS[name].column)
    for facet in (name for name in shown if not FACETS[name].is_told):
        numbers = counts["by"][facet]
        click.echo(f"\nby {facet}")
        for code, number in numbers.items():
            click.echo(f"  {number:>8}  {code}")
    print_totals(totals)


def _print_quality(measured: Quality) -> None:
    click.echo("Points at site or town level with a source for the position")
    for layer, share in measured.positions.items():
        if not share.count:
            continue
        grades = ", ".join(f"{code} {number}" for code, number in share.grades.items())
        click.echo(f"  {layer:>10}  {share.good} of {share.count} = {share.share:.0%}  ({grades})")
    click.echo("\nLengths of rail routes: drawn line over published length")
    for length in measured.lengths:
        click.echo(
            f"  {length.ratio:>6.3f}  {length.drawn_km:>8.0f} of {length.published_km:>8g} km  "
            f"{length.id}  {length.note}".rstrip()
        )
    click.echo("\nValues by what they rest on")
    for basis, number in measured.bases.items():
        click.echo(f"  {number:>8}  {basis}")
    click.echo("\nStatus by the age of its last report")
    for code, number in measured.freshness.items():
        click.echo(f"  {number:>8}  {code}")


@click.command(epilog=EPILOG)
@click.argument("feature_id", metavar="ID")
@lang_option("Language of the name and of the texts.")
@click.option("--json", "as_json", is_flag=True, help="Write all fields, geometry and sources as JSON.")
def show(feature_id: str, lang: str, as_json: bool) -> None:
    """Show everything known of one feature, and the source of each value."""
    from bri_map.evidence.translated import translate_feature
    from bri_map.evidence.translations import Wording
    from bri_map.exports.feature import feature_document
    from bri_map.i18n import messages

    catalog = load()
    try:
        feature = catalog.get(feature_id)
    except FeatureNotFoundError as error:
        raise Failure(error, EXIT_FAULTS) from error
    if lang != ORIGINAL:
        feature = translate_feature(feature, Wording(catalog.translations, messages(lang)), lang)
    document = feature_document(feature)
    if as_json:
        print_json(document)
        return
    numbers = {source["id"]: number for number, source in enumerate(document["sources"], 1)}
    for name, value in document["properties"].items():
        if value not in (None, [], ""):
            shown = "; ".join(map(str, value)) if isinstance(value, list) else value
            print_text(f"{name:>20}  {shown}")
    print_text("\nWho says so")
    for said in document["provenance"]:
        where = f"[{numbers[said['source']]}]" if "source" in said else ""
        parts = [said.get(key, "") for key in ("detail", "as_of", "locator", "basis", "rule", "note")]
        hidden = "" if said.get("shown", True) else " (not shown)"
        detail = ", ".join(part for part in parts if part)
        print_text(f"{said['field']:>20}  {said['value']}{hidden}  {where}  {detail}".rstrip())
    print_text("\nSources")
    for number, source in enumerate(document["sources"], 1):
        places = f" {'; '.join(source['locators'])}" if source["locators"] else ""
        print_text(f"{f'[{number}]':>20}  {source['citation']}{places}")


@click.command(epilog=EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Write every cell as JSON.")
def reconcile(as_json: bool) -> None:
    """Compare published totals with the same totals of these data."""
    from bri_map.analysis.reconcile import ey_parks
    from bri_map.analysis.reconcile import reconcile as compare_published

    catalog = load()
    cells = compare_published(catalog)
    if as_json:
        parks = [
            {
                "id": park.id,
                "country": park.country,
                "type": park.type,
                "match": park.match,
                "figure6_no": park.figure6_no or None,
                "alternatives": list(park.alternatives),
            }
            for park in ey_parks(catalog)
        ]
        print_json({"cells": [_cell_document(cell) for cell in cells], "parks": parks})
        return
    figure = ""
    for cell in cells:
        if cell.figure != figure:
            figure = cell.figure
            click.echo(f"\n{figure}  ({cell.source_id}, {cell.locator}; {cell.unit})")
            click.echo(f"  {'published':>10}  {'ours':>10}  {'difference':>10}")
        ours = "-" if cell.ours is None else f"{cell.ours:.1f}"
        difference = "" if cell.agrees or cell.difference is None else f"{cell.difference:+.1f}"
        click.echo(
            f"  {cell.published:>10g}  {ours:>10}  {difference:>10}  {cell.category}  "
            f"{cell.explanation}".rstrip()
        )


def _cell_document(cell: Cell) -> dict[str, Any]:
    return {
        "figure": cell.figure,
        "category": cell.category,
        "unit": cell.unit,
        "published": cell.published,
        "ours": None if cell.ours is None else round(cell.ours, 2),
        "difference": cell.difference,
        "agrees": cell.agrees,
        "source": cell.source_id,
        "locator": cell.locator,
        "explanation": cell.explanation,
    }
