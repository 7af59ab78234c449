"""Plant one fault in a root that has none: it is found, named and placed, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

import bri_map
from bri_map.domain.vocabulary import Layer
from bri_map.errors import DataError
from tests.builders import Root, lines, point, small_root
from tests.data.chinese import english_in


@dataclass(frozen=True)
class Fault:
    """A fault to plant and the one issue that must come of it.

    Attributes:
        name: What it is.
        plant: Puts it into a root and gives the line where it then stands: None where the whole file is
            meant, `ANY` where either may be said.
        file: File of the issue.
        id: Id of the issue.
        field: Column of the issue.
        rule: Rule of the issue.
        says: What the message must name.
    """

    name: str
    plant: Callable[[Root], int | None]
    file: str
    rule: str
    id: str | None = None
    field: str | None = None
    says: str = ""


def cell(table: str, key: str, column: str, value: str, rule: str, says: str | None = None) -> Fault:
    """Give the fault of one wrong cell."""

    def plant(root: Root) -> int:
        root.row(table, key)[column] = value
        return root.line(table, key)

    name = f"{table}.{column}={value or 'empty'}"
    told = value if says is None else says
    return Fault(name, plant, f"data/{table}.csv", rule, key, column, told)


def position(layer: str, feature_id: str, geometry: object, says: str = "") -> Fault:
    """Give the fault of one wrong geometry."""

    def plant(root: Root) -> int:
        root.geometry[layer][feature_id] = geometry
        return root.geometry_line(layer, feature_id)

    name = f"{layer} {json.dumps(geometry)[:70]}"
    return Fault(name, plant, f"geo/{layer}.geojson", "geometry", feature_id, None, says)


def without_row_of_history(root: Root, line: bytes) -> int:
    """Put a line of one's own in the place of the last row of the histories."""
    body = root.file("data/status_history.csv").splitlines(keepends=True)
    root.replaced["data/status_history.csv"] = b"".join(body[:-1]) + line
    return len(body)


def _row_too_wide(root: Root) -> int:
    return without_row_of_history(
        root, b"thai-express,,reported,under-construction,A report,news-page,,confirmed,,one too many\n"
    )


def _row_too_narrow(root: Root) -> int:
    return without_row_of_history(root, b"thai-express,2018,suspended\n")


def _row_of_a_park_too_narrow(root: Root) -> int:
    body = root.file("data/parks.csv").splitlines(keepends=True)
    root.replaced["data/parks.csv"] = b"".join(body[:-1]) + b"rayong-zone,Rayong\n"
    return len(body)


def _stray_quote(root: Root) -> int:
    return without_row_of_history(root, b'thai-express,2018,suspended,"Work" stopped,,,,,\n')


def _unknown_column(root: Root) -> int:
    for row in root.tables["sources"]:
        row["colour"] = "red"
    return 1


def _missing_column(root: Root) -> int:
    body = root.file("data/sources.csv").decode()
    root.replaced["data/sources.csv"] = "".join(
        line.rpartition(",")[0] + "\n" for line in body.splitlines()
    ).encode()
    return 1


def _column_twice(root: Root) -> int:
    body = root.file("data/sources.csv").decode().splitlines()
    twice = [f"{body[0]},note", *(f"{line}," for line in body[1:])]
    root.replaced["data/sources.csv"] = ("\n".join(twice) + "\n").encode()
    return 1


def _same_key_twice(root: Root) -> int:
    root.tables["sources"].append(dict(root.tables["sources"][1]))
    return len(root.tables["sources"]) + 1


def _same_claim_twice(root: Root) -> int:
    root.tables["claims"].append(dict(root.tables["claims"][0]))
    return len(root.tables["claims"]) + 1


def _same_id_in_two_layers(root: Root) -> int:
    """Give a project the id of a rail route; both have geometry and sources."""
    row = root.row("projects", "fiji-road")
    row["id"] = "lao-line"
    root.geometry["projects"]["lao-line"] = root.geometry["projects"].pop("fiji-road")
    for table in ("claims", "status_history"):
        root.tables[table].remove(root.row(table, "fiji-road"))
    return root.line("projects", "lao-line")


def _geometry_missing(root: Root) -> int:
    del root.geometry["parks"]["rayong-zone"]
    return root.line("parks", "rayong-zone")


