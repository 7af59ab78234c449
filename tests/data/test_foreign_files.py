"""Files as spreadsheets, GPS receivers and drawing programs write them: read, or told how to mend them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

import bri_map
from bri_map.data.cells import country_guesses, date_guesses
from bri_map.data.root import DataRoot
from bri_map.data.staleness import stale_in
from bri_map.errors import DataError
from bri_map.exports.geojson import export_geojson
from bri_map.i18n import messages
from bri_map.i18n.sentences import said
from bri_map.report import Issue
from tests.builders import Root, point, small_root
from tests.data.test_faults import FAULTS, Fault

MARK = b"\xef\xbb\xbf"


def issues(root: Root, folder: Path) -> list[Issue]:
    """Validate a root."""
    return list(bri_map.validate(root.write(folder)))


def only(root: Root, folder: Path) -> Issue:
    """Validate a root that has one fault."""
    (issue,) = issues(root, folder)
    return issue


def formatted(folder: Path) -> None:
    """Write every file as it should be."""
    for file in stale_in(DataRoot(folder)):
        (folder / file.place).write_bytes(file.text.encode())


class TestByteOrderMark:
    @pytest.mark.parametrize("place", ["data/parks.csv", "geo/parks.geojson", "data/datapackage.json"])
    def test_it_is_read_and_taken_away(self, place: str, small: Root, tmp_path: Path) -> None:
        small.replaced[place] = MARK + small.file(place)
        issue = only(small, tmp_path)
        assert (issue.file, issue.row, issue.rule) in [(place, 1, "format"), (place, 1, "datapackage")]
        assert len(bri_map.load(tmp_path)) == 11
        formatted(tmp_path)
        assert not (tmp_path / place).read_bytes().startswith(MARK)
        assert bri_map.validate(tmp_path).ok


class TestSpreadsheet:
    def test_capitals_of_flags_are_told_once_and_written_small(self, small: Root, tmp_path: Path) -> None:
        for row in small.tables["parks"]:
            row["in_ey_2020"] = row["in_ey_2020"].upper()
        small.row("parks", "lao-farm")["is_operational"] = "True"
        small.tables["claims"].append(
            small.tables["claims"][-1]
            | {"feature_id": "lao-farm", "field": "is_operational", "value": "TRUE", "as_of": ""}
        )
        small.sort("claims")
        found = issues(small, tmp_path)
        assert [(i.file, i.rule) for i in found] == [
            ("data/claims.csv", "format"),
            ("data/parks.csv", "boolean"),
        ]
        assert "4 cells" in found[1].message
        formatted(tmp_path)
        assert "TRUE" not in (tmp_path / "data/parks.csv").read_text("utf-8")
        assert "TRUE" not in (tmp_path / "data/claims.csv").read_text("utf-8")
        assert bri_map.validate(tmp_path).ok

    @pytest.mark.parametrize(
        ("turned", "guesses"),
        [
            ("44197", ("2021-01-01",)),
            ("2021/1/1", ("2021-01-01",)),
            ("Jul-17", ("2017-07",)),
            ("Dec-98", ("1998-12",)),
            ("2021-07-01 00:00:00", ("2021-07-01",)),
            ("2021年7月", ("2021-07",)),
            ("2021年7月3日", ("2021-07-03",)),
            ("3/7/2021", ("2021-07-03", "2021-03-07")),
            ("30/7/2021", ("2021-07-30",)),
            ("12/2020", ("2020-12",)),
            ("2020-6", ("2020-06",)),
            ("soon", ()),
            ("2021-13", ()),
            ("9" * 5000, ()),
        ],
    )
    def test_dates_that_were_turned_are_guessed(self, turned: str, guesses: tuple[str, ...]) -> None:
        assert date_guesses(turned) == guesses

    def test_the_guess_stands_in_the_remedy(self, small: Root, tmp_path: Path) -> None:
        small.row("status_history", "nam-dam")["date"] = "44197"
        found = [issue for issue in issues(small, tmp_path) if issue.rule == "date"]
        assert [issue.remedy for issue in found] == [
            "It may have been 2021-01-01 before a spreadsheet turned it; write it so, and import the columns "
            "as text."
        ]

    def test_rows_of_commas_are_passed_over_and_dropped(self, small: Root, tmp_path: Path) -> None:
        body = small.file("data/parks.csv")
        commas = body.splitlines()[0].count(b",") * b"," + b"\n"
        small.replaced["data/parks.csv"] = body + 3 * commas
        issue = only(small, tmp_path)
        assert (issue.file, issue.row, issue.rule) == ("data/parks.csv", 5, "format")
        assert issue.message == "rows without a single value: 3."
        assert len(bri_map.load(tmp_path)) == 11
        formatted(tmp_path)
        assert (tmp_path / "data/parks.csv").read_bytes() == body


class TestGeometry:
    def only_remedy(self, root: Root, folder: Path) -> str:
        issue = only(root, folder)
        assert (issue.file, issue.rule, issue.id) == ("geo/parks.geojson", "geometry", "lao-farm")
        return issue.remedy

    def test_a_height_is_read_over_and_dropped(self, small: Root, tmp_path: Path) -> None:
        want = small.file("geo/parks.geojson")
        for geometry in small.geometry["parks"].values():
            geometry["coordinates"].append(171.5)
        issue = only(small, tmp_path)
        assert (issue.file, issue.rule) == ("geo/parks.geojson", "format")
        assert issue.message == "positions have a height, which the atlas does not keep: 3."
        assert not bri_map.load(tmp_path).geometry_of("lao-farm").has_z
        formatted(tmp_path)
        assert (tmp_path / "geo/parks.geojson").read_bytes() == want

    def test_metres_are_told_in_degrees(self, small: Root, tmp_path: Path) -> None:
        small.geometry["parks"]["lao-farm"] = point(11421379.87, 2037548.54)
        assert self.only_remedy(small, tmp_path) == (
            "These look like metres of EPSG:3857; in degrees they are 102.6 18."
        )

    def test_latitude_first_is_told_the_right_way_round(self, small: Root, tmp_path: Path) -> None:
        small.geometry["parks"]["lao-farm"] = point(18.0, 102.6)
        assert self.only_remedy(small, tmp_path) == "Write longitude first, then latitude: 102.6 18."

    @pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
    def test_for_an_area_a_point_inside_is_named(self, kind: str, small: Root, tmp_path: Path) -> None:
        ring: Any = [[[102.0, 17.0], [103.0, 17.0], [103.0, 18.0], [102.0, 18.0], [102.0, 17.0]]]
        coordinates = ring if kind == "Polygon" else [ring]
        small.geometry["parks"]["lao-farm"] = {"type": kind, "coordinates": coordinates}
        assert self.only_remedy(small, tmp_path) == (
            "Features of this layer are points; a point inside would be 102.5 17.5."
        )

    @pytest.mark.parametrize("coordinates", [[], [[]], [[[]]], "x", [[[1]]], [[[1, 2], [3, 4]]], {}, None])
    def test_an_area_that_is_none_is_still_told(self, coordinates: Any, small: Root, tmp_path: Path) -> None:
        small.geometry["parks"]["lao-farm"] = {"type": "Polygon", "coordinates": coordinates}
        assert self.only_remedy(small, tmp_path)


class TestWhatIsNoFile:
    @pytest.mark.parametrize("place", ["data/status_history.csv", "geo/parks.geojson"])
    def test_a_named_pipe_is_refused_instead_of_waited_for(
        self, place: str, small: Root, tmp_path: Path
    ) -> None:
        root = small.write(tmp_path)
        (root / place).unlink()
        os.mkfifo(root / place)
        (issue,) = (issue for issue in bri_map.validate(root) if issue.file == place)
        assert (issue.rule, issue.message) == ("file", "is no regular file.")

    def test_a_folder_is_told_too(self, small: Root, tmp_path: Path) -> None:
        root = small.write(tmp_path)
        (root / "data/parks.csv").unlink()
        (root / "data/parks.csv").mkdir()
        assert {i.rule for i in bri_map.validate(root) if i.file == "data/parks.csv"} == {"file"}


class TestWhatDiffers:
    """The rule `format` says in what a file differs from the one way."""

    def told(self, root: Root, folder: Path) -> str:
        issue = only(root, folder)
        assert issue.rule == "format"
        return issue.message

    def test_line_ends(self, small: Root, tmp_path: Path) -> None:
        small.replaced["data/rail.csv"] = small.file("data/rail.csv").replace(b"\n", b"\r\n")
        assert self.told(small, tmp_path) == "lines end with a carriage return."

    def test_order(self, small: Root, tmp_path: Path) -> None:
        small.tables["parks"].reverse()
        assert self.told(small, tmp_path) == "from this line on it is not sorted."

    def test_quotes(self, small: Root, tmp_path: Path) -> None:
        small.replaced["data/rail.csv"] = small.file("data/rail.csv").replace(b"Lao Line", b'"Lao Line"')
        assert self.told(small, tmp_path) == "from this line on cells are quoted otherwise than needed."

    def test_an_odd_blank(self, small: Root, tmp_path: Path) -> None:
        small.row("parks", "lao-farm")["note"] = "A\u00a0note."
        assert "U+00A0" in self.told(small, tmp_path)

    def test_a_missing_end(self, small: Root, tmp_path: Path) -> None:
        small.replaced["data/rail.csv"] = small.file("data/rail.csv").rstrip(b"\n")
        assert self.told(small, tmp_path) == "the last line does not end with a line break."

    def test_a_key_that_stands_twice(self, small: Root, tmp_path: Path) -> None:
        body, one = small.file("geo/parks.geojson"), b'"properties":{}'
        small.replaced["geo/parks.geojson"] = body.replace(one, one + b"," + one, 1)
        assert self.told(small, tmp_path) == "the key 'properties' stands twice in one object."

    def test_another_layout(self, small: Root, tmp_path: Path) -> None:
        document = json.loads(small.file("geo/parks.geojson"))
        small.replaced["geo/parks.geojson"] = (json.dumps(document) + "\n").encode()
        assert self.told(small, tmp_path) == "from this line on it says the same, laid out in another way."


class TestWords:
    def test_a_long_value_is_cut(self, small: Root, tmp_path: Path) -> None:
        small.row("parks", "lao-farm")["established_year"] = "9" * 5000
        assert len(only(small, tmp_path).message) < 150

    def test_letters_that_look_alike_are_named(self, small: Root, tmp_path: Path) -> None:
        small.row("parks", "lao-farm")["type"] = "\u0430gricultural"
        assert "U+0430" in only(small, tmp_path).message

    def test_an_open_quote_is_told_where_it_opens(self, small: Root, tmp_path: Path) -> None:
        body = small.file("data/claims.csv").splitlines(keepends=True)
        body[2] = body[2].replace(b"news-page", b'"news-page')
        body[6] = body[6].replace(b"news-page", b'"news"page')
        small.replaced["data/claims.csv"] = b"".join(body)
        found = [issue for issue in issues(small, tmp_path) if issue.rule == "csv"]
        assert [(issue.file, issue.row) for issue in found] == [("data/claims.csv", 3)]

    @pytest.mark.parametrize(
        ("name", "codes"),
        [
            ("Congo", ("COG",)),
            ("Kyrgyz Republic", ("KGZ",)),
            ("Viet Nam", ("VNM",)),
            ("lao pdr", ("LAO",)),
            ("nowhere", ()),
        ],
    )
    def test_a_country_may_be_guessed_by_its_name(self, name: str, codes: tuple[str, ...]) -> None:
        assert country_guesses(name) == codes

    def test_the_code_of_a_country_is_suggested(self, small: Root, tmp_path: Path) -> None:
        small.row("parks", "lao-farm")["countries"] = "Lao PDR"
        found = [issue for issue in issues(small, tmp_path) if issue.field == "countries"]
        assert [i.remedy for i in found] == ["Write the code of the country, perhaps LAO."]


class TestOtherLicences:
    @pytest.mark.parametrize(
        "licence",
        ["ODC-BY-1.0", "ODbL-1.0", "CC-BY-NC-4.0", "OGL-3.0", "GODL-India", "CC-BY-4.0 AND ODbL-1.0"],
    )
    def test_the_licence_of_other_data_can_be_written_and_is_exported(
        self, licence: str, small: Root, tmp_path: Path
    ) -> None:
        small.row("sources", "news-page")["licence"] = licence
        catalog = bri_map.load(small.write(tmp_path))
        cited = json.loads(export_geojson(catalog.select(bri_map.Filter()), catalog, evidence=True))[
            "sources"
        ]
        assert [source["licence"] for source in cited if source["id"] == "news-page"] == [licence]

    def test_a_part_that_is_no_licence_is_told(self, small: Root, tmp_path: Path) -> None:
        small.row("sources", "news-page")["licence"] = "CC-BY-4.0 AND mine"
        assert only(small, tmp_path).rule == "code"


class TestLanguages:
    """The page of faults is read in every language: what keeps a root from being used is said in each."""

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
    def test_what_keeps_a_root_from_being_used_is_said_in_chinese(self, fault: Fault, tmp_path: Path) -> None:
        root = small_root()
        fault.plant(root)
        with pytest.raises(DataError) as caught:
            bri_map.load(root.write(tmp_path))
        issues = list(caught.value.report or ())
        for sentence in [text for issue in issues for text in (issue.message, issue.remedy)] or [
            caught.value.message
        ]:
            chinese = said(sentence, messages("zh"))
            assert chinese != sentence
            assert re.search("[\u4e00-\u9fff]", chinese)
