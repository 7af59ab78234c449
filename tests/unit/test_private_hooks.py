"""What we use of other packages beyond what they promise: all of it is listed, and all of it is there."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from branca.element import Figure
from xstatic.pkg import leaflet

from tests.conftest import ROOT

DECISION = ROOT / "docs" / "decisions" / "0008-private-hooks.md"
LISTED = {
    name: package
    for package, name in re.findall(r"^\| ([a-z-]+) \| `([\w-]+)` \|", DECISION.read_text("utf-8"), re.M)
}
"""Name to package."""
SOURCES = [
    path
    for suffix in ("py", "js", "css")
    for path in (ROOT / "src" / "bri_map").rglob(f"*.{suffix}")
    if "dist" not in path.parts
]
USED = (
    re.compile(r"\bdata-testid=\\?[\"']?(st[A-Z]\w+)"),
    re.compile(r"getByTestId\([\"'](st[A-Z]\w+)"),
    re.compile(r"(?<![\w-])\.(st[A-Z]\w+)"),
    re.compile(r"\b(stActiveTheme)\b"),
    re.compile(r"\b(?:this\.)?map\.(_\w+)"),
    re.compile(r"\bprivates\(map\)\.(_\w+)"),
    re.compile(r"\bheader\.(_\w+)"),
    re.compile(r"\bStreamlit\.(\w+)"),
    re.compile(r"\b(data-test-(?:script|connection)-state)\b"),
    re.compile(r"\bhistory\.(pushState|replaceState)\b"),
    re.compile(r"\b(data-collapsed)\b"),
    re.compile(r"\bcontext\.(is_history_navigation)\b"),
)
"""How such a name looks in our sources."""


@cache
def text_of(package: str) -> str:
    """Give what a package sends to the browser, as one text."""
    if package == "leaflet":
        return (Path(leaflet.BASE_DIR) / "leaflet.js").read_text("utf-8")
    folder, kind = {
        "streamlit": ("static", "*.js"),
        "streamlit-server": ("runtime", "script_run_context.py"),
        "streamlit-folium": ("frontend", "*.js"),
    }[package]
    root = files(package.removesuffix("-server").replace("-", "_"))
    return "\n".join(path.read_text("utf-8") for path in Path(str(root.joinpath(folder))).rglob(kind))


@pytest.mark.parametrize("name", LISTED)
def test_what_we_use_of_a_package_is_there(name: str) -> None:
    if LISTED[name] == "branca":
        assert hasattr(Figure().header, name)
    else:
        assert re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", text_of(LISTED[name]))


def test_nothing_is_used_that_is_not_listed() -> None:
    used = {name for path in SOURCES for pattern in USED for name in pattern.findall(path.read_text("utf-8"))}
    assert used == set(LISTED)
