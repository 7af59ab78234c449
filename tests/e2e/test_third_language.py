"""The map names features and countries in a language that only data make known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from bri_map.i18n.languages import FOLDER_VARIABLE
from tests.app.test_third_language import MESSAGES, french_root
from tests.e2e import atlas
from tests.e2e.conftest import Visitor, running_server

WRITTEN = """
window.written = [];
const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
  window.written.push(text);
  return fillText.call(this, text, ...place);
};
"""
"""Remembers every text that is written on a canvas."""


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has a message file in French, and data with French names."""
    folder = tmp_path_factory.mktemp("french")
    (folder / "fr.toml").write_text(MESSAGES, encoding="utf-8")
    with running_server(
        french_root().write(folder / "root"), settings={FOLDER_VARIABLE: str(folder)}
    ) as address:
        yield address


def test_labels_of_countries_and_details_are_in_it(french: str, visit: Callable[..., Visitor]) -> None:
    page = visit("about:blank").page
    page.add_init_script(WRITTEN)
    page.goto(f"{french}/?lang=fr&id=lao-farm&view=102.6,18,6")
    frame = atlas.map_frame(page)
    frame.wait_for_function("() => window.written.includes('RÉPUBLIQUE LAO')", timeout=atlas.WAIT_MS)
    expect(page.locator(".bri-details h2")).to_have_text("Ferme du Laos", timeout=atlas.WAIT_MS)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
