"""Features of which no event is dated, when a year is asked for: counted, shown, or hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

import bri_map
from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import PAIRED, Visitor, change_rows, copied_root, running_server
from tests.e2e.windows import SharedWindows

Visit = Callable[..., Visitor]
CATALOG = bri_map.load()
UNDATED = "saysettha-development-zone"
YEAR = 2007


def take_dates(rows: list[dict[str, str]]) -> None:
    """Take the dates from the park's history; a number tells apart what a date told apart."""
    for number, row in enumerate(row for row in rows if row["feature_id"] == UNDATED):
        row |= {"date": "", "event": f"{number}: {row['event']}"}


@pytest.fixture(scope="module")
def undated(windows: SharedWindows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose data have lost the dates of one park."""
    root = copied_root(tmp_path_factory.mktemp("undated"))
    change_rows(root, "status_history", take_dates)
    with running_server(root) as address:
        yield address
        windows.leave(address)


@PAIRED
def test_they_are_counted_and_can_be_hidden(
    undated: str, shared: Visit, visit: Visit, language: str, window: dict[str, int]
) -> None:
    dated = CATALOG.select(bri_map.Filter(layer={"parks"}, year=YEAR)).by_layer["parks"]
    assert UNDATED not in CATALOG.select(bri_map.Filter(year=YEAR)).ids, "the park is younger"
    page = shared(f"{undated}/?lang={language}&layer=parks&year={YEAR}", viewport=window).page
    atlas.wait_for_shown(page, {"parks": dated + 1})
    frame = atlas.map_frame(page)
    box = frame.get_by_role("checkbox", name=messages(language).text("map.year.undated", n=1))
    expect(box).to_be_checked(timeout=atlas.WAIT_MS)
    box.uncheck()
    atlas.wait_for_shown(page, {"parks": dated})
    atlas.expect_in_url(page, "undated=0")
    again = visit(page.url, viewport=window).page
    atlas.wait_for_shown(again, {"parks": dated})
    box = atlas.map_frame(again).get_by_role(
        "checkbox", name=messages(language).text("map.year.undated", n=1)
    )
    expect(box).not_to_be_checked(timeout=atlas.WAIT_MS)