def _geometry_orphan(root: Root) -> int:
    root.geometry["parks"]["nobody"] = point(1, 2)
    return root.geometry_line("parks", "nobody")


def _geometry_twice(root: Root) -> int:
    body = root.file("geo/parks.geojson").decode().splitlines()
    body[-2:-2] = [body[1]]
    root.replaced["geo/parks.geojson"] = ("\n".join(body) + "\n").encode()
    return len(body) - 2


def _geometry_without_id(root: Root) -> int:
    line = '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{}},'
    return _geometry_line_added(root, line)


def _geometry_line_not_json(root: Root) -> int:
    return _geometry_line_added(root, '{"type":"Feature","id":"x","geometry":{"type":"Point,')


def _geometry_line_of_no_feature(root: Root) -> int:
    return _geometry_line_added(root, '{"typ":"Feature","id":"x","geometry":null,"properties":{}},')


def _geometry_line_added(root: Root, line: str) -> int:
    body = root.file("geo/parks.geojson").decode().splitlines()
    body[1:1] = [line]
    root.replaced["geo/parks.geojson"] = ("\n".join(body) + "\n").encode()
    return 2


def _geometry_line_spoilt(root: Root) -> int:
    """Cut the line of a park in the middle."""
    body = root.file("geo/parks.geojson").decode().splitlines()
    body[2] = body[2][:40]
    root.replaced["geo/parks.geojson"] = ("\n".join(body) + "\n").encode()
    return 3


def _geometry_comma_missing(root: Root) -> Any:
    root.replaced["geo/parks.geojson"] = root.file("geo/parks.geojson").replace(b"},\n", b"}\n", 1)
    return ANY


def _geometry_comma_too_many(root: Root) -> Any:
    root.replaced["geo/parks.geojson"] = root.file("geo/parks.geojson").replace(b"}\n]}", b"},\n]}")
    return ANY


def _geometry_file_cut_off(root: Root) -> Any:
    root.replaced["geo/parks.geojson"] = root.file("geo/parks.geojson").removesuffix(b"]}\n")
    return ANY


def _no_source(root: Root) -> int:
    links = root.tables["claims"]
    links.remove(root.row("claims", "fiji-road"))
    return root.line("projects", "fiji-road")


def _not_utf_8(root: Root) -> int:
    return without_row_of_history(
        root, "thai-express,2018,reported,suspended,Überschwemmung,news-page,,confirmed,\n".encode("latin-1")
    )


def _not_utf_8_far_below(root: Root) -> int:
    root.row("status_history", "nam-dam")["event"] = "A long story. " * 3000
    return _not_utf_8(root)


def _gone(place: str) -> Callable[[Root], None]:
    def plant(root: Root) -> None:
        root.replaced[place] = None

    return plant


def _content(place: str, body: bytes) -> Callable[[Root], Any]:
    def plant(root: Root) -> Any:
        root.replaced[place] = body
        return ANY if place.startswith("geo/") else None

    return plant


def _half_character(root: Root) -> int:
    return _geometry_line_added(
        root, '{"type":"Feature","id":"x\\ud800","geometry":{"type":"Point","coordinates":[1,2]}},'
    )


def _created(date: str) -> Callable[[Root], None]:
    def plant(root: Root) -> None:
        root.package["created"] = date

    return plant


def _half_a_title(root: Root) -> None:
    root.replaced[DESCRIPTOR] = root.file(DESCRIPTOR).replace(b"A small atlas", b"A small \\ud800 atlas")


def _package_without(name: str) -> Callable[[Root], None]:
    def plant(root: Root) -> None:
        del root.package[name]

    return plant


