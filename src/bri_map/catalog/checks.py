"""Rules that join tables: references, geometry for every feature, sources for every feature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import geopandas as gpd
import pandas as pd

from bri_map.catalog.reader import LINE
from bri_map.domain.report import Report
from bri_map.domain.tables import FEATURE_SOURCES, LAYER_TABLES, LIST_SEPARATOR, TABLES, Table
from bri_map.domain.vocabulary import Layer


def check_catalog(
    tables: Mapping[str, pd.DataFrame],
    geometry: Mapping[Layer, gpd.GeoSeries],
    geometry_files: Mapping[Layer, str],
    report: Report,
) -> None:
    """Check what only shows when all tables are seen together.

    Args:
        tables: Table name to its rows, as `read_table` gives them.
        geometry: Layer to geometry by feature id.
        geometry_files: Layer to the place of its geometry file.
        report: Takes the faults.
    """
    keys: dict[str, set[str]] = {
        table.name: set(tables[table.name][table.key[0]]) for table in TABLES if len(table.key) == 1
    }
    keys["features"] = set()
    for layer, table in LAYER_TABLES.items():
        frame = tables[table.name]
        _check_unique_across(frame, table, keys["features"], report)
        keys["features"].update(frame["id"])
        _check_geometry(frame, table, geometry[layer], geometry_files[layer], report)
    for table in TABLES:
        _check_references(tables[table.name], table, keys, report)
    _check_sources(tables, report)


def _check_unique_across(frame: pd.DataFrame, table: Table, taken: set[str], report: Report) -> None:
    for line, feature_id in _rows(frame, frame["id"].isin(taken), "id"):
        report.add(
            "duplicate",
            "a feature of another layer has the same id.",
            "Give the newer one another id.",
            file=table.path,
            row=line,
            id=feature_id,
            field="id",
        )


def _check_geometry(
    frame: pd.DataFrame, table: Table, geometry: gpd.GeoSeries, file: str, report: Report
) -> None:
    for line, feature_id in _rows(frame, ~frame["id"].isin(geometry.index), "id"):
        report.add(
            "geometry-missing",
            f"{file} has no usable geometry for it.",
            f"Add a feature with this id to {file}.",
            file=table.path,
            row=line,
            id=feature_id,
        )
    for feature_id in geometry.index.difference(frame["id"]):
        report.add(
            "geometry-orphan",
            f"no row of {table.path} has this id.",
            "Add the row or remove the geometry.",
            file=file,
            id=str(feature_id),
        )


def _check_references(
    frame: pd.DataFrame, table: Table, keys: Mapping[str, set[str]], report: Report
) -> None:
    for column in table.columns:
        if column.references is None:
            continue
        known = keys[column.references]
        for cell in pd.unique(frame[column.name]):
            missing = [part for part in cell.split(LIST_SEPARATOR) if part and part not in known]
            if not missing:
                continue
            for line, row_id in _rows(frame, frame[column.name] == cell, table.key[0]):
                report.add(
                    "reference",
                    f"{', '.join(map(repr, missing))} is not in {column.references}.",
                    f"Correct the spelling, or add it to {column.references}.",
                    file=table.path,
                    row=line,
                    id=row_id,
                    field=column.name,
                )


def _check_sources(tables: Mapping[str, pd.DataFrame], report: Report) -> None:
    sourced = set(tables[FEATURE_SOURCES.name]["feature_id"])
    for table in LAYER_TABLES.values():
        frame = tables[table.name]
        for line, feature_id in _rows(frame, ~frame["id"].isin(sourced), "id"):
            report.add(
                "source-missing",
                f"no row of {FEATURE_SOURCES.path} gives a source for it.",
                f"Add a source to {FEATURE_SOURCES.path}.",
                file=table.path,
                row=line,
                id=feature_id,
            )


def _rows(frame: pd.DataFrame, mask: pd.Series, key: str) -> Iterable[tuple[int, str]]:
    for line, value in frame.loc[mask, [LINE, key]].itertuples(index=False):
        yield int(line), str(value)
