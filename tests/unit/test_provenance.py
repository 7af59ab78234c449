"""Which claim is shown, and what follows from the tables of facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import bri_map
from bri_map.catalog import Catalog
from bri_map.data.ages import end_of, freshness
from bri_map.evidence.provenance import Evidence, Rule, choose, is_tied
from tests.builders import Root


def said(value: str, basis: str = "confirmed", as_of: str = "", *, preferred: bool = False) -> Evidence:
    """Give a claim of some page."""
    return Evidence(value, as_of, f"page-{value}-{as_of}", "", basis, "", preferred)


class TestChoice:
    def test_one_source(self) -> None:
        chosen = choose([said("1")])
        assert (chosen.value, chosen.rule, chosen.others) == ("1", Rule.ONLY, ())

    def test_several_that_agree(self) -> None:
        chosen = choose([said("1", as_of="2020"), said("1", "unconfirmed")])
        assert (chosen.value, chosen.rule) == ("1", Rule.AGREED)
        assert [e.basis for e in chosen.evidence] == ["confirmed", "unconfirmed"]

    def test_the_stronger_basis_comes_before_the_newer_date(self) -> None:
        chosen = choose([said("old", as_of="2001"), said("new", "source-document", "2020")])
        assert (chosen.value, chosen.rule) == ("old", Rule.BASIS)
        assert [e.value for e in chosen.others] == ["new"]

    @pytest.mark.parametrize(
        ("stronger", "weaker"),
        [("confirmed", "source-document"), ("source-document", "editorial"), ("editorial", "unconfirmed")],
    )
    def test_the_order_of_bases(self, stronger: str, weaker: str) -> None:
        assert choose([said("b", weaker), said("a", stronger)]).value == "a"

    def test_the_newer_date_decides_between_equal_bases(self) -> None:
        chosen = choose([said("a", as_of="2019-12"), said("b", as_of="2020"), said("c")])
        assert (chosen.value, chosen.rule) == ("b", Rule.NEWEST)

    def test_two_sources_stand_against_a_newer_one(self) -> None:
        old = [replace(said("a", as_of="2016"), source_id=name) for name in ("page-1", "page-2")]
        chosen = choose([*old, said("b", as_of="2020"), said("c", "source-document", "2021")])
        assert (chosen.value, chosen.rule) == ("a", Rule.MOST)
        assert [e.value for e in chosen.others] == ["b", "c"]
        once = [said("a", as_of="2016"), said("a", as_of="2016"), said("b", as_of="2020")]
        assert choose(once).value == "b", "one page counts once"
        assert not is_tied(choose([*old, said("b", as_of="2016")]))

    def test_an_editor_comes_first(self) -> None:
        chosen = choose([said("a", as_of="2020"), said("b", "unconfirmed", preferred=True)])
        assert (chosen.value, chosen.rule) == ("b", Rule.EDITOR)

    def test_what_nothing_decides_is_tied(self) -> None:
        assert is_tied(choose([said("a", as_of="2020"), said("b", as_of="2020")]))
        assert not is_tied(choose([said("a", as_of="2021"), said("b", as_of="2020")]))
        assert not is_tied(choose([said("a", as_of="2020"), said("a", as_of="2020")]))


class TestStatus:
    def test_it_follows_from_the_last_event(self, small: Root, tmp_path: Path) -> None:
        history = small.tables["status_history"]
        history.append({**small.row("status_history", "nam-dam"), "date": "2030-01", "mark": "resumed"})
        dam = bri_map.load(small.write(tmp_path)).get("nam-dam").values
        assert (dam["status"], dam["status_as_of"]) == ("under-construction", "2030-01")

    def test_on_one_day_the_later_mark_counts(self, small: Root, tmp_path: Path) -> None:
        row = small.row("status_history", "nam-dam")
        small.tables["status_history"] += [
            {**row, "date": "2030", "mark": "opened", "status": "completed"},
            {**row, "date": "2030", "mark": "construction", "status": "under-construction"},
        ]
        assert bri_map.load(small.write(tmp_path)).get("nam-dam").values["status"] == "completed"

    def test_dates_mean_what_their_marks_say(self, small_catalog: Catalog) -> None:
        line = small_catalog.get("lao-line").values
        assert (line["construction_start"], line["opened"]) == ("2016-12", "2021-12-03")
        assert (line["announced"], line["completed"]) == (None, None)

    @pytest.mark.parametrize(
        ("text", "day"), [("2020", "2020-12-31"), ("2020-02", "2020-02-29"), ("2020-02-03", "2020-02-03")]
    )
    def test_a_date_may_mean_its_last_day(self, text: str, day: str) -> None:
        assert end_of(text).isoformat() == day

    @pytest.mark.parametrize(
        ("as_of", "code"),
        [
            ("2024-11-25", "recent"),
            ("2024-11-24", "dated"),
            ("2024-11", "recent"),
            ("2024-10", "dated"),
            ("2024", "recent"),
            ("2023", "dated"),
            ("", "dated"),
        ],
    )
    def test_a_status_ages_after_two_years(self, as_of: str, code: str) -> None:
        assert freshness("under-construction", as_of, "2026-11-25") == code

    @pytest.mark.parametrize(
        ("status", "as_of", "code"),
        [
            ("completed", "2019", "settled"),
            ("cancelled", "", "settled"),
            ("completed", "2026", "recent"),
            ("suspended", "2019", "dated"),
            ("early-stage", "2019", "dated"),
            ("unknown", "", "dated"),
        ],
    )
    def test_a_final_status_is_not_doubted_for_its_age(self, status: str, as_of: str, code: str) -> None:
        assert freshness(status, as_of, "2026-11-25") == code


class TestCost:
    def test_the_best_kind_in_dollars_is_the_cost(self, small: Root, tmp_path: Path) -> None:
        row = small.row("costs", "lao-line")
        small.tables["costs"] += [
            {**row, "cost_kind": "part", "amount_million": "1", "scope": "a bridge"},
            {**row, "cost_kind": "programme", "amount_million": "90000"},
            {**row, "cost_kind": "contract", "amount_million": "5000"},
        ]
        line = bri_map.load(small.write(tmp_path)).get("lao-line").values
        assert (line["cost_usd_million"], line["cost_kind"], line["cost_year"]) == (5900, "total", "2016")

    def test_an_amount_for_a_part_is_not_the_cost(self, small: Root, tmp_path: Path) -> None:
        small.row("costs", "lao-line")["scope"] = "the Lao section"
        line = bri_map.load(small.write(tmp_path)).get("lao-line")
        assert line.values["cost_usd_million"] is None
        assert line.costs[0].scope == "the Lao section"


def test_relations_are_told_both_ways(small_catalog: Catalog) -> None:
    (cable,) = small_catalog.get("mekong-cable").relations
    (farm,) = small_catalog.get("lao-farm").relations
    assert (cable.relation, cable.other_id, cable.is_inverse) == ("serves", "lao-farm", False)
    assert (farm.relation, farm.other_id, farm.is_inverse) == ("serves", "mekong-cable", True)


def test_a_record_that_is_not_published_is_not_shown(small: Root, tmp_path: Path) -> None:
    small.row("parks", "rayong-zone")["record"] = "unconfirmed"
    catalog = bri_map.load(small.write(tmp_path))
    assert len(catalog) == 10
    assert "rayong-zone" not in catalog.ids


def test_a_retired_id_says_what_became_of_it(small_catalog: Catalog) -> None:
    with pytest.raises(
        bri_map.FeatureNotFoundError, match=r"retired on 2030-05-06: One thing. See 'lao-farm'."
    ):
        small_catalog.get("old-farm")
