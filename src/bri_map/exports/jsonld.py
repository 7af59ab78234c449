"""The data set described for search engines: schema.org Dataset as JSON-LD."""

from __future__ import annotations

from typing import Any

from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.names import ORIGINAL
from bri_map.i18n import languages, messages

_CONTEXT = "https://schema.org/"


def dataset_document(catalog: Catalog) -> dict[str, Any]:
    """Describe the data set of a catalog.

    Returns:
        A schema.org Dataset as JSON-ready values; see https://schema.org/Dataset.
    """
    info = catalog.info
    countries = sorted(
        catalog.country_name(iso3, ORIGINAL)
        for iso3, number in catalog.facets(Filter())["country"].items()
        if number
    )
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "name": info.title,
        "alternateName": info.name,
        "description": info.description,
        "version": info.version,
        "datePublished": info.date,
        "license": info.licence_url,
        "creditText": info.attribution,
        "creator": [{"@type": "Organization", "name": name} for name in info.creators],
        "keywords": list(info.keywords),
        "inLanguage": [messages(language).locale.tag for language in languages()],
        "isAccessibleForFree": True,
        "spatialCoverage": [{"@type": "Country", "name": name} for name in countries],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": layer, "description": table.meaning, "value": number}
            for layer, table in LAYER_TABLES.items()
            for number in [catalog.slices[layer].stop - catalog.slices[layer].start]
        ],
        "isBasedOn": [
            {"@type": "CreativeWork", "name": source.get("title", ""), **_address(source)}
            for source in info.sources
        ],
    }


def _address(source: dict[str, str]) -> dict[str, str]:
    return {"url": source["path"]} if source.get("path") else {}
