"""Published totals beside ours, against a plain reading of the shipped files."""

from __future__ import annotations

import csv
from collections import Counter

from bri_map.analysis.reconcile import Cell, ey_parks, reconcile
from bri_map.catalog import Catalog
from bri_map.evidence.translations import Place
from tests.conftest import ROOT


def rows(table: str) -> list[dict[str, str]]:
    """Read a shipped table."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def cells(catalog: Catalog, figure: str) -> dict[str, Cell]:
    """Give the cells of a figure by category."""
    return {cell.category: cell for cell in reconcile(catalog) if cell.figure == figure}


def test_parks_by_country_are_exactly_those_published(catalog: Catalog) -> None:
    found = cells(catalog, "ey-fig8-parks-by-country")
    assert len(found) == 26
    assert {c: cell.ours for c, cell in found.items()} == {c: cell.published for c, cell in found.items()}


def test_parks_by_type_are_within_one_of_those_published(catalog: Catalog) -> None:
    found = cells(catalog, "ey-fig7-park-types")
    plain = Counter(row["type"] for row in rows("parks") if row["in_ey_2020"] == "true")
    for category, cell in found.items():
        assert cell.ours == plain[category]
        assert abs(cell.ours - cell.published) <= 1
        assert cell.agrees or cell.explanation


def test_means_of_ease_of_doing_business_come_out(catalog: Catalog) -> None:
    score = {
        r["area"]: float(r["value"]) for r in rows("indicators") if r["indicator"] == "ease-of-doing-business"
    }
    region = {row["iso3"]: row["region"] for row in rows("countries")}
    hosts = {row["countries"] for row in rows("parks") if row["in_ey_2020"] == "true"}
    for name, cell in cells(catalog, "ey-fig8-ease-of-doing-business-by-region").items():
        scores = [score[country] for country in hosts if region[country] == name]
        assert cell.ours is not None
        assert abs(cell.ours - sum(scores) / len(scores)) < 0.006
        assert cell.agrees


def test_every_difference_is_explained_in_both_languages(catalog: Catalog) -> None:
    differing = [cell for cell in reconcile(catalog) if not cell.agrees]
    assert differing
    for cell in differing:
        place = Place(cell.figure, "reconciliation", "explanation")
        assert cell.explanation, (cell.figure, cell.category)
        assert catalog.translations.find(place, cell.explanation, "zh"), (cell.figure, cell.category)


def test_every_uncertain_park_says_so_and_the_named_come_first(catalog: Catalog) -> None:
    parks = ey_parks(catalog)
    assert len(parks) == 74
    assert [park.match for park in parks] == sorted(
        (park.match for park in parks), key=["named", "likely", "uncertain"].index
    )
    assert all(other in catalog.ids for park in parks for other in park.alternatives)


def test_shares_are_of_what_was_known_in_may_2020(catalog: Catalog) -> None:
    found = cells(catalog, "ey-fig3-project-status")
    shares = [cell.ours or 0 for name, cell in found.items() if name != "total"]
    assert abs(sum(shares) - 100) < 0.01
    assert (found["total"].ours or 0) > 200
