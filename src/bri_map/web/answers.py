"""Answers in JSON to questions in an address, with the same words for what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from bri_map.app.store import public_text
from bri_map.errors import DataError, FilterError

FOREVER = "public, max-age=31536000, immutable"
"""Cache-Control of what never changes under its address."""


async def json_answer(make: Callable[[], Any]) -> Response:
    """Answer with what a function gives; it runs beside the server's loop.

    A `FilterError` becomes 400 and a `DataError` 503, each with its sentence.
    """
    try:
        body = await run_in_threadpool(lambda: _written(make()))
    except FilterError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    except DataError as error:
        return unavailable(error)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})


def unavailable(error: DataError) -> Response:
    """Say that the data have faults, without any place on this machine."""
    return PlainTextResponse(f"The data cannot be served: {public_text(error)}\n", status_code=503)


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
