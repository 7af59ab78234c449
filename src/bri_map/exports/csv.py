"""Write features as CSV for spreadsheets: one row a feature, geometry as WKT.

UTF-8 with a byte order mark, for spreadsheets take a file without one for something else; lines end with
carriage return and line feed (RFC 4180). WGS 84, longitude first, at most 6 decimals.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.domain.spreadsheets import harmless
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.exports.geojson import DECIMALS, feature_properties, wanted_layers
from bri_map.query.selection import Selection

BYTE_ORDER_MARK = "\ufeff"
_GEOMETRY = ("lon", "lat", "wkt")
_ROWS = 256
"""Rows that are handed on together."""


def write_csv(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> Iterator[bytes]:
    """Write the features of a selection as one table.

    The columns are the properties of the GeoJSON file, those that every layer has first; a layer leaves the
    columns of others empty. `lon` and `lat` are those of a point, `wkt` is the whole geometry. Lists are
    separated by semicolons. A text that a spreadsheet would run as a formula begins with an apostrophe.

    Args:
        selection: What to write.
        catalog: Where it comes from.
        layers: Layers to write.

    Yields:
        The file, some hundred rows at a time.
    """
    chosen = wanted_layers(selection, layers)
    header = _header(selection, catalog, chosen)
    yield BYTE_ORDER_MARK.encode() + lines_of([header])
    pending: list[list[str]] = []
    for layer in chosen:
        for properties, geometry in _rows(selection, catalog, layer):
            cells = properties | _geometry_cells(geometry)
            pending.append([cell_of(cells.get(name)) for name in header])
            if len(pending) == _ROWS:
                yield lines_of(pending)
                pending = []
    if pending:
        yield lines_of(pending)


def _rows(
    selection: Selection, catalog: Catalog, layer: LayerId
) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    mask = selection.layer_mask(layer)
    sources = [ids for ids, wanted in zip(catalog.source_ids(layer), mask, strict=True) if wanted]
    rows: list[dict[str, str]] = selection.rows(layer).to_dict("records")  # type: ignore[assignment]
    geometries = catalog.geometry(layer)[mask]
    by_filter = selection.by_filter(layer)
    for row, geometry, source_ids, more in zip(rows, geometries, sources, by_filter, strict=True):
        yield feature_properties(row, layer, catalog, source_ids, more), geometry


def _header(selection: Selection, catalog: Catalog, layers: Sequence[LayerId]) -> list[str]:
    """Give every property of the layers once: what all have first, in the order of the GeoJSON file."""
    named: list[list[str]] = []
    for layer in layers:
        nothing = dict.fromkeys(catalog.rows(layer).columns, "")
        by_filter = dict.fromkeys(selection.filter_columns)
        named.append(list(feature_properties(nothing, layer, catalog, (), by_filter)))
    names = list(dict.fromkeys(name for own in named for name in own))
    shared = [name for name in names if all(name in own for own in named)]
    return [*shared, *_GEOMETRY[:2], *(name for name in names if name not in shared), *_GEOMETRY[2:]]


def _geometry_cells(geometry: BaseGeometry | None) -> dict[str, Any]:
    if geometry is None:
        return {}
    place = (geometry.x, geometry.y) if isinstance(geometry, Point) else (None, None)
    lon, lat = (None if value is None else round(value, DECIMALS) for value in place)
    text = shapely.to_wkt(geometry, rounding_precision=DECIMALS, trim=True)
    return dict(zip(_GEOMETRY, (lon, lat, text), strict=True))


def cell_of(value: Any) -> str:
    """Write a value as a cell that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = LIST_SEPARATOR.join(map(str, value)) if isinstance(value, list) else str(value)
    return harmless(text)


def lines_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows of cells as lines."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()
