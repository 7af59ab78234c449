"""What a selection adds up to."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from pyproj import Geod
from shapely.geometry import shape

import bri_map
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.vocabulary import Layer
from tests.builders import Root
from tests.conftest import ROOT

BEST = ("total", "contract", "investment", "loan", "grant")


def read(name: str) -> list[dict[str, str]]:
    """Read a table of the shipped data."""
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_totals_of_a_small_root(small_catalog: Catalog) -> None:
    totals = small_catalog.select(Filter()).totals()
    assert totals.features == {"corridors": 2, "rail": 2, "projects": 4, "parks": 3}
    assert set(totals.line_km) == {"corridors", "rail", "projects"}
    assert (totals.cost_usd_million, totals.cost_by_kind) == (6712.5, {"total": 1, "contract": 1})
    assert (totals.with_cost, totals.other_currency, totals.without_cost) == (2, 0, 9)
    assert (totals.related, totals.counted_twice, totals.may_count_twice) == (0, 0, False)


def test_nothing_adds_up_to_nothing(small_catalog: Catalog) -> None:
    totals = small_catalog.select(Filter(q="nothing at all")).totals()
    assert totals.cost_usd_million == 0
    assert set(totals.line_km.values()) == {0.0}
    assert totals.to_dict()["lack_cost"] == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"currency": "CNY"}, (0, 1, 0)),
        ({"cost_kind": "part"}, (0, 0, 1)),
        ({"cost_kind": "programme"}, (0, 0, 1)),
        ({"scope": "the southern half"}, (0, 0, 1)),
        ({}, (1, 0, 0)),
    ],
)
def test_what_does_not_count(
    changes: dict[str, str], expected: tuple[int, int, int], small: Root, tmp_path: Path
) -> None:
    small.row("costs", "lao-line").update(changes)
    small.sort("costs")
    totals = bri_map.load(small.write(tmp_path)).select(Filter(layer={"rail"})).totals()
    assert (totals.with_cost, totals.other_currency, totals.partial_cost) == expected
    assert totals.without_cost == 1
    assert totals.lack_cost == 2 - expected[0]


@pytest.mark.parametrize(
    ("relation", "wanted", "related", "twice"),
    [
        ("part-of", Filter(), 1, 1),
        ("phase-of", Filter(), 1, 1),
        ("serves", Filter(), 0, 0),
        ("part-of", Filter(layer={"rail"}), 0, 0),
    ],
)
def test_a_whole_and_its_part_may_count_twice(
    relation: str, wanted: Filter, related: int, twice: int, small: Root, tmp_path: Path
) -> None:
    row = small.tables["relations"][0]
    small.tables["relations"].append(
        row | {"feature_id": "nam-dam", "relation": relation, "other_id": "lao-line"}
    )
    small.sort("relations")
    totals = bri_map.load(small.write(tmp_path)).select(wanted).totals()
    assert (totals.related, totals.counted_twice, totals.may_count_twice) == (related, twice, twice > 0)


def test_a_part_without_a_cost_is_not_counted_twice(small: Root, tmp_path: Path) -> None:
    row = small.tables["relations"][0]
    small.tables["relations"].append(
        row | {"feature_id": "fiji-road", "relation": "part-of", "other_id": "lao-line"}
    )
    small.sort("relations")
    totals = bri_map.load(small.write(tmp_path)).select(Filter()).totals()
    assert (totals.related, totals.counted_twice) == (1, 0)


def test_shipped_totals_follow_from_the_tables(catalog: Catalog) -> None:
    """The same sums once more from the files."""
    totals = catalog.select(Filter()).totals()
    best: dict[str, tuple[int, set[float]]] = defaultdict(lambda: (99, set()))
    for row in read("costs"):
        if row["currency"] == "USD" and not row["scope"] and row["cost_kind"] in BEST:
            rank = BEST.index(row["cost_kind"])
            if rank < best[row["feature_id"]][0]:
                best[row["feature_id"]] = (rank, set())
            if rank == best[row["feature_id"]][0]:
                best[row["feature_id"]][1].add(float(row["amount_million"]))
    known = {i: amounts for i, (_, amounts) in best.items() if i in catalog.ids and amounts}
    assert totals.with_cost == len(known)
    low, high = (sum(choose(amounts) for amounts in known.values()) for choose in (min, max))
    assert low - 0.01 <= totals.cost_usd_million <= high + 0.01
    assert totals.with_cost + totals.lack_cost == len(catalog)
    assert sum(totals.cost_by_kind.values()) == totals.with_cost
    geod = Geod(ellps="WGS84")
    for layer in Layer:
        document = json.loads((ROOT / "geo" / f"{layer}.geojson").read_text("utf-8"))
        km = sum(
            geod.geometry_length(shape(feature["geometry"])) / 1000
            for feature in document["features"]
            if feature["id"] in catalog.ids
        )
        assert totals.line_km.get(layer, 0) == pytest.approx(km, abs=0.2)
    pairs = [row for row in read("relations") if row["relation"] in ("part-of", "phase-of")]
    both = [row for row in pairs if row["feature_id"] in catalog.ids and row["other_id"] in catalog.ids]
    assert totals.related == len(both)
    assert totals.counted_twice == sum(
        row["feature_id"] in known and row["other_id"] in known for row in both
    )
