"""Write features as GeoJSON (RFC 7946).

WGS 84, longitude first, at most 6 decimals, rings right-handed, no `crs` member. The same filter on the
same data gives the same bytes, wherever it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, LAYERS, MEMBERSHIP_COLUMN
from bri_map.evidence.feature import typed_value
from bri_map.exports.evidence import citation_document, provenance_document
from bri_map.exports.exporter import ExportOptions
from bri_map.query.selection import Selection

DECIMALS = 6
DISCLAIMER = (
    "Boundaries and names imply no opinion on the legal status of any place. "
    "Positions are as exact as the property 'precision' says."
)
_COMMON = (
    "id",
    "layer",
    "name",
    "name_zh",
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
    features = [line for layer in chosen for line in _features(selection, catalog, layer, options)]
    boxes = [bbox(g) for layer in chosen for g in catalog.geometry(layer)[selection.layer_mask(layer)]]
    info = catalog.info
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
        "feature_count": len(features),
        "sources": _cited(selection, catalog, chosen),
    }
    if boxes:
        head["bbox"] = _joined_bbox(boxes)
    text = _dumps(head)[:-1] + ',"features":[' + ("\n" if features else "")
    yield (text + ",\n".join(features) + ("\n" if features else "") + "]}\n").encode()


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
    parts = shapely.bounds(shapely.get_parts(geometry))
    west, south, east, north = (
        parts[:, 0].min(),
        parts[:, 1].min(),
        parts[:, 2].max(),
        parts[:, 3].max(),
    )
    if len(parts) > 1 and west == -180 and east == 180:
        west, east = _across_the_antimeridian(parts)
    return [round(float(v), DECIMALS) for v in (west, south, east, north)]


def _across_the_antimeridian(parts: npt.NDArray[np.float64]) -> tuple[float, float]:
    order = np.argsort(parts[:, 0])
    starts, reach = parts[order, 0], np.maximum.accumulate(parts[order, 2])
    gaps = starts[1:] - reach[:-1]
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 0:
        return -180.0, 180.0
    return float(starts[widest + 1]), float(reach[widest])


def _joined_bbox(boxes: Sequence[Sequence[float]]) -> list[float]:
    array = np.array(boxes)
    crossing = array[:, 0] > array[:, 2]
    west = -180.0 if crossing.any() else array[:, 0].min()
    east = 180.0 if crossing.any() else array[:, 2].max()
    return [float(west), float(array[:, 1].min()), float(east), float(array[:, 3].max())]


def _filter_of(selection: Selection, layers: Sequence[LayerId]) -> dict[str, list[str]]:
    part = [] if len(layers) == len(LAYERS) else list(layers)
    return selection.filter.with_facet("layer", part).to_params()


def _cited(selection: Selection, catalog: Catalog, layers: Sequence[LayerId]) -> list[dict[str, Any]]:
    cited: set[str] = set()
    for layer in layers:
        for ids, wanted in zip(catalog.source_ids(layer), selection.layer_mask(layer), strict=True):
            if wanted:
                cited.update(ids)
    return [citation_document(catalog.citation(source_id)) for source_id in sorted(cited)]


def _features(
    selection: Selection, catalog: Catalog, layer: LayerId, options: ExportOptions
) -> Iterator[str]:
    mask = selection.layer_mask(layer)
    sources = [ids for ids, wanted in zip(catalog.source_ids(layer), mask, strict=True) if wanted]
    rows: list[dict[str, str]] = selection.rows(layer).to_dict("records")  # type: ignore[assignment]
    geometries = catalog.geometry(layer)[mask]
    statuses = selection.statuses(layer)
    for row, geometry, source_ids, status in zip(rows, geometries, sources, statuses, strict=True):
        feature: dict[str, Any] = {"type": "Feature", "id": row["id"]}
        if geometry.geom_type != "Point":
            feature["bbox"] = bbox(geometry)
        feature["geometry"] = geometry_mapping(geometry)
        in_year = None if selection.filter.year is None else str(status)
        properties = feature_properties(row, layer, catalog, source_ids, in_year)
        if options.with_provenance:
            properties["provenance"] = provenance_document(catalog.get(row["id"]))
        feature["properties"] = properties
        yield _dumps(feature)


def geometry_mapping(geometry: BaseGeometry) -> dict[str, Any]:
    """Give a geometry as GeoJSON values, polygons right-handed, at most 6 decimals."""
    mapping = shapely.geometry.mapping(shapely.orient_polygons(geometry))
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        short = round(value, DECIMALS)
        return int(short) if short.is_integer() else short
    return [_rounded(part) for part in value]


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
