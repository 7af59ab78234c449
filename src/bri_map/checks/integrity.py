"""Rules that join tables: references, geometry for every feature, sources for every feature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from bri_map.data.cells import ID_PATTERN
from bri_map.data.columns import Mask, Texts, arrow, is_empty, is_in, is_like, together, where
from bri_map.data.geometry import GeometryFile
from bri_map.data.tables import LINE, TableRows
from bri_map.domain.fact_tables import CLAIMS, RETIRED
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, with_column
from bri_map.domain.table import LIST_SEPARATOR, Table
from bri_map.domain.tables import TABLES
from bri_map.domain.vocabulary import RecordStatus
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Report


def check_catalog(
    tables: Mapping[str, TableRows],
    geometry: Mapping[LayerId, GeometryFile],
    geometry_files: Mapping[LayerId, str],
    report: Report,
) -> None:
    """Check what only shows when all tables are seen together.

    What cannot be told because a file or row could not be read is left alone: that has its own fault.

    Args:
        tables: Table name to its rows.
        geometry: Layer to its geometry.
        geometry_files: Layer to the place of its geometry file.
        report: Takes the faults.
    """
    keys: dict[str, Texts | None] = {
        table.name: _keys(tables[table.name], table) for table in TABLES if len(table.key) == 1
    }
    features = arrow([])
    for layer, table in LAYER_TABLES.items():
        rows = tables[table.name]
        _check_unique_across(rows.frame, table, features, report)
        features = together(features, rows.keys("id"))
        _check_geometry(rows, table, geometry[layer], geometry_files[layer], report)
    layers_complete = all(tables[table.name].is_complete for table in LAYER_TABLES.values())
    keys["features"] = features if layers_complete else None
    named = [keys[name] for name in ("features", "countries", "organisations")]
    keys["named"] = None if any(part is None for part in named) else together(*named)
    for table in TABLES:
        _check_references(tables[table.name].frame, table, keys, report)
    if layers_complete:
        _check_shown(tables, report)
    if tables[CLAIMS.name].is_complete:
        _check_sources(tables, report)


def _keys(rows: TableRows, table: Table) -> Texts | None:
    return rows.keys(table.key[0]) if rows.is_complete else None


def _check_unique_across(frame: pd.DataFrame, table: Table, taken: Texts, report: Report) -> None:
    for line, feature_id in _rows(frame, is_in(frame["id"], taken), "id"):
        report.add(
            "duplicate",
            say("fault.duplicate_layers"),
            say("remedy.duplicate_layers"),
            file=table.path,
            row=line,
            id=feature_id,
            field="id",
        )


def _check_geometry(rows: TableRows, table: Table, geometry: GeometryFile, file: str, report: Report) -> None:
    if geometry.is_complete:
        known = together(geometry.shapes.index, arrow(sorted(geometry.lost)))
        for line, feature_id in _rows(rows.frame, ~is_in(rows.frame["id"], known), "id"):
            report.add(
                "geometry-missing",
                say("fault.geometry_missing", file=file),
                say("remedy.geometry_missing", file=file),
                file=table.path,
                row=line,
                id=feature_id,
            )
    if rows.is_complete:
        for feature_id in geometry.shapes.index[~is_in(geometry.shapes.index, rows.keys("id"))]:
            report.add(
                "geometry-orphan",
                say("fault.geometry_orphan", file=table.path),
                say("remedy.geometry_orphan"),
                file=file,
                row=geometry.line_of(feature_id),
                id=str(feature_id),
            )


def _check_references(
    frame: pd.DataFrame, table: Table, keys: Mapping[str, Texts | None], report: Report
) -> None:
    for column in table.columns:
        if column.references is None:
            continue
        known = keys[column.references]
        if known is None:
            continue
        for cell, missing in _missing(frame[column.name], known).items():
            for line, row_id in _rows(frame, is_in(frame[column.name], arrow([cell])), table.key[0]):
                report.add(
                    "reference",
                    say("fault.reference", value=", ".join(map(quoted, missing)), table=column.references),
                    say("remedy.reference", table=column.references),
                    file=table.path,
                    row=line,
                    id=row_id,
                    field=column.name,
                )


def _missing(cells: pd.Series, known: Texts) -> dict[str, list[str]]:
    """Give each cell that names what is not known, with what that is; what is no id has its own fault."""
    distinct = arrow(cells).unique()
    doubtful = ~is_in(distinct, known) | is_like(distinct, f".*{LIST_SEPARATOR}.*")
    parts = {
        cell: [part for part in cell.split(LIST_SEPARATOR) if ID_PATTERN.fullmatch(part)]
        for cell in where(distinct, doubtful).to_pylist()
    }
    named = arrow(dict.fromkeys(part for found in parts.values() for part in found))
    unknown = frozenset(where(named, ~is_in(named, known)).to_pylist())
    missing = {cell: [part for part in found if part in unknown] for cell, found in parts.items()}
    return {cell: found for cell, found in missing.items() if found}


def _check_shown(tables: Mapping[str, TableRows], report: Report) -> None:
    """What a reader is led to must be shown: alternatives of a park, and successors of a retired id."""
    hidden: set[str] = set()
    for table in LAYER_TABLES.values():
        frame = tables[table.name].frame
        hidden.update(frame.loc[frame["record"] == RecordStatus.UNCONFIRMED, "id"])
    led = [(spec.table, "ey_alternatives") for spec in with_column("ey_alternatives")]
    for table, column in (*led, (RETIRED, "successor_id")):
        frame = tables[table.name].frame
        cells = frame.loc[~is_empty(frame[column]), [LINE, "id", column]]
        for line, row_id, cell in cells.itertuples(index=False) if hidden else ():
            for part in sorted(hidden.intersection(str(cell).split(LIST_SEPARATOR))):
                report.add(
                    "reference",
                    say("fault.reference_hidden", value=quoted(part)),
                    say("remedy.reference_hidden"),
                    file=table.path,
                    row=int(line),
                    id=str(row_id),
                    field=column,
                )


def _check_sources(tables: Mapping[str, TableRows], report: Report) -> None:
    sourced = tables[CLAIMS.name].keys("feature_id")
    for table in LAYER_TABLES.values():
        frame = tables[table.name].frame
        for line, feature_id in _rows(frame, ~is_in(frame["id"], sourced), "id"):
            report.add(
                "source-missing",
                say("fault.source_missing", file=CLAIMS.path),
                say("remedy.source_missing", file=CLAIMS.path),
                file=table.path,
                row=line,
                id=feature_id,
            )


def _rows(frame: pd.DataFrame, mask: Mask, key: str) -> Iterable[tuple[int, str]]:
    for line, value in frame.loc[mask, [LINE, key]].itertuples(index=False):
        yield int(line), str(value)
