"""What a visitor sees of the atlas, read from the page."""

from __future__ import annotations

import base64
import io
import math
import re
import time
from collections.abc import Callable
from typing import Any

from PIL import Image
from playwright.sync_api import Frame, Locator, Page, expect

from bri_map.i18n import messages

WAIT_MS = 60_000
"""The longest that anything may take, however busy the machine."""
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADAgH/yTZQ1wAAAABJRU5ErkJggg=="
)
"""One pixel, for what stands in for a tile."""


MAP = "iframe[title*='st_folium']"
_PAGE_RESTS = """() => {
  const app = document.querySelector("[data-test-script-state]");
  return app?.dataset.testScriptState === "notRunning" && window.briMapJournal?.pending.length === 0;
}"""
_MAP_RESTS = """async () => {
  const app = parent.document.querySelector("[data-test-script-state]");
  const seen = () => {
    const { ready, zoom, center } = briMap.probe();
    const isBusy = app.dataset.testScriptState !== "notRunning" || parent.briMapJournal.pending.length > 0;
    // Leaflet has no public word on its animations.
    const isMoving = map_div._animatingZoom || map_div._panAnim?._inProgress || map_div.dragging.moving();
    const isFinite = (animation) => animation.effect.getComputedTiming().endTime < Infinity;
    const isFading = document.getAnimations().some(isFinite);
    if (!ready || isBusy || isMoving || isFading || document.querySelector(".leaflet-zoom-anim")) return "";
    return JSON.stringify([zoom, center, innerWidth, innerHeight]);
  };
  const first = seen();
  for (let frame = 0; frame < 4; frame++) {
    if (!first || seen() !== first) return false;
    await new Promise(requestAnimationFrame);
  }
  return true;
}"""


def at_rest(page: Page) -> None:
    """Wait until all that was done is answered, and drawn: nothing runs, waits or moves, page nor map."""
    page.wait_for_function(_PAGE_RESTS, timeout=WAIT_MS)
    if page.locator(MAP).count():
        map_frame(page).wait_for_function(_MAP_RESTS, timeout=WAIT_MS)


def nothing_follows(page: Page) -> None:
    """Wait until the page rests and whatever a rest of half a second sets off would have been told."""
    at_rest(page)
    page.wait_for_timeout(600)  # slider and address wait for 500 ms, and nothing of it can be seen
    at_rest(page)


def map_frame(page: Page) -> Frame:
    """Give the frame of the map once its first picture is drawn."""
    deadline = time.monotonic() + WAIT_MS / 1000
    while time.monotonic() < deadline:
        for frame in page.frames:
            if "st_folium" in frame.url and _probe(frame).get("ready"):
                return frame
        page.wait_for_timeout(50)
    raise AssertionError("the map was not drawn in time")


def apply(page: Page, **changes: Any) -> None:
    """Have the map show what it shows with some parts of its state changed, until the page says otherwise."""
    map_frame(page).evaluate(
        """changes => {
          const { state } = briMap.probe();
          if (Number.isInteger(state.seq)) window.served = state;
          briMap.apply({ ...state, ...changes, seq: state.seq + 0.001 });
        }""",
        changes,
    )
    map_frame(page)


def _probe(frame: Frame) -> dict[str, Any]:
    try:
        found = frame.evaluate("() => window.briMap && briMap.probe ? briMap.probe() : {}")
    except Exception:  # the frame is being replaced
        return {}
    return dict(found)


def probe(page: Page) -> dict[str, Any]:
    """Ask the map what it shows."""
    return _probe(map_frame(page))


def wait_for_shown(page: Page, expected: dict[str, int]) -> None:
    """Wait until the map shows these numbers of features in these layers."""
    deadline = time.monotonic() + WAIT_MS / 1000
    shown: dict[str, int] = {}
    while time.monotonic() < deadline:
        shown = probe(page)["shown"]
        if all(shown[layer] == count for layer, count in expected.items()):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the map shows {shown}, not {expected}")


def wait_for_probe(page: Page, condition: str) -> dict[str, Any]:
    """Wait until a condition in JavaScript on `probe` holds, and give what the map then shows."""
    map_frame(page).wait_for_function(
        f"() => {{ const probe = briMap.probe(); return {condition}; }}", timeout=WAIT_MS
    )
    return probe(page)


def place_of(page: Page, layer: str, index: int) -> tuple[float, float]:
    """Give where a feature is drawn, in pixels of the page."""
    found = map_frame(page).evaluate("([layer, index]) => briMap.probe().pixel(layer, index)", [layer, index])
    assert found is not None, f"{layer} {index} is not in view"
    frame = page.locator(MAP).first.bounding_box()
    assert frame is not None
    x, y = (found["x"], found["y"]) if isinstance(found, dict) else found
    return frame["x"] + x, frame["y"] + y


