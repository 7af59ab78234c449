"""The buttons of the details panel: through the result, to the place, away; how to cite and to correct."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import numpy.typing as npt
import streamlit as st

from bri_map import __version__
from bri_map.catalog import Catalog
from bri_map.evidence.feature import Feature
from bri_map.i18n import Messages
from bri_map.query.hiding import hiding
from bri_map.ui.component import mount
from bri_map.ui.controls import Act
from bri_map.ui.near import render_near
from bri_map.ui.state import State

Order = npt.NDArray[np.intp]
"""Numbers of features, one after the other."""


def render_details_bar(catalog: Catalog, state: State, order: Order | None = None) -> None:
    """Draw the buttons above the details.

    Args:
        catalog: Where the features come from.
        state: Choices of the session.
        order: Numbers of the features of the result, as the buttons lead through them; as in the catalog by
            default.
    """
    text = state.messages.text
    selection = catalog.select(state.filter)
    here = _place(catalog, state, order)
    with st.container(horizontal=True, vertical_alignment="center", key="details-bar"):
        st.button(
            text("details.previous"),
            icon=":material/chevron_left:",
            key="previous",
            help=text("details.previous_help"),
            disabled=not len(selection),
            on_click=_step,
            args=(catalog, state, order, -1),
        )
        place = (
            text("details.place", i=here + 1, n=len(selection))
            if here is not None
            else text("details.outside")
        )
        st.markdown(f":gray[{place}]", width="content")
        st.button(
            text("details.next"),
            icon=":material/chevron_right:",
            icon_position="right",
            key="next",
            help=text("details.next_help"),
            disabled=not len(selection),
            on_click=_step,
            args=(catalog, state, order, 1),
        )
        st.space("stretch")
        st.button(text("details.close"), key="close", on_click=_close, args=(state,), type="tertiary")
    if here is None and state.selected is not None:
        _render_hiding(catalog, state, state.selected)


def _render_hiding(catalog: Catalog, state: State, feature_id: str) -> None:
    """Say what hides the feature, with a button that lifts it and nothing else."""
    m, number = state.messages, catalog.features.number(feature_id)
    names = hiding(state.filter, lambda wanted: bool(catalog.select(wanted).mask[number]))
    if not names:
        return
    said = m.locale.listed(m[f"facet.{name}"] for name in names)
    with st.container(key="hiding"):
        st.markdown(m.text("details.hidden", filters=said))
        act = Act(m.text("details.unhide", filters=said), {"kind": "without", "names": [*names]})
        mount("act", "unhide", {"acts": [asdict(act)], "look": "buttons"})


def render_details_tools(catalog: Catalog, state: State, feature: Feature) -> None:
    """Draw what can be done with the feature: go to it, see what is near, cite it, report an error."""
    text = state.messages.text
    with st.container(horizontal=True, key="details-tools"):
        st.button(text("details.zoom"), key="zoom", on_click=_zoom, args=(state,))
        render_near(catalog, state, feature)
        _copyable(
            text("details.cite"),
            "cite",
            text("details.cite_hint"),
            citation(catalog, feature, state.messages),
        )
        _copyable(
            text("details.report"),
            "report",
            text("details.report_hint"),
            report(catalog, feature, state.messages),
        )


def citation(catalog: Catalog, feature: Feature, m: Messages) -> str:
    """Give one line that cites a feature in this version of the data."""
    info = catalog.info
    return m.text(
        "details.citation",
        name=feature.name(m.language),
        id=feature.id,
        title=info.title,
        version=info.version,
        date=info.date,
        licence=info.licence,
    )


def report(catalog: Catalog, feature: Feature, m: Messages) -> str:
    """Give the text of a report of an error, filled in as far as the atlas knows."""
    return m.text(
        "details.report_text",
        name=feature.name(m.language),
        id=feature.id,
        table=f"data/{feature.layer}.csv",
        version=catalog.info.version,
        software=__version__,
    )


def _copyable(label: str, key: str, hint: str, content: str) -> None:
    menu = st.popover(label, key=key, on_change="rerun")
    if not menu.open:
        return
    with menu:
        st.caption(hint)
        st.code(content, language=None, wrap_lines=True)


def _place(catalog: Catalog, state: State, order: Order | None) -> int | None:
    """Give the place of the open feature in the result, from 0; None if it is not in it."""
    if state.selected is None:
        return None
    if order is None:
        return catalog.select(state.filter).rank(state.selected)
    found = np.flatnonzero(order == catalog.features.number(state.selected))
    return int(found[0]) if len(found) else None


def _step(catalog: Catalog, state: State, order: Order | None, step: int) -> None:
    """Open the next or the previous feature as seen from the one that is open now."""
    here = _place(catalog, state, order)
    place = (here if here is not None else (-1 if step > 0 else 0)) + step
    if order is None:
        wanted = catalog.select(state.filter).id_at(place)
    else:
        wanted = catalog.features.known[int(order[place % len(order)])]
    state.select(wanted, zoom=True)


def _zoom(state: State) -> None:
    state.select(state.selected, zoom=True)


def _close(state: State) -> None:
    state.select(None)
