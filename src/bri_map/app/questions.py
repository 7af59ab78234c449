"""The filters as the sidebar asks them, in words: a file for each language, the same until the data change.

A run of the page sends what is chosen and counted; titles, options and hints stand here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bri_map.app.assets import JSON, PREFIX, UP, AssetFiles
from bri_map.catalog import Catalog
from bri_map.domain.facets import FACETS, Facet, Widget
from bri_map.domain.layers import LAYERS
from bri_map.domain.tables import SOURCES
from bri_map.i18n import Messages, languages, messages

WHEN, WHERE, TOTALS, OFF_MAP = "when", "where", "totals", "off-map"
"""The groups that are no facets."""
GROUPS = (
    OFF_MAP,
    TOTALS,
    *(facet.name for facet in FACETS.values() if facet.is_listed and facet.is_open),
    WHEN,
    WHERE,
    *(facet.name for facet in FACETS.values() if facet.is_listed and not facet.is_open),
)
"""The groups of the sidebar in their order."""
OPEN_GROUPS = frozenset(facet.name for facet in FACETS.values() if facet.is_listed and facet.is_open)
"""Those that are open at first."""
_TEXTS = (
    "filter.reset",
    "filter.search",
    "filter.search_hint",
    "filter.active",
    "filter.find",
    "filter.find_none",
    "facet.find",
    "facet.none",
)


@dataclass(frozen=True, slots=True)
class Questions:
    """The filters in one language.

    Attributes:
        address: Of the file, relative to a page.
        codes: Facet to its codes, in the order in which they stand in the file.
    """

    address: str
    codes: Mapping[str, tuple[str, ...]]


def option_label(catalog: Catalog, facet: str, code: str, m: Messages) -> str:
    """Give the text of an option."""
    if FACETS[facet].is_country:
        return catalog.country_name(code, m.language)
    if FACETS[facet].references in LAYERS:
        return catalog.name(code, m.language)
    if FACETS[facet].references == SOURCES.name:
        source = catalog.sources().loc[code]
        return str(source["title"] or source["producer"] or code)
    return m.code(facet, code)


def write_questions(catalog: Catalog, files: AssetFiles) -> dict[str, Questions]:
    """Write the filters in every language.

    Returns:
        Language to what the page needs to know of its file.
    """
    return {language: _write(catalog, files, messages(language)) for language in languages()}


def _write(catalog: Catalog, files: AssetFiles, m: Messages) -> Questions:
    options = {name: _options(catalog, facet, m) for name, facet in FACETS.items() if facet.is_listed}
    document = {
        "groups": [_group(catalog, name, options, m) for name in GROUPS],
        "texts": {key: m[key] for key in _TEXTS},
    }
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    address = files.add(f"questions/{m.language}", "json", body, JSON).removeprefix(UP)
    codes = {name: tuple(code for code, _ in pairs) for name, pairs in options.items()}
    return Questions(f"./{PREFIX}/{address}", codes)


def _options(catalog: Catalog, facet: Facet, m: Messages) -> list[tuple[str, str]]:
    pairs = [(code, option_label(catalog, facet.name, code, m)) for code in catalog.options(facet.name)]
    if facet.widget is Widget.LIST:
        pairs.sort(key=lambda pair: m.locale.sort_key(pair[1]))
    return pairs


def _group(
    catalog: Catalog, name: str, options: Mapping[str, list[tuple[str, str]]], m: Messages
) -> dict[str, Any]:
    if name in FACETS:
        facet = FACETS[name]
        note = m[f"facet.note.{name}"] if facet.has_note else ""
        title, look, details = m[f"facet.{name}"], facet.widget.value, {"options": options[name]}
    else:
        title, note, details = _OTHERS[name](catalog, m)
        look = name
    return {"name": name, "look": look, "title": title, "note": note, **details}


def _when(catalog: Catalog, m: Messages) -> tuple[str, str, dict[str, Any]]:
    first, last = catalog.years[0], catalog.years[-1]
    details = {"year": m["filter.year"], "none": m["filter.year_none"], "undated": m["filter.undated"]}
    return m["filter.when"], m["filter.when_note"], {**details, "first": first, "last": last}


def _where(_: Catalog, m: Messages) -> tuple[str, str, dict[str, Any]]:
    details = {"pick": "filter.where_pick", "clear": "filter.where_clear", "none": "filter.distance_none"}
    return m["filter.where"], m["filter.where_note"], {name: m[key] for name, key in details.items()}


def _totals(_: Catalog, m: Messages) -> tuple[str, str, dict[str, Any]]:
    return m["totals.title"], "", {}


def _off_map(_: Catalog, m: Messages) -> tuple[str, str, dict[str, Any]]:
    return "", m["filter.off_map_note"], {}


_OTHERS = {WHEN: _when, WHERE: _where, TOTALS: _totals, OFF_MAP: _off_map}
"""Title, note and further words of each group that is no facet."""
