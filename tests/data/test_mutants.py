"""Plant faults in copies of the shipped data: each is reported at its row, and no other row is.

Reading everything takes seconds, so a copy takes as many faults as do not touch each other.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import bri_map
from bri_map.domain.tables import TABLE
from tests.conftest import ROOT

Row = dict[str, str]
Spot = tuple[str, int | None]


class Taken(Exception):  # noqa: N818 - a way out, not an error
    """What should be spoilt is spoilt already."""


class Copy:
    """A copy of the shipped data root whose files can be spoilt.

    Every method that spoils something gives the place where it then stands: file and line. It raises `Taken`
    where something there, or about the same thing, is spoilt already.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._taken: set[Hashable] = set()
        shutil.copytree(ROOT / "data", folder / "data")
        (folder / "geo").mkdir()
        for path in (ROOT / "geo").glob("*.*"):
            shutil.copy(path, folder / "geo" / path.name)

    def take(self, *things: Hashable) -> None:
        """Take places or things for a fault."""
        if not self._taken.isdisjoint(things):
            raise Taken
        self._taken.update(things)

    def _take_row(self, table: str, rows: list[Row], is_meant: Callable[[Row], bool]) -> int:
        for number, row in enumerate(rows):
            things = (table, number), *_things(table, row)
            if is_meant(row) and self._taken.isdisjoint(things):
                self.take(*things)
                return number
        raise Taken

    def rows(self, table: str) -> list[Row]:
        """Read a table."""
        with (self.folder / TABLE[table].path).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def write(self, table: str, rows: list[Row]) -> None:
        """Write a table as it is written."""
        stream = io.StringIO()
        writer = csv.DictWriter(stream, TABLE[table].column_names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (self.folder / TABLE[table].path).write_text(stream.getvalue(), "utf-8")

    def change(self, table: str, is_meant: Callable[[Row], bool], **values: str) -> Spot:
        """Write cells of the first row that is meant; the row stays where it is."""
        rows = self.rows(table)
        number = self._take_row(table, rows, is_meant)
        assert {name: rows[number][name] for name in values} != values
        rows[number] |= values
        self.write(table, rows)
        return TABLE[table].path, number + 2

    def twice(self, table: str, is_meant: Callable[[Row], bool]) -> Spot:
        """Write the first row that is meant a second time below itself."""
        rows = self.rows(table)
        self.take(*((table, i) for i in range(len(rows))))
        number = next(i for i, row in enumerate(rows) if is_meant(row))
        self.take(*_things(table, rows[number]))
        rows.insert(number + 1, dict(rows[number]))
        self.write(table, rows)
        baseline = self.rows("baseline")
        for row in baseline:
            if row["id"] == table:
                row["rows"] = str(len(rows))
        self.write("baseline", baseline)
        return TABLE[table].path, number + 3

    def text(self, place: str, line: int, spoil: Callable[[str], str]) -> Spot:
        """Spoil one line of a file."""
        path = self.folder / place
        lines = path.read_text("utf-8").split("\n")
        spoilt = spoil(lines[line - 1])
        self.take((place, line))
        assert spoilt != lines[line - 1]
        lines[line - 1] = spoilt
        path.write_bytes("\n".join(lines).encode())
        return place, line

    def geometry(self, layer: str, feature_id: str, spoil: Callable[[Any], Any]) -> Spot:
        """Spoil the geometry of a feature."""
        self.take(feature_id)
        place = f"geo/{layer}.geojson"
        lines = (self.folder / place).read_text("utf-8").split("\n")
        line = next(i for i, text in enumerate(lines, 1) if f'"id":"{feature_id}"' in text)

        def rewrite(text: str) -> str:
            feature = json.loads(text.removesuffix(","))
            feature["geometry"] = spoil(feature["geometry"])
            end = "," if text.endswith(",") else ""
            return json.dumps(feature, ensure_ascii=False, separators=(",", ":")) + end

        return self.text(place, line, rewrite)


def _things(table: str, row: Row) -> list[str]:
    """Give the ids of what a row is about, so that two faults of one thing are not mixed up."""
    names = [TABLE[table].key[0], *(name for name in ("feature_id", "id", "iso3") if name in row)]
    return list(dict.fromkeys(row[name] for name in names))


def of(**wanted: str) -> Callable[[Row], bool]:
    """Mean a row by its cells."""
    return lambda row: all(row[name] == value for name, value in wanted.items())


def filled(*names: str) -> Callable[[Row], bool]:
    """Mean a row by what is not empty in it."""
    return lambda row: all(row[name] for name in names)


@dataclass(frozen=True)
class Mutant:
    """A way to spoil the data.

    Attributes:
        rule: The rule that must find it.
        spoil: Spoils a copy.
        is_alone: Whether its copy has no other fault: its rule looks at more than one row.
    """

    rule: str
    spoil: Callable[[Copy], Spot]
    is_alone: bool = False


def cells(
    rule: str, table: str, is_meant: Callable[[Row], bool], is_alone: bool = False, **values: str
) -> Mutant:
    """Spoil cells of a table."""
    return Mutant(rule, lambda copy: copy.change(table, is_meant, **values), is_alone)


PARK, DAM, LINE = "saysettha-development-zone", "karot-hydropower", "china-laos-railway"
MUTANTS = (
    # parks
    cells("code", "parks", filled("id"), type="farming"),
    cells("required", "parks", filled("id"), name=""),
    cells("boolean", "parks", filled("id"), in_ey_2020="yes"),
    cells("number", "parks", filled("area_km2"), area_km2="1,5"),
    cells("claim-mismatch", "parks", filled("area_km2"), area_km2="0.01"),
    cells("integer", "parks", filled("established_year"), established_year="20133"),
    cells("ey-match", "parks", filled("ey_match"), ey_match=""),
    cells("text-trim", "parks", filled("note"), note="A note "),
    cells("text-formula", "parks", filled("note"), note='=HYPERLINK("https://example.org")'),
    cells("text-blank", "parks", filled("note"), note="A  note"),
    cells("precision", "parks", of(precision="town"), precision="schematic"),
    cells("reference", "parks", filled("id"), countries="XXX"),
    cells("claim-mismatch", "parks", filled("id"), name="Another Development Zone"),
    cells("texts", "parks", filled("main_industries"), main_industries="rice;;maize"),
    cells("code", "parks", filled("id"), record="shown"),
    cells("reference", "parks", filled("id"), ey_alternatives="no-such-park"),
    # projects
    cells("code", "projects", filled("id"), sector="energy"),
    cells("code", "projects", filled("id"), green_rating="amber"),
    cells("claim-mismatch", "projects", filled("locality"), locality="Elsewhere"),
    cells("claim-mismatch", "projects", of(id=DAM), countries="IND"),
    cells("text-mojibake", "projects", filled("id"), note="CafÃ©"),
    cells("text-language", "projects", filled("id"), name_zh="Karot"),
    # rail and corridors
    cells("claim-mismatch", "rail", of(id=LINE), length_km="10350"),
    cells("integer", "rail", of(id=LINE), gauge_mm="14355"),
    cells("boolean", "rail", of(id=LINE), is_electrified="maybe"),
    cells("length", "rail", filled("length_note"), length_note=""),
    cells("integer", "corridors", filled("announced_year"), announced_year="MMXIII"),
    cells("ids", "corridors", filled("countries"), countries="CHN;CHN"),
    # countries and sources
    cells("code", "countries", of(iso3="LAO"), region="asia"),
    cells("url", "countries", of(iso3="LAO"), source_url="ftp://example.org"),
    cells("date", "countries", of(iso3="LAO"), bri_mou_date="2018-13"),
    cells("url", "sources", filled("url"), url="www.example.org/page one"),
    cells("text", "sources", filled("url"), language="English"),
    cells("code", "sources", filled("url"), licence="free"),
    cells("date-future", "sources", filled("accessed"), accessed="2030-01-01"),
    cells("source-told", "sources", of(id="ey-2020"), title="", url=""),
    # claims
    cells("claim-field", "claims", of(field="area_km2"), field="area"),
    cells("claim-value", "claims", of(field="area_km2"), value="large"),
    cells("reference", "claims", of(field="locality"), source_id="no-such-page"),
    cells("code", "claims", of(field="locality"), basis="sure"),
    cells("boolean", "claims", of(field="locality"), is_preferred="yes"),
    cells("date-future", "claims", lambda row: row["as_of"] == "2025", as_of="2031"),
    cells("reference", "claims", of(field="summary"), feature_id="no-such-feature"),
    Mutant("duplicate", lambda copy: copy.twice("claims", of(field="summary"))),
    # histories
    cells("date", "status_history", filled("date"), date="2021-13"),
    cells("code", "status_history", of(mark="opened"), mark="inaugurated"),
    cells("history-status", "status_history", of(mark="announced"), status="cancelled"),
    cells("required", "status_history", of(mark="opened"), event=""),
    cells("reference", "status_history", of(mark="opened"), source_id="no-such-page"),
    cells("date-future", "status_history", lambda row: row["date"].startswith("2026"), date="2027"),
    # other facts
    cells("text", "costs", of(currency="USD"), currency="US$"),
    cells("number", "costs", of(currency="USD"), amount_million="1.2bn"),
    cells("code", "costs", of(cost_kind="loan"), cost_kind="credit"),
    cells("integer", "costs", filled("year"), year="3000"),
    cells("number", "measures", of(measure="capacity"), value="about 5"),
    cells("required", "measures", of(measure="capacity"), unit=""),
    cells("reference", "organisations", filled("country"), country="XXX"),
    cells("code", "feature_organisations", of(role="contractor"), role="builder"),
    cells("reference", "feature_organisations", of(role="owner"), organisation_id="no-such-firm"),
    cells("text", "names", of(language="zh"), language="Chinese"),
    cells("code", "names", of(name_kind="former"), name_kind="old"),
    cells("reference", "relations", filled("other_id"), other_id="no-such-feature"),
    cells("code", "relations", of(relation="part-of"), relation="inside"),
    cells(
        "corridor-member",
        "corridor_members",
        of(membership_rule="near-line"),
        is_alone=True,
        distance_km="99",
    ),
    # documents
    cells("coverage", "source_coverage", of(target_table="projects"), target_id="no-such-project"),
    cells("coverage", "source_coverage", of(no_feature="not-a-place"), no_feature=""),
    cells("geometry-half", "localities", of(id="beijing"), lat=""),
    cells("geometry-outside", "localities", of(id="beijing"), lon="39.9", lat="89"),
    cells("date-order", "events", filled("end_date"), end_date="1999"),
    cells("code", "events", of(category="trade"), category="commerce"),
    cells("indicator-area", "indicators", of(area="VNM"), area="VIE"),
    cells("reference", "indicators", of(area="VNM"), indicator="no-such-indicator"),
    cells("number", "distributions", filled("value"), value="n/a"),
    cells("code", "inconsistencies", of(certainty="likely"), certainty="perhaps"),
    # waypoints and geometry
    cells("waypoint-order", "waypoints", of(feature_id=LINE, seq="3"), seq="33"),
    cells("number", "waypoints", of(feature_id=LINE, seq="3"), lon="east"),
    cells("geometry-outside", "waypoints", of(feature_id=LINE, seq="3"), lon="20.5"),
    cells("code", "waypoints", of(feature_id=LINE, seq="3"), kind="halt"),
    cells("waypoint-country", "waypoints", of(feature_id=LINE, seq="3"), country=""),
    Mutant("geometry", lambda c: c.geometry("parks", PARK, lambda g: {**g, "coordinates": [200, 0]})),
    Mutant("geometry", lambda c: c.geometry("parks", PARK, lambda g: {**g, "type": "MultiPoint"})),
    Mutant(
        "geometry-swapped",
        lambda c: c.geometry("projects", DAM, lambda g: {**g, "coordinates": g["coordinates"][::-1]}),
    ),
    Mutant("geometry-zero", lambda c: c.geometry("parks", PARK, lambda g: {**g, "coordinates": [0, 0]})),
    Mutant(
        "geometry-decimals",
        lambda c: c.geometry("parks", PARK, lambda g: {**g, "coordinates": [102.71234567, 18.0412345678]}),
    ),
    Mutant(
        "route-stale",
        lambda c: c.geometry(
            "rail", LINE, lambda g: {**g, "coordinates": [[[102.7, 25.0], *g["coordinates"][0][1:]]]}
        ),
        is_alone=True,
    ),
    # files
    Mutant(
        "format",
        lambda c: c.text("data/countries.csv", 2, lambda text: text.replace("AFG", '"AFG"', 1)),
        is_alone=True,
    ),
    Mutant("json", lambda c: c.text("geo/parks.geojson", 3, lambda text: text[:40])),
    Mutant("row-width", lambda c: c.text("data/names.csv", 9, lambda text: text + ",more")),
)


@dataclass(frozen=True)
class Finding:
    """What the validator said of a copy.

    Attributes:
        rules: Rules by place.
        said: All of it as text.
        planted: Where faults were planted.
    """

    rules: dict[Spot, set[str]]
    said: str
    planted: set[Spot]


@pytest.fixture(scope="module")
def spots(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Copy, Spot]]:
    """Every mutant's copy, and its place in it."""
    copies: list[Copy] = []
    found: dict[int, tuple[Copy, Spot]] = {}
    for number, mutant in enumerate(MUTANTS):
        if mutant.is_alone or not any(_plant(mutant, number, copy, found) for copy in copies):
            copy = Copy(tmp_path_factory.mktemp("copy"))
            assert _plant(mutant, number, copy, found), "a copy without faults takes any"
            if not mutant.is_alone:
                copies.append(copy)
    return found


