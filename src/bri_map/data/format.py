"""The one way in which the files of a data root are written, so that one change is one line of a diff."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from bri_map.data.cells import is_spreadsheet_flag
from bri_map.data.corridors import near_line_members
from bri_map.data.dataset import DESCRIPTOR
from bri_map.data.descriptor import descriptor_text
from bri_map.data.geometry import GeometryFile, feature_collection_text, without_height
from bri_map.data.routes import Placed, build_routes, line_feature
from bri_map.data.tables import TableRows
from bri_map.data.waypoints import waypoints_of
from bri_map.domain.fact_tables import CLAIMS, CORRIDOR_MEMBERS, WAYPOINTS
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import Kind, Table
from bri_map.domain.tables import TABLES
from bri_map.domain.vocabulary import MembershipRule

Lines = Mapping[LayerId, Mapping[str, Any]]
CLAIMED_FLAGS = frozenset(
    column.name
    for table in LAYER_TABLES.values()
    for column in table.columns
    if column.is_claimed and column.kind is Kind.BOOLEAN
)
"""Claimed columns of flags."""


def build_lines(tables: Mapping[str, TableRows], geometry: Mapping[LayerId, GeometryFile]) -> Lines | None:
    """Build the lines of a data root from its waypoints.

    Args:
        tables: Table name to its rows.
        geometry: Layer to its geometry, with the features as they stand.

    Returns:
        Layer to id to line, in EPSG:4326; None where the root has no waypoints.

    Raises:
        WaypointError: The waypoints are wrong, or do not fit tables and geometry.
    """
    if not tables[WAYPOINTS.name].is_there:
        return None
    placed = {
        layer: Placed(
            ids={*tables[layer].frame["id"], *found.features},
            points={i for i, feature in found.features.items() if _kind(feature) == "Point"},
            lines={i for i, feature in found.features.items() if str(_kind(feature)).endswith("LineString")},
        )
        for layer, found in geometry.items()
    }
    return build_routes(waypoints_of(tables[WAYPOINTS.name].frame), placed)


def _kind(feature: Mapping[str, Any]) -> Any:
    geometry = feature.get("geometry")
    return geometry.get("type") if isinstance(geometry, dict) else None


def canonical_files(
    tables: Mapping[str, TableRows],
    geometry: Mapping[LayerId, GeometryFile],
    lines: Lines | None,
    head: Mapping[str, Any],
) -> dict[str, str]:
    """Give every file of a data root as it should be written.

    Rows are sorted, columns stand in their order, cells are trimmed, composed (NFC) and quoted only where
    CSV needs it, flags are small, rows without a value are left out; lines are built from their waypoints,
    positions have no height, members of corridors follow from the rule, and the descriptor from the
    definitions of the tables.

    Args:
        tables: Table name to its rows.
        geometry: Layer to its geometry, with the features as they stand.
        lines: Layer to id to built line; None where there are no waypoints.
        head: The descriptor as it was read.

    Returns:
        Place inside the root to text.
    """
    frames = {name: rows.frame for name, rows in tables.items()}
    files = {
        f"geo/{layer}.geojson": feature_collection_text(_features(found, (lines or {}).get(layer, {})))
        for layer, found in geometry.items()
    }
    shapes = {
        layer: _with_lines(found.shapes, (lines or {}).get(layer, {})) for layer, found in geometry.items()
    }
    frames[CORRIDOR_MEMBERS.name] = _with_near_line(frames, near_line_members(frames, shapes))
    for table in TABLES:
        if tables[table.name].is_there:
            files[table.path] = table_text(table, frames[table.name])
    files[DESCRIPTOR] = descriptor_text(head, files.keys())
    return files


def _features(found: GeometryFile, lines: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for feature_id, feature in found.features.items():
        if feature_id not in lines:
            geometry = feature.get("geometry")
            kept = geometry if feature_id in found.lost else without_height(geometry)
            yield {**feature, "geometry": kept}
    for feature_id, line in lines.items():
        yield line_feature(feature_id, line)


def _with_lines(shapes: pd.Series, lines: Mapping[str, Any]) -> pd.Series:
    merged: dict[str, Any] = dict(zip(shapes.index, shapes, strict=True))
    merged.update(lines)
    return pd.Series(list(merged.values()), index=list(merged), dtype=object)


def _with_near_line(frames: Mapping[str, pd.DataFrame], near: list[dict[str, str]]) -> pd.DataFrame:
    members = frames[CORRIDOR_MEMBERS.name]
    kept = members[members["membership_rule"] != MembershipRule.NEAR_LINE]
    if not near:
        return kept
    added = pd.DataFrame(near, dtype="str").reindex(columns=members.columns, fill_value="")
    return pd.concat([kept, added], ignore_index=True)


def table_text(table: Table, rows: pd.DataFrame) -> str:
    """Write a table: sorted, UTF-8, plain line ends, quotes only where needed."""
    names = table.column_names
    columns = [list(map(_clean, rows[name].to_numpy(dtype=object))) for name in names]
    cells = [list(row) for row in zip(*columns, strict=True)]
    if table is CLAIMS:
        _write_flags_small(cells, names.index("field"), names.index("value"))
    places = [names.index(name) for name in table.order]
    cells.sort(key=lambda row: [row[place] for place in places])
    if table is WAYPOINTS:
        cells = _in_branches(cells)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(cells)
    return stream.getvalue()


def _write_flags_small(cells: list[list[str]], field: int, value: int) -> None:
    for row in cells:
        if row[field] in CLAIMED_FLAGS and is_spreadsheet_flag(row[value]):
            row[value] = row[value].lower()


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(unicodedata.normalize("NFC", text).split())


def _in_branches(cells: list[list[str]]) -> list[list[str]]:
    """Keep the branches of a feature in their order, the stops of each by number."""
    order: dict[tuple[str, str], int] = {}
    for row in cells:
        order.setdefault((row[0], row[1]), len(order))
    return sorted(cells, key=lambda row: (row[0], order[row[0], row[1]], _number(row[2])))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
