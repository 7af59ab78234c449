"""The bundles of the browser half are those of its sources, also where there is no Node to make them anew."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bri_map import browser
from tests.conftest import ROOT

FOLDER = ROOT / "src" / "bri_map" / "browser"
DIST = FOLDER / "dist"
PARTS = ("act", "changes", "facet", "field", "links", "page", "search", "share", "table", "theme")


def sources() -> list[tuple[str, Path]]:
    """Give every script and style sheet by its name in the folder, in the order of the names."""
    paths = [*FOLDER.rglob("*.js"), *FOLDER.rglob("*.css")]
    named = [(path.relative_to(FOLDER).as_posix(), path) for path in paths]
    return sorted((name, path) for name, path in named if not name.startswith("dist/"))


def test_bundles_are_made_of_the_sources_as_they_are() -> None:
    digest = hashlib.sha256()
    for name, path in sources():
        digest.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    assert digest.hexdigest() == (DIST / "sources.sha256").read_text("utf-8").strip(), "run: npm run build"


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_the_page_can_be_mounted(name: str) -> None:
    script = browser.page_part(name)
    assert "as default" in script
    assert "\n" in script.strip()  # Streamlit takes one line for an address


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_the_page_has_its_source(name: str) -> None:
    assert (FOLDER / "page" / f"{name}.js").is_file()


def test_the_map_offers_what_the_page_and_the_tests_ask_for() -> None:
    script = browser.map_script()
    assert "window.briMap=" in script
    for name in ("attach", "detach", "apply", "hover", "writeView", "probe"):
        assert f"{name}(" in script


def test_the_script_in_the_head_stands_inside_an_element() -> None:
    assert "</" not in browser.head_script()


def test_a_dark_page_has_the_common_style_first() -> None:
    light, dark = browser.page_style("light"), browser.page_style("dark")
    assert dark.startswith(light)
    assert "color-scheme:dark" in dark.removeprefix(light)
