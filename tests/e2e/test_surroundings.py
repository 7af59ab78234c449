"""What the reader's own machine brings: the size of its window, its theme, its input method."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.builders import Root
from tests.e2e import atlas
from tests.e2e.conftest import Visitor, running_server

Visit = Callable[..., Visitor]

COVERED = """
(selector) => [...document.querySelectorAll(selector)]
  .filter((wanted) => {
    const { left, top, width, height } = wanted.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return !hit || !(wanted.contains(hit) || hit.contains(wanted));
  })
  .map((wanted) => wanted.textContent || wanted.title || wanted.className)
"""
"""Links and tools that something lies over, or that stand outside the window."""
ON_PAGE = (
    '[data-testid="stTopNavLink"], [data-testid="stPopover"] button, .bri-search-input, .bri-tool, '
    ".st-key-w-lang button"
)
ON_MAP = ".bri-years-open, .bri-buttons button, .bri-legend-head"
WINDOWS = [
    (768, 1024),
    (820, 1180),
    (1024, 768),
    (1080, 810),
    (1120, 800),
    (1190, 800),
    (1200, 800),
    (844, 390),
]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_between_phone_and_desk_every_link_and_tool_can_be_hit(
    language: str, server: str, visit: Visit
) -> None:
    page = visit(f"{server}/?lang={language}").page
    frame = atlas.map_frame(page)
    covered: list[object] = []
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("innerWidth === " + str(width))
        for is_open in (True, False):
            show_sidebar(page, is_open)
            assert page.get_by_test_id("stTopNavLink").count() == 5
            if found := page.evaluate(COVERED, ON_PAGE) + frame.evaluate(COVERED, ON_MAP):
                covered.append((width, height, is_open, found))
    assert covered == []


def show_sidebar(page: Page, wanted: bool) -> None:
    """Open or close the sidebar."""
    is_open = page.get_by_test_id("stSidebar").get_attribute("data-collapsed") == "false"
    if is_open != wanted:
        button = "stSidebarCollapseButton" if is_open else "stExpandSidebarButton"
        page.evaluate(
            "(id) => { const found = document.querySelector(`[data-testid=${id}]`);"
            " (found.querySelector('button') ?? found).click(); }",
            button,
        )
    edge = "right <= 0" if not wanted else "left >= 0"
    page.wait_for_function(
        "() => { const { left, right } = document.querySelector('[data-testid=stSidebar]')"
        f".getBoundingClientRect(); return {edge}; }}"
    )


def test_when_the_system_turns_dark_all_of_the_page_does(server: str, visit: Visit) -> None:
    page = visit(f"{server}/?lang=en&country=LAO&id=china-laos-railway").page
    atlas.map_frame(page)
    expect(page.locator(".bri-details")).to_be_visible(timeout=atlas.WAIT_MS)
    for scheme, is_dark in (("dark", True), ("light", False)):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            """(isDark) => {
              const frame = [...document.querySelectorAll('iframe')].find((one) => one.contentWindow.briMap);
              const brightness = (element) => {
                for (let at = element; at; at = at.parentElement) {
                  const parts = getComputedStyle(at).backgroundColor.match(/[\\d.]+/g).map(Number);
                  if (parts.length < 4 || parts[3] > 0) return Math.max(...parts.slice(0, 3));
                }
                return 255;
              };
              const parts = ['stHeader', 'stSidebar', 'stMain'].map((id) => `[data-testid=${id}]`);
              const shown = [...parts, '.bri-details', '.bri-tool'].map((one) => document.querySelector(one));
              const map = frame.contentDocument.querySelector('.leaflet-container');
              return [...shown, map].every((element) => brightness(element) < 80 === isDark);
            }""",
            arg=is_dark,
            timeout=atlas.WAIT_MS,
        )
    expect(page.locator(".bri-details")).to_be_visible()


@pytest.mark.parametrize("mark", [{"keyCode": 229}, {"isComposing": True}], ids=["safari", "others"])
def test_enter_that_ends_a_composition_opens_nothing(
    mark: dict[str, object], server: str, visit: Visit
) -> None:
    page = visit(f"{server}/?lang=zh").page
    box = page.locator(".bri-search-input")
    box.fill("zhonglao")
    expect(page.locator(".bri-search-option").first).to_be_visible(timeout=atlas.WAIT_MS)
    box.evaluate(
        "(box, mark) => box.dispatchEvent(new KeyboardEvent('keydown', "
        "{ key: 'Enter', bubbles: true, cancelable: true, ...mark }))",
        mark,
    )
    box.press("End")  # a key of the reader's own, after which the other's work would be done
    expect(page.locator(".bri-search-option").first).to_be_visible()
    expect(box).to_have_value("zhonglao")
    assert page.evaluate("briMapJournal.pending.length") == 0
    box.press("Enter")
    expect(page.locator(".bri-details")).to_be_visible(timeout=atlas.WAIT_MS)


def test_a_word_without_end_stays_inside_the_details(small: Root, tmp_path: Path, visit: Visit) -> None:
    word = "x" * 3000
    row = small.row("parks", "lao-farm")
    row["note"] = word
    with running_server(small.write(tmp_path)) as server:
        page = visit(f"{server}/?lang=en&id=lao-farm").page
        panel = page.locator(".bri-details")
        expect(panel.get_by_text(word[:50]).first).to_be_visible(timeout=atlas.WAIT_MS)
        widths = panel.evaluate(
            "(panel) => [panel, ...panel.querySelectorAll('*')].map((at) => at.scrollWidth - at.clientWidth)"
        )
        assert max(widths) <= 1
        page.context.close()
