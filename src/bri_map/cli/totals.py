"""What a selection adds up to, as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bri_map.domain.counting import Sharing

if TYPE_CHECKING:
    from bri_map.query.shares import Share, Shares
    from bri_map.query.totals import Totals


def print_totals(totals: Totals) -> None:
    """Print lengths, costs and capacities."""
    click.echo("\nLines, geodesic length")
    for layer, km in totals.line_km.items():
        click.echo(f"  {km:>11,.1f} km  {layer}")
    kinds = ", ".join(f"{kind} {number}" for kind, number in totals.cost_by_kind.items())
    click.echo("\nStated cost")
    click.echo(f"  {totals.cost_usd_million:>11,.1f} million US dollars, as stated in their years")
    click.echo(f"  {totals.with_cost:>11,}  features count, by kind of amount: {kinds or 'none'}")
    click.echo(f"  {totals.other_currency:>11,}  have an amount in other currencies only, not converted")
    click.echo(f"  {totals.partial_cost:>11,}  have an amount for a part or a programme only, not counted")
    click.echo(f"  {totals.without_cost:>11,}  have no stated cost")
    if totals.may_count_twice:
        click.echo(
            f"  Warning: {totals.counted_twice} pair(s) among them are a whole and its part or phase; the "
            "sum may hold an amount twice."
        )
    if totals.capacity or totals.capacity_left_out:
        click.echo("\nStated capacity of points")
    for unit in dict.fromkeys([*totals.capacity, *totals.capacity_left_out]):
        left_out = totals.capacity_left_out.get(unit, 0)
        said = f"; {left_out} state it only with a remark on what it covers" if left_out else ""
        click.echo(f"  {totals.capacity.get(unit, 0):>14,.10g} {unit}{said}")


def print_shares(shares: Shares) -> None:
    """Print what each code has, and what several have together."""
    if shares.countries:
        click.echo(f"Kilometres are those inside {', '.join(shares.countries)}.")
    units = sorted({unit for share in (*shares.rows, shares.apart) for unit in share.capacity})
    heads = (f"{'features':>8}  {'shared':>6}  {'km':>11}  {'million US$':>12}", *units, shares.by.value)
    click.echo("  ".join(heads))
    for share in shares.rows:
        click.echo(f"{_figures(share, units)}  {share.code}")
    if shares.apart.features or shares.apart.line_km:
        click.echo(f"{_figures(shares.apart, units)}  of several together, in no row above")
    if shares.by is Sharing.COUNTRY:
        click.echo("Kilometres in no row lie at sea, or outside the countries of feature and filter.")
    if shares.beyond:
        click.echo(f"{shares.beyond} feature(s) lie in other countries too; their amounts are for the whole.")


def _figures(share: Share, units: list[str]) -> str:
    capacity = "".join(f"  {share.capacity.get(unit, 0):>{len(unit)}.10g}" for unit in units)
    money = f"{share.cost_usd_million:>12,.1f}"
    return f"{share.features:>8,}  {share.shared:>6,}  {share.line_km:>11,.1f}  {money}{capacity}"
