"""The Map page."""

from bri_map.ui.map_page import render

render()
