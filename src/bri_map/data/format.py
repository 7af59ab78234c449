"""The one way in which the files of a data root are written, so that one change is one line of a diff."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from bri_map.data.corridors import near_line_members
from bri_map.data.descriptor import descriptor_text
from bri_map.data.geometry import parse_geometry
from bri_map.data.root import DataRoot
from bri_map.data.routes import (
    WAYPOINTS_FILE,
    build_geometry_files,
    feature_collection_text,
    read_features,
)
from bri_map.data.tables import read_table
from bri_map.domain.fact_tables import CORRIDOR_MEMBERS, WAYPOINTS
from bri_map.domain.layers import LAYERS
from bri_map.domain.table import Table
from bri_map.domain.tables import TABLES
from bri_map.domain.vocabulary import MembershipRule
from bri_map.errors import DataError
from bri_map.report import Report


def canonical_files(root: DataRoot) -> dict[str, str]:
    """Give every file of a data root as it should be written.

    Rows are sorted, columns stand in their order, cells are trimmed, composed (NFC) and quoted only where
    CSV needs it; lines are built from their waypoints, members of corridors by the rule, and the
    descriptor from the definitions of the tables.

    Args:
        root: The data root.

    Returns:
        Place inside the root to text.

    Raises:
        DataError: A file cannot be read as a table or as GeoJSON at all; its report names the place.
    """
    report = Report()
    read = {table.name: read_table(root.path, table, report) for table in TABLES}
    broken = [issue for issue in report if issue.rule in _UNREADABLE]
    if broken:
        raise DataError(f"Cannot format: {broken[0]}", report)
    frames = {name: rows.frame for name, rows in read.items()}
    files = _geometry_texts(root)
    geometry = {layer: parse_geometry(files[root.geometry_file(layer)], layer) for layer in LAYERS}
    frames[CORRIDOR_MEMBERS.name] = _with_near_line(frames, near_line_members(frames, geometry))
    for table in TABLES:
        if root.file(table.path).is_file():
            rows: list[dict[str, str]] = frames[table.name].to_dict("records")  # type: ignore[assignment]
            files[table.path] = table_text(table, rows)
    files["data/datapackage.json"] = descriptor_text(root, files)
    return files


_UNREADABLE = frozenset(
    {"file", "encoding", "csv", "row-width", "column-missing", "column-duplicate", "column-unknown"}
)


def _geometry_texts(root: DataRoot) -> dict[str, str]:
    folder = root.path / "geo"
    if (folder / WAYPOINTS_FILE).is_file():
        return {f"geo/{name}": text for name, text in build_geometry_files(folder).items()}
    places = map(root.geometry_file, LAYERS)
    return {place: feature_collection_text(read_features(root.file(place))) for place in places}


def _with_near_line(frames: Mapping[str, pd.DataFrame], near: list[dict[str, str]]) -> pd.DataFrame:
    members = frames[CORRIDOR_MEMBERS.name]
    kept = members[members["membership_rule"] != MembershipRule.NEAR_LINE]
    if not near:
        return kept
    added = pd.DataFrame(near, dtype="str").reindex(columns=members.columns, fill_value="")
    return pd.concat([kept, added], ignore_index=True)


def table_text(table: Table, rows: Sequence[Mapping[str, str]]) -> str:
    """Write a table: sorted, UTF-8, plain line ends, quotes only where needed."""
    names = table.column_names
    cells = [[_clean(str(row.get(name, ""))) for name in names] for row in rows]
    places = [names.index(name) for name in table.order]
    cells.sort(key=lambda row: [row[place] for place in places])
    if table is WAYPOINTS:
        cells = _in_branches(cells)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(cells)
    return stream.getvalue()


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _in_branches(cells: list[list[str]]) -> list[list[str]]:
    """Keep the branches of a feature in their order, the stops of each by number."""
    order: dict[tuple[str, str], int] = {}
    for row in cells:
        order.setdefault((row[0], row[1]), len(order))
    return sorted(cells, key=lambda row: (row[0], order[row[0], row[1]], _number(row[2])))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def stale_files(root: DataRoot, files: Mapping[str, str]) -> Iterable[tuple[str, int]]:
    """Give each file that is not written as it should be, with the first line that differs."""
    for place, text in files.items():
        path = root.file(place)
        have = path.read_bytes() if path.is_file() else b""
        want = text.encode()
        if have == want:
            continue
        lines = zip(have.split(b"\n"), want.split(b"\n"), strict=False)
        different = (number for number, (a, b) in enumerate(lines, 1) if a != b)
        yield place, next(different, min(have.count(b"\n"), want.count(b"\n")) + 1)
