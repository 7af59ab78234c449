"""Territories that share their boundaries: TopoJSON read and chained to rings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from bri_map.errors import DataError

Line: TypeAlias = npt.NDArray[np.float64]
"""An (n, 2) array of positions."""


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory of the topology.

    Attributes:
        iso3: ISO 3166-1 alpha-3, or empty where there is none.
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
        """Give every ring of every polygon."""
        for polygon in self.polygons:
            yield from polygon


@dataclass(frozen=True, slots=True)
class Topology:
    """Territories and the arcs that their rings are made of.

    Attributes:
        arcs: Longitude and latitude of each arc in degrees (OGC:CRS84).
        territories: In the file's order.
    """

    arcs: tuple[Line, ...]
    territories: tuple[Territory, ...]

    def uses(self) -> tuple[npt.NDArray[np.int64], list[set[str]]]:
        """Tell how often each arc is used, and by which territories (their keys)."""
        count = np.zeros(len(self.arcs), dtype=np.int64)
        users: list[set[str]] = [set() for _ in self.arcs]
        for territory in self.territories:
            for arc in chain.from_iterable(territory.rings()):
                index = arc if arc >= 0 else ~arc
                count[index] += 1
                users[index].add(territory.key)
        return count, users


@contextmanager
def reading(path: Path, line: int | None = None) -> Iterator[None]:
    """Turn whatever a missing or malformed file provokes into a DataError that names the place.

    Args:
        path: The file being read.
        line: The line of it, where one line is at fault.

    Raises:
        DataError: With the place, the fault and what to do.
    """
    place = str(path) if line is None else f"{path}, line {line}"
    try:
        yield
    except FileNotFoundError as error:
        raise DataError(
            f"{place}: missing; restore it from the repository or rebuild it with geo/basemap/build.py"
        ) from error
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OSError) as error:
        raise DataError(
            f"{place}: cannot be read ({type(error).__name__}: {error}); rebuild it with geo/basemap/build.py"
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
    with reading(path):
        document = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        arcs = tuple(_arcs(document["arcs"], document["transform"]))
        territories = tuple(map(_territory, document["objects"]["countries"]["geometries"]))
        used = {arc for territory in territories for ring in territory.rings() for arc in ring}
        if not used or max(used) >= len(arcs) or min(used) < -len(arcs):
            raise ValueError("a ring names an arc that does not exist")
    return Topology(arcs, territories)


def _arcs(encoded: list[list[list[int]]], transform: dict[str, list[float]]) -> Iterator[Line]:
    """Give the arcs in degrees: the first position and the steps to the next ones are quantized."""
    lengths = [len(arc) for arc in encoded]
    steps = np.array(list(chain.from_iterable(encoded)), dtype=np.int64)
    if min(lengths) < 2 or steps.ndim != 2 or steps.shape[1] != 2:
        raise ValueError("an arc is not a list of two or more positions")
    starts = np.cumsum([0, *lengths])
    grid = steps.cumsum(axis=0)
    grid -= np.repeat(np.vstack(([[0, 0]], grid[starts[1:-1] - 1])), lengths, axis=0)
    degrees = grid * np.array(transform["scale"]) + np.array(transform["translate"])
    for a, b in pairwise(starts.tolist()):
        yield degrees[a:b]


def _territory(geometry: dict[str, Any]) -> Territory:
    kind, arcs = geometry["type"], geometry["arcs"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a territory is a {kind}, not polygons")
    return Territory(
        iso3=str(geometry["properties"]["iso3"]),
        name=str(geometry["properties"]["name"]),
        polygons=tuple(
            tuple(tuple(ring) for ring in polygon) for polygon in ([arcs] if kind == "Polygon" else arcs)
        ),
    )


def unwrap(line: Line) -> Line:
    """Let a line that crosses the antimeridian run on beyond 0 or 1 instead of jumping back.

    Args:
        line: World units.

    Returns:
        The line with whole worlds added to x where needed.
    """
    turns = np.round(np.diff(line[:, 0]))
    if not turns.any():
        return line
    unwrapped = line.copy()
    unwrapped[1:, 0] -= np.cumsum(turns)
    return unwrapped


def join(world: Sequence[Line], ring: Iterable[int]) -> Line:
    """Join arcs to an open ring, unwrapped as a whole.

    Args:
        world: The arcs in world units.
        ring: Arc numbers, `~i` for arc `i` reversed.
    """
    return unwrap(np.vstack([(world[i] if i >= 0 else world[~i][::-1])[:-1] for i in ring]))


def merge_rings(arcs: Sequence[Line], outline: Iterable[int]) -> list[list[int]]:
    """Chain arcs to closed rings.

    Args:
        arcs: For each arc its positions in degrees.
        outline: Numbers of the arcs to chain. An arc that is used an odd number of times has land on one
            side only, so these give the outline of all territories without the borders between them.

    Returns:
        Rings as lists of arc numbers, `~i` for arc `i` reversed. Where several rings meet in one point
        their pairing is arbitrary, which the even-odd rule does not mind.

    Raises:
        DataError: The arcs do not close.
    """
    todo = [int(i) for i in outline]
    nodes = {i: (_node(arcs[i][0]), _node(arcs[i][-1])) for i in todo}
    leaving: dict[tuple[float, float], list[int]] = {}
    for i, (start, end) in nodes.items():
        leaving.setdefault(start, []).append(i)
        leaving.setdefault(end, []).append(~i)
    free = set(todo)
    rings = []
    for first in todo:
        if first not in free:
            continue
        free.discard(first)
        ring = [first]
        home, here = nodes[first]
        while here != home:
            following = next((i for i in leaving[here] if (i if i >= 0 else ~i) in free), None)
            if following is None:
                raise DataError(
                    f"the outline of land is not closed at longitude {here[0]}, latitude {here[1]}"
                )
            free.discard(following if following >= 0 else ~following)
            ring.append(following)
            here = nodes[following][1] if following >= 0 else nodes[~following][0]
        rings.append(ring)
    return rings


def _node(position: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Name the end of an arc; both sides of the antimeridian are one."""
    lon, lat = float(position[0]), float(position[1])
    return round(-180.0 if lon > 180.0 - 1e-6 else lon, 6), round(lat, 6)
