"""The Figures page."""

from bri_map.ui.figures_page import render

render()
