"""The About page: what the atlas is, how it is made, under which terms."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

import bri_map
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.i18n import article
from bri_map.ui.current import current_store
from bri_map.ui.state import State
from bri_map.ui.templating import markdown_text


def render() -> None:
    """Draw the page."""
    catalog = current_store().catalog
    state = State(catalog)
    everything = catalog.select(Filter())
    sources = catalog.sources()
    number = state.messages.locale.number
    with st.container(key="about"):
        st.title(state.messages.text("about_page.title"))
        st.markdown(
            article("about", state.language).format(
                **{layer: number(everything.by_layer[layer]) for layer in LAYERS},
                sources=number(len(sources)),
                countries=number(len(catalog.options("country"))),
                data_version=markdown_text(catalog.info.version),
                data_date=markdown_text(catalog.info.date),
                licence=markdown_text(catalog.info.licence),
                licence_url=quote(catalog.info.licence_url, safe=":/?#=&%"),
                attribution=markdown_text(catalog.info.attribution),
                version=bri_map.__version__,
            )
        )
