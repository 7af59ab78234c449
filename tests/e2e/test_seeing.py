"""How the map is shown, in a browser that reaches no other machine: themes, clusters, names, basemaps,
countries by indicator, rating colours, what is in view, and hovering both ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from playwright.sync_api import Page, Route, expect

import bri_map
from bri_map.analysis.indicators import INDICATORS, build_choropleth
from bri_map.domain.vocabulary import Layer
from bri_map.geo.mercator import world_units
from bri_map.i18n import messages
from bri_map.maps.basemaps import PROVIDERS
from bri_map.maps.display import Display
from tests.e2e import atlas
from tests.e2e.conftest import EVERYWHERE, PAIRED, Visitor

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
TOTALS = dict(CATALOG.select(bri_map.Filter()).by_layer)
PLACED = {layer: sum(shape is not None for shape in CATALOG.geometry(layer)) for layer in TOTALS}
POINTS = PLACED["parks"] + PLACED["projects"]


def show(page: Page, **display: Any) -> None:
    """Have the map show what it shows in another way."""
    atlas.apply(page, display=Display(**display).to_state())


def wait_until(page: Page, condition: str, argument: Any = None) -> None:
    """Wait until a condition on the probe, `p` in JavaScript, holds."""
    atlas.map_frame(page).wait_for_function(
        f"given => {{ const p = briMap.probe(); return {condition}; }}", arg=argument, timeout=atlas.WAIT_MS
    )


def opened(shared: Visit, address: str, **options: Any) -> Page:
    """Open a page of the map and wait until all features are there."""
    page = shared(address, **options).page
    atlas.wait_for_shown(page, TOTALS)
    return page


def frame_box(page: Page) -> dict[str, float]:
    box = page.locator("iframe[title*='st_folium']").first.bounding_box()
    assert box is not None
    return dict(box)


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# --- themes ------------------------------------------------------------------------------------------


@EVERYWHERE
def test_the_dark_theme_recolours_the_map_and_keeps_it(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = opened(shared, f"{server}/?lang={language}&view=88,30,4", viewport=window)
    frame = atlas.map_frame(page)
    frame.evaluate("() => { window.mark = 'same frame'; }")
    view = atlas.probe(page)["center"]
    show(page, theme="dark")
    atlas.at_rest(page)
    steppe = atlas.place_of_lonlat(page, 93.0, 38.2)
    atlas.wait_for_colour(page, steppe, "#23272B")
    atlas.wait_for_colour(page, atlas.place_of_lonlat(page, 88.5, 17.0), "#171B1F")
    assert atlas.map_frame(page).evaluate("() => window.mark") == "same frame"
    assert atlas.probe(page)["center"] == view
    for part in (".bri-legend", ".bri-buttons button", ".bri-attribution"):
        ground = frame.locator(part).first.evaluate("one => getComputedStyle(one).backgroundColor")
        red, green, blue = map(int, re.findall(r"\d+", ground)[:3])
        assert max(red, green, blue) < 70, part
    show(page)
    atlas.at_rest(page)
    atlas.wait_for_colour(page, steppe, "#F4F1EA")


def test_marks_and_words_stand_out_from_the_land_in_the_dark(server: str, shared: Visit) -> None:
    page = opened(shared, f"{server}/?lang=en")
    show(page, theme="dark")
    colours = atlas.map_frame(page).evaluate("() => briMap.palette.COLOURS")
    marks = [colours[name] for name in ("slate", "rail", "railLight", "stopped", "unknown")]
    marks += [
        *colours["parks"].values(),
        *colours["corridors"],
        *colours["sectors"],
        *colours["ratings"].values(),
    ]
    for ground in (colours["land"], colours["water"]):
        assert min(contrast(mark, ground) for mark in marks) >= 3
        assert contrast(colours["label"], ground) >= 4.5
        assert contrast(colours["name"], ground) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_legend_can_be_read_in_both_themes(server: str, shared: Visit, theme: str) -> None:
    page = opened(shared, f"{server}/?lang=en")
    show(page, theme=theme, indicator="parks")
    wait_until(page, "document.querySelector('.bri-indicator-title')")
    style = atlas.map_frame(page).evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          return Object.fromEntries(["ink", "soft", "words", "sheet", "hover"].map(
            (name) => [name, style.getPropertyValue(`--bri-${name}`).trim()]));
        }"""
    )
    sheet = style["sheet"] if len(style["sheet"]) == 7 else "#FFFFFF"
    for words in ("ink", "soft", "words"):
        assert contrast(style[words], sheet) >= 4.5, words
        assert contrast(style[words], style["hover"]) >= 4.5, words


