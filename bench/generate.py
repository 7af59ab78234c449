"""Generated data roots of any size, in the real layout and sound enough to be served.

Most features are parks and projects, points around the towns of the basemap; one in a hundred is a rail
route and one project in a hundred a line. The same number and seed give the same bytes.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bri_map.data.root import bundled_directory
from bri_map.domain.codes import codes
from bri_map.domain.fact_tables import CLAIMS, CORRIDOR_MEMBERS, STATUS_HISTORY, WHOLE_ROW
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.table import Table
from bri_map.domain.tables import SOURCES
from bri_map.domain.vocabulary import Layer

SEED = 20130907
GENERATOR_VERSION = 2
"""Raise it when the files of the same number and seed change."""
_STAMP = "generated.json"
_MAX_CORRIDORS = 16
_SOURCES = 400
_POINT_PRECISIONS = (("site", 0.1), ("town", 0.6), ("district", 0.22), ("country", 0.08))
_STATUSES = (
    ("early-stage", 0.12),
    ("under-construction", 0.2),
    ("completed", 0.5),
    ("suspended", 0.06),
    ("cancelled", 0.04),
    ("unknown", 0.08),
)
_KM_PER_DEGREE = 111.2

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Towns:
    """Places around which features are put.

    Attributes:
        names: English names.
        names_zh: Chinese names, empty where unknown.
        countries: ISO 3166-1 alpha-3.
        lonlat: Degrees in EPSG:4326, longitude first, shape (n, 2).
    """

    names: list[str]
    names_zh: list[str]
    countries: list[str]
    lonlat: Floats


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one layer before they are written.

    Attributes:
        layer: The layer.
        town: Number of the town of each feature.
        kind: Code of the column by which the layer is told apart.
        status: Code of the status.
        precision: Code of the precision.
        year: A year of the feature.
        lines: Positions of the features that are lines, by number of the feature.
        points: Degrees in EPSG:4326 of all features, longitude first, shape (n, 2).
    """

    layer: Layer
    town: list[int]
    kind: list[str]
    status: list[str]
    precision: list[str]
    year: list[int]
    lines: Mapping[int, list[list[float]]]
    points: list[list[float]]

    def __len__(self) -> int:
        return len(self.town)

    def id(self, number: int) -> str:
        """Give the id of a feature; ids sort as their numbers do."""
        return f"{self.layer.value}-{number:07d}"


def generate_root(folder: Path, features: int, seed: int = SEED) -> Path:
    """Write a data root, or leave it as it is when it was written with the same number and seed.

    Args:
        folder: Where; what is in it is replaced.
        features: Number of features over all layers, at least 100.
        seed: Seed of the random numbers.

    Returns:
        The folder.

    Raises:
        ValueError: There are too few features for four layers.
    """
    if features < 100:
        raise ValueError(f"{features} features are too few for four layers. Ask for 100 or more.")
    wanted = {"version": GENERATOR_VERSION, "features": features, "seed": seed}
    stamp = folder / _STAMP
    if stamp.is_file() and json.loads(stamp.read_text("utf-8")) == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("data", "geo"):
        (folder / part).mkdir(parents=True)
    shipped = bundled_directory()
    shutil.copyfile(shipped / "data" / "countries.csv", folder / "data" / "countries.csv")
    _write_package(shipped, folder, features)
    rng = np.random.default_rng(seed)
    towns = read_towns(shipped)
    layers = [_draw(rng, towns, layer, count) for layer, count in layer_sizes(features).items()]
    corridors = next(layer for layer in layers if layer.layer is Layer.CORRIDORS)
    for layer in layers:
        _write_table(folder, LAYER_TABLES[layer.layer], _rows(layer, towns))
        _write_geometry(folder / "geo" / f"{layer.layer.value}.geojson", layer)
    _write_table(folder, SOURCES, _source_rows())
    _write_table(folder, CLAIMS, _claim_rows(layers))
    _write_table(folder, STATUS_HISTORY, _history_rows(layers))
    _write_table(folder, CORRIDOR_MEMBERS, _member_rows(layers, corridors))
    stamp.write_text(json.dumps(wanted), "utf-8")
    return folder


