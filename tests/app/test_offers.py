"""Filters that the words of a search name: what they are, what they count, what choosing one does."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from bri_map.app.offers import MOST
from bri_map.app.store import AtlasStore, keeper
from bri_map.domain.filter import Filter
from bri_map.i18n import messages
from tests.app.asgi import request
from tests.app.conftest import Visitor
from tests.app.test_web import APP

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def store() -> AtlasStore:
    """Give the store of the shipped data."""
    return keeper.store()


class TestOffers:
    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("ports", {"sector": {"ports"}}),
            ("harbours in greece", {"sector": {"ports"}, "country": {"GRC"}}),
            ("希腊的港口", {"sector": {"ports"}, "country": {"GRC"}}),
            ("railways in laos", {"layer": {"rail"}, "country": {"LAO"}}),
            ("zones in cambodia", {"layer": {"parks"}, "country": {"KHM"}}),
            (
                "agricultural parks in russia",
                {"type": {"agricultural"}, "layer": {"parks"}, "country": {"RUS"}},
            ),
            ("农业园区", {"type": {"agricultural"}, "layer": {"parks"}}),
            ("wind farms in montenegro", {"subsector": {"wind"}, "country": {"MNE"}}),
            ("laos and cambodia", {"country": {"LAO", "KHM"}}),
            ("burma", {"country": {"MMR"}}),
            ("ports in africa", {"sector": {"ports"}, "region": {"north-africa", "sub-saharan-africa"}}),
            ("东南亚产业园区", {"region": {"southeast-asia"}, "layer": {"parks"}}),
            ("under construction", {"status": {"under-construction"}}),
            (
                "cpec hydropower",
                {"corridor": {"china-pakistan-economic-corridor"}, "subsector": {"hydropower"}},
            ),
            ("high-speed rail in china", {"line": {"high-speed"}, "country": {"CHN"}}),
            ("textiles", {"industry": {"textiles"}}),
        ],
    )
    def test_words_are_read_as_codes(self, text: str, codes: dict[str, set[str]], store: AtlasStore) -> None:
        first = store.offers.of(text)[0]
        found: dict[str, set[str]] = {}
        for facet, code in first.codes:
            found.setdefault(facet, set()).add(code)
        assert found == codes

    @pytest.mark.parametrize("text", ["", "gwadar", "ports of nowhere", "的", "laos " * 40])
    def test_what_names_no_code_in_full_offers_nothing(self, text: str, store: AtlasStore) -> None:
        assert store.offers.of(text) == []

    def test_what_would_find_nothing_is_not_offered(self, store: AtlasStore) -> None:
        assert store.offers.of("ports in mongolia") == []

    def test_a_layer_is_never_offered_with_a_kind_that_it_lacks(self, store: AtlasStore) -> None:
        for offer in store.offers.of("agricultural parks in russia"):
            assert ("sector", "agriculture") not in offer.codes

    def test_the_count_is_that_of_the_filter(self, store: AtlasStore) -> None:
        for text in ("ports", "zones in cambodia", "middle east", "suspended", "railway"):
            offers = store.offers.of(text)
            assert 0 < len(offers) <= MOST
            for offer in offers:
                wanted = Filter()
                for facet, code in offer.codes:
                    wanted = wanted.with_code(facet, code, True)
                assert offer.count == len(store.catalog.select(wanted))

    def test_every_label_of_every_code_names_it(self, store: AtlasStore) -> None:
        """In each language, a kind, a status or a region is offered by what the sidebar calls it."""
        lost = []
        for questions in store.questions.values():
            for facet in ("layer", "type", "status", "sector", "region", "country"):
                for code in store.catalog.options(facet):
                    label = questions.labels[facet][code]
                    if not any((facet, code) in offer.codes for offer in store.offers.of(label)):
                        lost.append((facet, label))
        assert lost == []

    def test_the_label_is_in_the_language_asked_for(self, store: AtlasStore) -> None:
        (offer, *_) = store.offers.of("ports in greece")
        said = {
            code: offer.label(store.catalog, store.questions[code], messages(code)) for code in ("en", "zh")
        }
        assert said == {"en": "Ports · Greece", "zh": "港口 · 希腊"}


def test_the_route_ends_with_the_filters() -> None:
    query = urlencode({"q": "ports in greece", "lang": "zh"})
    document = json.loads(request(APP, f"/atlas-files/search?{query}").body)
    offer = {"codes": [["sector", "ports"], ["country", "GRC"]], "label": "港口 · 希腊", "count": 2}
    assert document["filters"] == [offer]


def test_choosing_one_sets_that_filter_and_no_other(visit: Visit) -> None:
    visitor = visit("map", status="suspended", year="2015")
    visitor.do(
        {"kind": "reset"},
        {"kind": "code", "facet": "sector", "code": "ports", "on": True},
        {"kind": "code", "facet": "country", "code": "GRC", "on": True},
    )
    assert visitor.url == {"sector": "ports", "country": "GRC", "lang": "en"}
