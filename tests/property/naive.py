"""The filter once more, in the plainest Python: straight from the files, without the package."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.property import naive_doubts, naive_values
from tests.property.naive_places import Shape, is_in_area, is_in_bbox, km_between, read_shape
from tests.property.naive_values import BASES, COST_KINDS, ONLY_RANGES, RANGES, Values, is_in_span

LAYERS = ("corridors", "rail", "projects", "parks")
ONLY = {
    "type": {"parks"},
    "sector": {"projects"},
    "subsector": {"projects"},
    "industry": {"parks"},
    "line": {"rail"},
    "gauge": {"rail"},
    "electrified": {"rail"},
    "route": {"corridors"},
    "operational": {"parks"},
    "mofcom": {"parks"},
    "ey74": {"parks"},
    "ey_match": {"parks"},
    "rating": {"projects"},
    "cost_kind": {"parks", "projects", "rail"},
    "scope": {"parks", "projects", "rail"},
}
"""Facets of which only some layers have the column."""
CAN_BE_MISSING = (
    "corridor",
    "industry",
    "gauge",
    "electrified",
    "operational",
    "ey_match",
    "organisation",
    "owner",
    "developer",
    "contractor",
    "operator",
    "financier",
    "cost_kind",
    "scope",
    "tie",
    "identifier",
    "disputed",
    "overlap",
    "documents",
)
ROLES = ("owner", "developer", "contractor", "operator", "financier")
EVIDENCE = ("claims", "status_history", "costs", "measures", "feature_organisations", "names", "relations")
EVIDENCE += ("corridor_members", "identifiers")
MARKS = [
    "announced",
    "contract",
    "designated",
    "ground-broken",
    "construction",
    "first-unit",
    "opened",
    "handed-over",
    "full-completion",
    "suspended",
    "resumed",
    "cancelled",
    "reported",
]
AGED = {"completed": "settled", "cancelled": "settled"}
"""What an old status is that is not expected to change."""
PLACES = ("bbox", "area", "near")
Wanted = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Item:
    """A feature: id, codes by facet, words, dated events in order, where it lies, values by range."""

    id: str
    codes: dict[str, frozenset[str]]
    text: str
    events: list[tuple[int, str]]
    shape: Shape
    values: dict[str, Values]

    def status_in(self, year: int) -> str:
        """Give the status at the end of a year; nothing where the history begins later."""
        if not self.events:
            return "unknown"
        known = [status for when, status in self.events if when <= year]
        return known[-1] if known else ""


def fold(text: str) -> str:
    """Lower case, no accents; letters and digits, a run of Chinese characters apart from others."""
    kept = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    kept = re.sub(r"['’‘ʻʼ`´]", "", kept.casefold().replace("đ", "d"))
    return " ".join(re.findall(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+", kept))


def _table(root: Path, name: str) -> list[dict[str, str]]:
    path = root / "data" / f"{name}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_items(root: Path) -> list[Item]:
    """Read every feature that has both a row and a geometry, layer by layer and by id."""
    country = {row["iso3"]: row for row in _table(root, "countries")}
    sources = _sources(root)
    corridors_of: dict[str, set[str]] = {}
    for member in _table(root, "corridor_members"):
        corridors_of.setdefault(member["feature_id"], set()).add(member["corridor_id"])
    events = _events(_table(root, "status_history"))
    today = json.loads((root / "data" / "datapackage.json").read_text("utf-8"))["created"][:10]
    more = _more_words(root)
    found = naive_values.of_facts(lambda name: _table(root, name))
    shown = {row["id"] for layer in LAYERS for row in _table(root, layer) if row["record"] == "published"}
    doubts = naive_doubts.of_facts(lambda name: _table(root, name), shown)
    bodies: dict[tuple[str, str], set[str]] = {}
    for link in _table(root, "feature_organisations"):
        bodies.setdefault((link["feature_id"], link["role"]), set()).add(link["organisation_id"])
    ties = _ties(lambda name: _table(root, name))
    schemes = _schemes(_table(root, "identifiers"))
    looks: dict[str, list[str]] = {}
    for look in _table(root, "lookups"):
        looks.setdefault(look["feature_id"], []).append(look["date"])
    marks: dict[str, set[str]] = {}
    for report in _table(root, "status_history"):
        marks.setdefault(report["feature_id"], set()).add(report["mark"])
    bases = _best(
        [c for c in _table(root, "claims") if c["field"] in ("name", "*")], "basis", BASES, "unconfirmed"
    )
    whole = [c for c in _table(root, "costs") if c["currency"] == "USD" and not c["scope"]]
    cost_kinds = _best(whole, "cost_kind", COST_KINDS)
    items = []
    for layer in LAYERS:
        drawn = json.loads((root / "geo" / f"{layer}.geojson").read_text("utf-8"))["features"]
        geometry = {feature["id"]: feature["geometry"] for feature in drawn}
        for row in sorted(_table(root, layer), key=lambda row: row["id"]):
            if row["id"] not in geometry or row["record"] != "published":
                continue
            countries = [code for code in row["countries"].split(";") if code]
            corridors = {row["id"]} if layer == "corridors" else corridors_of.get(row["id"], set())
            past = events.get(row["id"], [])
            date, status = past[-1] if past else ("", "unknown")
            words = [row.get(c, "") for c in ("id", "name", "name_zh", "locality")] + more.get(row["id"], [])
            words += [country[code][name] for code in countries for name in ("name", "name_zh")]
            codes = {
                "layer": {layer},
                "type": {row.get("type", "")},
                "sector": {row.get("sector", "")},
                "status": {status},
                "freshness": {"recent" if _is_recent(date, today) else AGED.get(status, "dated")},
                "precision": {row["precision"]},
                "country": set(countries),
                "crosses": set(countries) if _is_line(geometry[row["id"]]) else set(),
                "region": {country[code]["region"] for code in countries},
                "corridor": corridors,
                "source": sources.get(row["id"], set()),
                "subsector": {_as_id(row.get("subsector", ""))},
                "industry": {_as_id(one) for one in row.get("main_industries", "").split(";")},
                "line": {row["kind"]} if layer == "rail" else set(),
                "gauge": {row.get("gauge_mm", "")},
                "electrified": {row.get("is_electrified", "")},
                "route": {row["kind"]} if layer == "corridors" else set(),
                "operational": {row.get("is_operational", "")},
                "mofcom": {row.get("is_mofcom_assessed", "")},
                "ey74": {row.get("in_ey_2020", "")},
                "ey_match": {row.get("ey_match", "")},
                "rating": {row.get("green_rating", "")},
                "event": {mark for mark in marks.get(row["id"], ()) if mark != "reported"},
                "organisation": set().union(*(bodies.get((row["id"], role), ()) for role in ROLES)),
                **{role: set(bodies.get((row["id"], role), ())) for role in ROLES},
                "cost_kind": set() if layer == "corridors" else {cost_kinds[row["id"]]},
                "basis": {bases[row["id"]]},
                "scope": set() if layer == "corridors" else doubts[row["id"], "scope"],
                **{name: doubts[row["id"], name] for name in ("disputed", "overlap", "documents")},
                "identifier": schemes.get(row["id"], set()),
                "tie": ties[row["id"]]
                | ({"partner"} if any(country[c]["bri_partner"] == "true" for c in countries) else set()),
            }
            codes = {facet: found - {""} for facet, found in codes.items()}
            for facet in CAN_BE_MISSING:
                if layer in ONLY.get(facet, LAYERS) and not codes[facet]:
                    codes[facet] = {"none"}
            items.append(
                Item(
                    row["id"],
                    {facet: frozenset(found - {""}) for facet, found in codes.items()},
                    fold(" ".join(words)),
                    [(int(date[:4]), status) for date, status in past if date],
                    read_shape(geometry[row["id"]]),
                    {name: found.get((row["id"], name), []) for name in RANGES}
                    | naive_values.of_columns(row, date)
                    | naive_values.of_look(looks.get(row["id"], []), status, date, today)
                    | naive_values.of_line(row, read_shape(geometry[row["id"]]))
                    | {
                        "countries": [(len(countries), len(countries))],
                        "sources": [(n, n)] if (n := len(codes["source"])) else [],
                    },
                )
            )
    return items


def _best(rows: list[dict[str, str]], column: str, ranked: tuple[str, ...], otherwise: str = "") -> Any:
    """Give the best of the values that the rows of each feature have in a column."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["feature_id"]].add(row[column])
    best = {i: next((value for value in ranked if value in values), "") for i, values in found.items()}
    return defaultdict(lambda: otherwise, {i: value for i, value in best.items() if value})


