"""What the reader's own machine brings: its theme, its input method, words without end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.builders import Root
from tests.e2e import atlas
from tests.e2e.conftest import Visitor, running_server

Visit = Callable[..., Visitor]


def test_when_the_system_turns_dark_all_of_the_page_does(server: str, visit: Visit) -> None:
    page = visit(f"{server}/?lang=en&country=LAO&id=china-laos-railway").page
    atlas.map_frame(page)
    expect(page.locator(".bri-details")).to_be_visible(timeout=atlas.WAIT_MS)
    for scheme, is_dark in (("dark", True), ("light", False)):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            """(isDark) => {
              const frame = [...document.querySelectorAll('iframe')].find((one) => one.contentWindow.briMap);
              const brightness = (element) => {
                for (let at = element; at; at = at.parentElement) {
                  const parts = getComputedStyle(at).backgroundColor.match(/[\\d.]+/g).map(Number);
                  if (parts.length < 4 || parts[3] > 0) return Math.max(...parts.slice(0, 3));
                }
                return 255;
              };
              const parts = ['stHeader', 'stSidebar', 'stMain'].map((id) => `[data-testid=${id}]`);
              const shown = [...parts, '.bri-details', '.bri-tool'].map((one) => document.querySelector(one));
              const map = frame.contentDocument.querySelector('.leaflet-container');
              return [...shown, map].every((element) => brightness(element) < 80 === isDark);
            }""",
            arg=is_dark,
            timeout=atlas.WAIT_MS,
        )
    expect(page.locator(".bri-details")).to_be_visible()


@pytest.mark.parametrize("mark", [{"keyCode": 229}, {"isComposing": True}], ids=["safari", "others"])
def test_enter_that_ends_a_composition_opens_nothing(
    mark: dict[str, object], server: str, visit: Visit
) -> None:
    page = visit(f"{server}/?lang=zh").page
    box = page.locator(".bri-search-input")
    box.fill("zhonglao")
    expect(page.locator(".bri-search-option").first).to_be_visible(timeout=atlas.WAIT_MS)
    box.evaluate(
        "(box, mark) => box.dispatchEvent(new KeyboardEvent('keydown', "
        "{ key: 'Enter', bubbles: true, cancelable: true, ...mark }))",
        mark,
    )
    box.press("End")  # a key of the reader's own, after which the other's work would be done
    expect(page.locator(".bri-search-option").first).to_be_visible()
    expect(box).to_have_value("zhonglao")
    assert page.evaluate("briMapJournal.pending.length") == 0
    box.press("Enter")
    expect(page.locator(".bri-details")).to_be_visible(timeout=atlas.WAIT_MS)


def test_a_word_without_end_stays_inside_the_details(small: Root, tmp_path: Path, visit: Visit) -> None:
    word = "x" * 3000
    row = small.row("parks", "lao-farm")
    row["note"] = word
    with running_server(small.write(tmp_path)) as server:
        page = visit(f"{server}/?lang=en&id=lao-farm").page
        panel = page.locator(".bri-details")
        expect(panel.get_by_text(word[:50]).first).to_be_visible(timeout=atlas.WAIT_MS)
        widths = panel.evaluate(
            "(panel) => [panel, ...panel.querySelectorAll('*:not(.bri-hidden)')]"
            ".map((at) => at.scrollWidth - at.clientWidth)"
        )
        assert max(widths) <= 1
        page.context.close()
