"""The command line: what it writes, what it refuses, and with which exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import bri_map
from bri_map import cli
from bri_map.catalog import Catalog
from bri_map.cli import common, editing
from bri_map.data.root import ENVIRONMENT_VARIABLE
from bri_map.domain.facets import FACETS, NONE
from bri_map.domain.filter import FILTER_NAMES, Filter
from bri_map.domain.layers import LAYERS
from bri_map.domain.vocabulary import Layer
from bri_map.exports import WRITTEN
from bri_map.exports.geojson import export_geojson
from tests.builders import Root, point, small_root
from tests.conftest import ROOT

Run = Callable[..., Result]
COMMANDS = (
    "serve",
    "search",
    "resolve",
    "due",
    "intake",
    "accept",
    "sources",
    "export",
    "stats",
    "show",
    "reconcile",
    "validate",
    "format",
    "init",
    "diff",
    "dictionary",
)


@pytest.fixture
def run(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the small data root, or on the folder given as `root`."""

    def invoke(*words: str, root: Path = small_folder) -> Result:
        monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(root))
        result = CliRunner().invoke(cli.main, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def ids(result: Result) -> list[str]:
    """Give the ids of the features on standard output."""
    return [feature["id"] for feature in json.loads(result.stdout)["features"]]


def command(name: str) -> click.Command:
    """Give a command by its name."""
    found = cli.main.get_command(click.Context(cli.main), name)
    assert found is not None
    return found


def parameters() -> Iterator[tuple[str, click.Parameter]]:
    """Give every parameter of every command."""
    for name, one in {"bri-map": cli.main, **{name: command(name) for name in COMMANDS}}.items():
        for parameter in one.params:
            yield name, parameter


def option(name: str) -> str:
    """Give the option for a part of a filter."""
    return f"--{name.replace('_', '-')}"


class TestHelp:
    def test_the_commands_are_those_promised(self) -> None:
        assert set(cli.main.list_commands(click.Context(cli.main))) == set(COMMANDS)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_says_what_it_does_and_how_it_ends(self, name: str, run: Run) -> None:
        result = run(name, "--help")
        assert result.exit_code == 0
        said = " ".join(result.stdout.split())
        assert " ".join((command(name).help or "").split()) in said
        assert (command(name).help or "").strip().endswith(".")
        assert "Exit codes: 0 done; 1 faults found or no such feature; 2 wrong use" in said

    @pytest.mark.parametrize(("name", "parameter"), tuple(parameters()), ids=lambda x: getattr(x, "name", x))
    def test_every_option_has_a_help_text(self, name: str, parameter: click.Parameter) -> None:
        if isinstance(parameter, click.Argument):
            known = ("ID", "SCHEME:ID", "OLD", "NEW", "TEXT", "DIR", "FILE")
            assert parameter.make_metavar(click.Context(cli.main)) in known
        else:
            assert isinstance(parameter, click.Option)
            assert (parameter.help or "").endswith("."), f"{name} {parameter.opts}"

    @pytest.mark.parametrize("name", ["export", "stats"])
    def test_every_facet_is_an_option(self, name: str) -> None:
        options = {opt for parameter in command(name).params for opt in parameter.opts}
        assert {option(facet) for facet in FACETS} | {"--q"} <= options

    @pytest.mark.parametrize("name", ["export", "stats"])
    def test_time_and_place_are_options(self, name: str) -> None:
        options = {opt for parameter in command(name).params for opt in parameter.opts}
        options |= {opt for parameter in command(name).params for opt in parameter.secondary_opts}
        assert {option(name) for name in FILTER_NAMES} | {"--no-undated"} <= options

    @pytest.mark.parametrize("name", COMMANDS)
    def test_the_readme_names_every_command(self, name: str) -> None:
        text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "data" / "README.md").read_text("utf-8")
        assert f"bri-map {name}" in text

    def test_the_readme_gives_the_same_exit_codes(self) -> None:
        text = (ROOT / "README.md").read_text("utf-8")
        for code, meaning in {
            0: "done",
            common.EXIT_FAULTS: "faults found, or no such feature",
            common.EXIT_USAGE: "wrong use, such as an unknown option or code",
            common.EXIT_DATA: "the data root cannot be used",
            common.EXIT_WRITE: "a file cannot be written",
        }.items():
            assert f"| {code} | {meaning} |" in text

    def test_the_version_is_told(self, run: Run) -> None:
        assert run("--version").stdout == f"bri-map, version {bri_map.__version__}\n"


class TestSearch:
    def test_text_is_grouped_and_names_kind_country_and_status(self, run: Run) -> None:
        assert run("search", "lao", "line").stdout.splitlines() == [
            "Rail routes",
            "  lao-line  Lao Line  [Conventional; China, Laos; Completed]",
        ]

    def test_the_name_that_was_met_is_told(self, run: Run) -> None:
        assert "lao-line  Lao Line (Boten Line)  [" in run("search", "boten").stdout

    def test_what_may_have_been_meant_is_told_first(self, run: Run) -> None:
        said = run("search", "khorgsos").stdout.splitlines()
        assert said[0] == "Did you mean “khorgos”?"
        assert said[3].startswith("  khorgos-hub  Khorgos Hub  [")

    def test_chinese(self, run: Run) -> None:
        said = run("search", "--lang", "zh", "nan", "ba").stdout.splitlines()
        assert said[:2] == ["合作项目", "  nam-dam  南坝  [能源与公用事业; 老挝; 已暂停]"]

    def test_nothing_found_is_told(self, run: Run) -> None:
        result = run("search", "qqqqqqq")
        assert (result.exit_code, result.stdout) == (0, "Nothing found for “qqqqqqq”.\n")

    def test_json_has_the_ranking_of_the_library(self, run: Run, small_catalog: Catalog) -> None:
        document = json.loads(run("search", "--json", "--limit", "5", "lao").stdout)
        found = [hit["id"] for group in document["groups"] for hit in group["results"]]
        hits = small_catalog.search("lao", 5).groups()
        assert found == [hit.id for group in hits.values() for hit in group]
        assert found[0] == "LAO"
        assert document["did_you_mean"] is None

    @pytest.mark.parametrize("words", [[], ["--limit", "0", "x"], ["--limit", "51", "x"], ["x" * 201]])
    def test_wrong_use_ends_with_2(self, words: list[str], run: Run) -> None:
        assert run("search", *words).exit_code == 2


