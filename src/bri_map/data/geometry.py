"""Read the geometry of a layer: RFC 7946 files keyed by feature id, WGS84, longitude first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely
from shapely import Point
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from bri_map.data.columns import arrow, is_in, series, together
from bri_map.data.files import FileError, RootFiles, decoded
from bri_map.data.point_lines import read_point_lines
from bri_map.data.positions import geometry_fault
from bri_map.data.reasons import reason_of
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Report, Sentence

CRS = "EPSG:4326"
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""A character that JSON writes as two halves; one of them alone is no text."""


def point_text(geometry: BaseGeometry | None) -> str:
    """Write a point as a claim about its position does, longitude first; nothing for a line."""
    if not isinstance(geometry, Point):
        return ""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in (geometry.x, geometry.y))


@dataclass(frozen=True, slots=True)
class GeometryFile:
    """The geometry of one layer.

    Attributes:
        shapes: Geometry by feature id in EPSG:4326; None where the file says that there is no position.
            Features with a fault are left out.
        lines: Line of the file for each shape, 0 where features do not stand on lines of their own.
        lost: Ids of the features that were left out; a fault says so already.
        is_complete: Whether every feature of the file could be read.
        features: The features as they stand, by id, where the files are kept; else none.
    """

    shapes: pd.Series
    lines: npt.NDArray[np.int64]
    lost: frozenset[str]
    is_complete: bool
    features: Mapping[str, Mapping[str, Any]]

    def line_of(self, feature_id: str) -> int | None:
        """Give the line of the file on which a feature stands, if it has one of its own."""
        place = self.shapes.index.get_indexer(pd.Index([feature_id]))[0]
        return int(self.lines[place]) or None if place >= 0 else None


def read_geometry(files: RootFiles, file: str, layer: LayerId, report: Report) -> GeometryFile:
    """Read one geometry file. A height beside a position is passed over.

    Args:
        files: The files of the data root.
        file: Place of the file inside the root.
        layer: Which layer; it decides which kinds of geometry are right.
        report: Takes the faults.
    """
    try:
        with files.opened(file) as stream:
            raw = stream.read()
        found = None if files.keeps else _read_long(raw, file, layer, report)
        if found is not None:
            return found
        text = decoded(raw, file)
    except FileError as fault:
        report.add(fault.rule, fault.reason, fault.remedy, file=file, row=fault.row)
        nothing = pd.Series(index=pd.Index([], dtype="str"), dtype=object)
        return GeometryFile(
            nothing, np.array([], dtype=np.int64), frozenset(), is_complete=False, features={}
        )
    reading = _Reading(file, layer, report, keeps=files.keeps)
    reading.take_all(reading.features(text))
    return reading.result()


def _read_long(raw: bytes, file: str, layer: LayerId, report: Report) -> GeometryFile | None:
    """Read a long file of points, the lines that are none one by one; None where that does not tell all."""
    points = read_point_lines(raw) if LAYERS[layer].has_points else None
    if points is None:
        return None
    found = Report()
    reading = _Reading(file, layer, found, keeps=False)
    reading.take_all(reading.lines(points.others))
    if len(points.ids.unique()) < len(points.ids) or is_in(arrow(reading.seen), points.ids).any():
        return None
    report.issues += found.issues
    others = reading.result()
    lines = np.concatenate((points.rows, others.lines))
    order = np.argsort(lines, kind="stable")
    ids = together(points.ids, others.shapes.index).take(pa.array(order))
    shapes: npt.NDArray[np.object_] = np.empty(len(lines), dtype=object)
    shapes[: len(points.rows)] = shapely.points(points.lonlat)
    shapes[len(points.rows) :] = others.shapes.to_numpy()
    by_id = pd.Series(shapes[order], index=pd.Index(series(ids)), dtype=object)
    return GeometryFile(by_id, lines[order], others.lost, others.is_complete, others.features)


