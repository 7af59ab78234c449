"""The years on the map, in a browser."""

from __future__ import annotations

import csv
import json
import re
import urllib.request
from collections import Counter
from collections.abc import Callable
from functools import cache
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Frame, Locator, expect

import bri_map
from bri_map.domain.codes import codes
from bri_map.domain.filter import Filter
from bri_map.domain.vocabulary import Layer
from bri_map.i18n import messages
from bri_map.maps.packing import unpack_mask
from tests.e2e import atlas
from tests.e2e.conftest import PAIRED, PHONE, ROOT, WIDE, Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
SIZES = {"desk": {"viewport": WIDE}, "phone": {"viewport": PHONE, "has_touch": True}}


def timeline(server: str, query: str = "") -> dict[str, Any]:
    with urllib.request.urlopen(f"{server}/atlas-files/timeline?{query}") as answer:
        return dict(json.load(answer))


def shown_in(answer: dict[str, Any], year: int) -> dict[str, int]:
    sizes = {layer: len(CATALOG.rows(layer)) for layer in Layer}
    packed = answer["years"][str(year)]
    return {layer: int(unpack_mask(packed[layer], size).sum()) for layer, size in sizes.items()}


@cache
def recounted(year: int) -> dict[str, int]:
    """Count features by status at the end of a year, from the file of events alone."""
    with (ROOT / "data" / "status_history.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["date"] and row["feature_id"] in CATALOG.ids]
    past = [row for row in rows if int(row["date"][:4]) <= year]
    order = {mark: i for i, mark in enumerate(codes("mark"))}
    past.sort(key=lambda row: (row["date"], order[row["mark"]]))
    last = {row["feature_id"]: row for row in past}
    return Counter(row["status"] for row in last.values())


DRAW_EVERY_YEAR = """async (slider) => {
  const steps = [];
  let step;
  const onDrawn = ({ ms }) => {
    step.drawn = briMap.probe().years.year;
    step.ms += ms;
  };
  map_div.on("bri:drawn", onDrawn);
  for (let year = Number(slider.min); year <= Number(slider.max); year++) {
    step = { year, drawn: null, ms: 0 };
    slider.value = year;
    const begun = performance.now();
    slider.dispatchEvent(new Event("input"));
    step.ms += performance.now() - begun;
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    steps.push(step);
  }
  map_div.off("bri:drawn", onDrawn);
  return steps;
}"""
"""Moves the slider year by year and tells which year was drawn in the next frame, and what the step cost in
milliseconds of the page's own work: how often the browser gives a busy machine's page a frame is not ours."""


def control(page_frame: Frame) -> Locator:
    return page_frame.locator(".bri-years")


def told_counts(frame: Frame) -> dict[str, int]:
    return {
        str(entry.get_attribute("data-status")): int(re.sub(r"\D", "", entry.locator("b").inner_text()))
        for entry in control(frame).locator("li").all()
    }


def slide(frame: Frame, year: int) -> None:
    """Move the slider as a hand does, without letting go."""
    control(frame).locator("input[type=range]").evaluate(
        "(slider, year) => { slider.value = year; slider.dispatchEvent(new Event('input')); }", year
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_a_year_is_opened_and_stepped(server: str, shared: Visit, size: str, lang: str) -> None:
    answer = timeline(server)
    page = shared(f"{server}/?lang={lang}", **SIZES[size]).page
    frame = atlas.map_frame(page)
    opener = frame.get_by_role("button", name={"en": "Year", "zh": "年份"}[lang], exact=True)
    expect(opener).to_be_visible()
    opener.click()
    slider = frame.get_by_role("slider")
    expect(slider).to_be_enabled(timeout=atlas.WAIT_MS)
    frame.get_by_role("button", name={"en": "One year back", "zh": "前一年"}[lang]).click()
    assert atlas.probe(page)["years"]["year"] == answer["last"]
    frame.get_by_role("button", name={"en": "One year back", "zh": "前一年"}[lang]).click()
    year = answer["last"] - 1
    atlas.expect_in_url(page, f"year={year}")
    atlas.wait_for_shown(page, shown_in(answer, year))
    expect(control(frame).locator("output")).to_have_text(str(year))
    counts = {status: n for status, n in answer["counts"][str(year)].items() if n}
    assert {status: n for status, n in told_counts(frame).items() if n} == counts
    assert str(year) in (slider.get_attribute("aria-valuetext") or "")
    box = control(frame).locator(".bri-years-panel").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    frame.get_by_role("button", name={"en": "All years", "zh": "全部年份"}[lang]).click()
    expect(page).not_to_have_url(re.compile("year="), timeout=atlas.WAIT_MS)
    atlas.wait_for_shown(page, {layer: len(CATALOG.rows(layer)) for layer in Layer})


def test_counts_are_those_of_the_history(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&year=2013").page
    frame = atlas.map_frame(page)
    atlas.wait_for_probe(page, "probe.years.ready")
    for year in range(2010, 2027, 3):
        slide(frame, year)
        expected = {status: n for status, n in recounted(year).items() if n}
        assert {status: n for status, n in told_counts(frame).items() if n} == expected, year
        atlas.wait_for_shown(page, shown_in(timeline(server), year))


def test_marks_have_the_status_of_the_year(server: str, shared: Visit) -> None:
    layer, index = CATALOG.position("china-laos-railway")
    page = shared(f"{server}/?lang=en&year=2018").page
    frame = atlas.map_frame(page)
    atlas.wait_for_probe(page, "probe.years.ready")
    status = "([layer, index, code]) => briMap.probe().status(layer, index) === code"
    for year, code in ((2018, "under-construction"), (2023, "completed")):
        slide(frame, year)
        frame.wait_for_function(status, arg=[layer, index, code], timeout=atlas.WAIT_MS)


def test_playing_sends_nothing_and_stops_at_the_end(server: str, visit: Visit) -> None:
    visitor = visit("about:blank")
    sent: list[object] = []
    visitor.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page = visitor.page
    page.goto(f"{server}/?lang=en")
    frame = atlas.map_frame(page)
    control(frame).locator(".bri-years-open").click()
    last = timeline(server)["last"]
    atlas.wait_for_probe(page, "probe.years.ready")
    atlas.at_rest(page)
    slide(frame, last - 5)
    atlas.expect_in_url(page, f"year={last - 5}")
    atlas.nothing_follows(page)
    sent.clear()
    received = atlas.probe(page)["received"]
    frame.get_by_role("button", name="Play the years").click()
    atlas.wait_for_probe(page, f"probe.years.year === {last - 2}")
    found = atlas.probe(page)
    assert found["years"]["playing"]
    assert sent == []
    assert found["received"] == received
    assert found["selected"] is None
    atlas.wait_for_probe(page, f"probe.years.year === {last} && !probe.years.playing")
    atlas.expect_in_url(page, f"year={last}")
    assert sent != []


def test_pause_tells_the_page(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&year=2010").page
    frame = atlas.map_frame(page)
    atlas.wait_for_probe(page, "probe.years.ready")
    frame.get_by_role("button", name="Play the years").click()
    atlas.wait_for_probe(page, "probe.years.year >= 2012")
    frame.get_by_role("button", name="Pause").click()
    year = atlas.probe(page)["years"]["year"]
    atlas.expect_in_url(page, f"year={year}")


def test_five_years_a_second_are_drawn(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    frame = atlas.map_frame(page)
    control(frame).locator(".bri-years-open").click()
    atlas.wait_for_probe(page, "probe.years.ready")
    answer = timeline(server)
    steps = control(frame).locator("input[type=range]").evaluate(DRAW_EVERY_YEAR)
    years = [step["year"] for step in steps]
    assert years == list(range(answer["last"] - len(years) + 1, answer["last"] + 1))
    assert len(years) > 10
    assert [step["drawn"] for step in steps] == years, "no year is drawn later than its turn"
    assert median(step["ms"] for step in steps) <= 200
    atlas.wait_for_shown(page, shown_in(answer, answer["last"]))


def test_little_motion_steps_instead_of_playing(server: str, visit: Visit) -> None:
    page = visit(f"{server}/?lang=en&year=2010", reduced_motion="reduce").page
    frame = atlas.map_frame(page)
    atlas.wait_for_probe(page, "probe.years.ready")
    player = frame.get_by_role("button", name="Next year (this device asks for little motion)")
    player.click()
    assert atlas.probe(page)["years"]["year"] == 2011
    atlas.nothing_follows(page)
    found = atlas.probe(page)["years"]
    assert (found["year"], found["playing"]) == (2011, False)


def test_a_filter_under_a_year_brings_its_own_years(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&year=2015").page
    frame = atlas.map_frame(page)
    atlas.wait_for_probe(page, "probe.years.ready")
    atlas.pill(page, "Agricultural").click()
    answer = timeline(server, "type=agricultural")
    atlas.wait_for_shown(page, shown_in(answer, 2015))
    frame.get_by_role("button", name="One year on").click()
    atlas.wait_for_shown(page, shown_in(answer, 2016))
    counts = {status: n for status, n in answer["counts"]["2016"].items() if n}
    assert {status: n for status, n in told_counts(frame).items() if n} == counts


def test_years_that_fail_can_be_tried_again(server: str, visit: Visit) -> None:
    visitor = visit("about:blank")
    page = visitor.page
    page.route("**/atlas-files/timeline*", lambda route: route.abort())
    page.goto(f"{server}/?lang=en")
    frame = atlas.map_frame(page)
    control(frame).locator(".bri-years-open").click()
    expect(frame.get_by_role("alert").filter(has_text="could not be loaded")).to_be_visible()
    page.unroute("**/atlas-files/timeline*")
    frame.get_by_role("button", name="One year back").click()
    atlas.wait_for_probe(page, "probe.years.year !== null")
    expect(frame.get_by_role("alert").filter(has_text="could not be loaded")).to_have_count(0)
    atlas.expect_in_url(page, "year=")


def test_the_slider_by_keyboard(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    frame = atlas.map_frame(page)
    control(frame).locator(".bri-years-open").focus()
    page.keyboard.press("Enter")
    slider = frame.get_by_role("slider")
    expect(slider).to_be_enabled(timeout=atlas.WAIT_MS)
    slider.focus()
    last = int(slider.get_attribute("max") or 0)
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    assert atlas.probe(page)["years"]["year"] == last - 3
    atlas.expect_in_url(page, f"year={last - 3}")
    expect(slider).to_be_focused()


@PAIRED
def test_a_bar_lists_the_events_of_its_year(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = shared(f"{server}/?lang={language}&country=LAO&view=103,18,5", viewport=window).page
    frame, text = atlas.map_frame(page), messages(language)
    frame.locator(".bri-years-open").click()
    bar = frame.locator(".bri-years-bar[data-year='2016']")
    expect(bar).to_be_visible(timeout=atlas.WAIT_MS)
    years = CATALOG.timeline(Filter(country={"LAO"}))
    count = years.events[2016 - years.years[0]]
    frame.locator(".bri-years-bar[tabindex='0']").focus()
    page.keyboard.press("Home")
    for _ in range(2016 - int(frame.locator(".bri-years-bar").first.get_attribute("data-year") or 0)):
        page.keyboard.press("ArrowRight")
    expect(bar).to_be_focused()
    page.keyboard.press("Enter")
    listed = frame.get_by_role("region", name=text.text("map.year.list_title", year="2016"))
    expect(listed.locator(".bri-year-events").first.locator("li")).to_have_count(count)
    expect(listed).to_contain_text(text.text("map.year.list_features", n=count))
    atlas.at_rest(page)
    expect(frame.locator(".bri-zoom-in")).to_be_visible()
    for control in ("[class~=bri-year-feature]", ".bri-years-player button", ".bri-zoom-in"):
        assert frame.locator(control).first.evaluate(
            """(one) => {
              const { left, top, width, height } = one.getBoundingClientRect();
              return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
            }"""
        ), f"something lies over {control}"
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(bar).to_be_focused()
    bar.press("Enter")
    name = listed.locator(".bri-year-feature").first
    words = name.inner_text()
    name.click()
    expect(page.locator(".bri-details h2")).to_have_text(words, timeout=atlas.WAIT_MS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_years_stand_side_by_side_and_in_the_link(server: str, shared: Visit, language: str) -> None:
    page = shared(f"{server}/?lang={language}&year=2020&compare=2013&view=66,27,3").page
    frame, text = atlas.map_frame(page), messages(language)
    years = CATALOG.timeline(Filter())
    then, now = (years.masks[year - years.years[0]] for year in (2013, 2020))
    table = frame.locator(".bri-compared table").first
    expect(table.locator("tbody tr").first).to_contain_text(
        f"+{now.sum() - then.sum()}", timeout=atlas.WAIT_MS
    )
    fresh = int((now & ~then).sum())
    note = text.text("map.year.fresh", n=fresh, **{"from": "2013", "to": "2020"})
    expect(frame.locator(".bri-compared-note")).to_have_text(note)
    statuses = frame.locator(".bri-compared table").nth(1)
    for status in ("completed", "under-construction"):
        counts = [years.counts[year - years.years[0]][status] for year in (2013, 2020)]
        row = statuses.locator("tr", has_text=text.code("status", status))
        expect(row.locator("td").nth(0)).to_have_text(str(counts[0]))
        expect(row.locator("td").nth(1)).to_have_text(str(counts[1]))
    frame.get_by_label(text["map.year.compare"]).select_option("2005")
    atlas.expect_in_url(page, "compare=2005")
    frame.get_by_label(text["map.year.compare"]).select_option("")
    expect(frame.locator(".bri-compared")).to_be_hidden()
    page.wait_for_url(lambda address: "compare=" not in address, timeout=atlas.WAIT_MS)
