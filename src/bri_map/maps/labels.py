"""The names on the offline basemap: countries for the first view, towns for nearer ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bri_map.geo.mercator import world_units
from bri_map.geo.topology import reading

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


def pack_country_labels(directory: Path) -> bytes:
    """Pack the names of countries for the browser.

    Args:
        directory: Folder with `countries.csv`.

    Returns:
        JSON in UTF-8: `[name, name_zh, x, y, min_zoom]` of each, the more important first, so that placing
        labels greedily in this order is right. x and y are world units; an empty `name_zh` means that no
        Chinese name is known.

    Raises:
        DataError: The file is missing, or a row of it cannot be read.
    """
    found: list[tuple[tuple[int, int], list[object]]] = []
    path = directory / "countries.csv"
    for line, row in _read_rows(path, COUNTRY_COLUMNS):
        with reading(path, line):
            place = _place(row)
            found.append(((place[2], line), [row["name"], row["name_zh"], *place]))
    return _json([entry for _, entry in sorted(found, key=lambda item: item[0])])


def pack_town_labels(directory: Path) -> bytes:
    """Pack the names of towns for the browser.

    Args:
        directory: Folder with `towns.csv`.

    Returns:
        JSON as that of `pack_country_labels`, each entry with `is_capital` (1 or 0) behind `min_zoom`.

    Raises:
        DataError: The file is missing, or a row of it cannot be read.
    """
    found: list[tuple[tuple[int, int, int, int], list[object]]] = []
    path = directory / "towns.csv"
    for line, row in _read_rows(path, TOWN_COLUMNS):
        with reading(path, line):
            place = _place(row)
            capital = int({"true": True, "false": False}[row["is_capital"]])
            order = (place[2], -capital, -int(row["population"]), int(row["geonameid"]))
            found.append((order, [row["name"], row["name_zh"], *place, capital]))
    return _json([entry for _, entry in sorted(found, key=lambda item: item[0])])


def _json(entries: list[list[object]]) -> bytes:
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()


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
