"""Change a data root as its editors do: the cell, its claim, its translation and the count together.

A root is held as plain values: tables by name with rows as `csv.DictReader` gives them, and the geometry of
each layer as parsed GeoJSON. A `Change` alters them in place; it fails where what it means is not there,
so that no change is lost when the data move on.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bri_map.data.dataset import DESCRIPTOR
from bri_map.data.root import DataRoot
from bri_map.data.staleness import stale_in
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.tables import TABLE, TABLES
from bri_map.report import Issue
from tests.conftest import ROOT

Row = dict[str, str]
Tables = dict[str, list[Row]]
Shapes = dict[str, dict[str, Any]]
Change = Callable[[Tables, Shapes], None]


@dataclass(frozen=True)
class Mutant:
    """A slip of meaning.

    Attributes:
        name: Short name of its own.
        kind: Kind of slip.
        file: Files of which any may be that of an issue that finds it.
        id: Ids of which any may be that of such an issue.
        apply: Makes the slip in tables (name to rows) and shapes (layer to GeoJSON).
    """

    name: str
    kind: str
    file: tuple[str, ...]
    id: tuple[str, ...]
    apply: Change

    def is_found_by(self, issue: Issue) -> bool:
        """Tell whether an issue is about it."""
        return issue.file in self.file and issue.id in self.id


def slip(name: str, kind: str, tables: str, ids: str, *changes: Change) -> Mutant:
    """Give a mutant.

    Args:
        name: Short name of its own.
        kind: Kind of slip.
        tables: Names of the tables in which it may be found; the geometry of a layer goes with its table.
        ids: Ids at which it may be found.
        changes: What makes it.
    """
    names = tables.split()
    geometry = (f"geo/{name}.geojson" for name in names if name in LAYER_TABLES)
    files = (*(TABLE[name].path for name in names), *geometry)
    return Mutant(name, kind, files, tuple(ids.split()), both(*changes))


def read(root: Path = ROOT) -> tuple[Tables, Shapes]:
    """Read a data root as plain values."""
    tables: Tables = {}
    for table in TABLES:
        with (root / table.path).open(encoding="utf-8", newline="") as stream:
            tables[table.name] = list(csv.DictReader(stream))
    shapes = {layer: json.loads((root / f"geo/{layer}.geojson").read_text("utf-8")) for layer in LAYERS}
    return tables, shapes


def write(tables: Tables, shapes: Shapes, folder: Path) -> Path:
    """Write a data root in the one way, as `bri-map format` does, and give its folder.

    Lines and memberships by distance follow from what was changed; their number in the baseline does too.
    """
    for part in ("data", "geo"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / DESCRIPTOR, folder / DESCRIPTOR)
    for layer, document in shapes.items():
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        (folder / f"geo/{layer}.geojson").write_text(text, "utf-8")
    for name, rows in tables.items():
        _write_table(folder, name, rows)
    for file in stale_in(DataRoot(folder)):
        (folder / file.place).write_bytes(file.text.encode())
    with (folder / TABLE["corridor_members"].path).open(encoding="utf-8", newline="") as stream:
        members = str(sum(1 for _ in csv.DictReader(stream)))
    counted = {row["id"]: row["rows"] for row in tables["baseline"]} | {"corridor_members": members}
    _write_table(folder, "baseline", [{"id": name, "rows": rows} for name, rows in counted.items()])
    return folder


def _write_table(folder: Path, name: str, rows: list[Row]) -> None:
    with (folder / TABLE[name].path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, TABLE[name].column_names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def copied(tables: Tables, shapes: Shapes) -> tuple[Tables, Shapes]:
    """Copy a root as far as changes reach: rows, features and geometries, not the positions in them."""
    copies = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    drawn = {
        layer: {**document, "features": [_copied(feature) for feature in document["features"]]}
        for layer, document in shapes.items()
    }
    return copies, drawn


def _copied(feature: dict[str, Any]) -> dict[str, Any]:
    geometry = feature["geometry"]
    return {**feature, "geometry": geometry and dict(geometry)}


def found(tables: Tables, table: str, where: Row) -> list[Row]:
    """Give the rows that have these cells; at least one must be there."""
    rows = [row for row in tables[table] if where.items() <= row.items()]
    if not rows:
        message = f"{table} has no row with {where}"
        raise LookupError(message)
    return rows


def only(tables: Tables, table: str, /, **where: str) -> Row:
    """Give the one row that has these cells."""
    rows = found(tables, table, where)
    if len(rows) > 1:
        message = f"{table} has {len(rows)} rows with {where}"
        raise LookupError(message)
    return rows[0]


def both(*changes: Change) -> Change:
    """Make one change after another."""

    def change(tables: Tables, shapes: Shapes) -> None:
        for part in changes:
            part(tables, shapes)

    return change


def add(table: str, zh: Row | None = None, /, **values: str) -> Change:
    """Add a row, and count it.

    Args:
        table: Name of the table.
        zh: Column to the Chinese of its text.
        values: Cells of the row; the others stay empty.
    """

    def change(tables: Tables, _: Shapes) -> None:
        tables[table].append(dict.fromkeys(TABLE[table].column_names, "") | values)
        _count(tables, table)
        for column, text in (zh or {}).items():
            thing = values[TABLE[table].key[0]]
            _translate(tables, thing, table, column, values[column], values[column], text)

    return change


def _count(tables: Tables, table: str) -> None:
    if table != "baseline":
        only(tables, "baseline", id=table)["rows"] = str(len(tables[table]))


def fact(table: str, where: Row, /, zh: str = "", **values: str) -> Change:
    """Change cells of the one row with these cells.

    Args:
        table: Name of the table.
        where: Cells of the row as it stands.
        zh: Chinese of a new text, where one of the changed columns is translated for this row.
        values: Cells as they become.
    """

    def change(tables: Tables, _: Shapes) -> None:
        row = only(tables, table, **where)
        old = {name: row[name] for name in values}
        row.update(values)
        if zh:
            column = next(name for name in values if TABLE[table].column(name).is_translated)
            thing = row[TABLE[table].key[0]]
            _translate(tables, thing, table, column, old[column], values[column], zh)

    return change


def cell(feature_id: str, column: str, value: str, zh: str = "") -> Change:
    """Change a cell of a feature with the claims that give it, and its translation if it has one.

    Args:
        feature_id: The feature.
        column: Column of its layer's table.
        value: What is written into cell and claims.
        zh: Chinese of it.
    """

    def change(tables: Tables, _: Shapes) -> None:
        layer = layer_of(tables, feature_id)
        row = only(tables, layer, id=feature_id)
        old, row[column] = row[column], value
        for claim in found(tables, "claims", {"feature_id": feature_id, "field": column, "value": old}):
            claim["value"] = value
        if zh:
            _translate(tables, feature_id, layer, column, old, value, zh)

    return change


def layer_of(tables: Tables, feature_id: str) -> str:
    """Give the layer of a feature."""
    return next(layer for layer in LAYER_TABLES if any(row["id"] == feature_id for row in tables[layer]))


def _translate(tables: Tables, thing: str, table: str, column: str, old: str, new: str, zh: str) -> None:
    """Write the Chinese of a new text over that of the old one, or beside it where the old one was shared."""
    place = {"id": thing, "table": table, "column": column, "language": "zh"}
    rows = [row for row in tables["translations"] if {**place, "text": old}.items() <= row.items()]
    if rows:
        rows[0].update(text=new, translation=zh)
    else:
        add("translations", **place, text=new, translation=zh)(tables, {})


def point(feature_id: str, lon: float, lat: float) -> Change:
    """Move the point of a feature, degrees in WGS84, with the claim that gives it."""

    def change(tables: Tables, shapes: Shapes) -> None:
        features = shapes[layer_of(tables, feature_id)]["features"]
        geometry = next(feature["geometry"] for feature in features if feature["id"] == feature_id)
        old = " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in geometry["coordinates"])
        geometry["coordinates"] = [lon, lat]
        for claim in found(tables, "claims", {"feature_id": feature_id, "field": "position", "value": old}):
            claim["value"] = f"{lon:g} {lat:g}"

    return change


def stop(feature_id: str, after: str, **values: str) -> Change:
    """Put a further stop behind the one of this name on the main branch, and number the stops anew."""

    def change(tables: Tables, _: Shapes) -> None:
        rows = tables["waypoints"]
        before = only(tables, "waypoints", feature_id=feature_id, branch="main", name=after)
        for row in found(tables, "waypoints", {"feature_id": feature_id, "branch": "main"}):
            if int(row["seq"]) > int(before["seq"]):
                row["seq"] = str(int(row["seq"]) + 1)
        seq = str(int(before["seq"]) + 1)
        rows.insert(rows.index(before) + 1, {**before, **values, "seq": seq})
        _count(tables, "waypoints")

    return change


def feature(layer: str, at: tuple[float, float], evidence: Row, zh: Row, /, **values: str) -> Change:
    """Add a published feature at a point, with a claim for each of its values.

    Args:
        layer: Layer.
        at: Longitude and latitude, degrees in WGS84.
        evidence: Source and basis of the claims.
        zh: Column to the Chinese of its text.
        values: Cells of the feature.
    """
    claimed = {column.name for column in TABLE[layer].columns if column.is_claimed}
    position = f"{at[0]:g} {at[1]:g}"
    told = {name: value for name, value in values.items() if name in claimed} | {"position": position}
    geometry = {"type": "Point", "coordinates": list(at)}

    def draw(_: Tables, shapes: Shapes) -> None:
        shapes[layer]["features"].append(
            {"type": "Feature", "id": values["id"], "geometry": geometry, "properties": {}}
        )

    return both(
        add(layer, zh, record="published", **values),
        draw,
        *(add("claims", feature_id=values["id"], field=k, value=v, **evidence) for k, v in told.items()),
    )
