"""Columns that code asks for by name, whatever layer has them."""

from __future__ import annotations

from dataclasses import replace

from bri_map.domain.table import amount, references, texts

DISPUTED = texts(
    "disputed",
    "Columns for which sources give different values; `position` for a point, `cost_usd_million` for amounts "
    "of one kind and year.",
)
OVERLAP = replace(texts("overlap", "How it and other features may be counted twice."), vocabulary="overlap")
DOCUMENTS = references("documents", "sources", "Source documents that name it.")
TIES = replace(texts("ties", "What ties it to the Belt and Road."), vocabulary="tie")
IDENTIFIED = texts(
    "identifiers",
    "Identifiers of the same thing in other databases, each after its scheme.",
    good="aiddata:34750;gem:L100000900028",
)
DOUBTS = (DISPUTED, OVERLAP, DOCUMENTS, TIES, IDENTIFIED)
"""What a careful reader asks of every layer: where sources differ, what overlaps, which document names it,
what ties it to the Belt and Road, what others call it."""
PUBLISHED_LENGTH = "length_km"
DRAWN_TO_PUBLISHED = "drawn_to_published"
"""Columns of lines: the length that a source gives, and how long the drawn line is beside it."""
STATUS_IN_YEAR = "status_in_year"
"""The column that exports have while a filter asks for a year."""
DISTANCE = amount(
    "distance_km", "Distance from the place that the filter asks for what is near.", "km", 20_004
)
"""The column that every layer has while a filter asks for what is near."""
