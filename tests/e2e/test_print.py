"""What a page is on paper: a sheet that one can hand on, and nothing that one works with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

import bri_map
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import WIDE, Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
A4 = {"width": 690, "height": 1016}
"""The text of an A4 page in pixels, with the margins of the style sheet."""
TOOLS = (
    "[data-testid=stHeader], [data-testid=stSidebar], .st-key-toolbar, .stMain iframe, .stMain input, "
    ".stMain select, .stMain button:not(.bri-sign, .bri-word, .bri-table *)"
)
_SEEN = "e => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1"
_SCROLLS = """() => [...document.querySelectorAll("body, body *")].filter((e) => {
  const { overflowX, overflowY } = getComputedStyle(e);
  const isCut = (overflow, much) => overflow !== "visible" && much > 2;
  return e.checkVisibility() && !e.matches(".bri-hidden") &&
    (isCut(overflowX, e.scrollWidth - e.clientWidth) || isCut(overflowY, e.scrollHeight - e.clientHeight));
}).map((e) => `${e.tagName} ${e.className}`)"""


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """Lay the page out as for print; the browser tells it as it does before it prints."""
    expect(page.locator(".bri-skip")).to_have_count(2)  # the script that makes sheets has begun
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    try:
        yield
    finally:
        page.emulate_media(media="null")
        page.set_viewport_size(WIDE)
        page.evaluate("dispatchEvent(new Event('afterprint'))")


def assert_nothing_to_work_with(page: Page) -> None:
    tools = page.locator(TOOLS)
    assert tools.count() >= 3
    assert [e.get_attribute("class") for e in tools.all() if e.evaluate(_SEEN)] == []
    assert page.evaluate(_SCROLLS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"]


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_map_page_prints_filter_map_key_and_whole_details(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&country=LAO&status=completed&id=saysettha-development-zone").page
    expect(page.locator(".bri-details h2")).to_be_visible()
    assert pages_of(page.pdf(format="A4")) >= 3
    assert page.locator(".bri-sheet").count() == 0, "it goes when it has been printed"
    with on_paper(page):
        sheet = page.locator(".bri-sheet")
        n = len(CATALOG.select(bri_map.Filter(country={"LAO"}, status={"completed"})))
        for said in (
            "an atlas of the Belt and Road · Map",
            f"Showing {n} of {atlas.number(len(CATALOG))} · Laos · ",
            "Completed",
            f"Data {CATALOG.info.version} of {CATALOG.info.date} · Printed on ",
            "Industrial parks",
            "imply no opinion",
        ):
            expect(sheet).to_contain_text(said)
        colours = sheet.locator("canvas").first.evaluate(
            """(canvas) => {
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              return new Set(new Uint32Array(data.buffer)).size;
            }"""
        )
        assert colours > 50, "the map is in it"
        width = sheet.locator("canvas").first.evaluate("(canvas) => canvas.getBoundingClientRect().width")
        assert A4["width"] / 3 < width <= A4["width"]
        details = page.locator(".bri-details")
        for part in (
            "老挝万象赛色塔综合开发区",
            "Ground broken",
            "counts in the totals",
            "Background knowledge",
        ):
            expect(details.get_by_text(part).last).to_be_visible()
        cited = details.locator(".bri-sign").first.evaluate("(e) => getComputedStyle(e, '::after').content")
        assert re.search(r"\[.*\d", cited)
        assert_nothing_to_work_with(page)
    expect(page.locator(".bri-earlier[open]")).to_have_count(0)


def test_the_table_prints_every_row_of_the_result(server: str, shared: Visit) -> None:
    page = shared(f"{server}/table?lang=zh&sort=name").page
    expect(page.locator(".bri-table tbody tr")).to_have_count(100)
    with on_paper(page):
        rows = page.locator(".bri-sheet-rows tbody tr")
        assert rows.count() == len(CATALOG)
        expect(rows.last).to_be_visible()
        shown = {CATALOG.name(str(feature_id), "zh") for feature_id in CATALOG.ids}
        assert set(rows.locator("td:first-child").all_text_contents()) == shown
        expect(page.locator(".bri-sheet")).to_contain_text(messages("zh")["sheet.everything"])
        expect(page.locator(".bri-table")).not_to_be_visible()
        assert_nothing_to_work_with(page)
    expect(page.locator(".bri-table")).to_be_visible()
    expect(page.locator(".bri-sheet-rows")).to_have_count(0)
    assert pages_of(page.pdf(format="A4")) > 8


def test_other_pages_print_with_a_head_and_without_controls(server: str, shared: Visit) -> None:
    for name in ("sources", "figures"):
        page = shared(f"{server}/{name}?lang=en").page
        expect(page.locator(".bri-table tbody tr, .bri-figures .bri-cells").first).to_be_visible()
        with on_paper(page):
            expect(page.locator(".bri-sheet")).to_contain_text(f"Data {CATALOG.info.version}")
            if name == "sources":
                expect(page.locator(".bri-rows-said")).to_be_visible()
            assert_nothing_to_work_with(page)
        atlas.at_rest(page)
