"""What every check sees, and how it says what it finds."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bri_map.data.geometry import GeometryFile
from bri_map.data.root import DataRoot
from bri_map.data.tables import LINE, TableRows
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import Table
from bri_map.domain.vocabulary import RecordStatus
from bri_map.report import Report

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """A data root as it was read, and the report that takes the faults.

    Attributes:
        root: The data root.
        today: Date of the data set, YYYY-MM-DD; empty when it cannot be read.
        tables: Table name to its rows.
        geometry: Layer to its geometry.
        report: Takes the faults.
        blamed: What faults of reading were found before: a row of it (file and line), a feature (its id)
            or a file. What they name is not judged again, so that one fault gives one issue.
    """

    root: DataRoot
    today: str
    tables: Mapping[str, TableRows]
    geometry: Mapping[LayerId, GeometryFile]
    report: Report
    blamed: frozenset[str | tuple[str, int | None]] = frozenset()
    _records: dict[str, list[Row]] = dataclasses.field(default_factory=dict)

    @classmethod
    def after_reading(
        cls,
        root: DataRoot,
        today: str,
        tables: Mapping[str, TableRows],
        geometry: Mapping[LayerId, GeometryFile],
        report: Report,
    ) -> Context:
        """Give the context of the checks that follow the reading, whose faults the report holds."""
        rows = {(issue.file, issue.row) for issue in report}
        names = {name for issue in report for name in (issue.file, issue.id) if name}
        return cls(root, today, tables, geometry, report, frozenset(rows | names))

    def frame(self, table: Table) -> pd.DataFrame:
        """Give the rows of a table as text, with their lines."""
        return self.tables[table.name].frame

    def has_all_of(self, *tables: Table) -> bool:
        """Tell whether every row of some tables could be read, so that what is missing is really missing."""
        return all(
            self.tables[t.name].is_complete
            and not self.tables[t.name].lost
            and (t.path, 1) not in self.blamed
            for t in tables
        )

    def rows(self, table: Table) -> Iterator[Row]:
        """Give each row of a table by column."""
        if table.name not in self._records:
            self._records[table.name] = self.frame(table).to_dict("records")  # type: ignore[assignment]
        yield from self._records[table.name]

    def features(self) -> Iterator[tuple[LayerId, Row]]:
        """Give every feature that is shown with its layer."""
        for layer, table in LAYER_TABLES.items():
            for row in self.rows(table):
                if row["record"] == RecordStatus.PUBLISHED:
                    yield layer, row

    def fault(self, rule: str, table: Table, row: Row, field: str | None, message: str, remedy: str) -> None:
        """Report a fault of a row, unless it has one already."""
        if (table.path, int(row[LINE])) in self.blamed:
            return
        self.report.add(
            rule,
            message,
            remedy,
            file=table.path,
            row=int(row[LINE]),
            id=str(row[table.key[0]]) or None,
            field=field,
        )

    def geometry_fault(self, rule: str, layer: LayerId, feature_id: str, message: str, remedy: str) -> None:
        """Report a fault of the geometry of a feature, unless its row or geometry has one already."""
        place = self.root.geometry_file(layer)
        if feature_id in self.blamed or any(
            issue.id == feature_id and issue.file == LAYER_TABLES[layer].path for issue in self.report
        ):
            return
        geometry = self.geometry[layer]
        line = geometry.lines[int(geometry.shapes.index.get_indexer(pd.Index([feature_id]))[0])]
        self.report.add(rule, message, remedy, file=place, row=line, id=feature_id)