# --- clusters ----------------------------------------------------------------------------------------


@EVERYWHERE
def test_clusters_count_every_visible_point_once(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = opened(shared, f"{server}/?lang={language}", viewport=window)
    for theme in ("light", "dark"):
        show(page, cluster=True, theme=theme)
        clusters = atlas.probe(page)["clusters"]
        assert len(clusters) > 10
        assert min(clusters) >= 2
        assert atlas.map_frame(page).evaluate("() => briMap.probe().marks()") == POINTS
    show(page)
    assert atlas.probe(page)["clusters"] == []
    assert atlas.map_frame(page).evaluate("() => briMap.probe().marks()") == POINTS


def test_clusters_follow_the_filter(server: str, shared: Visit) -> None:
    page = opened(shared, f"{server}/?lang=en")
    show(page, cluster=True)
    layers = atlas.probe(page)["state"]["layers"]
    atlas.apply(page, layers={**layers, "projects": {**layers["projects"], "bits": False, "on": False}})
    frame = atlas.map_frame(page)
    assert frame.evaluate("() => briMap.probe().marks()") == PLACED["parks"]
    assert sum(atlas.probe(page)["clusters"]) <= PLACED["parks"]


def test_a_click_on_a_cluster_shows_its_members(server: str, shared: Visit) -> None:
    page = opened(shared, f"{server}/?lang=en&view=100,15,4")
    show(page, cluster=True)
    frame, box = atlas.map_frame(page), frame_box(page)
    before = atlas.probe(page)["zoom"]
    places = frame.evaluate(
        """() => briMap.probe().clusters.map((n, i) => [n, briMap.probe().clusterAt(i)])
          .map(([n, at]) => [n, at.x, at.y])"""
    )
    free = [one for one in places if 400 < one[1] < box["width"] - 120 and 120 < one[2] < box["height"] - 120]
    count, x, y = max(free)
    page.mouse.move(box["x"] + x, box["y"] + y)
    wait_until(page, "p.tooltip && p.tooltip.startsWith(given)", f"{count} features here")
    page.mouse.click(box["x"] + x, box["y"] + y)
    wait_until(page, "p.zoom > given", before)
    assert frame.evaluate("() => briMap.probe().marks()") == POINTS
    assert atlas.probe(page)["selected"] is None


@EVERYWHERE
def test_members_in_one_place_are_listed(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = opened(shared, f"{server}/?lang={language}&view=100.52,13.75,12", viewport=window)
    frame = atlas.map_frame(page)
    atlas.apply(page, display={"cluster": True})
    together = frame.evaluate(
        """() => {
          const p = briMap.probe();
          return p.clusters.map((n, i) => [n, i]).sort((a, b) => b[0] - a[0])[0];
        }"""
    )
    count, at = together
    frame.evaluate(
        """at => {
          const spot = briMap.probe().clusterAt(at);
          map_div.setView(map_div.containerPointToLatLng(spot), 12, { animate: false });
        }""",
        at,
    )
    atlas.at_rest(page)
    spot = frame.evaluate("at => { const { x, y } = briMap.probe().clusterAt(at); return [x, y]; }", at)
    box = frame_box(page)
    page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    dialog = frame.get_by_role("dialog", name=messages(language).text("seeing.members", n=count))
    expect(dialog).to_be_visible(timeout=atlas.WAIT_MS)
    expect(dialog.get_by_role("button")).to_have_count(count)
    first = dialog.get_by_role("button").first
    expect(first).to_be_focused()
    wait_until(page, "p.tooltip === null")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    name = dialog.locator(".bri-member-name").last.inner_text()
    dialog.get_by_role("button").last.click()
    expect(page.locator(".bri-details").get_by_role("heading", name=name)).to_be_visible(
        timeout=atlas.WAIT_MS
    )


def test_a_hundred_thousand_points_are_clustered_quickly(server: str, shared: Visit) -> None:
    page = opened(shared, f"{server}/?lang=en")
    best, total = atlas.map_frame(page).evaluate(
        """() => {
          const size = 100000;
          const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;
          const next = random(7);
          const data = {
            px: Float32Array.from({ length: size }, () => next()),
            py: Float32Array.from({ length: size }, () => 0.2 + 0.5 * next()),
            pointFeature: Uint32Array.from({ length: size }, (_, i) => i),
          };
          const bits = new Uint8Array(size / 8).fill(255);
          const layer = { data, bits, isVisible: (i) => (bits[i >> 3] >> (i & 7)) & 1 };
          const took = [3, 4, 6, 3, 4, 6].map((zoom) => {
            const begun = performance.now();
            layer.found = briMap.cluster([layer], zoom);
            return performance.now() - begun;
          });
          const { clusters, alone } = layer.found;
          const single = briMap.codec.countBits(alone.get(layer), size);
          return [Math.min(...took), single + clusters.reduce((n, one) => n + one.count, 0)];
        }"""
    )
    assert total == 100_000
    assert best < 100, f"{best:.0f} ms"


# --- names -------------------------------------------------------------------------------------------


@EVERYWHERE
def test_features_are_named_from_near_without_overlap(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = opened(shared, f"{server}/?lang={language}&view=104,11.8,8", viewport=window)
    wait_until(page, "p.named.length > 3")
    boxes = [entry["box"] for entry in atlas.probe(page)["named"]]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (a, b)
    show(page, labels=False)
    wait_until(page, "p.named.length === 0")


def test_from_afar_features_are_not_named(server: str, shared: Visit) -> None:
    page = opened(shared, f"{server}/?lang=en&view=104,11.8,6")
    assert atlas.probe(page)["named"] == []


# --- basemaps ----------------------------------------------------------------------------------------


def hosts_asked(visitor: Visitor) -> set[str]:
    return {re.sub(r"^https?://([^/]+)/.*$", r"\1", url) for url in visitor.foreign}


@PAIRED
def test_without_the_network_an_online_basemap_gives_way(
    server: str, visit: Visit, language: str, window: dict[str, int]
) -> None:
    visitor = visit(f"{server}/?lang={language}", viewport=window)
    page = visitor.page
    atlas.wait_for_shown(page, TOTALS)
    assert visitor.foreign == []
    frame = atlas.map_frame(page)
    page.evaluate(
        """() => {
          window.told = [];
          briMapJournal.addEventListener("change", () => window.told.push(...briMapJournal.pending));
        }"""
    )
    show(page, basemap="osm")
    text = messages(language)
    notice = frame.get_by_role("alert").filter(
        has_text=text.text("seeing.tiles_failed", basemap=text["basemap.osm"])
    )
    expect(notice).to_be_visible(timeout=atlas.WAIT_MS)
    wait_until(page, "p.basemap === 'built-in' && p.tiles === 0")
    told = {(change["event"], change.get("basemap")) for change in page.evaluate("() => window.told")}
    assert told == {("basemap", "built-in")}
    expect(frame.locator(".bri-attribution")).to_contain_text("Natural Earth")
    assert hosts_asked(visitor) == {"tile.openstreetmap.org"}
    visitor.foreign.clear()
    show(page, basemap="osm", cluster=True)  # the same again is not tried again
    atlas.at_rest(page)
    assert visitor.foreign == []


def test_tiles_are_shown_with_their_attribution(server: str, shared: Visit) -> None:
    page = opened(shared, f"{server}/?lang=en")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(body=atlas.PNG, content_type="image/png")

    for provider in PROVIDERS[:3]:
        for origin in provider.origins:
            page.route(f"{origin}/**", answer)
    frame = atlas.map_frame(page)
    for provider in PROVIDERS[:3]:
        show(page, basemap=provider.id)
        wait_until(page, "p.basemap === given && p.tiles > 5", provider.id)
        for words, link in provider.attribution:
            expect(frame.locator(f'.bri-attribution a[href="{link}"]').first).to_have_text(words)
        named = provider.has_names
        expect(frame.locator(".bri-attribution").get_by_text("GeoNames")).to_have_count(0 if named else 1)
    assert asked
    assert all(referer.startswith(server) for referer in asked)  # what OpenStreetMap's policy asks for
    show(page)
    expect(frame.locator(".bri-attribution")).to_contain_text("Natural Earth")
    expect(frame.locator(".leaflet-tile")).to_have_count(0)
    page.unroute_all()
    before = atlas.probe(page)["zoom"]
    frame.locator("#map_div").press("+")  # tiles that are gone are not asked to zoom
    wait_until(page, "p.zoom > given", before)
    atlas.at_rest(page)


def test_a_provider_that_is_not_offered_changes_nothing(server: str, shared: Visit) -> None:
    page = opened(shared, f"{server}/?lang=en")
    atlas.apply(page, display={"basemap": "nowhere"})
    assert atlas.probe(page)["basemap"] == "built-in"


# --- countries by indicator --------------------------------------------------------------------------


@EVERYWHERE
def test_the_legend_explains_every_indicator(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = opened(shared, f"{server}/?lang={language}", viewport=window)
    frame, text = atlas.map_frame(page), messages(language)
    legend = frame.locator(".bri-legend")
    atlas.unfold_legend(page)
    for indicator in INDICATORS:
        show(page, indicator=indicator)
        title = legend.locator(".bri-indicator-title")
        expect(title, indicator).to_have_text(text[f"indicator.{indicator}"])
        expect(legend, indicator).to_contain_text(text[f"indicator_unit.{indicator}"])
        expect(legend, indicator).to_contain_text(text[f"indicator_note.{indicator}"])
        found = build_choropleth(CATALOG, indicator)
        expect(legend.locator(".bri-classes li"), indicator).to_have_count(len(found.classes) + 1)
        source = "EY" if found.citations else text["seeing.this_atlas"]
        expect(legend, indicator).to_contain_text(source)
        show(page)
        expect(title, indicator).to_have_count(0)


def test_a_country_has_the_colour_of_its_class_and_tells_its_value(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en&layer=parks&view=66,48,4").page
    atlas.wait_for_shown(page, {"parks": TOTALS["parks"], "rail": 0})
    show(page, indicator="ease-of-doing-business")
    wait_until(page, "document.querySelector('.bri-indicator-title')")
    atlas.at_rest(page)
    classes = build_choropleth(CATALOG, "ease-of-doing-business").classes
    assert classes[-1].low <= 79.6 <= classes[-1].high  # Kazakhstan
    colours = atlas.map_frame(page).evaluate("() => briMap.palette.COLOURS.classes")
    kazakhstan = atlas.place_of_lonlat(page, 70.3, 48.4)
    mongolia = atlas.place_of_lonlat(page, 98.2, 47.2)
    atlas.wait_for_colour(page, kazakhstan, colours[-1])
    atlas.wait_for_colour(page, mongolia, "#F4F1EA")
    page.mouse.move(*kazakhstan)
    wait_until(page, "p.tooltip === given", "Kazakhstan\nEase of doing business: 79.6 score, 0 to 100")
    page.mouse.move(*mongolia)
    wait_until(page, "p.tooltip === given", "Mongolia\nEase of doing business: No value")
    ocean = atlas.place_of_lonlat(page, 50.5, 42.0)  # the Caspian Sea
    page.mouse.move(*ocean)
    wait_until(page, "p.tooltip === null")


# --- colours of projects -----------------------------------------------------------------------------


@EVERYWHERE
def test_projects_take_the_colour_of_their_rating(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    rows = CATALOG.rows(Layer.PROJECTS)
    page = shared(f"{server}/?lang={language}&layer=projects&view=73,31,5", viewport=window).page
    atlas.wait_for_shown(page, {"projects": TOTALS["projects"], "parks": 0})
    frame = atlas.map_frame(page)
    seen = frame.evaluate(
        "n => Array.from({ length: n }, (_, i) => briMap.probe().look('projects', i).rating)", len(rows)
    )
    assert seen == rows["green_rating"].tolist()
    show(page, scheme="green")
    text = messages(language)
    atlas.unfold_legend(page)
    for rating in ("green", "yellow", "red", "unrated"):
        expect(frame.locator(".bri-legend-keys li", has_text=text[f"green_rating.{rating}"])).to_be_visible()
    show(page, scheme="sector")
    for sector in ("ports", "health"):
        expect(frame.locator(".bri-legend-keys li", has_text=text[f"sector.{sector}"]).first).to_be_visible()


def test_a_rating_is_told_by_a_sign_as_well(server: str, shared: Visit) -> None:
    page = opened(shared, f"{server}/?lang=en")
    show(page, scheme="green")
    styles = atlas.map_frame(page).evaluate(
        """() => ["green", "yellow", "red", "unrated"].map((rating) => {
          const look = { kind: "ports", status: "completed", precision: "site", rating };
          const mark = briMap.config.layers.find((layer) => layer.palette === "sectors");
          const { sign, colour } = briMap.symbols.pointStyle(mark, look, 6, false);
          return [sign, colour];
        })"""
    )
    assert styles == [["check", "#1B9E77"], ["dash", "#E6AB02"], ["cross", "#C0392B"], ["", "#8A8A8A"]]


# --- what is in view ---------------------------------------------------------------------------------


@EVERYWHERE
def test_the_legend_says_how_many_are_in_view(
    server: str, shared: Visit, language: str, window: dict[str, int]
) -> None:
    page = opened(shared, f"{server}/?lang={language}&view=73,31,6", viewport=window)
    line = atlas.map_frame(page).locator(".bri-legend-in-view")
    bounds = atlas.map_frame(page).evaluate("() => map_div.getBounds().toBBoxString().split(',').map(Number)")
    size = atlas.map_frame(page).evaluate("() => [innerWidth, innerHeight]")
    expected = 0
    for layer in Layer:
        for shape in CATALOG.geometry(layer):
            expected += shape is not None and is_seen(shape, bounds, size, atlas.panels(page))
    counts = atlas.probe(page)["counts"]
    assert counts == {"matching": len(CATALOG), "placed": sum(PLACED.values()), "inView": expected}
    assert 0 < expected < len(CATALOG)
    expect(line).to_have_text(messages(language).text("seeing.in_view", n=len(CATALOG), m=expected))
    atlas.map_frame(page).evaluate("() => map_div.setView([-40, -120], 6, { animate: false })")
    expect(line).to_have_text(messages(language).text("seeing.in_view", n=len(CATALOG), m=0))


def is_seen(shape: Any, bounds: list[float], size: list[float], panels: list[list[float]]) -> bool:
    """Whether a part of a shape, straight in mercator as on the map, is in the window and under no panel."""
    corners = world_units(np.array(bounds[0::2]), np.array(bounds[1::2]))
    (west, east), (south, north) = (part.tolist() for part in corners)
    line = shapely.transform(shape, lambda xy: np.column_stack(world_units(xy[:, 0], xy[:, 1])))
    pixels = shapely.transform(
        line,
        lambda at: (at - (west, north)) / (east - west, south - north) * size,
    )
    free = shapely.box(0, 0, *size) - shapely.union_all([shapely.box(*panel) for panel in panels])
    return bool(shapely.intersects(pixels, free))


# --- hovering both ways ------------------------------------------------------------------------------


def test_the_page_and_the_map_tell_each_other_what_is_under_the_pointer(server: str, shared: Visit) -> None:
    layer, index = CATALOG.position("saysettha-development-zone")
    page = shared(f"{server}/?lang=en&layer=parks&view=102.7,18,9").page
    atlas.wait_for_shown(page, {"parks": TOTALS["parks"]})
    page.evaluate(
        "() => { window.heard = []; addEventListener('bri-map:hover', (e) => window.heard.push(e.detail)); }"
    )
    x, y = atlas.place_of(page, layer, index)
    page.mouse.move(x, y)
    wait_until(page, "p.hovered !== null")
    page.mouse.move(x + 120, y + 120)
    wait_until(page, "p.hovered === null")
    assert page.evaluate("() => window.heard") == [{"layer": layer, "index": index}, None]
    frame = atlas.map_frame(page)
    frame.evaluate("([layer, index]) => briMap.hover(layer, index)", [layer, index])
    found = atlas.probe(page)
    assert found["hovered"] == {"layer": layer, "index": index}
    assert found["tooltip"] is None
    for wrong in (["parks", 99999], ["nothing", 1], ["parks", -1], ["parks", None]):
        frame.evaluate("([layer, index]) => briMap.hover(layer, index)", wrong)
        assert atlas.probe(page)["hovered"] is None
    assert len(page.evaluate("() => window.heard")) == 2
