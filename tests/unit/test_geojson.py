"""Exported files against RFC 7946 and against what issue and README promise of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import geopandas as gpd
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import bri_map
from bri_map.cache import ENVIRONMENT_VARIABLE
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import Kind
from bri_map.domain.vocabulary import Layer
from bri_map.exports import EXPORTERS, geojson
from bri_map.exports.geojson import bbox, export_geojson, geometry_mapping
from tests.builders import Root, point

ROOT = Path(__file__).resolve().parents[2]
PROMISED = [
    "id",
    "layer",
    "name",
    "name_zh",
    "type",
    "sector",
    "kind",
    "countries",
    "region",
    "status",
    "status_as_of",
    "freshness",
    "precision",
    "in_ey_2020",
    "corridors",
    "sources",
]
"""Properties in the order in which they are promised; a layer has those that it knows."""
OF_SOME_LAYERS = {"type": "parks", "sector": "projects", "in_ey_2020": "parks"}


def exported(catalog: Catalog, wanted: Filter | None = None, *layers: Layer) -> dict[str, Any]:
    """Export, and read the file back; a name that occurs twice in an object is a fault."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({name for name, _ in pairs}) == len(pairs), pairs
        return dict(pairs)

    body = export_geojson(catalog.select(wanted or Filter()), catalog, layers or tuple(Layer), evidence=True)
    return dict(json.loads(body, object_pairs_hook=unique, parse_constant=pytest.fail))


def numbers(value: Any) -> Iterator[float]:
    """Give every number inside coordinates."""
    if isinstance(value, list):
        for part in value:
            yield from numbers(part)
    else:
        yield value


@pytest.fixture(scope="module")
def document(catalog: Catalog) -> dict[str, Any]:
    """Everything that is shipped, exported."""
    return exported(catalog)


def test_it_is_a_feature_collection_without_crs(document: dict[str, Any]) -> None:
    assert document["type"] == "FeatureCollection"
    assert "crs" not in json.dumps(document)
    for feature in document["features"]:
        assert feature["type"] == "Feature"
        assert list(feature) in (
            ["type", "id", "geometry", "properties"],
            ["type", "id", "bbox", "geometry", "properties"],
        )
        assert feature["id"] == feature["properties"]["id"]


