"""Take the pictures of every page, in both languages, wide and on a phone: `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.e2e import atlas  # noqa: E402  # the tests know how to find Chromium and the map
from tests.e2e.chromium import FLAGS, find_chromium  # noqa: E402
from tests.e2e.conftest import running_server  # noqa: E402

SIZES = {"wide": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 844}}
ADDRESSES = {
    "map": "?id=saysettha-development-zone&view=101.5,16.5,5",
    "table": "table?region=central-asia&id=khorgos-international-centre-of-boundary-cooperation",
    "years": "?year=2016&theme=dark&view=85,27,4",
    "figures": "figures?",
    "sources": "sources?",
    "about": "about?",
}
PHONE_ADDRESSES = {"map": "?view=101.5,16.5,4"}


def main() -> None:
    """Write one PNG for each page, language and size beside this script."""
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for size, viewport in SIZES.items():
            addresses = ADDRESSES | (PHONE_ADDRESSES if size == "phone" else {})
            for page_name, address in addresses.items():
                for language in ("en", "zh"):
                    page = browser.new_page(viewport=viewport)
                    page.goto(f"{server}/{address}&lang={language}".replace("?&", "?"))
                    _settle(page, has_map=page_name in ("map", "table", "years"))
                    page.screenshot(path=ROOT / f"docs/screenshots/{page_name}-{language}-{size}.png")
                    page.close()
        browser.close()


def _settle(page: Page, *, has_map: bool) -> None:
    if has_map:
        atlas.map_frame(page)
    page.wait_for_timeout(2500)


if __name__ == "__main__":
    main()
