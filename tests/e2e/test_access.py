"""Everyone can use every page: axe-core, words on Chinese pages, the keyboard, a narrow phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

import bri_map
from bri_map.domain.filter import Filter
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.axe import Finding, findings
from tests.e2e.conftest import Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
NARROW = {"width": 360, "height": 780}
PAGES = {
    "map": "?",
    "map with details": "?id=gwadar-port",
    "map of a year": "?year=2016",
    "table": "table?id=china-laos-railway",
    "figures": "figures?",
    "sources": "sources?",
    "about": "about?",
}
WITH_MAP = ("map", "map with details", "map of a year", "table")

STREAMLITS: dict[tuple[str, str], str] = {}
"""Serious findings in Streamlit's own widgets, by rule and a part of the selector, each with the reason why
it cannot be ours to mend. At present there is none: add one only with its reason; a line that matches nothing
fails, and no line can hide an element that the atlas draws itself."""

NAMES = {
    *("bri-map", "BRI", "EY", "CAITEC", "BRIGC", "AIIB"),
    *("GeoJSON", "GeoPackage", "CSV", "HTML", "DWT", "UTC"),
    *("Natural Earth", "GeoNames", "Leaflet", "CC BY", "MIT", "2Africa", "English"),
    *("AidData", "Global Energy Monitor", "IATA", "ICAO", "UN/LOCODE", "OpenStreetMap"),
}
"""Proper names and formats that a Chinese text gives in Latin letters; English is how its own speakers call
the language that the switch offers."""
WORD = re.compile(r"[A-Za-z]{3,}")
OSM_ID = re.compile(r"(?:node|way|relation)/\d+")
UNMARKED = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    // Titles of works, ids and addresses, and the letters by which Streamlit draws its icons.
    const skipped = "script, style, noscript, cite, code, [data-testid='stIconMaterial'], body [lang='en']";
    const isSeen = parent.checkVisibility({ visibilityProperty: true });
    if (isSeen && /[A-Za-z]{3}/.test(data) && !parent.closest(skipped)) found.push(data.trim());
  }
  return found;
}"""
LABELS = """() => [...document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")]
  .filter((e) => !e.closest("body [lang='en']") && e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => e.closest("[class^='bri-'], [class*=' bri-'], #map_div"))
  .flatMap((e) => ["aria-label", "title", "placeholder", "alt"].map((name) => e.getAttribute(name) || ""))
  .filter((text) => /[A-Za-z]{3}/.test(text))"""

FOCUSED = """() => {
  const e = document.activeElement;
  // Streamlit's ring is a shadow without blur; around a text field, its frame has the ring.
  const isRinged = (at) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
    const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    return outlined || /0px 0px 0px [1-9.]+px/.test(boxShadow);
  };
  const frame = e.closest("[data-testid='stTextInputRootElement']");
  const key = e.closest("[class*='st-key-']")?.className.match(/st-key-([\\w-]+)/);
  const part = e.closest("[data-part]")?.dataset.part;
  return {
    tag: e.tagName, key: part ?? (key ? key[1] : ""), name: e.getAttribute("aria-label") || e.innerText || "",
    className: String(e.className), testid: e.dataset.testid || "", id: e.id,
    isVisible: isRinged(e) || Boolean(frame && isRinged(frame)), group: "page",
  };
}"""
SMALL = """(least) => [...document.querySelectorAll("button, summary, select, input:not([type=hidden])")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((e) => [e, e.closest(
    "label, [data-testid='stTextInputRootElement'], [data-testid='stNumberInputContainer']")])
  .map(([e, holder]) => [e, (holder || e).getBoundingClientRect()])
  .filter(([, { width, height }]) => width > 1 && height > 1 && height < least - 0.5)
  .map(([e, { height }]) => `${e.tagName} ${e.className} "${e.innerText || e.ariaLabel}": ${height} px`)"""


def open_page(server: str, shared: Visit, **options: Any) -> Callable[[str, str], Page]:
    """Give a command that shows a page by its name and parameters and waits until it is whole."""

    def go(name: str, parameters: str) -> Page:
        url = f"{server}/{PAGES[name]}&{parameters}".replace("?&", "?")
        page = shared(url, **options).page
        expect(page.locator(".bri-search-input")).to_be_visible(timeout=atlas.WAIT_MS)
        if name in WITH_MAP:
            atlas.map_frame(page)
        if name in ("map with details", "table"):
            expect(page.locator(".bri-details h2")).to_be_visible(timeout=atlas.WAIT_MS)
        if name == "map of a year":
            atlas.map_frame(page).locator(".bri-years-slider").wait_for()
        # The last thing a run of the page brings is the tools; what is left are fades.
        expect(page.locator("html")).to_have_attribute("lang", re.compile(r"^(en|zh-Hans)$"))
        page.wait_for_function(
            "() => !document.getAnimations().some((a) => a.effect.getComputedTiming().endTime < Infinity)"
        )
        return page

    return go


def places(page: Page, name: str) -> list[Page | Frame]:
    """Give the page and, where it has one, the map's frame."""
    return [page, atlas.map_frame(page)] if name in WITH_MAP else [page]


