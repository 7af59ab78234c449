"""The filter once more, in the plainest Python: straight from the files, without the package."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAYERS = ("corridors", "rail", "projects", "parks")
ONLY = {"type": "parks", "sector": "projects"}
Wanted = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A feature: its id, its codes in each facet, and its words."""

    id: str
    codes: dict[str, frozenset[str]]
    text: str


def fold(text: str) -> str:
    """Lower case, no accents."""
    kept = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return kept.casefold()


def _table(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_items(root: Path) -> list[Item]:
    """Read every feature that has both a row and a geometry, layer by layer and by id."""
    country = {row["iso3"]: row for row in _table(root, "countries")}
    sources: dict[str, set[str]] = {}
    for link in _table(root, "feature_sources"):
        sources.setdefault(link["feature_id"], set()).add(link["source_id"])
    items = []
    for layer in LAYERS:
        drawn = json.loads((root / "geo" / f"{layer}.geojson").read_text("utf-8"))["features"]
        has_geometry = {feature["id"] for feature in drawn}
        for row in sorted(_table(root, layer), key=lambda row: row["id"]):
            if row["id"] not in has_geometry:
                continue
            countries = [code for code in row["countries"].split(";") if code]
            corridors = {row["id"]} if layer == "corridors" else set(row["corridors"].split(";"))
            words = [row.get(c, "") for c in ("id", "name", "name_zh", "locality", "developer", "contractor")]
            words += [country[code][name] for code in countries for name in ("name", "name_zh")]
            codes = {
                "layer": {layer},
                "type": {row.get("type", "")},
                "sector": {row.get("sector", "")},
                "status": {row["status"]},
                "precision": {row["precision"]},
                "country": set(countries),
                "region": {country[code]["region"] for code in countries},
                "corridor": corridors,
                "source": sources.get(row["id"], set()),
            }
            items.append(
                Item(row["id"], {f: frozenset(c - {""}) for f, c in codes.items()}, fold(" ".join(words)))
            )
    return items


def matches(item: Item, wanted: Wanted) -> bool:
    """OR inside a facet, AND between facets; a facet that a layer lacks leaves it alone."""
    if not all(word in item.text for word in fold(wanted.get("q", "")).split()):
        return False
    for facet, chosen in wanted.items():
        if facet == "q" or not chosen:
            continue
        is_foreign = facet in ONLY and item.codes["layer"] != {ONLY[facet]}
        if not is_foreign and not item.codes[facet] & set(chosen):
            return False
    return True


def select(items: list[Item], wanted: Wanted) -> list[str]:
    """Give the ids of the features that match."""
    return [item.id for item in items if matches(item, wanted)]


def counts(items: list[Item], wanted: Wanted, facet: str) -> dict[str, int]:
    """Count each option of a facet with the other facets applied."""
    others = {name: chosen for name, chosen in wanted.items() if name != facet}
    return dict(Counter(code for item in items if matches(item, others) for code in item.codes[facet]))
