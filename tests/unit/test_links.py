"""Links as they arrive from letters and messengers."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_map.web.links import mended_query


def read(query: str) -> list[tuple[str, str]]:
    return parse_qsl(mended_query(query), keep_blank_values=True)


LAOS = [("country", "LAO"), ("lang", "en")]


TAILS = [")", ".", ",", "。", "）", '"', "'", "”", "」", "&quot;", ").", "%29", "\u200b", ">,"]


@pytest.mark.parametrize("tail", TAILS)
def test_what_sticks_to_the_end_of_a_link_is_no_part_of_it(tail: str) -> None:
    found = read(f"country=LAO&lang=en{tail}")
    assert [pair for pair in found if pair[0] in ("country", "lang")] == LAOS


@pytest.mark.parametrize(
    "query",
    [
        "country=LAO&amp;lang=en",
        "country=LAO&amp;amp;lang=en",
        "country%3DLAO%26lang%3Den",
        "country%253DLAO%2526lang%253Den",
        "country=LAO%26lang%3Den",
        "country=%254CAO&lang=en",
        "country=LAO?lang=en",
        "?country=LAO&lang=en",
    ],
)
def test_what_was_escaped_too_often_or_joined_wrongly_is_understood(query: str) -> None:
    assert read(query) == LAOS


def test_a_text_keeps_what_can_be_meant() -> None:
    assert read("q=Gwadar%2520port&lang=en")[0] == ("q", "Gwadar port")
    assert read("q=%25E7%2593%259C&lang=en")[0] == ("q", "瓜")
    assert read("q=ports)") == [("q", "ports")]
    assert read("q=ports+(new)") == [("q", "ports (new)")]
    assert read("q=ports)&lang=en")[0] == ("q", "ports)")
    assert read("q=50%25+steel&lang=en")[0] == ("q", "50% steel")


@pytest.mark.parametrize(
    "query",
    [
        "length=100..&lang=en",
        "country=LAO&country=THA&lang=en&view=102.7,18,7",
        "area=60,20;80,20;80,40&lang=zh",
        "sort=-name&columns=name,kind&page=2&lang=en",
        "",
    ],
)
def test_a_sound_link_is_left_as_it_is(query: str) -> None:
    assert mended_query(query) == query


@given(st.lists(st.tuples(st.sampled_from(["q", "country", "lang", "view", "amp;q"]), st.text(max_size=12))))
def test_a_mended_link_needs_no_mending(pairs: list[tuple[str, str]]) -> None:
    once = mended_query("&".join(f"{name}={value}" for name, value in pairs))
    assert mended_query(once) == once
