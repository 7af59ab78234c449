"""`/atlas-files/export/...`: the whole data by plain links, for where the page itself cannot work."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bri_map.app.store import keeper
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.errors import DataError
from bri_map.exports import WRITTEN
from bri_map.web.answers import unavailable

ALL = "all"
SOURCES = "sources.csv"


async def download(request: Request) -> Response:
    """Answer with a layer or `all` in a format or as a list, such as `all.geojson`; or with `sources.csv`."""
    try:
        answer = await run_in_threadpool(_file, request.path_params["name"])
    except DataError as error:
        return unavailable(error)
    return answer or PlainTextResponse("There is no such file.\n", status_code=404)


def _file(name: str) -> Response | None:
    store = keeper.store()
    if name == SOURCES:
        body = store.catalog.table("sources").to_csv(index=False, lineterminator="\n").encode()
        return _attachment(body, "text/csv", name)
    part, _, suffix = name.partition(".")
    exporter = next((found for found in WRITTEN.values() if found.suffix == suffix), None)
    if exporter is None or (part != ALL and part not in LAYERS):
        return None
    layers = tuple(LAYERS) if part == ALL else (part,)
    body = store.exports.get(Filter(), layers, exporter.name)
    return _attachment(body, exporter.media_type, exporter.file_name(store.catalog, layers))


def _attachment(body: bytes, media_type: str, name: str) -> Response:
    headers = {"Cache-Control": "no-cache", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)
