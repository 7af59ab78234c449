"""Long files are read all at once, with the same rows and the same faults as row by row."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

import bri_map
from bri_map.data import csv_blocks, geometry, point_lines
from bri_map.data.csv_blocks import read_blocks
from bri_map.data.files import RootFiles
from bri_map.data.geometry import GeometryFile, read_geometry
from bri_map.data.tables import TableRows, read_table
from bri_map.domain.fact_tables import RETIRED
from bri_map.domain.vocabulary import Layer
from bri_map.errors import DataError
from bri_map.report import Report
from tests.builders import small_root
from tests.data.test_faults import FAULTS, Fault

_NEVER = 10**8
_HEADER = ",".join(RETIRED.column_names)
_LINES = st.lists(
    st.text(st.sampled_from('ab1-,,,,"\r\n\x00 é中\x85\u2028'), max_size=14)
    | st.sampled_from(
        [
            "a-park,parks,2020,Why,",
            'b-park,parks,2021-05,"Why, and how",a-park',
            'c-park,parks,2022,"He said ""no"".",',
            "a-park,parks,2020,Why,",
            ",,,,",
            "",
            "Ä,parks,2020-13,,x",
            '"two\nlines",parks,2020,Why,',
        ]
    ),
    max_size=8,
)


def read_rows(raw: bytes, block: int) -> tuple[TableRows, Report]:
    """Read a table of retired ids in blocks of some bytes."""
    report = Report()
    files = RootFiles(Path(), keeps=True, _kept={RETIRED.path: raw})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "BLOCK", block)
        return read_table(files, RETIRED, report), report


@given(
    _LINES,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.booleans(),
    st.integers(1, 60),
)
@example(["a-park,parks,2020,Why," + "x" * 140_000], "\n", b"", True, 1)
def test_blocks_of_a_table_give_what_its_rows_give(
    lines: list[str], end: str, mark: bytes, is_ended: bool, block: int
) -> None:
    raw = mark + (end.join([_HEADER, *lines]) + end * is_ended).encode()
    found, told = read_rows(raw, block)
    wanted, said = read_rows(raw, _NEVER)
    pd.testing.assert_frame_equal(found.frame, wanted.frame)
    assert (found.lost, found.is_complete, found.missing) == (wanted.lost, wanted.is_complete, wanted.missing)
    assert told.issues == said.issues


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    raw = _HEADER.encode() + b"\na-park,parks,2020,Why,\nb-park,parks,2020,\xff,\n"
    assert read_rows(raw, 8)[1].issues == read_rows(raw, _NEVER)[1].issues != []


def test_quotation_marks_empty_lines_and_empty_rows_are_read_in_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(csv_blocks, "BLOCK", 1)
    body = 'a,b\r\n1,"x, y"\r\n\r\n,\r\n"say ""so""",2\r\n中,\r\n'
    found = read_blocks(io.BytesIO(body.encode()))
    assert found is not None
    assert found.cells.to_pydict() == {"0": ["1", 'say "so"', "中"], "1": ["x, y", "2", ""]}
    assert found.lines.tolist() == [2, 5, 6]


@pytest.mark.parametrize(
    "body", ['a,b\n1,"x\ny"\n', "a,b\n1,2,3\n", 'a,b\n1,"x"y\n', "a,a\n1,2\n", "", "a,b\n"]
)
def test_what_needs_a_closer_look_is_left_to_be_read_row_by_row(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_blocks, "BLOCK", 1)
    assert read_blocks(io.BytesIO(body.encode())) is None


def point(feature_id: str, coordinates: str, rest: str = '"properties":{}') -> str:
    """Write a point as a line of a geometry file."""
    shape = f'{{"type":"Point","coordinates":{coordinates}}}'
    return f'{{"type":"Feature","id":{json.dumps(feature_id)},"geometry":{shape},{rest}}}'


_PLAIN = [point(f"park-{number}", f"[{number}.25,-{number}]") for number in range(1, 5)]


