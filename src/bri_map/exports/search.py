"""The answer to a search as a document, with labels in one language."""

from __future__ import annotations

from typing import Any

from bri_map.catalog import Catalog
from bri_map.domain.layers import LAYERS
from bri_map.i18n import Messages, messages
from bri_map.search import Hit, SearchResult


def search_document(result: SearchResult, catalog: Catalog, language: str) -> dict[str, Any]:
    """Give a search's answer as JSON-ready values.

    Args:
        result: The answer.
        catalog: The catalog that was searched.
        language: The language of names and labels.
    """
    m = messages(language)
    return {
        "query": result.query,
        "did_you_mean": result.did_you_mean or None,
        "groups": [
            {
                "group": group,
                "label": _group_label(group, m),
                "results": [_hit_document(hit, catalog, m) for hit in hits],
            }
            for group, hits in result.groups().items()
        ],
    }


def _group_label(group: str, m: Messages) -> str:
    return m.code("layer" if group in LAYERS else "search_group", group)


def _hit_document(hit: Hit, catalog: Catalog, m: Messages) -> dict[str, Any]:
    is_feature = hit.group in LAYERS
    known = catalog.known()["country"]
    return {
        "id": hit.id,
        "name": hit.names[m.language],
        "names": dict(hit.names.known),
        "matched": hit.matched or None,
        "met": [
            {"field": met.field, "field_label": m.text(f"search_field.{met.field}"), "text": met.text}
            for met in hit.met
        ],
        "aside": list(hit.aside),
        "kind": hit.kind,
        "kind_label": m.code(hit.kind_vocabulary, hit.kind),
        "countries": list(hit.countries),
        "country_labels": [
            catalog.country_name(iso3, m.language) if iso3 in known else iso3 for iso3 in hit.countries
        ],
        "status": hit.status or None,
        "status_label": m.code("status", hit.status) if hit.status else None,
        "bbox": list(hit.bbox),
        "layer": hit.group if is_feature else None,
        "symbol": LAYERS[hit.group].symbol.value if is_feature else hit.group,
        "index": hit.index if is_feature else None,
        "score": hit.score,
    }
