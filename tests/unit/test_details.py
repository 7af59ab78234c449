"""The details: what stands where, each thing once, and what every part leads to."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import pytest

from bri_map.catalog import load
from bri_map.domain.filter import Filter
from bri_map.i18n import languages, messages
from bri_map.ui.details import details_html

CATALOG = load()
IDS = [str(feature_id) for feature_id in CATALOG.ids]


@cache
def html_of(feature_id: str, language: str = "en") -> str:
    return details_html(CATALOG, CATALOG.get(feature_id), messages(language))


def figures(html: str) -> list[str]:
    return re.findall(r'<span class="bri-figure">(.*?)</span>', html)


def test_parts_come_in_their_order() -> None:
    html = html_of("saysettha-development-zone")
    parts = ["bri-kicker", "<h2>", "bri-names", "bri-moments", "bri-chart", "bri-history", "bri-key-figures"]
    text = messages("en")
    titles = [text[f"details.{name}"] for name in ("what", "who", "money", "when", "where", "sources")]
    places = [html.index(part) for part in parts] + [html.index(f"<h3>{title}") for title in titles]
    assert places == sorted(places)
    assert len(re.findall("<h3>What</h3>", html)) == 1


def test_most_features_have_four_key_figures_and_none_has_more() -> None:
    counts = [len(figures(html_of(feature_id))) for feature_id in IDS[::7]]
    assert max(counts) == 4
    assert sum(count >= 3 for count in counts) > len(counts) / 2
    assert figures(html_of("china-laos-railway"))[1:3] == ["1\u202f035 km", "2021-12-03"]


@pytest.mark.parametrize("language", languages())
def test_no_name_is_repeated_among_the_facts(language: str) -> None:
    for feature_id in IDS[::20]:
        labels = set(re.findall(r"<dt>([^<]*)</dt>", html_of(feature_id, language)))
        assert not labels & {messages(language)["column.name"], messages(language)["column.name_zh"]}


@pytest.mark.parametrize("language", languages())
def test_whoever_judges_is_said_once(language: str) -> None:
    m = messages(language)
    found = 0
    for feature_id in IDS[::7]:
        html = html_of(feature_id, language)
        sources = html[html.index("bri-sources") : html.index("bri-blocks")].split("<li>")[1:]
        for title, basis in (("editors", "editorial"), ("background", "unconfirmed")):
            for i in (i for i, item in enumerate(sources, 1) if m[f"evidence.{title}"] in item):
                said = re.findall(rf'<cite data-source="{i}"></cite>(.*?)</li>', html)
                found += len(said)
                assert not [text for text in said if m[f"basis.{basis}"] in text]
    assert found > 20


def test_links_to_results_find_the_feature_itself() -> None:
    asked = set()
    for feature_id in IDS[::7]:
        for href in re.findall(r'class="bri-ask[^"]*" href="([^"]*)"', html_of(feature_id)):
            params = dict(parse_qsl(urlsplit(href.replace("&amp;", "&")).query))
            assert params.pop("lang") == "en"
            ((facet, code),) = params.items()
            asked.add(facet)
            found = CATALOG.select(CATALOG.check(Filter().with_code(facet, code, True)))
            assert feature_id in found.ids, href
    kinds = {"type", "sector", "line", "route"}
    assert asked == {"layer", "organisation", "source", "country", "region", "corridor", *kinds}


def test_amounts_say_whether_they_count() -> None:
    html = html_of("china-laos-railway")
    money = html[html.index("<h3>Money") : html.index("<h3>When")]
    assert len(re.findall("bri-note", money)) == len(re.findall("<dd>", money)) > 1
    assert "not in the totals" in money
    assert "counts in the totals" in html_of("saysettha-development-zone")


@pytest.mark.parametrize("language", languages())
def test_words_are_explained_where_they_stand(language: str) -> None:
    m = messages(language)
    html = {i: html_of(i, language) for i in ("saysettha-development-zone", "gwadar-port")}
    explained = {key: m[f"explained.{key}"] for key in ("mofcom", "ey_parks", "completed_park", "brigc")}
    for key, feature_id in {
        "mofcom": "saysettha-development-zone",
        "ey_parks": "saysettha-development-zone",
        "completed_park": "saysettha-development-zone",
        "brigc": "gwadar-port",
    }.items():
        blocks = html[feature_id].split('<div class="bri-said"')[1:]
        (number,) = [i for i, block in enumerate(blocks, 1) if explained[key] in block]
        assert f'class="bri-word" data-block="{number}"' in html[feature_id]
    assert explained["completed_park"] not in html["gwadar-port"], "only a park is said to be completed so"
    district = next(i for i in IDS if CATALOG.get(i).values["precision"] == "district")
    assert m["explained.district"] in html_of(district, language)
