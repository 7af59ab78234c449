"""The questions of time and place: one step of the year, a box, a drawn area, a distance."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import Point, Polygon

from bench.questions import Questions
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.place import Area, BBox, Near

_YEARS = (2005, 2010, 2013, 2015, 2017, 2019, 2021, 2024)
_BOXES = ((60, 20, 80, 40), (95, -10, 141, 28), (-20, -35, 52, 38), (100, 13, 104, 18), (170, -50, -150, 10))
_AREAS = (
    ((60, 20), (80, 20), (80, 40)),
    ((95, 25), (110, 25), (120, -8), (96, 5), (92, 16)),
    ((-18, 12), (-8, 35), (10, 37), (33, 31), (52, 12), (40, -15), (28, -34), (12, -17), (9, 4)),
)
_DISTANCES = ((62.3, 25.1, 100), (101.7, 3.1, 300), (36.8, -1.3, 1000), (71.4, 51.2, 50), (179.5, -17, 500))
_DEGREE_KM = 111.2


def prepare_year_step(catalog: Catalog) -> Questions:
    """Filter by year, as one step of the slider does; the floor masks one column."""
    statuses = pd.concat([catalog.rows(layer)["status"] for layer in catalog.slices], ignore_index=True)
    return Questions(
        ask=[partial(catalog.engine.mask, Filter(year=year)) for year in _YEARS],
        ask_floor=[partial(lambda: (statuses == "completed").to_numpy()) for _ in _YEARS],
        floor="pandas comparing one column of text, today's status, with one word",
        prepare_ms=0,
        forget=catalog.history.status_in.cache_clear,
    )


def prepare_box(catalog: Catalog) -> Questions:
    """Filter by a box; the floor is `.cx` of geopandas."""
    series = _series(catalog)

    def floor(west: float, south: float, east: float, north: float) -> None:
        parts = [(west, east)] if west < east else [(west, 180), (-180, east)]
        for start, end in parts:
            _ = series.cx[start:end, south:north]

    return Questions(
        ask=[partial(catalog.engine.mask, Filter(bbox=BBox(*box))) for box in _BOXES],
        ask_floor=[partial(floor, *box) for box in _BOXES],
        floor="`.cx` of a geopandas series of the same geometries",
        prepare_ms=_first(partial(catalog.places.in_bbox, BBox(*_BOXES[0]))),
    )


def prepare_area(catalog: Catalog) -> Questions:
    """Filter by a polygon; the floor is a plain tree, which does not know the Mercator map."""
    tree = shapely.STRtree(_series(catalog).to_numpy())
    tree.query(Point(0, 0))
    areas = [Area(corners) for corners in _AREAS]
    return Questions(
        ask=[partial(catalog.engine.mask, Filter(area=area)) for area in areas],
        ask_floor=[partial(tree.query, Polygon(corners), predicate="intersects") for corners in _AREAS],
        floor="a query of a ready shapely STRtree with the same polygon, sides straight in degrees",
        prepare_ms=_first(partial(catalog.places.in_area, areas[0])),
    )


def prepare_near(catalog: Catalog) -> Questions:
    """Filter by distance; the floor is a plain tree asked for a box around the place."""
    tree = shapely.STRtree(_series(catalog).to_numpy())
    tree.query(Point(0, 0))
    asked = [Near((lon, lat), km) for lon, lat, km in _DISTANCES]

    def floor(lon: float, lat: float, km: float) -> None:
        reach = km / _DEGREE_KM
        wide = reach / np.cos(np.radians(lat))
        tree.query(shapely.box(lon - wide, lat - reach, lon + wide, lat + reach))

    return Questions(
        ask=[partial(catalog.engine.mask, Filter(near=near)) for near in asked],
        ask_floor=[partial(floor, *distance) for distance in _DISTANCES],
        floor="a query of a ready shapely STRtree with a box in degrees, which measures no distance",
        prepare_ms=_first(partial(catalog.places.within_km, Point(0, 0), 10)),
    )


def _series(catalog: Catalog) -> gpd.GeoSeries:
    return gpd.GeoSeries(
        np.concatenate([catalog.geometry(layer) for layer in catalog.slices]), crs="EPSG:4326"
    )


def _first(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - start)
