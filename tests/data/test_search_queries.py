"""The table of searches: what a reader obviously means comes first."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from bri_map.catalog import Catalog

TABLE = Path(__file__).with_name("search_queries.csv")
WANTED_SHARE = 0.95
LEAST = {"typo": 10, "pinyin": 10, "traditional": 8, "alternative": 8, "accent": 3, "hyphen": 3}
LEAST |= {"country": 8, "town": 5, "order": 5, "prefix": 3}
UNFINISHED = ["budapest belgrad railway"]
"""Errors that leave the beginning of the right word: found as words half typed, without a guess."""


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_table_has_every_kind_of_query() -> None:
    kinds = Counter(row["kind"] for row in rows())
    assert sum(kinds.values()) >= 70
    assert {kind: kinds[kind] for kind, least in LEAST.items() if kinds[kind] < least} == {}
    assert len({row["query"] for row in rows()}) == len(rows())


def test_the_obvious_thing_comes_first(catalog: Catalog) -> None:
    wrong = []
    for row in rows():
        hits = catalog.search(row["query"], 3).hits
        if not hits or hits[0].id != row["expected"]:
            wrong.append(f"{row['query']}: {[hit.id for hit in hits]}, not {row['expected']} ({row['why']})")
    print(f"{len(rows()) - len(wrong)} of {len(rows())} first", *wrong, sep="\n")
    assert len(wrong) <= (1 - WANTED_SHARE) * len(rows()), "\n".join(wrong)


@pytest.mark.parametrize("kind", sorted({row["kind"] for row in rows()} - {"typo"}))
def test_only_errors_are_called_errors(kind: str, catalog: Catalog) -> None:
    blamed = [
        row["query"] for row in rows() if row["kind"] == kind and catalog.search(row["query"]).did_you_mean
    ]
    assert blamed == []


def test_errors_are_told(catalog: Catalog) -> None:
    silent = [
        row["query"]
        for row in rows()
        if row["kind"] == "typo" and not catalog.search(row["query"]).did_you_mean
    ]
    assert silent == UNFINISHED
