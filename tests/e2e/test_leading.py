"""The map goes to what was chosen, into the part of its window that no panel covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import bri_map
from bri_map.domain.filter import Filter
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import PAIRED, PHONE, WIDE, Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
OCEANIA = "country=FJI&country=PNG&country=SLB&country=VUT"


def inside(page: Page, feature_id: str) -> None:
    """Expect the mark of a feature in the window of the map, and under no panel."""
    layer, index = CATALOG.position(feature_id)
    at = atlas.map_frame(page).evaluate("([layer, i]) => briMap.probe().pixel(layer, i)", [layer, index])
    width, height = atlas.map_frame(page).evaluate("() => [innerWidth, innerHeight]")
    assert 0 < at["x"] < width
    assert 0 < at["y"] < height
    for left, top, right, bottom in atlas.panels(page):
        assert not (left < at["x"] < right and top < at["y"] < bottom), feature_id
    hit = atlas.map_frame(page).evaluate(
        "({ x, y }) => document.elementFromPoint(x, y).closest('.leaflet-control, .bri-years') === null", at
    )
    assert hit, f"something lies over {feature_id}"


def placed(wanted: Filter) -> list[str]:
    """Give the ids of what a filter finds and the map can show."""
    selection = CATALOG.select(wanted)
    lost = set(CATALOG.unlocated(selection))
    return [i for i in selection.ids if i not in lost]


@PAIRED
def test_a_link_without_a_view_opens_on_its_result(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = shared(f"{server}/?lang={language}&{OCEANIA}", viewport=window).page
    atlas.at_rest(page)
    found = atlas.probe(page)
    selection = CATALOG.select(OCEANIA_FILTER)
    shown = placed(OCEANIA_FILTER)
    assert found["counts"] == {"matching": len(selection), "placed": len(shown), "inView": len(shown)}
    for feature_id in shown:
        if CATALOG.geometry_of(feature_id).geom_type == "Point":
            inside(page, feature_id)


OCEANIA_FILTER = Filter(country={"FJI", "PNG", "SLB", "VUT"})


def test_a_choice_of_place_leads_there_and_another_offers_to(server: str, visit: Visit) -> None:
    page = visit(f"{server}/?lang=en&view=66,27,3").page
    atlas.at_rest(page)
    before = atlas.probe(page)
    atlas.pill(page, "Completed").click()
    atlas.expect_in_url(page, "status=completed")
    atlas.at_rest(page)
    after = atlas.probe(page)
    assert (after["zoom"], after["center"]) == (before["zoom"], before["center"]), "a status is no place"
    frame = atlas.map_frame(page)
    frame.evaluate("() => map_div.setView([-40, -120], 6, { animate: false })")
    count = len(placed(Filter(status={"completed"})))
    offer = frame.get_by_role("button", name=f"Show all {count}", exact=True)
    offer.click()
    atlas.wait_for_probe(page, "probe.counts.inView === probe.counts.placed")
    expect(offer).to_be_hidden()
    atlas.pill(page, "Oceania").click()
    atlas.expect_in_url(page, "region=oceania")
    found = atlas.wait_for_probe(page, "probe.center[0] > 130 || probe.center[0] < -130")
    assert found["counts"]["matching"] == len(
        CATALOG.select(Filter(status={"completed"}, region={"oceania"}))
    )


def test_the_remembered_view_counts_only_for_a_bare_address(server: str, visit: Visit) -> None:
    page = visit(f"{server}/?lang=en").page
    atlas.at_rest(page)
    atlas.map_frame(page).evaluate("() => map_div.setView([5.3, -4], 9, { animate: false })")
    page.goto(f"{server}/?lang=en")
    atlas.at_rest(page)
    assert atlas.probe(page)["zoom"] == 9, "this window remembers"
    page.goto(f"{server}/?lang=en&year=2016")
    atlas.at_rest(page)
    found = atlas.probe(page)
    assert found["zoom"] < 5
    assert found["counts"]["inView"] > found["counts"]["matching"] / 2


@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_is_chosen_lies_under_no_panel(server: str, shared: Visit, window: dict[str, int]) -> None:
    page = shared(f"{server}/?lang=en&view=0,8,5", viewport=window).page
    atlas.at_rest(page)
    atlas.unfold_legend(page)
    box = page.get_by_role("combobox", name=messages("en")["search.label"])
    box.fill("Abidjan port expansion")
    expect(page.get_by_role("option").first).to_contain_text("Abidjan port", timeout=atlas.WAIT_MS)
    box.press("Enter")
    atlas.expect_in_url(page, "id=abidjan-port-expansion")
    atlas.at_rest(page)
    inside(page, "abidjan-port-expansion")
    opener = atlas.map_frame(page).locator(".bri-years-open")
    if not opener.is_visible():  # where there is room for one panel, it waits until the legend is folded
        atlas.map_frame(page).locator(".bri-legend-head").click()
    opener.click()
    atlas.at_rest(page)
    inside(page, "abidjan-port-expansion")


def test_the_small_map_beside_the_table_has_no_panels(server: str, shared: Visit) -> None:
    page = shared(f"{server}/table?lang=en&id=abidjan-port-expansion").page
    atlas.at_rest(page)
    frame = atlas.map_frame(page)
    for panel in (".bri-legend", ".bri-years-open", ".bri-draw"):
        expect(frame.locator(panel)).to_be_hidden()
    expect(frame.locator(".bri-zoom-in")).to_be_visible()
    inside(page, "abidjan-port-expansion")


def test_the_legend_begins_folded_where_it_would_cover_a_tenth_and_stays_as_the_reader_left_it(
    server: str, visit: Visit
) -> None:
    page = visit(f"{server}/?lang=en", viewport={"width": 1920, "height": 1080}).page
    atlas.at_rest(page)
    head = atlas.map_frame(page).locator(".bri-legend-head")

    def share() -> float:
        return float(
            atlas.map_frame(page).evaluate(
                """() => {
                  const { width, height } = document.querySelector(".bri-legend").getBoundingClientRect();
                  return (width * height) / (innerWidth * innerHeight);
                }"""
            )
        )

    expect(head).to_have_attribute("aria-expanded", "true")
    assert share() <= 0.1
    page.set_viewport_size(WIDE)
    expect(head).to_have_attribute("aria-expanded", "false")
    head.click()
    assert share() > 0.1
    page.set_viewport_size({"width": 1300, "height": 800})
    atlas.at_rest(page)
    expect(head).to_have_attribute("aria-expanded", "true")


def test_the_way_to_a_result_takes_less_than_a_second_and_none_where_nothing_is_to_move(
    server: str, visit: Visit
) -> None:
    def moves(**options: Any) -> int:
        page = visit(f"{server}/?lang=en&view=66,27,3", **options).page
        atlas.at_rest(page)
        atlas.map_frame(page).evaluate(
            "() => { window.moves = 0; map_div.on('move', () => { window.moves += 1; }); }"
        )
        atlas.pill(page, "Oceania").click()
        atlas.wait_for_probe(page, "probe.center[0] > 130")
        atlas.at_rest(page)
        return int(atlas.map_frame(page).evaluate("() => window.moves"))

    assert moves(reduced_motion="reduce") <= 2
    assert moves() > 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_filter_hides_is_a_shadow_until_that_is_lifted(
    server: str, shared: Visit, language: str
) -> None:
    text = messages(language)
    page = shared(f"{server}/?lang={language}&id=gwadar-port&status=suspended&region=south-asia").page
    atlas.at_rest(page)
    inside(page, "gwadar-port")
    layer, index = CATALOG.position("gwadar-port")
    drawn = "() => document.querySelector('.leaflet-bri-strong-points-pane canvas').width > 0"
    assert atlas.map_frame(page).evaluate(drawn), "nothing is drawn of it"
    assert atlas.probe(page)["shown"][layer] < len(CATALOG.rows(layer))
    page.get_by_role("button", name=text.text("details.unhide", filters=text["facet.status"])).click()
    page.wait_for_url(lambda address: "status=" not in address, timeout=atlas.WAIT_MS)
    atlas.expect_in_url(page, "region=south-asia")
    expect(page.locator(".st-key-hiding")).to_have_count(0, timeout=atlas.WAIT_MS)
    assert atlas.probe(page)["selected"] == {"layer": layer, "index": index}
