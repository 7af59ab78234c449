"""The Sources page: every source, and what rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.data.root import bundled_directory
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.evidence.translations import Wording
from bri_map.ui.current import current_store
from bri_map.ui.evidence import source_title
from bri_map.ui.paged_table import Head, render_paged_table
from bri_map.ui.source_table import COLUMNS, SourceRows
from bri_map.ui.state import SOURCES, State
from bri_map.ui.templating import template

_LISTED = 60


def render() -> None:
    """Draw the page."""
    catalog = current_store().catalog
    state = State(catalog)
    text = state.messages.text
    st.title(text("sources_page.title"))
    st.write(text("sources_page.intro"))
    words = st.text_input(
        text("sources_page.find"), key="source-words", placeholder=text("sources_page.find_hint")
    )
    rows = SourceRows(catalog, words, state.messages)
    if not len(rows):
        st.info(text("sources_page.none"))
        return
    with st.container(key="sources-stage"):
        with st.container(key="sources-list"):
            _render_list(state, rows)
        with st.container(key="source-detail"):
            chosen = rows.find(state.source)
            if chosen is None:
                st.caption(text("sources_page.pick"))
            else:
                _render_source(catalog, state, chosen)


def _render_list(state: State, rows: SourceRows) -> None:
    m = state.messages
    render_paged_table(
        state,
        SOURCES,
        rows,
        m.text("sources_page.title"),
        [Head(name, m.text(f"column.{name}"), is_number=name == "features") for name in COLUMNS],
        state.view(SOURCES),
        state.source,
    )


def _render_source(catalog: Catalog, state: State, source: Mapping[str, Any]) -> None:
    m = state.messages
    citation = catalog.citation(str(source["id"]))
    selection = catalog.select(Filter(source={str(source["id"])}))
    say = Wording(catalog.translations, m)
    features = []
    for feature_id in selection.ids[:_LISTED]:
        feature = catalog.get(feature_id)
        locators = next(c.locators for c in feature.citations if c.id == source["id"])
        features.append(
            {
                "href": f"./?id={feature_id}&lang={state.language}",
                "name": feature.name(m.language),
                "layer": m.code("layer", feature.layer),
                "kind": m.code(LAYERS[feature.layer].kind_vocabulary, feature.kind),
                "locators": m.locale.listed(say(place, feature_id, "locator") for place in locators),
            }
        )
    more = len(selection) - len(features)
    html = template("source.html").render(
        m=m,
        source={**source} | {"note": say(source["note"], citation.id, "note", "sources")},
        title=source_title(citation, m),
        citation=citation.text,
        count=m.text("sources_page.features", n=len(selection)),
        features=features,
        more=m.text("sources_page.more", n=more) if more else "",
    )
    st.html(html)
    if len(selection) and st.button(m.text("sources_page.show"), key="source-on-map"):
        state.filter = Filter(source={str(source["id"])})
        state.select(None)
        st.switch_page(bundled_directory() / "pages" / "map.py")
