"""What the filtered features add up to."""

from __future__ import annotations

import streamlit as st

from bri_map.domain.layers import LISTED
from bri_map.query.selection import Selection
from bri_map.ui.state import State


def render_totals(state: State, selection: Selection) -> None:
    """Draw counts, kilometres of line and stated cost, with what the sum leaves out."""
    m = state.messages
    text = m.text
    group = st.expander(text("totals.title"), key="group-totals", on_change="rerun")
    if not group.open:
        return
    totals = selection.totals()
    with group:
        lines = []
        for layer in (spec.id for spec in LISTED):
            count = totals.features.get(layer, 0)
            if not count:
                continue
            line = f"{m.code('layer', layer)}: **{m.locale.number(count)}**"
            km = totals.line_km.get(layer)
            lines.append(line + (f" · {text('totals.km', n=round(km))}" if km else ""))
        st.markdown("  \n".join(lines) or text("totals.nothing"))
        if totals.with_cost:
            st.markdown(
                text(
                    "totals.cost",
                    amount=m.locale.money_of(totals.cost_usd_million * 1e6, "USD", digits=1),
                    n=totals.with_cost,
                )
            )
        if totals.lack_cost:
            st.caption(text("totals.lack", n=totals.lack_cost, other=totals.other_currency))
        if totals.may_count_twice:
            st.warning(text("totals.twice", n=totals.counted_twice))