def is_streamlits(finding: Finding) -> tuple[str, str] | None:
    """Give the line of the list that excuses a finding."""
    if finding.ours:
        return None
    return next((line for line in STREAMLITS if line[0] == finding.rule and line[1] in finding.target), None)


class TestAxe:
    def test_it_finds_nothing_serious_of_ours(self, server: str, shared: Visit) -> None:
        serious: list[str] = []
        used: set[tuple[str, str]] = set()
        for theme, languages in (("light", ("en", "zh")), ("dark", ("zh", "en"))):
            go = open_page(server, shared, color_scheme=theme)
            for i, name in enumerate(PAGES):
                page = go(name, f"lang={languages[i % 2]}")
                page.wait_for_function(
                    "theme => getComputedStyle(document.documentElement).colorScheme === theme",
                    arg=theme,
                    timeout=atlas.WAIT_MS,
                )
                for place in places(page, name):
                    for finding in findings(place):
                        if line := is_streamlits(finding):
                            used.add(line)
                        else:
                            serious.append(f"{name}, {theme}: {finding}")
        assert serious == []
        assert used == set(STREAMLITS), "every line of the list is needed"

    @pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "zh")])
    def test_it_finds_nothing_serious_in_what_opens(
        self, server: str, shared: Visit, theme: str, language: str
    ) -> None:
        page = open_page(server, shared, color_scheme=theme)("map", f"lang={language}")
        text = messages(language).text
        page.get_by_role("combobox", name=text("search.label")).fill("gwadar")
        expect(page.get_by_role("option").first).to_be_visible(timeout=atlas.WAIT_MS)
        found = findings(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name=text("share.title"), exact=True).click()
        expect(page.locator(".bri-share-panel")).to_be_visible()
        found += findings(page)
        page.keyboard.press("Escape")
        for name in ("display", "download"):
            menu = page.get_by_test_id("stPopoverButton").filter(has_text=text(f"{name}.title")).first
            menu.click()
            body = page.get_by_test_id("stPopoverBody")
            expect(body.get_by_role("button").or_(body.get_by_role("radio")).first).to_be_visible()
            found += findings(page)
            page.keyboard.press("Escape")
            expect(body).to_have_count(0)
        assert [finding for finding in found if not is_streamlits(finding)] == []

    @pytest.mark.parametrize(("theme", "language"), [("light", "zh"), ("dark", "en")])
    @pytest.mark.parametrize("question", ["q=zzzz", "status=nonsense&id=nonsense&nonsense=1"])
    def test_it_finds_nothing_serious_where_a_link_leads_to_nothing(
        self, server: str, shared: Visit, theme: str, language: str, question: str
    ) -> None:
        page = open_page(server, shared, color_scheme=theme)("map", f"lang={language}&{question}")
        card = ".st-key-map-empty" if question.startswith("q=") else ".st-key-notices"
        expect(page.locator(card)).to_be_visible()
        assert [finding for finding in findings(page) if not is_streamlits(finding)] == []

    def test_it_would_find_something(self, server: str, shared: Visit) -> None:
        page = open_page(server, shared, color_scheme="light")("figures", "lang=en")
        answer = page.locator(".bri-answer")
        answer.evaluate("(element) => { element.style.color = '#cccccc'; }")
        found = [finding for finding in findings(page) if finding.rule == "color-contrast"]
        answer.evaluate("(element) => element.style.removeProperty('color')")
        assert [finding.ours for finding in found] == [True]


class TestWords:
    def test_no_english_word_stands_on_a_chinese_page_but_names(self, server: str, shared: Visit) -> None:
        credit = CATALOG.info.attribution
        required = credit[credit.index("Contains information") :]  # in the words of its licence
        known = {*NAMES, credit, required, CATALOG.info.licence, CATALOG.info.title}
        go = open_page(server, shared)
        english: list[str] = []
        for name in PAGES:
            page = go(name, "lang=zh")
            expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
            for place in places(page, name):
                texts = place.evaluate(UNMARKED) + place.evaluate(LABELS)
                assert place.evaluate("() => document.body.innerText.length") > 20
                for text in texts:
                    rest = OSM_ID.sub("", text)
                    for word in sorted(known, key=len, reverse=True):
                        rest = rest.replace(word, "")
                    if WORD.search(rest):
                        english.append(f"{name}: {text}")
        assert english == []

    def test_the_language_of_the_page_is_told(self, server: str, shared: Visit) -> None:
        page = open_page(server, shared)("about", "lang=en")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.evaluate(UNMARKED), "the words of an English page are seen"


