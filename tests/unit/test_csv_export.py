"""CSV for spreadsheets: one row a feature, no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import shapely

import bri_map
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.vocabulary import Layer
from bri_map.exports import EXPORTERS
from bri_map.exports.geojson import export_geojson
from tests.builders import small_root


def table_of(catalog: Catalog, wanted: Filter | None = None, *layers: str) -> list[dict[str, str]]:
    """Write a table and read it as a spreadsheet does."""
    selection = catalog.select(wanted or Filter())
    body = b"".join(EXPORTERS["csv"].write(selection, catalog, layers or tuple(Layer)))
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_a_row_for_every_feature_in_the_order_of_the_catalog(small_catalog: Catalog) -> None:
    assert [row["id"] for row in table_of(small_catalog)] == list(small_catalog.ids)


def test_the_filter_and_the_layers_decide_what_is_written(small_catalog: Catalog) -> None:
    rows = table_of(small_catalog, Filter(country={"LAO"}), "parks", "projects")
    assert [(row["layer"], row["id"]) for row in rows] == [
        ("projects", "mekong-cable"),
        ("projects", "nam-dam"),
        ("parks", "lao-farm"),
    ]


def test_a_layer_has_the_columns_of_its_geojson_and_the_place(small_catalog: Catalog) -> None:
    selection = small_catalog.select(Filter())
    (park, *_) = table_of(small_catalog, None, "parks")
    assert "main_industries" in park
    assert "gauge_mm" not in park
    assert {"lon", "lat", "wkt"} < set(park)
    assert b"main_industries" in export_geojson(selection, small_catalog, ("parks",))


def test_columns_of_all_layers_stand_before_those_of_some(small_catalog: Catalog) -> None:
    names = list(table_of(small_catalog)[0])
    assert names[:4] == ["id", "layer", "name", "name_zh"]
    assert names.index("lat") < names.index("gauge_mm") < names.index("wkt")


def test_the_geometry_is_well_known_text_and_points_have_coordinates(small_catalog: Catalog) -> None:
    rows = {row["id"]: row for row in table_of(small_catalog)}
    for feature_id, row in rows.items():
        assert shapely.from_wkt(row["wkt"]).equals(small_catalog.geometry_of(feature_id))
    assert (rows["nam-dam"]["lon"], rows["nam-dam"]["lat"]) == ("102.1234", "19.5")
    assert (rows["lao-line"]["lon"], rows["lao-line"]["lat"]) == ("", "")


def test_lists_flags_and_unknown_values(small_catalog: Catalog) -> None:
    rows = {row["id"]: row for row in table_of(small_catalog)}
    assert rows["lao-line"]["countries"] == "CHN;LAO"
    assert rows["lao-farm"]["in_ey_2020"] == "true"
    assert rows["thai-express"]["in_ey_2020"] == ""


def test_a_year_adds_its_statuses(small_catalog: Catalog) -> None:
    assert "status_in_year" not in table_of(small_catalog)[0]
    assert "status_in_year" in table_of(small_catalog, Filter(year=2020))[0]


def test_nothing_found_gives_a_header_only(small_catalog: Catalog) -> None:
    assert table_of(small_catalog, Filter(q="nothing of that kind")) == []


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "+1", "-1+1", "@SUM(A1)", "  =1", "\uff1d1"])
def test_no_cell_runs_as_a_formula(text: str, tmp_path: Path) -> None:
    root = small_root()
    root.row("parks", "lao-farm")["note"] = text
    catalog = bri_map.load(root.write(tmp_path))
    (cell,) = [row["note"] for row in table_of(catalog) if row["id"] == "lao-farm"]
    assert cell == f"'{text}"


def test_a_number_below_zero_stays_a_number(small_catalog: Catalog) -> None:
    rows = {row["id"]: row for row in table_of(small_catalog)}
    assert float(rows["fiji-road"]["lat"]) == -17.8
