"""What a filter asks for, in words, each part with what takes it away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bri_map.app.store import AtlasStore
from bri_map.catalog import Catalog
from bri_map.domain.facets import FACETS, Facet
from bri_map.domain.filter import PLACES, Filter
from bri_map.domain.ranges import RANGES, Range
from bri_map.domain.span import DateSpan, Span
from bri_map.i18n import Messages
from bri_map.ui.controls import Act

_MOST = 60
"""Characters of a label."""
MOST_CODES = 12
"""Codes of one facet that are told one by one; of more only the number is told."""


def asked_acts(store: AtlasStore, wanted: Filter, m: Messages) -> Iterator[Act]:
    """Give every code, span, time and place that is asked for, as what takes it away."""
    catalog, questions = store.catalog, store.questions[m.language]
    if wanted.q:
        yield _act(m.text("filter.text", text=wanted.q), {"kind": "text", "text": ""}, m)
    for facet in FACETS:
        chosen = sorted(getattr(wanted, facet))
        if len(chosen) > MOST_CODES:
            label = m.text("filter.chosen", n=len(chosen))
            label = m.locale.labelled(m[f"facet.{facet}"], label)
            yield _act(label, {"kind": "without", "names": [facet]}, m)
            continue
        for code in chosen:
            change = {"kind": "code", "facet": facet, "code": code, "on": False}
            label = questions.label(catalog, facet, code, m)
            label = _with_layer(FACETS[facet], label, m)
            yield _act(label, change, m)
    for name, asked in RANGES.items():
        span = getattr(wanted, name)
        if span is not None:
            label = m.locale.labelled(m[f"facet.{name}"], span_in_words(asked, span, m))
            yield _act(_of_layer(asked, label, m), {"kind": "without", "names": [name]}, m)
    for name in ("year", *PLACES):
        if getattr(wanted, name) is not None:
            yield _act(_label(catalog, wanted, name, m), {"kind": "without", "names": [name]}, m)


def span_in_words(asked: Range, span: Span | DateSpan, m: Messages) -> str:
    """Say from where to where a span goes."""
    if span.missing:
        return m["facet.no_value"]
    low, high = _end(span.low, m), _end(span.high, m)
    key = "filter.exactly" if low == high else "filter.between" if low and high else "filter.from"
    if not low:
        key = "filter.up_to"
    said = m.text(key, low=low, high=high)
    return f"{said} {m.code('unit', asked.unit)}" if asked.unit else said


def _end(end: float | str | None, m: Messages) -> str:
    if end is None or isinstance(end, str):
        return end or ""
    return m.locale.number(int(end) if end.is_integer() else end)


def _with_layer(facet: Facet, label: str, m: Messages) -> str:
    """Say with a code what is asked where its label does not, and the layer if all others are left out."""
    said = label if _speaks_for_itself(facet) else m.locale.labelled(m[f"facet.{facet.name}"], label)
    return _of_layer(facet, said, m)


def _of_layer(asked: Facet | Range, said: str, m: Messages) -> str:
    return f"{m.code('layer', min(asked.layers))} · {said}" if len(asked.layers) == 1 else said


def _speaks_for_itself(facet: Facet) -> bool:
    """Whether a code of a facet says by its label what is asked: a place, a status, a kind."""
    return facet.is_open or facet.name in ("country", "sector", "corridor", "source")


def shown_km(km: float, m: Messages) -> str:
    """Write a distance without its unit."""
    return m.locale.number(int(km) if km.is_integer() else km)


def _act(label: str, change: Mapping[str, Any], m: Messages) -> Act:
    short = label[:_MOST]
    return Act(f"{short} ×", change, hint=m.text("filter.take_away", name=short))


def _label(catalog: Catalog, wanted: Filter, name: str, m: Messages) -> str:
    if name == "year":
        return m.text("filter.as_of", year=str(wanted.year))
    if name == "near" and wanted.near is not None:
        km = shown_km(wanted.near.km, m)
        if wanted.near.feature is None:
            return m.text("filter.near_place", km=km)
        return m.text("filter.near_feature", km=km, name=catalog.name(wanted.near.feature, m.language))
    return m.text(f"facet.{name}")
