"""The Sources page."""

from bri_map.ui.sources_page import render

render()
