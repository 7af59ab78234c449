"""The offline basemap: Natural Earth land and borders, packed as the browser draws them.

The browser gets two files. `pack_basemap` makes a binary one of geometry, `pack_labels` a JSON one of
names. Coordinates in both are web-mercator world units: x grows eastward and y southward from 0 to 1.

Layout of the binary file, little-endian, every block aligned to four bytes. There are three groups, in
this order: *fill* (closed rings of land), *borders* (lines between two territories) and *coasts*
(lines between land and water).

| block | type | length |
|---|---|---|
| magic `BRB1` | bytes | 4 |
| number of paths and number of vertices, group after group | uint32 | 6 |
| then for each group: `start`, first vertex of each path and the total | uint32 | paths + 1 |
| `bbox`, west, north, east, south of each path (min x, min y, max x, max y) | float32 | 4 * paths |
| `x` | float32 | vertices |
| `y` | float32 | vertices |

Fill rings are pieces of land cut along a grid of dyadic lines, so that a view needs few of them. Pieces
meet exactly and never overlap: fill all visible pieces as ONE path with the even-odd rule, and no seam
shows; never stroke them. Rings do not repeat their first vertex. Lines carry no cut edges, neither of
the grid nor of the antimeridian.
"""

from __future__ import annotations

import csv
import json
import math
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from bri_map.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = [
    "Detail",
    "Territory",
    "Topology",
    "merge_rings",
    "pack_basemap",
    "pack_labels",
    "read_topology",
    "to_world",
    "unwrap",
]

Detail: TypeAlias = Literal["50m", "10m"]
FloatArray: TypeAlias = NDArray[np.float64]

MAGIC = b"BRB1"
MAX_LATITUDE = 85.0511
"""Degrees; where web mercator ends its square."""
SNAP = 2.0**-19
"""World units (76 m at the equator): coordinates are rounded to this, which compresses far better."""
MAX_CELL = 2.0**-6
"""World units: widest piece of land in the fill group."""
MIN_CELL = 2.0**-14
"""World units: no piece is cut further than this, however many vertices it has."""
MAX_RING_VERTICES = 512
MAX_LINE_VERTICES = 256