class TestExport:
    def test_a_file_and_standard_output_get_the_same_bytes(
        self, run: Run, small_catalog: Catalog, tmp_path: Path
    ) -> None:
        expected = export_geojson(small_catalog.select(Filter(layer={"parks"})), small_catalog)
        output = tmp_path / "parks.geojson"
        written = run("export", "--layer", "parks", "-o", str(output))
        assert (written.exit_code, written.stdout_bytes) == (0, b"")
        assert output.read_bytes() == expected
        assert run("export", "--layer", "parks", "-o", "-").stdout_bytes == expected
        assert run("export", "--layer", "parks").stdout_bytes == expected

    @pytest.mark.parametrize("layer", Layer)
    def test_a_layer_gives_the_bytes_of_the_download(
        self, layer: Layer, run: Run, small_catalog: Catalog
    ) -> None:
        """The app exports one layer of an unfiltered selection; the command asks for the layer by filter."""
        download = export_geojson(small_catalog.select(Filter()), small_catalog, (layer,))
        assert run("export", "--layer", layer).stdout_bytes == download

    @pytest.mark.parametrize("name", WRITTEN)
    def test_every_format_gives_the_bytes_of_its_exporter(
        self, name: str, run: Run, small_catalog: Catalog
    ) -> None:
        selection = small_catalog.select(Filter(country={"LAO"}))
        written = WRITTEN[name].write(selection, small_catalog, tuple(Layer))
        result = run("export", "--country", "LAO", "--format", name)
        assert result.exit_code == 0
        assert result.stdout_bytes == b"".join(written)

    def test_all_is_every_layer(self, run: Run, small_catalog: Catalog) -> None:
        everything = export_geojson(small_catalog.select(Filter()), small_catalog)
        assert run("export", "--layer", "all").stdout_bytes == everything
        assert run("export").stdout_bytes == everything

    def test_all_beside_a_layer_is_still_every_layer(self, run: Run, small_catalog: Catalog) -> None:
        assert ids(run("export", "--layer", "all", "--layer", "parks")) == list(small_catalog.ids)

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            (["--layer", "parks", "--type", "agricultural", "--country", "LAO"], ["lao-farm"]),
            (["--layer", "parks", "--country", "lao"], ["lao-farm"]),
            (["--layer", "parks", "--country", "LAO,THA"], ["lao-farm", "rayong-zone"]),
            (["--layer", "parks", "--country", "LAO", "--country", "THA"], ["lao-farm", "rayong-zone"]),
            (["--layer", "rail,parks", "--region", "southeast-asia", "--status", "under-construction"],
             ["thai-express", "rayong-zone"]),
            (["--corridor", "southern-corridor", "--sector", "ict"],
             ["mekong-cable"]),
            (["--corridor", "southern-corridor", "--sector", "ict", "--layer", "all"],
             ["southern-corridor", "lao-line", "mekong-cable", "lao-farm"]),
            (["--cost", "100..", "--contractor", "none"], ["nam-dam"]),
            (["--cost", "100..", "--owner", "none", "--status", "cancelled"], []),
            (["--cost", "500000 million US$–100", "--contractor", "none"], ["nam-dam"]),
            (["--precision", "country"], ["khorgos-hub"]),
            (["--source", "ey-2020"], ["lao-farm", "rayong-zone"]),
            (["--q", "ZONE  thai"], ["rayong-zone"]),
            (["--q", "老挝 农场"], ["lao-farm"]),
            (["--status", "cancelled", "--layer", "rail"], []),
        ],
    )  # fmt: skip
    def test_filters(self, options: list[str], expected: list[str], run: Run) -> None:
        result = run("export", *options)
        assert result.exit_code == 0
        assert ids(result) == expected

    def test_a_file_that_cannot_be_written_is_told(self, run: Run, tmp_path: Path) -> None:
        output = tmp_path / "no-such-folder" / "parks.geojson"
        result = run("export", "-o", str(output))
        assert result.exit_code == 4
        assert str(output) in result.stderr
        assert "Choose another file." in result.stderr

    def test_a_folder_is_no_output(self, run: Run, tmp_path: Path) -> None:
        assert run("export", "-o", str(tmp_path)).exit_code == 2


