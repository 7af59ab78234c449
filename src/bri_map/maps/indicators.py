"""Pack the indicators of countries for the browser: values, classes, period, sources, and the names."""

from __future__ import annotations

import json
from typing import Any

from bri_map.analysis.indicators import INDICATORS, build_choropleth
from bri_map.catalog import Catalog
from bri_map.evidence.feature import Citation
from bri_map.i18n import languages, messages
from bri_map.maps.labels import read_country_names


def pack_indicators(catalog: Catalog) -> bytes:
    """Pack every indicator.

    Returns:
        JSON in UTF-8: `names`, ISO 3166-1 alpha-3 to name by language; `indicators`, id to `values` by
        country, `classes` as `[low, high, countries]` from the least values to the greatest, `period`, from
        when to when in each language, `counted`, whether it counts the catalog itself, and `sources` as
        `[title, locators, address]`.
    """
    names = {**read_country_names(catalog.root.basemap_directory()), **catalog.country_names}
    document = {
        "names": {iso3: dict(found.known) for iso3, found in sorted(names.items())},
        "indicators": {indicator: _indicator(catalog, indicator) for indicator in INDICATORS},
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _indicator(catalog: Catalog, indicator: str) -> dict[str, Any]:
    found = build_choropleth(catalog, indicator)
    first, _, last = found.period.partition("/")
    return {
        "values": {iso3: _number(value) for iso3, value in sorted(found.values.items())},
        "classes": [[_number(part.low), _number(part.high), part.count] for part in found.classes],
        "period": {
            language: messages(language).locale.dates_from(first, last or first) for language in languages()
        },
        "counted": not found.citations,
        "sources": [
            [_title(citation), "; ".join(citation.locators), citation.url] for citation in found.citations
        ],
    }


def _title(citation: Citation) -> str:
    words = (citation.producer, citation.title or citation.id, citation.published)
    return ", ".join(word for word in words if word)


def _number(value: float) -> float | int:
    """Write a whole number without a fraction."""
    return int(value) if value == int(value) else value
