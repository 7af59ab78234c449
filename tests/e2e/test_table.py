"""The table: columns chosen and linked, names that stay in sight, rows copied, cards on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

import bri_map
from bri_map.domain.filter import Filter
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import PAIRED
from tests.e2e.windows import PHONE, WIDE, Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()


def open_columns(page: Page, language: str) -> None:
    page.get_by_role("button", name=messages(language)["table_page.columns"], exact=True).click()
    expect(page.locator(".bri-columns-panel")).to_be_visible()


def test_a_column_is_ticked_linked_and_taken_back_by_the_browser(server: str, visit: Visit) -> None:
    page = visit(f"{server}/table?lang=en&layer=rail").page
    head = page.locator("th.bri-column-gauge_mm")
    open_columns(page, "en")
    page.locator(".bri-columns-panel input[value=gauge_mm]").check()
    expect(head).to_be_attached()
    atlas.expect_in_url(page, "gauge_mm")
    page.keyboard.press("Escape")
    expect(page.locator(".bri-columns-panel")).to_be_hidden()
    head.get_by_role("button").click()
    atlas.expect_in_url(page, "sort=gauge_mm")
    page.go_back()
    expect(head).to_have_attribute("aria-sort", "none")
    page.go_back()
    expect(head).to_have_count(0)
    page.go_forward()
    expect(head).to_be_attached()


def test_names_stay_in_sight_and_the_edge_says_that_there_is_more(server: str, shared: Visit) -> None:
    page = shared(f"{server}/table?lang=en&layer=projects", viewport=WIDE).page
    frame, name = page.locator(".bri-table-frame"), page.locator(".bri-table tbody th").first
    expect(frame).to_have_class(re.compile("bri-more-after"))
    left = name.evaluate("cell => cell.getBoundingClientRect().x")
    page.locator(".bri-table").evaluate("table => table.scrollTo(table.scrollWidth, 0)")
    expect(frame).to_have_class(re.compile("bri-more-before"))
    expect(frame).not_to_have_class(re.compile("bri-more-after"))
    assert abs(name.evaluate("cell => cell.getBoundingClientRect().x") - left) < 2


def test_rows_of_all_pages_are_copied_for_a_spreadsheet(server: str, visit: Visit) -> None:
    visitor = visit(f"{server}/table?lang=en&layer=projects&columns=countries&page=2")
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.page
    page.get_by_role("button", name="Copy rows").click()
    count = len(CATALOG.select(Filter(layer={"projects"})))
    said = re.compile(rf"{count // 1000}\D?{count % 1000:03d} rows copied")
    expect(page.locator(".bri-table-tools")).to_contain_text(said, timeout=atlas.WAIT_MS)
    lines = page.evaluate("() => navigator.clipboard.readText()").splitlines()
    assert lines[0] == "Name\tCountries"
    assert len(lines) == count + 1


@PAIRED
def test_rows_are_cards_on_a_phone_and_never_wider_than_the_window(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = shared(f"{server}/table?lang={language}&layer=rail&sort=-length_km", viewport=window).page
    expect(page.locator(".bri-table tbody tr").first).to_be_visible()
    assert page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") <= 0
    label = page.locator(".bri-table td.bri-column-length_km").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    if window == PHONE:
        assert page.locator(".bri-table").evaluate("table => table.scrollWidth - table.clientWidth") <= 0
        assert messages(language)["column.length_km"] in label
        expect(page.locator(".bri-sorting select")).to_have_value("length_km")
    else:
        assert label == "none"
    open_columns(page, language)
    page.keyboard.press("Escape")
    expect(page.locator(".bri-columns-panel")).to_be_hidden()
