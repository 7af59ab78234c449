"""A fifth layer needs data, one record and messages: the commands know it then."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.fifth_layer.checkout import SHAPES, run, write_checkout

COUNT = "stats --json --layer ports"
OTHER_FACET = "stats --json --type agricultural --layer all"
HELP = "export --help"
BY_NAME = "search --json anchor bay"
BY_CHINESE_NAME = "search --json 锚湾港"
BY_KIND = "search --json river port"
BY_CHINESE_KIND = "search --json --lang zh 内河港"
GEOJSON = "export --layer ports"
CSV = "export --layer ports --format csv"
SHOW = "show --json suva-wharf"
COMMANDS = ("validate", COUNT, OTHER_FACET, HELP, BY_NAME, BY_CHINESE_NAME, BY_KIND, BY_CHINESE_KIND)
COMMANDS += (GEOJSON, CSV, SHOW, "dictionary")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the commands of a checkout with ports print."""
    return run(write_checkout(tmp_path_factory.mktemp("ports")), *COMMANDS)


def document(answers: dict[str, str], command: str) -> Any:
    """Give the JSON that a command prints."""
    return json.loads(answers[command])


def test_its_data_are_checked_like_all_others(answers: dict[str, str]) -> None:
    assert answers["validate"] == "No fault found.\n"


def test_it_is_counted_by_every_facet(answers: dict[str, str]) -> None:
    counts = document(answers, COUNT)
    assert counts["by"]["layer"] == {"ports": 3}
    assert counts["by"]["country"] == {"FJI": 1, "LAO": 1, "THA": 1}
    assert counts["by"]["status"] == {"completed": 3}
    assert counts["totals"]["features"]["ports"] == 3


def test_a_facet_of_another_layer_leaves_it_alone(answers: dict[str, str]) -> None:
    assert document(answers, OTHER_FACET)["by"]["layer"]["ports"] == 3


def test_the_help_names_it(answers: dict[str, str]) -> None:
    assert "ports" in answers[HELP].split("--layer")[1].split("--type")[0]


@pytest.mark.parametrize(
    ("command", "found"),
    [(BY_NAME, "anchor-bay"), (BY_CHINESE_NAME, "anchor-bay"), (BY_KIND, "mekong-quay")],
)
def test_it_is_found_by_name_and_by_kind(answers: dict[str, str], command: str, found: str) -> None:
    first = document(answers, command)["groups"][0]
    assert (first["group"], first["results"][0]["id"]) == ("ports", found)


def test_it_is_called_by_its_chinese_names(answers: dict[str, str]) -> None:
    first = document(answers, BY_CHINESE_KIND)["groups"][0]
    assert first["label"] == "港口图层"
    assert (first["results"][0]["id"], first["results"][0]["kind_label"]) == ("mekong-quay", "内河港")


def test_it_is_exported_in_every_format(answers: dict[str, str]) -> None:
    features = document(answers, GEOJSON)["features"]
    assert [feature["id"] for feature in features] == list(SHAPES)
    assert features[0]["properties"]["quay_length_km"] == 1.5
    assert features[0]["properties"]["corridors"] is None
    rows = list(csv.DictReader(io.StringIO(answers[CSV].lstrip("\ufeff"))))
    assert [row["kind"] for row in rows] == ["deep-sea", "river", "deep-sea"]


def test_everything_known_of_a_feature_is_shown(answers: dict[str, str]) -> None:
    shown = document(answers, SHOW)["properties"]
    assert (shown["layer"], shown["kind"], shown["status"]) == ("ports", "deep-sea", "completed")


def test_the_dictionary_has_its_table_and_its_kinds(answers: dict[str, str]) -> None:
    assert "## `data/ports.csv`" in answers["dictionary"]
    assert "### port_kind" in answers["dictionary"]
