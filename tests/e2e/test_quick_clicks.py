"""No click is lost or undone, however fast one follows the other and however far away the server is."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

import bri_map
from bri_map import Filter
from bri_map.domain.layers import LAYERS
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import Visitor
from tests.e2e.distance import far_away

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
TEXTS = messages("en")
GROUPS = ("type", "region", "status")

CLICK_IN_PAGE = """
(steps) => {
  const frame = [...document.querySelectorAll('iframe')].find((one) => one.contentWindow.briMap);
  const click = ({ label, layer }) => {
    const options = [...document.querySelectorAll('[data-testid="stSidebar"] .bri-option')];
    const wanted = layer
      ? frame.contentDocument.querySelector(`.bri-legend [data-layer="${layer}"]`)
      : options.find((one) => one.querySelector('.bri-option-label').textContent === label);
    wanted.click();
  };
  const clicked = (step) => new Promise((done) => setTimeout(() => done(click(step)), step.at));
  return Promise.all(steps.map(clicked));
}
"""
"""Clicks at their times, in milliseconds from now, in the sidebar and in the legend of the map."""
AT_REST = """
() => briMapJournal.pending.length === 0
  && document.querySelector('[data-test-script-state]').dataset.testScriptState === 'notRunning'
"""


def settle(page: Page) -> None:
    """Wait until everything that was done has been answered."""
    page.wait_for_function(AT_REST, timeout=atlas.WAIT_MS)


def chosen_in_sidebar(page: Page) -> set[str]:
    """Give the labels of all options that are pressed, without their counts."""
    labels = page.locator('[data-testid="stSidebar"] .bri-option[aria-pressed="true"] .bri-option-label')
    return set(labels.all_text_contents())


def params_of(address: str) -> dict[str, list[str]]:
    """Give the parameters of an address but the view, which is the map's own."""
    found = parse_qs(urlsplit(address).query, keep_blank_values=True)
    return {key: values for key, values in found.items() if key != "view"}


def shared_link(page: Page) -> str:
    """Open *Share* and give the link in it."""
    page.get_by_role("button", name="Share").click()
    return page.locator(".bri-share-text").first.input_value()


def expect_everywhere(page: Page, wanted: Filter) -> None:
    """Expect that page, map, address and *Share* say the same."""
    settle(page)
    selection = CATALOG.select(wanted)
    atlas.showing(page, len(selection), len(CATALOG))
    labels = {TEXTS.code(facet, code) for facet in ("layer", *GROUPS) for code in getattr(wanted, facet)}
    assert chosen_in_sidebar(page) == labels
    atlas.wait_for_shown(page, dict(selection.by_layer))
    link = wanted.to_params() | {"lang": ["en"]}
    assert params_of(page.url) == link
    assert params_of(shared_link(page)) == link


def ten_clicks(seed: int) -> tuple[list[dict[str, Any]], Filter]:
    """Draw ten clicks over several groups, 30 to 150 ms apart, and say what is then asked for."""
    lot = random.Random(seed)  # a fixed lot
    options = [(facet, code) for facet in GROUPS for code in CATALOG.options(facet)[:4]]
    wanted, steps, at = Filter(), [], 0
    for number in range(10):
        at += lot.randint(30, 150)
        # A park type leaves out layers once it is answered, so it comes after the clicks on the legend.
        facet, code = lot.choice(options if number > 7 else [one for one in options if one[0] != "type"])
        if number in (3, 7):
            layer = lot.choice([*LAYERS])
            shown = wanted.layers ^ {layer}
            wanted = wanted.with_facet("layer", shown if shown != set(LAYERS) else ())
            steps.append({"at": at, "layer": layer})
        else:
            wanted = wanted.with_code(facet, code, code not in getattr(wanted, facet))
            steps.append({"at": at, "label": TEXTS.code(facet, code)})
    return steps, wanted


@pytest.mark.parametrize("milliseconds", [20, 100, 400])
def test_ten_clicks_in_a_row_all_count(server: str, visit: Visit, milliseconds: int) -> None:
    with far_away(server, milliseconds / 1000) as (address, _):
        page = visit(f"{address}/?lang=en").page
        atlas.map_frame(page)
        settle(page)
        steps, wanted = ten_clicks(milliseconds)
        page.evaluate(CLICK_IN_PAGE, steps)
        expect_everywhere(page, wanted)
        page.context.close()
