"""Write features as GeoJSON (RFC 7946).

WGS 84, longitude first, at most 6 decimals, rings right-handed, no `crs` member. The same filter on the
same data gives the same bytes, wherever it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from bri_map.evidence.feature import typed_value
from bri_map.exports.evidence import citation_document
from bri_map.exports.exporter import ExportOptions
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
    "status_in_year",
    "freshness",
    "precision",
    "in_ey_2020",
    MEMBERSHIP_COLUMN,
    "sources",
)
"""Order of the first properties; a layer has those that it knows."""


def export_geojson(
    selection: Selection,
    catalog: Catalog,
    layers: Sequence[str] = tuple(LAYERS),
    options: ExportOptions | None = None,
) -> bytes:
    """Give at once what `write_geojson` gives piece by piece."""
    return b"".join(write_geojson(selection, catalog, layers, options or ExportOptions()))


def write_geojson(
    selection: Selection, catalog: Catalog, layers: Sequence[str], options: ExportOptions
) -> Iterator[bytes]:
    """Write the features of a selection as one FeatureCollection.

    Args:
        selection: What to write.
        catalog: Where it comes from.
        layers: Layers to write.
        options: What the reader chose.

    Yields:
        UTF-8 bytes, one feature a line, ending with a line break. Foreign members give name, version,
        date, licence, attribution, filter, number of features, and every source that they cite. The
        property `provenance` of a feature gives the source of each value.
    """
    chosen = wanted_layers(selection, layers)
    info = catalog.info
    count = sum(selection.by_layer[layer] for layer in chosen)
    head: dict[str, Any] = {
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
        "feature_count": count,
        "sources": _cited(selection, catalog, chosen),
    }
    shapes = [catalog.geometry(layer)[selection.layer_mask(layer)] for layer in chosen]
    boxes = _boxes(np.concatenate([*shapes, np.array([], dtype=object)]))
    boxes = boxes[~np.isnan(boxes[:, 0])]
    if len(boxes):
        head["bbox"] = _joined_bbox(boxes)
    yield (dumps(head)[:-1] + ',"features":[').encode()
    provenance = ProvenanceTexts(catalog) if options.with_provenance else None
    before = "\n"
    for layer in chosen:
        for number in range(0, selection.by_layer[layer], BATCH):
            lines = _features(selection, catalog, layer, range(number, number + BATCH), provenance)
            yield (before + ",\n".join(lines)).encode()
            before = ",\n"
    if provenance:
        provenance.keep()
    yield b"\n]}\n" if count else b"]}\n"


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
    status_in_year: str | None = None,
) -> dict[str, Any]:
    """Give the properties of a feature: the common ones first, then the layer's own.

    `region` is the region of a feature that lies in one only, else null; `regions` has all of them.
    `status_in_year` is there only when a filter asks for a year.
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
    if status_in_year is not None:
        values["status_in_year"] = status_in_year
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
    provenance: ProvenanceTexts | None,
) -> list[str]:
    """Write the features of a layer at some places of the result, one line each."""
    numbers = np.flatnonzero(selection.layer_mask(layer))[places.start : places.stop]
    rows = catalog.rows(layer).take(numbers).to_dict("records")
    shapes = catalog.geometry(layer)[numbers]
    boxes = _boxes(shapes).tolist()
    sources = catalog.source_ids(layer, numbers)
    statuses = selection.statuses(layer).iloc[places.start : places.stop]
    lines: list[str] = []
    for number, row, geometry, box, source_ids, status in zip(
        numbers.tolist(), rows, shapes, boxes, sources, statuses, strict=True
    ):
        texts: dict[str, str] = row
        feature: dict[str, Any] = {"type": "Feature", "id": texts["id"]}
        if geometry is not None and geometry.geom_type != "Point":
            feature["bbox"] = box
        feature["geometry"] = geometry_mapping(geometry)
        in_year = None if selection.filter.year is None else str(status)
        properties = feature_properties(texts, layer, catalog, source_ids, in_year)
        feature["properties"] = properties
        line = dumps(feature)
        if provenance:
            line = f'{line[:-2]},"provenance":{provenance.of(layer, number, texts)}}}}}'
        lines.append(line)
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
