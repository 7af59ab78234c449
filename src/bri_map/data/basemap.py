"""The files of a basemap: boundaries of countries, names of towns."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

from bri_map.data.files import FileError, RootFiles
from bri_map.domain.names import Names
from bri_map.errors import DataError
from bri_map.geo.topology import Topology, TopologyError, parse_topology
from bri_map.i18n.sentences import say


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the basemap.

    Attributes:
        names: Its names.
        country: ISO 3166-1 alpha-3.
        lon: Degrees east.
        lat: Degrees north.
        population: Inhabitants.
        is_capital: Whether it is the capital of its country.
    """

    names: Names
    country: str
    lon: float
    lat: float
    population: int
    is_capital: bool

    @property
    def id(self) -> str:
        """Name and position, since towns have no ids of their own."""
        return f"{self.names.original}@{self.lon:g},{self.lat:g}"


def read_topology(path: Path) -> Topology:
    """Read the countries of a quantized TopoJSON file.

    Args:
        path: TopoJSON with an object `countries`, each with the properties `iso3` and `name`.

    Returns:
        The arcs in degrees (OGC:CRS84) and the territories.

    Raises:
        DataError: The file is missing or is not such a topology.
    """
    text = basemap_text(path)
    try:
        return parse_topology(json.loads(text))
    except (TopologyError, json.JSONDecodeError, RecursionError) as error:
        raise unreadable(str(path), error) from error


def read_towns(directory: Path) -> list[Town]:
    """Read the towns of a basemap.

    Args:
        directory: Folder with `towns.csv`.

    Raises:
        DataError: The file is missing or cannot be read.
    """
    path = directory / "towns.csv"
    rows = csv.DictReader(io.StringIO(basemap_text(path), newline=""))
    towns: list[Town] = []
    try:
        for row in rows:
            lon, lat, population = float(row["lon"]), float(row["lat"]), int(row["population"])
            is_capital = row["is_capital"] == "true"
            towns.append(Town(Names.of_row(row), row["country"], lon, lat, population, is_capital))
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise unreadable(f"{path}, line {rows.line_num}", error) from error
    return towns


def basemap_text(path: Path) -> str:
    """Give a file of a basemap as text.

    Raises:
        DataError: The file is missing or cannot be read.
    """
    try:
        return RootFiles(path.parent).text(path.name)
    except FileError as fault:
        if fault.is_missing:
            raise DataError(say("fault.basemap_missing", path=path)) from fault
        raise DataError(say("fault.basemap_file", path=path, reason=fault.reason)) from fault


def unreadable(place: str, error: Exception) -> DataError:
    """Say that a part of a basemap cannot be read, and why."""
    return DataError(say("fault.basemap", place=place, error=f"{type(error).__name__}: {error}"))
