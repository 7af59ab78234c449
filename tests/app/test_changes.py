"""What a reader does, taken once each and in order; addresses that come late; data that change meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bri_map.catalog import Catalog
from bri_map.i18n import messages
from tests.app.conftest import Visitor

Visit = Callable[..., Visitor]
COMPLETED = {"kind": "code", "facet": "status", "code": "completed", "on": True}
PARKS = {"kind": "code", "facet": "layer", "code": "parks", "on": True}


class TestTaking:
    def test_a_change_that_is_sent_again_is_not_applied_twice(self, visit: Visit) -> None:
        visitor = visit("map").tell([{**COMPLETED, "n": 1}])
        visitor.tell([{**COMPLETED, "n": 1}, {**PARKS, "n": 2}])
        assert visitor.url == {"layer": "parks", "status": "completed", "lang": "en"}
        visitor.tell([{"kind": "reset", "n": 3}])
        assert visitor.url == {"lang": "en"}
        visitor.tell([{**COMPLETED, "n": 1}, {**PARKS, "n": 2}, {"kind": "reset", "n": 3}])
        assert visitor.url == {"lang": "en"}

    def test_those_of_one_message_are_applied_in_order(self, visit: Visit) -> None:
        visitor = visit("map", status="suspended")
        visitor.do({"kind": "reset"}, COMPLETED, PARKS, {**PARKS, "on": False})
        assert visitor.url == {"status": "completed", "lang": "en"}

    def test_the_page_says_how_far_it_has_taken_them(self, visit: Visit) -> None:
        visitor = visit("map")
        assert visitor.part("changes")["taken"] == 0
        assert visitor.do(COMPLETED, PARKS).part("changes")["taken"] == 2

    def test_a_new_session_has_another_name(self, visit: Visit) -> None:
        assert visit("map").part("changes")["session"] != visit("map").part("changes")["session"]

    @pytest.mark.parametrize(
        "change",
        [
            {"kind": "code", "facet": "status", "code": "done", "on": True},
            {"kind": "code", "facet": "country", "code": "XXX", "on": True},
            {"kind": "code", "facet": "moon", "code": "x", "on": True},
            {"kind": "code", "facet": "status", "code": "completed", "on": "yes"},
            {"kind": "code", "facet": ["status"], "code": "completed", "on": True},
            {"kind": "without", "names": ["moon"]},
            {"kind": "without", "names": "status"},
            {"kind": "without", "names": [["status"]]},
            {"kind": "text", "text": 7},
            {"kind": "text", "text": "\ud800"},
            {"kind": "year", "year": "2013"},
            {"kind": "year", "year": True},
            {"kind": "year", "year": 10**30},
            {"kind": "near", "feature": "nobody", "km": 5},
            {"kind": "near", "feature": "gwadar-port", "km": -5},
            {"kind": "display", "name": "theme", "value": "dark"},
            {"kind": "display", "name": "basemap", "value": "moon"},
            {"kind": "display", "name": "cluster", "value": "yes"},
            {"kind": "language", "language": "xx"},
            {"kind": "language", "language": ["zh"]},
            {"kind": "feature", "id": "nobody"},
            {"kind": "address", "query": 7, "read": 0},
            {"kind": "address", "query": "", "read": 0},
            {"kind": "sort", "table": "features", "column": "moon", "descending": True},
            {"kind": "page", "table": "features", "page": 0},
            {"kind": "page", "table": "moon", "page": 2},
            {"kind": "page", "table": "features", "page": True},
            {"kind": "column", "column": "moon", "on": True},
            {"kind": "column", "column": "kind", "on": "yes"},
            {"kind": "dance"},
            {"kind": ["code"]},
            {},
        ],
        ids=str,
    )
    def test_nonsense_changes_nothing(self, change: dict[str, Any], visit: Visit) -> None:
        before = {"status": "suspended", "lang": "en"}
        assert visit("map", **before).do(change).url == before

    @pytest.mark.parametrize(
        "pending",
        [None, 7, "x", {}, [None], [[]], [{"n": 1}], [{**COMPLETED, "n": True}], [{**COMPLETED, "n": 2**60}]],
        ids=str,
    )
    def test_what_is_no_journal_changes_nothing(self, pending: Any, visit: Visit) -> None:
        assert visit("map").tell(pending).url == {"lang": "en"}


class TestAddresses:
    def test_a_click_that_comes_with_an_older_address_undoes_nothing(self, visit: Visit) -> None:
        """It was made before the answer to the one before it had arrived."""
        visitor = visit("map", lang="en", status="early-stage")
        before = visitor.url
        visitor.do(COMPLETED)
        visitor.app.query_params.clear()
        visitor.app.query_params.update(before)
        visitor.do(PARKS)
        assert visitor.url == {"layer": "parks", "status": ["completed", "early-stage"], "lang": "en"}

    def test_where_back_led_is_read_with_the_next_click_if_its_own_run_was_overtaken(
        self, visit: Visit
    ) -> None:
        visitor = visit("map", lang="en").do(COMPLETED)
        known = visitor.part("changes")["read"]
        visitor.do({"kind": "address", "query": "?lang=en&status=suspended", "read": known}, PARKS)
        assert visitor.url == {"layer": "parks", "status": "suspended", "lang": "en"}

    @pytest.mark.parametrize("tag", ["zh", "zh-CN", "zh-TW", "zh-Hans", "ZH-hans", "zh_HK"])
    def test_a_tag_of_a_language_is_understood(self, tag: str, visit: Visit) -> None:
        visitor = visit("about", lang=tag)
        assert visitor.app.title[0].value == messages("zh")["about_page.title"]
        assert visitor.texts == []
        assert visitor.url["lang"] == "zh"

    @pytest.mark.parametrize(("asked", "shown"), [("1850", 0), ("2100", -1)])
    def test_a_year_beyond_the_data_is_brought_to_the_nearest_everywhere(
        self, asked: str, shown: int, visit: Visit, shipped: Catalog
    ) -> None:
        visitor = visit("map", year=asked)
        year = shipped.years[shown]
        assert visitor.url["year"] == str(year)
        assert visitor.map_state["year"] == year
        assert asked in visitor.texts[0]

    @pytest.mark.parametrize("value", ["0000020139", "9" * 5000, "٢٠١٣", "20.5", "-1"])
    @pytest.mark.parametrize("name", ["year", "q", "near", "id", "source"])
    def test_nothing_that_stands_in_it_ends_in_a_traceback(self, name: str, value: str, visit: Visit) -> None:
        visitor = visit("map", status="completed", **{name: value})
        assert visitor.url["status"] == "completed"


def publications() -> None:
    """Read a link in a session that a map follows, and keep what is published; AppTest runs it."""
    import json

    import streamlit as st

    from bri_map.app.live import hub
    from bri_map.app.store import keeper
    from bri_map.ui.state import State

    told = []
    state = State(keeper.store().catalog)
    is_followed, publish = hub.is_followed, hub.publish
    hub.is_followed, hub.publish = (lambda _: True), (lambda _, shown: told.append(json.loads(shown)))
    try:
        link = {"status": ["completed"], "id": ["gwadar-port"], "labels": ["0"], "lang": ["zh"]}
        state.read(link, zoom=True)
    finally:
        hub.is_followed, hub.publish = is_followed, publish
    st.session_state["told"] = told


def test_a_link_is_told_to_the_map_once_and_whole() -> None:
    app = AppTest.from_function(publications, default_timeout=60).run()
    assert [error.value for error in app.exception] == []
    (told,) = app.session_state["told"]
    assert told["query"] == "status=completed"
    assert told["selected"] is not None
    assert told["focus"] is not None
    assert told["lang"] == "zh"
    assert told["display"]["labels"] is False


def test_a_filter_by_what_new_data_lack_goes_too_and_that_is_said(
    small_folder: Path, fresh_keeper: Callable[[Path], None]
) -> None:
    visitor = Visitor("map", near="gwadar-port,100", status="completed", id="gwadar-port")
    assert visitor.url["near"] == "gwadar-port,100"
    fresh_keeper(small_folder)
    visitor.run()
    assert visitor.url == {"status": "completed", "lang": "en"}
    (said,) = visitor.texts
    assert "'gwadar-port,100'" in said
    assert "'gwadar-port'" in said
    assert visitor.click("dismiss").run().texts == []


def test_sessions_do_not_take_each_others_changes(visit: Visit) -> None:
    one, other = visit("map"), visit("map")
    one.do(COMPLETED)
    other.do(PARKS)
    assert one.url == {"status": "completed", "lang": "en"}
    assert other.url == {"layer": "parks", "lang": "en"}


class TestWhatIsFound:
    """What was chosen in the search opens where it can be seen."""

    @staticmethod
    def found(group: str, thing: str) -> dict[str, Any]:
        return {"kind": "search", "group": group, "id": thing, "bbox": [102, 17, 104, 19]}

    def test_a_source_opens_on_its_page(self, visit: Visit, catalog: Catalog) -> None:
        source = catalog.sources()["id"].iloc[0]
        visitor = visit("map").do(self.found("source", source))
        assert visitor.app.session_state["bri"]["source"] == source

    def test_an_event_opens_the_feature_that_it_concerns(self, visit: Visit, catalog: Catalog) -> None:
        events = catalog.table("events")
        told = events[events["related_ids"] != ""].iloc[0]
        visitor = visit("map").do(self.found("event", told["id"]))
        assert visitor.url["id"] == told["related_ids"].split(";")[0]

    def test_an_event_that_is_not_there_changes_nothing(self, visit: Visit) -> None:
        assert visit("map").do(self.found("event", "never")).url == {"lang": "en"}
