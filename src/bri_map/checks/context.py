"""What every check sees, and how it says what it finds."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry

from bri_map.data.format import Lines, build_lines
from bri_map.data.geometry import GeometryFile
from bri_map.data.reading import RootContent
from bri_map.data.tables import LINE, TableRows
from bri_map.data.waypoints import WaypointError
from bri_map.domain.fact_tables import RELATIONS
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import Table
from bri_map.domain.vocabulary import RecordStatus
from bri_map.report import Report, Sentence

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """A data root as it was read, and the report that takes the faults.

    Attributes:
        content: The data root as it was read, its files kept.
        today: Date of the data set, YYYY-MM-DD; empty when it cannot be read.
        report: Takes the faults.
        blamed: What faults of reading were found before: a row of it (file and line), a feature (its id)
            or a file. What they name is not judged again, so that one fault gives one issue.
    """

    content: RootContent
    today: str
    report: Report
    blamed: frozenset[str | tuple[str, int | None]] = frozenset()
    _records: dict[str, list[Row]] = dataclasses.field(default_factory=dict)

    @classmethod
    def after_reading(cls, content: RootContent, today: str, report: Report) -> Context:
        """Give the context of the checks that follow the reading, whose faults the report holds."""
        rows = {(issue.file, issue.row) for issue in report}
        names = {name for issue in report for name in (issue.file, issue.id) if name}
        return cls(content, today, report, frozenset(rows | names))

    @property
    def tables(self) -> Mapping[str, TableRows]:
        """Table name to its rows."""
        return self.content.tables

    @property
    def geometry(self) -> Mapping[LayerId, GeometryFile]:
        """Layer to its geometry."""
        return self.content.geometry

    @cached_property
    def lines(self) -> Lines | WaypointError | None:
        """The lines that the waypoints give, or why they give none; None where there are no waypoints."""
        try:
            return build_lines(self.tables, self.geometry)
        except WaypointError as error:
            return error

    @cached_property
    def related(self) -> frozenset[frozenset[str]]:
        """The pairs of features of which a relation is told."""
        return frozenset(
            frozenset((str(row["feature_id"]), str(row["other_id"]))) for row in self.rows(RELATIONS)
        )

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
            frame = self.frame(table)
            columns = [frame[name].to_numpy(dtype=object) for name in frame.columns]
            names = list(map(str, frame.columns))
            self._records[table.name] = [
                dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
            ]
        yield from self._records[table.name]

    def features(self) -> Iterator[tuple[LayerId, Row]]:
        """Give every feature that is shown with its layer."""
        for layer, table in LAYER_TABLES.items():
            for row in self.rows(table):
                if row["record"] == RecordStatus.PUBLISHED:
                    yield layer, row

    def shape(self, layer: LayerId, row: Row) -> BaseGeometry | None:
        """Give the geometry of a feature in EPSG:4326; None where it has none or one with a fault."""
        shapes = self.geometry[layer].shapes
        return shapes[row["id"]] if row["id"] in shapes.index else None

    def fault(
        self, rule: str, table: Table, row: Row, field: str | None, message: Sentence, remedy: Sentence
    ) -> None:
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

    def geometry_fault(
        self, rule: str, layer: LayerId, feature_id: str, message: Sentence, remedy: Sentence
    ) -> None:
        """Report a fault of the geometry of a feature, unless its row or geometry has one already."""
        place = self.content.root.geometry_file(layer)
        if feature_id in self.blamed or any(
            issue.id == feature_id and issue.file == LAYER_TABLES[layer].path for issue in self.report
        ):
            return
        line = self.geometry[layer].line_of(feature_id)
        self.report.add(rule, message, remedy, file=place, row=line, id=feature_id)
