"""Table, Sources and About, page changes, and data roots of one's own, in a browser."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

import bri_map
from tests.e2e import atlas
from tests.e2e.conftest import PHONE, WIDE, Visitor, change_rows, copied_root, running_server

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
HOSTILE = (
    "<img src=x onerror=\"window.hit=1\"></script><b>`${alert(1)}`</b> 'q' "
    "\u202eabc **md** [x](javascript:alert(1))"
)


def change_cell(root: Path, feature_id: str, column: str, value: str, table: str = "parks") -> int:
    """Write a cell and give the line of the file on which its row starts."""

    def change(rows: list[dict[str, str]]) -> int:
        at = next(i for i, row in enumerate(rows) if row["id"] == feature_id)
        rows[at][column] = value
        return at + 2

    return change_rows(root, table, change)


def click_row(page: Page, row: int) -> None:
    """Select a row of the table by the button with its name."""
    page.locator(".bri-table tbody th button").nth(row).click(timeout=atlas.WAIT_MS)


def test_a_row_opens_the_details_and_moves_the_map(server: str, shared: Visit) -> None:
    page = shared(f"{server}/table?lang=en&layer=rail").page
    before = atlas.probe(page)
    name = CATALOG.get("china-laos-railway").name("en")
    page.locator(".bri-table tbody th button").get_by_text(name, exact=True).click(timeout=atlas.WAIT_MS)
    heading = page.locator(".bri-details h2")
    expect(heading).to_have_text(name, timeout=atlas.WAIT_MS)
    atlas.wait_for_probe(page, f"probe.zoom > {before['zoom']}")
    atlas.expect_in_url(page, "id=china-laos-railway")


def test_the_filter_survives_a_change_of_page(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    atlas.map_frame(page)
    atlas.pill(page, "Agricultural").click()
    shown = len(CATALOG.select(bri_map.Filter(type={"agricultural"}))), len(CATALOG)
    atlas.showing(page, *shown)
    page.get_by_role("link", name="Table").click()
    expect(page.get_by_role("heading", name="Table")).to_be_visible(timeout=atlas.WAIT_MS)
    atlas.showing(page, *shown)
    expect(page).to_have_url(re.compile("type=agricultural"), timeout=atlas.WAIT_MS)
    page.get_by_role("link", name="Map").click()
    atlas.showing(page, *shown)
    agricultural = CATALOG.select(bri_map.Filter(type={"agricultural"})).by_layer
    atlas.wait_for_shown(page, dict(agricultural))


def test_a_source_leads_to_its_features(server: str, shared: Visit) -> None:
    page = shared(f"{server}/sources?lang=en").page
    page.get_by_label("Find a source").fill("EY Navigator overseas industrial parks")
    page.keyboard.press("Enter")
    expect(page.locator(".bri-table tbody tr")).to_have_count(1, timeout=atlas.WAIT_MS)
    click_row(page, 0)
    expect(page.locator(".bri-sources li").first).to_be_visible(timeout=atlas.WAIT_MS)
    page.get_by_role("button", name="Show these on the map").click()
    expected = CATALOG.select(bri_map.Filter(source={"ey-2020"})).by_layer
    atlas.wait_for_shown(page, dict(expected))
    atlas.expect_in_url(page, "source=ey-2020")


def test_a_value_leads_to_its_source_by_pointer_keyboard_and_finger(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&id=china-laos-railway").page
    length = page.locator(".bri-details .bri-fact", has=page.get_by_text("Design speed", exact=True))
    card, sign = length.locator(".bri-card"), length.locator(".bri-sign")
    expect(length).to_contain_text("km/h", timeout=atlas.WAIT_MS)
    expect(card).to_have_count(0)
    length.locator("dd").hover()
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_have_count(0)
    sign.press("Enter")
    expect(card).to_be_visible()
    expect(sign).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    link = card.locator("a").first
    expect(link).to_be_focused()
    assert (link.get_attribute("href") or "").startswith("http")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(sign).to_be_focused()
    page.set_viewport_size(PHONE)
    box = sign.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    sign.click()
    expect(card).to_be_visible()
    length.locator("dt").click()
    expect(card).to_have_count(0)
    page.set_viewport_size(WIDE)


def test_every_sign_of_ten_features_leads_to_a_source(server: str, shared: Visit) -> None:
    """Ten features drawn by lot: each sign has a card that names a source, with its place or page."""
    drawn = random.Random(11).sample([str(i) for i in CATALOG.ids], 10)  # a fixed lot
    for feature_id in drawn:
        page = shared(f"{server}/?lang=en&id={feature_id}&view=0,0,2").page
        heading = page.locator(".bri-details h2")
        expect(heading).to_have_text(CATALOG.get(feature_id).name("en"), timeout=atlas.WAIT_MS)
        cards = page.locator(".bri-details").evaluate(
            """(root) => [...root.querySelectorAll(".bri-sign")].map((sign) => {
              sign.click();
              return root.querySelector(".bri-card").textContent;
            })"""
        )
        assert len(cards) >= 6
        editors = ("Judgement of the editors", "Background knowledge")
        without = [card.strip() for card in cards if " · " not in card]
        assert [card for card in without if not card.startswith(editors)] == [], feature_id


def test_an_organisation_leads_to_its_result_and_back(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&region=south-asia&id=china-laos-railway").page
    link = page.locator(".bri-details .bri-ask[href*='organisation=']").first
    code = dict(parse_qsl(urlsplit(link.get_attribute("href") or "").query))["organisation"]
    link.click()
    found = CATALOG.select(bri_map.Filter(organisation={code}))
    atlas.showing(page, len(found), len(CATALOG))
    atlas.expect_in_url(page, f"organisation={code}")
    assert "region=" not in page.url
    expect(page.locator(".bri-details h2")).to_have_text(CATALOG.name("china-laos-railway", "en"))
    page.go_back()
    atlas.expect_in_url(page, "region=south-asia")
    atlas.at_rest(page)


def test_the_figures_page_stands_in_both_sizes(server: str, shared: Visit) -> None:
    for language in ("en", "zh"):
        page = shared(f"{server}/figures?lang={language}").page
        expect(page.locator(".bri-figures .bri-cells").first).to_be_visible(timeout=atlas.WAIT_MS)
        assert page.locator(".bri-match").count() == 74
        widths = page.locator(".bri-bar-ours").evaluate_all("bars => bars.map(b => b.offsetWidth)")
        assert max(widths) > 100
        page.set_viewport_size(PHONE)
        page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=PHONE["width"])
        page.set_viewport_size(WIDE)


def test_about_names_version_and_terms(server: str, shared: Visit) -> None:
    page = shared(f"{server}/about?lang=en").page
    about = page.locator(".st-key-about")
    expect(about).to_contain_text(CATALOG.info.version, timeout=atlas.WAIT_MS)
    expect(about).to_contain_text("imply no opinion")
    described = page.locator('head script[type="application/ld+json"]')
    assert CATALOG.info.version in (described.text_content() or "")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = copied_root(tmp_path_factory.mktemp("hostile"))
    change_cell(root, "saysettha-development-zone", "name", HOSTILE)
    change_cell(root, "saysettha-development-zone", "locality", HOSTILE)
    with running_server(root) as address:
        yield address


def test_hostile_names_are_shown_as_text(hostile: str, visit: Visit) -> None:
    layer, index = CATALOG.position("saysettha-development-zone")
    page = visit(f"{hostile}/?lang=en&layer=parks&id=saysettha-development-zone&view=102.7,18,9").page
    atlas.wait_for_shown(page, {"parks": len(CATALOG.rows(layer))})
    expect(page.locator(".bri-details h2")).to_have_text(HOSTILE, timeout=atlas.WAIT_MS)
    page.mouse.move(*atlas.place_of(page, layer, index))
    assert HOSTILE in atlas.wait_for_probe(page, "probe.tooltip !== null")["tooltip"]
    page.get_by_role("link", name="Table").click()
    page.locator(".bri-table tbody tr").first.wait_for(timeout=atlas.WAIT_MS)
    atlas.at_rest(page)
    for frame in page.frames:
        assert frame.evaluate("() => window.hit === undefined")
        assert frame.evaluate("() => document.querySelectorAll('img[src=x]').length") == 0


def test_a_broken_row_is_named_and_the_app_recovers(visit: Visit, tmp_path: Path) -> None:
    root = copied_root(tmp_path)
    right = (root / "data" / "parks.csv").read_bytes()
    line = change_cell(root, "saysettha-development-zone", "precision", "exact")
    with running_server(root) as address:
        page = visit(f"{address}/?lang=en").page
        expect(page.get_by_role("heading", name="The data cannot be shown")).to_be_visible(
            timeout=atlas.WAIT_MS
        )
        expect(page.get_by_text("1 fault")).to_be_visible()
        row = page.locator(".bri-faults tbody tr").inner_text()
        for words in ("data/parks.csv", str(line), "saysettha-development-zone", "'exact'"):
            assert words in row
        (root / "data" / "parks.csv").write_bytes(right)
        page.get_by_role("button", name="Try again").click()
        atlas.showing(page, len(CATALOG), len(CATALOG))
        page.context.close()


def test_a_path_prefix(visit: Visit) -> None:
    with running_server(base_path="maps/atlas") as address:
        page = visit(f"{address}/table?lang=en&country=LAO").page
        count = len(CATALOG.select(bri_map.Filter(country={"LAO"})))
        atlas.showing(page, count, len(CATALOG))
        atlas.map_frame(page)
        page.get_by_role("link", name="Map").click()
        atlas.map_frame(page)
        assert page.url.startswith(address)
        page.context.close()
