"""The details of one feature: every value in words with its sources. All data is escaped."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from bri_map.catalog import Catalog
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.vocabulary import NameKind
from bri_map.evidence.feature import Citation, Feature
from bri_map.evidence.translations import Wording
from bri_map.i18n import Messages, is_language, messages
from bri_map.ui.details_bar import Order, render_details_bar, render_details_tools
from bri_map.ui.evidence import Evidencer, source_title
from bri_map.ui.fact_groups import fact_groups
from bri_map.ui.key_figures import key_figures
from bri_map.ui.life import life_of
from bri_map.ui.related import corridor_members, related_links
from bri_map.ui.results import ask, ask_kind
from bri_map.ui.state import State
from bri_map.ui.templating import template


def details_html(catalog: Catalog, feature: Feature, m: Messages, year: int | None = None) -> str:
    """Write the details of a feature as HTML in which every value from the data is escaped.

    Args:
        catalog: Where it comes from.
        feature: The feature.
        m: Texts of the interface.
        year: The year that is looked at, whose status stands beside today's; None for today.
    """
    values = feature.values
    say = Wording(catalog.translations, m)
    spec = LAYERS[feature.layer]
    evidencer = Evidencer(feature, m, say)
    layer_label, kind_label = m.code("layer", feature.layer), m.code(spec.kind_vocabulary, feature.kind)
    table = LAYER_TABLES[feature.layer].name
    return template("details.html").render(
        m=m,
        symbol=spec.symbol.value,
        layer=ask("layer", feature.layer, layer_label, m),
        kind=feature.kind,
        kind_label=kind_label,
        kind_ask=ask_kind(spec, feature.kind, kind_label, m),
        name=feature.name(m.language),
        names=_names(feature, m),
        life=life_of(catalog, feature, year, m, evidencer),
        figures=key_figures(feature, m, evidencer),
        summary=say(values.get("summary") or "", feature.id, "summary", table),
        note=say(values["note"] or "", feature.id, "note", table),
        unconfirmed=m["details.unconfirmed"] if values["basis"] == "unconfirmed" else "",
        groups=fact_groups(catalog, feature, m, evidencer),
        related=list(related_links(catalog, feature, m, evidencer)),
        members=list(corridor_members(catalog, feature, m)),
        sources=[_source(citation, feature.id, m, say) for citation in feature.citations],
        blocks=evidencer.blocks,
        id=feature.id,
    )


def render_details(catalog: Catalog, state: State, order: Order | None = None) -> None:
    """Draw the details of the selected feature with the buttons that belong to them.

    Args:
        catalog: Where it comes from.
        state: Choices of the session.
        order: Numbers of the features of the result in the order in which the buttons lead through them; that
            of the catalog by default.
    """
    if state.selected is None:
        return
    feature = catalog.get(state.selected)
    render_details_bar(catalog, state, order)
    render_details_tools(catalog, state, feature)
    st.html(details_html(catalog, feature, state.messages, state.filter.year))


def _tag(language: str) -> str:
    """Give the tag by which browsers know a language."""
    return messages(language).locale.tag if is_language(language) else language


def _names(feature: Feature, m: Messages) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the other names: what kind of name they are, and each with the tag of its language.

    Those under which pages in other languages show the feature come first, without a kind.
    """
    shown = [(name, _tag(code)) for code, name in feature.called.others(m.language)]
    further = (other for other in feature.names if other.kind != NameKind.SHOWN)
    named = sorted(further, key=lambda other: other.kind)
    kinds = [
        (m.code("name_kind", kind), [(other.name, _tag(other.language)) for other in group])
        for kind, group in groupby(named, key=lambda other: other.kind)
    ]
    return [("", shown), *kinds] if shown else kinds


def _source(citation: Citation, feature_id: str, m: Messages, say: Wording) -> dict[str, str]:
    places = [say(locator, feature_id, "locator") for locator in citation.locators]
    detail = [citation.producer if citation.title else "", citation.published, *places]
    return {
        "title": source_title(citation, m),
        "url": citation.url,
        "detail": " · ".join(part for part in detail if part),
        "ask": ask("source", citation.id, m["details.rest_on_it"], m).href,
    }
