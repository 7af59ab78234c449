"""What a result adds up to in words: for the panel of the page, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bri_map.catalog import Catalog
from bri_map.domain.counting import Sharing
from bri_map.domain.facets import NONE
from bri_map.domain.layers import LAYERS, LISTED
from bri_map.i18n import Messages
from bri_map.query.selection import Selection
from bri_map.query.shares import Share, Shares
from bri_map.query.totals import Totals
from bri_map.tabulation.copy import as_lines

MOST_ROWS = 12
"""Shares that the panel shows; all are copied."""
_LABELS = {
    Sharing.STATUS: "column.status",
    Sharing.KIND: "column.kind",
    Sharing.COUNTRY: "facet.country",
    Sharing.BUILDER: "facet.contractor",
}


def totals_in_words(catalog: Catalog, selection: Selection, by: str, m: Messages) -> dict[str, Any]:
    """Give counts, kilometres, stated cost and capacity, with what the sums leave out, and the shares.

    Returns:
        `layers`: name of a layer, number of its features and kilometres, the last empty without lines;
        `said`: sentences; `left_out`: what the sums leave out; `warning`: what may count twice; `choices`:
        code and label of everything by which they are shared out; `by`; `heads`, `rows`, `notes` below them.

    Raises:
        FilterError: They are not shared out by that.
        DataError: Lines are to be cut, and the basemap cannot be read.
    """
    totals, shares = selection.totals(), selection.shares(by)
    return {
        "layers": [*_layers(totals, shares, m)],
        "said": [*_said(totals, shares, m)],
        "left_out": [*_left_out(totals, m)],
        "warning": m.text("totals.twice", n=totals.counted_twice) if totals.may_count_twice else "",
        "choices": [[code.value, m[label]] for code, label in _LABELS.items()],
        "by": shares.by.value,
        "heads": [m[_LABELS[shares.by]], m["totals.features"], m["unit.km"], m["unit.million US$"]],
        "rows": [_row(share, catalog, shares.by, m) for share in shares.rows[:MOST_ROWS]],
        "notes": [*_notes(shares, m)],
    }


def copied_totals(catalog: Catalog, selection: Selection, by: str, m: Messages) -> str:
    """Give every share as a line of cells apart by tabs, numbers as in the data; last what is in no row."""
    shares = selection.shares(by)
    every = [*shares.rows, shares.apart]
    units = sorted({unit for share in every for unit in share.capacity})
    counted = m.locale.with_aside(m["totals.features"], [m["totals.counted"]])
    heads = [m[_LABELS[shares.by]], m["totals.features"], m["totals.shared"], m["unit.km"]]
    heads += [m["unit.million US$"], counted, *(m.code("unit", unit) for unit in units)]
    lines = [heads]
    for share in every:
        label = _label(share.code, catalog, shares.by, m) if share.code else m["totals.apart"]
        if shares.by is Sharing.KIND and share.code:
            label = f"{m.code('layer', share.code.partition('/')[0])} · {label}"
        capacity = [share.capacity.get(unit, "") for unit in units]
        figures = [share.features, share.shared, share.line_km, share.cost_usd_million, share.with_cost]
        lines.append([label, *map(str, [*figures, *capacity])])
    return as_lines(lines)


def _layers(totals: Totals, shares: Shares, m: Messages) -> Iterator[tuple[str, str, str]]:
    for layer in (spec.id for spec in LISTED):
        if count := totals.features.get(layer, 0):
            km, inside = (round(one.get(layer, 0)) for one in (totals.line_km, shares.inside_km))
            said = (
                m.text("totals.inside", n=inside, all=km) if shares.countries else m.text("totals.km", n=km)
            )
            yield m.code("layer", layer), m.locale.number(count), said if km else ""


def _said(totals: Totals, shares: Shares, m: Messages) -> Iterator[str]:
    if not any(totals.features.values()):
        yield m["totals.nothing"]
    if totals.with_cost:
        amount = m.locale.money_of(totals.cost_usd_million * 1e6, "USD", digits=1)
        yield m.text("totals.cost", amount=amount, n=totals.with_cost)
    if shares.beyond:
        yield m.text("totals.beyond", n=shares.beyond)
    if totals.capacity:
        stated = (_capacity(value, unit, m) for unit, value in totals.capacity.items())
        yield m.text("totals.capacity", amounts=m.locale.listed(stated))


def _capacity(value: float, unit: str, m: Messages) -> str:
    return f"{m.locale.number(round(value))} {m.code('unit', unit)}"


def _left_out(totals: Totals, m: Messages) -> Iterator[str]:
    if totals.lack_cost:
        why = {
            "totals.lack_other": totals.other_currency,
            "totals.lack_partial": totals.partial_cost,
            "totals.lack_none": totals.without_cost,
        }
        reasons = m.locale.listed(m.text(key, n=n) for key, n in why.items() if n)
        yield m.text("totals.lack", n=totals.lack_cost, reasons=reasons)
    if left_out := sum(totals.capacity_left_out.values()):
        yield m.text("totals.capacity_lack", n=left_out)


def _row(share: Share, catalog: Catalog, by: Sharing, m: Messages) -> list[str]:
    figures = (share.features, round(share.line_km), round(share.cost_usd_million))
    return [_label(share.code, catalog, by, m), *(m.locale.number(n) if n else "" for n in figures)]


def _label(code: str, catalog: Catalog, by: Sharing, m: Messages) -> str:
    if by is Sharing.STATUS:
        return m.code("status", code)
    if by is Sharing.KIND:
        layer, _, kind = code.partition("/")
        return m.code(LAYERS[layer].kind_vocabulary, kind)
    if code == NONE:
        return m["facet.no_value"]
    if by is Sharing.COUNTRY:
        return catalog.country_name(code, m.language)
    return catalog.organisation_names[code][m.language]


def _notes(shares: Shares, m: Messages) -> Iterator[str]:
    """Say what is in no row, and why."""
    if len(shares.rows) > MOST_ROWS:
        yield m.text("totals.more", n=len(shares.rows) - MOST_ROWS)
    apart = shares.apart
    if apart.features:
        amount = m.locale.money_of(apart.cost_usd_million * 1e6, "USD", digits=1)
        key = "totals.of_countries" if shares.by is Sharing.COUNTRY else "totals.of_builders"
        yield m.text(key, n=apart.features, amount=amount, km=round(apart.line_km))
    if shares.by is Sharing.COUNTRY and apart.line_km >= 1:
        yield m.text("totals.outside", km=round(apart.line_km))