class TestWrongUse:
    @pytest.mark.parametrize("command", ["export", "stats"])
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--layer", "park"], "Unknown layer 'park'. Did you mean 'parks'?"),
            (["--type", "agriculture"], "Did you mean 'agricultural'?"),
            (["--status", "complete"], "Did you mean 'completed'?"),
            (["--country", "LAOS"], "Unknown country 'LAOS'. Did you mean 'LAO'?"),
            (["--corridor", "southern"], "Did you mean 'southern-corridor'?"),
            (["--source", "ey-2021"], "Did you mean 'ey-2020'?"),
            (["--precision", "zzz"], "Known: country, district, schematic, site, town."),
            (["--q", "x" * 201], "q is longer than 200 characters. Shorten it."),
            (["--cost", "5 km..7 km"], "cost: '5 km' is no number. Give it as in 100..500, without unit."),
            (["--begun", "2017-02-30"], "begun: '2017-02-30' is no date. Give it as in 2013..2017-06."),
            (["--disputed", "area"], "Unknown disputed 'area'. Did you mean 'area_km2'?"),
            (["--country", "LAO," * 1000 + "XXX"], "Unknown country 'XXX'."),
            (["--colour", "red"], "No such option"),
        ],
    )
    def test_a_wrong_code_or_option_is_told_with_a_suggestion(
        self, command: str, options: list[str], said: str, run: Run
    ) -> None:
        result = run(command, *options)
        assert result.exit_code == 2
        assert said in " ".join(result.stderr.split())
        assert result.stdout == ""

    @pytest.mark.parametrize(
        "words", [["nonsense"], ["serve", "--port", "0"], ["serve", "--port", "x"], ["show"]]
    )
    def test_wrong_words_end_with_2(self, words: list[str], run: Run) -> None:
        assert run(*words).exit_code == 2


class TestStats:
    @pytest.mark.parametrize("options", [[], ["--layer", "parks"], ["--country", "LAO", "--q", "a"]])
    def test_json_is_what_the_facets_say(self, options: list[str], run: Run, small_catalog: Catalog) -> None:
        exported = json.loads(run("export", *options).stdout)
        statistics = json.loads(run("stats", *options, "--json").stdout)
        assert statistics["count"] == exported["feature_count"] == len(exported["features"])
        assert statistics["total"] == len(small_catalog)
        assert statistics["filter"] == exported["filter"]
        for facet, name in {"layer": "layer", "type": "type", "status": "status", "sector": "sector"}.items():
            values = [feature["properties"].get(name) for feature in exported["features"]]
            assert statistics["by"][facet] == {v: values.count(v) for v in set(values) - {None}}
        for facet, name in {"country": "countries", "region": "regions", "corridor": "corridors"}.items():
            cells = [feature["properties"][name] for feature in exported["features"]]
            values = [code for cell in cells if cell for code in cell.split(";")]
            counted = {code: n for code, n in statistics["by"][facet].items() if code != NONE}
            assert counted == {v: values.count(v) for v in set(values)}

    def test_unfiltered_json_is_what_the_app_shows_beside_the_options(
        self, run: Run, small_catalog: Catalog
    ) -> None:
        by = json.loads(run("stats", "--json").stdout)["by"]
        facets = small_catalog.facets(Filter())
        assert set(by) == set(FACETS) - {"source"}
        for facet, counts in by.items():
            assert counts == {code: n for code, n in facets[facet].items() if n}

    def test_totals_are_added(self, run: Run) -> None:
        totals = json.loads(run("stats", "--layer", "rail,projects", "--json").stdout)["totals"]
        assert (totals["cost_usd_million"], totals["with_cost"], totals["lack_cost"]) == (6712.5, 2, 4)
        assert totals["line_km"]["parks" if "parks" in totals["line_km"] else "rail"] > 0
        said = run("stats", "--layer", "rail,projects").stdout
        assert "6,712.5 million US dollars" in said
        assert "2  features count, by kind of amount: total 1, contract 1" in said
        assert "Warning" not in said

    @pytest.mark.parametrize("by", ["status", "kind", "country", "builder"])
    def test_totals_are_shared_out_as_in_the_library(self, by: str, run: Run, small_catalog: Catalog) -> None:
        shares = small_catalog.select(Filter(country={"LAO"})).shares(by)
        document = json.loads(run("stats", "--country", "lao", "--by", by, "--json").stdout)
        assert document == json.loads(json.dumps({"filter": {"country": ["LAO"]}, **shares.to_dict()}))
        said = run("stats", "--country", "LAO", "--by", by).stdout.splitlines()
        assert said[0] == "Kilometres are those inside LAO."
        assert [line.split()[-1] for line in said[2 : 2 + len(shares.rows)]] == [s.code for s in shares.rows]

    def test_a_sum_that_may_hold_an_amount_twice_warns(self, run: Run, small: Root, tmp_path: Path) -> None:
        row = small.tables["relations"][0]
        small.tables["relations"].append(
            row | {"feature_id": "nam-dam", "relation": "part-of", "other_id": "lao-line"}
        )
        small.sort("relations")
        said = run("stats", root=small.write(tmp_path)).stdout
        assert "Warning: 1 pair(s) among them are a whole and its part or phase" in " ".join(said.split())

    @pytest.mark.parametrize(
        ("options", "ids"),
        [
            (["--year", "2016"], ["lao-line", "thai-express", "khorgos-hub", "nam-dam"]),
            (["--year", "2016", "--no-undated"], ["lao-line", "nam-dam"]),
            (
                ["--year", "2016", "--no-undated", "--undated", "--layer", "rail"],
                ["lao-line", "thai-express"],
            ),
            (["--bbox", "-180,-20,-179.5,-10"], ["pacific-route"]),
            (["--bbox", "178.2,-20,-179,-10"], ["pacific-route", "fiji-zone"]),
            (["--area", "102,17;103,17;103,19"], ["mekong-cable", "lao-farm"]),
            (["--near", "lao-farm,40"], ["mekong-cable", "lao-farm"]),
            (["--near=-179.9,-17.2,50"], ["pacific-route"]),
            (["--crosses", "tha"], ["southern-corridor", "thai-express", "mekong-cable"]),
        ],
        ids=str,
    )
    def test_time_and_place(self, options: list[str], ids: list[str], run: Run) -> None:
        exported = json.loads(run("export", *options).stdout)
        assert [feature["id"] for feature in exported["features"]] == ids
        statistics = json.loads(run("stats", *options, "--json").stdout)
        assert (statistics["count"], statistics["filter"]) == (len(ids), exported["filter"])

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--year", "soon"], "year: 'soon' is no year. Give one from 1800 to 2100"),
            (["--bbox", "1,2,3"], "bbox: '1,2,3' is no box. Give west,south,east,north"),
            (["--area", "1,1;2,2;3,3"], "area: all corners lie on one line."),
            (
                ["--near", "lao-frm,5"],
                "near: There is no feature with the id 'lao-frm'. Did you mean 'lao-farm'?",
            ),
            (["--near", "lao-farm"], "near: 'lao-farm' is no distance from a place."),
            (["--near", "lao-farm,0"], "near: 0 km is no distance."),
            (["--crosses", "XXX"], "Unknown crosses 'XXX'."),
        ],
        ids=str,
    )
    def test_wrong_time_and_place_end_with_2(self, options: list[str], said: str, run: Run) -> None:
        for command in ("export", "stats"):
            result = run(command, *options)
            assert result.exit_code == 2
            assert said in " ".join(result.stderr.split())

    def test_text_has_the_same_numbers(self, run: Run) -> None:
        said = run("stats", "--region", "southeast-asia").stdout.splitlines()
        assert said[0] == "7 of 11 features"
        assert [line.split() for line in said[said.index("by layer") + 1 :]][:4] == [
            ["1", "corridors"],
            ["2", "rail"],
            ["2", "projects"],
            ["2", "parks"],
        ]


