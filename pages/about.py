"""The About page."""

from bri_map.ui.about_page import render

render()