class TestKeyboard:
    def test_tab_reaches_everything_on_the_map_page(self, server: str, shared: Visit) -> None:
        page = open_page(server, shared)("map", "lang=en")
        expect(page.locator(".bri-languages")).to_be_visible(timeout=atlas.WAIT_MS)
        legend = atlas.map_frame(page).locator(".bri-legend-head")
        if legend.get_attribute("aria-expanded") == "false":
            legend.evaluate("(head) => head.click()")  # without the focus
        stops = tab_through(page, most=90)
        keys = [stop["key"] for stop in stops]
        assert {"search", "share", "theme", "language", "display", "download", "find"} <= set(keys)
        for name in ("layer", "type", "region", "status"):
            assert keys.count(f"options-{name}") == 1, "the options of a group are one stop"
        titles = [key for key in keys if key.startswith("group-")]
        sections = page.locator(".bri-filters .bri-section").count()
        assert len(titles) <= sections + 1, "the groups of a section are one stop"
        page.locator(f"[data-part={titles[0]}] > summary").focus()
        reached = [page.evaluate(FOCUSED)["key"]]
        for _ in range(page.locator(".bri-group").count()):
            page.keyboard.press("ArrowDown")
            reached.append(page.evaluate(FOCUSED)["key"])
        assert {f"group-{name}" for name in ("layer", "type", "region", "status", "country")} <= set(reached)
        page.locator("[data-part=options-status] button").first.focus()
        page.keyboard.press("End")
        expect(page.locator("[data-part=options-status] button").last).to_be_focused()
        in_map = {stop["className"] for stop in stops if stop["group"] == "map"}
        assert "map_div" in {stop["id"] for stop in stops}
        for button in (
            "bri-zoom-in",
            "bri-draw-place",
            "bri-legend-head",
            "bri-legend-row",
            "bri-years-open",
        ):
            assert any(button in className for className in in_map), button
        links = {stop["name"] for stop in stops if stop["testid"] == "stTopNavLink"}
        assert len(links) == 5
        assert [stop for stop in stops if not stop["isVisible"]] == []

    def test_every_row_of_the_table_is_reached_and_opens(self, server: str, shared: Visit) -> None:
        country = "LAO"
        selection = CATALOG.select(Filter(country={country}))
        page = shared(f"{server}/table?lang=en&country={country}").page
        rows = page.locator(".bri-table tbody tr")
        expect(rows).to_have_count(len(selection), timeout=atlas.WAIT_MS)
        page.locator(".bri-table").focus()
        names = rows.locator("th button").all_inner_texts()
        reached: list[str] = []
        for _ in range(len(names) + 12):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUSED)
            if stop["key"] != "features":
                break
            assert stop["isVisible"], stop
            reached.append(stop["name"])
        assert reached[-len(names) :] == names
        button = rows.locator("th button").nth(2)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".bri-details h2")).to_have_text(names[2], timeout=atlas.WAIT_MS)
        expect(rows.nth(2)).to_have_attribute("aria-selected", "true")


class TestNarrow:
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_every_page_fits_360_pixels_and_a_thumb(self, server: str, shared: Visit, language: str) -> None:
        go = open_page(server, shared, viewport=NARROW, has_touch=True, is_mobile=True)
        wrong: list[str] = []
        for name in PAGES:
            page = go(name, f"lang={language}")
            for place in places(page, name):
                width = place.evaluate("() => Math.max(document.documentElement.scrollWidth, innerWidth)")
                assert width <= NARROW["width"], name
                wrong += [f"{name}: {small}" for small in place.evaluate(SMALL, 44)]
            main = page.locator("[data-testid='stMain']")
            assert main.evaluate("(e) => e.scrollWidth") <= NARROW["width"], name
            if name.startswith("map"):
                box = page.locator("iframe[title*='st_folium']").first.bounding_box()
                assert box is not None
                seen = min(box["y"] + box["height"], NARROW["height"]) - max(box["y"], 0)
                assert seen >= 0.6 * NARROW["height"], name
        assert wrong == []

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_the_first_filters_are_in_sight_without_scrolling(
        self, server: str, shared: Visit, language: str
    ) -> None:
        page = open_page(server, shared)("map", f"lang={language}")
        for group in ("layer", "type", "region", "status"):
            options = page.locator(f"[data-part=options-{group}] .bri-option")
            for option in (options.first, options.last):
                expect(option).to_be_in_viewport(ratio=1)
                assert option.evaluate(
                    """one => {
                      const { x, y, width, height } = one.getBoundingClientRect();
                      return one.contains(document.elementFromPoint(x + width / 2, y + height / 2));
                    }"""
                ), group

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_the_drawer_of_filters_fits_too(self, server: str, visit: Visit, language: str) -> None:
        go = open_page(server, visit, viewport=NARROW, has_touch=True, is_mobile=True)
        page = go("map", f"lang={language}")
        page.get_by_test_id("stExpandSidebarButton").tap()
        expect(page.get_by_test_id("stSidebar")).to_be_in_viewport()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]
        assert page.evaluate(SMALL, 44) == []


def tab_through(page: Page, most: int) -> list[dict[str, Any]]:
    """Press Tab from the top of the page until the focus leaves it; give each stop."""
    frame = atlas.map_frame(page)
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        tag = page.evaluate("() => document.activeElement.tagName")
        if tag == "BODY":
            return stops
        stop = frame.evaluate(FOCUSED) if tag == "IFRAME" else page.evaluate(FOCUSED)
        stops.append({**stop, "group": "map"} if tag == "IFRAME" else stop)
    raise AssertionError(f"Tab does not leave the page within {most} steps")
