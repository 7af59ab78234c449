"""The names on the offline basemap: countries for the first view, towns for nearer ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from bri_map.data.basemap import basemap_text, unreadable
from bri_map.domain.names import NAME_COLUMNS, Names
from bri_map.geo.mercator import world_units
from bri_map.i18n import languages

_Place = tuple[tuple[int, ...], Names, tuple[float, ...]]
"""A labelled place: its rank, its names, and what follows them in the file."""

COUNTRY_COLUMNS = ("iso3", *NAME_COLUMNS.values(), "lon", "lat", "min_zoom")
TOWN_COLUMNS = (
    "geonameid",
    *NAME_COLUMNS.values(),
    "country",
    "lon",
    "lat",
    "population",
    "is_capital",
    "min_zoom",
)


def pack_country_labels(directory: Path, country_names: Mapping[str, Names] | None = None) -> bytes:
    """Pack the names of countries for the browser.

    Args:
        directory: Folder with `countries.csv`.
        country_names: Names by ISO 3166-1 alpha-3, for languages in which the basemap has none.

    Returns:
        JSON in UTF-8: `languages`, the codes of those in which anything is named; `places`, `[names, x, y,
        min_zoom]` of each, the more important first, so that placing labels greedily in this order is
        right. `names` has one for each of the languages, empty where none is known; x and y are world units.

    Raises:
        DataError: The file is missing, or a row of it cannot be read.
    """
    further = country_names or {}
    found: list[_Place] = []
    path = directory / "countries.csv"
    for line, row in _read_rows(path, COUNTRY_COLUMNS):
        try:
            place = _place(row)
        except ValueError as error:
            raise unreadable(f"{path}, line {line}", error) from error
        else:
            names = Names.of_row(row, further.get(row["iso3"], Names({})).known)
            found.append(((place[2], line), names, place))
    return _written(found)


def pack_town_labels(directory: Path) -> bytes:
    """Pack the names of towns for the browser.

    Args:
        directory: Folder with `towns.csv`.

    Returns:
        JSON as that of `pack_country_labels`, each place with `is_capital` (1 or 0) behind `min_zoom`.

    Raises:
        DataError: The file is missing, or a row of it cannot be read.
    """
    found: list[_Place] = []
    path = directory / "towns.csv"
    for line, row in _read_rows(path, TOWN_COLUMNS):
        try:
            place = _place(row)
            capital = int({"true": True, "false": False}[row["is_capital"]])
            order = (place[2], -capital, -int(row["population"]), int(row["geonameid"]))
        except (KeyError, ValueError) as error:
            raise unreadable(f"{path}, line {line}", error) from error
        else:
            found.append((order, Names.of_row(row), (*place, capital)))
    return _written(found)


def _written(found: list[_Place]) -> bytes:
    known = {language for _, names, _ in found for language in names.known}
    spoken = [language for language in languages() if language in known]
    ordered = sorted(found, key=lambda place: place[0])
    places = [[[names.known.get(code, "") for code in spoken], *rest] for _, names, rest in ordered]
    document = {"languages": spoken, "places": places}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def read_country_names(directory: Path) -> dict[str, Names]:
    """Give the names of the countries of the basemap by ISO 3166-1 alpha-3.

    Raises:
        DataError: The file is missing, or is not a table of countries.
    """
    rows = _read_rows(directory / "countries.csv", COUNTRY_COLUMNS)
    return {row["iso3"]: Names.of_row(row) for _, row in rows if row["iso3"]}


def _read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(basemap_text(path).splitlines())
    try:
        if tuple(reader.fieldnames or ()) != columns:
            raise ValueError(f"its columns must be {','.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                fault = ValueError(f"it has not {len(columns)} cells")
                raise unreadable(f"{path}, line {reader.line_num}", fault)
            yield reader.line_num, row
    except (ValueError, csv.Error) as error:
        raise unreadable(str(path), error) from error


def _place(row: dict[str, str]) -> tuple[float, float, int]:
    """Give x, y in world units (6 decimals, 40 m) and the first zoom of a label."""
    if not row["name"]:
        raise ValueError("it has no name")
    lon, lat = float(row["lon"]), float(row["lat"])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"lon {lon}, lat {lat} is no place")
    x, y = world_units(np.array([lon]), np.array([lat]))
    return round(float(x[0]), 6), round(float(y[0]), 6), int(row["min_zoom"])