class TestShow:
    def test_json_has_all_fields_geometry_and_sources(self, run: Run) -> None:
        feature = json.loads(run("show", "lao-farm", "--json").stdout)
        assert feature["type"] == "Feature"
        assert feature["id"] == "lao-farm"
        assert feature["geometry"] == {"type": "Point", "coordinates": [102.6, 18]}
        properties = feature["properties"]
        assert properties["developer"] == ["Farmer A", "Farmer B"]
        assert (properties["area_km2"], properties["ey_figure6_no"]) == (1.5, 7)
        assert (properties["is_operational"], properties["is_mofcom_assessed"]) == (True, False)
        assert properties["regions"] == ["southeast-asia"]
        assert [(s["id"], s["locators"]) for s in feature["sources"]] == [
            ("ey-2020", ["figure 6", "figure 8"]),
            ("news-page", []),
            ("other-page", []),
        ]

    def test_another_language_has_its_name_and_its_texts(self, run: Run, tmp_path: Path) -> None:
        root = small_root()
        said = {"id": "nam-dam", "table": "projects", "language": "zh"}
        root.tables["translations"] = [
            said | {"column": "note", "text": "Half built.", "translation": "建成一半。"},
            said | {"column": "summary", "text": "A dam.", "translation": "一座坝。"},
        ]
        root.write(tmp_path)
        chinese, english = (
            json.loads(run("show", "nam-dam", "--lang", lang, "--json", root=tmp_path).stdout)["properties"]
            for lang in ("zh", "en")
        )
        assert [chinese[name] for name in ("name", "summary", "note")] == ["南坝", "一座坝。", "建成一半。"]
        assert [english[name] for name in ("name", "summary", "note")] == ["Nam Dam", "A dam.", "Half built."]

    def test_json_has_the_history(self, run: Run) -> None:
        said = json.loads(run("show", "nam-dam", "--json").stdout)["provenance"]
        history = [row for row in said if row["field"] == "status"]
        assert [(row["as_of"], row["value"], row.get("shown", True)) for row in history] == [
            ("2015", "under-construction", False),
            ("2018-05-01", "suspended", True),
        ]

    def test_text_names_what_is_known_and_leaves_out_what_is_not(self, run: Run) -> None:
        said = run("show", "lao-farm").stdout
        assert "Farmer A; Farmer B" in said
        assert "A paper of 2020" in said
        assert "figure 6" in said
        assert "https://news.example/a?b=1" in said
        assert "None" not in said
        assert "construction_start" not in said

    @pytest.mark.parametrize("feature_id", ["lao-far", "", "LAO-FARM"])
    def test_an_unknown_id_ends_with_1(self, feature_id: str, run: Run) -> None:
        result = run("show", feature_id)
        assert result.exit_code == 1
        assert repr(feature_id) in result.stderr


