"""The rows of the tables: sorted by shown words, put into words a page at a time."""

from __future__ import annotations

import gc
import io
import json
import weakref
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from pypinyin import lazy_pinyin
from pyproj import Geod

import bri_map
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYER_TABLES, LISTED
from bri_map.domain.place import Near
from bri_map.domain.table import Kind
from bri_map.exports import EXPORTERS
from bri_map.exports.geojson import export_geojson
from bri_map.folding import is_chinese
from bri_map.i18n import messages
from bri_map.tabulation import feature_rows
from bri_map.tabulation.cells import Cells
from bri_map.tabulation.columns import every_column, offered
from bri_map.tabulation.feature_rows import FeatureRows
from bri_map.tabulation.ranked import Numbers
from bri_map.ui.source_table import SourceRows

EVERY = slice(None)


def every_field() -> set[str]:
    """Give the columns of the layers' tables whose cells stand for themselves on English pages."""
    apart = {"countries", "corridors", "documents", "disputed", "measures", "kind"}
    return {field.name for table in LAYER_TABLES.values() for field in table.fields} - apart


EN = messages("en")
CASES = [(spec.id, column.name) for spec in LISTED for column in offered({spec.id}, Filter())]


def numbers_or_dates(frame: pd.DataFrame, column: str) -> pd.Series | None:
    """Give what a column of numbers or dates is sorted by, by id; nothing for a column of words."""
    defined = {field.name: field for table in LAYER_TABLES.values() for field in table.fields}
    cells = frame.set_index("id", drop=False)[column] if column in frame else None
    if cells is None or column not in defined:
        return None
    if defined[column].kind in (Kind.NUMBER, Kind.INTEGER):
        return pd.to_numeric(cells)
    return cells.where(cells != "") if defined[column].kind is Kind.DATE else None


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("layer", "column"), CASES)
def test_every_offered_column_is_shown_and_sorted_with_blanks_last(
    catalog: Catalog, layer: str, column: str, language: str
) -> None:
    rows = FeatureRows(catalog, catalog.select(Filter(layer={layer})), messages(language))
    frame = catalog.rows(layer)
    words = {row["id"]: row[column] for row in rows.page("id", False, EVERY, (column,))}
    measured = numbers_or_dates(frame, column)
    key = (lambda value: int(value)) if column == "sources" else messages(language).locale.sort_key
    blank = [thing for thing in sorted(words) if not words[thing]]
    assert rows.blanks(column) == len(blank)
    for descending in (False, True):
        if measured is None:
            told = sorted(words.keys() - set(blank))
            told = sorted(told, key=lambda thing: key(words[thing]), reverse=descending)
            expected = [*told, *blank]
        else:
            expected = list(measured.sort_values(ascending=not descending, kind="stable").index)
        assert [row["id"] for row in rows.page(column, descending, EVERY, (column,))] == expected


@pytest.mark.parametrize(("layer", "column"), [case for case in CASES if case[1] in every_field()])
def test_a_cell_says_what_the_table_says(catalog: Catalog, layer: str, column: str) -> None:
    field = LAYER_TABLES[layer].column(column)
    rows = FeatureRows(catalog, catalog.select(Filter(layer={layer})), EN)
    said = {row["id"]: row[column] for row in rows.page("id", False, EVERY, (column,))}

    def word(cell: str) -> str:
        if field.vocabulary:
            return ", ".join(EN[f"{field.vocabulary}.{code}"] for code in cell.split(";"))
        if field.kind is Kind.BOOLEAN:
            return {"true": "Yes", "false": "No"}[cell]
        if field.unit:
            return f"{float(cell):,}".replace(",", "\u202f").removesuffix(".0")
        return cell.replace(";", ", ") if field.is_list else cell

    table = catalog.rows(layer)
    assert said == {
        thing: word(cell) if cell else "" for thing, cell in zip(table["id"], table[column], strict=True)
    }


def test_fields_and_documents_are_called_by_their_names(catalog: Catalog) -> None:
    rows = FeatureRows(catalog, catalog.select(Filter(disputed={"position"}, documents={"ey-2020"})), EN)
    page = rows.page("name", False, EVERY, ("disputed", "documents"))
    assert page
    assert all("Position" in row["disputed"].split(", ") for row in page)
    assert {row["documents"] for row in page} == {catalog.citation("ey-2020").title}


def test_what_is_of_no_use_to_readers_is_left_out() -> None:
    fields = {field.name for spec in LISTED for field in spec.table.fields}
    kinds = {spec.kind_column for spec in LISTED}
    assert fields - set(every_column()) - kinds == {"record", "ey_alternatives"}


def test_columns_follow_the_layers_of_the_result() -> None:
    def names(*layers: str) -> set[str]:
        return {column.name for column in offered(layers, Filter())}

    assert {"gauge_mm", "length_km", "is_electrified"} <= names("rail")
    assert "gauge_mm" not in names() | names("parks", "rail")
    assert {"opened", "cost_usd_million", "owner", "status_since"} <= names() & names("parks", "projects")
    assert "main_industries" in names("parks")
    assert "opened" not in names("corridors")