def _ties(table: Callable[[str], list[dict[str, str]]]) -> dict[str, set[str]]:
    """Give what ties each feature to the Belt and Road, its countries apart."""
    found: dict[str, set[str]] = defaultdict(set)
    for named in table("source_coverage"):
        found[named["target_id"]].add("named")
    seats = {body["id"]: body["country"] for body in table("organisations")}
    said = {"financier": "finance", "owner": "owner", "developer": "owner", "contractor": "builder"}
    for link in table("feature_organisations"):
        if seats[link["organisation_id"]] == "CHN" and link["role"] in said:
            found[link["feature_id"]].add(said[link["role"]])
    return found


def _schemes(rows: list[dict[str, str]]) -> dict[str, set[str]]:
    """Give the databases that have an identifier of the same thing, by feature."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["match"] == "same":
            found.setdefault(row["feature_id"], set()).add(row["scheme"])
    return found


def _is_line(geometry: dict[str, Any] | None) -> bool:
    return geometry is not None and geometry["type"] != "Point"


def _as_id(text: str) -> str:
    """Write words in the form of an id."""
    return fold(text).replace(" ", "-")


def _sources(root: Path) -> dict[str, set[str]]:
    """Give the sources of each feature; those of a relation count for both its ends, if both are shown."""
    shown = {row["id"] for layer in LAYERS for row in _table(root, layer) if row["record"] == "published"}
    sources: dict[str, set[str]] = {}
    for table in EVIDENCE:
        for link in _table(root, table):
            ends = {link["feature_id"], link.get("other_id", link["feature_id"])}
            if ends | {link.get("corridor_id", link["feature_id"])} <= shown:
                for end in ends:
                    sources.setdefault(end, set()).add(link["source_id"])
    return sources


def _events(rows: list[dict[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Give date and status of the events of each feature in order; on one day the later mark is later."""
    found: dict[str, list[tuple[str, int, int, str]]] = {}
    for number, row in enumerate(rows):
        event = (row["date"], MARKS.index(row["mark"]), number, row["status"])
        found.setdefault(row["feature_id"], []).append(event)
    return {i: [(date, status) for date, _, _, status in sorted(events)] for i, events in found.items()}


