"""Search, links, embedding, details and the table, in a browser: wide and on a phone, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

import bri_map
from bri_map.domain.filter import Filter
from bri_map.domain.vocabulary import Layer
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import EVERYWHERE, PAIRED, Visitor
from tests.e2e.windows import PHONE

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
PAGES = ("map", "table", "figures", "sources", "about")


def heading(page: Page, feature_id: str, language: str = "en") -> None:
    """Expect the details of a feature."""
    name = CATALOG.get(feature_id).name(language)
    expect(page.locator(".bri-details h2")).to_have_text(name, timeout=atlas.WAIT_MS)


class TestSearch:
    @EVERYWHERE
    def test_enter_selects_zooms_and_opens_the_details(
        self, server: str, shared: Visit, language: str, window: dict[str, int]
    ) -> None:
        page = shared(f"{server}/?lang={language}", viewport=window).page
        before = atlas.probe(page)
        box = page.get_by_role("combobox", name=messages(language)["search.label"])
        box.fill("zhonglao tielu")
        option = page.get_by_role("option").first
        expect(option).to_contain_text(
            CATALOG.get("china-laos-railway").name(language), timeout=atlas.WAIT_MS
        )
        box.press("Enter")
        heading(page, "china-laos-railway", language)
        atlas.expect_in_url(page, "id=china-laos-railway")
        assert atlas.wait_for_probe(page, "probe.selected !== null")["zoom"] > before["zoom"]

    def test_it_is_grouped_and_says_kind_country_and_status(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/?lang=en").page
        atlas.map_frame(page)
        expect(page.get_by_role("combobox", name=messages("en")["search.label"])).to_be_visible(
            timeout=atlas.WAIT_MS
        )
        page.keyboard.press("/")
        page.keyboard.type("gwadar")
        list_box = page.get_by_role("listbox", name=messages("en")["search.results"])
        expect(list_box.get_by_role("option").first).to_be_visible(timeout=atlas.WAIT_MS)
        assert list_box.get_by_role("group").count() >= 2
        first = list_box.get_by_role("option", name=re.compile("Gwadar Port")).first
        expect(first).to_contain_text("Pakistan")
        page.keyboard.press("Escape")
        expect(list_box).to_be_hidden()

    def test_a_country_is_shown_on_the_map(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/?lang=en").page
        before = atlas.probe(page)
        box = page.get_by_role("combobox", name=messages("en")["search.label"])
        box.fill("Laos")
        expect(page.get_by_role("option").first).to_contain_text("Laos", timeout=atlas.WAIT_MS)
        box.press("Enter")
        shown = atlas.wait_for_probe(page, f"probe.zoom > {before['zoom']}")
        assert 100 < shown["center"][0] < 108
        assert 13 < shown["center"][1] < 23

    def test_a_typing_error_is_forgiven(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/about?lang=en").page
        box = page.get_by_role("combobox", name=messages("en")["search.label"])
        box.fill("hambantotta")
        meant = page.locator(".bri-search-meant")
        expect(meant).to_contain_text("ambantota", timeout=atlas.WAIT_MS)
        box.press("Enter")
        expect(page.locator(".bri-details h2")).to_contain_text("Hambantota", timeout=atlas.WAIT_MS)

    def test_what_was_met_beside_the_name_is_said(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/table?lang=en").page
        page.get_by_role("combobox", name=messages("en")["search.label"]).fill("cosco belgium")
        met = page.get_by_role("option").first.locator(".bri-search-met")
        expect(met).to_have_text("Organisation: COSCO Shipping Ports", timeout=atlas.WAIT_MS)

    @PAIRED
    def test_the_list_ends_with_the_filter_that_the_words_name(
        self, server: str, shared: Visit, language: str, window: dict[str, int]
    ) -> None:
        page = shared(f"{server}/about?lang={language}&status=suspended", viewport=window).page
        box = page.get_by_role("combobox", name=messages(language)["search.label"])
        box.fill("harbours in greece")
        last = page.get_by_role("option").last
        label = {"en": "Ports · Greece", "zh": "港口 · 希腊"}[language]
        said = messages(language).text("search.filter", filter=label, n=2)
        expect(last).to_have_text(said, timeout=atlas.WAIT_MS)
        box.press("ArrowUp")
        expect(last).to_have_attribute("aria-selected", "true")
        box.press("Enter")
        atlas.expect_in_url(page, "sector=ports")
        atlas.expect_in_url(page, "country=GRC")
        assert "status=" not in page.url
        atlas.map_frame(page)

    def test_a_source_opens_on_its_page(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/?lang=en").page
        box = page.get_by_role("combobox", name=messages("en")["search.label"])
        box.fill("tass-2054559")
        expect(page.get_by_role("option").first).to_contain_text("TASS", timeout=atlas.WAIT_MS)
        box.press("Enter")
        expect(page.locator(".st-key-source-detail")).to_contain_text("TASS", timeout=atlas.WAIT_MS)

    def test_nothing_found_is_said(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/table?lang=zh").page
        page.get_by_role("combobox", name=messages("zh")["search.label"]).fill("qqqqxxxxzzzz")
        expect(page.locator(".bri-search-none")).to_contain_text("qqqqxxxxzzzz", timeout=atlas.WAIT_MS)


class TestSharing:
    @PAIRED
    def test_the_link_opens_what_was_seen(
        self, server: str, visit: Visit, language: str, window: dict[str, int]
    ) -> None:
        asked_for = "status=completed&year=2019&scheme=green&id=gwadar-port&view=62.3,25.1,7"
        link = f"{server}/?lang={language}&{asked_for}"
        page = visit(link, viewport=window).page
        seen = atlas.probe(page)
        text = messages(language).text
        if window == PHONE:
            page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("button", name=text("share.title"), exact=True).click(timeout=atlas.WAIT_MS)
        copied = page.get_by_role("textbox", name=text("share.link"), exact=True).input_value()
        asked = parse_qs(urlsplit(copied).query)
        assert asked["year"] == ["2019"]
        assert asked["scheme"] == ["green"]
        assert [float(part) for part in asked["view"][0].split(",")] == pytest.approx(
            [62.3, 25.1, 7], abs=0.01
        )
        snippet = page.get_by_role("textbox", name=text("share.embed"), exact=True).input_value()
        assert re.match(r'<iframe src="[^"]*embed=true[^"]*"', snippet)
        page.keyboard.press("Escape")
        expect(page.locator(".bri-share-panel")).to_be_hidden()
        again = atlas.probe(visit(copied, viewport=window).page)
        for name in ("shown", "selected", "zoom"):
            assert again[name] == seen[name], name

    def test_copying_is_confirmed(self, server: str, visit: Visit) -> None:
        visitor = visit(f"{server}/about?lang=en")
        visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = visitor.page
        page.get_by_role("button", name="Share", exact=True).click(timeout=atlas.WAIT_MS)
        page.get_by_role("button", name="Copy: Link to what you see").click()
        expect(page.get_by_text("Copied", exact=True)).to_be_visible()
        assert page.evaluate("() => navigator.clipboard.readText()") == page.url

    def test_panning_alone_writes_no_address(self, server: str, visit: Visit) -> None:
        page = visit(f"{server}/?lang=en").page
        frame = atlas.map_frame(page)
        atlas.expect_in_url(page, "lang=en")
        frame.evaluate("() => map_div.panBy([200, 0], { animate: false })")
        atlas.nothing_follows(page)
        assert "view=" not in page.url
        page.get_by_role("button", name="Share", exact=True).click()
        atlas.expect_in_url(page, "view=")

    @pytest.mark.parametrize("name", PAGES)
    def test_every_page_opens_by_a_cold_link(self, name: str, server: str, visit: Visit) -> None:
        page = visit(f"{server}/{name}?lang=zh&country=LAO&year=2020&bbox=90,0,120,30").page
        if name == "map":
            expected = CATALOG.select(
                Filter.from_params(
                    {"country": ["LAO"], "year": ["2020"], "bbox": ["90,0,120,30"]}, CATALOG.known()
                )[0]
            )
            atlas.wait_for_shown(page, dict(expected.by_layer))
        else:
            title = messages("zh")[f"{name}_page.title"]
            expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=atlas.WAIT_MS)
        for part in ("country=LAO", "year=2020", "bbox="):
            atlas.expect_in_url(page, part)


class TestEmbedding:
    @EVERYWHERE
    def test_it_is_the_bare_map_with_a_link_back(
        self, server: str, shared: Visit, language: str, window: dict[str, int]
    ) -> None:
        page = shared(f"{server}/?embed=true&lang={language}&country=PAK", viewport=window).page
        frame = atlas.map_frame(page)
        atlas.wait_for_shown(page, dict(CATALOG.select(Filter(country={"PAK"})).by_layer))
        box = page.locator("iframe[title*='st_folium']").bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (window["width"], window["height"])
        expect(page.get_by_test_id("stSidebar")).to_have_count(0)
        expect(page.get_by_role("combobox")).to_have_count(0)
        expect(frame.locator(".bri-attribution")).to_be_visible()
        expect(frame.locator(".bri-legend")).to_be_visible()
        back = page.get_by_role("link", name=messages(language)["share.open"])
        asked = parse_qs(urlsplit(str(back.get_attribute("href"))).query)
        assert asked == {"country": ["PAK"], "lang": [language]}
        expect(page.locator("html")).to_have_attribute("lang", {"en": "en", "zh": "zh-Hans"}[language])

    def test_other_sites_may_frame_it_and_nothing_else(self, server: str, shared: Visit) -> None:
        request = shared(f"{server}/about?lang=en").context.request
        policies = {
            path: request.get(server + path).headers["content-security-policy"]
            for path in ("/", "/?embed=true&lang=en", "/component/streamlit_folium.st_folium/index.html")
        }
        assert ["frame-ancestors *" in policy for policy in policies.values()] == [False, True, True]


class TestDetails:
    @EVERYWHERE
    def test_previous_and_next_go_through_the_result(
        self, server: str, shared: Visit, language: str, window: dict[str, int]
    ) -> None:
        ids = CATALOG.select(Filter(country={"LAO"}, layer={"parks"})).ids
        link = f"{server}/?lang={language}&country=LAO&layer=parks&id={ids[0]}"
        page = shared(link, viewport=window).page
        text = messages(language).text
        for feature_id in (*ids[1:], ids[0]):
            page.get_by_role("button", name=text("details.next")).click(timeout=atlas.WAIT_MS)
            heading(page, feature_id, language)
        page.get_by_role("button", name=text("details.previous")).click()
        heading(page, ids[-1], language)

    def test_related_and_near_features_open_in_place(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/?lang=en&region=south-asia&id=gwadar-port").page
        atlas.map_frame(page)
        (nearest,) = CATALOG.nearest("gwadar-port", "parks")
        page.get_by_role("button", name="What is near").click()
        link = page.locator(f".bri-near a[data-feature={nearest.id}]").first
        link.click(timeout=atlas.WAIT_MS)
        heading(page, nearest.id)
        atlas.expect_in_url(page, "region=south-asia")

    def test_the_history_is_drawn(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/?lang=en&id=china-laos-railway").page
        chart = page.locator(".bri-details .bri-chart")
        expect(chart).to_be_visible(timeout=atlas.WAIT_MS)
        dated = [event for event in CATALOG.get("china-laos-railway").history if event.date]
        expect(chart.locator(".bri-mark")).to_have_count(len(dated))

    @EVERYWHERE
    def test_it_can_be_cited_and_an_error_reported(
        self, server: str, shared: Visit, language: str, window: dict[str, int]
    ) -> None:
        page = shared(f"{server}/?lang={language}&id=gwadar-port", viewport=window).page
        text = messages(language).text
        page.get_by_role("button", name=text("details.cite")).click(timeout=atlas.WAIT_MS)
        expect(page.get_by_test_id("stCode")).to_contain_text(CATALOG.info.version, timeout=atlas.WAIT_MS)
        page.keyboard.press("Escape")
        page.get_by_role("button", name=text("details.report")).click()
        expect(page.get_by_test_id("stCode").last).to_contain_text("data/projects.csv", timeout=atlas.WAIT_MS)


class TestTable:
    def test_rows_and_marks_light_up_together(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/table?lang=en&layer=rail").page
        frame = atlas.map_frame(page)
        row = page.locator(".bri-table tbody tr", has_text=CATALOG.get("china-laos-railway").name("en"))
        row.hover(timeout=atlas.WAIT_MS)
        layer, index = CATALOG.position("china-laos-railway")
        lit = atlas.wait_for_probe(page, "probe.hovered !== null")["hovered"]
        assert (lit["layer"], lit["index"]) == (layer, index)
        page.mouse.move(5, 5)
        atlas.wait_for_probe(page, "probe.hovered === null")
        detail = {"layer": Layer.RAIL.value, "index": index}
        frame.evaluate(
            "detail => window.parent.dispatchEvent(new CustomEvent('bri-map:hover', { detail }))", detail
        )
        expect(row).to_have_class("bri-lit")

    @EVERYWHERE
    def test_a_click_on_a_head_sorts_and_sorts_back(
        self, server: str, shared: Visit, language: str, window: dict[str, int]
    ) -> None:
        page = shared(f"{server}/table?lang={language}&layer=corridors", viewport=window).page
        name = page.locator("th.bri-column-name").first
        expect(name).to_have_attribute("aria-sort", "ascending", timeout=atlas.WAIT_MS)
        first = page.locator(".bri-table tbody th").first
        was = first.inner_text()
        turn = messages(language)["table_page.turn"]
        head = name.get_by_role("button")
        handle = page.get_by_role("button", name=turn) if window == PHONE else head
        handle.click()
        expect(name).to_have_attribute("aria-sort", "descending", timeout=atlas.WAIT_MS)
        expect(first).not_to_have_text(was)
        handle.click()
        expect(name).to_have_attribute("aria-sort", "ascending", timeout=atlas.WAIT_MS)
        expect(first).to_have_text(was)


class TestTheme:
    def test_it_is_switched_kept_and_asked_for_by_a_link(self, server: str, visit: Visit) -> None:
        visitor = visit(f"{server}/?lang=en&country=LAO")
        page = visitor.page
        assert atlas.probe(page)["theme"] == "light"
        page.get_by_role("button", name="Dark theme").click()
        atlas.expect_in_url(page, "theme=dark")
        assert atlas.wait_for_probe(page, "probe.ready")["theme"] == "dark"
        atlas.expect_in_url(page, "country=LAO")
        page.goto(f"{server}/table?lang=en")
        expect(page.get_by_role("button", name="Light theme")).to_be_visible(timeout=atlas.WAIT_MS)
        assert page.evaluate("() => getComputedStyle(document.body).colorScheme") is not None
        assert atlas.probe(page)["theme"] == "dark"

    def test_it_follows_the_system_at_first(self, server: str, visit: Visit) -> None:
        page = visit(f"{server}/?lang=en", color_scheme="dark").page
        assert atlas.probe(page)["theme"] == "dark"


class TestDisplay:
    @EVERYWHERE
    def test_choices_reach_the_map_and_the_link(
        self, server: str, shared: Visit, language: str, window: dict[str, int]
    ) -> None:
        page = shared(f"{server}/?lang={language}", viewport=window).page
        atlas.map_frame(page)
        text = messages(language).text
        page.get_by_role("button", name=text("display.title"), exact=True).click()
        page.get_by_text(text("display.cluster"), exact=True).click(timeout=atlas.WAIT_MS)
        atlas.wait_for_probe(page, "probe.display.cluster")
        atlas.expect_in_url(page, "cluster=1")
        page.get_by_text(text("display.cluster"), exact=True).click()
        atlas.wait_for_probe(page, "!probe.display.cluster")


class TestTimeAndPlaceInTheSidebar:
    def test_a_year_and_a_distance_are_chosen_and_removed(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/?lang=en&id=gwadar-port").page
        atlas.map_frame(page)
        side = page.get_by_test_id("stSidebar")
        side.get_by_text("Year", exact=True).click()
        year = side.get_by_role("spinbutton")
        year.fill("2015")
        year.press("Enter")
        wanted = Filter(year=2015)
        atlas.wait_for_shown(page, dict(CATALOG.select(wanted).by_layer))
        side.get_by_role("button", name=re.compile("As of 2015")).click()
        atlas.wait_for_shown(page, dict(CATALOG.select(Filter()).by_layer))

    def test_the_totals_are_those_of_the_catalog_and_are_shared_out(self, server: str, shared: Visit) -> None:
        page = shared(f"{server}/?lang=en&country=LAO").page
        atlas.map_frame(page)
        group = page.locator("[data-part=group-totals]")
        group.locator("summary").click()
        selection = CATALOG.select(Filter(country={"LAO"}))
        whole = selection.totals().line_km["rail"]
        inside = selection.shares("status").inside_km["rail"]
        assert inside < whole
        expect(group.get_by_text(f"{inside:.0f} of {whole:.0f} km inside the borders")).to_be_visible(
            timeout=atlas.WAIT_MS
        )
        group.get_by_role("button", name="Contractor").click()
        first = selection.shares("builder").rows[0]
        name = CATALOG.organisation_names[first.code]["en"]
        row = group.get_by_role("row", name=name).first
        expect(row.get_by_role("cell").first).to_have_text(str(first.features), timeout=atlas.WAIT_MS)
        # The filter changes, and what was chosen stays.
        page.locator(".bri-chips .bri-act").first.click()
        more = CATALOG.select(Filter()).shares("builder").rows[0]
        row = group.get_by_role("row", name=CATALOG.organisation_names[more.code]["en"]).first
        expect(row.get_by_role("cell").first).to_have_text(str(more.features), timeout=atlas.WAIT_MS)
        expect(group.get_by_role("button", name="Contractor")).to_have_attribute("aria-pressed", "true")
