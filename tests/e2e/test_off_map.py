"""What matches and has no place on the map is counted and listed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

import bri_map
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import PAIRED, PHONE, Visitor, copied_root, running_server
from tests.e2e.windows import SharedWindows

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
LOST = "saysettha-development-zone"


@pytest.fixture(scope="module")
def polar(windows: SharedWindows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose data put one park nearer to the pole than any web map reaches."""
    root = copied_root(tmp_path_factory.mktemp("polar"))
    path = root / "geo" / "parks.geojson"
    document = json.loads(path.read_text("utf-8"))
    feature = next(f for f in document["features"] if f["id"] == LOST)
    feature["geometry"]["coordinates"] = [102.7, 88]
    path.write_text(json.dumps(document), "utf-8")
    with running_server(root) as address:
        yield address
        windows.leave(address)


@PAIRED
def test_it_is_counted_and_listed(polar: str, shared: Visit, language: str, window: dict[str, int]) -> None:
    text = messages(language).text
    page = shared(f"{polar}/?lang={language}&country=LAO&layer=parks", viewport=window).page
    matching = CATALOG.select(bri_map.Filter(country={"LAO"}, layer={"parks"})).ids
    assert LOST in matching
    atlas.wait_for_shown(page, {"parks": len(matching)})
    if window == PHONE:
        page.get_by_test_id("stExpandSidebarButton").click()
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text(text("filter.showing", n=len(matching), total=len(CATALOG)))).to_be_visible()
    sidebar.get_by_text(text("filter.off_map", n=1), exact=True).click()
    listed = sidebar.get_by_role("link", name=CATALOG.get(LOST).name(language))
    expect(listed).to_have_count(1, timeout=atlas.WAIT_MS)
    listed.click()
    expect(page.locator(".bri-details h2")).to_have_text(
        CATALOG.get(LOST).name(language), timeout=atlas.WAIT_MS
    )
