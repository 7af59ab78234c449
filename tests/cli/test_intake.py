"""`bri-map intake` proposes, `bri-map accept` writes: all that an editor accepted, or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import bri_map
from bri_map import cli
from bri_map.checks.validation import validate
from bri_map.data.root import ENVIRONMENT_VARIABLE
from bri_map.intake.proposals import COLUMNS, Proposal, proposals_text, read_proposals
from tests.builders import Root

Run = Callable[..., Result]
NEWS = (
    "Opened\n- 3 May 2026: water flows at the Nam Dam in Laos https://example.org/nam\n"
    "- A bridge opens in Fiji\n"
)


@pytest.fixture
def folder(small: Root, tmp_path: Path) -> Path:
    """A data root of its own, written in the one way."""
    root = small.write(tmp_path / "root")
    CliRunner().invoke(cli.main, ["--data", str(root), "format"])
    return root


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def invoke(*words: str, given: str | bytes = "") -> Result:
        monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))
        return CliRunner().invoke(cli.main, words, input=given)

    return invoke


def state_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def dam(**changes: object) -> Proposal:
    cells: dict[str, object] = {
        "accept": "yes",
        "line": 2,
        "about": "sure",
        "feature_id": "nam-dam",
        "date": "2020-03-01",
        "mark": "reported",
        "status": "suspended",
        "event": "Still at a standstill",
        "event_zh": "仍处于停工状态",
        "url": "https://example.org/nam",
        "language": "en",
        "text": "Nam Dam stands still",
    }
    return Proposal(**{**cells, **changes})  # type: ignore[arg-type]


def test_a_list_is_matched_and_nothing_is_changed(run: Run, folder: Path) -> None:
    before = state_of(folder)
    result = run("intake", "-", given=NEWS)
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["about"], row["feature_id"], row["mark"]) for row in rows] == [
        ("sure", "nam-dam", "opened"),
        ("new", "", "opened"),
    ]
    assert rows[0]["url"] == "https://example.org/nam"
    assert (rows[1]["countries"], rows[1]["kind"], rows[1]["accept"]) == ("FJI", "roads-bridges", "")
    assert "2 pieces of news: 1 surely" in result.stderr
    assert state_of(folder) == before


def test_what_cannot_be_read_is_told_by_line_and_in_chinese(run: Run) -> None:
    result = run("intake", "--lang", "zh", "-", given="ab\nA bridge opens in Fiji\n")
    assert "第 1 行已略过：“ab”太短" in result.stderr
    refused = run("intake", "-", given=b"%PDF-1.4")
    assert refused.exit_code == 2
    assert "A PDF file cannot be read" in refused.output


def test_an_accepted_report_becomes_an_event_with_source_and_translation(run: Run, folder: Path) -> None:
    result = run("accept", "-", given=proposals_text([dam(), dam(accept="", event="Never written")]))
    assert result.exit_code == 0, result.output
    catalog = bri_map.load(folder)
    feature = catalog.get("nam-dam")
    event = next(event for event in feature.history if event.event == "Still at a standstill")
    assert (event.date, event.status) == ("2020-03-01", "suspended")
    assert event.evidence.source_id == "example-nam"
    assert feature.values["checked"]
    assert not any(event.event == "Never written" for event in feature.history)
    translated = (folder / "data" / "translations.csv").read_text("utf-8")
    assert "Still at a standstill,仍处于停工状态" in translated
    assert validate(folder).ok


def test_accepting_twice_adds_nothing(run: Run, folder: Path) -> None:
    given = proposals_text([dam(), dam()])
    assert run("accept", "-", given=given).exit_code == 0
    before = state_of(folder)
    again = run("accept", "-", given=given)
    assert again.exit_code == 0, again.output
    assert state_of(folder) == before


def test_check_tells_and_writes_nothing(run: Run, folder: Path) -> None:
    before = state_of(folder)
    result = run("accept", "--check", "-", given=proposals_text([dam()]))
    assert "data/status_history.csv would be written." in result.output
    assert state_of(folder) == before


def test_a_new_feature_comes_in_unseen(run: Run, folder: Path) -> None:
    new = dam(
        about="new",
        feature_id="suva-bridge",
        name="Suva Bridge",
        name_zh="苏瓦大桥",
        countries="FJI",
        layer="projects",
        kind="roads-bridges",
        status="completed",
        mark="opened",
    )
    result = run("accept", "-", given=proposals_text([new]))
    assert result.exit_code == 0, result.output
    assert validate(folder).ok
    assert "suva-bridge" not in bri_map.load(folder).ids
    assert "suva-bridge,unconfirmed,Suva Bridge" in (folder / "data" / "projects.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"event": ""}, "event is empty"),
        ({"event": "水电站停工"}, "event is Chinese"),
        ({"event": "Nam Dam stands still"}, "copied from the list"),
        ({"date": ""}, "date is empty"),
        ({"date": "3.5.2026"}, "date:"),
        ({"date": "2999-01-01"}, "has not come yet"),
        ({"mark": "begun"}, "mark:"),
        ({"status": "done"}, "status:"),
        ({"url": ""}, "url is empty"),
        ({"url": "example.org"}, "url:"),
        ({"feature_id": "no-dam"}, "There is no feature no-dam"),
        ({"about": "new", "layer": "projects", "name": "Nam Dam"}, "There is a feature nam-dam already"),
        ({"about": "new", "feature_id": "a-b", "layer": "corridors"}, "takes no new features"),
        ({"about": "new", "feature_id": "a-b", "layer": "projects", "kind": "bridges"}, "kind:"),
        ({"about": "new", "feature_id": "A B", "layer": "projects"}, "feature_id:"),
        ({"about": "new", "feature_id": "a-b", "layer": "projects"}, "name is empty"),
    ],
)
def test_a_row_that_is_wrong_is_told_and_nothing_is_written(
    run: Run, folder: Path, changes: dict[str, str], said: str
) -> None:
    before = state_of(folder)
    result = run("accept", "-", given=proposals_text([dam(line=1), dam(**changes)]))
    assert result.exit_code == 1, result.output
    assert f"Line 2: {said}" in result.output or said in result.output
    assert "Nothing was written." in result.output
    assert state_of(folder) == before


def test_what_would_be_a_fault_of_the_data_is_told_and_nothing_is_written(run: Run, folder: Path) -> None:
    before = state_of(folder)
    result = run("accept", "-", given=proposals_text([dam(mark="announced", status="completed")]))
    assert result.exit_code == 1, result.output
    assert "[history-status]" in result.output
    assert state_of(folder) == before


def test_an_editor_can_save_the_file_from_a_spreadsheet(run: Run) -> None:
    rows = read_proposals(proposals_text([dam(accept="")]).encode())
    assert not rows[0].is_accepted
    result = run("accept", "-", given=proposals_text(rows))
    assert "No row is accepted" in result.output
