"""Drawing the place of the filter on the map, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Frame, Page, expect

import bri_map
from bri_map.domain.place import Area
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import EVERYWHERE, PHONE, Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
TOTALS = dict(CATALOG.select(bri_map.Filter()).by_layer)
FINGERS = {"viewport": PHONE, "has_touch": True}


def expect_the_answer_of(page: Page, name: str) -> dict[str, int]:
    """Wait for a parameter in the URL and for the map to show what the library finds for it."""
    atlas.expect_in_url(page, f"{name}=")
    params = parse_qs(urlsplit(page.url).query)
    wanted, left_out = bri_map.Filter.from_params({name: params[name]}, CATALOG.known())
    assert left_out == []
    found = dict(CATALOG.select(wanted).by_layer)
    assert 0 < sum(found.values()) < len(CATALOG)
    atlas.wait_for_shown(page, found)
    return found


def take(frame: Frame, tool: str, language: str = "en") -> None:
    text = messages(language).text
    if not frame.locator(".bri-draw-panel").is_visible():
        frame.get_by_role("button", name=text("map.draw.label"), exact=True).click()
    button = frame.get_by_role("button", name=text(f"map.draw.{tool}"), exact=True)
    button.click()
    if tool in ("rectangle", "polygon", "near"):
        expect(button).to_have_attribute("aria-pressed", "true")


def drag(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_rectangle_by_mouse(server: str, shared: Visit, language: str) -> None:
    page = shared(f"{server}/?lang={language}").page
    frame = atlas.map_frame(page)
    take(frame, "rectangle", language)
    frame.evaluate("() => { window.dragged = 0; map_div.on('drag', () => { window.dragged += 1; }); }")
    drag(page, atlas.place_of_lonlat(page, 92, 30), atlas.place_of_lonlat(page, 110, 8))
    expect_the_answer_of(page, "bbox")
    found = atlas.probe(page)
    assert frame.evaluate("() => window.dragged") == 0, "the map went along"
    assert found["selected"] is None
    assert found["tool"] is None
    west, south, east, north = found["place"]["bbox"]
    assert (west, south, east, north) == pytest.approx((92, 8, 110, 30), abs=0.5)
    atlas.wait_for_probe(page, "probe.place.bbox")
    atlas.wait_for_colour(page, atlas.place_of_lonlat(page, west, 19), "#111111", 40, reach=10)


def test_clearing_the_place(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&bbox=92,8,110,30").page
    frame = atlas.map_frame(page)
    atlas.wait_for_probe(page, "probe.place.bbox")
    take(frame, "clear")
    expect(page).not_to_have_url(re.compile("bbox="), timeout=atlas.WAIT_MS)
    atlas.wait_for_shown(page, TOTALS)
    expect(frame.get_by_role("button", name="Clear the place")).to_be_disabled()


@pytest.mark.parametrize("ending", ["first corner", "double click", "Enter", "button"])
def test_a_polygon(server: str, shared: Visit, ending: str) -> None:
    page = shared(f"{server}/?lang=en").page
    frame = atlas.map_frame(page)
    take(frame, "polygon")
    corners = [atlas.place_of_lonlat(page, *at) for at in ((70, 45), (90, 45), (95, 22), (62, 22))]
    for n, corner in enumerate(corners[:-1], 1):
        page.mouse.click(*corner)
        atlas.wait_for_probe(page, f"probe.corners === {n}")
    page.mouse.click(900, 260)
    page.keyboard.press("Backspace")
    atlas.wait_for_probe(page, f"probe.corners === {len(corners) - 1}")
    if ending == "double click":
        page.mouse.dblclick(*corners[-1])
    else:
        page.mouse.click(*corners[-1])
        atlas.wait_for_probe(page, f"probe.corners === {len(corners)}")
    if ending == "first corner":
        page.mouse.click(*corners[0])
    elif ending == "Enter":
        page.keyboard.press("Enter")
    elif ending == "button":
        frame.get_by_role("button", name="Close the polygon").click()
    expect_the_answer_of(page, "area")
    found = atlas.probe(page)
    assert len(found["place"]["area"]) == 4
    assert found["selected"] is None


def test_a_polygon_across_the_180th_meridian_asks_for_what_is_drawn(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&view=180,-15,4").page
    frame = atlas.map_frame(page)
    take(frame, "polygon")
    drawn = ((172, -22), (188, -22), (188, -8), (172, -8))
    for corner in drawn:
        page.mouse.click(*atlas.place_of_lonlat(page, *corner))
        frame.wait_for_function("n => briMap.probe().corners === n", arg=drawn.index(corner) + 1)
    page.keyboard.press("Enter")
    found = expect_the_answer_of(page, "area")
    area = atlas.probe(page)["place"]["area"]
    assert [lon for lon, _ in area] == pytest.approx([lon for lon, _ in drawn], abs=0.5)
    assert [lat for _, lat in area] == pytest.approx([lat for _, lat in drawn], abs=0.5)
    assert sum(found.values()) == len(CATALOG.select(bri_map.Filter(area=Area(drawn))))


def test_near_a_point_by_mouse(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    frame = atlas.map_frame(page)
    take(frame, "near")
    frame.get_by_label("Within").fill("800")
    page.mouse.click(*atlas.place_of_lonlat(page, 102.6, 18))
    expect_the_answer_of(page, "near")
    near = atlas.probe(page)["place"]["near"]
    assert (near["lon"], near["lat"], near["km"]) == pytest.approx((102.6, 18, 800), abs=0.5)


def test_near_the_middle_by_keyboard(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&view=102.6,18,5").page
    frame = atlas.map_frame(page)
    frame.get_by_role("button", name="Filter by place", exact=True).focus()
    page.keyboard.press("Enter")
    frame.get_by_role("button", name="Near a point", exact=True).focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".bri-cross")).to_be_visible()
    expect(frame.locator("#map_div")).to_be_focused()
    page.keyboard.press("Enter")
    expect_the_answer_of(page, "near")
    near = atlas.probe(page)["place"]["near"]
    assert (near["lon"], near["lat"], near["km"]) == pytest.approx((102.6, 18, 100), abs=0.1)


def test_escape_gives_up(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&id=china-laos-railway").page
    frame = atlas.map_frame(page)
    take(frame, "polygon")
    assert atlas.probe(page)["tool"] == "polygon"
    page.keyboard.press("Escape")
    found = atlas.probe(page)
    assert found["tool"] is None
    assert found["selected"] is not None


def test_a_wrong_distance_is_explained(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    frame = atlas.map_frame(page)
    take(frame, "near")
    frame.get_by_label("Within").fill("0")
    expect(frame.locator(".bri-draw-hint")).to_contain_text("from 1 to 20000")
    page.mouse.click(900, 500)
    assert atlas.probe(page)["tool"] == "near"


@EVERYWHERE
def test_the_current_view(server: str, shared: Visit, language: str, window: dict[str, int]) -> None:
    page = shared(f"{server}/?lang={language}&view=104,14,5", viewport=window).page
    take(atlas.map_frame(page), "view", language)
    found = expect_the_answer_of(page, "bbox")
    shown = messages(language).text("filter.showing", n=sum(found.values()), total=len(CATALOG))
    expect(page.get_by_test_id("stSidebar").get_by_text(shown, exact=True)).to_have_count(1)
    west, south, east, north = atlas.probe(page)["place"]["bbox"]
    assert west < 104 < east
    assert south < 14 < north


def test_a_view_over_the_date_line(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&view=178,-15,4").page
    take(atlas.map_frame(page), "view")
    expect_the_answer_of(page, "bbox")
    west, _, east, _ = atlas.probe(page)["place"]["bbox"]
    assert -180 <= east < west <= 180


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_rectangle_by_finger(server: str, shared: Visit, language: str) -> None:
    visitor = shared(f"{server}/?lang={language}&view=104,14,4", **FINGERS)
    page = visitor.page
    frame = atlas.map_frame(page)
    take(frame, "rectangle", language)
    frame.evaluate("() => { window.dragged = 0; map_div.on('drag', () => { window.dragged += 1; }); }")
    start, end = atlas.place_of_lonlat(page, 97, 9), atlas.place_of_lonlat(page, 108, -4)
    atlas.fingers(page, [[start], [((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)], [end]])
    expect_the_answer_of(page, "bbox")
    assert frame.evaluate("() => window.dragged") == 0, "the map went along"
