"""Which amount of a feature counts in totals: in the details as in the sums."""

from __future__ import annotations

from bri_map.catalog import load
from bri_map.domain.filter import Filter
from bri_map.evidence.amounts import Standing, amounts

CATALOG = load()


def test_what_is_marked_adds_up_to_the_total() -> None:
    counted = []
    for feature_id in CATALOG.ids:
        found = amounts(CATALOG.get(feature_id))
        marked = [one for one in found if one.standing is Standing.COUNTS]
        assert len(marked) <= 1
        assert marked == list(found[: len(marked)]), "it comes first"
        counted += [float(one.million) for one in marked]
    totals = CATALOG.select(Filter()).totals()
    assert len(counted) == totals.with_cost > 100
    assert round(sum(counted), 3) == totals.cost_usd_million


def test_what_does_not_count_says_why() -> None:
    found = {
        (one.currency, one.scope != "", one.standing)
        for feature_id in CATALOG.ids
        for one in amounts(CATALOG.get(feature_id))
    }
    assert {standing for _, _, standing in found} == set(Standing)
    assert all(standing is not Standing.COUNTS for currency, scoped, standing in found if scoped)
    assert all(currency == "USD" for currency, _, standing in found if standing is Standing.COUNTS)
    assert all(currency != "USD" for currency, _, standing in found if standing is Standing.CURRENCY)


def test_an_amount_that_several_sources_give_stands_once() -> None:
    for feature_id in CATALOG.ids:
        feature = CATALOG.get(feature_id)
        found = amounts(feature)
        assert sum(len(one.evidence) for one in found) == len(feature.costs)
        stated = [(one.kind, one.million, one.currency, one.year, one.scope) for one in found]
        assert len(stated) == len(set(stated))
