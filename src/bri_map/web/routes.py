"""The routes beside Streamlit's own: `/atlas-files/...`, also behind any path prefix."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bri_map.app.page_files import page_file
from bri_map.app.store import PREFIX, keeper
from bri_map.errors import DataError
from bri_map.web.answers import FOREVER, unavailable
from bri_map.web.downloads import download
from bri_map.web.live import follow
from bri_map.web.rows import rows
from bri_map.web.search import search
from bri_map.web.timeline import timeline
from bri_map.web.totals import totals
from bri_map.web.year_events import year_events


def routes() -> list[BaseRoute]:
    """Give the routes for `st.App`.

    They answer below `/atlas-files` and below `/<prefix>/atlas-files`, so that `server.baseUrlPath` and
    reverse proxies with or without prefix all work.
    """
    live = f"{PREFIX}/live/{{token:str}}"
    return [
        WebSocketRoute(f"/{live}", follow),
        WebSocketRoute(f"/{{prefix:path}}/{live}", follow),
        *(
            Route(f"{before}/{PREFIX}/{path}", answer, methods=["GET"])
            for path, answer in (
                ("search", search),
                ("timeline", timeline),
                ("events", year_events),
                ("rows", rows),
                ("totals", totals),
                ("export/{name:str}", download),
                ("{address:path}", _asset),
            )
            for before in ("", "/{prefix:path}")
        ),
    ]


async def _asset(request: Request) -> Response:
    address = request.path_params["address"]
    asset = page_file(address)
    if asset is None:
        try:
            await run_in_threadpool(keeper.store)
        except DataError as error:
            return unavailable(error)
        asset = keeper.asset(address)
    if asset is None:
        return PlainTextResponse(
            "There is no such file. Reload the page: the data may have changed.\n", status_code=404
        )
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    body = asset.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = await run_in_threadpool(lambda: asset.compressed)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=asset.media_type, headers=headers)
