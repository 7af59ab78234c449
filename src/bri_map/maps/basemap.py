"""The offline basemap: Natural Earth's territories with their shared boundaries, packed for the browser.

One file a detail gives land, borders, coasts and countries: each boundary stands in it once, and bodies
(land as a whole, then each country) are rings of such boundaries. Coordinates are web-mercator world
units: x grows eastward and y southward from 0 to 1.

Layout, little-endian; the blocks stand in this order, without gaps:

| block | type | length |
|---|---|---|
| magic `BRT1` | bytes | 4 |
| grid steps a world unit; numbers of bodies, rings, uses, arcs, vertices; bytes of x and of y | uint32 | 8 |
| code of each body: ISO 3166-1 alpha-3 and a zero, all zero where there is none | bytes | 4 * bodies |
| first ring of each body and the total | uint32 | bodies + 1 |
| first use of each ring and the total | uint32 | rings + 1 |
| uses: the number of an arc, `~i` for arc `i` reversed | int32 | uses |
| first vertex of each arc and the total | uint32 | arcs + 1 |
| kind of each arc: 0 is not to be seen, 1 a coast, 2 a border between two countries | uint8 | arcs |
| x of the vertices: steps on the grid from the vertex before, the first from 0 | varint | vertices |
| y of the vertices, likewise | varint | vertices |

A varint has seven bits a byte, the least first, the eighth bit set on all but the last; its lowest bit is the
sign (0, -1, 1, -2 ... are 0, 1, 2, 3 ...).

The first body is land. A ring closes by itself, but for one that goes round the world (Antarctica), which
closes along the edge of the map. An arc that crosses the antimeridian runs on beyond 1; where two arcs of a
ring meet they may be whole worlds apart. Nothing is cut to pieces: who draws a near view leaves out the
arcs that lie wholly on one side of it, for which their two ends stand just as well.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from bri_map.data.basemap import read_topology
from bri_map.geo.mercator import world_units
from bri_map.geo.topology import Line, Topology, merge_rings, unwrap

MAGIC = b"BRT1"
Detail: TypeAlias = Literal["50m", "10m"]
GRID: dict[Detail, int] = {"50m": 2**17, "10m": 2**19}
"""Grid steps a world unit: a step is 1/16 of a pixel at zoom 5, where the coarse detail ends, and 76 m of
the equator in the fine one."""
MAX_VERTICES = 256
"""Longer arcs are parted, so that a near view needs to look at few vertices."""
HIDDEN, COAST, BORDER = 0, 1, 2

Steps: TypeAlias = npt.NDArray[np.int64]
"""An (n, 2) array of positions in steps of a grid."""


def project_arcs(topology: Topology, grid: int = GRID["10m"]) -> list[Line]:
    """Project the arcs to world units, each unwrapped and rounded to a grid."""
    return [steps / grid for steps in _steps(topology, grid)]


def pack_basemap(directory: Path, detail: Detail) -> bytes:
    """Pack the territories of the basemap.

    Args:
        directory: Folder with `countries-50m.json` and `countries-10m.json`.
        detail: `50m` for zooms up to 5, `10m` for closer views.

    Returns:
        The file described at the top of this module. The same input gives the same bytes.

    Raises:
        DataError: The file is missing or is not a topology of countries.
    """
    topology = read_topology(directory / f"countries-{detail}.json")
    pieces = _part(topology, GRID[detail])
    bodies = [("", merge_rings(topology.arcs, np.flatnonzero(topology.uses()[0] % 2 == 1)))]
    bodies += _countries(topology)
    rings = [[use for arc in ring for use in pieces.uses(arc)] for _, body in bodies for ring in body]
    vertices = np.vstack(pieces.lines)
    x, y = (_varints(np.diff(vertices[:, axis], prepend=0)) for axis in (0, 1))
    sizes = (len(bodies), len(rings), sum(map(len, rings)), len(pieces.lines), len(vertices), len(x), len(y))
    return b"".join(
        (
            MAGIC,
            struct.pack("<8I", GRID[detail], *sizes),
            *(code.encode("ascii").ljust(4, b"\0") for code, _ in bodies),
            _starts([len(body) for _, body in bodies]),
            _starts([len(ring) for ring in rings]),
            np.array([use for ring in rings for use in ring], dtype="<i4").tobytes(),
            _starts([len(line) for line in pieces.lines]),
            bytes(pieces.kinds),
            x,
            y,
        )
    )


def _countries(topology: Topology) -> Iterator[tuple[str, list[list[int]]]]:
    """Give each country with its outline; leased pieces that carry its code have no border to it."""
    outlines: dict[str, Counter[int]] = {}
    codes: dict[str, str] = {}
    for territory in topology.territories:
        arcs = (arc if arc >= 0 else ~arc for ring in territory.rings() for arc in ring)
        outlines.setdefault(territory.key, Counter()).update(arcs)
        codes[territory.key] = territory.iso3
    for key, uses in outlines.items():
        yield codes[key], merge_rings(topology.arcs, [arc for arc, times in uses.items() if times % 2])


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The arcs as they are packed: parted where they become visible or hidden, and where they are long.

    Attributes:
        lines: Positions of each piece, consecutive ones sharing an end.
        kinds: Kind of each piece.
        first: Number of the first piece of each arc of the topology, and the total.
    """

    lines: list[Steps]
    kinds: list[int]
    first: list[int]

    def uses(self, arc: int) -> Iterator[int]:
        """Give the pieces of an arc in its direction, `~i` reversed."""
        index = arc if arc >= 0 else ~arc
        pieces = range(self.first[index], self.first[index + 1])
        return iter(pieces) if arc >= 0 else (~piece for piece in reversed(pieces))


