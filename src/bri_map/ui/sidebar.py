"""The sidebar: what the filter asks for, counted; one part of the page, whose words are a file of their own.

What is in a group is counted and sent only while it is open.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from bri_map.app.questions import OFF_MAP, WHERE
from bri_map.app.store import AtlasStore
from bri_map.catalog import Catalog
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import PLACES
from bri_map.domain.ranges import RANGES
from bri_map.query.selection import Selection
from bri_map.ui.asked import asked_acts, shown_km
from bri_map.ui.component import mount, spoken
from bri_map.ui.related import feature_link
from bri_map.ui.state import State

_DISTANCES = (10, 25, 50, 100, 200, 500)


def render_sidebar(store: AtlasStore, state: State, selection: Selection) -> None:
    """Draw the sidebar of the pages that share the filter."""
    catalog, wanted, m = store.catalog, state.filter, state.messages
    data = {
        **spoken(state),
        "file": store.questions[state.language].address,
        "showing": m.text("filter.showing", n=len(selection), total=len(catalog)),
        "asks": bool(wanted),
        "theme": state.display.theme,
        "chips": [asdict(act) for act in asked_acts(store, wanted, m)],
        "chosen": {name: sorted(codes) for name in FACETS if (codes := getattr(wanted, name))},
        "open": sorted(state.open_groups),
        "counts": _counts(store, state, selection),
        "spans": {name: span.text for name in RANGES if (span := getattr(wanted, name)) is not None},
        "steps": _steps(store, state),
        "year": wanted.year,
        "undated": wanted.undated,
        "off_map": _off_map(catalog, state, selection),
    }
    if _is_seen(state, WHERE):
        data["where"] = _where(catalog, state)
    with st.sidebar:
        mount("filters", "filters", data)


def _is_seen(state: State, group: str) -> bool:
    return group in state.open_groups or group in state.groups_looked_at


def _counts(store: AtlasStore, state: State, selection: Selection) -> dict[str, list[int]]:
    """Count the options of the groups that are seen, in the order of the file."""
    counts = store.catalog.facets(selection.filter)
    labels = store.questions[state.language].labels
    return {
        name: [counts[name].get(code, 0) for code in labels[name]] for name in labels if _is_seen(state, name)
    }


def _steps(store: AtlasStore, state: State) -> dict[str, list[int]]:
    """Count the values of the ranges that are seen, step by step; the last number is of those without."""
    steps = store.questions[state.language].steps
    found: dict[str, list[int]] = {}
    for name in (name for name in steps if _is_seen(state, name)):
        counts, without = store.catalog.engine.steps(state.filter, name, steps[name])
        found[name] = [*counts, without]
    return found


def _where(catalog: Catalog, state: State) -> dict[str, Any]:
    """Give the distances that can be chosen, from the feature that is open or asked for, if there is one."""
    m, near = state.messages, state.filter.near
    found: dict[str, Any] = {"asks": any(getattr(state.filter, name) is not None for name in PLACES)}
    feature_id = near.feature if near is not None and near.feature is not None else state.selected
    if feature_id is None:
        return found
    km = near.km if near is not None and near.feature == feature_id else None
    options = sorted({*map(float, _DISTANCES), *([km] if km else [])})
    return {
        **found,
        "feature": feature_id,
        "label": m.text("filter.distance", name=catalog.name(feature_id, m.language)),
        "km": km,
        "options": [[option, m.text("filter.km", km=shown_km(option, m))] for option in options],
    }


def _off_map(catalog: Catalog, state: State, selection: Selection) -> dict[str, Any] | None:
    """Give what matches and is not on the map: counted and listed, never left out in silence."""
    ids = catalog.unlocated(selection)
    if not ids:
        return None
    m = state.messages
    links = []
    if _is_seen(state, OFF_MAP):
        found = [feature_link(catalog, feature_id, "", m) for feature_id in ids]
        links = [[link.id, link.name, link.href] for link in found]
    return {"title": m.text("filter.off_map", n=len(ids)), "links": links}
