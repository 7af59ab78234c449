"""The first picture of the map, in the page itself: it is seen before any script has run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Scope

from bri_map.app.first_pictures import START, Params
from bri_map.app.linked import NAMING
from bri_map.app.store import keeper
from bri_map.browser import first_picture_style, picture_script
from bri_map.domain.filter import FILTER_NAMES
from bri_map.errors import BriMapError
from bri_map.geo.mercator import MAX_LATITUDE
from bri_map.maps.display import Display
from bri_map.maps.outlines import ZOOM, place_of
from bri_map.web.language import language_for

_MAP_PAGES = ("", "map")
"""Last part of the path of pages with a map, behind any prefix."""
_OTHER_LOOKS = ("year", "undated")
"""With these a feature looks otherwise than today, so none is drawn."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """What is added to a page.

    Attributes:
        head: At the end of its head.
        body: At the beginning of its body.
    """

    head: bytes = b""
    body: bytes = b""


async def picture_for(scope: Scope) -> Insertion:
    """Give the first picture for a page; nothing for one without a map, or whose map looks otherwise.

    It never waits for the data: while they are being read, and when they have faults, there is none.

    Args:
        scope: The request.
    """
    store = keeper.ready()
    if store is None or scope["path"].rpartition("/")[2] not in _MAP_PAGES:
        return Insertion()
    params = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    display, _ = Display.from_params(params)
    centre = _centre(params.get("view"))
    begins_elsewhere = "view" not in params and any(name in params for name in FILTER_NAMES)
    if (
        centre is None
        or begins_elsewhere
        or display.basemap != Display().basemap
        or display.indicator
        or any(map(params.get, NAMING))
    ):
        return Insertion()
    language = language_for(params, Headers(scope=scope).get("accept-language", ""))
    try:
        drawn = await run_in_threadpool(
            store.pictures.picture, language, _filter_params(params, display), centre[0]
        )
    except BriMapError:
        return Insertion()
    kind = ' class="bri-first-embedded"' if params.get("embed") == ["true"] else ""
    place = f"--bri-first-x:{centre[0]}px;--bri-first-y:{centre[1]}px"
    return Insertion(
        _constant_head(),
        f'<div id="bri-first"{kind} style="{place}" aria-hidden="true">{drawn}</div>'.encode(),
    )


@cache
def _constant_head() -> bytes:
    return f"<style>{first_picture_style()}</style><script>{picture_script()}</script>".encode()


def _filter_params(params: Params, display: Display) -> Params | None:
    """Give the parameters of the filter; None where features look otherwise than on a first visit."""
    is_plain = not display.cluster and display.scheme == Display().scheme
    if not is_plain or any(name in params for name in _OTHER_LOOKS):
        return None
    return {name: params[name] for name in FILTER_NAMES if name in params}


def _centre(view: Sequence[str] | None) -> tuple[int, int] | None:
    """Give the middle of the map in pixels of the picture; None for a view at another zoom.

    What is no view is ignored, as the map does.
    """
    try:
        lon, lat, zoom = map(float, (view or [""])[0].split(","))
    except ValueError:
        return START
    if not (abs(lon) <= 180 and abs(lat) <= MAX_LATITUDE):
        return START
    return place_of(lon, lat) if zoom == ZOOM else None