def read_lines(raw: bytes, long: int) -> tuple[GeometryFile, Report]:
    """Read a geometry file of parks, all points at once if it has so many bytes."""
    report = Report()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(point_lines, "LONG", long)
        patch.setattr(RootFiles, "opened", lambda *_: io.BytesIO(raw))
        return read_geometry(RootFiles(Path()), "geo/parks.geojson", Layer.PARKS, report), report


def document(lines: list[str], end: str = "\n") -> bytes:
    """Write a file with a feature a line."""
    head = '{"type":"FeatureCollection","features":['
    return (head + end + f",{end}".join(lines) + end + "]}" + end).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "line",
    [
        point("line-1", "[100,10]"),
        point("zero", "[0,-0]"),
        point("minus", "[-0.0,0.5]"),
        point("outside", "[181,10]"),
        point("swapped", "[10.5,100.5]"),
        point("leading", "[01,10]"),
        point("power", "[1e2,1]"),
        point("long", "[1.12345678901234567,1]"),
        point("longest", "[1.123456789012345678901234567890,1]"),
        point("height", "[1,2,3]"),
        point("properties", "[1,2]", '"properties":{"a":1}'),
        point("Größe", "[1,2]"),
        point("park-1", "[1,2]"),
        '{"type":"Feature","id":"nowhere","geometry":null,"properties":{}}',
        '{"type":"Feature","id":"way","geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]},"properties":{}}',
        '{"type":"Feature","id":7,"geometry":null,"properties":{}}',
        '{"type":"Feature"',
        '{"type":"Feature","id":"\\ud800","geometry":null,"properties":{}}',
        "",
        "  " + point("indented", "[1,2]"),
        point("comma", "[1,2]") + ",",
        point("next\u2028line", "[1,2]"),
        "[]",
    ],
)
@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_points_read_at_once_are_those_read_one_by_one(line: str, place: int, end: str) -> None:
    raw = document([*_PLAIN[:place], line, *_PLAIN[place:]], end)
    found, told = read_lines(raw, 0)
    wanted, said = read_lines(raw, _NEVER)
    assert told.issues == said.issues
    assert list(found.shapes.index) == list(wanted.shapes.index)
    assert [*shapely.to_wkb(found.shapes.to_numpy())] == [*shapely.to_wkb(wanted.shapes.to_numpy())]
    assert found.lines.tolist() == wanted.lines.tolist()
    assert (found.lost, found.is_complete) == (wanted.lost, wanted.is_complete)


def test_plain_points_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(geometry._Reading, "_take", lambda _, row, feature: seen.append(row))
    found, _ = read_lines(document(_PLAIN), 0)
    assert seen == [5]  # the last one, whose line has no comma
    assert list(found.shapes.index) == ["park-1", "park-2", "park-3"]


@pytest.mark.parametrize("fault", tuple({f.rule: f for f in FAULTS}.values()), ids=lambda fault: fault.rule)
def test_a_fault_in_a_long_file_is_told_as_in_a_short_one(
    fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_root()
    fault.plant(root)
    folder = root.write(tmp_path)
    told = []
    for size in (1, _NEVER):
        monkeypatch.setattr(csv_blocks, "BLOCK", size)
        monkeypatch.setattr(point_lines, "LONG", size)
        try:
            bri_map.load(folder)
            told.append([])
        except DataError as error:
            told.append([*map(str, error.report or ())] or [str(error)])
    assert told[0] == told[1]


def test_a_table_out_of_order_has_its_rows_twice_told(tmp_path: Path) -> None:
    body = "b-park,parks,2020,Why,\na-park,parks,2020,Why,\nb-park,parks,2021,Again,\n"
    _, report = read_rows(f"{_HEADER}\n{body}".encode(), _NEVER)
    assert [(issue.rule, issue.row, issue.id) for issue in report] == [("duplicate", 4, "b-park")]
