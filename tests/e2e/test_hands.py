"""Fingers and keys on the map, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import bri_map
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import PHONE, Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
FINGERS = {"viewport": PHONE, "has_touch": True}


def middle(page: Page) -> tuple[int, int]:
    box = page.locator("iframe[title*='st_folium']").first.bounding_box()
    assert box is not None
    return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)


@pytest.mark.parametrize(
    ("lang", "hint"), [("en", "Use two fingers to move the map"), ("zh", "用双指拖动地图")]
)
def test_one_finger_leaves_the_map_where_it_is(server: str, shared: Visit, lang: str, hint: str) -> None:
    page = shared(f"{server}/?lang={lang}", **FINGERS).page
    frame = atlas.map_frame(page)
    before = atlas.probe(page)
    x, y = middle(page)
    atlas.fingers(page, [[(x, y)], [(x - 30, y)], [(x - 90, y)]])
    expect(frame.locator(".bri-fingers")).to_have_text(hint)
    after = atlas.probe(page)
    assert (after["center"], after["zoom"]) == (before["center"], before["zoom"])
    expect(frame.locator(".bri-fingers")).to_be_hidden(timeout=4000)


def test_two_fingers_move_and_scale_the_map(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en", **FINGERS).page
    frame = atlas.map_frame(page)
    before = atlas.probe(page)
    x, y = middle(page)
    moves = [[(x - 40 - 12 * i, y - 6 * i), (x + 40 + 12 * i, y - 6 * i)] for i in range(6)]
    atlas.fingers(page, moves)
    atlas.wait_for_probe(page, f"probe.zoom > {before['zoom']}")
    atlas.at_rest(page)
    after = atlas.probe(page)
    assert after["zoom"] > before["zoom"]
    assert after["center"] != before["center"]
    expect(frame.locator(".bri-fingers")).to_be_hidden()


def test_one_finger_moves_the_map_in_full_screen(server: str, visit: Visit) -> None:
    page = visit(f"{server}/?lang=en", **FINGERS).page
    frame = atlas.map_frame(page)
    atlas.at_rest(page)
    frame.get_by_role("button", name=messages("en").text("map.fullscreen"), exact=True).tap()
    expect(frame.locator("#map_div")).to_have_class(re.compile("bri-full"))
    atlas.at_rest(page)
    before = atlas.probe(page)
    x, y = middle(page)
    atlas.fingers(page, [[(x, y)], [(x - 30, y)], [(x - 90, y)], [(x - 120, y)]])
    atlas.at_rest(page)
    after = atlas.probe(page)
    assert after["center"][0] > before["center"][0]
    assert after["zoom"] == before["zoom"]
    expect(frame.locator(".bri-fingers")).to_be_hidden()


def test_a_tap_selects(server: str, shared: Visit) -> None:
    layer, index = CATALOG.position("saysettha-development-zone")
    page = shared(f"{server}/?lang=en&layer=parks&view=102.7,18,9", **FINGERS).page
    atlas.map_frame(page)
    page.touchscreen.tap(*atlas.place_of(page, layer, index))
    atlas.expect_in_url(page, "id=saysettha-development-zone")


def test_a_mouse_still_drags_the_map(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    atlas.map_frame(page)
    before = atlas.probe(page)["center"]
    page.mouse.move(900, 500)
    page.mouse.down()
    page.mouse.move(800, 450, steps=8)
    page.mouse.up()
    atlas.at_rest(page)
    assert atlas.probe(page)["center"] != before


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_keys_lead_to_features(server: str, shared: Visit, lang: str) -> None:
    page = shared(f"{server}/?lang={lang}&layer=parks&view=102.7,18,7").page
    frame = atlas.map_frame(page)
    frame.locator("#map_div").focus()
    live = frame.locator(".bri-unseen[aria-live]")
    page.keyboard.press("n")
    first = live.inner_text()
    told = atlas.probe(page)["tooltip"]
    assert told.splitlines()[0] in first
    page.keyboard.press("n")
    assert live.inner_text() != first
    page.keyboard.press("p")
    assert live.inner_text() == first
    page.keyboard.press("Enter")
    details = page.locator(".bri-details h2")
    expect(details).to_have_text(told.splitlines()[0], timeout=atlas.WAIT_MS)
    atlas.expect_in_url(page, "id=")


def test_the_nearest_feature_comes_first(server: str, shared: Visit) -> None:
    layer, index = CATALOG.position("saysettha-development-zone")
    point = CATALOG.geometry(layer)[index]
    page = shared(f"{server}/?lang=en&layer=parks&view={point.x:.3f},{point.y:.3f},8").page
    frame = atlas.map_frame(page)
    frame.locator("#map_div").focus()
    page.keyboard.press("]")
    assert CATALOG.get("saysettha-development-zone").name("en") in atlas.probe(page)["tooltip"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_keys_open_clusters_down_to_a_feature(server: str, shared: Visit, lang: str) -> None:
    page = shared(f"{server}/?lang={lang}&layer=parks&cluster=1&view=101,14,4").page
    frame = atlas.map_frame(page)
    text = messages(lang).text
    frame.locator("#map_div").focus()
    live = frame.locator(".bri-unseen[aria-live]")
    for _ in range(12):
        page.keyboard.press("n")
        told = live.inner_text()
        before = atlas.probe(page)["zoom"]
        page.keyboard.press("Enter")
        if text("seeing.cluster_zoom") in told:
            atlas.wait_for_probe(page, f"probe.zoom > {before}")
        elif text("seeing.cluster_list") in told:
            expect(frame.get_by_role("dialog").get_by_role("button").first).to_be_focused()
            page.keyboard.press("Enter")
        atlas.at_rest(page)
        if "id=" in page.url or page.locator(".bri-details h2").count():
            break
    expect(page.locator(".bri-details h2")).to_be_visible(timeout=atlas.WAIT_MS)
    assert atlas.probe(page)["zoom"] > 4
    assert atlas.probe(page)["selected"]["layer"] == "parks"


def test_a_question_mark_lists_the_keys(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&id=china-laos-railway").page
    frame = atlas.map_frame(page)
    frame.locator("#map_div").focus()
    page.keyboard.press("?")
    listed = frame.get_by_role("dialog", name="Keys on the map")
    expect(listed).to_contain_text("Next feature in view")
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(frame.locator("#map_div")).to_be_focused()
    assert atlas.probe(page)["selected"] is not None


def test_a_filter_is_announced(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    frame = atlas.map_frame(page)
    atlas.pill(page, "Agricultural").click()
    count = len(CATALOG.select(bri_map.Filter(type={"agricultural"})))
    live = frame.locator(".bri-unseen[aria-live]")
    expect(live).to_have_text(re.compile(f"^{count} of {atlas.number(len(CATALOG))}"), timeout=atlas.WAIT_MS)


def test_controls_are_reached_by_tab_and_focus_is_seen(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    frame = atlas.map_frame(page)
    frame.locator("#map_div").focus()
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(frame.evaluate("() => document.activeElement.className"))
        if "bri-years-open" in reached:
            break
    assert {"bri-zoom-in", "bri-draw-place", "bri-years-open", "bri-legend-head"} <= reached
    outline = frame.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
