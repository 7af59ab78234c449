"""`/atlas-files/totals`: what a result adds up to, shared out; in words, or as rows to be copied."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bri_map.catalog import Catalog
from bri_map.domain.counting import Sharing
from bri_map.errors import DataError, FilterError
from bri_map.i18n import Messages
from bri_map.query.selection import Selection
from bri_map.tabulation.totals import copied_totals, totals_in_words
from bri_map.web.answers import json_answer, unavailable
from bri_map.web.asked import Params, params_of, read_link

_Asked = tuple[Catalog, Selection, str, Messages]


async def totals(request: Request) -> Response:
    """Answer for a link; what of its filter cannot be used is left out, as the page does.

    `by` says by what they are shared out, `rows=1` asks for every row as text with tabs.
    """
    params = params_of(request)
    if params.get("rows") != ["1"]:
        return await json_answer(lambda: totals_in_words(*_read(params)))
    try:
        body = await run_in_threadpool(lambda: copied_totals(*_read(params)))
    except FilterError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    except DataError as error:
        return unavailable(error)
    return PlainTextResponse(
        body, media_type="text/tab-separated-values", headers={"Cache-Control": "no-cache"}
    )


def _read(params: Params) -> _Asked:
    catalog, selection, m = read_link(params)
    return catalog, selection, next(iter(params.get("by", ())), Sharing.STATUS.value), m
