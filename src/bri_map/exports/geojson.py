"""Write features as GeoJSON (RFC 7946): plain columns for a map or a table, or with all the evidence.

WGS 84, longitude first, at most 6 decimals, rings right-handed, no `crs` member. The same filter on the
same data gives the same bytes, wherever it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, LAYERS, MEMBERSHIP_COLUMN
from bri_map.domain.names import NAME_COLUMNS
from bri_map.domain.shared_columns import DISTANCE, STATUS_IN_YEAR
from bri_map.domain.table import LIST_SEPARATOR, Kind
from bri_map.evidence.feature import typed_value
from bri_map.exports.evidence import citation_document
from bri_map.exports.provenance import ProvenanceTexts, dumps
from bri_map.geo.extent import extents
from bri_map.query.selection import Selection

DECIMALS = 6
DISCLAIMER = (
    "Boundaries and names imply no opinion on the legal status of any place. "
    "Positions are as exact as the property 'precision' says."
)
BATCH = 256
"""Features that are written, and held in memory, together."""
_COMMON = (
    "id",
    "layer",
    *NAME_COLUMNS.values(),
    "type",
    "sector",
    "kind",
    "countries",
    "region",
    "regions",
    "status",
    "status_as_of",
    STATUS_IN_YEAR,
    DISTANCE.name,
    "freshness",
    "precision",
    "in_ey_2020",
    MEMBERSHIP_COLUMN,
    "sources",
)
"""Order of the first properties; a layer has those that it knows."""


def export_geojson(
    selection: Selection, catalog: Catalog, layers: Sequence[str] = tuple(LAYERS), *, evidence: bool = False
) -> bytes:
    """Give at once what `write_geojson`, or `write_evidence`, gives piece by piece."""
    write = write_evidence if evidence else write_geojson
    return b"".join(write(selection, catalog, layers))


def write_geojson(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> Iterator[bytes]:
    """Write the features of a selection as one FeatureCollection with plain columns.

    A property is a text, a number or true or false, of the same type whatever the filter: lists are joined
    by semicolons, what is measured always has a decimal point. What is not known is null.

    Args:
        selection: What to write.
        catalog: Where it comes from.
        layers: Layers to write.

    Yields:
        UTF-8 bytes, one feature a line, ending with a line break. Foreign members give name, version,
        date, licence, attribution, filter and number of features.
    """
    chosen = wanted_layers(selection, layers)
    numbers = {layer: _measured(layer) for layer in chosen}

    def line(feature: dict[str, Any], layer: LayerId, _number: int, _texts: Mapping[str, str]) -> str:
        feature["properties"] = _plain(feature["properties"], numbers[layer])
        return dumps(feature)

    yield from _write(_head(selection, catalog, chosen), selection, catalog, chosen, line)


def write_evidence(selection: Selection, catalog: Catalog, layers: Sequence[str]) -> Iterator[bytes]:
    """Write the features of a selection as one FeatureCollection, with the source of every value.

    Lists are arrays. The property `provenance` of a feature gives the source of each value.

    Args:
        selection: What to write.
        catalog: Where it comes from.
        layers: Layers to write.

    Yields:
        As `write_geojson`; a further foreign member gives every source that is cited.
    """
    chosen = wanted_layers(selection, layers)
    provenance = ProvenanceTexts(catalog)

    def line(feature: dict[str, Any], layer: LayerId, number: int, texts: Mapping[str, str]) -> str:
        return f'{dumps(feature)[:-2]},"provenance":{provenance.of(layer, number, texts)}}}}}'

    head = _head(selection, catalog, chosen) | {"sources": _cited(selection, catalog, chosen)}
    yield from _write(head, selection, catalog, chosen, line)
    provenance.keep()


_Line = Callable[[dict[str, Any], LayerId, int, Mapping[str, str]], str]
"""Writes a feature, given its layer, its place there and its row."""


def _head(selection: Selection, catalog: Catalog, chosen: Sequence[LayerId]) -> dict[str, Any]:
    info = catalog.info
    return {
        "type": "FeatureCollection",
        "name": f"{info.name}-{_part(chosen)}",
        "title": info.title,
        "version": info.version,
        "date": info.date,
        "licence": info.licence,
        "licence_url": info.licence_url,
        "attribution": info.attribution,
        "disclaimer": DISCLAIMER,
        "filter": _filter_of(selection, chosen),
        "feature_count": sum(selection.by_layer[layer] for layer in chosen),
    }


def _write(
    head: dict[str, Any], selection: Selection, catalog: Catalog, chosen: Sequence[LayerId], line: _Line
) -> Iterator[bytes]:
    shapes = [catalog.geometry(layer)[selection.layer_mask(layer)] for layer in chosen]
    boxes = _boxes(np.concatenate([*shapes, np.array([], dtype=object)]))
    boxes = boxes[~np.isnan(boxes[:, 0])]
    if len(boxes):
        head["bbox"] = _joined_bbox(boxes)
    yield (dumps(head)[:-1] + ',"features":[').encode()
    before = "\n"
    for layer in chosen:
        for number in range(0, selection.by_layer[layer], BATCH):
            lines = _features(selection, catalog, layer, range(number, number + BATCH), line)
            yield (before + ",\n".join(lines)).encode()
            before = ",\n"
    yield b"\n]}\n" if head["feature_count"] else b"]}\n"


def _measured(layer: LayerId) -> frozenset[str]:
    """Give the columns of a layer that hold measured numbers."""
    return frozenset(c.name for c in LAYER_TABLES[layer].fields if c.kind is Kind.NUMBER)


def _plain(properties: Mapping[str, Any], measured: Collection[str]) -> dict[str, Any]:
    """Give the properties of a feature as columns of one type each."""
    plain: dict[str, Any] = {}
    for name, value in properties.items():
        if isinstance(value, list):
            plain[name] = LIST_SEPARATOR.join(value) or None
        else:
            plain[name] = float(value) if name in measured and value is not None else value
    return plain


def wanted_layers(selection: Selection, layers: Sequence[str]) -> list[LayerId]:
    """Give those of some layers that a selection asks for, in the catalog's order."""
    asked = selection.filter.layer or LAYERS
    return [layer for layer in LAYERS if layer in layers and layer in asked]


