"""The Table page."""

from bri_map.ui.table_page import render

render()
