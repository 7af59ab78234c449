"""Nothing lies over anything: from a small phone to a wide desk, at 200 and 400 %, in forced colours."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.axe import findings
from tests.e2e.conftest import Visitor
from tests.e2e.reach import show_sidebar, unreachable

Visit = Callable[..., Visitor]
WINDOWS = [
    *((320, 568), (390, 844), (768, 1024), (820, 1180), (844, 390), (1024, 768), (1100, 800)),
    *((1280, 800), (1400, 900), (1920, 1080), (2560, 1440)),
    *((700, 450), (320, 256)),  # 1400 x 900 at 200 %, 1280 x 1024 at 400 %
]
MENU_BELOW = 768
"""In narrower windows the sidebar is a menu over the page."""
PAGES = {
    "map": "?id=gwadar-port",
    "table": "table?id=china-laos-railway",
    "figures": "figures?",
    "sources": "sources?",
    "about": "about?",
}
THUMB = 44


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_everything_can_be_hit_in_every_window(name: str, language: str, server: str, visit: Visit) -> None:
    page = visit(f"{server}/{PAGES[name]}&lang={language}".replace("?&", "?")).page
    expect(page.locator(".bri-search-input")).to_be_visible(timeout=atlas.WAIT_MS)
    atlas.at_rest(page)
    buried: list[str] = []
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"() => innerWidth === {width}")
        expect(page.get_by_test_id("stTopNavLink")).to_have_count(5 if width >= MENU_BELOW else 0)
        for is_open in (False, True):
            show_sidebar(page, is_open)
            atlas.at_rest(page)
            is_menu = is_open and width < MENU_BELOW
            within = ":is([data-testid=stSidebar], .bri-topbar-more)" if is_menu else ""
            where = f"{width} x {height}, sidebar {'open' if is_open else 'closed'}"
            buried += [f"{where}: {found}" for found in unreachable(page, within)]
            if is_menu:
                expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(5)
    assert not buried, "\n".join(buried)


def open_menu(page: Page) -> None:
    page.get_by_test_id("stExpandSidebarButton").tap()
    expect(page.locator(":root")).to_have_attribute("data-bri-menu", "open")
    expect(page.locator(".bri-topbar-more")).to_be_visible()


def expect_closed(page: Page) -> None:
    expect(page.locator(":root")).not_to_have_attribute("data-bri-menu", "open")
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("zh", 320)])
def test_the_menu_of_a_phone(language: str, width: int, server: str, visit: Visit) -> None:
    text = messages(language).text
    options = {"viewport": {"width": width, "height": 700}, "has_touch": True, "is_mobile": True}
    page = visit(f"{server}/?lang={language}", **options).page
    frame = atlas.map_frame(page)
    atlas.at_rest(page)
    sign = frame.get_by_role("button", name=text("map.credits"), exact=True)
    head = frame.locator(".bri-legend-head")
    for control in (page.get_by_test_id("stExpandSidebarButton"), sign, head):
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= THUMB - 0.5
    expect(frame.locator(".bri-credits")).to_be_hidden()
    sign.tap()
    expect(frame.locator(".bri-credits")).to_be_visible()

    expect(page.locator(".bri-search-input")).to_be_visible(timeout=atlas.WAIT_MS)
    open_menu(page)
    cross = page.get_by_role("button", name=text("nav.menu_close"), exact=True)
    box = cross.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= THUMB - 0.5
    assert [one for one in findings(page) if one.ours] == []
    cross.tap()
    expect_closed(page)
    open_menu(page)
    page.touchscreen.tap(width - 10, 300)
    expect_closed(page)
    open_menu(page)
    page.keyboard.press("Escape")
    expect_closed(page)
    open_menu(page)
    page.get_by_role("button", name=text("share.title"), exact=True).tap()
    copy = page.locator(".bri-share-panel").get_by_role("button").first
    expect(copy).to_be_in_viewport(ratio=1)
    copy.tap()
    page.keyboard.press("Escape")
    page.get_by_role("link", name=text("nav.table"), exact=True).tap()
    expect(page.locator(".bri-table tbody tr").first).to_be_visible(timeout=atlas.WAIT_MS)
    expect_closed(page)
    page.get_by_role("button", name=text("download.title")).tap()
    offered = page.get_by_test_id("stPopoverBody").get_by_role("button").first
    expect(offered).to_be_visible(timeout=atlas.WAIT_MS)
    atlas.at_rest(page)
    offered.scroll_into_view_if_needed()
    expect(offered).to_be_in_viewport(ratio=1)


def test_the_keyboard_meets_the_tools_before_the_sidebar(server: str, visit: Visit) -> None:
    page = visit(f"{server}/?lang=en").page
    expect(page.locator(".bri-languages")).to_be_visible(timeout=atlas.WAIT_MS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Skip to the search", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name="Skip to the search", exact=True)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".bri-search-input")).to_be_focused()
    met = []
    for _ in range(5):
        page.keyboard.press("Tab")
        met.append(page.evaluate("() => document.activeElement.closest('[data-part]')?.dataset.part"))
    assert met[:4] == ["share", "theme", "language", "language"]
    page.locator(".bri-search-input").press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMain")).to_be_focused()


def test_signs_are_seen_in_forced_colours(server: str, visit: Visit) -> None:
    page = visit(f"{server}/?lang=en", forced_colors="active").page
    frame = atlas.map_frame(page)
    atlas.at_rest(page)
    for selector in (".bri-zoom-in", ".bri-zoom-out", ".bri-fullscreen"):
        seen = atlas.picture_of(frame.locator(selector))
        middle = [seen.getpixel((x, y)) for x in range(9, 25) for y in range(9, 25)]
        assert len(set(middle)) > 1, f"{selector} is empty"
    theme = atlas.picture_of(page.locator(".bri-theme"))
    assert theme.getpixel((14, 18)) != theme.getpixel((20, 18)), "the sign of the theme has two halves"
    atlas.pill(page, "Completed").click()
    atlas.at_rest(page)
    grounds = page.evaluate(
        "() => ['true', 'false'].map((is) => getComputedStyle(document.querySelector("
        "`[data-part=options-status] [aria-pressed=${is}]`)).backgroundColor)"
    )
    assert grounds[0] != grounds[1], "what is chosen is told by its ground"
    word = page.locator("[data-part=options-status] [aria-pressed=true] span").first
    assert word.evaluate("(word) => getComputedStyle(word).color") != grounds[0]


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh", "dark")])
def test_the_page_that_is_not_there(language: str, scheme: str, server: str, visit: Visit) -> None:
    text = messages(language).text
    visitor = visit(
        f"{server}/nowhere?lang={language}", color_scheme=scheme, viewport={"width": 320, "height": 568}
    )
    page = visitor.page
    expect(page.get_by_role("heading", name=text("unknown_page.title"))).to_be_visible()
    assert findings(page) == []
    assert unreachable(page) == []
    page.get_by_role("searchbox").fill("gwadar")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/\?q=gwadar&lang={language}"))
    atlas.map_frame(page)
