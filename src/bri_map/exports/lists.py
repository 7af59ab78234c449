"""Lists for those who check: disputes, overlaps, retired ids, amounts that count, identifiers elsewhere.

CSV as in `csv`: UTF-8 with a byte order mark, lines of RFC 4180. Each list is about the features of a
selection that lie in some layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from bri_map.catalog import Catalog
from bri_map.data.disputes import COST
from bri_map.data.overlaps import COLUMNS as OVERLAP_COLUMNS
from bri_map.data.overlaps import overlaps
from bri_map.domain.counting import Overlap
from bri_map.domain.facets import NONE
from bri_map.domain.identifiers import FORMS
from bri_map.domain.shared_columns import DISPUTED
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.evidence.amounts import Standing, amounts
from bri_map.evidence.feature import Cost, Feature
from bri_map.evidence.provenance import Evidence, evidence_of
from bri_map.exports.csv import BYTE_ORDER_MARK, cell_of, lines_of
from bri_map.exports.geojson import wanted_layers
from bri_map.query.selection import Selection

_FEATURE = ("feature_id", "name", "name_zh", "layer")
_EVIDENCE = ("source_id", "source", "locator", "basis", "note")
_DISPUTED = (*_FEATURE, "field", "value", "is_shown", "rule", "as_of", *_EVIDENCE)
_AMOUNT = ("cost_kind", "amount_million", "currency", "year", "scope", "counts", "why")
_AMOUNTS = (*_FEATURE, *_AMOUNT, *_EVIDENCE)
_OVERLAPS = (*OVERLAP_COLUMNS[:1], "name", *OVERLAP_COLUMNS[1:3], "other_name", *OVERLAP_COLUMNS[3:])
_IDENTIFIERS = ("feature_id", "name", "layer", "scheme", "identifier", "match", "url", *_EVIDENCE)
_RETIRED = ("id", "layer", "retired", "reason", "successor_id", "successor_name")


def write_disputed(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> Iterator[bytes]:
    """Write every statement about a value for which the sources of a feature differ, the one shown first."""

    def rows() -> Iterator[Mapping[str, Any]]:
        for feature in _features(selection, catalog, layers, DISPUTED.name):
            head = _head(feature)
            for field in feature.values[DISPUTED.name]:
                if field == COST:
                    yield from (head | row for row in _disputed_amounts(feature, catalog))
                    continue
                said = feature.provenance[field]
                for is_shown, every in ((True, said.evidence), (False, said.others)):
                    for one in every:
                        row = {"field": field, "value": one.value, "is_shown": is_shown}
                        yield head | row | {"rule": said.rule.value} | _evidence(one, catalog)

    yield from _written(_DISPUTED, rows())


def write_amounts(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> Iterator[bytes]:
    """Write every stated amount, the one that counts in totals first, and of the others why they do not."""

    def rows() -> Iterator[Mapping[str, Any]]:
        for feature in _features(selection, catalog, layers, "cost_scope"):
            for amount in amounts(feature):
                row = {
                    **_head(feature),
                    "cost_kind": amount.kind,
                    "amount_million": amount.million,
                    "currency": amount.currency,
                    "year": amount.year,
                    "scope": amount.scope,
                    "counts": amount.standing is Standing.COUNTS,
                    "why": amount.standing.value,
                }
                yield from (row | _evidence(one, catalog) for one in amount.evidence)

    yield from _written(_AMOUNTS, rows())


def write_overlaps(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> Iterator[bytes]:
    """Write every pair of which one is selected and may be, or hold, the other; as the data record it."""
    here = _ids(selection, catalog, layers)
    pairs = overlaps(catalog.features.rows, {name: catalog.table(name) for name in ("relations", "retired")})
    is_known = pairs["other_id"].isin(catalog.ids) | (pairs["overlap"] == Overlap.RETIRED)
    is_meant = pairs["feature_id"].isin(here) | pairs["other_id"].isin(here)
    found = pairs[is_known & is_meant & pairs["feature_id"].isin(catalog.ids)]
    names = _names(catalog)
    found = found.assign(name=found["feature_id"].map(names), other_name=found["other_id"].map(names))
    found["other_name"] = found["other_name"].fillna("")
    yield from _written(_OVERLAPS, found.to_dict("records"))  # type: ignore[arg-type]


def write_retired(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> Iterator[bytes]:
    """Write the retired ids for which a selected feature stands; without a filter, every one."""
    retired = catalog.table("retired")
    is_meant = retired["successor_id"].isin(_ids(selection, catalog, layers))
    if not selection.filter:
        is_meant |= (retired["successor_id"] == "") & retired["layer"].isin(list(layers))
    found = retired[is_meant]
    found = found.assign(successor_name=found["successor_id"].map(_names(catalog)).fillna(""))
    yield from _written(_RETIRED, found.to_dict("records"))  # type: ignore[arg-type]


def write_identifiers(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> Iterator[bytes]:
    """Write what other databases know the features as, those for which it was looked in vain included.

    Where the filter asks for some databases, only theirs: a bridge to them.
    """
    asked = selection.filter.identifier - {NONE}
    every = catalog.table("identifiers")
    is_meant = every["feature_id"].isin(_ids(selection, catalog, layers))
    if asked:
        is_meant &= every["scheme"].isin(asked)

    def rows() -> Iterator[Mapping[str, Any]]:
        names = _names(catalog)
        found: list[dict[str, str]] = every[is_meant].to_dict("records")  # type: ignore[assignment]
        for row in found:
            layer, _ = catalog.position(row["feature_id"])
            url = FORMS[row["scheme"]].url(row["identifier"])
            more = {"name": names[row["feature_id"]], "layer": layer, "url": url}
            yield row | more | _evidence(evidence_of(row, row["identifier"]), catalog)

    yield from _written(_IDENTIFIERS, rows())


def _disputed_amounts(feature: Feature, catalog: Catalog) -> Iterator[dict[str, Any]]:
    """Give the amounts of one kind, currency and year that differ."""
    alike: dict[tuple[str, str, str], list[Cost]] = {}
    for cost in feature.costs:
        if not cost.scope:
            alike.setdefault((cost.kind, cost.currency, cost.year), []).append(cost)
    for costs in alike.values():
        if len({cost.amount_million for cost in costs}) < 2:
            continue
        for cost in costs:
            shown = (feature.values[COST], feature.values["cost_kind"], feature.values["cost_year"] or "")
            is_shown = shown == (float(cost.amount_million), cost.kind, cost.year) and cost.currency == "USD"
            value = f"{cost.amount_million} million {cost.currency}"
            row = {"field": COST, "value": value, "is_shown": is_shown, "rule": ""}
            yield row | _evidence(cost.evidence, catalog)


def _features(
    selection: Selection, catalog: Catalog, layers: Sequence[str], column: str
) -> Iterator[Feature]:
    """Give the features of a selection that have a value in a column."""
    for layer in wanted_layers(selection, layers):
        rows = selection.rows(layer)
        if column in rows:
            yield from (catalog.get(str(i)) for i in rows.loc[rows[column] != "", "id"])


def _ids(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> pd.Index:
    return catalog.ids[selection.mask & selection.mask_of(wanted_layers(selection, layers))]


def _names(catalog: Catalog) -> dict[str, str]:
    every = [rows[["id", "name"]] for rows in catalog.features.rows.values()]
    return dict(pd.concat(every).itertuples(index=False))


def _head(feature: Feature) -> dict[str, Any]:
    values = (feature.id, feature.values["name"], feature.values["name_zh"], feature.layer)
    return dict(zip(_FEATURE, values, strict=True))


def _evidence(one: Evidence, catalog: Catalog) -> dict[str, Any]:
    cited = catalog.citation(one.source_id)
    values = (one.source_id, cited.title or cited.url, one.locator, one.basis, one.note)
    return {"as_of": one.as_of, **dict(zip(_EVIDENCE, values, strict=True))}


def _written(heads: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK.encode() + lines_of([heads])
    for row in rows:
        cells = (row[name] for name in heads)
        yield lines_of([[cell_of(LIST_SEPARATOR.join(v) if isinstance(v, tuple) else v) for v in cells]])
