"""`/atlas-files/timeline`: what a filter gives in every year, for the map to play without asking again."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bri_map.app.store import keeper
from bri_map.catalog import Catalog
from bri_map.domain.filter import FILTER_NAMES, Filter
from bri_map.domain.layers import LAYERS
from bri_map.errors import FilterError
from bri_map.maps.packing import pack_mask
from bri_map.web.answers import json_answer
from bri_map.web.asked import params_of


async def timeline(request: Request) -> Response:
    """Answer for the filter in the query."""
    params = params_of(request)
    return await json_answer(partial(_document, params))


def _document(params: dict[str, list[str]]) -> dict[str, Any]:
    catalog = keeper.store().catalog
    return timeline_document(catalog, read_query(catalog, params))


def read_query(catalog: Catalog, params: dict[str, list[str]]) -> Filter:
    """Read a filter, refusing what cannot be used.

    Raises:
        FilterError: A name or a value is unknown.
    """
    unknown = sorted(set(params) - set(FILTER_NAMES))
    if unknown:
        known = ", ".join(FILTER_NAMES)
        raise FilterError(f"There is no parameter {unknown[0][:60]!r}. Known: {known}.")
    wanted, left_out = Filter.from_params(params, catalog.known())
    if left_out:
        name, value = left_out[0]
        raise FilterError(f"{name}: {value!r} cannot be used. Correct it or leave it out.")
    return wanted


def timeline_document(catalog: Catalog, wanted: Filter) -> dict[str, Any]:
    """Give the timeline of a filter as JSON-ready values; masks as the map's state has them."""
    told = catalog.timeline(wanted.without("year"))
    years = [str(year) for year in told.years]
    return {
        "first": told.years[0],
        "last": told.years[-1],
        "years": {
            year: {layer: pack_mask(mask[catalog.slices[layer]]) for layer in LAYERS}
            for year, mask in zip(years, told.masks, strict=True)
        },
        "events": dict(zip(years, told.events, strict=True)),
        "undated": told.undated,
        "counts": dict(zip(years, told.counts, strict=True)),
    }
