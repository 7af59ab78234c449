"""A fifth layer needs data, one record and messages: the page draws, lists, explains and finds it then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import Visitor, running_server
from tests.e2e.windows import SharedWindows
from tests.fifth_layer.checkout import KINDS, MESSAGES, SHAPES, write_checkout

Visit = Callable[..., Visitor]
DEEP_SEA = "#0072B2"
RIVER = "#009E73"
"""The first two colours of kinds that have none of their own."""
FIRST = "anchor-bay"
FIRST_PAGE_MS = 4 * atlas.WAIT_MS
"""The first page of a new server waits for every import as well."""


@pytest.fixture(scope="module")
def ports(
    windows: SharedWindows, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[str]:
    """The address of a server of a checkout with ports, once it has drawn its first page."""
    folder = write_checkout(tmp_path_factory.mktemp("ports"))
    with running_server(folder, settings={"PYTHONPATH": str(folder / "src")}) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator("iframe[title*='st_folium']").first.wait_for(timeout=FIRST_PAGE_MS)
        page.close()
        yield address
        windows.leave(address)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_drawn_listed_explained_counted_and_found(language: str, ports: str, shared: Visit) -> None:
    text = messages(language)
    words = MESSAGES[language]
    name = words["layer"]["ports"]
    lon, lat = SHAPES[FIRST]["coordinates"]
    page = shared(f"{ports}/?lang={language}&view={lon},{lat},8").page
    frame = atlas.map_frame(page)
    atlas.wait_for_shown(page, {"ports": len(SHAPES), "parks": 3})
    atlas.unfold_legend(page)

    row = frame.locator("button.bri-legend-row[data-layer=ports]")
    expect(row).to_contain_text(name, timeout=atlas.WAIT_MS)
    expect(row.locator(".bri-legend-count")).to_have_text(str(len(SHAPES)))
    legend = frame.locator(".bri-legend-keys")
    for kind in words["port_kind"].values():
        expect(legend).to_contain_text(kind)

    place = atlas.place_of(page, "ports", list(KINDS).index(FIRST))
    atlas.wait_for_colour(page, place, DEEP_SEA, 26, reach=6)
    colours = atlas.colours_around(atlas.picture(page), *place)
    assert not any(atlas.near(colour, RIVER) for colour in colours)

    expect(atlas.pill(page, name)).to_contain_text(str(len(SHAPES)), timeout=atlas.WAIT_MS)

    page.mouse.click(*place)
    details = page.locator(".bri-details")
    expect(details).to_contain_text(words["column"]["quay_length_km"], timeout=atlas.WAIT_MS)
    expect(details).to_contain_text(words["port_kind"][KINDS[FIRST]])

    page.get_by_role("combobox", name=text["search.label"]).fill("mekong quay")
    group = page.locator(".bri-search-group").first
    expect(group).to_contain_text(name, timeout=atlas.WAIT_MS)
    expect(group).to_contain_text(words["port_kind"]["river"])


def test_a_click_on_its_row_of_the_legend_hides_it(ports: str, shared: Visit) -> None:
    page = shared(f"{ports}/?lang=en").page
    frame = atlas.map_frame(page)
    atlas.wait_for_shown(page, {"ports": len(SHAPES), "rail": 2})
    atlas.unfold_legend(page)
    frame.locator("button.bri-legend-row[data-layer=ports]").click()
    atlas.wait_for_shown(page, {"ports": 0, "rail": 2})
    atlas.expect_in_url(page, "layer=parks")
