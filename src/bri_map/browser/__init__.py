"""The browser half: what runs in the map's frame and in the page, as bundles of the sources beside this file.

The sources are ES modules in folders by part and style sheets under `styles/`; `npm run build` bundles them
into `dist/`, which is kept with them, so that the app needs Python alone.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _read(*parts: str) -> str:
    return files("bri_map.browser").joinpath("dist", *parts).read_text("utf-8")


def map_script() -> str:
    """Give the script of the map's frame; Leaflet stands before it and `briMap.config` is set after it."""
    return _read("atlas.js")


def map_style() -> str:
    """Give the style sheet of the map's frame; Leaflet's must stand before it."""
    return _read("styles", "map.css")


def map_marks() -> str:
    """Give the marks of the first view as SVG, with colours and the style of names, as JSON."""
    return _read("marks.json")


def page_parts() -> str:
    """Give the ES module of the parts of the page; an export by the name of a part mounts it."""
    return _read("page", "parts.js")


def page_style(theme: str) -> str:
    """Give the style sheet of the pages.

    Args:
        theme: light or dark.
    """
    names = ("page.css", "page-dark.css") if theme == "dark" else ("page.css",)
    return "\n".join(_read("styles", name) for name in names)


def head_script() -> str:
    """Give the script that stands in the head of every page and runs before Streamlit does."""
    return _read("page", "head.js")


def connection_script() -> str:
    """Give the script for the head of every page that says so when the page has no connection."""
    return _read("page", "head-connection.js")


def picture_script() -> str:
    """Give the script in the head of the map's page that takes the first picture away."""
    return _read("page", "head-picture.js")


def first_picture_style() -> str:
    """Give the style sheet of the first picture; addresses and place are custom properties of the page."""
    return _read("styles", "first-picture.css")
