"""Online basemaps that answer only with a key: offered where the server holds one, and never in a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Route, expect

from bri_map.i18n import messages
from bri_map.maps.basemaps import PROVIDERS, Provider
from tests.e2e import atlas
from tests.e2e.conftest import Visitor, running_server
from tests.e2e.windows import SharedWindows

Visit = Callable[..., Visitor]
KEY = "a key/of 1&2"
KEYED = [provider for provider in PROVIDERS if provider.needs_key]


@pytest.fixture(scope="module")
def keyed(windows: SharedWindows) -> Iterator[str]:
    """The address of a server that holds a key for every provider."""
    with running_server(settings={provider.key_name: KEY for provider in KEYED}) as address:
        yield address
        windows.leave(address)


@pytest.mark.parametrize("provider", KEYED, ids=lambda provider: provider.id)
def test_tiles_are_asked_with_the_key_and_links_are_without(
    keyed: str, shared: Visit, provider: Provider
) -> None:
    page = shared(f"{keyed}/?lang=en").page
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=atlas.PNG, content_type="image/png")

    for origin in provider.origins:
        page.route(f"{origin}/**", answer)
    shared(f"{keyed}/?lang=en&basemap={provider.id}")
    atlas.wait_for_probe(page, f"probe.basemap === '{provider.id}' && probe.tiles > 5")
    written = quote(KEY, safe="")
    address = re.escape(provider.url.replace("{key}", written))
    for part, form in {"{z}": r"\d+", "{x}": r"\d+", "{y}": r"\d+", "{s}": r"\w+"}.items():
        address = address.replace(re.escape(part), form)
    assert [url for url in asked if not re.fullmatch(address, url)] == []
    assert len(set(asked)) > 5
    attribution = atlas.map_frame(page).locator(".bri-attribution")
    for words, link in provider.attribution:
        expect(attribution.locator(f'a[href="{link}"]').first).to_have_text(words)

    text = messages("en").text
    page.get_by_role("button", name=text("share.title"), exact=True).click()
    offered = [box.input_value() for box in page.locator(".bri-share-text").all()]
    assert len(offered) == 2
    for link in (page.url, *offered):
        assert f"basemap={provider.id}" in link
        assert written not in link
        assert KEY not in link
    page.keyboard.press("Escape")
    expect(page.locator(".bri-share-panel")).to_be_hidden()
    shared(f"{keyed}/?lang=en")  # no tile is asked for any more
    page.unroute_all()


def test_without_a_key_a_provider_is_not_offered(server: str, shared: Visit) -> None:
    text = messages("en").text
    page = shared(f"{server}/?lang=en&basemap={KEYED[0].id}").page
    expect(page.locator(".st-key-notices")).to_contain_text(KEYED[0].id, timeout=atlas.WAIT_MS)
    assert atlas.probe(page)["basemap"] == "built-in"
    page.get_by_role("button", name=text("display.title")).click()
    menu = page.get_by_test_id("stPopoverBody")
    expect(menu).to_contain_text(text("display.basemap"))
    menu.get_by_role("combobox", name=text("display.basemap")).click()
    options = page.get_by_role("option")
    expect(options.filter(has_text=text("basemap.osm"))).to_have_count(1)
    for provider in KEYED:
        expect(options.filter(has_text=text(f"basemap.{provider.id}"))).to_have_count(0)
