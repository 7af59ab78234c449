"""The filters as the sidebar asks them, in words: a file for each language, the same until the data change.

A run of the page sends what is chosen and counted; titles, options and hints stand here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bri_map.app.assets import JSON, PREFIX, UP, AssetFiles
from bri_map.app.told import told_labels
from bri_map.catalog import Catalog
from bri_map.domain.examples import EXAMPLES
from bri_map.domain.facets import FACETS, NONE, Facet, Widget
from bri_map.domain.fact_tables import ORGANISATIONS
from bri_map.domain.layers import LAYERS
from bri_map.domain.ranges import RANGES, Range
from bri_map.domain.tables import SOURCES
from bri_map.i18n import Messages, languages, messages
from bri_map.maps.layer_settings import layer_settings
from bri_map.query.ranges import steps_of
from bri_map.tabulation.columns import label_of

WHEN, WHERE, TOTALS, OFF_MAP = "when", "where", "totals", "off-map"
"""The groups that are no facets."""
_FACETS = [facet for facet in FACETS.values() if facet.is_listed]
OPEN_GROUPS = frozenset(facet.name for facet in _FACETS if facet.is_open)
"""The groups that are open at first."""


def _listing(asked: Facet | Range) -> int:
    """Give the place of a facet or range: first what several layers have, then layer by layer."""
    return LAYERS[min(asked.layers)].listing + 1 if len(asked.layers) == 1 else 0


_CLOSED: list[Facet | Range] = [*(facet for facet in _FACETS if not facet.is_open), *RANGES.values()]
GROUPS = (
    OFF_MAP,
    *(facet.name for facet in _FACETS if facet.is_open),
    TOTALS,
    WHEN,
    WHERE,
    *(asked.name for asked in sorted(_CLOSED, key=_listing)),
)
"""The groups of the sidebar in their order."""
_MARKED = ("status", "precision")
"""Columns that the marks of all layers tell."""
_TEXTS = (
    "filter.reset",
    "filter.active",
    "filter.find",
    "filter.find_none",
    "filter.low",
    "filter.high",
    "filter.first",
    "filter.last",
    "filter.no_number",
    "filter.no_date",
    "filter.without",
    "facet.find",
    "facet.none",
)
_TOTALS = (
    "totals.by",
    "totals.copy",
    "totals.copying",
    "totals.copied",
    "totals.copy_failed",
    "totals.failed",
)


@dataclass(frozen=True, slots=True)
class Questions:
    """The filters in one language.

    Attributes:
        address: Of the file, relative to a page.
        labels: Facet to label by code, in the order in which they stand in the file.
        steps: Range to the steps in which its values are counted.
        examples: Questions to begin with that find something, each with its filter as in an address.
    """

    address: str
    labels: Mapping[str, Mapping[str, str]]
    steps: Mapping[str, list[float]]
    examples: Sequence[tuple[str, str]]

    def label(self, catalog: Catalog, facet: str, code: str, m: Messages) -> str:
        """Give the text of an option, also of one that no feature has."""
        known = self.labels.get(facet, {}).get(code)
        return _label(catalog, FACETS[facet], code, m, {}) if known is None else known


def write_questions(catalog: Catalog, files: AssetFiles) -> dict[str, Questions]:
    """Write the filters in every language.

    Returns:
        Language to what the page needs to know of its file.
    """
    steps = {name: steps_of(catalog.engine.ranges[name], asked) for name, asked in RANGES.items()}
    examples = {
        name: urlencode(wanted.to_params(), doseq=True)
        for name, wanted in EXAMPLES.items()
        if len(catalog.select(wanted))
    }
    return {language: _write(catalog, files, messages(language), steps, examples) for language in languages()}


def _write(
    catalog: Catalog,
    files: AssetFiles,
    m: Messages,
    steps: Mapping[str, list[float]],
    examples: Mapping[str, str],
) -> Questions:
    labels = {name: _labels(catalog, facet, m) for name, facet in FACETS.items() if facet.is_listed}
    # Facets about the same things, such as organisations, share the words for them.
    shared: dict[str, dict[str, str]] = {}
    for name, found in labels.items():
        shared.setdefault(_things(name), {}).update(found)
    document = {
        "groups": [
            _range_group(RANGES[name], steps[name], m) if name in RANGES else _group(catalog, name, labels, m)
            for name in GROUPS
        ],
        "labels": shared,
        "marks": [layer_settings(spec) for spec in LAYERS.values()],
        "texts": {key: m[key] for key in _TEXTS},
    }
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    address = files.add(f"questions/{m.language}", "json", body, JSON).removeprefix(UP)
    asked = [(m[f"example.{name}"], query) for name, query in examples.items()]
    return Questions(f"./{PREFIX}/{address}", labels, steps, asked)


def _labels(catalog: Catalog, facet: Facet, m: Messages) -> dict[str, str]:
    """Give the label of each code that some feature has: in a fixed order, or by the letters of a list."""
    told = told_labels(catalog, facet, m) if facet.is_told else {}
    found = {code: _label(catalog, facet, code, m, told) for code in catalog.options(facet.name)}
    if facet.widget is not Widget.LIST:
        return found
    return dict(sorted(found.items(), key=lambda pair: (pair[0] == NONE, m.locale.sort_key(pair[1]))))


def _label(catalog: Catalog, facet: Facet, code: str, m: Messages, told: Mapping[str, str]) -> str:
    if facet.has_none and code == NONE:
        return m["facet.no_value"]
    if facet.is_country:
        return catalog.country_name(code, m.language)
    if facet.references in LAYERS:
        return catalog.name(code, m.language)
    if facet.references == ORGANISATIONS.name:
        return catalog.organisation_names[code][m.language]
    if facet.references == SOURCES.name:
        source = catalog.sources().loc[code]
        return str(source["title"] or source["producer"] or code)
    if facet.names_columns:
        return m[label_of(code)]
    return told.get(code, code) if facet.is_told else m.code(facet.vocabulary, code)


def _things(facet: str) -> str:
    """Name what the codes of a facet stand for."""
    return FACETS[facet].references or FACETS[facet].vocabulary or facet


def _group(
    catalog: Catalog, name: str, labels: Mapping[str, Mapping[str, str]], m: Messages
) -> dict[str, Any]:
    section = ""
    if name in FACETS:
        facet = FACETS[name]
        note = m[f"facet.note.{name}"] if facet.has_note else ""
        title, look = m[f"facet.{name}"], facet.widget.value
        details: dict[str, Any] = {"options": [*labels[name]], "things": _things(name), "mark": _mark(facet)}
        if not facet.is_open:
            section = _section(facet, m)
    else:
        title, note, details = _OTHERS[name](catalog, m)
        look = name
    return {"name": name, "look": look, "title": title, "note": note, "section": section, **details}


def _mark(facet: Facet) -> list[str]:
    """Say which mark of the map stands for a code: of a layer, of a kind of one, or of what a channel tells.

    Returns:
        Name of what differs from mark to mark, then the layer whose marks they are, if it is of one; nothing
        where no mark of the map tells the codes apart.
    """
    if facet.vocabulary == "layer":
        return ["layer"]
    specs = [LAYERS[layer] for layer in facet.layers]
    if len(specs) == 1 and facet.column == specs[0].kind_column:
        return ["kind", specs[0].id]
    return [facet.column] if facet.column in _MARKED else []


def _range_group(asked: Range, steps: list[float], m: Messages) -> dict[str, Any]:
    return {
        "name": asked.name,
        "look": "range",
        "title": m[f"facet.{asked.name}"],
        "note": m["filter.date_note"] if asked.is_date else "",
        "section": _section(asked, m),
        "unit": m.code("unit", asked.unit) if asked.unit else "",
        "dates": asked.is_date,
        "steps": steps,
    }


def _section(asked: Facet | Range, m: Messages) -> str:
    """Name the layer under which a group stands; nothing where several layers can answer."""
    return m.code("layer", min(asked.layers)) if len(asked.layers) == 1 else ""


def _when(catalog: Catalog, m: Messages) -> tuple[str, str, dict[str, Any]]:
    first, last = catalog.years[0], catalog.years[-1]
    details = {"year": m["filter.year"], "none": m["filter.year_none"], "undated": m["filter.undated"]}
    return m["filter.when"], m["filter.when_note"], {**details, "first": first, "last": last}


def _where(_: Catalog, m: Messages) -> tuple[str, str, dict[str, Any]]:
    details = {"pick": "filter.where_pick", "clear": "filter.where_clear", "none": "filter.distance_none"}
    return m["filter.where"], m["filter.where_note"], {name: m[key] for name, key in details.items()}


def _totals(_: Catalog, m: Messages) -> tuple[str, str, dict[str, Any]]:
    return m["totals.title"], "", {"texts": {key.partition(".")[2]: m[key] for key in _TOTALS}}


def _off_map(_: Catalog, m: Messages) -> tuple[str, str, dict[str, Any]]:
    return "", m["filter.off_map_note"], {}


_OTHERS = {WHEN: _when, WHERE: _where, TOTALS: _totals, OFF_MAP: _off_map}
"""Title, note and further words of each group that is no facet."""