class TestDataRoot:
    def test_the_environment_chooses_the_root(self, run: Run, tmp_path: Path, small: Root) -> None:
        small.row("parks", "lao-farm")["name"] = "Another Name"
        assert "Another Name" in run("show", "lao-farm", root=small.write(tmp_path)).stdout

    def test_an_option_chooses_the_root(
        self, run: Run, small: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        small.row("parks", "lao-farm")["name"] = "Another Name"
        monkeypatch.chdir(tmp_path)
        result = run("--data", str(small.write(tmp_path)), "show", "lao-farm")
        assert "Another Name" in result.stdout

    @pytest.mark.parametrize(
        "words", [["export"], ["stats"], ["show", "x"], ["validate"], ["format"], ["reconcile"]]
    )
    def test_a_folder_that_is_no_root_ends_with_3(self, words: list[str], run: Run, tmp_path: Path) -> None:
        result = run(*words, root=tmp_path / "nowhere")
        assert result.exit_code == 3
        assert str(tmp_path / "nowhere") in result.stderr
        assert ENVIRONMENT_VARIABLE in result.stderr
        assert "Give a folder that holds data/ and geo/." in result.stderr

    @pytest.mark.parametrize("words", [["export"], ["stats"], ["show", "lao-farm"]])
    def test_a_root_with_faults_ends_with_3(
        self, words: list[str], run: Run, small: Root, tmp_path: Path
    ) -> None:
        small.row("parks", "lao-farm")["type"] = "farming"
        result = run(*words, root=small.write(tmp_path))
        assert result.exit_code == 3
        assert "data/parks.csv:3" in result.stderr
        assert result.stdout == ""

    def test_nothing_is_written_when_the_root_has_faults(self, run: Run, small: Root, tmp_path: Path) -> None:
        small.row("parks", "lao-farm")["type"] = "farming"
        output = tmp_path / "out.geojson"
        assert run("export", "-o", str(output), root=small.write(tmp_path / "root")).exit_code == 3
        assert not output.exists()


class TestValidate:
    def test_a_root_without_faults(self, run: Run) -> None:
        assert run("validate").stdout == "No fault found.\n"
        assert json.loads(run("validate", "--json").stdout) == {"ok": True, "count": 0, "issues": []}

    def test_every_fault_is_a_line(self, run: Run, small: Root, tmp_path: Path) -> None:
        small.row("parks", "lao-farm")["type"] = "farming"
        small.row("rail", "lao-line")["gauge_mm"] = "wide"
        result = run("validate", root=small.write(tmp_path))
        assert result.exit_code == 1
        park, rail, last = result.stdout.splitlines()
        assert rail.startswith("data/rail.csv:2: lao-line gauge_mm: 'wide' is not a whole number. [integer]")
        assert park.startswith("data/parks.csv:3: lao-farm type: 'farming' is not one of ")
        assert last == "2 fault(s) found."

    def test_it_speaks_the_language_asked_for(self, run: Run, small: Root, tmp_path: Path) -> None:
        assert run("validate", "--lang", "zh").stdout == "没有发现错误。\n"
        small.row("parks", "lao-farm")["note"] = "A  note."
        result = run("validate", "--lang", "zh", root=small.write(tmp_path))
        assert result.exit_code == 1
        assert result.stdout == (
            "data/parks.csv:3: lao-farm note: 'A  note.' 中有两个连续的空格。 [text-blank] 请只留一个。\n"
            "发现 1 处错误。\n"
        )

    @pytest.mark.parametrize("command", [("export",), ("stats",), ("format",), ("show", "lao-farm")])
    def test_every_command_says_faults_in_the_language_of_the_shell(
        self, command: tuple[str, ...], run: Run, small: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        small.row("parks", "lao-farm")["type"] = "farming"
        folder = small.write(tmp_path / "root")
        if command == ("format",):
            (folder / "data" / "parks.csv").write_bytes(b"\xff\xfe")
        monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
        chinese = run(*command, root=folder)
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        english = run(*command, root=folder)
        assert chinese.exit_code == english.exit_code == 3
        assert re.search("[\u4e00-\u9fff]{4}", chinese.stderr)
        assert not re.search("[\u4e00-\u9fff]", english.stderr)
        for said in (chinese.stderr, english.stderr):
            assert "data/parks.csv" in said

    def test_json_names_every_fault(self, run: Run, small: Root, tmp_path: Path) -> None:
        small.row("parks", "lao-farm")["type"] = "farming"
        result = run("validate", "--json", root=small.write(tmp_path))
        assert result.exit_code == 1
        report = json.loads(result.stdout)
        assert (report["ok"], report["count"]) == (False, 1)
        (issue,) = report["issues"]
        message, remedy = issue.pop("message"), issue.pop("remedy")
        assert issue == {
            "file": "data/parks.csv", "row": 3, "id": "lao-farm", "field": "type", "rule": "code",
            "severity": "fault",
        }  # fmt: skip
        assert "'farming' is not one of" in message
        assert remedy

    def test_a_warning_is_told_fails_only_when_strict_and_can_be_answered(
        self, run: Run, small: Root, tmp_path: Path
    ) -> None:
        small.row("feature_organisations", "nam-dam")["role"] = "contractor"
        root = small.write(tmp_path)
        CliRunner().invoke(cli.main, ["--data", str(root), "format"])
        told = run("validate", root=root)
        assert told.exit_code == 0, told.output
        assert "[role-unlike, warning]" in told.stdout
        assert "1 warning(s) to look at" in told.stdout
        assert run("validate", "--strict", root=root).exit_code == 1
        assert json.loads(run("validate", "--json", root=root).stdout)["issues"][0]["severity"] == "warning"
        answer = "id,rule,field,value,note\nnam-dam,role-unlike,role,contractor,It built the dam too.\n"
        (root / "data" / "checked.csv").write_text(answer)
        CliRunner().invoke(cli.main, ["--data", str(root), "format"])
        answered = run("validate", "--strict", root=root)
        assert answered.exit_code == 0, answered.output


class TestFormat:
    def test_check_of_files_that_are_as_they_should_be(self, run: Run) -> None:
        result = run("format", "--check")
        assert (result.exit_code, result.stdout) == (0, "Every file is as it should be.\n")

    def test_check_names_what_is_stale_and_changes_nothing(
        self, run: Run, small: Root, tmp_path: Path
    ) -> None:
        small.waypoints[-1]["lon"] = "100.7"
        root = small.write(tmp_path)
        before = (root / "geo" / "rail.geojson").read_bytes()
        result = run("format", "--check", root=root)
        assert result.exit_code == 1
        assert result.stdout == "geo/rail.geojson:3: from this line on it is not written in the one way.\n"
        assert (root / "geo" / "rail.geojson").read_bytes() == before

    def test_it_builds_the_lines_and_leaves_points_alone(self, run: Run, small: Root, tmp_path: Path) -> None:
        small.waypoints[-1]["lon"] = "100.7"
        root = small.write(tmp_path)
        parks = (root / "geo" / "parks.geojson").read_bytes()
        result = run("format", root=root)
        assert (result.exit_code, result.stdout) == (0, "geo/rail.geojson written.\n")
        assert "[100.7,14.0]" in (root / "geo" / "rail.geojson").read_text("utf-8")
        assert (root / "geo" / "parks.geojson").read_bytes() == parks
        assert run("format", "--check", root=root).exit_code == 0
        assert run("validate", root=root).exit_code == 0

    def test_it_sorts_trims_and_quotes_only_where_needed(self, run: Run, small: Root, tmp_path: Path) -> None:
        want = small.file("data/parks.csv")
        header, *lines = want.decode().splitlines()
        rows = [f'"{line.split(",")[0]}",{line.split(",", 1)[1]}' for line in reversed(lines)]
        small.replaced["data/parks.csv"] = "\r\n".join([header, *rows]).replace("Farm,", " Farm ,").encode()
        root = small.write(tmp_path)
        assert run("format", root=root).stdout == "data/parks.csv written.\n"
        assert (root / "data" / "parks.csv").read_bytes() == want

    def test_it_writes_the_members_of_corridors_by_the_rule(
        self, run: Run, small: Root, tmp_path: Path
    ) -> None:
        small.tables["corridor_members"] = [
            row for row in small.tables["corridor_members"] if row["membership_rule"] == "source"
        ]
        root = small.write(tmp_path)
        assert run("format", root=root).stdout == "data/corridor_members.csv written.\n"
        assert "lao-line,southern-corridor,near-line,8,,," in (root / "data/corridor_members.csv").read_text()

    def test_broken_waypoints_end_with_3(self, run: Run, small: Root, tmp_path: Path) -> None:
        small.waypoints[-1]["lon"] = "east"
        result = run("format", root=small.write(tmp_path))
        assert result.exit_code == 3
        assert "lon 'east'" in result.stderr

    def test_a_broken_table_is_left_alone(self, run: Run, small: Root, tmp_path: Path) -> None:
        small.replaced["data/parks.csv"] = small.file("data/parks.csv") + b"one,two\n"
        root = small.write(tmp_path)
        before = (root / "data" / "parks.csv").read_bytes()
        result = run("format", root=root)
        assert result.exit_code == 3
        assert "data/parks.csv:5" in result.stderr
        assert (root / "data" / "parks.csv").read_bytes() == before

    def test_a_point_with_waypoints_ends_with_3(self, run: Run, small: Root, tmp_path: Path) -> None:
        small.geometry["projects"]["mekong-cable"] = point(102, 18)
        result = run("format", root=small.write(tmp_path))
        assert result.exit_code == 3
        assert "mekong-cable" in result.stderr


class TestDiff:
    def two_roots(self, small: Root, tmp_path: Path) -> tuple[str, str]:
        old = small.write(tmp_path / "old")
        small.row("parks", "lao-farm")["name"] = "Lao Model Farm"
        small.geometry["projects"]["nam-dam"] = point(102.1234, 19.6)
        small.tables["status_history"].append(
            {**small.row("status_history", "nam-dam"), "date": "2030-01", "mark": "resumed"}
        )
        for rows in small.tables.values():
            rows[:] = [row for row in rows if row.get("id", row.get("feature_id")) != "fiji-road"]
        del small.geometry["projects"]["fiji-road"]
        small.tables["retired"].append(
            {"id": "fiji-road", "layer": "projects", "retired": "2031", "reason": "Gone.", "successor_id": ""}
        )
        small.package["version"] = "2031.3.0"
        return str(old), str(small.write(tmp_path / "new"))

    def test_text_tells_every_kind_of_change(self, run: Run, small: Root, tmp_path: Path) -> None:
        said = run("diff", *self.two_roots(small, tmp_path)).stdout
        assert said.splitlines() == [
            "2031.2.3 to 2031.3.0",
            "",
            "Removed: 1",
            "  fiji-road",
            "",
            "Moved: 1",
            "  nam-dam by 11.07 km",
            "",
            "Status changed: 1",
            "  nam-dam suspended (2018-05-01) -> under-construction (2030-01)",
            "",
            "Values changed: 3",
            "  nam-dam status_since: 2018-05-01 -> 2030-01",
            "  nam-dam status_as_of: 2018-05-01 -> 2030-01",
            "  lao-farm name: Lao Farm -> Lao Model Farm",
            "",
            "Newly said: 3",
            "  nam-dam status: under-construction resumed: Work began (news-page)",
            "  lao-farm name: Lao Model Farm (ey-2020 figure 6)",
            "  lao-farm name: Lao Model Farm (ey-2020 figure 8)",
            "",
            "No longer said: 2",
            "  lao-farm name: Lao Farm (ey-2020 figure 6)",
            "  lao-farm name: Lao Farm (ey-2020 figure 8)",
        ]

    def test_json_has_the_same(self, run: Run, small: Root, tmp_path: Path) -> None:
        told = json.loads(run("diff", *self.two_roots(small, tmp_path), "--format", "json").stdout)
        assert told["removed"] == {"fiji-road": ""}
        assert told["moved"] == [{"id": "nam-dam", "km": 11.07, "is_line": False}]
        assert told["changed"] == [
            {"id": "nam-dam", "field": "status_since", "old": "2018-05-01", "new": "2030-01"},
            {"id": "nam-dam", "field": "status_as_of", "old": "2018-05-01", "new": "2030-01"},
            {"id": "lao-farm", "field": "name", "old": "Lao Farm", "new": "Lao Model Farm"},
        ]

    def test_markdown_is_markdown(self, run: Run, small: Root, tmp_path: Path) -> None:
        said = run("diff", *self.two_roots(small, tmp_path), "--format", "markdown").stdout
        assert said.startswith("## 2031.2.3 to 2031.3.0\n\n### Removed: 1\n\n- `fiji-road`\n")

    def test_two_equal_roots(self, run: Run, small_folder: Path) -> None:
        said = run("diff", str(small_folder), str(small_folder)).stdout
        assert said.splitlines()[-1] == "No feature differs."

    def test_a_folder_that_is_no_root_ends_with_3(self, run: Run, small_folder: Path, tmp_path: Path) -> None:
        result = run("diff", str(small_folder), str(tmp_path / "nowhere"))
        assert result.exit_code == 3
        assert str(tmp_path / "nowhere") in result.stderr


class TestReconcile:
    def test_text_has_every_figure(self, run: Run) -> None:
        said = run("reconcile", root=ROOT).stdout
        for figure in ("fig3", "fig5", "fig7", "fig8", "top5", "ease"):
            assert figure in said

    def test_json_has_every_cell_and_every_park(self, run: Run) -> None:
        told = json.loads(run("reconcile", "--json", root=ROOT).stdout)
        assert len(told["parks"]) == 74
        by_country = [c for c in told["cells"] if c["figure"] == "ey-fig8-parks-by-country"]
        assert len(by_country) == 26
        assert all(cell["agrees"] and cell["difference"] == 0 for cell in by_country)
        assert [c["category"] for c in told["cells"] if not c["agrees"] and not c["explanation"]] == []


class TestDictionary:
    def test_it_is_printed(self, run: Run) -> None:
        said = run("dictionary").stdout
        assert said.startswith("# Data dictionary")
        assert "`area_km2`" in said

    def test_the_one_in_the_documentation_is_up_to_date(self, run: Run) -> None:
        assert run("dictionary", "--check").exit_code == 0


class TestServe:
    @pytest.mark.parametrize(
        ("words", "address", "flags"),
        [
            ([], "http://localhost:8501/", ["--server.address=localhost", "--server.port=8501"]),
            (["--host", "0.0.0.0", "--port", "9000"], "http://localhost:9000/", ["--server.address=0.0.0.0"]),
            (["--host", "::1"], "http://[::1]:8501/", ["--server.address=::1"]),
            (["--base-path", "/a/b/"], "http://localhost:8501/a/b/", ["--server.baseUrlPath=a/b"]),
        ],
    )
    def test_the_address_is_printed_and_the_server_started(
        self,
        words: list[str],
        address: str,
        flags: list[str],
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        started: list[list[str]] = []
        monkeypatch.setattr(os, "execv", lambda _, command: started.append(command))
        result = run("serve", *words)
        assert result.exit_code == 0
        assert address in result.stdout
        (command,) = started
        assert command[:4] == [sys.executable, "-m", "streamlit", "run"]
        assert Path(command[4]) == ROOT / "app.py"
        assert set(flags) <= set(command)
        assert "--browser.gatherUsageStats=false" in command
        # What doubles the readers that a server carries, and keeps strangers out, is with every wheel.
        assert {"--runner.postScriptGC=false", "--server.maxUploadSize=0"} <= set(command)

    def test_the_server_may_open_as_many_connections_as_the_system_allows(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[object] = []
        monkeypatch.setattr(os, "execv", lambda *_: asked.append("started"))
        monkeypatch.setattr(resource, "getrlimit", lambda kind: (1024, 524288))
        monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: asked.append((kind, limits)))
        assert run("serve").exit_code == 0
        assert asked == [(resource.RLIMIT_NOFILE, (524288, 524288)), "started"]

    def test_a_system_that_allows_no_more_is_served_all_the_same(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise ValueError("not allowed to raise maximum limit")

        monkeypatch.setattr(os, "execv", lambda *_: None)
        monkeypatch.setattr(resource, "setrlimit", refuse)
        assert run("serve").exit_code == 0

    def test_the_environment_chooses_host_and_port(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "execv", lambda *_: None)
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", "9100")
        assert "http://127.0.0.1:9100/" in run("serve").stdout


def test_the_installed_command_writes_utf_8_whatever_the_locale(small_folder: Path) -> None:
    """One real process: standard output gets the file's bytes, unchanged by the terminal's encoding."""
    environment = {**os.environ, ENVIRONMENT_VARIABLE: str(small_folder), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "bri_map", "export", "--layer", "parks"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    names = [f["properties"]["name_zh"] for f in json.loads(done.stdout)["features"]]
    assert names == [None, "老挝农场", "罗勇区"]
    assert done.stderr == b""


class TestHowItEnds:
    """Whatever goes wrong, a sentence is written and the code says what kind of thing it was."""

    def start(self, *words: str, folder: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, ENVIRONMENT_VARIABLE: str(folder), **more}
        command = [sys.executable, "-m", "bri_map", *words]
        return subprocess.run(command, env=environment, capture_output=True, check=False)

    @pytest.mark.parametrize("words", [["export", "-o", "-"], ["stats"], ["validate", "--json"]], ids=str)
    def test_output_that_takes_nothing_ends_with_4(self, words: list[str], small_folder: Path) -> None:
        environment = {**os.environ, ENVIRONMENT_VARIABLE: str(small_folder)}
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "bri_map", *words],
                env=environment,
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.returncode == 4
        assert b"cannot be written" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_a_terminal_without_chinese_shows_what_it_can(self, small_folder: Path) -> None:
        done = self.start("show", "lao-farm", folder=small_folder, PYTHONIOENCODING="latin-1")
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"????" in done.stdout

    def test_the_home_of_nobody_ends_with_3(self, run: Run) -> None:
        result = run("--data", "~nobody-of-this-name/x", "stats")
        assert result.exit_code == 3
        assert "--data" in result.stderr

    def test_an_address_of_another_machine_ends_with_2(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", fail)
        result = run("serve", "--host", "no.such.host")
        assert result.exit_code == 2
        assert "Give an address of this machine." in result.stderr

    def test_an_older_file_stays_when_the_new_one_cannot_be_finished(self, tmp_path: Path) -> None:
        def pieces() -> Iterator[bytes]:
            yield b"the first half"
            raise OSError(errno.ENOSPC, "No space left on device")

        output = tmp_path / "parks.geojson"
        output.write_bytes(b"good")
        with pytest.raises(common.Failure, match="No space left on device") as caught:
            common.write_file(output, pieces())
        assert caught.value.exit_code == 4
        assert output.read_bytes() == b"good"
        assert [path.name for path in tmp_path.iterdir()] == ["parks.geojson"]

    def test_a_file_keeps_its_rights(self, tmp_path: Path) -> None:
        output = tmp_path / "parks.geojson"
        output.touch(mode=0o640)
        common.write_file(output, [b"new"])
        assert (output.read_bytes(), output.stat().st_mode & 0o777) == (b"new", 0o640)

    def test_control_characters_are_shown(self) -> None:
        assert common.visible("a\x1b]0;title\x07 b\n\tc 老") == "a\\x1b]0;title\\x07 b\n\tc 老"


class TestOptionForData:
    def test_a_file_is_told_by_the_option(self, run: Run, tmp_path: Path) -> None:
        sheet = tmp_path / "projects.xlsx"
        sheet.touch()
        result = run("--data", str(sheet), "stats")
        assert result.exit_code == 3
        assert f"{sheet} (--data) is a file, not a folder; spreadsheets" in result.stderr
        assert ENVIRONMENT_VARIABLE not in result.stderr

    def test_nothing_is_left_in_the_surroundings(
        self, small_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
        assert CliRunner().invoke(cli.main, ["--data", str(small_folder), "stats"]).exit_code == 0
        assert ENVIRONMENT_VARIABLE not in os.environ

    def test_the_server_gets_the_variable(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[str | None] = []
        monkeypatch.setattr(os, "execv", lambda *_: told.append(os.environ.get(ENVIRONMENT_VARIABLE)))
        assert run("--data", str(tmp_path), "serve").exit_code == 0
        assert told == [str(tmp_path)]


class TestWithoutCheckout:
    @pytest.mark.parametrize("option", ["--check", "--write"])
    def test_the_dictionary_is_only_printed(
        self, option: str, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(editing, "checkout_directory", lambda: None)
        assert run("dictionary").exit_code == 0
        result = run("dictionary", option)
        assert result.exit_code == 2
        assert "installed without one" in " ".join(result.stderr.split())


class TestInit:
    def test_an_empty_root_is_valid_and_can_be_shown(self, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "mine"
        assert run("init", str(folder)).exit_code == 0
        assert run("validate", root=folder).stdout == "No fault found.\n"
        assert run("format", "--check", root=folder).exit_code == 0
        assert run("stats", root=folder).stdout.startswith("0 of 0 features")
        assert run("export", root=folder).exit_code == 0

    def test_what_the_readme_calls_needed_is_what_is_written(self, run: Run, tmp_path: Path) -> None:
        run("init", str(tmp_path))
        written = {path.name for path in tmp_path.rglob("*.*")}
        readme = (ROOT / "README.md").read_text("utf-8")
        own = readme[readme.index("## Your own data") : readme.index("## Serving it to others")]
        layers = {f"{layer}.{ending}" for layer in LAYERS for ending in ("csv", "geojson")}
        assert {name for name in written - layers if f"`{name}`" not in own} == set()

    def test_nothing_is_written_over(self, run: Run, tmp_path: Path) -> None:
        run("init", str(tmp_path))
        (tmp_path / "data" / "parks.csv").write_text("mine", "utf-8")
        assert run("init", str(tmp_path)).exit_code == 2
        assert (tmp_path / "data" / "parks.csv").read_text("utf-8") == "mine"
