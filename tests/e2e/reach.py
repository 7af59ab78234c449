"""What of a page a reader cannot reach: something lies over it, or no window shows it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e import atlas

_BURIED = """(within) => {
  const WANTED = "a[href], button, input:not([type=hidden]), select, summary, textarea, h1, h2, .bri-showing";
  const frame = window.frameElement;
  const isSeen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const nameOf = (e) => e && `${e.tagName.toLowerCase()} ${e.className} ${
    (e.ariaLabel || e.innerText || e.placeholder || e.title || e.dataset?.testid || "").slice(0, 40)}`;
  const lookFor = (whole, block) => {
    whole.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
    const box = whole.getClientRects()[0];
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const hit = document.elementFromPoint(x, y);
    const isAround = hit?.contains(whole) && hit.matches("label, a, button, summary");
    if (!(hit && (whole.contains(hit) || isAround))) return nameOf(hit) ?? "nothing, outside the window";
    if (!frame) return "";
    const { left, top } = frame.getBoundingClientRect();
    const above = parent.document.elementFromPoint(left + x, top + y);
    return above === frame ? "" : `of the page ${nameOf(above)}`;
  };
  for (const scroller of document.querySelectorAll(".stMain, .bri-table")) scroller.scrollTop = 0;
  const buried = [];
  for (const element of document.querySelectorAll(within ? `${within} :is(${WANTED})` : WANTED)) {
    if (!isSeen(element) || element.closest("[inert], [aria-hidden=true]")) continue;
    if (element.tagName !== "SUMMARY" && element.closest("details:not([open])")) continue;
    const whole = (element.matches("[type=checkbox], [type=radio]") && element.closest("label")) || element;
    const { width, height } = whole.getBoundingClientRect();
    if (width <= 1 || height <= 1) continue;
    // Where one stands still on its way, such as the head of a table, it depends on the way.
    let above = "";
    if (["center", "end", "start"].every((block) => (above = lookFor(whole, block))))
      buried.push(`${nameOf(whole)} lies under ${above}`);
  }
  if (!frame && document.documentElement.scrollWidth > innerWidth) buried.push("the page scrolls sideways");
  return buried;
}"""
_CHOSEN = """([layer, index]) => {
  const place = briMap.probe().pixel(layer, index);
  if (!place) return ["what is chosen is not in view"];
  const [x, y] = Array.isArray(place) ? place : [place.x, place.y];
  const pin = document.body.appendChild(document.createElement("i"));
  pin.style = `position: absolute; left: ${x}px; top: ${y}px`;
  pin.scrollIntoView({ block: "center", behavior: "instant" });
  pin.remove();
  const hit = document.elementFromPoint(x, y);
  const { left, top } = frameElement.getBoundingClientRect();
  const above = parent.document.elementFromPoint(left + x, top + y);
  const isOnMap = hit?.closest("#map_div") && !hit.closest(".leaflet-control, .bri-years");
  if (isOnMap && above === frameElement) return [];
  return [`what is chosen lies under ${hit?.className} or ${above?.className}`];
}"""


def unreachable(page: Page, within: str = "") -> list[str]:
    """Say what cannot be hit, each scrolled to where a reader would have it.

    Args:
        page: The page, at rest.
        within: A selector of the part that counts; all of the page and of its map without.
    """
    found: list[str] = page.evaluate(_BURIED, within)
    if not within and page.locator(atlas.MAP).count():
        frame = atlas.map_frame(page)
        page.locator(atlas.MAP).first.scroll_into_view_if_needed()
        found += frame.evaluate(_BURIED, "")
        if chosen := atlas.probe(page)["selected"]:
            found += frame.evaluate(_CHOSEN, [chosen["layer"], chosen["index"]])
    return found


def show_sidebar(page: Page, wanted: bool) -> None:
    """Open or close the sidebar, where there is one."""
    sidebar = page.get_by_test_id("stSidebar")
    if not sidebar.count():
        return
    is_open = sidebar.get_attribute("data-collapsed") == "false"
    if is_open != wanted:
        button = "stSidebarCollapseButton" if is_open else "stExpandSidebarButton"
        page.evaluate(
            "(id) => { const found = document.querySelector(`[data-testid=${id}]`);"
            " (found.querySelector('button') ?? found).click(); }",
            button,
        )
    edge = "right <= 0" if not wanted else "left >= 0"
    page.wait_for_function(
        "() => { const { left, right } = document.querySelector('[data-testid=stSidebar]')"
        f".getBoundingClientRect(); return {edge}; }}"
    )
