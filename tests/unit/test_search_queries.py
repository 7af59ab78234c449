"""What people type, and what is to come first: tests/search_queries/queries.csv."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bri_map.catalog import Catalog

QUERIES = Path(__file__).parents[1] / "search_queries" / "queries.csv"
AT_LEAST = 0.95
KINDS = {
    *("name", "chinese", "pinyin", "typing error", "country", "place", "plural", "kind and country"),
    *("synonym", "industry", "organisation", "id", "event", "source", "note"),
}


class Asked(NamedTuple):
    """One query.

    Attributes:
        kind: What it is an example of.
        query: What is typed.
        first: The ids that may come first, separated by `|`; of a town its name.
    """

    kind: str
    query: str
    first: str

    def came_first(self, catalog: Catalog) -> str:
        """Give the id of the first hit, of a town its name."""
        hits = catalog.search(self.query).hits
        return hits[0].id.partition("@")[0] if hits else "nothing"


def asked() -> Iterator[Asked]:
    """Give every query of the file."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        yield from (Asked(**row) for row in csv.DictReader(file))


def test_there_are_two_hundred_of_every_kind_in_both_languages() -> None:
    queries = [one.query for one in asked()]
    assert len(set(queries)) == len(queries) >= 200
    assert sum(not query.isascii() for query in queries) >= 40
    counts = Counter(one.kind for one in asked())
    assert set(counts) == KINDS
    assert min(counts.values()) >= 3


def test_what_is_expected_is_there(catalog: Catalog) -> None:
    known = {
        *catalog.ids,
        *catalog.known()["country"],
        *catalog.known()["source"],
        *catalog.table("events")["id"],
        *(town.names.original for town in catalog.searcher.index.towns),
    }
    assert [one for one in asked() if not known.issuperset(one.first.split("|"))] == []


def test_nearly_all_find_first_what_is_meant(catalog: Catalog) -> None:
    every = list(asked())
    came = {one: one.came_first(catalog) for one in every}
    missed = [(one, first) for one, first in came.items() if first not in one.first.split("|")]
    told = "\n".join(f"{one.kind}: {one.query!r} finds {first}, not {one.first}" for one, first in missed)
    assert len(missed) <= (1 - AT_LEAST) * len(every), told
