"""Read the geometry of a layer: RFC 7946 files keyed by feature id, WGS84, longitude first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely import Point
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from bri_map.data.tables import report_encoding
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.report import Report

CRS = "EPSG:4326"


def point_text(geometry: BaseGeometry) -> str:
    """Write a point as a claim about its position does, longitude first; nothing for a line."""
    if not isinstance(geometry, Point):
        return ""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in (geometry.x, geometry.y))


@dataclass(frozen=True, slots=True)
class GeometryFile:
    """The geometry of one layer.

    Attributes:
        shapes: Geometry by feature id in EPSG:4326; features with a fault are left out.
        lines: Line of the file for each shape, None where features do not stand on lines of their own.
        lost: Ids of the features that were left out; a fault says so already.
        is_complete: Whether every feature of the file could be read.
    """

    shapes: pd.Series
    lines: tuple[int | None, ...]
    lost: frozenset[str]
    is_complete: bool


def read_geometry(root: Path, file: str, layer: LayerId, report: Report) -> GeometryFile:
    """Read one geometry file.

    Args:
        root: The data root.
        file: Place of the file inside the root.
        layer: Which layer; it decides which kinds of geometry are right.
        report: Takes the faults.
    """
    reading = _Reading(file, layer, report)
    try:
        text = (root / file).read_text("utf-8")
    except OSError as error:
        report.add("file", f"cannot be read: {error.strerror}.", "Restore the file.", file=file)
        reading.is_complete = False
    except UnicodeDecodeError:
        report_encoding(root / file, file, report)
        reading.is_complete = False
    else:
        for row, feature in reading.features(text):
            reading.take(row, feature)
    return reading.result()


def parse_geometry(text: str, layer: LayerId) -> pd.Series:
    """Give the sound geometries in the text of a geometry file, by feature id, in EPSG:4326."""
    reading = _Reading("", layer, Report())
    for row, feature in reading.features(text):
        reading.take(row, feature)
    return reading.result().shapes


class _Reading:
    """Collects the features of one file."""

    def __init__(self, file: str, layer: LayerId, report: Report) -> None:
        self._file = file
        self._layer = layer
        self._report = report
        self._ids: list[str] = []
        self._shapes: list[Any] = []
        self._lines: list[int | None] = []
        self._points: list[tuple[float, float]] = []
        self._point_rows: list[int] = []
        self._seen: set[str] = set()
        self._lost: set[str] = set()
        self.is_complete = True

    def _fault(self, rule: str, message: str, remedy: str, row: int | None, id: str | None = None) -> None:
        self._report.add(rule, message, remedy, file=self._file, row=row, id=id)
        if id is None:
            self.is_complete = False
        else:
            self._lost.add(id)

    def features(self, text: str) -> Iterator[tuple[int | None, Any]]:
        """Give each feature with its line; the canonical layout has one feature a line."""
        lines = text.splitlines()
        if len(lines) > 1 and lines[0].endswith('"features":[') and lines[-1] == "]}":
            body = [(row, line.strip()) for row, line in enumerate(lines[1:-1], 2) if line.strip()]
            for row, line in body:
                try:
                    feature = json.loads(line.removesuffix(","))
                except ValueError as error:
                    self._fault("json", f"is not JSON: {error}.", "Correct the line.", row)
                    continue
                if line.endswith(",") == (row == body[-1][0]):
                    message = "a comma is missing between two features, or stands after the last."
                    self._fault("json", message, "Correct the end of the line.", row)
                yield row, feature
            return
        try:
            features = json.loads(text)["features"]
        except ValueError as error:
            self._fault("json", f"is not JSON: {error}.", "Correct the file.", None)
            return
        except (KeyError, TypeError):
            features = None
        if not isinstance(features, list):
            self._fault("geojson", "is no FeatureCollection.", "Restore the file.", None)
            return
        for feature in features:
            yield None, feature

    def take(self, row: int | None, feature: Any) -> None:
        """Check a feature and keep it."""
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            self._fault("geojson", "is no Feature.", "Correct its type.", row)
            return
        feature_id = feature.get("id")
        if not isinstance(feature_id, str):
            self._fault("geometry-id", "a feature has no id.", "Give it the feature's id.", row)
            return
        if feature_id in self._seen:
            message, remedy = "an earlier feature has the same id.", "Remove one of the two."
            self._report.add("duplicate", message, remedy, file=self._file, row=row, id=feature_id)
            return
        self._seen.add(feature_id)
        geometry: Any = feature.get("geometry")
        fault = _fault(geometry, self._layer)
        if fault:
            self._fault("geometry", fault, "Write longitude, then latitude, in degrees.", row, feature_id)
            return
        if geometry["type"] == "Point":
            self._point_rows.append(len(self._ids))
            self._points.append((float(geometry["coordinates"][0]), float(geometry["coordinates"][1])))
            self._shapes.append(None)
        else:
            self._shapes.append(shape(geometry))
        self._ids.append(feature_id)
        self._lines.append(row)

    def result(self) -> GeometryFile:
        """Give what was read."""
        values: npt.NDArray[np.object_] = np.array([*self._shapes, None], dtype=object)[:-1]
        if self._points:
            values[self._point_rows] = shapely.points(np.array(self._points))
        shapes = pd.Series(values, index=self._ids, dtype=object)
        return GeometryFile(shapes, tuple(self._lines), frozenset(self._lost), self.is_complete)


def _fault(geometry: Any, layer: LayerId) -> str | None:
    allowed = LAYERS[layer].geometry
    if not isinstance(geometry, dict) or geometry.get("type") not in allowed:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        return f"a geometry of the kind {kind!r} is not {' or '.join(sorted(allowed))}."
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
