"""The offline basemap: Natural Earth land and borders, packed as the browser draws them.

The browser gets three files. `pack_basemap` makes a binary one of geometry, `pack_countries` another of
each country by itself, `pack_labels` a JSON one of names. Coordinates in all are web-mercator world
units: x grows eastward and y southward from 0 to 1.

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
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from bri_map.geo.mercator import world_units
from bri_map.geo.topology import Line, Topology, join, merge_rings, read_topology, reading, unwrap

MAGIC = b"BRB1"
COUNTRIES_MAGIC = b"BRC1"
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


SNAP = 2.0**-19
"""World units (76 m at the equator): coordinates are rounded to this, which compresses far better."""


def project_arcs(topology: Topology) -> list[Line]:
    """Project the arcs to world units, see `projection`, each unwrapped and snapped."""
    degrees = np.vstack(topology.arcs)
    flat = np.column_stack(world_units(degrees[:, 0], degrees[:, 1])).astype(np.float64)
    flat = np.round(flat / SNAP) * SNAP
    starts = np.cumsum([0, *map(len, topology.arcs)])
    return [unwrap(flat[a:b]) for a, b in pairwise(starts.tolist())]


def pack_basemap(directory: Path, detail: Literal["50m", "10m"]) -> bytes:
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
    world = project_arcs(topology)
    fill = [
        piece
        for ring in merge_rings(topology.arcs, np.flatnonzero(count % 2 == 1))
        for piece in _cut(_close_pole(join(world, ring)))
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


def pack_countries(directory: Path, detail: Literal["50m", "10m"]) -> bytes:
    """Pack the land of each country by itself, for colouring countries and finding the one at a place.

    The layout, little-endian: magic `BRC1`; `uint32` numbers of paths, vertices and countries; one group
    as in `pack_basemap`; `uint32` country of each path; ISO 3166-1 alpha-3 of each country as four bytes,
    the last of them zero, all zero where there is no code.

    Args:
        directory: Folder with `countries-50m.json` and `countries-10m.json`.
        detail: `50m` for zooms up to 5 or so, `10m` for closer views.

    Raises:
        DataError: The file is missing or is not a topology of countries.
    """
    topology = read_topology(directory / f"countries-{detail}.json")
    world = project_arcs(topology)
    outlines: dict[str, Counter[int]] = {}
    codes: dict[str, str] = {}
    for territory in topology.territories:
        arcs = (arc if arc >= 0 else ~arc for ring in territory.rings() for arc in ring)
        outlines.setdefault(territory.key, Counter()).update(arcs)
        codes[territory.key] = territory.iso3
    paths: list[Line] = []
    owner: list[int] = []
    for number, uses in enumerate(outlines.values()):
        outline = [arc for arc, times in uses.items() if times % 2]
        for ring in merge_rings(topology.arcs, outline):
            pieces = list(_cut(_close_pole(join(world, ring))))
            paths += pieces
            owner += [number] * len(pieces)
    return b"".join(
        (
            COUNTRIES_MAGIC,
            struct.pack("<3I", len(paths), sum(map(len, paths)), len(outlines)),
            _pack_group(paths),
            np.array(owner, dtype="<u4").tobytes(),
            *(codes[key].encode("ascii").ljust(4, b"\0") for key in outlines),
        )
    )


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
        with reading(path, line):
            place = _place(row)
            countries.append(((place[2], line), [row["name"], row["name_zh"], *place]))
    towns: list[tuple[tuple[float, ...], list[object]]] = []
    path = directory / "towns.csv"
    for line, row in _read_rows(path, TOWN_COLUMNS):
        with reading(path, line):
            place = _place(row)
            capital = int({"true": True, "false": False}[row["is_capital"]])
            order = (place[2], -capital, -int(row["population"]), int(row["geonameid"]))
            towns.append((order, [row["name"], row["name_zh"], *place, capital]))
    labels = {
        "countries": [entry for _, entry in sorted(countries, key=lambda item: item[0])],
        "towns": [entry for _, entry in sorted(towns, key=lambda item: item[0])],
    }
    return json.dumps(labels, ensure_ascii=False, separators=(",", ":")).encode()


def read_country_names(directory: Path) -> dict[str, tuple[str, str]]:
    """Give ISO 3166-1 alpha-3 to English and Chinese name of the countries of the basemap.

    Raises:
        DataError: The file is missing, or is not a table of countries.
    """
    rows = _read_rows(directory / "countries.csv", COUNTRY_COLUMNS)
    return {row["iso3"]: (row["name"], row["name_zh"] or row["name"]) for _, row in rows if row["iso3"]}


def _read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with reading(path):
        text = path.read_text(encoding="utf-8")
        reader = csv.DictReader(text.splitlines())
        if tuple(reader.fieldnames or ()) != columns:
            raise ValueError(f"its columns must be {','.join(columns)}")
        rows = [(reader.line_num, row) for row in reader]
    yield from rows


def _place(row: dict[str, str]) -> tuple[float, float, int]:
    """Give x, y in world units (6 decimals, 40 m) and the first zoom of a label."""
    if not row["name"]:
        raise ValueError("it has no name")
    lon, lat = float(row["lon"]), float(row["lat"])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"lon {lon}, lat {lat} is no place")
    x, y = world_units(np.array([lon]), np.array([lat]))
    return round(float(x[0]), 6), round(float(y[0]), 6), int(row["min_zoom"])


def _close_pole(ring: Line) -> Line:
    """Close a ring that goes round the world (Antarctica) along the edge of the map."""
    if len(ring) < 3 or abs(ring[-1, 0] - ring[0, 0]) < 0.5:
        return ring
    edge = 0.0 if ring[:, 1].mean() < 0.5 else 1.0
    end = ring[0] + (math.copysign(1.0, ring[-1, 0] - ring[0, 0]), 0.0)
    return np.vstack((ring, end, (end[0], edge), (ring[0, 0], edge)))


def _cut(ring: Line) -> Iterator[Line]:
    """Cut a ring into pieces of one world, each small in extent and vertices."""
    if len(ring) < 3:
        return
    first, last = math.floor(ring[:, 0].min()), math.ceil(ring[:, 0].max())
    for world in range(first, max(last, first + 1)):
        part = ring - (float(world), 0.0)
        for axis in (0, 1):
            part = _half(_half(part, axis, 0.0, upper=True), axis, 1.0, upper=False)
        yield from _split(part, (0.0, 0.0), 1.0, 1.0)


def _split(ring: Line, corner: tuple[float, float], width: float, height: float) -> Iterator[Line]:
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


def _half(ring: Line, axis: int, at: float, *, upper: bool) -> Line:
    """Give the part of a ring on one side of a line across an axis (Sutherland and Hodgman's clipping).

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
    clipped: Line = np.empty((int(position[-1]), 2))
    clipped[(position - 1 - crossing)[keep]] = ring[keep]
    where = np.flatnonzero(crossing)
    a, b = ring[where], ring[(where + 1) % len(ring)]
    met = a + (side[where] / (side[where] - after[where]))[:, np.newaxis] * (b - a)
    met[:, axis] = at
    clipped[position[where] - 1] = np.round(met / SNAP) * SNAP
    on = clipped[:, axis] == at
    inner = on & np.concatenate((on[-1:], on[:-1])) & np.concatenate((on[1:], on[:1]))
    return np.asarray(clipped[~inner], dtype=np.float64)


def _strokes(line: Line) -> Iterator[Line]:
    """Give what of a line is to be drawn, in chunks: nothing along the antimeridian or beyond the map."""
    worlds = np.floor(line[:, 0])
    if worlds.min() != worlds.max() or np.any(line[:, 0] == worlds):
        yield from _strokes_across(line)
        return
    line = line - (float(worlds[0]), 0.0)
    edge = (line[:, 1] <= 0.0) | (line[:, 1] >= 1.0)
    yield from _chunks(line, ~(edge[:-1] & edge[1:]))


def _strokes_across(line: Line) -> Iterator[Line]:
    """Do the same for a line that touches or crosses the antimeridian: each part in its own world."""
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


def _chunks(line: Line, drawn: npt.NDArray[np.bool_]) -> Iterator[Line]:
    """Give the runs of drawn segments in chunks of MAX_LINE_VERTICES vertices, neighbours sharing one."""
    moved = np.any(line[1:] != line[:-1], axis=1)
    if drawn.all() and not moved.all():
        line = line[np.concatenate(([True], moved))]
        drawn = np.ones(len(line) - 1, dtype=np.bool_)
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], drawn.astype(np.int8), [0]))))
    for start, stop in bounds.reshape(-1, 2).tolist():
        pieces = math.ceil((stop - start) / (MAX_LINE_VERTICES - 1))
        for a, b in pairwise(np.linspace(start, stop, pieces + 1).round().astype(int).tolist()):
            yield line[a : b + 1]


def _pack_group(paths: Sequence[Line]) -> bytes:
    """Give the four blocks of a group."""
    start = np.cumsum([0, *map(len, paths)])
    if not paths:
        return start.astype("<u4").tobytes()
    vertices = np.vstack(paths)
    low, high = (bound.reduceat(vertices, start[:-1]) for bound in (np.minimum, np.maximum))
    bbox = np.hstack((low, high))
    blocks = (start.astype("<u4"), *(block.astype("<f4") for block in (bbox, vertices[:, 0], vertices[:, 1])))
    return b"".join(block.tobytes() for block in blocks)
