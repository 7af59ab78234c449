"""The first picture of the map: there before any script, where the map will be, gone when that is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bri_map.app.store import PREFIX
from tests.e2e.atlas import map_frame, near, picture, place_of, place_of_lonlat
from tests.e2e.conftest import EVERYWHERE, PHONE, WIDE, Visitor

SIDE = 2048
START = (66.0, 27.0)
TABLET = {"width": 1024, "height": 768}
TWO_ROWS = {"width": 1150, "height": 700}
SIZES = pytest.mark.parametrize(
    "window", [WIDE, PHONE, TABLET, TWO_ROWS], ids=["wide", "phone", "tablet", "two-rows"]
)


def without_scripts(browser: Browser, url: str, **options: Any) -> Page:
    """Open a page as one sees it before any script has run."""
    context = browser.new_context(java_script_enabled=False, **options)
    page = context.new_page()
    context.request.get(
        f"{url.split('?')[0].rstrip('/')}/{PREFIX}/none"
    )  # is answered once the data are read
    page.goto(url)
    expect(page.locator("#bri-first > svg")).to_be_visible()
    return page


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return dict(found)


@EVERYWHERE
def test_it_is_seen_before_any_script_in_the_language_of_the_link(
    browser: Browser, server: str, language: str, window: dict[str, int]
) -> None:
    page = without_scripts(browser, f"{server}/?lang={language}", viewport=window)
    name = {"en": "INDIA", "zh": "印度"}[language]
    expect(page.locator("#bri-first text").get_by_text(name, exact=True)).to_be_visible()
    expect(page.locator("#bri-first")).to_have_attribute("aria-hidden", "true")
    page.context.close()


@pytest.mark.parametrize(("scheme", "water"), [("light", "#DCE7EE"), ("dark", "#171B1F")])
def test_it_has_the_theme_of_the_system(browser: Browser, server: str, scheme: str, water: str) -> None:
    page = without_scripts(browser, server, viewport=WIDE, color_scheme=scheme)
    corner = box(page, "#bri-first")
    sea = (round(corner["x"] + corner["width"] * 0.62), round(corner["y"] + corner["height"] * 0.9))
    assert near(picture(page).getpixel(sea), water, 3)
    page.context.close()


@SIZES
def test_the_map_takes_its_place_without_a_jump(
    browser: Browser, visit: Callable[..., Visitor], server: str, window: dict[str, int]
) -> None:
    before = without_scripts(browser, server, viewport=window)
    frame, svg = box(before, "#bri-first"), box(before, "#bri-first > svg")
    page = visit(server, viewport=window).page
    map_frame(page)
    expect(page.locator("#bri-first")).to_have_count(0)
    there = box(page, "iframe[title*='st_folium']")
    for side in ("x", "y", "width", "height"):
        assert abs(frame[side] - there[side]) <= 2, side
    x, y = place_of_lonlat(page, *START)
    middle = before.locator("#bri-first").evaluate(
        "e => ['x', 'y'].map(name => parseFloat(e.style.getPropertyValue(`--bri-first-${name}`)))"
    )
    assert abs(svg["x"] + SIDE + middle[0] - x) <= 2
    assert abs(svg["y"] + middle[1] - y) <= 2
    before.context.close()


def test_marks_stand_where_the_map_draws_them(
    browser: Browser, visit: Callable[..., Visitor], server: str
) -> None:
    link = f"{server}/?layer=parks&country=BLR&view=66,27,3"
    before = without_scripts(browser, link, viewport=WIDE)
    mark = box(before, "#bri-first svg > use[href^='#bri-p']")
    page = visit(link).page
    frame = map_frame(page)
    index = frame.evaluate(
        "() => { const bits = atob(briMap.probe().state.layers.parks.bits);"
        "for (let i = 0; i < 8 * bits.length; i++) if ((bits.charCodeAt(i >> 3) >> (i & 7)) & 1) return i; }"
    )
    x, y = place_of(page, "parks", index)
    assert abs(mark["x"] + mark["width"] / 2 - x) <= 2
    assert abs(mark["y"] + mark["height"] / 2 - y) <= 2
    before.context.close()


def test_it_does_not_stay_over_a_page_without_a_map_nor_take_clicks(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.route("**/component/streamlit_folium.st_folium/index.html*", lambda route: None)  # it never comes
    page.goto(server)
    expect(page.get_by_test_id("stSidebar").get_by_text("Layer", exact=True)).to_be_visible(timeout=30_000)
    expect(page.locator("#bri-first")).to_be_visible()
    under = page.evaluate("() => document.elementFromPoint(800, 500).closest('#bri-first')")
    assert under is None
    page.get_by_test_id("stTopNavLink").filter(has_text="Table").click()
    expect(page.locator("#bri-first")).to_have_count(0)
    context.close()


def test_a_page_without_a_map_never_has_it(visit: Callable[..., Visitor], server: str) -> None:
    page = visit(f"{server}/table").page
    assert page.locator("#bri-first").count() == 0


def test_an_embedded_map_has_it_all_over_the_page(
    browser: Browser, visit: Callable[..., Visitor], server: str
) -> None:
    window = {"width": 700, "height": 500}
    before = without_scripts(browser, f"{server}/?embed=true", viewport=window)
    assert box(before, "#bri-first") == {"x": 0, "y": 0, **window}
    page = visit(f"{server}/?embed=true", viewport=window).page
    map_frame(page)
    expect(page.locator("#bri-first")).to_have_count(0)
    before.context.close()