COUNTRY_COLUMNS = ("iso3", "name", "name_zh", "lon", "lat", "min_zoom")
TOWN_COLUMNS = (
    "geonameid",
    "name",
    "name_zh",
    "country",
    "lon",
    "lat",
    "population",
    "is_capital",
    "min_zoom",
)


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory of the topology.

    Attributes:
        iso3: ISO 3166-1 alpha-3, or empty where Natural Earth gives none.
        name: English name as in Natural Earth.
        polygons: For each polygon its rings, exterior first; a ring is a tuple of arc numbers, where
            `~i` means arc `i` reversed (TopoJSON's convention).
    """

    iso3: str
    name: str
    polygons: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def key(self) -> str:
        """What tells this territory from its neighbours: its code, or its name where it has none."""
        return self.iso3 or self.name

    def rings(self) -> Iterator[tuple[int, ...]]:
        """Every ring of every polygon."""
        for polygon in self.polygons:
            yield from polygon


@dataclass(frozen=True, slots=True)
class Topology:
    """Territories that share their boundaries.

    Attributes:
        arcs: For each arc an (n, 2) array of longitude and latitude in degrees (OGC:CRS84).
        territories: In the file's order.
    """

    arcs: tuple[FloatArray, ...]
    territories: tuple[Territory, ...]

    def uses(self) -> tuple[NDArray[np.int64], list[set[str]]]:
        """How often each arc is used, and by which territories."""
        count = np.zeros(len(self.arcs), dtype=np.int64)
        users: list[set[str]] = [set() for _ in self.arcs]
        for territory in self.territories:
            for ring in territory.rings():
                for arc in ring:
                    index = arc if arc >= 0 else ~arc
                    count[index] += 1
                    users[index].add(territory.key)
        return count, users


def pack_basemap(directory: Path, detail: Detail) -> bytes:
    """Pack land, borders and coasts for the browser.

    Args:
        directory: Folder with `countries-50m.json` and `countries-10m.json`.
        detail: `50m` for zooms up to 5 or so, `10m` for closer views.

    Returns:
        The file described at the top of this module. The same input gives the same bytes.

    Raises:
        DataError: The file is missing or is not a topology of countries.
    """
    topology = read_topology(directory / f"countries-{detail}.json")
    count, users = topology.uses()
    world = [unwrap(to_world(arc)) for arc in topology.arcs]
    fill = [
        piece
        for ring in merge_rings(topology.arcs, np.flatnonzero(count % 2 == 1))
        for piece in _cut(_close_pole(_join(world, ring)))
    ]
    borders = [line for i, by in enumerate(users) if len(by) > 1 for line in _strokes(world[i])]
    coasts = [
        line
        for i, by in enumerate(users)
        if len(by) == 1 and count[i] % 2 == 1
        for line in _strokes(world[i])
    ]
    groups = (fill, borders, coasts)
    sizes = [number for group in groups for number in (len(group), sum(map(len, group)))]
    return b"".join([MAGIC, struct.pack("<6I", *sizes), *map(_pack_group, groups)])


def pack_labels(directory: Path) -> bytes:
    """Pack the names of countries and towns for the browser.

    Args:
        directory: Folder with `countries.csv` and `towns.csv`.

    Returns:
        JSON in UTF-8: `countries` as `[name, name_zh, x, y, min_zoom]` and `towns` as `[name, name_zh,
        x, y, min_zoom, is_capital]` (1 or 0), the more important first, so that placing labels
        greedily in this order is right. x and y are world units; an empty `name_zh` means that no
        Chinese name is known.

    Raises:
        DataError: A file is missing, or a row of it cannot be read.
    """
    countries: list[tuple[tuple[float, ...], list[object]]] = []
    path = directory / "countries.csv"
    for line, row in _read_rows(path, COUNTRY_COLUMNS):
        with _Fault(path, line):
            place = _place(row)
            countries.append(((place[2], line), [row["name"], row["name_zh"], *place]))
    towns: list[tuple[tuple[float, ...], list[object]]] = []
    path = directory / "towns.csv"
    for line, row in _read_rows(path, TOWN_COLUMNS):
        with _Fault(path, line):
            place = _place(row)
            capital = int({"true": True, "false": False}[row["is_capital"]])
            order = (place[2], -capital, -int(row["population"]), int(row["geonameid"]))
            towns.append((order, [row["name"], row["name_zh"], *place, capital]))
    labels = {
        "countries": [entry for _, entry in sorted(countries, key=lambda item: item[0])],
        "towns": [entry for _, entry in sorted(towns, key=lambda item: item[0])],
    }
    return json.dumps(labels, ensure_ascii=False, separators=(",", ":")).encode()


# --- reading -----------------------------------------------------------------------------------------


class _Fault:
    """Turn whatever a malformed file provokes into a DataError that names the place."""

    def __init__(self, path: Path, line: int | None = None) -> None:
        self.place = str(path) if line is None else f"{path}, line {line}"

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, FileNotFoundError):
            raise DataError(
                f"{self.place}: missing; restore it from the repository or rebuild it with "
                "geo/basemap/build.py"
            ) from error
        if isinstance(error, (KeyError, IndexError, TypeError, ValueError, AttributeError, OSError)):
            raise DataError(
                f"{self.place}: cannot be read ({type(error).__name__}: {error}); "
                "rebuild it with geo/basemap/build.py"
            ) from error


def read_topology(path: Path) -> Topology:
    """Read the countries of a quantized TopoJSON file.

    Args:
        path: TopoJSON with an object `countries`, each with the properties `iso3` and `name`.

    Returns:
        The arcs in degrees (OGC:CRS84) and the territories.

    Raises:
        DataError: The file is missing or is not such a topology.
    """
    with _Fault(path):
        document = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        scale = np.array(document["transform"]["scale"], dtype=np.float64)
        origin = np.array(document["transform"]["translate"], dtype=np.float64)
        arcs = tuple(
            np.array(arc, dtype=np.int64).cumsum(axis=0) * scale + origin for arc in document["arcs"]
        )
        if any(arc.ndim != 2 or arc.shape[1] != 2 or len(arc) < 2 for arc in arcs):
            raise ValueError("an arc is not a list of two or more positions")
        territories = tuple(map(_territory, document["objects"]["countries"]["geometries"]))
        used = {arc for territory in territories for ring in territory.rings() for arc in ring}
        if not used or max(used) >= len(arcs) or min(used) < -len(arcs):
            raise ValueError("a ring names an arc that does not exist")
    return Topology(arcs, territories)


def _territory(geometry: dict[str, Any]) -> Territory:
    polygons = {"Polygon": lambda arcs: [arcs], "MultiPolygon": lambda arcs: arcs}[geometry["type"]](
        geometry["arcs"]
    )
    return Territory(
        iso3=str(geometry["properties"]["iso3"]),
        name=str(geometry["properties"]["name"]),
        polygons=tuple(tuple(tuple(ring) for ring in polygon) for polygon in polygons),
    )


def _read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with _Fault(path):
        text = path.read_text(encoding="utf-8")
        reader = csv.DictReader(text.splitlines())
        if tuple(reader.fieldnames or ()) != columns:
            raise ValueError(f"its columns must be {','.join(columns)}")
        rows = [(reader.line_num, row) for row in reader]
    yield from rows


def _place(row: dict[str, str]) -> tuple[float, float, int]:
    """x, y in world units (6 decimals, 40 m) and the first zoom of a label."""
    if not row["name"]:
        raise ValueError("it has no name")
    lon, lat = float(row["lon"]), float(row["lat"])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"lon {lon}, lat {lat} is no place")
    x, y = to_world(np.array([[lon, lat]]))[0].tolist()
    return round(x, 6), round(y, 6), int(row["min_zoom"])


# --- geometry ----------------------------------------------------------------------------------------


def to_world(positions: FloatArray) -> FloatArray:
    """Project longitude and latitude to web-mercator world units.

    Args:
        positions: (n, 2) degrees, longitude first (OGC:CRS84). Latitudes are clipped to +-85.0511.

    Returns:
        (n, 2) world units: x from 0 at 180 W to 1 at 180 E, y from 0 in the north to 1 in the south.
    """
    latitude = np.radians(np.clip(positions[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    x = (positions[:, 0] + 180.0) / 360.0
    y = 0.5 - np.arctanh(np.sin(latitude)) / (2.0 * math.pi)
    return np.column_stack((x, np.where(np.abs(positions[:, 1]) >= MAX_LATITUDE, np.round(y), y)))


def unwrap(line: FloatArray) -> FloatArray:
    """Let a line that crosses the antimeridian run on beyond 0 or 1 instead of jumping back.

    Args:
        line: (n, 2) world units.

    Returns:
        The line with whole worlds added to x where needed, snapped to the packing grid.
    """
    snapped = np.round(line / SNAP) * SNAP
    turns = np.round(np.diff(line[:, 0]))
    if turns.any():
        snapped[1:, 0] -= np.cumsum(turns)
    return snapped


def merge_rings(arcs: Sequence[FloatArray], outline: Iterable[int]) -> list[list[int]]:
    """Chain arcs to closed rings.

    Args:
        arcs: For each arc its positions in degrees.
        outline: Numbers of the arcs to chain. An arc that is used an odd number of times has land on one
            side only, so these give the outline of all territories without the borders between them.

    Returns:
        Rings as lists of arc numbers, `~i` for arc `i` reversed. Where several rings meet in one point
        their pairing is arbitrary, which the even-odd rule does not mind.
    """
    ends: dict[tuple[float, float], list[int]] = {}
    todo = [int(i) for i in outline]
    for i in todo:
        ends.setdefault(_node(arcs[i][0]), []).append(i)
        ends.setdefault(_node(arcs[i][-1]), []).append(~i)
    free = set(todo)
    rings = []
    for first in todo:
        if first not in free:
            continue
        free.discard(first)
        ring = [first]
        home, here = _node(arcs[first][0]), _node(arcs[first][-1])
        while here != home:
            following = next((i for i in ends[here] if (i if i >= 0 else ~i) in free), None)
            if following is None:
                raise DataError(f"the outline of land is not closed at {here}")
            free.discard(following if following >= 0 else ~following)
            ring.append(following)
            here = _node(arcs[following][-1] if following >= 0 else arcs[~following][0])
        rings.append(ring)
    return rings


def _node(position: FloatArray) -> tuple[float, float]:
    lon, lat = float(position[0]), float(position[1])
    return (round(-180.0 if lon > 180.0 - 1e-6 else lon, 6), round(lat, 6))


def _join(world: Sequence[FloatArray], ring: Sequence[int]) -> FloatArray:
    """The open ring of the given arcs, unwrapped as a whole."""
    return unwrap(np.vstack([(world[i] if i >= 0 else world[~i][::-1])[:-1] for i in ring]))


def _close_pole(ring: FloatArray) -> FloatArray:
    """Close a ring that goes round the world (Antarctica) along the edge of the map."""
    if len(ring) < 3 or abs(ring[-1, 0] - ring[0, 0]) < 0.5:
        return ring
    edge = 0.0 if ring[:, 1].mean() < 0.5 else 1.0
    end = ring[0] + (math.copysign(1.0, ring[-1, 0] - ring[0, 0]), 0.0)
    return np.vstack((ring, end, (end[0], edge), (ring[0, 0], edge)))


def _cut(ring: FloatArray) -> Iterator[FloatArray]:
    """Cut a ring into pieces of one world, each small in extent and vertices."""
    if len(ring) < 3:
        return
    first, last = math.floor(ring[:, 0].min()), math.ceil(ring[:, 0].max())
    for world in range(first, max(last, first + 1)):
        part = ring - (float(world), 0.0)
        for axis in (0, 1):
            part = _half(_half(part, axis, 0.0, upper=True), axis, 1.0, upper=False)
        yield from _split(part, (0.0, 0.0), 1.0, 1.0)


def _split(
    ring: FloatArray, corner: tuple[float, float], width: float, height: float
) -> Iterator[FloatArray]:
    """Halve the cell around a ring until the ring is small; every cut is a dyadic number, so exact."""
    if len(ring) < 3:
        return
    extent = ring.max(axis=0) - ring.min(axis=0)
    if not extent.all():
        return
    small = bool(extent.max() <= MAX_CELL) and len(ring) <= MAX_RING_VERTICES
    if small or max(width, height) <= MIN_CELL:
        yield ring
        return
    axis = 0 if width >= height else 1
    half = (width / 2, height) if axis == 0 else (width, height / 2)
    at = corner[axis] + (width, height)[axis] / 2
    further = (at, corner[1]) if axis == 0 else (corner[0], at)
    yield from _split(_half(ring, axis, at, upper=False), corner, *half)
    yield from _split(_half(ring, axis, at, upper=True), further, *half)


def _half(ring: FloatArray, axis: int, at: float, *, upper: bool) -> FloatArray:
    """The part of a ring on one side of a line across an axis (Sutherland and Hodgman's clipping).

    Parts that are connected only along the line stay one ring; the connecting edges lie on the line and
    cover each other, which the even-odd rule cancels.
    """
    if len(ring) < 3:
        return ring[:0]
    side = ring[:, axis] - at if upper else at - ring[:, axis]
    low, high = side.min(), side.max()
    if high <= 0:
        return ring[:0]
    if low >= 0:
        return ring
    keep = side >= 0
    after = np.concatenate((side[1:], side[:1]))
    crossing = ((side < 0) & (after > 0)) | ((side > 0) & (after < 0))
    position = np.cumsum(keep.astype(np.int64) + crossing)
    clipped = np.empty((int(position[-1]), 2))
    clipped[(position - 1 - crossing)[keep]] = ring[keep]
    where = np.flatnonzero(crossing)
    a, b = ring[where], ring[(where + 1) % len(ring)]
    met = a + (side[where] / (side[where] - after[where]))[:, np.newaxis] * (b - a)
    met[:, axis] = at
    clipped[position[where] - 1] = np.round(met / SNAP) * SNAP
    on = clipped[:, axis] == at
    inner = on & np.concatenate((on[-1:], on[:-1])) & np.concatenate((on[1:], on[:1]))
    return clipped[~inner]


def _strokes(line: FloatArray) -> Iterator[FloatArray]:
    """What of a line is to be drawn, in chunks: nothing along the antimeridian or beyond the map."""
    worlds = np.floor(line[:, 0])
    if worlds.min() != worlds.max() or np.any(line[:, 0] == worlds):
        yield from _strokes_across(line)
        return
    line = line - (float(worlds[0]), 0.0)
    edge = (line[:, 1] <= 0.0) | (line[:, 1] >= 1.0)
    yield from _chunks(line, ~(edge[:-1] & edge[1:]))


def _strokes_across(line: FloatArray) -> Iterator[FloatArray]:
    """`_strokes` for a line that touches or crosses the antimeridian: cut there, each part in its world."""
    points = [line[0]]
    for a, b in pairwise(line):
        low, high = sorted((a[0], b[0]))
        for seam in range(math.floor(low) + 1, math.ceil(high)):
            share = (seam - a[0]) / (b[0] - a[0])
            points.append(np.array([seam, round((a[1] + share * (b[1] - a[1])) / SNAP) * SNAP]))
        points.append(b)
    whole = np.array(points)
    middle = (whole[:-1, 0] + whole[1:, 0]) / 2
    world = np.floor(middle)
    on_seam = (whole[:-1, 0] == whole[1:, 0]) & (whole[:-1, 0] == np.round(whole[:-1, 0]))
    edge = (whole[:, 1] <= 0.0) | (whole[:, 1] >= 1.0)
    drawn = ~on_seam & ~(edge[:-1] & edge[1:])
    for number in np.unique(world):
        yield from _chunks(whole - (number, 0.0), drawn & (world == number))


def _chunks(line: FloatArray, drawn: NDArray[np.bool_]) -> Iterator[FloatArray]:
    """Runs of drawn segments, each of at most MAX_LINE_VERTICES vertices, neighbours sharing one."""
    moved = np.any(line[1:] != line[:-1], axis=1)
    if drawn.all() and not moved.all():
        line = line[np.concatenate(([True], moved))]
        drawn = np.ones(len(line) - 1, dtype=np.bool_)
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], drawn.astype(np.int8), [0]))))
    for start, stop in bounds.reshape(-1, 2).tolist():
        pieces = math.ceil((stop - start) / (MAX_LINE_VERTICES - 1))
        for a, b in pairwise(np.linspace(start, stop, pieces + 1).round().astype(int).tolist()):
            yield line[a : b + 1]


def _pack_group(paths: Sequence[FloatArray]) -> bytes:
    """The four blocks of a group."""
    start = np.concatenate(([0], np.cumsum([len(path) for path in paths]))).astype("<u4")
    bbox = np.array([(*path.min(axis=0), *path.max(axis=0)) for path in paths], dtype="<f4")
    vertices = np.vstack(paths).astype("<f4") if paths else np.empty((0, 2), dtype="<f4")
    return b"".join(block.tobytes() for block in (start, bbox, vertices[:, 0], vertices[:, 1]))