def _plant(mutant: Mutant, number: int, copy: Copy, found: dict[int, tuple[Copy, Spot]]) -> bool:
    try:
        found[number] = copy, mutant.spoil(copy)
    except Taken:
        return False
    return True


@pytest.fixture(scope="module")
def findings(spots: dict[int, tuple[Copy, Spot]]) -> dict[Copy, Finding]:
    """What is said of each copy."""
    found: dict[Copy, Finding] = {}
    for copy in dict.fromkeys(copy for copy, _ in spots.values()):
        report = bri_map.validate(copy.folder)
        rules: dict[Spot, set[str]] = {}
        for issue in report:
            rules.setdefault((issue.file, issue.row), set()).add(issue.rule)
        planted = {spot for other, spot in spots.values() if other is copy}
        found[copy] = Finding(rules, "\n".join(map(str, report)), planted)
    return found


def test_there_are_enough() -> None:
    assert len(MUTANTS) >= 60


@pytest.mark.parametrize("number", range(len(MUTANTS)), ids=lambda i: f"{i}-{MUTANTS[i].rule}")
def test_it_is_found_at_its_row(
    number: int, spots: dict[int, tuple[Copy, Spot]], findings: dict[Copy, Finding]
) -> None:
    copy, spot = spots[number]
    assert MUTANTS[number].rule in findings[copy].rules.get(spot, ()), findings[copy].said


def test_nothing_is_found_anywhere_else(findings: dict[Copy, Finding]) -> None:
    for found in findings.values():
        assert set(found.rules) == found.planted, found.said


def test_a_copy_itself_has_no_fault(tmp_path: Path) -> None:
    assert [str(issue) for issue in bri_map.validate(Copy(tmp_path).folder)] == []
