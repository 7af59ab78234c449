"""What lies near a feature, with its distance: a list that opens beside the button that zooms to it."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.layers import LAYERS
from bri_map.evidence.feature import Feature
from bri_map.i18n import Messages
from bri_map.ui.component import mount
from bri_map.ui.controls import Act
from bri_map.ui.related import Link, feature_link, near_links, said_km
from bri_map.ui.state import State
from bri_map.ui.templating import template

_REACHES_KM = (25, 100, 500)
_LISTED = 10
"""Features that are listed, beside the nearest of each kind."""


def render_near(catalog: Catalog, state: State, feature: Feature) -> None:
    """Draw the button, and the list once it is opened; a corridor has everything near it."""
    if LAYERS[feature.layer].has_members:
        return
    m = state.messages
    menu = st.popover(m["details.near"], key="near", on_change="rerun")
    if not menu.open:
        return
    with menu:
        if feature.geometry is None:
            st.caption(m["details.near_unknown"])
            return
        st.html(near_html(catalog, feature, m))
        km, _ = _around(catalog, feature)
        change = {"kind": "near", "feature": feature.id, "km": km}
        act = Act(m.text("details.near_filter", km=km), change)
        mount("act", "near-act", {"acts": [asdict(act)], "look": "buttons"})


def near_html(catalog: Catalog, feature: Feature, m: Messages) -> str:
    """Write the nearest feature of each kind, and then whatever is nearest."""
    _, around = _around(catalog, feature)
    return template("near.html").render(
        m=m, nearest=list(near_links(catalog, feature, m)), around=[_link(catalog, *one, m) for one in around]
    )


def _around(catalog: Catalog, feature: Feature) -> tuple[int, list[tuple[str, float]]]:
    """Give the nearest features, and the least distance of some round ones within which there are any."""
    found: list[tuple[str, float]] = []
    for reach in _REACHES_KM:
        found = [(one.id, one.km) for one in catalog.near(feature.id, reach)][:_LISTED]
        if len(found) > 1:
            return reach, found
    return _REACHES_KM[-1], found


def _link(catalog: Catalog, feature_id: str, km: float, m: Messages) -> Link:
    layer, _ = catalog.position(feature_id)
    return feature_link(catalog, feature_id, m.code("layer", layer), m, said_km(km, m))