def _part(layers: Sequence[LayerId]) -> str:
    return layers[0] if len(layers) == 1 else "all"


def feature_properties(
    row: Mapping[str, str],
    layer: LayerId,
    catalog: Catalog,
    sources: Sequence[str],
    by_filter: Mapping[str, Any],
) -> dict[str, Any]:
    """Give the properties of a feature: the common ones first, then the layer's own.

    `region` is the region of a feature that lies in one only, else null; `regions` has all of them.

    Args:
        row: Its row as text.
        layer: Its layer.
        catalog: Where it comes from.
        sources: Ids of its sources.
        by_filter: What it has only under the filter, see `Selection.by_filter`.
    """
    values: dict[str, Any] = {}
    for column in LAYER_TABLES[layer].fields:
        value = typed_value(row[column.name], column)
        values[column.name] = list(value) if column.is_list else value
    regions = list(catalog.regions(tuple(values["countries"])))
    values["layer"] = layer
    values["region"] = regions[0] if len(regions) == 1 else None
    values["regions"] = regions
    values["sources"] = list(sources)
    values |= by_filter
    values.setdefault(MEMBERSHIP_COLUMN, [values["id"]])
    ordered = {name: values.pop(name) for name in _COMMON if name in values}
    return ordered | values


def bbox(geometry: BaseGeometry) -> list[float]:
    """Give west, south, east, north of a geometry in degrees.

    A geometry cut at the antimeridian gets a west greater than its east (RFC 7946, section 5.2).
    """
    box: list[float] = _boxes(np.array([geometry], dtype=object))[0].tolist()
    return box


def _boxes(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    """Give the boxes of geometries as rows, each as `bbox` does."""
    return np.round(extents(geometries), DECIMALS)


def _joined_bbox(boxes: npt.NDArray[np.float64]) -> list[float]:
    crossing = boxes[:, 0] > boxes[:, 2]
    west = -180.0 if crossing.any() else boxes[:, 0].min()
    east = 180.0 if crossing.any() else boxes[:, 2].max()
    return [float(west), float(boxes[:, 1].min()), float(east), float(boxes[:, 3].max())]


def _filter_of(selection: Selection, layers: Sequence[LayerId]) -> dict[str, list[str]]:
    part = [] if len(layers) == len(LAYERS) else list(layers)
    return selection.filter.with_facet("layer", part).to_params()


def _cited(selection: Selection, catalog: Catalog, layers: Sequence[LayerId]) -> list[dict[str, Any]]:
    cited = catalog.cited(selection.mask & selection.mask_of(layers))
    return [citation_document(catalog.citation(source_id)) for source_id in cited]


def _features(
    selection: Selection,
    catalog: Catalog,
    layer: LayerId,
    places: range,
    line: _Line,
) -> list[str]:
    """Write the features of a layer at some places of the result, one line each."""
    numbers = np.flatnonzero(selection.layer_mask(layer))[places.start : places.stop]
    rows = catalog.rows(layer).take(numbers).to_dict("records")
    shapes = catalog.geometry(layer)[numbers]
    boxes = _boxes(shapes).tolist()
    sources = catalog.source_ids(layer, numbers)
    by_filter = selection.by_filter(layer, slice(places.start, places.stop))
    lines: list[str] = []
    for number, row, geometry, box, source_ids, more in zip(
        numbers.tolist(), rows, shapes, boxes, sources, by_filter, strict=True
    ):
        texts: dict[str, str] = row
        feature: dict[str, Any] = {"type": "Feature", "id": texts["id"]}
        if geometry is not None and geometry.geom_type != "Point":
            feature["bbox"] = box
        feature["geometry"] = geometry_mapping(geometry)
        feature["properties"] = feature_properties(texts, layer, catalog, source_ids, more)
        lines.append(line(feature, layer, number, texts))
    return lines


def geometry_mapping(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    """Give a geometry as GeoJSON values, polygons right-handed, at most 6 decimals; null for none."""
    if geometry is None:
        return None
    if isinstance(geometry, Point) and not geometry.is_empty:
        return {"type": "Point", "coordinates": _rounded((geometry.x, geometry.y))}
    mapping = shapely.geometry.mapping(shapely.orient_polygons(geometry))
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        short = round(value, DECIMALS)
        return int(short) if short.is_integer() else short
    return [_rounded(part) for part in value]
