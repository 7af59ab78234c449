"""`/atlas-files/rows`: the rows of a result as text with tabs, to be copied into a spreadsheet."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bri_map.errors import DataError
from bri_map.tabulation.copy import copied_rows
from bri_map.tabulation.view import TableView
from bri_map.web.answers import unavailable
from bri_map.web.asked import Params, params_of, read_link


async def rows(request: Request) -> Response:
    """Answer for a link to the table; what of it cannot be used is left out, as the page does."""
    params = params_of(request)
    try:
        body, total = await run_in_threadpool(lambda: _rows(params))
    except DataError as error:
        return unavailable(error)
    headers = {"Cache-Control": "no-cache", TOTAL: str(total)}
    return PlainTextResponse(body, media_type="text/tab-separated-values", headers=headers)


TOTAL = "X-Total-Rows"
"""Header with the number of rows of the result, of which the answer may hold the first only."""


def _rows(params: Params) -> tuple[str, int]:
    catalog, selection, m = read_link(params)
    view, _ = TableView.from_params(params)
    return copied_rows(catalog, selection, view, m), len(selection)
