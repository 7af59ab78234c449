"""Statuses by year, from small histories."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bri_map
from bri_map.catalog import Catalog
from bri_map.data.feature_ids import FeatureIds
from bri_map.domain.codes import codes
from bri_map.domain.filter import Filter
from bri_map.exports.geojson import export_geojson
from bri_map.query.history import StatusHistory
from bri_map.query.timeline import EARLIEST_YEAR
from tests.builders import Root

STATUS = codes("status")


def history(*events: tuple[str, str, str], ids: tuple[str, ...] = ("a", "b", "c")) -> StatusHistory:
    """Build a history from id, date and status, in order."""
    frame = pd.DataFrame(list(events), columns=["feature_id", "date", "status"], dtype="str")
    return StatusHistory(frame, FeatureIds([pd.Series(ids, dtype="str")]))


def statuses(found: StatusHistory, year: int) -> list[str]:
    """Give the statuses of a year; nothing where a history begins later."""
    return [STATUS[code] if code < len(STATUS) else "" for code in found.status_in(year)]


class TestStatusHistory:
    FOUND = history(
        ("a", "", "cancelled"),
        ("a", "2012-05", "early-stage"),
        ("a", "2014", "under-construction"),
        ("a", "2014-11-02", "completed"),
        ("b", "", "completed"),
        ("c", "1975", "early-stage"),
        ("c", "2030", "completed"),
        ("nobody", "2000", "completed"),
    )

    @pytest.mark.parametrize(
        ("year", "expected"),
        [
            (1900, ["", "unknown", ""]),
            (1975, ["", "unknown", "early-stage"]),
            (2011, ["", "unknown", "early-stage"]),
            (2012, ["early-stage", "unknown", "early-stage"]),
            (2013, ["early-stage", "unknown", "early-stage"]),
            (2014, ["completed", "unknown", "early-stage"]),
            (2100, ["completed", "unknown", "completed"]),
        ],
    )
    def test_the_last_event_by_the_end_of_the_year_counts(self, year: int, expected: list[str]) -> None:
        assert statuses(self.FOUND, year) == expected

    def test_changes_are_those_of_the_ends_of_years(self) -> None:
        early, done = STATUS.index("early-stage"), STATUS.index("completed")
        assert self.FOUND.changes(slice(0, 3)) == [
            [2012, early, 2014, done],
            [],
            [1975, early, 2030, done],
        ]
        assert self.FOUND.changes(slice(1, 2)) == [[]]

    def test_a_status_that_stays_is_no_change(self) -> None:
        found = history(("a", "2012", "completed"), ("a", "2013", "suspended"), ("a", "2013-05", "completed"))
        done, stopped = STATUS.index("completed"), STATUS.index("suspended")
        assert found.changes(slice(0, 1)) == [[2012, done]]
        found = history(("a", "2012", "completed"), ("a", "2013", "suspended"))
        assert found.changes(slice(0, 1)) == [[2012, done, 2013, stopped]]

    def test_without_events_nothing_is_dated(self) -> None:
        found = history()
        assert found.first_year is None
        assert statuses(found, 2013) == ["unknown"] * 3
        assert found.is_undated.all()

    def test_what_is_remembered_cannot_be_changed(self) -> None:
        with pytest.raises(ValueError, match="read-only"):
            self.FOUND.status_in(2014)[0] = 1


class TestYear:
    def test_it_keeps_what_is_known_by_then(self, small_catalog: Catalog) -> None:
        assert small_catalog.select(Filter(year=2016)).ids == [
            "lao-line",
            "thai-express",
            "khorgos-hub",
            "nam-dam",
        ]

    def test_what_has_no_dates_can_be_left_out(self, small_catalog: Catalog) -> None:
        assert small_catalog.select(Filter(year=2016, undated=False)).ids == ["lao-line", "nam-dam"]
        assert len(small_catalog.select(Filter(undated=False))) == len(small_catalog)

    def test_statuses_are_those_of_the_year(self, small_catalog: Catalog) -> None:
        started = Filter(year=2016, status={"under-construction"})
        assert small_catalog.select(started).ids == ["lao-line", "nam-dam"]
        assert small_catalog.select(replace(started, year=2018)).ids == ["lao-line"]
        assert small_catalog.select(replace(started, year=None)).ids == [
            "pacific-route",
            "thai-express",
            "rayong-zone",
        ]
        assert small_catalog.select(Filter(year=2016, status={"unknown"})).ids == [
            "thai-express",
            "khorgos-hub",
        ]

    def test_counts_are_those_of_the_year(self, small_catalog: Catalog) -> None:
        expected = {"under-construction": 2, "unknown": 2}
        assert small_catalog.select(Filter(year=2016)).statistics()["by"]["status"] == expected
        counts = small_catalog.facets(Filter(year=2016, status={"unknown"}))["status"]
        assert {code: n for code, n in counts.items() if n} == expected

    def test_statuses_of_all_features(self, small_catalog: Catalog) -> None:
        found = small_catalog.as_of(2018)
        assert list(found.index) == list(small_catalog.ids)
        assert found[["lao-line", "nam-dam", "lao-farm", "khorgos-hub"]].tolist() == [
            "under-construction",
            "suspended",
            "",
            "unknown",
        ]


class TestTimeline:
    def test_it_begins_with_the_first_event(self, small_catalog: Catalog) -> None:
        assert small_catalog.years == range(2015, 2032)

    def test_it_does_not_begin_too_early(self, small: Root, tmp_path: Path) -> None:
        small.tables["status_history"][0]["date"] = "1913"
        small.sort("status_history")
        assert bri_map.load(small.write(tmp_path)).years == range(EARLIEST_YEAR, 2032)

    def test_without_any_date_it_is_one_year(self, small: Root, tmp_path: Path) -> None:
        for row in small.tables["status_history"]:
            row["date"] = ""
        small.sort("status_history")
        catalog = bri_map.load(small.write(tmp_path))
        told = catalog.timeline(Filter())
        assert (told.years, told.undated, told.events) == (range(2031, 2032), len(catalog), (0,))

    @pytest.mark.parametrize(
        ("wanted", "undated", "events"),
        [
            (Filter(), 2, {2015: 1, 2016: 1, 2018: 1, 2020: 6, 2021: 1, 2030: 1}),
            (Filter(undated=False), 2, {2015: 1, 2016: 1, 2018: 1, 2020: 6, 2021: 1, 2030: 1}),
            (Filter(layer={"rail"}), 1, {2016: 1, 2021: 1}),
            (Filter(layer={"rail"}, status={"completed"}), 0, {2021: 1}),
            (Filter(status={"unknown"}), 2, {}),
            (Filter(q="nothing at all"), 0, {}),
        ],
        ids=str,
    )
    def test_events_and_what_is_undated(
        self, wanted: Filter, undated: int, events: dict[int, int], small_catalog: Catalog
    ) -> None:
        told = small_catalog.timeline(wanted)
        assert told.undated == undated
        assert {year: n for year, n in zip(told.years, told.events, strict=True) if n} == events

    @pytest.mark.parametrize(
        "wanted",
        [Filter(), Filter(undated=False), Filter(status={"unknown"}), Filter(layer={"rail"})],
        ids=str,
    )
    def test_it_is_the_filter_year_by_year(self, wanted: Filter, small_catalog: Catalog) -> None:
        told = small_catalog.timeline(wanted)
        for year, mask, counts in zip(told.years, told.masks, told.counts, strict=True):
            selection = small_catalog.select(replace(wanted, year=year))
            assert list(small_catalog.ids[mask]) == selection.ids
            assert {code: n for code, n in counts.items() if n} == selection.statistics()["by"]["status"]


def test_an_export_says_the_status_of_the_year(small_catalog: Catalog) -> None:
    def properties(wanted: Filter) -> dict[str, Any]:
        document = json.loads(export_geojson(small_catalog.select(wanted), small_catalog))
        return {feature["id"]: feature["properties"] for feature in document["features"]}

    dated = properties(Filter(year=2016))
    assert (dated["nam-dam"]["status"], dated["nam-dam"]["status_in_year"]) == (
        "suspended",
        "under-construction",
    )
    assert dated["khorgos-hub"]["status_in_year"] == "unknown"
    assert all("status_in_year" not in found for found in properties(Filter()).values())


def test_a_status_holds_since_the_event_that_made_it_and_not_since_a_report(
    small: Root, tmp_path: Path
) -> None:
    events = small.tables["status_history"]
    like = {row["feature_id"]: row for row in events}
    events += [
        {**like["lao-line"], "date": "2022", "mark": "reported", "status": "completed"},
        {**like["lao-farm"], "date": "2021", "mark": "opened", "status": "completed"},
    ]
    rows = bri_map.load(small.write(tmp_path)).rows
    since = {
        thing: (first, last)
        for layer in ("rail", "projects", "parks")
        for thing, first, last in rows(layer)[["id", "status_since", "status_as_of"]].itertuples(index=False)
    }
    assert since["lao-line"] == ("2021-12-03", "2022"), "a later report changes nothing"
    assert since["nam-dam"] == ("2018-05-01", "2018-05-01")
    assert since["lao-farm"] == ("", "2021"), "it was reported before the event"
    assert since["rayong-zone"][0] == "", "only ever reported"