def _part(topology: Topology, grid: int) -> _Pieces:
    count, users = topology.uses()
    pieces = _Pieces([], [], [0])
    for line, times, by in zip(_steps(topology, grid), count.tolist(), users, strict=True):
        kind = BORDER if len(by) > 1 else COAST if times % 2 else HIDDEN
        for part, is_seen in _runs(_thin(line), grid):
            pieces.lines.append(part)
            pieces.kinds.append(kind if is_seen else HIDDEN)
        pieces.first.append(len(pieces.lines))
    return pieces


def _steps(topology: Topology, grid: int) -> list[Steps]:
    """Project the arcs to steps of a grid, each unwrapped, its least x in the first world."""
    degrees = np.vstack(topology.arcs)
    flat = np.column_stack(world_units(degrees[:, 0], degrees[:, 1])).astype(np.float64)
    flat = np.round(flat * grid) / grid
    starts = np.cumsum([0, *map(len, topology.arcs)])
    unwrapped = (unwrap(flat[a:b]) for a, b in pairwise(starts.tolist()))
    return [(line * grid).astype(np.int64) - _worlds(line, grid) for line in unwrapped]


def _worlds(line: Line, grid: int) -> npt.NDArray[np.int64]:
    """Give the whole worlds by which a line lies east of the first, as an offset in steps."""
    return np.array([int(np.floor(line[:, 0].min())) * grid, 0])


def _thin(line: Steps) -> Steps:
    """Leave out vertices that the grid has put on the one before, and those straight between neighbours."""
    moved = np.concatenate(([True], np.any(line[1:] != line[:-1], axis=1)))
    moved[-1] = True
    line = line[moved]
    if len(line) > 2 and (line[-1] == line[-2]).all():
        line = np.delete(line, -2, axis=0)
    step = np.diff(line, axis=0)
    turns = step[:-1, 0] * step[1:, 1] != step[:-1, 1] * step[1:, 0]
    onward = (step[:-1] * step[1:]).sum(axis=1) > 0
    return line[np.concatenate(([True], turns | ~onward, [True]))]


def _runs(line: Steps, grid: int) -> Iterator[tuple[Steps, bool]]:
    """Part an arc, and tell of each part whether it is to be seen.

    Nothing is to be seen along the antimeridian, where a territory is merely cut, nor beyond the map.
    """
    x, y = line[:, 0], line[:, 1]
    seam = (x[:-1] == x[1:]) & (x[:-1] % grid == 0)
    beyond = ((y[:-1] <= 0) & (y[1:] <= 0)) | ((y[:-1] >= grid) & (y[1:] >= grid))
    seen = ~(seam | beyond)
    bounds = [0, *(np.flatnonzero(np.diff(seen)) + 1).tolist(), len(seen)]
    for start, stop in pairwise(bounds):
        count = -(-(stop - start) // (MAX_VERTICES - 1))
        for a, b in pairwise(np.linspace(start, stop, count + 1).round().astype(int).tolist()):
            yield line[a : b + 1], bool(seen[a])


def _starts(lengths: Sequence[int]) -> bytes:
    return np.cumsum([0, *lengths]).astype("<u4").tobytes()


def _varints(values: npt.NDArray[np.int64]) -> bytes:
    """Write whole numbers as described at the top of this module."""
    rest = (values << 1) ^ (values >> 63)
    columns = [rest & 127]
    sizes = np.ones(len(values), dtype=np.int64)
    while (rest := rest >> 7).any():
        sizes += rest > 0
        columns.append(rest & 127)
    table = np.column_stack(columns)
    places = np.arange(table.shape[1])
    table |= (places < (sizes - 1)[:, np.newaxis]) * 128
    return table[places < sizes[:, np.newaxis]].astype(np.uint8).tobytes()
