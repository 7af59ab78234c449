"""Back and Forward lead through states that the reader was in; a server that has forgotten the session."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

import bri_map
from bri_map import Filter
from tests.e2e import atlas
from tests.e2e.conftest import Visitor, running_server
from tests.e2e.distance import far_away
from tests.e2e.test_quick_clicks import params_of, settle

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()


def expect_state(page: Page, path: str, wanted: Filter) -> None:
    """Expect a page with a filter, in numbers and address."""
    atlas.showing(page, len(CATALOG.select(wanted)), len(CATALOG))
    settle(page)
    assert page.url.partition("?")[0].endswith(path)
    assert params_of(page.url) == wanted.to_params() | {"lang": ["en"]}


def entries(page: Page) -> list[str]:
    """Give the addresses in the history of a window, without the view, which is the map's own."""
    addresses = page.evaluate("navigation.entries().map((entry) => entry.url)")
    return [re.sub(r"&view=[^&]*", "", address) for address in addresses]


def test_back_leads_through_pages_and_filters_as_they_were(server: str, visit: Visit) -> None:
    laos = Filter(country={"LAO"})
    completed = laos.with_facet("status", {"completed"})
    elsewhere = f"{server}/_stcore/health"
    page = visit(elsewhere).page
    page.goto(f"{server}/?country=LAO")
    expect_state(page, "/", laos)
    page.get_by_role("link", name="Table").click()
    expect(page.get_by_role("heading", name="Table")).to_be_visible(timeout=atlas.WAIT_MS)
    expect_state(page, "/table", laos)
    atlas.pill(page, "Completed").click()
    expect_state(page, "/table", completed)
    visited = entries(page)
    assert [urlsplit(one).path for one in visited] == [urlsplit(elsewhere).path, "/", "/table", "/table"]
    page.go_back()
    expect_state(page, "/table", laos)
    page.go_back()
    expect_state(page, "/", laos)
    page.go_forward()
    expect_state(page, "/table", laos)
    page.go_forward()
    expect_state(page, "/table", completed)
    for _ in range(2):  # faster than the server answers
        page.go_back()
    for _ in range(2):
        page.go_forward()
    expect_state(page, "/table", completed)
    assert entries(page) == visited
    for _ in range(3):
        page.go_back()
    expect(page).to_have_url(elsewhere)


def test_the_first_click_in_a_new_session_counts(visit: Visit) -> None:
    """After a restart of the server, or a sleep, nobody there knows what was chosen; the address does."""
    wanted = Filter(status={"completed"}, type={"agricultural"})
    with running_server() as first, running_server() as second, far_away(first, 0) as (address, way):
        page = visit(f"{address}/?lang=en&status=completed").page
        expect_state(page, "/", Filter(status={"completed"}))
        way.lead_to(second)
        page.wait_for_function(
            "() => document.querySelector('[data-test-connection-state]')"
            ".dataset.testConnectionState === 'CONNECTED'",
            timeout=atlas.WAIT_MS,
        )
        atlas.pill(page, "Agricultural").click()
        expect_state(page, "/", wanted)
        atlas.pill(page, "Comprehensive").click()
        expect_state(page, "/", wanted.with_code("type", "comprehensive", True))
        page.context.close()
