"""The bundles of the browser half are those of its sources, also where there is no Node to make them anew."""

from __future__ import annotations

import hashlib
import inspect
import re
from pathlib import Path

from bri_map import browser
from bri_map.ui.component import mount
from tests.conftest import ROOT

FOLDER = ROOT / "src" / "bri_map" / "browser"
DIST = FOLDER / "dist"


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


def test_every_part_that_the_pages_mount_is_in_the_one_module() -> None:
    mounted: set[str] = set()
    for path in (ROOT / "src" / "bri_map" / "ui").glob("*.py"):
        mounted |= set(re.findall(r'\bmount\(\s*"(\w+)"', path.read_text("utf-8")))
    script = browser.page_parts()
    (exported,) = re.findall(r"export\{([\w$]+) as parts\};", script)
    (members,) = re.findall(rf"(?<![\w$]){re.escape(exported)}=\{{([^}}]*)\}}", script)
    offered = set(re.findall(r"(\w+):", members))
    assert mounted == offered
    assert len(offered) >= 9


def test_what_streamlit_is_given_for_a_part_is_short() -> None:
    """It is sent again with every change of the part's data."""
    source = inspect.getsource(mount)
    (script,) = re.findall(r'script = f"(.*)"', source)
    assert len(script) < 100
    assert "\\n" in script


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
