"""Pack layers for the browser: geometry and codes as one binary file, names as JSON in chunks.

The layout of the binary file, little-endian: `uint32[8]` header (magic "BRL1", features, points, parts,
vertices, channels, 0, 0); `float32` x and y of the points; `uint32` feature of each point; `float32` x and
y of the vertices; `uint32[parts + 1]` first vertex of each part; `uint32` feature of each part; then for
each channel one `uint8` a feature. Coordinates are world units, see `projection`.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from bri_map.catalog import Catalog
from bri_map.domain.codes import codes
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.geo.mercator import is_located, world_units
from bri_map.i18n import languages
from bri_map.query.facets import Mask

MAGIC = 0x314C5242
NAMES_CHUNK = 4096
"""Features whose names travel together."""


@dataclass(frozen=True, slots=True)
class LayerFile:
    """What the browser draws of a layer.

    Attributes:
        layer: The layer.
        channels: Columns whose codes are sent, in order.
        data: The binary file.
        names: The names, one JSON file for each chunk of features: language to the names in order.
    """

    layer: LayerId
    channels: tuple[str, ...]
    data: bytes
    names: tuple[bytes, ...]


def pack_layer(catalog: Catalog, layer: LayerId) -> LayerFile:
    """Pack one layer; feature i of the file is row i of the layer.

    A feature without a position has no point and no part.
    """
    geometry = catalog.geometry(layer).copy()
    geometry[~is_located(geometry)] = None
    spec = LAYERS[layer]
    channels = spec.channel_columns
    codes_of = {column.name: column.vocabulary or "" for column in spec.table.fields}
    rows = catalog.rows(layer)
    values = [
        rows[name].map({code: i for i, code in enumerate(codes(codes_of[name]))}).to_numpy("u1")
        for name in channels
    ]
    point_of, point_xy = _marks(geometry)
    parts = _parts(geometry)
    px, py = world_units(point_xy[:, 0], point_xy[:, 1])
    vx, vy = world_units(parts.vertices[:, 0], parts.vertices[:, 1])
    header = np.array(
        [MAGIC, len(rows), len(px), len(parts.feature), len(vx), len(channels), 0, 0], dtype="<u4"
    )
    arrays = (header, px, py, point_of, vx, vy, parts.start, parts.feature, *values)
    return LayerFile(layer, channels, b"".join(array.tobytes() for array in arrays), _names(catalog, layer))


@dataclass(frozen=True, slots=True)
class Drawing:
    """Points and lines of a layer file, in world units.

    Attributes:
        points: Positions of the points, (n, 2).
        point_feature: Feature of each point.
        vertices: Positions of the vertices of lines, (n, 2).
        part_start: First vertex of each part of a line, and the total.
        part_feature: Feature of each part.
    """

    points: npt.NDArray[np.float32]
    point_feature: npt.NDArray[np.uint32]
    vertices: npt.NDArray[np.float32]
    part_start: npt.NDArray[np.uint32]
    part_feature: npt.NDArray[np.uint32]


def unpack_drawing(data: bytes) -> Drawing:
    """Read points and lines from what `pack_layer` has packed, without copying."""
    header = np.frombuffer(data, "<u4", 8)
    _, _, points, parts, vertices = header[:5].tolist()
    at = header.nbytes

    def take(kind: str, count: int) -> npt.NDArray[Any]:
        nonlocal at
        values = np.frombuffer(data, kind, count, at)
        at += values.nbytes
        return values

    xy = np.column_stack((take("<f4", points), take("<f4", points)))
    point_feature = take("<u4", points)
    corners = np.column_stack((take("<f4", vertices), take("<f4", vertices)))
    return Drawing(xy, point_feature, corners, take("<u4", parts + 1), take("<u4", parts))


def pack_mask(mask: Mask) -> str | bool:
    """Pack which features are visible: True for all, False for none, else bits in base64.

    Bit i of the bits (little-endian inside a byte) stands for feature i.
    """
    if mask.all():
        return True
    if not mask.any():
        return False
    return base64.b64encode(np.packbits(mask, bitorder="little").tobytes()).decode("ascii")


def unpack_mask(packed: str | bool, size: int) -> Mask:
    """Give back the mask that `pack_mask` packed."""
    if isinstance(packed, bool):
        return np.full(size, packed)
    raw = np.frombuffer(base64.b64decode(packed), dtype="u1")
    return np.unpackbits(raw, count=size, bitorder="little").astype(bool)


@dataclass(frozen=True, slots=True)
class _Parts:
    vertices: npt.NDArray[np.float64]
    start: npt.NDArray[np.uint32]
    feature: npt.NDArray[np.uint32]


def _parts(geometry: npt.NDArray[np.object_]) -> _Parts:
    lines = np.flatnonzero(shapely.get_dimensions(geometry) == 1)
    parts, owner = shapely.get_parts(geometry[lines], return_index=True)
    vertices, part_of = shapely.get_coordinates(parts, return_index=True)
    start = np.searchsorted(part_of, np.arange(len(parts) + 1)).astype("<u4")
    return _Parts(vertices, start, lines[owner].astype("<u4"))


def _marks(geometry: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float64]]:
    """Give the point of each feature that has one; a line of projects and the like gets its middle."""
    points = np.flatnonzero(shapely.get_dimensions(geometry) == 0)
    if len(points) == 0:
        return np.array([], dtype="<u4"), np.empty((0, 2))
    lines = np.flatnonzero(shapely.get_dimensions(geometry) == 1)
    marked = np.concatenate([points, lines]).astype("<u4")
    middles = [shapely.line_interpolate_point(_longest(geometry[i]), 0.5, normalized=True) for i in lines]
    xy = shapely.get_coordinates([*geometry[points], *middles])
    order = np.argsort(marked, kind="stable")
    return marked[order], xy[order]


def _longest(line: shapely.Geometry) -> shapely.LineString:
    parts = shapely.get_parts(line)
    longest: shapely.LineString = parts[int(np.argmax(shapely.length(parts)))]
    return longest


def _names(catalog: Catalog, layer: LayerId) -> tuple[bytes, ...]:
    rows = catalog.rows(layer)
    shown = {language: catalog.naming.shown(rows, language).tolist() for language in languages()}
    chunks: list[bytes] = []
    for first in range(0, max(len(rows), 1), NAMES_CHUNK):
        part = slice(first, first + NAMES_CHUNK)
        names = {language: every[part] for language, every in shown.items()}
        chunks.append(json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode())
    return tuple(chunks)