HISTORY = "data/status_history.csv"
PARKS = "geo/parks.geojson"
DESCRIPTOR = "data/datapackage.json"
FAULTS = (
    # rows and columns
    Fault("row too wide", _row_too_wide, HISTORY, "row-width", "thai-express", says="10 cells"),
    Fault("row too narrow", _row_too_narrow, HISTORY, "row-width", "thai-express", says="3 cells"),
    Fault("a park's row too narrow", _row_of_a_park_too_narrow, "data/parks.csv", "row-width", "rayong-zone"),
    Fault("stray quote", _stray_quote, HISTORY, "csv"),
    Fault("unknown column", _unknown_column, "data/sources.csv", "column-unknown", field="colour"),
    Fault("missing column", _missing_column, "data/sources.csv", "column-missing", field="note"),
    Fault("column twice", _column_twice, "data/sources.csv", "column-duplicate", field="note"),
    # cells
    cell("parks", "lao-farm", "name", "", "required"),
    cell("parks", "lao-farm", "type", "", "required"),
    cell("parks", "lao-farm", "in_ey_2020", "", "required"),
    cell("rail", "lao-line", "countries", "", "required"),
    cell("parks", "lao-farm", "type", "farming", "code"),
    cell("parks", "lao-farm", "type", "Agricultural", "code"),
    cell("rail", "lao-line", "kind", "metro;conventional", "code"),
    cell("status_history", "nam-dam", "status", "done", "code"),
    cell("countries", "LAO", "region", "asia", "code"),
    cell("parks", "lao-farm", "established_year", "2012.5", "integer"),
    cell("parks", "lao-farm", "established_year", "1776", "integer"),
    cell("parks", "lao-farm", "established_year", "２０１２", "integer"),
    cell("parks", "lao-farm", "ey_figure6_no", "75", "integer"),
    cell("parks", "lao-farm", "ey_figure6_no", "0", "integer"),
    cell("parks", "rayong-zone", "area_km2", "1,5", "number"),
    cell("parks", "rayong-zone", "area_km2", "about 2", "number"),
    cell("parks", "rayong-zone", "area_km2", "-1", "number"),
    cell("parks", "rayong-zone", "area_km2", "nan", "number"),
    cell("rail", "lao-line", "design_speed_kmh", "601", "number"),
    cell("parks", "lao-farm", "is_operational", "yes", "boolean"),
    cell("parks", "lao-farm", "is_operational", "True", "boolean"),
    cell("sources", "news-page", "accessed", "2020/06", "date"),
    cell("sources", "news-page", "accessed", "2020-13", "date"),
    cell("sources", "news-page", "accessed", "2021-02-30", "date"),
    cell("sources", "news-page", "accessed", "2020-6", "date"),
    cell("sources", "news-page", "url", "www.news.example", "url"),
    cell("sources", "news-page", "url", "javascript:alert(1)", "url"),
    cell("countries", "LAO", "source_url", "https://a b.example/", "url"),
    cell("parks", "lao-farm", "main_industries", "rice;;maize", "texts"),
    cell("parks", "lao-farm", "main_industries", "rice; maize", "texts"),
    cell("rail", "lao-line", "countries", "CHN;LAO;CHN", "ids"),
    cell("rail", "lao-line", "countries", "China", "ids"),
    # references
    cell("parks", "lao-farm", "countries", "LAO;XXX", "reference", says="'XXX'"),
    cell("corridor_members", "lao-farm", "corridor_id", "northern-corridor", "reference"),
    cell("claims", "fiji-road", "source_id", "no-such-page", "reference"),
    cell("status_history", "nam-dam", "source_id", "no-such-page", "reference"),
    Fault(
        "source of no feature",
        lambda root: _link(root, "nobody"),
        "data/claims.csv",
        "reference",
        "nobody",
        "feature_id",
        "'nobody'",
    ),
    # what occurs twice, or not at all
    Fault("same source twice", _same_key_twice, "data/sources.csv", "duplicate", "news-page", "id"),
    Fault(
        "same claim twice",
        _same_claim_twice,
        "data/claims.csv",
        "duplicate",
        "fiji-road",
        "feature_id",
    ),
    Fault(
        "same id in two layers", _same_id_in_two_layers, "data/projects.csv", "duplicate", "lao-line", "id"
    ),
    Fault("no source", _no_source, "data/projects.csv", "source-missing", "fiji-road"),
    # geometry
    Fault(
        "geometry missing", _geometry_missing, "data/parks.csv", "geometry-missing", "rayong-zone", says=PARKS
    ),
    Fault("geometry of nobody", _geometry_orphan, PARKS, "geometry-orphan", "nobody", says="data/parks.csv"),
    Fault("geometry twice", _geometry_twice, PARKS, "duplicate", "fiji-zone"),
    Fault("geometry without id", _geometry_without_id, PARKS, "geometry-id"),
    Fault("geometry line not JSON", _geometry_line_not_json, PARKS, "json"),
    Fault("geometry line of no feature", _geometry_line_of_no_feature, PARKS, "geojson"),
    Fault("geometry line spoilt", _geometry_line_spoilt, PARKS, "json"),
    Fault("geometry comma missing", _geometry_comma_missing, PARKS, "json"),
    Fault("geometry comma too many", _geometry_comma_too_many, PARKS, "json"),
    Fault("geometry file cut off", _geometry_file_cut_off, PARKS, "json"),
    Fault("geometry file no JSON", _content(PARKS, b"<html>"), PARKS, "json"),
    Fault("geometry file no collection", _content(PARKS, b'{"type":"Point"}'), PARKS, "geojson"),
    Fault("geometry file a list", _content(PARKS, b"[]"), PARKS, "geojson"),
    Fault("geometry file not UTF-8", _content(PARKS, b"\xff\xfe"), PARKS, "encoding"),
    Fault("geometry file gone", _gone(PARKS), PARKS, "file"),
    Fault("geometry nested too deep", _content(PARKS, b"[" * 100_000), PARKS, "json"),
    Fault("geometry of half a character", _half_character, PARKS, "encoding", says="\\ud800"),
    position("parks", "lao-farm", lines([[1, 2], [3, 4]]), "MultiLineString"),
    position("rail", "lao-line", point(1, 2), "Point"),
    position(
        "corridors",
        "pacific-route",
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        "Polygon",
    ),
    position("parks", "lao-farm", {"type": ["Point"], "coordinates": [1, 2]}, "Point"),
    position("parks", "lao-farm", {"type": "Point", "coordinates": [1, 2, 3, 4]}, "two numbers"),
    position("parks", "lao-farm", {"type": "Point", "coordinates": [10**400, 2]}, "outside the world"),
    position("parks", "lao-farm", point(18.0, 102.6), "outside the world"),
    position("parks", "lao-farm", point(181, 0), "outside the world"),
    position("parks", "lao-farm", {"type": "Point", "coordinates": [102.6]}, "two numbers"),
    position("parks", "lao-farm", {"type": "Point", "coordinates": ["102.6", "18"]}, "two numbers"),
    position("parks", "lao-farm", {"type": "Point", "coordinates": []}, "two numbers"),
    position("parks", "lao-farm", {"type": "Point", "coordinates": [True, False]}, "two numbers"),
    position("parks", "lao-farm", point(float("nan"), 1)),
    position("rail", "lao-line", lines([[1, 2]]), "two positions"),
    position("rail", "lao-line", lines(), "empty"),
    position("rail", "lao-line", lines([[1, 2], [3, 4]], [[1, 2], [3, 95]]), "outside the world"),
    # files
    Fault("table not UTF-8", _not_utf_8, HISTORY, "encoding"),
    Fault("table not UTF-8 far below", _not_utf_8_far_below, HISTORY, "encoding"),
    Fault("table gone", _gone(HISTORY), HISTORY, "file"),
    Fault("table of features gone", _gone("data/parks.csv"), "data/parks.csv", "file"),
    Fault("descriptor gone", _gone(DESCRIPTOR), DESCRIPTOR, "datapackage"),
    Fault("descriptor no JSON", _content(DESCRIPTOR, b"{"), DESCRIPTOR, "datapackage"),
    Fault("descriptor nested too deep", _content(DESCRIPTOR, b"[" * 100_000), DESCRIPTOR, "datapackage"),
    Fault("descriptor of the year 1", _created("0001-01-01"), DESCRIPTOR, "datapackage", says="since 1900"),
    Fault("descriptor of half a character", _half_a_title, DESCRIPTOR, "datapackage", says="U+D800"),
    Fault("descriptor a list", _content(DESCRIPTOR, b"[]"), DESCRIPTOR, "datapackage"),
    Fault(
        "descriptor without version", _package_without("version"), DESCRIPTOR, "datapackage", says="version"
    ),
    Fault(
        "descriptor without licence", _package_without("licenses"), DESCRIPTOR, "datapackage", says="licenses"
    ),
)


