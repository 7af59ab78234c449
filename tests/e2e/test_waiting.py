"""What takes longer than half a second says so; what is quick does not flicker."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import PHONE, WIDE, Visitor

Visit = Callable[..., Visitor]
BAR = "(element) => getComputedStyle(element, '::after').visibility"
APP = "[data-testid=stApp]"
STATE = "data-test-script-state"


def test_a_slow_answer_shows_a_bar_and_is_told(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=zh").page
    atlas.map_frame(page)
    app = page.locator(APP)
    expect(app).to_have_attribute(STATE, "notRunning", timeout=atlas.WAIT_MS)
    told = messages("zh").text("nav.working")
    said = page.get_by_role("status").filter(has_text=told)
    at_once = app.evaluate(
        f"""(element, told) => {{
          element.setAttribute('{STATE}', 'running');
          const said = [...document.querySelectorAll("[role=status]")];
          return [({BAR})(element), said.some((one) => one.textContent.includes(told))];
        }}""",
        told,
    )
    assert at_once == ["hidden", False]
    expect(said).to_have_count(1)
    assert app.evaluate(BAR) == "visible"
    app.evaluate(f"(element) => element.setAttribute('{STATE}', 'notRunning')")
    expect(said).to_have_count(0)
    assert app.evaluate("(element) => getComputedStyle(element, '::after').content") == "none"


def test_streamlit_tells_when_it_is_at_work(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    atlas.map_frame(page)
    expect(page.locator(APP)).to_have_attribute(STATE, "notRunning", timeout=atlas.WAIT_MS)
    page.evaluate(
        f"""() => {{
          window.seen = [];
          const observer = new MutationObserver((records) =>
            window.seen.push(...records.map(({{ target }}) => target.getAttribute('{STATE}'))));
          observer.observe(document.body, {{ subtree: true, attributeFilter: ['{STATE}'] }});
        }}"""
    )
    for status in ("Completed", "Suspended", "Cancelled", "Under construction", "Early stage"):
        atlas.pill(page, status).click()
        atlas.at_rest(page)
        if "running" in page.evaluate("() => window.seen"):
            break  # an answer may come so soon that the page never shows its beginning
    assert "running" in page.evaluate("() => window.seen")
    page.wait_for_function("() => window.seen.at(-1) === 'notRunning'")


@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_slow_layer_shows_a_bar_on_the_map(server: str, visit: Visit, window: dict[str, int]) -> None:
    page = visit("about:blank", viewport=window).page
    held: list[Route] = []
    page.route(re.compile(r"/layers/parks\.[0-9a-f]+\.bin"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/layers/parks\.[0-9a-f]+\.bin"), timeout=atlas.WAIT_MS):
        page.goto(f"{server}/?lang=en")
    busy = page.frame_locator(atlas.MAP).locator("#map_div[aria-busy=true]")
    expect(busy).to_have_count(1, timeout=atlas.WAIT_MS)
    page.wait_for_function(
        f"() => ({BAR})(document.querySelector(`{atlas.MAP}`).contentDocument.querySelector('#map_div'))"
        " === 'visible'",
        timeout=atlas.WAIT_MS,
    )
    for route in held:
        route.continue_()
    expect(busy).to_have_count(0, timeout=atlas.WAIT_MS)
    assert atlas.probe(page)["shown"]["parks"] > 0
