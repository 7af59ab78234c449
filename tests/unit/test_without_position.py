"""Features of which only the country is known: counted, listed, searched and exported, never drawn."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import bri_map
from bri_map.analysis.compare import compare
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.place import Area, BBox, Near
from bri_map.errors import FilterError
from bri_map.exports import EXPORTERS
from bri_map.exports.feature import feature_document
from bri_map.exports.geojson import export_geojson
from bri_map.maps.packing import pack_layer
from tests.builders import Root, small_root
from tests.unit.test_packing import parse

HUB = "khorgos-hub"
WORLD = BBox(-180, -90, 180, 90)


def nowhere() -> Root:
    """Give the small root with a hub of which only the country is known."""
    root = small_root()
    root.geometry["projects"][HUB] = None
    return root


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nowhere().write(tmp_path_factory.mktemp("nowhere"))


@pytest.fixture(scope="module")
def catalog(folder: Path) -> Catalog:
    return bri_map.load(folder)


def test_it_has_no_fault(folder: Path) -> None:
    assert [str(issue) for issue in bri_map.validate(folder)] == []


def test_with_another_precision_it_has_one(tmp_path: Path) -> None:
    root = nowhere()
    root.row("projects", HUB)["precision"] = "site"
    found = {(issue.rule, issue.id) for issue in bri_map.validate(root.write(tmp_path))}
    assert ("precision", HUB) in found


def test_it_is_counted_and_told_as_off_the_map(catalog: Catalog) -> None:
    assert len(catalog) == 11
    assert catalog.unlocated(catalog.select(Filter())) == [HUB]
    assert catalog.geometry_of(HUB) is None
    assert catalog.get(HUB).geometry is None


def test_it_is_not_drawn(catalog: Catalog) -> None:
    parsed = parse(pack_layer(catalog, "projects").data)
    ids = list(catalog.rows("projects")["id"])
    assert HUB not in {ids[i] for i in [*parsed.point_feature, *parsed.part_feature]}
    assert parsed.features == len(ids)


def test_it_lies_in_no_box_area_or_distance(catalog: Catalog) -> None:
    world = Area(((-179, -80), (179, -80), (179, 80), (-179, 80)))
    for wanted in (Filter(bbox=WORLD), Filter(area=world), Filter(near=Near((80.25, 44.2), 20_000))):
        assert HUB not in catalog.select(wanted).ids
    assert catalog.select(Filter(near=Near(HUB, 20_000))).ids == []


def test_nothing_is_near_it(catalog: Catalog) -> None:
    with pytest.raises(FilterError, match="the position of 'khorgos-hub' is not known, only its country"):
        catalog.near(HUB, 100)
    assert catalog.nearest(HUB, "rail") == []


def test_it_is_found_and_its_country_is_shown(catalog: Catalog) -> None:
    hit = next(hit for hit in catalog.search("khorgos hub").hits if hit.id == HUB)
    country = next(hit for hit in catalog.search("Kazakhstan").hits if hit.id == "KAZ")
    assert hit.bbox == country.bbox


def test_it_is_exported_with_a_null_geometry(catalog: Catalog) -> None:
    exported = json.loads(export_geojson(catalog.select(Filter()), catalog))
    feature = next(feature for feature in exported["features"] if feature["id"] == HUB)
    assert feature["geometry"] is None
    assert "bbox" not in feature
    assert all(isinstance(value, int | float) for value in exported["bbox"])
    alone = json.loads(export_geojson(catalog.select(Filter(q="khorgos")), catalog))
    assert [feature["id"] for feature in alone["features"]] == [HUB]
    assert "bbox" not in alone
    assert feature_document(catalog.get(HUB))["geometry"] is None


def test_its_row_of_a_csv_file_has_no_place(catalog: Catalog) -> None:
    written = b"".join(EXPORTERS["csv"].write(catalog.select(Filter()), catalog, ("projects",)))
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(written.decode("utf-8-sig")))}
    assert [rows[HUB][name] for name in ("lon", "lat", "wkt")] == ["", "", ""]
    assert rows["nam-dam"]["lon"] == "102.1234"


def test_it_is_a_move_when_a_position_becomes_known(catalog: Catalog, small_catalog: Catalog) -> None:
    assert [(move.id, move.km) for move in compare(catalog, small_catalog).moved] == [(HUB, None)]
    assert compare(catalog, catalog).moved == []


def test_what_was_kept_has_no_position_either(folder: Path, catalog: Catalog) -> None:
    assert bri_map.load(folder).geometry_of(HUB) is None
