"""The first picture of the map stands in the page as the link asks for it, and on no page without a map."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bri_map.app.first_pictures import START
from bri_map.app.store import keeper
from bri_map.maps.outlines import REACH_PX, SIDE, place_of
from bri_map.web import PageHead
from tests.app.asgi import App, request

MARK = '<use href="#bri-p'


async def _page(scope: Scope, receive: Receive, send: Send) -> None:
    await Response("<html><head></head><body><main/></body></html>", media_type="text/html")(
        scope, receive, send
    )


APP: App = PageHead(_page)


def page(path: str, headers: dict[str, str] | None = None) -> str:
    """Give a page once the data are there."""
    keeper.store()
    return request(APP, path, headers).text


def picture(path: str, headers: dict[str, str] | None = None) -> str:
    """Give the picture in a page, or nothing."""
    found = re.search(r'<div id="bri-first".*</svg></div>', page(path, headers), re.S)
    return found[0] if found else ""


@pytest.mark.parametrize("path", ["/", "/map", "/prefix/", "/a/b/map", "/?embed=true", "/?utm_source=x"])
def test_it_stands_in_every_page_with_a_map(path: str) -> None:
    text = page(path)
    assert 0 < text.index("<body>") < text.index('<div id="bri-first"') < text.index("<main/>")
    assert 'aria-hidden="true"' in picture(path)
    assert "pointer-events:none" in text


@pytest.mark.parametrize(
    "path",
    [
        "/table",
        "/figures",
        "/prefix/sources",
        "/about",
        "/?view=100,20,5",
        "/?id=gwadar-port",
        "/?ref=aiddata:34750",
        "/?indicator=parks",
        "/?basemap=osm",
        "/?country=KEN",
        "/?year=2012",
    ],
)
def test_it_is_on_no_page_without_a_map_or_with_one_that_begins_otherwise(path: str) -> None:
    assert picture(path) == ""
    assert "bri-first" not in page(path)


def test_it_is_named_in_the_language_of_the_link_or_else_of_the_browser() -> None:
    english, chinese = picture("/"), picture("/?lang=zh")
    assert ">KAZAKHSTAN</text>" in english
    assert ">哈萨克斯坦</text>" in chinese
    assert picture("/", {"Accept-Language": "zh-CN,zh;q=0.9"}) == chinese
    assert picture("/?lang=en", {"Accept-Language": "zh-CN"}) == english
    assert picture("/?lang=zh-TW") == chinese
    assert picture("/?lang=en-US", {"Accept-Language": "zh-CN"}) == english
    assert picture("/?lang=xx") == english


def test_it_shows_the_features_of_the_filter() -> None:
    view = "view=66,27,3"
    every, parks, none = (picture(f"/?{view}{asked}") for asked in ("", "&layer=parks", "&q=no+such+thing"))
    assert every.count(MARK) > parks.count(MARK) > 50
    assert none.count(MARK) == 0
    assert ">CHINA</text>" in none
    assert picture(f"/?{view}&status=nonsense") == every == picture("/")


@pytest.mark.parametrize("query", ["year=2012", "cluster=1", "scheme=green"])
def test_features_that_would_look_otherwise_are_left_to_the_map(query: str) -> None:
    drawn = picture(f"/?view=66,27,3&{query}")
    assert MARK not in drawn
    assert ">CHINA</text>" in drawn


def test_it_knows_both_themes() -> None:
    drawn = picture("/")
    light, dark = re.findall(r"(?:^|})?#bri-first\{([^}]*)\}", drawn)[:2]
    assert "#F4F1EA" in light
    assert "#23272B" in dark
    assert light.count("--bri-c") == dark.count("--bri-c") > 10
    assert not re.search(r'(fill|stroke)="(#|rgba)', drawn), "every colour is one of the theme"


def test_it_is_placed_by_the_view_of_the_link() -> None:
    assert f"--bri-first-x:{START[0]}px;--bri-first-y:{START[1]}px" in picture("/")
    x, y = place_of(-75.0, -10.0)
    there = picture("/?view=-75,-10,3")
    assert f"--bri-first-x:{x}px;--bri-first-y:{y}px" in there
    places = [float(at) for at in re.findall(MARK + r'\d+" x="([-\d.]+)"', there)]
    assert places
    assert all(abs(at - x) <= REACH_PX for at in places)
    assert any(at < 0 for at in places), "the Pacific lies west of America"
    assert picture("/?view=nonsense") == picture("/?view=1,2") == picture("/?view=999,0,3") == picture("/")


def test_a_feature_stands_where_the_map_will_draw_it() -> None:
    catalog = keeper.store().catalog
    layer, index = catalog.position("gwadar-port")
    point = catalog.geometry(layer)[index]
    x, y = place_of(point.x, point.y)
    places = [
        (float(a), float(b)) for a, b in re.findall(MARK + r'\d+" x="([-\d.]+)" y="([-\d.]+)"', picture("/"))
    ]
    assert min(abs(a - x) + abs(b - y) for a, b in places) < 1.5


def test_it_is_well_formed_and_as_large_as_three_worlds() -> None:
    svg = re.search(r"<svg.*</svg>", picture("/?lang=zh"), re.S)
    assert svg is not None
    root = ElementTree.fromstring(svg[0])
    assert (root.get("width"), root.get("height")) == (str(3 * SIDE), str(SIDE))


@pytest.mark.parametrize(
    "query", ["year=0000020139", "bbox=1", "near=x,y", "q=%00%ff", "view=nan,inf,3", "lang=%"]
)
def test_nonsense_in_a_link_never_breaks_the_page(query: str) -> None:
    assert "<main/>" in page(f"/?{query}")


def test_the_page_travels_compressed_and_not_three_times_as_heavy_as_it_needs() -> None:
    keeper.store()
    answer = request(APP, "/", {"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body).decode() == page("/")
    assert len(answer.body) < 110_000
    assert {"Accept-Encoding", "Accept-Language"} <= set(re.split(", *", answer.headers["vary"]))


def test_without_data_there_is_none_and_nobody_waits(
    fresh_keeper: Callable[[Path], None], tmp_path: Path
) -> None:
    fresh_keeper(tmp_path)
    assert request(APP, "/").text.count("bri-first") == 0


def test_the_frame_of_the_map_loads_what_the_first_view_needs() -> None:
    store = keeper.store()
    text = page("/component/streamlit_folium.st_folium/index.html")
    assert f'<script defer src="{store.map_assets.script}"></script>' in text
    for address in store.map_assets.first:
        assert f'href="{address}"' in text
        assert address.removeprefix("../../atlas-files/") in store.assets
    assert "bri-first" not in text