def _is_recent(date: str, today: str) -> bool:
    """Whether a date that may be a year or a month reaches into the last two years."""
    if not date:
        return False
    latest = {4: f"{date}-12-31", 7: f"{date}-31"}.get(len(date), date)
    limit = f"{int(today[:4]) - 2}{today[4:]}".replace("-02-29", "-02-28")
    return latest >= limit


def _more_words(root: Path) -> dict[str, list[str]]:
    """Give further names, and names of organisations, by feature."""
    bodies = {row["id"]: row for row in _table(root, "organisations")}
    words: dict[str, list[str]] = {}
    for row in _table(root, "names"):
        words.setdefault(row["feature_id"], []).append(row["name"])
    for row in _table(root, "feature_organisations"):
        body = bodies[row["organisation_id"]]
        words.setdefault(row["feature_id"], []).extend((body["name"], body["name_zh"]))
    return words


def codes_of(item: Item, facet: str, wanted: Wanted) -> frozenset[str]:
    """Give the codes of a feature in a facet; the status is that of the year asked for."""
    if facet == "status" and wanted.get("year") is not None:
        return frozenset({item.status_in(wanted["year"])})
    return item.codes[facet]


def _layers_meant(wanted: Wanted) -> list[set[str]]:
    """Give the layers of each question that only some layers can answer."""
    asked = [layers for name, layers in ONLY.items() if wanted.get(name)]
    return asked + [layers for name, layers in ONLY_RANGES.items() if name in wanted]


def matcher(wanted: Wanted) -> Callable[[Item], bool]:
    """OR inside a facet, AND between facets; a facet that a layer lacks leaves that layer out.

    Unless the layer is asked for: then the facet leaves it alone.
    """
    meant = LAYERS if wanted.get("layer") else set().union(*(_layers_meant(wanted) or [LAYERS]))
    asked = wanted.get("q", "")
    phrases = [fold(word) for word in asked.split() if fold(word)]
    year, undated = wanted.get("year"), wanted.get("undated", True)
    places = [wanted.get(name) for name in PLACES]
    ranges = [(name, ONLY_RANGES.get(name, LAYERS)) for name in RANGES if name in wanted]
    chosen = [
        (name, ONLY.get(name, LAYERS)) for name, found in wanted.items() if isinstance(found, Set) and found
    ]

    def is_matching(item: Item) -> bool:
        (layer,) = item.codes["layer"]
        if layer not in meant or (asked.strip() and not phrases):
            return False
        if not all(phrase in item.text for phrase in phrases):
            return False
        if year is not None and not (item.status_in(year) and (item.events or undated)):
            return False
        for facet, layers in chosen:
            if layer in layers and not codes_of(item, facet, wanted) & wanted[facet]:
                return False
        if not all(is_in_span(item.values[name], wanted[name]) for name, layers in ranges if layer in layers):
            return False
        return not any(places) or _lies_there(item, *places)

    return is_matching


@lru_cache(maxsize=10_000)
def _lies_there(item: Item, bbox: Any, area: Any, near: Any) -> bool:
    return (
        (bbox is None or is_in_bbox(item.shape, bbox))
        and (area is None or is_in_area(item.shape, area))
        and (near is None or km_between(item.shape, near[:2]) <= near[2])
    )


def select(items: list[Item], wanted: Wanted) -> list[str]:
    """Give the ids of the features that match."""
    return [item.id for item in filter(matcher(wanted), items)]


def counts(items: list[Item], wanted: Wanted, facet: str) -> dict[str, int]:
    """Count each option of a facet with the other facets applied."""
    others = {name: chosen for name, chosen in wanted.items() if name != facet}
    if facet == "layer" and _layers_meant(wanted):
        others["layer"] = frozenset(LAYERS)
    elif not wanted.get("layer") and facet in ONLY:
        meant = _layers_meant(others)
        others["layer"] = frozenset(set().union(*meant, ONLY[facet])) if meant else frozenset()
    found = (code for item in filter(matcher(others), items) for code in codes_of(item, facet, wanted))
    return dict(Counter(found))