def layer_sizes(features: int) -> dict[Layer, int]:
    """Say how many features each layer gets; the sum is `features`."""
    corridors = min(_MAX_CORRIDORS, features // 50)
    rail = features // 100
    parks = (features - corridors - rail) // 2
    projects = features - corridors - rail - parks
    return {Layer.CORRIDORS: corridors, Layer.RAIL: rail, Layer.PROJECTS: projects, Layer.PARKS: parks}


def read_towns(shipped: Path) -> Towns:
    """Read the towns of the basemap that lie in a country of the data set."""
    with (shipped / "data" / "countries.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["iso3"] for row in csv.DictReader(stream)}
    with (shipped / "geo" / "basemap" / "towns.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["country"] in known]
    return Towns(
        [row["name"] for row in rows],
        [row["name_zh"] for row in rows],
        [row["country"] for row in rows],
        np.array([(float(row["lon"]), float(row["lat"])) for row in rows]),
    )


# --- drawing lots ----------------------------------------------------------------------------------


def _draw(rng: np.random.Generator, towns: Towns, layer: Layer, count: int) -> Features:
    town = rng.integers(len(towns.names), size=count)
    points = _scatter(rng, towns.lonlat[town])
    column = LAYER_TABLES[layer].column(LAYERS[layer].kind_column)
    kinds = codes(column.vocabulary or "")
    if layer is Layer.PARKS:
        lined = np.array([], dtype=np.intp)
    elif layer is Layer.PROJECTS:
        lined = np.arange(0, count, 100)
    else:
        lined = np.arange(count)
    precision = _choose(rng, _POINT_PRECISIONS, count)
    for i in lined.tolist():
        precision[i] = "schematic"
    legs = (12, 300.0) if layer is Layer.CORRIDORS else (8, 40.0)
    return Features(
        layer,
        town.tolist(),
        [kinds[i] for i in rng.integers(len(kinds), size=count).tolist()],
        _choose(rng, _STATUSES, count),
        precision,
        rng.integers(2000, 2027, size=count).tolist(),
        {i: _wander(rng, points[i], *legs) for i in lined.tolist()},
        points.tolist(),
    )


def _choose(rng: np.random.Generator, weighted: Sequence[tuple[str, float]], count: int) -> list[str]:
    words = [word for word, _ in weighted]
    chosen = rng.choice(len(words), size=count, p=[weight for _, weight in weighted])
    return [words[i] for i in chosen.tolist()]


def _scatter(rng: np.random.Generator, lonlat: Floats) -> Floats:
    """Put each point some tens of kilometres from its town, never over the edges of the map."""
    moved = lonlat + rng.normal(0, 0.4, size=lonlat.shape)
    inside: Floats = np.clip(moved, (-179.5, -70), (179.5, 75))
    return inside.round(5)


def _wander(rng: np.random.Generator, start: Floats, legs: int, step_km: float) -> list[list[float]]:
    """Walk from a point with a fairly steady heading."""
    count = int(rng.integers(legs // 2, legs * 2))
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.35, size=count))
    steps = rng.uniform(0.5, 1.5, size=(count, 1)) * step_km / _KM_PER_DEGREE
    moves = steps * np.column_stack([np.cos(heading), np.sin(heading)])
    path = np.vstack([start, start + np.cumsum(moves, axis=0)])
    path = np.round(np.clip(path, (-179.5, -70), (179.5, 75)), 4)
    return [[float(lon), float(lat)] for lon, lat in path]


# --- writing ---------------------------------------------------------------------------------------


def _rows(features: Features, towns: Towns) -> Iterator[Mapping[str, object]]:
    word = {"corridors": "Corridor", "rail": "Railway", "projects": "Project", "parks": "Industrial Park"}
    word_zh = {"corridors": "走廊", "rail": "铁路", "projects": "项目", "parks": "工业园"}
    layer = features.layer.value
    kind = LAYERS[features.layer].kind_column
    for number in range(len(features)):
        town = features.town[number]
        row: dict[str, object] = {
            "id": features.id(number),
            "name": f"{towns.names[town]} {word[layer]} {number}",
            "name_zh": f"{towns.names_zh[town]}{word_zh[layer]}{number}" if towns.names_zh[town] else "",
            kind: features.kind[number],
            "countries": towns.countries[town],
            "record": "published",
            "precision": features.precision[number],
            "position_note": "Generated for the benchmark.",
            "locality": towns.names[town],
            "established_year": features.year[number],
            "announced_year": features.year[number],
            "in_ey_2020": "false",
            "green_rating": "unrated",
            "developer": "Example Group",
            "contractor": "Example Engineering",
            "summary": "A generated feature.",
        }
        if number % 20 == 0:
            other = towns.countries[features.town[number - 1]]
            row["countries"] = ";".join(sorted({str(row["countries"]), other}))
        yield row


def _source_rows() -> Iterator[Mapping[str, object]]:
    for number in range(_SOURCES):
        yield {
            "id": f"source-{number:03d}",
            "title": f"Generated source {number}",
            "producer": "Nobody",
            "licence": "copyright",
        }


def _claim_rows(layers: Iterable[Features]) -> Iterator[Mapping[str, object]]:
    """Rest every feature on one source and every third on a second one."""
    for features in sorted(layers, key=lambda features: features.layer.value):
        for number in range(len(features)):
            first = number * 7 % (_SOURCES - 1)
            for source in (first, first + 1)[: 2 if number % 3 == 0 else 1]:
                yield {
                    "feature_id": features.id(number),
                    "field": WHOLE_ROW,
                    "source_id": f"source-{source:03d}",
                    "basis": "unconfirmed",
                }


def _history_rows(layers: Iterable[Features]) -> Iterator[Mapping[str, object]]:
    """Report the status of every feature."""
    for features in sorted(layers, key=lambda features: features.layer.value):
        for number in range(len(features)):
            yield {
                "feature_id": features.id(number),
                "date": features.year[number],
                "mark": "reported",
                "status": features.status[number],
                "event": "A generated report",
                "source_id": "source-000",
                "basis": "unconfirmed",
            }


def _member_rows(layers: Iterable[Features], corridors: Features) -> Iterator[Mapping[str, object]]:
    """Put every fourth feature that is no corridor into one."""
    for features in sorted(layers, key=lambda features: features.layer.value):
        if features.layer is Layer.CORRIDORS or not len(corridors):
            continue
        for number in range(0, len(features), 4):
            yield {
                "feature_id": features.id(number),
                "corridor_id": corridors.id(number // 4 % len(corridors)),
                "membership_rule": "source",
                "source_id": "source-000",
            }


def _write_table(folder: Path, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    with (folder / table.path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(table.column_names)
        writer.writerows([row.get(name, "") for name in table.column_names] for row in rows)


def _write_geometry(path: Path, features: Features) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('{"type":"FeatureCollection","features":[\n')
        for number, point in enumerate(features.points):
            line = features.lines.get(number)
            geometry: dict[str, Any] = (
                {"type": "Point", "coordinates": point}
                if line is None
                else {"type": "MultiLineString", "coordinates": [line]}
            )
            feature = {
                "type": "Feature",
                "id": features.id(number),
                "geometry": geometry,
                "properties": {},
            }
            end = "\n" if number == len(features) - 1 else ",\n"
            stream.write(json.dumps(feature, separators=(",", ":")) + end)
        stream.write("]}\n")


def _write_package(shipped: Path, folder: Path, features: int) -> None:
    package = json.loads((shipped / "data" / "datapackage.json").read_text("utf-8"))
    kept = {key: package[key] for key in ("$schema", "version", "created", "licenses", "attribution")}
    described = {"name": "bri-map-generated", "title": f"{features:,} generated features", **kept}
    described["resources"] = [
        {"name": path.stem, "path": path.name} for path in sorted((folder / "data").glob("*.csv"))
    ]
    (folder / "data" / "datapackage.json").write_text(json.dumps(described, indent=2) + "\n", "utf-8")
