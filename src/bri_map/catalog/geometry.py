"""Read the geometry of a layer: RFC 7946 files keyed by feature id, WGS84, longitude first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from bri_map.domain.report import Report
from bri_map.domain.vocabulary import Layer

CRS = "EPSG:4326"
_ALLOWED: dict[Layer, frozenset[str]] = {
    Layer.CORRIDORS: frozenset({"LineString", "MultiLineString"}),
    Layer.RAIL: frozenset({"LineString", "MultiLineString"}),
    Layer.PROJECTS: frozenset({"Point", "LineString", "MultiLineString"}),
    Layer.PARKS: frozenset({"Point"}),
}


def read_geometry(root: Path, file: str, layer: Layer, report: Report) -> gpd.GeoSeries:
    """Read one geometry file.

    Args:
        root: The data root.
        file: Place of the file inside the root.
        layer: Which layer; it decides which kinds of geometry are right.
        report: Takes the faults.

    Returns:
        Geometry by feature id in EPSG:4326. Features with a fault are left out.
    """
    ids: list[str] = []
    shapes: list[Any] = []
    points: list[tuple[float, float]] = []
    point_rows: list[int] = []
    try:
        text = (root / file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        report.add("file", f"cannot be read: {error}.", "Restore the file.", file=file)
        return gpd.GeoSeries([], index=[], crs=CRS)
    seen: set[str] = set()
    for row, feature in _features(text, file, report):
        feature_id = feature.get("id") if isinstance(feature, dict) else None
        if not isinstance(feature_id, str):
            report.add("geometry-id", "a feature has no id.", "Give it the feature's id.", file=file, row=row)
            continue
        if feature_id in seen:
            report.add(
                "duplicate",
                "an earlier feature has the same id.",
                "Remove one of the two.",
                file=file,
                row=row,
                id=feature_id,
            )
            continue
        seen.add(feature_id)
        fault = _fault(feature.get("geometry"), layer)
        if fault:
            report.add(
                "geometry",
                fault,
                "Write longitude, then latitude, in degrees.",
                file=file,
                row=row,
                id=feature_id,
            )
            continue
        geometry = feature["geometry"]
        if geometry["type"] == "Point":
            point_rows.append(len(ids))
            points.append((float(geometry["coordinates"][0]), float(geometry["coordinates"][1])))
            shapes.append(None)
        else:
            shapes.append(shape(geometry))
        ids.append(feature_id)
    values: npt.NDArray[np.object_] = np.array([*shapes, None], dtype=object)[:-1]
    if points:
        values[point_rows] = shapely.points(np.array(points))
    return gpd.GeoSeries(values, index=ids, crs=CRS)


def _features(text: str, file: str, report: Report) -> Iterator[tuple[int, Any]]:
    """Give each feature with its line, from one feature a line or from any other layout."""
    lines = text.splitlines()
    body = [(number, line.rstrip().rstrip(",")) for number, line in enumerate(lines, 1)]
    body = [(number, line) for number, line in body if line.startswith('{"type":"Feature",')]
    if len(body) >= len(lines) - 3 and body:
        for number, line in body:
            try:
                yield number, json.loads(line)
            except ValueError as error:
                report.add("json", f"is not JSON: {error}.", "Correct the line.", file=file, row=number)
        return
    try:
        features = json.loads(text)["features"]
    except ValueError as error:
        report.add("json", f"is not JSON: {error}.", "Correct the file.", file=file)
        return
    except (KeyError, TypeError):
        report.add("geojson", "is no FeatureCollection.", "Restore the file.", file=file)
        return
    if not isinstance(features, list):
        report.add("geojson", "its features are no list.", "Restore the file.", file=file)
        return
    for number, feature in enumerate(features, 1):
        yield number, feature


def _fault(geometry: Any, layer: Layer) -> str | None:
    if not isinstance(geometry, dict) or geometry.get("type") not in _ALLOWED[layer]:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        return f"a geometry of the kind {kind!r} is not {' or '.join(sorted(_ALLOWED[layer]))}."
    coordinates = geometry.get("coordinates")
    if geometry["type"] == "Point":
        return _position_fault(coordinates)
    parts = coordinates if geometry["type"] == "MultiLineString" else [coordinates]
    if not isinstance(parts, list) or not parts:
        return "the line is empty."
    for part in parts:
        if not isinstance(part, list) or len(part) < 2:
            return "a line has fewer than two positions."
        for position in part:
            fault = _position_fault(position)
            if fault:
                return fault
    return None


def _position_fault(position: Any) -> str | None:
    if not isinstance(position, list) or len(position) != 2:
        return f"{position!r} is not a position of two numbers."
    lon, lat = position
    for value in (lon, lat):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"{position!r} is not a position of two numbers."
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return f"{position!r} lies outside the world."
    return None
