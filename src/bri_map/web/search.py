"""`/atlas-files/search`: find features, countries and towns while one types."""

from __future__ import annotations

import json

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bri_map.domain.filter import suggest
from bri_map.domain.vocabulary import Language
from bri_map.errors import DataError, FilterError
from bri_map.exports.search import search_document
from bri_map.web.store import keeper

_PARAMETERS = ("q", "lang", "limit")
_LIMIT = 20


async def search(request: Request) -> Response:
    """Answer for the text in the query."""
    try:
        body = await run_in_threadpool(_body, dict(request.query_params))
    except FilterError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    except DataError as error:
        return PlainTextResponse(f"The data cannot be served: {error}\n", status_code=503)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})


def _body(params: dict[str, str]) -> bytes:
    for name in params:
        if name not in _PARAMETERS:
            raise FilterError(f"There is no parameter {name[:60]!r}. Known: {', '.join(_PARAMETERS)}.")
    if "q" not in params:
        raise FilterError("The parameter q is missing. Give the text to look for, such as ?q=gwadar.")
    language = params.get("lang", Language.EN.value)
    if language not in set(Language):
        raise FilterError(f"Unknown lang {language[:60]!r}. {suggest(language[:60], set(Language))}")
    limit = params.get("limit", str(_LIMIT))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 10):
        raise FilterError(f"limit {limit[:60]!r} is not a whole number.")
    catalog = keeper.store().catalog
    result = catalog.search(params["q"], int(limit), language)
    document = search_document(result, catalog, language)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
