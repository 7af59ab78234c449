"""Indicators by country, recomputed by other means."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bri_map
from bri_map.analysis.indicators import CLASSES, INDICATORS, build_choropleth, quantile_classes
from bri_map.catalog import Catalog
from bri_map.errors import DisplayError
from tests.conftest import ROOT


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_indicator_has_values_of_known_countries(catalog: Catalog, indicator: str) -> None:
    found = build_choropleth(catalog, indicator)
    assert found.values
    assert set(found.values) <= {row["iso3"] for row in rows("countries")}
    assert found.period
    assert 2 <= len(found.classes) <= CLASSES
    assert sum(part.count for part in found.classes) == len(found.values)


@pytest.mark.parametrize("indicator", ["ease-of-doing-business", "trade-goods"])
def test_printed_values_are_those_of_the_table(catalog: Catalog, indicator: str) -> None:
    found = build_choropleth(catalog, indicator)
    expected = {
        row["area"]: float(row["value"])
        for row in rows("indicators")
        if row["indicator"] == indicator and row["period"] == found.period and row["area"] in found.values
    }
    assert found.values == expected
    assert found.citations[0].id == "ey-2020"
    assert found.citations[0].locators


def test_printed_values_name_their_period(catalog: Catalog) -> None:
    ease = build_choropleth(catalog, "ease-of-doing-business")
    trade = build_choropleth(catalog, "trade-goods")
    assert (ease.period, len(ease.values), ease.values["GEO"]) == ("2020", 26, 83.7)
    assert (trade.period, len(trade.values), trade.values["VNM"]) == ("2020-01/2020-05", 10, 64.5)


@pytest.mark.parametrize("table", ["parks", "projects"])
def test_counts_are_of_the_published_features(catalog: Catalog, table: str) -> None:
    counted: Counter[str] = Counter()
    for row in rows(table):
        if row["record"] == "published":
            counted.update(row["countries"].split(";"))
    assert build_choropleth(catalog, table).values == counted


def test_project_value_leaves_out_what_lies_in_several_countries(catalog: Catalog) -> None:
    expected: dict[str, float] = defaultdict(float)
    for feature_id in catalog.select(bri_map.Filter(layer={"projects"})).ids:
        feature = catalog.get(feature_id)
        cost, countries = feature.values["cost_usd_million"], feature.values["countries"]
        if cost is not None and len(countries) == 1:
            expected[countries[0]] += float(cost)
    found = build_choropleth(catalog, "project-value")
    assert found.values == pytest.approx(dict(expected))
    assert found.citations == ()


def test_an_unknown_indicator_is_named(catalog: Catalog) -> None:
    with pytest.raises(DisplayError, match=r"Unknown indicator 'gdp'\. Known: ease-of-doing-business, "):
        build_choropleth(catalog, "gdp")


@given(st.dictionaries(st.text(min_size=1), st.integers(-50, 50).map(float), max_size=60))
def test_classes_part_the_values(values: dict[str, float]) -> None:
    classes = quantile_classes(values)
    assert len(classes) <= CLASSES
    assert sum(part.count for part in classes) == len(values)
    for part in classes:
        inside = [value for value in values.values() if part.low <= value <= part.high]
        assert len(inside) == part.count
        assert {part.low, part.high} <= set(inside)
    assert all(a.high < b.low for a, b in pairwise(classes))


def test_quantiles_hold_as_many_countries_each() -> None:
    classes = quantile_classes({str(i): float(i) for i in range(25)})
    assert [part.count for part in classes] == [5, 5, 5, 5, 5]


def test_a_table_without_values_has_no_classes() -> None:
    assert quantile_classes({}) == ()