def _link(root: Root, feature_id: str) -> int:
    claim = {"feature_id": feature_id, "field": "*", "source_id": "news-page", "basis": "confirmed"}
    root.tables["claims"].append(claim)
    root.sort("claims")
    return root.line("claims", feature_id)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_one_fault_gives_one_issue_that_names_it(fault: Fault, tmp_path: Path) -> None:
    root = small_root()
    row = fault.plant(root)
    report = bri_map.validate(root.write(tmp_path))
    found = [(issue.file, issue.row, issue.id, issue.field, issue.rule) for issue in report]
    assert found == [(fault.file, row, fault.id, fault.field, fault.rule)], "\n".join(map(str, report))
    issue = next(iter(report))
    assert fault.says in issue.message
    assert issue.message.endswith(".")
    assert issue.remedy.endswith(".")
    assert english_in(issue) == []


@pytest.mark.parametrize("fault", tuple({f.rule: f for f in FAULTS}.values()), ids=lambda fault: fault.rule)
def test_a_root_with_a_fault_is_not_loaded(fault: Fault, tmp_path: Path) -> None:
    root = small_root()
    fault.plant(root)
    with pytest.raises(DataError) as caught:
        bri_map.load(root.write(tmp_path))
    assert fault.file in str(caught.value)


def test_an_empty_table_is_told_by_its_columns(small: Root, tmp_path: Path) -> None:
    small.replaced[HISTORY] = b""
    report = bri_map.validate(small.write(tmp_path))
    assert {(issue.file, issue.rule) for issue in report} == {(HISTORY, "column-missing")}


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    root = small_root()
    root.row("parks", "lao-farm")["type"] = "farming"
    root.row("parks", "rayong-zone")["precision"] = "exact"
    root.row("rail", "lao-line")["gauge_mm"] = "wide"
    root.geometry["projects"]["nam-dam"] = point(200, 0)
    report = bri_map.validate(root.write(tmp_path))
    subjects = {(issue.id, issue.rule) for issue in report}
    assert subjects >= {
        ("lao-farm", "code"),
        ("rayong-zone", "code"),
        ("lao-line", "integer"),
        ("nam-dam", "geometry"),
    }


