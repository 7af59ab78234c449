"""When news of a feature were last looked for, and when to look again."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import bri_map
from bri_map import cli
from bri_map.catalog import Catalog
from bri_map.data.ages import DUE_AFTER_DAYS, due_dates
from bri_map.data.columns import arrow
from bri_map.domain.filter import Filter
from bri_map.domain.span import DateSpan
from bri_map.domain.vocabulary import FINAL_STATUSES, Status
from tests.builders import Root
from tests.conftest import ROOT

TODAY = "2026-11-30"


def test_what_may_change_is_due_and_what_is_final_is_not() -> None:
    assert set(DUE_AFTER_DAYS) == set(Status) - FINAL_STATUSES


@pytest.mark.parametrize(
    ("status", "checked", "reported", "due"),
    [
        ("under-construction", "2026-11-30", "2024-05", "2027-06-01"),
        ("under-construction", "", "2024-02", "2024-08-30"),
        ("early-stage", "", "2023", "2024-12-30"),
        ("suspended", "2025-01-31", "2025-01-02", "2026-01-31"),
        ("unknown", "", "", TODAY),
        ("completed", "2026-11-30", "2024-05", ""),
        ("cancelled", "", "2024-05", ""),
        ("under-construction", "9999-12-31", "", "9999-12-31"),
    ],
)
def test_the_day_to_look_again(status: str, checked: str, reported: str, due: str) -> None:
    found = due_dates(arrow([status]), arrow([checked]), arrow([reported]), TODAY)
    assert found.to_pylist() == [due]


def test_the_last_look_counts_and_can_be_asked_for(small: Root, tmp_path: Path) -> None:
    looks = [("nam-dam", "2024-02-01"), ("nam-dam", "2026-03-01"), ("lao-farm", "2026-04-01")]
    small.tables["lookups"] = [{"feature_id": i, "date": day, "note": ""} for i, day in looks]
    catalog = bri_map.load(small.write(tmp_path))
    values = catalog.get("nam-dam").values
    assert values["status"] == "suspended"
    assert (values["checked"], values["due"]) == ("2026-03-01", "2027-03-01")
    assert catalog.get("lao-farm").values["due"] is None
    assert catalog.select(Filter(due=DateSpan("2027-03-01", "2027-03-01"))).ids == ["nam-dam"]


def test_every_unfinished_feature_shipped_says_when_it_is_due(catalog: Catalog) -> None:
    with (ROOT / "data" / "lookups.csv").open(encoding="utf-8", newline="") as stream:
        looked = {row["feature_id"] for row in csv.DictReader(stream)}
    for feature_id in map(str, catalog.ids):
        values = catalog.get(feature_id).values
        assert bool(values["due"]) == (values["status"] not in FINAL_STATUSES), feature_id
        assert bool(values["checked"]) == (feature_id in looked), feature_id


def test_the_command_lists_what_is_overdue_the_longest_first(catalog: Catalog) -> None:
    def due(*words: str) -> list[dict[str, str]]:
        result = CliRunner().invoke(cli.main, ["due", "--json", *words])
        assert result.exit_code == 0, result.output
        rows: list[dict[str, str]] = json.loads(result.stdout)
        return rows

    assert due("--on", "1900-01-01") == []
    everything = due("--on", "9999-12-31")
    assert len(everything) == sum(bool(catalog.get(str(i)).values["due"]) for i in catalog.ids)
    assert [row["due"] for row in everything] == sorted(row["due"] for row in everything)
    assert {row["id"] for row in due("--on", "2027-03-01", "--layer", "rail")} <= set(
        map(str, catalog.select(Filter(layer={"rail"})).ids)
    )


def test_a_day_that_is_none_is_told() -> None:
    result = CliRunner().invoke(cli.main, ["due", "--on", "2027-02-30"])
    assert result.exit_code == 2
    assert "2027-02-30" in result.output
