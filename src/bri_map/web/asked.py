"""What a request asks for in its query."""

from __future__ import annotations

from starlette.requests import Request

from bri_map.app.store import keeper
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.names import ORIGINAL
from bri_map.i18n import Messages, language_among, messages
from bri_map.query.selection import Selection

Params = dict[str, list[str]]
"""Name to values."""


def params_of(request: Request) -> Params:
    """Give the parameters of a request."""
    return {name: request.query_params.getlist(name) for name in request.query_params}


def read_link(params: Params) -> tuple[Catalog, Selection, Messages]:
    """Read a link to a page as the page does: what of its filter cannot be used is left out.

    Raises:
        DataError: There are no data to ask.
    """
    catalog = keeper.store().catalog
    wanted, _ = Filter.from_params(params, catalog.known())
    language = language_among(*params.get("lang", ())[:1], ORIGINAL)
    return catalog, catalog.select(wanted), messages(language)
