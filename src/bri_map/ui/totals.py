"""What the filtered features add up to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bri_map.domain.layers import LISTED
from bri_map.i18n import Messages
from bri_map.query.selection import Selection
from bri_map.query.totals import Totals


def totals_in_words(selection: Selection, m: Messages) -> dict[str, Any]:
    """Give counts, kilometres of line and stated cost, with what the sum leaves out.

    Returns:
        `layers`: name of a layer, number of its features and kilometres, the last empty without lines;
        `said`: sentences; `left_out`: what the sums leave out; `warning`: what may count twice.
    """
    totals = selection.totals()
    return {
        "layers": [*_layers(totals, m)],
        "said": [*_said(totals, m)],
        "left_out": _left_out(totals, m),
        "warning": m.text("totals.twice", n=totals.counted_twice) if totals.may_count_twice else "",
    }


def _layers(totals: Totals, m: Messages) -> Iterator[tuple[str, str, str]]:
    for layer in (spec.id for spec in LISTED):
        if count := totals.features.get(layer, 0):
            km = totals.line_km.get(layer)
            length = m.text("totals.km", n=round(km)) if km else ""
            yield m.code("layer", layer), m.locale.number(count), length


def _said(totals: Totals, m: Messages) -> Iterator[str]:
    if not any(totals.features.values()):
        yield m.text("totals.nothing")
    if totals.with_cost:
        amount = m.locale.money_of(totals.cost_usd_million * 1e6, "USD", digits=1)
        yield m.text("totals.cost", amount=amount, n=totals.with_cost)


def _left_out(totals: Totals, m: Messages) -> str:
    if not totals.lack_cost:
        return ""
    return m.text("totals.lack", n=totals.lack_cost, other=totals.other_currency)
