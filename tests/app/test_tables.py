"""The rows of the tables: sorted by shown words, put into words a page at a time."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from pypinyin import lazy_pinyin

import bri_map
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LISTED
from bri_map.folding import is_chinese
from bri_map.i18n import messages
from bri_map.ui import feature_table
from bri_map.ui.feature_table import FeatureRows
from bri_map.ui.ranked import Numbers
from bri_map.ui.source_table import SourceRows

COLUMNS = ("name", "kind", "countries", "status", "status_as_of", "layer", "precision", "sources")
EVERY = slice(None)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("column", COLUMNS)
def test_features_are_sorted_by_the_words_that_are_shown(
    catalog: Catalog, column: str, language: str
) -> None:
    key = order_of(language)
    for wanted in (Filter(), Filter(year=2015), Filter(country={"LAO"})):
        rows = FeatureRows(catalog, catalog.select(wanted), messages(language))
        plain = rows.page("layer", False, EVERY)
        in_listed_order = [row for spec in LISTED for row in plain if row["layer_code"] == spec.id]
        expected = sorted(sorted_base(catalog, in_listed_order), key=lambda row: key(row[column]))
        assert [row["id"] for row in rows.page(column, False, EVERY)] == [row["id"] for row in expected]
        down = [row[column] for row in rows.page(column, True, EVERY)]
        assert down == sorted(down, key=key, reverse=True)
        assert len(rows) == len(plain) == len(catalog.select(wanted))


def order_of(language: str) -> Callable[[object], object]:
    """Give the order of a language: of words its own, of numbers that of numbers."""
    said = messages(language).locale.sort_key
    return lambda value: said(value) if isinstance(value, str) else value


def test_chinese_names_stand_in_the_order_of_their_sounds(catalog: Catalog) -> None:
    rows = FeatureRows(catalog, catalog.select(Filter(layer={"parks"})), messages("zh"))
    names = [str(row["name"]) for row in rows.page("name", False, EVERY)]
    first = [lazy_pinyin(name)[0][0].lower() for name in names if is_chinese(name[0])]
    assert len(first) > 50
    assert first == sorted(first)
    assert names != sorted(names)


def sorted_base(catalog: Catalog, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give rows of each layer by id, the layers as menus list them."""
    order = {spec.id: place for place, spec in enumerate(LISTED)}
    return sorted(rows, key=lambda row: (order[str(row["layer_code"])], str(row["id"])))


def test_only_the_rows_of_a_page_are_put_into_words(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = FeatureRows(catalog, catalog.select(Filter()), messages("en"))
    rows.page("name", False, slice(0, 1))
    told: list[int] = []
    worded = FeatureRows._worded

    def counted(self: FeatureRows, layer: str, indices: Numbers) -> list[dict[str, object]]:
        told.extend(indices.tolist())
        return worded(self, layer, indices)

    monkeypatch.setattr(FeatureRows, "_worded", counted)
    again = FeatureRows(catalog, catalog.select(Filter()), messages("en"))
    monkeypatch.setattr(feature_table, "in_order", None)  # the order is not made anew
    assert len(again.page("name", False, slice(100, 150))) == len(told) == 50


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("column", ["title", "producer", "published", "features"])
def test_sources_are_sorted_by_the_words_that_are_shown(catalog: Catalog, column: str, language: str) -> None:
    rows = SourceRows(catalog, "", messages(language))
    shown = rows.page(column, True, EVERY)
    assert len(shown) == len(catalog.sources())
    words = [row[column] for row in shown]
    assert words == sorted(words, key=order_of(language), reverse=True)


def test_sources_are_found_by_words(catalog: Catalog) -> None:
    rows = SourceRows(catalog, "ey", messages("en"))
    assert 0 < len(rows) < len(catalog.sources())
    first = rows.page("title", False, slice(0, 1))[0]
    assert rows.find(first["id"]) is not None
    assert rows.find("no-such-source") is None
    assert SourceRows(catalog, "zzzzzzzz", messages("en")).find(first["id"]) is None


def test_sources_are_gathered_once(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    SourceRows(catalog, "", messages("en"))
    monkeypatch.setattr(Catalog, "sources", None)
    assert len(SourceRows(catalog, "", messages("en")))


def test_what_is_remembered_does_not_keep_an_old_catalog(small_folder: Path) -> None:
    catalog = bri_map.load(small_folder)
    FeatureRows(catalog, catalog.select(Filter()), messages("en")).page("name", False, EVERY)
    SourceRows(catalog, "", messages("en")).page("title", False, EVERY)
    gone = weakref.ref(catalog)
    del catalog
    gc.collect()
    assert gone() is None