def test_the_distance_is_a_column_while_something_near_is_asked_for(catalog: Catalog) -> None:
    """The distances of points, once more by pyproj, in the table, in its order and in both files."""
    near = Near((66.0, 25.0), 400)
    selection = catalog.select(Filter(near=near))
    geod = Geod(ellps="WGS84")
    points = {
        thing: shape
        for layer in selection.layers
        for thing, shape in zip(selection.rows(layer)["id"], selection.frame(layer).geometry, strict=True)
        if shape.geom_type == "Point"
    }
    km = {thing: geod.inv(66.0, 25.0, p.x, p.y)[2] / 1000 for thing, p in points.items()}
    assert len(km) > 5
    rows = FeatureRows(catalog, selection, EN)
    assert rows.blanks("distance_km") == 0
    for descending in (False, True):
        page = rows.page("distance_km", descending, EVERY, ("distance_km",))
        shown = {row["id"]: float(row["distance_km"]) for row in page}
        assert list(shown.values()) == sorted(shown.values(), reverse=descending)
        assert {thing: shown[thing] for thing in km} == pytest.approx(km, abs=0.051)
    features = json.loads(export_geojson(selection, catalog))["features"]
    assert {f["id"]: f["properties"]["distance_km"] for f in features} == shown
    body = b"".join(EXPORTERS["csv"].write(selection, catalog, tuple(LAYER_TABLES)))
    table = pd.read_csv(io.BytesIO(body), encoding="utf-8-sig").set_index("id")
    assert table["distance_km"].to_dict() == shown
    assert "distance_km" in {c.name for c in offered((), selection.filter)}
    assert "distance_km" not in {c.name for c in offered((), Filter())}
    assert b"distance_km" not in export_geojson(catalog.select(Filter(country={"PAK"})), catalog)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_status_of_a_year_is_sorted_as_it_is_shown(catalog: Catalog, language: str) -> None:
    key = order_of(language)
    for wanted in (Filter(year=2015), Filter(year=2015, country={"LAO"})):
        rows = FeatureRows(catalog, catalog.select(wanted), messages(language))
        for descending in (False, True):
            shown = [row["status"] for row in rows.page("status", descending, EVERY, ("status",))]
            assert shown == sorted(shown, key=key, reverse=descending)


def test_since_never_lies_after_the_year_that_is_shown(catalog: Catalog) -> None:
    rows = FeatureRows(catalog, catalog.select(Filter(year=2015)), EN)
    since = [row["status_since"] for row in rows.page("status_since", True, EVERY, ("status_since",))]
    assert "2015" <= since[0] < "2016"


def test_what_is_equal_stands_by_layer_and_id(catalog: Catalog) -> None:
    rows = FeatureRows(catalog, catalog.select(Filter(country={"LAO"})), EN)
    plain = rows.page("precision", False, EVERY, ("precision",))
    assert plain == sorted(sorted_base(catalog, plain), key=lambda row: row["precision"])


def test_many_countries_are_one_line_and_all_are_named_beside_it(catalog: Catalog) -> None:
    for language, shown in (("en", "Angola and 24 more"), ("zh", "安哥拉等，另有 24 国")):
        rows = FeatureRows(catalog, catalog.select(Filter(q="2Africa")), messages(language))
        (row,) = rows.page("name", False, EVERY, ("countries",))
        assert row["countries"] == shown
        assert row["whole"]["countries"].count(messages(language).locale.separator) == 24


def order_of(language: str) -> Callable[[object], object]:
    """Give the order of a language: of words its own, of numbers that of numbers."""
    said = messages(language).locale.sort_key
    return lambda value: said(value) if isinstance(value, str) else value


def test_chinese_names_stand_in_the_order_of_their_sounds(catalog: Catalog) -> None:
    rows = FeatureRows(catalog, catalog.select(Filter(layer={"parks"})), messages("zh"))
    names = [str(row["name"]) for row in rows.page("name", False, EVERY, ("name",))]
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
    rows.page("name", False, slice(0, 1), ("name",))
    told: list[int] = []
    worded = Cells.words

    def counted(self: Cells, name: str, layer: str, at: Numbers | None = None) -> list[str]:
        said = worded(self, name, layer, at)
        told.extend(range(len(said)))
        return said

    monkeypatch.setattr(Cells, "words", counted)
    again = FeatureRows(catalog, catalog.select(Filter()), messages("en"))
    monkeypatch.setattr(feature_rows, "in_order", None)  # the order is not made anew
    assert len(again.page("name", False, slice(100, 150), ("name",))) == len(told) == 50


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
    FeatureRows(catalog, catalog.select(Filter()), messages("en")).page("name", False, EVERY, ("name",))
    SourceRows(catalog, "", messages("en")).page("title", False, EVERY)
    gone = weakref.ref(catalog)
    del catalog
    gc.collect()
    assert gone() is None
