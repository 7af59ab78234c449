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
from bri_map.data.geometry import GeometryFile, point_text
from bri_map.data.reading import RootContent
from bri_map.data.tables import LINE, TableRows
from bri_map.data.waypoints import WaypointError
from bri_map.domain.fact_tables import POSITION, RELATIONS
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.table import Table
from bri_map.domain.tables import CHECKED
from bri_map.domain.vocabulary import RecordStatus
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Report, Sentence, Severity

Row = Mapping[str, Any]


_LAYER_PATHS = frozenset(table.path for table in LAYER_TABLES.values())


class _Named:
    """What the issues of a report name, kept up with it."""

    def __init__(self) -> None:
        self.rows: set[tuple[str, int | None]] = set()
        self.features: set[str] = set()
        self._seen = 0

    def follow(self, report: Report) -> None:
        """Take in the issues that were added since the last call."""
        for issue in report.issues[self._seen :]:
            self.rows.add((issue.file, issue.row))
            if issue.id and (issue.file in _LAYER_PATHS or issue.file.endswith(".geojson")):
                self.features.add(issue.id)
        self._seen = len(report)


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
    _answered: set[tuple[str, ...]] = dataclasses.field(default_factory=set)
    _named: _Named = dataclasses.field(default_factory=lambda: _Named())

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

    def is_named(self, table: Table, row: Row) -> bool:
        """Tell whether an issue names a row, or the feature that it is about, already."""
        self._named.follow(self.report)
        feature = row["feature_id"] if "feature_id" in row else row[table.key[0]]
        return (table.path, int(row[LINE])) in self._named.rows or feature in self._named.features

    def warn(self, rule: str, table: Table, row: Row, field: str, message: Sentence) -> None:
        """Ask an editor to look at a value that may be right.

        Nothing is asked of a row, or of a feature, that has an issue already, so that one cause gives one
        issue, nor of what an editor has answered in `data/checked.csv`.
        """
        place, line = table.path, int(row[LINE])
        subject, value = str(row[table.key[0]]), str(row[field])
        self._ask(rule, place, line, subject, field, value, message, self.is_named(table, row))

    def warn_of_place(self, rule: str, layer: LayerId, row: Row, message: Sentence) -> None:
        """Ask an editor to look at the point of a feature; the answer names the point."""
        feature = str(row["id"])
        place, line = self.content.root.geometry_file(layer), self.geometry[layer].line_of(feature)
        point = point_text(self.shape(layer, row))
        is_named = self.is_named(LAYER_TABLES[layer], row)
        self._ask(rule, place, line, feature, POSITION, point, message, is_named)

    def _ask(
        self,
        rule: str,
        place: str,
        line: int | None,
        subject: str,
        field: str,
        value: str,
        message: Sentence,
        is_named: bool,
    ) -> None:
        answer = (subject, rule, field, value)
        if answer in self.answers:
            self._answered.add(answer)
        elif not is_named and not {place, (place, line), subject} & self.blamed:
            remedy = say("remedy.look", file=CHECKED.path, rule=quoted(rule), field=field)
            severity = Severity.WARNING
            self.report.add(
                rule, message, remedy, file=place, row=line, id=subject, field=field, severity=severity
            )

    @cached_property
    def answers(self) -> frozenset[tuple[str, ...]]:
        """What editors have looked at: id, rule, field and value."""
        return frozenset(tuple(str(row[name]) for name in CHECKED.key) for row in self.rows(CHECKED))

    def check_answers(self) -> None:
        """Report every answer to a warning that nobody gives; all warnings must have been given before.

        While there are faults, or a feature has a warning itself, not all warnings are given.
        """
        self._named.follow(self.report)
        for row in () if self.report.faults else self.rows(CHECKED):
            if row["id"] in self._named.features:
                continue
            if tuple(str(row[name]) for name in CHECKED.key) not in self._answered:
                message = say("fault.checked_stale", rule=quoted(row["rule"]), value=quoted(row["value"]))
                self.fault("checked-stale", CHECKED, row, "value", message, say("remedy.checked_stale"))
