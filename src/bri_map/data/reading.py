"""Read a data root: descriptor, tables and geometry, each file once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bri_map.data.dataset import DatasetInfo, dataset_info, read_head
from bri_map.data.files import RootFiles
from bri_map.data.geometry import GeometryFile, read_geometry
from bri_map.data.root import DataRoot
from bri_map.data.tables import TableRows, read_table
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.tables import TABLE, TABLES
from bri_map.errors import DataError
from bri_map.report import Issue, Report

_UNREADABLE = frozenset(
    {
        "file",
        "encoding",
        "csv",
        "row-width",
        "column-missing",
        "column-duplicate",
        "column-unknown",
        "json",
        "geojson",
        "geometry-id",
    }
)
"""Faults with which a file cannot be written anew without losing something."""


@dataclass(frozen=True)
class RootContent:
    """What a data root holds.

    Attributes:
        root: The data root.
        head: The descriptor; empty where it cannot be read.
        head_fault: Why it cannot be used, where that is so.
        tables: Table name to its rows.
        geometry: Layer to its geometry.
        files: The files that this was read from.
        unreadable: A fault with which the files cannot be written anew, where there is one.
    """

    root: DataRoot
    head: Mapping[str, Any]
    head_fault: DataError | None
    tables: Mapping[str, TableRows]
    geometry: Mapping[LayerId, GeometryFile]
    files: RootFiles
    unreadable: Issue | None = None

    @cached_property
    def info(self) -> DatasetInfo:
        """Name, version, date and licence of the data set.

        Raises:
            DataError: The descriptor cannot be used.
        """
        if self.head_fault is not None:
            raise self.head_fault
        return dataset_info(self.head)

    def stray_tables(self) -> list[str]:
        """Give the places of CSV files that are no table of the data set."""
        known = {table.path for table in TABLE.values()}
        return [place for place in self.files.names("data", ".csv") if place not in known]


def read_root(root: DataRoot, report: Report, *, keeps: bool = False) -> RootContent:
    """Read every file of a data root.

    Args:
        root: The data root.
        report: Takes the faults of tables and geometry.
        keeps: Whether the files are kept as they stand, for those who compare or write them.
    """
    files = root.files(keeps=keeps)
    head: Mapping[str, Any] = {}
    head_fault = None
    try:
        head = read_head(files)
    except DataError as fault:
        head_fault = fault
    tables = {table.name: read_table(files, table, report) for table in TABLES}
    geometry = {layer: read_geometry(files, root.geometry_file(layer), layer, report) for layer in LAYERS}
    unreadable = next((issue for issue in report if issue.rule in _UNREADABLE), None)
    return RootContent(root, head, head_fault, tables, geometry, files, unreadable)