def test_the_line_of_a_row_counts_line_breaks_inside_cells(small: Root, tmp_path: Path) -> None:
    small.row("parks", "fiji-zone")["note"] = "one\ntwo\nthree"
    small.row("parks", "lao-farm")["type"] = "farming"
    issue = next(issue for issue in bri_map.validate(small.write(tmp_path)) if issue.rule == "code")
    assert (issue.id, issue.row) == ("lao-farm", 5)
    assert (tmp_path / issue.file).read_text("utf-8").splitlines()[4].startswith("lao-farm,")


def test_rows_need_not_be_sorted_nor_lines_end_one_way(small: Root, tmp_path: Path) -> None:
    small.tables["parks"].reverse()
    small.replaced["data/rail.csv"] = small.file("data/rail.csv").replace(b"\n", b"\r\n")
    catalog = bri_map.load(small.write(tmp_path))
    assert list(catalog.rows(Layer.PARKS)["id"]) == [
        "fiji-zone",
        "lao-farm",
        "rayong-zone",
    ]


def test_geometry_may_be_laid_out_in_any_way(small: Root, tmp_path: Path) -> None:
    document = json.loads(small.file("geo/parks.geojson"))
    small.replaced["geo/parks.geojson"] = json.dumps(document, indent=2).encode()
    root = small.write(tmp_path)
    assert len(bri_map.load(root)) == 11
    assert [(issue.file, issue.rule) for issue in bri_map.validate(root)] == [(PARKS, "format")]


def test_geometry_laid_out_otherwise_is_still_placed_by_its_line(small: Root, tmp_path: Path) -> None:
    document = json.loads(small.file("geo/parks.geojson"))
    document["features"][1]["geometry"]["coordinates"] = [500, 0]
    text = json.dumps(document, indent=1)
    small.replaced["geo/parks.geojson"] = text.encode()
    issue = next(issue for issue in bri_map.validate(small.write(tmp_path)) if issue.rule == "geometry")
    assert issue.id == "lao-farm"
    assert issue.row is None or "lao-farm" in text.splitlines()[issue.row - 1]


@pytest.mark.parametrize("part", ["data", "geo"])
def test_a_folder_that_is_no_data_root_is_refused(part: str, tmp_path: Path) -> None:
    (tmp_path / part).mkdir()
    for function in (bri_map.load, bri_map.validate):
        with pytest.raises(DataError, match="is not a data root"):
            function(tmp_path)