class _Reading:
    """Collects the features of one file."""

    def __init__(self, file: str, layer: LayerId, report: Report, *, keeps: bool) -> None:
        self._file = file
        self._layer = layer
        self._report = report
        self._keeps = keeps
        self._ids: list[str] = []
        self._shapes: list[Any] = []
        self._lines: list[int] = []
        self._points: list[tuple[float, float]] = []
        self._point_rows: list[int] = []
        self.seen: set[str] = set()
        self._lost: set[str] = set()
        self._kept: dict[str, Mapping[str, Any]] = {}
        self._may_be_half = False
        self.is_complete = True

    def _fault(
        self, rule: str, message: Sentence, remedy: Sentence, row: int | None, id: str | None = None
    ) -> None:
        self._report.add(rule, message, remedy, file=self._file, row=row, id=id)
        if id is None:
            self.is_complete = False
        else:
            self._lost.add(id)

    def features(self, text: str) -> Iterator[tuple[int | None, Any]]:
        """Give each feature with its line; the canonical layout has one feature a line."""
        self._may_be_half = _HALF.search(text) is not None
        lines = text.splitlines()
        if len(lines) > 1 and lines[0].endswith('"features":[') and lines[-1] == "]}":
            yield from self._one_a_line(list(enumerate(lines[1:-1], 2)))
            return
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            self._fault("json", say("fault.json", error=reason_of(error)), say("remedy.json"), None)
            return
        features = document.get("features") if isinstance(document, dict) else None
        if not isinstance(features, list):
            self._fault("geojson", say("fault.geojson_collection"), say("remedy.file"), None)
            return
        for feature in features:
            yield None, feature

    def lines(self, lines: list[tuple[int, str]]) -> Iterator[tuple[int, Any]]:
        """Give the feature of each line, with its number; the last one is the last of the file."""
        self._may_be_half = any(_HALF.search(line) for _, line in lines)
        yield from self._one_a_line(lines)

    def _one_a_line(self, lines: list[tuple[int, str]]) -> Iterator[tuple[int, Any]]:
        body = [(row, line.strip()) for row, line in lines if line.strip()]
        for row, line in body:
            try:
                feature = json.loads(line.removesuffix(","))
            except (ValueError, RecursionError) as error:
                self._fault("json", say("fault.json", error=reason_of(error)), say("remedy.json"), row)
                continue
            if line.endswith(",") == (row == body[-1][0]):
                self._fault("json", say("fault.json_comma"), say("remedy.json_comma"), row)
            yield row, feature

    def take_all(self, features: Iterable[tuple[int | None, Any]]) -> None:
        """Check features and keep them."""
        for row, feature in features:
            self._take(row, feature)

    def _take(self, row: int | None, feature: Any) -> None:
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            self._fault("geojson", say("fault.geojson_feature"), say("remedy.geojson_feature"), row)
            return
        feature_id = feature.get("id")
        if not isinstance(feature_id, str):
            self._fault("geometry-id", say("fault.geometry_id"), say("remedy.geometry_id"), row)
            return
        if self._may_be_half and not _is_whole(feature):
            self._fault(
                "encoding", say("fault.half_character", id=quoted(feature_id)), say("remedy.json"), row
            )
            return
        if feature_id in self.seen:
            message, remedy = say("fault.geometry_twice"), say("remedy.twice")
            self._report.add("duplicate", message, remedy, file=self._file, row=row, id=feature_id)
            return
        self.seen.add(feature_id)
        if self._keeps:
            self._kept[feature_id] = feature
        geometry: Any = feature.get("geometry")
        if geometry is None and "geometry" in feature:
            self._shapes.append(None)
        else:
            fault = geometry_fault(geometry, self._layer)
            if fault:
                self._fault("geometry", *fault, row, feature_id)
                return
            if geometry["type"] == "Point":
                self._point_rows.append(len(self._ids))
                self._points.append((float(geometry["coordinates"][0]), float(geometry["coordinates"][1])))
                self._shapes.append(None)
            else:
                self._shapes.append(shapely.force_2d(shape(geometry)))
        self._ids.append(feature_id)
        self._lines.append(row or 0)

    def result(self) -> GeometryFile:
        """Give what was read."""
        values: npt.NDArray[np.object_] = np.array([*self._shapes, None], dtype=object)[:-1]
        if self._points:
            values[self._point_rows] = shapely.points(np.array(self._points))
        shapes = pd.Series(values, index=pd.Index(self._ids, dtype="str"), dtype=object)
        lines, lost = np.array(self._lines, dtype=np.int64), frozenset(self._lost)
        return GeometryFile(shapes, lines, lost, self.is_complete, self._kept)


def _is_whole(feature: Mapping[str, Any]) -> bool:
    """Tell whether the texts of a feature can be written, which half a pair of surrogates cannot."""
    try:
        json.dumps([feature.get("id"), feature.get("properties")], ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def without_height(geometry: Any) -> Any:
    """Give a GeoJSON geometry with two numbers a position."""
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        return geometry
    return {**geometry, "coordinates": _flat(geometry["coordinates"])}


def _flat(coordinates: list[Any]) -> list[Any]:
    if coordinates and all(isinstance(part, list) for part in coordinates):
        return [_flat(part) for part in coordinates]
    return coordinates[:2]


def feature_collection_text(features: Iterable[Mapping[str, Any]]) -> str:
    """Write features as an RFC 7946 FeatureCollection: sorted by id, one a line, no blanks, final newline.

    Args:
        features: GeoJSON features with an `id`; coordinates are written as they are.

    Returns:
        The text of the file.
    """
    lines = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in sorted(features, key=lambda feature: str(feature["id"]))
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
