"""Territories that share their boundaries: TopoJSON read and chained to rings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from bri_map.errors import DataError
from bri_map.i18n.sentences import say

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


class TopologyError(ValueError):
    """A document is not a topology of countries; the message says what it lacks."""


def parse_topology(document: Any) -> Topology:
    """Read the countries of a quantized TopoJSON document.

    Args:
        document: TopoJSON with an object `countries`, each with the properties `iso3` and `name`.

    Returns:
        The arcs in degrees (OGC:CRS84) and the territories.

    Raises:
        TopologyError: It is not such a document.
    """
    try:
        encoded, transform = document["arcs"], document["transform"]
        geometries = document["objects"]["countries"]["geometries"]
        lengths = [len(arc) for arc in encoded]
        steps = np.array(list(chain.from_iterable(encoded)), dtype=np.int64)
        scale, shift = (np.array(transform[name], dtype=np.float64) for name in ("scale", "translate"))
        described = [
            (
                str(geometry["type"]),
                str(geometry["properties"]["iso3"]),
                str(geometry["properties"]["name"]),
                geometry["arcs"],
            )
            for geometry in geometries
        ]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise TopologyError(f"{type(error).__name__}: {error}") from error
    arcs = tuple(_arcs(lengths, steps, scale, shift))
    territories = tuple(_territory(*parts) for parts in described)
    used = {arc for territory in territories for ring in territory.rings() for arc in ring}
    if not used or max(used) >= len(arcs) or min(used) < -len(arcs):
        raise TopologyError("a ring names an arc that does not exist")
    return Topology(arcs, territories)


def _arcs(lengths: list[int], steps: npt.NDArray[np.int64], scale: Line, shift: Line) -> Iterator[Line]:
    """Give the arcs in degrees: the first position and the steps to the next ones are quantized."""
    if min(lengths, default=0) < 2 or steps.ndim != 2 or steps.shape[1] != 2:
        raise TopologyError("an arc is not a list of two or more positions")
    if scale.shape != (2,) or shift.shape != (2,):
        raise TopologyError("the transform is not two scales and two shifts")
    starts = np.cumsum([0, *lengths])
    grid = steps.cumsum(axis=0)
    grid -= np.repeat(np.vstack(([[0, 0]], grid[starts[1:-1] - 1])), lengths, axis=0)
    degrees = grid * scale + shift
    for a, b in pairwise(starts.tolist()):
        yield degrees[a:b]


def _territory(kind: str, iso3: str, name: str, arcs: Any) -> Territory:
    if kind not in ("Polygon", "MultiPolygon"):
        raise TopologyError(f"a territory is a {kind}, not polygons")
    polygons = [arcs] if kind == "Polygon" else arcs
    if not _is_rings(polygons):
        raise TopologyError(f"the rings of {iso3 or name} are not lists of arc numbers")
    return Territory(iso3, name, tuple(tuple(tuple(ring) for ring in polygon) for polygon in polygons))


def _is_rings(polygons: Any) -> bool:
    return isinstance(polygons, list) and all(
        isinstance(polygon, list)
        and polygon
        and all(isinstance(ring, list) and ring and all(type(arc) is int for arc in ring) for ring in polygon)
        for polygon in polygons
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
                raise DataError(say("fault.outline", lon=here[0], lat=here[1]))
            free.discard(following if following >= 0 else ~following)
            ring.append(following)
            here = nodes[following][1] if following >= 0 else nodes[~following][0]
        rings.append(ring)
    return rings


def _node(position: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Name the end of an arc; both sides of the antimeridian are one."""
    lon, lat = float(position[0]), float(position[1])
    return round(-180.0 if lon > 180.0 - 1e-6 else lon, 6), round(lat, 6)
