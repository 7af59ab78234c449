"""The events of a year, for a filter: as many as its bar says, each with its feature and its source."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bri_map.app.store import PREFIX
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.i18n import messages
from bri_map.web.year_events import MOST, events_document
from tests.app.asgi import request
from tests.app.test_web import APP

FILTERS = [
    Filter(),
    Filter(country={"KEN"}),
    Filter(layer={"parks"}, status={"completed"}),
    Filter(region={"south-asia"}, year=2012, undated=False),
    Filter(q="railway"),
]


def ask(query: str) -> dict[str, Any]:
    answer = request(APP, f"/{PREFIX}/events?{query}")
    assert answer.status == 200, answer.text
    found = json.loads(answer.body)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_list_is_as_long_as_its_bar(shipped: Catalog, wanted: Filter) -> None:
    told = shipped.timeline(wanted.without("year"))
    counts = {
        year: events_document(shipped, wanted, range(year, year + 1), messages("en"))["features"]["count"]
        for year in (told.years[0], 2013, 2016, 2020, told.years[-1])
    }
    assert counts == {year: told.events[year - told.years[0]] for year in counts}
    assert any(counts.values())
    whole = events_document(shipped, wanted, told.years, messages("en"))["features"]
    assert whole["count"] == sum(told.events)
    assert len(whole["events"]) == min(MOST, whole["count"])


def test_each_event_has_its_feature_its_words_and_its_source_in_the_language(shipped: Catalog) -> None:
    asked = "country=PAK&layer=projects&from=2020&to=2020"
    english, chinese = ask(asked)["features"], ask(f"{asked}&lang=zh")["features"]
    assert english["count"] == chinese["count"] == len(english["events"]) > 0
    first = next(event for event in chinese["events"] if event["feature"]["id"] == "diamer-bhasha-dam")
    assert first["feature"]["name"] == shipped.name("diamer-bhasha-dam", "zh")
    assert first["date"].startswith("2020年")
    history = shipped.table("status_history")
    for event in english["events"]:
        rows = history[
            (history["feature_id"] == event["feature"]["id"]) & (history["event"] == event["text"])
        ]
        assert len(rows) >= 1
        assert event["source"] is None or event["source"]["id"] in set(rows["source_id"])


def test_what_documents_tell_is_among_them_for_the_filter(shipped: Catalog) -> None:
    events = shipped.table("events")
    in_2020 = events[events["date"].str.startswith("2020")]
    assert ask("from=2020&to=2020")["documents"]["count"] == len(in_2020)
    kenya = ask("country=KEN&from=2020&to=2020")["documents"]
    matching = set(shipped.select(Filter(country={"KEN"})).ids)
    expected = [
        row.title
        for row in in_2020.itertuples()
        if matching.intersection(row.related_ids.split(";"))
        or (not row.related_ids and "KEN" in row.countries.split(";"))
    ]
    assert sorted(event["text"] for event in kenya["events"]) == sorted(expected)
    parks = ask("layer=parks&from=2020&to=2020")["documents"]
    assert parks["count"] < len(in_2020)
    assert all(event["feature"] for event in parks["events"]), "one that concerns no feature is no park's"
    assert ask("status=completed&from=2020&to=2020")["documents"]["count"] == 0


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2016", "to: '' is no year."),
        ("from=soon&to=2016", "from: 'soon' is no year."),
        ("from=2016&to=2016&country=XXX", "country: 'XXX' cannot be used."),
        ("from=2016&to=2016&moon=1", "There is no parameter 'moon'."),
    ],
)
def test_what_cannot_be_used_is_told(query: str, said: str) -> None:
    answer = request(APP, f"/{PREFIX}/events?{query}")
    assert answer.status == 400
    assert answer.text.startswith(said)


def test_years_turned_round_have_no_events() -> None:
    found = ask("from=2020&to=2010")
    assert (found["features"]["count"], found["documents"]["count"]) == (0, 0)
