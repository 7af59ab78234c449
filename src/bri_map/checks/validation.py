"""Read a data root and collect its faults."""

from __future__ import annotations

import os

from bri_map.checks.context import Context
from bri_map.checks.integrity import check_catalog
from bri_map.checks.quality import check_quality
from bri_map.data.geometry import GeometryFile, read_geometry
from bri_map.data.root import DataRoot
from bri_map.data.tables import TableRows, read_table
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.tables import TABLES
from bri_map.errors import DataError
from bri_map.report import Report


def read_checked(root: DataRoot, report: Report) -> tuple[dict[str, TableRows], dict[LayerId, GeometryFile]]:
    """Read tables and geometry of a data root and collect every fault that would keep it from being used."""
    tables = {table.name: read_table(root.path, table, report) for table in TABLES}
    files = {layer: root.geometry_file(layer) for layer in LAYERS}
    geometry = {layer: read_geometry(root.path, files[layer], layer, report) for layer in LAYERS}
    check_catalog(tables, geometry, files, report)
    return tables, geometry


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
    tables, geometry = read_checked(root, report)
    check_quality(Context.after_reading(root, today, tables, geometry, report))
    return report.sorted()