def place_of_lonlat(page: Page, lon: float, lat: float) -> tuple[int, int]:
    """Give where a point of the world is drawn, in pixels of the page."""
    x, y = map_frame(page).evaluate(
        "([lat, lon]) => { const p = map_div.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }",
        [lat, lon],
    )
    frame = page.locator(MAP).first.bounding_box()
    assert frame is not None
    return round(frame["x"] + x), round(frame["y"] + y)


def picture(page: Page) -> Image.Image:
    """Take a picture of the page."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def picture_of(place: Locator) -> Image.Image:
    """Take a picture of one element."""
    return Image.open(io.BytesIO(place.screenshot())).convert("RGB")


def near(colour: tuple[int, ...], wanted: str, tolerance: float = 26) -> bool:
    """Tell whether a colour is close to one written #RRGGBB."""
    rgb = tuple(int(wanted[i : i + 2], 16) for i in (1, 3, 5))
    return math.dist(colour[:3], rgb) <= tolerance


def colours_around(image: Image.Image, x: float, y: float, reach: int = 6) -> list[tuple[int, ...]]:
    """Give the colours of the pixels around a place."""
    box = range(-reach, reach + 1)
    pixels = [(round(x) + dx, round(y) + dy) for dx in box for dy in box]
    inside = [(px, py) for px, py in pixels if 0 <= px < image.width and 0 <= py < image.height]
    return [tuple(image.getpixel(at)) for at in inside]


def wait_for_colour(
    page: Page, place: tuple[float, float], wanted: str, tolerance: float = 6, reach: int = 2
) -> None:
    """Wait until a colour, written #RRGGBB, is seen at a place of the page."""
    _wait_for_colours(page, place, reach, wanted, lambda seen: any(near(c, wanted, tolerance) for c in seen))


def wait_until_covered(
    page: Page, place: tuple[float, float], ground: str, tolerance: float = 6, reach: int = 2
) -> None:
    """Wait until a colour, written #RRGGBB, is no longer seen at a place of the page."""
    _wait_for_colours(
        page, place, reach, f"no {ground}", lambda seen: not any(near(c, ground, tolerance) for c in seen)
    )


def _wait_for_colours(
    page: Page,
    place: tuple[float, float],
    reach: int,
    wanted: str,
    is_there: Callable[[list[tuple[int, ...]]], bool],
) -> None:
    deadline = time.monotonic() + WAIT_MS / 1000
    seen: list[tuple[int, ...]] = []
    while time.monotonic() < deadline:
        seen = colours_around(picture(page), *place, reach)
        if is_there(seen):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{wanted} is not seen at {place}, but {seen}")


def unfold_legend(page: Page) -> None:
    """Open the legend of the map if it is folded."""
    head = map_frame(page).locator(".bri-legend-head")
    if head.get_attribute("aria-expanded") == "false":
        head.click()


def panels(page: Page) -> list[list[float]]:
    """Give left, top, right, bottom of what lies over the map, in pixels of its window."""
    found = map_frame(page).evaluate(
        """() => {
          const own = ".bri-legend, .bri-buttons, .bri-draw, .bri-years-open, .bri-years-panel, .bri-members";
          const theirs = ".st-key-map-tools, .st-key-details, .st-key-empty";
          const corner = frameElement.getBoundingClientRect();
          const box = (x, y) => (one) => {
            const { left, top, right, bottom } = one.getBoundingClientRect();
            return [left - x, top - y, right - x, bottom - y];
          };
          return [
            ...[...document.querySelectorAll(own)].map(box(0, 0)),
            ...[...parent.document.querySelectorAll(theirs)].map(box(corner.left, corner.top)),
          ].filter(([l, t, r, b]) => l < r && t < b && l < innerWidth && t < innerHeight);
        }"""
    )
    return [[float(side) for side in panel] for panel in found]


def number(n: int, language: str = "en") -> str:
    """Write a number as pages in a language do."""
    return messages(language).locale.number(n)


def showing(page: Page, shown: int, total: int, language: str = "en") -> None:
    """Expect the line that says how many features are shown."""
    text = messages(language).text("filter.showing", n=shown, total=total)
    expect(page.get_by_test_id("stSidebar").get_by_text(text, exact=True)).to_be_visible(timeout=WAIT_MS)


def expect_in_url(page: Page, text: str) -> None:
    """Expect a text in the address; it is written at the end of a run."""
    expect(page).to_have_url(re.compile(re.escape(text)), timeout=WAIT_MS)


def pill(page: Page, name: str) -> Any:
    """Give an option in the sidebar by the beginning of its label."""
    return page.get_by_test_id("stSidebar").get_by_role("button", name=name).first


def fingers(page: Page, moves: list[list[tuple[int, int]]]) -> None:
    """Put fingers on the page, move them from place to place, and lift them."""
    session = page.context.new_cdp_session(page)
    for i, places in enumerate(moves):
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        kind = "touchMove" if i else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(40)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
