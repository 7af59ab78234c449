"""The Map page in a browser that reaches no other machine."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner
from playwright.sync_api import expect

import bri_map
from bri_map.cli import main
from bri_map.domain.vocabulary import Layer
from tests.e2e import atlas
from tests.e2e.conftest import PHONE, WIDE, Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
TOTALS = dict(CATALOG.select(bri_map.Filter()).by_layer)


def index_of(feature_id: str) -> tuple[str, int]:
    layer, index = CATALOG.position(feature_id)
    return layer, index


def test_the_map_is_drawn(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    atlas.wait_for_shown(page, TOTALS)
    atlas.wait_for_colour(page, atlas.place_of_lonlat(page, 88.0, 62.5), "#F4F1EA", 12)
    atlas.wait_for_colour(page, atlas.place_of_lonlat(page, 80.0, -15.0), "#DCE7EE", 12)


@pytest.mark.parametrize(
    ("feature_id", "colour"),
    [
        ("tbea-gujarat-power-industrial-park", "#0072B2"),
        ("china-laos-railway", "#8B1E3F"),
        ("hambantota-port", "#3D4957"),
    ],
)
def test_each_layer_has_its_colour_on_the_map(
    server: str, shared: Visit, feature_id: str, colour: str
) -> None:
    layer, index = index_of(feature_id)
    page = shared(f"{server}/?lang=en&id={feature_id}&layer={layer}").page
    atlas.wait_for_shown(page, {layer: TOTALS[layer]})
    place = atlas.place_of(page, layer, index)
    atlas.wait_for_colour(page, place, colour, 40, reach=14)


def test_corridors_are_bands_over_the_land(server: str, shared: Visit) -> None:
    layer, index = index_of("china-pakistan-economic-corridor")
    with_band = shared(f"{server}/?lang=en&layer=corridors&view=71,30,6").page
    atlas.wait_for_shown(with_band, {"corridors": TOTALS["corridors"], "parks": 0})
    line = CATALOG.geometry(Layer(layer))[index]
    lon, lat = min(shapely.get_coordinates(line), key=lambda at: math.dist(at, (71, 30)))
    place = atlas.place_of_lonlat(with_band, lon, lat)
    atlas.wait_until_covered(with_band, place, "#F4F1EA", 8, reach=1)


def test_a_filter_changes_the_map_and_keeps_frame_and_viewport(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&view=101,15,5").page
    frame = atlas.map_frame(page)
    frame.evaluate("() => { window.mark = 'same frame'; }")
    before = atlas.probe(page)
    atlas.pill(page, "Agricultural").click()
    expected = CATALOG.select(bri_map.Filter(type={"agricultural"})).by_layer
    atlas.wait_for_shown(page, dict(expected))
    atlas.showing(page, sum(expected.values()), len(CATALOG))
    after = atlas.probe(page)
    assert atlas.map_frame(page).evaluate("() => window.mark") == "same frame"
    assert (after["zoom"], after["center"]) == (before["zoom"], before["center"])
    atlas.expect_in_url(page, "type=agricultural")


def test_panning_sends_nothing(server: str, visit: Visit) -> None:
    visitor = visit("about:blank")
    frames: list[object] = []
    visitor.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
    visitor.page.goto(f"{server}/?lang=en")
    atlas.nothing_follows(visitor.page)
    frames.clear()
    centre = atlas.probe(visitor.page)["center"]
    visitor.page.mouse.move(900, 500)
    visitor.page.mouse.down()
    visitor.page.mouse.move(700, 400, steps=12)
    visitor.page.mouse.up()
    atlas.nothing_follows(visitor.page)
    assert atlas.probe(visitor.page)["center"] != centre
    assert frames == []


def test_hover_names_and_click_opens_the_details(server: str, shared: Visit) -> None:
    feature_id = "saysettha-development-zone"
    layer, index = index_of(feature_id)
    name = CATALOG.get(feature_id).name("en")
    page = shared(f"{server}/?lang=en&layer=parks&view=102.7,18,9").page
    atlas.wait_for_shown(page, {"parks": TOTALS["parks"]})
    x, y = atlas.place_of(page, layer, index)
    page.mouse.move(x, y)
    assert name in atlas.wait_for_probe(page, "probe.tooltip !== null")["tooltip"]
    page.mouse.click(x, y)
    details = page.locator(".bri-details")
    expect(details.get_by_role("heading", name=name)).to_be_visible(timeout=atlas.WAIT_MS)
    expect(details).to_contain_text("Sources")
    atlas.expect_in_url(page, f"id={feature_id}")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(details).to_have_count(0, timeout=atlas.WAIT_MS)


def test_the_legend_switches_a_layer(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    atlas.wait_for_shown(page, TOTALS)
    atlas.unfold_legend(page)
    atlas.map_frame(page).get_by_role("button", name=re.compile("Rail routes")).click()
    atlas.wait_for_shown(page, {"rail": 0, "parks": TOTALS["parks"]})
    atlas.map_frame(page).get_by_role("button", name=re.compile("Rail routes")).click()
    atlas.wait_for_shown(page, TOTALS)


def test_a_download_is_what_the_command_line_writes(server: str, shared: Visit, tmp_path: Path) -> None:
    page = shared(f"{server}/?lang=en&country=LAO&status=completed").page
    atlas.map_frame(page)
    for label, options in (
        ("Industrial parks:", ["--layer", "parks"]),
        ("All layers:", ["--layer", "all"]),
    ):
        page.get_by_role("button", name="Download").first.click()
        with page.expect_download(timeout=atlas.WAIT_MS) as download:
            page.get_by_role("button", name=re.compile(label)).click()
        saved = tmp_path / "saved.geojson"
        download.value.save_as(saved)
        page.keyboard.press("Escape")
        written = tmp_path / "written.geojson"
        arguments = ["export", *options, "--country", "LAO", "--status", "completed", "-o", str(written)]
        assert CliRunner().invoke(main, arguments).exit_code == 0
        assert saved.read_bytes() == written.read_bytes()
        assert json.loads(saved.read_text("utf-8"))["feature_count"] > 0


def test_a_cold_link_restores_the_view(server: str, visit: Visit) -> None:
    link = f"{server}/?country=LAO&id=china-laos-railway&lang=zh&view=102.5,19.2,6.0"
    page = visit(link, locale="en-GB").page
    expected = CATALOG.select(bri_map.Filter(country={"LAO"})).by_layer
    atlas.wait_for_shown(page, dict(expected))
    expect(page.locator(".bri-details h2")).to_have_text("中老铁路", timeout=atlas.WAIT_MS)
    found = atlas.probe(page)
    assert found["zoom"] == 6
    assert found["center"] == pytest.approx([102.5, 19.2], abs=0.05)


def test_the_chinese_page(server: str, visit: Visit) -> None:
    page = visit(f"{server}/").page
    atlas.showing(page, len(CATALOG), len(CATALOG))
    page.get_by_text("中文", exact=True).click()
    atlas.showing(page, len(CATALOG), len(CATALOG), "zh")
    atlas.expect_in_url(page, "lang=zh")
    atlas.unfold_legend(page)
    assert "产业园区" in atlas.map_frame(page).locator("body").inner_text()
    expect(page.get_by_role("link", name="表格")).to_be_visible()


def test_reset_and_empty_state(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&country=LAO&sector=airports&layer=projects").page
    card = page.locator(".st-key-empty").get_by_text("Nothing matches these filters")
    expect(card).to_be_visible(timeout=atlas.WAIT_MS)
    page.get_by_role("button", name=re.compile("Without Project sector")).click()
    count = len(CATALOG.select(bri_map.Filter(country={"LAO"}, layer={"projects"})))
    atlas.showing(page, count, len(CATALOG))
    page.get_by_role("button", name="Reset all").click()
    atlas.showing(page, len(CATALOG), len(CATALOG))
    atlas.wait_for_shown(page, TOTALS)
    expect(page).not_to_have_url(re.compile("country="), timeout=atlas.WAIT_MS)


def test_a_broken_link_explains_itself(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&country=XXX&type=agricultural&colour=red&id=gone&view=a,b,c").page
    notices = page.locator(".st-key-notices")
    for words in ("'XXX'", "'gone'"):
        expect(notices).to_contain_text(words, timeout=atlas.WAIT_MS)
    expect(notices).not_to_contain_text("colour")  # other sites add names of their own
    atlas.wait_for_shown(
        page, {"parks": len(CATALOG.select(bri_map.Filter(type={"agricultural"}, layer={"parks"})))}
    )
    page.get_by_role("button", name="Close this notice").click()
    expect(notices).to_have_count(0, timeout=atlas.WAIT_MS)


@pytest.mark.parametrize("path", ["", "table", "sources", "about"])
def test_no_page_scrolls_sideways(server: str, shared: Visit, path: str) -> None:
    for width in (360, PHONE["width"], WIDE["width"]):
        page = shared(f"{server}/{path}?lang=en").page
        page.set_viewport_size({"width": width, "height": 844})
        atlas.at_rest(page)
        overflow = page.evaluate("() => document.scrollingElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, width
    page.set_viewport_size(WIDE)


def test_every_layer_is_in_the_catalog() -> None:
    assert set(TOTALS) == set(Layer)
    assert all(TOTALS.values())
