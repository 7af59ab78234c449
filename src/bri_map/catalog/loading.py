"""Load a data root into a catalog, or collect its faults."""

from __future__ import annotations

import os

from bri_map.catalog.catalog import Catalog
from bri_map.catalog.checks import Context, check_catalog, check_quality
from bri_map.catalog.geometry import GeometryFile, read_geometry
from bri_map.catalog.reader import TableRows, read_table
from bri_map.catalog.root import DataRoot
from bri_map.domain.report import Report
from bri_map.domain.tables import TABLES
from bri_map.domain.vocabulary import Layer
from bri_map.errors import DataError


def read(root: DataRoot, report: Report) -> tuple[dict[str, TableRows], dict[Layer, GeometryFile]]:
    """Read tables and geometry of a data root and collect every fault that would keep it from being used."""
    tables = {table.name: read_table(root.path, table, report) for table in TABLES}
    files = {layer: root.geometry_file(layer) for layer in Layer}
    geometry = {layer: read_geometry(root.path, files[layer], layer, report) for layer in Layer}
    check_catalog(tables, geometry, files, report)
    return tables, geometry


def load(path: str | os.PathLike[str] | None = None) -> Catalog:
    """Load a data root.

    Args:
        path: Folder with `data/` and `geo/`; by default `BRI_MAP_DATA`, else the data shipped.

    Raises:
        DataError: The root has faults; the error's report names each with file, row, id and remedy.
    """
    root = DataRoot.find(path)
    info = root.info()
    report = Report()
    tables, geometry = read(root, report)
    if not report.ok:
        first = next(iter(report))
        raise DataError(f"The data root {root.path} has {len(report)} fault(s). The first: {first}", report)
    frames = {name: rows.frame for name, rows in tables.items()}
    shapes = {layer: found.shapes for layer, found in geometry.items()}
    return Catalog(root, info, frames, shapes)


def validate(path: str | os.PathLike[str] | None = None) -> Report:
    """Check a data root by every rule and collect every fault.

    Raises:
        DataError: The folder is no data root at all.
    """
    root = DataRoot.find(path)
    report = Report()
    today = ""
    try:
        today = root.info().date
    except DataError as error:
        report.add("datapackage", str(error), "See data/README.md.", file="data/datapackage.json")
    tables, geometry = read(root, report)
    check_quality(Context.after_reading(root, today, tables, geometry, report))
    return report.sorted()