def placed(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the features that have a position."""
    found = [feature for feature in document["features"] if feature["geometry"]]
    assert len(found) > len(document["features"]) / 2
    return found


def test_coordinates_have_at_most_six_decimals_and_lie_in_the_world(document: dict[str, Any]) -> None:
    for feature in placed(document):
        flat = list(numbers(feature["geometry"]["coordinates"]))
        assert all(len(repr(value).partition(".")[2]) <= 6 for value in flat)
        assert all(-180 <= lon <= 180 for lon in flat[::2])
        assert all(-90 <= lat <= 90 for lat in flat[1::2])


def test_coordinates_are_those_of_the_catalog(document: dict[str, Any], catalog: Catalog) -> None:
    for feature in placed(document):
        geometry = catalog.get(feature["id"]).geometry
        assert shapely.geometry.shape(feature["geometry"]).equals_exact(geometry, 5e-7)
    without = {feature["id"] for feature in document["features"] if not feature["geometry"]}
    assert without == set(catalog.unlocated(catalog.select(Filter())))


def test_a_bbox_holds_its_geometry_tightly(document: dict[str, Any]) -> None:
    for feature in placed(document):
        flat = list(numbers(feature["geometry"]["coordinates"]))
        if feature["geometry"]["type"] == "Point":
            assert "bbox" not in feature
            continue
        west, south, east, north = feature["bbox"]
        assert (south, north) == (min(flat[1::2]), max(flat[1::2]))
        if west <= east:
            assert (west, east) == (min(flat[::2]), max(flat[::2]))
        else:
            assert all(lon >= west or lon <= east for lon in flat[::2])
            assert {west, east} <= set(flat[::2])
            assert {180, -180} <= set(flat[::2])


def test_the_bbox_of_the_file_holds_every_feature(document: dict[str, Any]) -> None:
    west, south, east, north = document["bbox"]
    for feature in placed(document):
        flat = list(numbers(feature["geometry"]["coordinates"]))
        assert west <= min(flat[::2]) <= max(flat[::2]) <= east
        assert south <= min(flat[1::2]) <= max(flat[1::2]) <= north


def test_foreign_members_say_what_the_file_is(small_catalog: Catalog) -> None:
    wanted = Filter(country={"THA", "LAO"}, status={"completed"}, q="Lao")
    head = exported(small_catalog, wanted, Layer.PARKS)
    features = head.pop("features")
    disclaimer = head.pop("disclaimer")
    sources = head.pop("sources")
    assert [source["id"] for source in sources] == ["ey-2020", "news-page", "other-page"]
    assert sources[0] == {
        "id": "ey-2020",
        "title": "A paper of 2020",
        "producer": "EY",
        "published": "2020-07",
        "accessed": "2031-01-02",
        "language": "en",
        "licence": "copyright",
        "citation": "EY, “A paper of 2020”, 2020-07, read 2031-01-02.",
    }
    assert "no opinion" in disclaimer
    assert head == {
        "type": "FeatureCollection",
        "name": "small-atlas-parks",
        "title": "A small atlas",
        "version": "2031.2.3",
        "date": "2031-02-03",
        "licence": "CC-BY-4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "The testers",
        "filter": {"layer": ["parks"], "country": ["LAO", "THA"], "status": ["completed"], "q": ["Lao"]},
        "feature_count": 1,
        "bbox": [102.6, 18, 102.6, 18],
    }
    assert [feature["id"] for feature in features] == ["lao-farm"]


def test_the_filter_in_the_file_gives_the_file_again(small_catalog: Catalog) -> None:
    for wanted in (Filter(), Filter(layer={"rail", "parks"}), Filter(region={"oceania"}, q="fiji")):
        body = export_geojson(small_catalog.select(wanted), small_catalog)
        again, left_out = Filter.from_params(json.loads(body)["filter"], small_catalog.known())
        assert left_out == []
        assert export_geojson(small_catalog.select(again), small_catalog) == body


def test_properties_of_a_park(small_catalog: Catalog) -> None:
    (feature,) = exported(small_catalog, Filter(q="lao farm"))["features"]
    feature["properties"].pop("provenance")
    assert feature == {
        "type": "Feature",
        "id": "lao-farm",
        "geometry": {"type": "Point", "coordinates": [102.6, 18]},
        "properties": {
            "id": "lao-farm",
            "layer": "parks",
            "name": "Lao Farm",
            "name_zh": "老挝农场",
            "type": "agricultural",
            "countries": ["LAO"],
            "region": "southeast-asia",
            "regions": ["southeast-asia"],
            "status": "completed",
            "status_as_of": "2020-06",
            "freshness": "settled",
            "precision": "site",
            "in_ey_2020": True,
            "corridors": ["southern-corridor"],
            "sources": ["ey-2020", "news-page", "other-page"],
            "status_since": None,
            "checked": None,
            "due": None,
            "record": "published",
            "position_note": "A point of the test",
            "note": None,
            "locality": "Vientiane",
            "established_year": 2012,
            "area_km2": 1.5,
            "is_operational": True,
            "is_mofcom_assessed": False,
            "ey_match": "named",
            "ey_alternatives": [],
            "ey_figure6_no": 7,
            "main_industries": ["rice", "maize"],
            "announced": None,
            "construction_start": None,
            "first_unit": None,
            "opened": None,
            "completed": None,
            "cost_usd_million": None,
            "cost_kind": None,
            "cost_year": None,
            "cost_scope": [],
            "measures": [],
            "developer": ["Farmer A", "Farmer B"],
            "owner": [],
            "contractor": [],
            "operator": [],
            "financier": [],
            "basis": "source-document",
            "disputed": ["area_km2"],
            "overlap": ["retired"],
            "documents": [],
            "ties": ["partner"],
            "identifiers": [],
        },
    }


def test_every_value_of_a_park_leads_to_its_source(small_catalog: Catalog) -> None:
    (feature,) = exported(small_catalog, Filter(q="lao farm"))["features"]
    said = feature["properties"]["provenance"]
    area = [row for row in said if row["field"] == "area_km2"]
    assert area == [
        {
            "field": "area_km2",
            "value": "1.5",
            "as_of": "2020",
            "source": "news-page",
            "basis": "confirmed",
            "rule": "basis",
        },
        {
            "field": "area_km2",
            "value": "1.2",
            "as_of": "2020-07",
            "source": "ey-2020",
            "locator": "figure 6",
            "basis": "source-document",
            "rule": "basis",
            "shown": False,
        },
    ]
    told = {row["field"] for row in said}
    assert {"name", "type", "countries", "position", "status", "developer", "corridors"} <= told


def test_what_is_not_known_is_null_and_lists_are_empty(small_catalog: Catalog) -> None:
    (feature,) = exported(small_catalog, Filter(q="rayong"))["features"]
    properties = feature["properties"]
    assert properties["in_ey_2020"] is False
    for name in ("note", "established_year", "area_km2", "is_operational", "ey_match"):
        assert properties[name] is None, name
    for name in ("developer", "main_industries", "corridors"):
        assert properties[name] == [], name


def test_a_line_in_two_regions_has_no_single_one(small_catalog: Catalog) -> None:
    by_id = {f["id"]: f["properties"] for f in exported(small_catalog)["features"]}
    assert by_id["lao-line"]["region"] is None
    assert by_id["lao-line"]["regions"] == ["southeast-asia", "east-asia"]
    assert by_id["mekong-cable"]["region"] == "southeast-asia"
    assert by_id["southern-corridor"]["corridors"] == ["southern-corridor"]


@pytest.mark.parametrize("layer", Layer)
def test_properties_stand_in_the_promised_order(layer: Layer, catalog: Catalog) -> None:
    for feature in exported(catalog, None, layer)["features"]:
        names = list(feature["properties"])
        known = [name for name in PROMISED if OF_SOME_LAYERS.get(name, layer) == layer]
        known = [name for name in known if name != "kind" or layer in (Layer.RAIL, Layer.CORRIDORS)]
        assert [name for name in names if name in PROMISED] == known
        common = [name for name in names if name in PROMISED or name == "regions"]
        assert names[: len(common)] == common
        own = [column.name for column in LAYER_TABLES[layer].fields if column.name not in common]
        own.append("provenance")
        assert names[len(common) :] == own


def test_numbers_are_numbers_and_whole_ones_are_written_whole(small_catalog: Catalog) -> None:
    rail = small_catalog.select(Filter(layer={"rail"}))
    body = export_geojson(rail, small_catalog, evidence=True).decode()
    assert '"length_km":100.5' in body
    assert '"cost_usd_million":5900,' in body
    assert '"gauge_mm":1435' in body


def test_one_feature_stands_on_one_line(small_catalog: Catalog) -> None:
    body = export_geojson(small_catalog.select(Filter()), small_catalog).decode()
    head, *lines, tail, end = body.split("\n")
    assert head.endswith('"features":[')
    assert (tail, end) == ("]}", "")
    assert [json.loads(line.removesuffix(","))["id"] for line in lines] == list(small_catalog.ids)


def test_nothing_found_is_an_empty_collection(small_catalog: Catalog) -> None:
    document = exported(small_catalog, Filter(status={"cancelled"}, layer={"rail"}))
    assert document["features"] == []
    assert document["feature_count"] == 0
    assert "bbox" not in document


def test_the_same_filter_gives_the_same_bytes(small_folder: Path, small_catalog: Catalog) -> None:
    again = bri_map.load(small_folder)
    wanted = Filter(region={"southeast-asia"})
    assert export_geojson(again.select(wanted), again) == export_geojson(
        small_catalog.select(wanted), small_catalog
    )


def test_geopandas_reads_the_file(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "parks.geojson"
    path.write_bytes(export_geojson(catalog.select(Filter()), catalog, (Layer.PARKS,)))
    frame = gpd.read_file(path)
    assert frame.crs == "EPSG:4326"
    assert frame["id"].tolist() == catalog.rows(Layer.PARKS)["id"].tolist()


def test_file_names(small_catalog: Catalog) -> None:
    geojson, evidence, csv = (EXPORTERS[name] for name in ("geojson", "geojson-evidence", "csv"))
    assert geojson.file_name(small_catalog, ("rail",)) == "small-atlas-rail-2031.2.3.geojson"
    assert geojson.file_name(small_catalog, tuple(Layer)) == "small-atlas-all-2031.2.3.geojson"
    assert evidence.file_name(small_catalog, ("rail",)) == "small-atlas-rail-2031.2.3.evidence.geojson"
    assert csv.file_name(small_catalog, ("parks",)) == "small-atlas-parks-2031.2.3.csv"


class TestPlainColumns:
    """GeoJSON without evidence: columns of one type, whatever the filter."""

    KINDS: ClassVar = {Kind.INTEGER: int, Kind.NUMBER: float, Kind.BOOLEAN: bool}

    def test_they_say_what_the_file_with_evidence_says(self, catalog: Catalog) -> None:
        selection = catalog.select(Filter())
        plain = json.loads(export_geojson(selection, catalog))
        full = json.loads(export_geojson(selection, catalog, evidence=True))
        del full["sources"]
        for feature in full["features"]:
            del feature["properties"]["provenance"]
            for name, value in feature["properties"].items():
                if isinstance(value, list):
                    feature["properties"][name] = ";".join(value) or None
        assert plain == full

    def test_every_value_has_the_type_of_its_column(self, catalog: Catalog) -> None:
        for feature in json.loads(export_geojson(catalog.select(Filter()), catalog))["features"]:
            layer = Layer(feature["properties"]["layer"])
            kinds = {column.name: self.KINDS.get(column.kind, str) for column in LAYER_TABLES[layer].fields}
            for name, value in feature["properties"].items():
                assert value is None or type(value) is kinds.get(name, str), (feature["id"], name, value)

    def test_gdal_reads_the_same_columns_of_two_filters(self, catalog: Catalog, tmp_path: Path) -> None:
        """A column without any value has no type that a reader could see; all others agree."""
        found: list[dict[str, str]] = []
        for country in ("LAO", "KEN", None):
            wanted = Filter(country={country}) if country else Filter()
            body = export_geojson(catalog.select(wanted), catalog, (Layer.PARKS,))
            path = tmp_path / f"{country}.geojson"
            path.write_bytes(body)
            features = json.loads(body)["features"]
            filled = {
                name for one in features for name, value in one["properties"].items() if value is not None
            }
            info = pyogrio.read_info(path)
            found.append({n: t for n, t in zip(info["fields"], info["dtypes"], strict=True) if n in filled})
            assert list(info["fields"]) == list(features[0]["properties"])
        for some in found[:2]:
            assert some.items() <= found[2].items()

    def test_a_phone_can_take_them(self, catalog: Catalog) -> None:
        selection = catalog.select(Filter())
        assert len(export_geojson(selection, catalog)) * 3 < len(
            export_geojson(selection, catalog, evidence=True)
        )


class TestAntimeridian:
    def test_a_line_cut_there_gets_a_west_greater_than_its_east(self, small_catalog: Catalog) -> None:
        features = {f["id"]: f for f in exported(small_catalog)["features"]}
        assert features["pacific-route"]["bbox"] == [179.6, -17.3, -179.8, -17]

    def test_a_collection_with_such_a_line_spans_the_world(self, small_catalog: Catalog) -> None:
        assert exported(small_catalog, None, Layer.CORRIDORS)["bbox"] == [-180, -17.3, 180, 21.2]

    def test_a_collection_without_does_not(self, small_catalog: Catalog) -> None:
        assert exported(small_catalog, None, Layer.RAIL)["bbox"] == [100.5, 13.75, 102.1, 21.2]

    def test_a_line_round_the_world_spans_it(self) -> None:
        line = shapely.MultiLineString([[(-180, 1), (0, 2)], [(0, 2), (180, 3)]])
        assert bbox(line) == [-180, 1, 180, 3]

    def test_the_widest_gap_is_left_out(self) -> None:
        line = shapely.MultiLineString([[(150, 0), (180, 1)], [(-180, 1), (-120, 2)], [(-60, 2), (-50, 3)]])
        assert bbox(line) == [150, 0, -50, 3]

    def test_one_part_that_spans_the_world_is_not_cut(self) -> None:
        assert bbox(shapely.LineString([(-180, 0), (180, 0)])) == [-180, 0, 180, 0]


class TestGeometryMapping:
    CLOCKWISE = shapely.Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], holes=[[(1, 1), (2, 1), (2, 2), (1, 2)]])

    @pytest.mark.parametrize(
        "polygon",
        [CLOCKWISE, CLOCKWISE.reverse(), shapely.orient_polygons(CLOCKWISE)],
        ids=["cw", "ccw", "mixed"],
    )
    def test_rings_are_right_handed(self, polygon: shapely.Polygon) -> None:
        exterior, hole = geometry_mapping(polygon)["coordinates"]
        assert shapely.LinearRing(exterior).is_ccw
        assert not shapely.LinearRing(hole).is_ccw
        assert exterior[0] == exterior[-1]

    def test_polygons_of_several_parts_too(self) -> None:
        parts = shapely.MultiPolygon([self.CLOCKWISE, shapely.transform(self.CLOCKWISE, lambda xy: xy + 20)])
        for exterior, hole in geometry_mapping(parts)["coordinates"]:
            assert shapely.LinearRing(exterior).is_ccw
            assert not shapely.LinearRing(hole).is_ccw

    @given(st.floats(-180, 180), st.floats(-90, 90))
    def test_numbers_are_rounded_to_six_decimals(self, lon: float, lat: float) -> None:
        coordinates = geometry_mapping(shapely.Point(lon, lat))["coordinates"]
        assert coordinates == [round(lon, 6), round(lat, 6)]
        assert all(isinstance(value, int) == float(value).is_integer() for value in coordinates)

    def test_there_is_no_negative_zero(self) -> None:
        assert json.dumps(geometry_mapping(shapely.Point(-0.0, -1e-9))["coordinates"]) == "[0, 0]"


def test_points_with_many_decimals_are_shortened(small: Root, tmp_path: Path) -> None:
    small.geometry["parks"]["lao-farm"] = point(102.123456789, 18.000000049)
    catalog = bri_map.load(small.write(tmp_path))
    (feature,) = exported(catalog, Filter(q="lao farm"))["features"]
    assert feature["geometry"]["coordinates"] == [102.123457, 18]


def test_a_file_is_written_piece_by_piece(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = export_geojson(catalog.select(Filter()), catalog)
    monkeypatch.setattr(geojson, "BATCH", 50)
    pieces = list(EXPORTERS["geojson"].write(catalog.select(Filter()), catalog, tuple(Layer)))
    assert b"".join(pieces) == whole
    assert len(pieces) > 8


def test_provenance_that_is_kept_is_written_as_it_was(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    whole = export_geojson(catalog.select(Filter()), catalog, evidence=True)
    first = bri_map.load(ROOT)
    assert export_geojson(first.select(Filter()), first, evidence=True) == whole
    assert list(tmp_path.glob("provenance-*"))
    kept = bri_map.load(ROOT)
    monkeypatch.setattr(Catalog, "said", None)  # nothing is gathered anew
    assert export_geojson(kept.select(Filter()), kept, evidence=True) == whole


def test_a_layer_that_was_not_asked_for_gives_an_empty_file(small_catalog: Catalog) -> None:
    selection = small_catalog.select(Filter(layer={"parks"}))
    document = json.loads(export_geojson(selection, small_catalog, (Layer.RAIL,)))
    assert (document["feature_count"], document["features"]) == (0, [])
