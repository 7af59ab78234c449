"""Files are sorted, written in the one way, and the descriptor is up to date."""

from __future__ import annotations

from bri_map.checks.context import Context
from bri_map.data.format import canonical_files, stale_files
from bri_map.domain.fact_tables import CORRIDOR_MEMBERS, WAYPOINTS
from bri_map.domain.layers import LAYER_TABLES
from bri_map.errors import DataError

_OWN_FAULTS = frozenset(
    {"text-trim", "text-blank", "text-composed", "text-control", "datapackage", "route-stale"}
)
"""Faults that `bri-map format` would mend or that keep a file from being read: they are told already."""
_DESCRIPTOR = "data/datapackage.json"


def check_files(context: Context) -> None:
    """Compare every file with its canonical form; lines have a check of their own."""
    try:
        files = canonical_files(context.root)
    except DataError:
        return  # what cannot be read has its own fault
    told = {issue.file for issue in context.report if issue.rule in _OWN_FAULTS}
    told |= {name for name in files if name in context.blamed}
    layers = {table.path for table in LAYER_TABLES.values()}
    if any(issue.file in layers or issue.file.startswith("geo/") for issue in context.report):
        told.add(CORRIDOR_MEMBERS.path)  # who is near a line cannot be told while features are in doubt
    if any(issue.file == WAYPOINTS.path for issue in context.report):
        told |= {name for name in files if name.startswith("geo/")}  # nor what the line is
    for place, line in stale_files(context.root, files):
        if place in told:
            continue
        rule, message = "format", "from this line on it is not sorted or not written in the one way."
        if place == _DESCRIPTOR:
            rule, message = "datapackage", "it does not describe the tables as they are."
        elif place == CORRIDOR_MEMBERS.path:
            rule, message = "corridor-member", "the rows of the rule 'near-line' are not what the rule gives."
        context.report.add(rule, message, "Run: bri-map format", file=place, row=line)
