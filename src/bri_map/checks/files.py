"""Files are sorted, written in the one way, and the descriptor is up to date."""

from __future__ import annotations

from bri_map.checks.context import Context
from bri_map.data.dataset import DESCRIPTOR
from bri_map.data.format import canonical_files
from bri_map.data.staleness import stale_files
from bri_map.data.waypoints import WaypointError
from bri_map.domain.fact_tables import CORRIDOR_MEMBERS, WAYPOINTS
from bri_map.domain.layers import LAYER_TABLES
from bri_map.i18n.sentences import say

_OWN_FAULTS = frozenset(
    {"text-trim", "text-blank", "text-composed", "text-control", "datapackage", "route-stale"}
)
"""Faults that `bri-map format` would mend or that keep a file from being read: they are told already."""


def check_files(context: Context) -> None:
    """Compare every file with its canonical form; lines have a check of their own."""
    content, lines = context.content, context.lines
    if isinstance(lines, WaypointError) or content.unreadable is not None:
        return  # what cannot be read has its own fault
    files = canonical_files(content.tables, content.geometry, lines, content.head)
    told = {issue.file for issue in context.report if issue.rule in _OWN_FAULTS}
    told |= {name for name in files if name in context.blamed}
    if content.head_fault is not None:
        told.add(DESCRIPTOR)
    layers = {table.path for table in LAYER_TABLES.values()}
    if any(issue.file in layers or issue.file.startswith("geo/") for issue in context.report):
        told.add(CORRIDOR_MEMBERS.path)  # who is near a line cannot be told while features are in doubt
    if any(issue.file == WAYPOINTS.path for issue in context.report):
        told |= {name for name in files if name.startswith("geo/")}  # nor what the line is
    for file in stale_files(content.files, files):
        if file.place in told:
            continue
        rule, message = "format", file.difference
        if file.place == DESCRIPTOR:
            rule, message = "datapackage", say("fault.descriptor_stale")
        elif file.place == CORRIDOR_MEMBERS.path:
            rule, message = "corridor-member", say("fault.corridor_member")
        context.report.add(rule, message, say("remedy.format"), file=file.place, row=file.line)
