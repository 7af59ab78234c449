"""What is answered where a page is asked for that is none: a better address, or that there is none."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qs

import jinja2
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Scope

from bri_map.app.pages import HOME, PAGES
from bri_map.i18n import languages, messages
from bri_map.web.language import language_for
from bri_map.web.links import mended_name, mended_query


def instead_of_page(scope: Scope, base: str) -> Response | None:
    """Give the answer to a request for a page, where it is not the page.

    A link that was spoilt on its way is led to where it was meant to; a path that is none of ours has a page
    of its own, in the reader's language.

    Args:
        scope: The request.
        base: The path under which the server was told to answer; empty for the root.
    """
    if scope["method"] not in ("GET", "HEAD"):
        return None
    path, _, in_path = scope["path"].partition("?")  # a question mark that came escaped
    query = "&".join(filter(None, (in_path, scope.get("query_string", b"").decode("utf-8", "replace"))))
    name = path.rpartition("/")[2]
    page = _page(path, base)
    if page is None:
        return _file(name) or _unknown(scope, query, base)
    given = scope.get("query_string", b"").decode("utf-8", "replace")
    mended = mended_query(query)
    if (page, mended) == (name, given):
        return None
    # Relative, for a proxy may have cut something off in front of the path.
    return RedirectResponse(f"{page or './'}{'?' if mended else ''}{mended}", status_code=302)


def _page(path: str, base: str) -> str | None:
    """Give the last part of the address of the page that a path leads to; None where it leads to none."""
    name = path.rpartition("/")[2]
    if _below_base(path, base) == "":
        return name
    if (meant := mended_name(name, PAGES)) is None:
        return None
    return "" if meant == HOME else meant


def _below_base(path: str, base: str) -> str:
    """Give a path without the one under which the server was told to answer, and without slashes around."""
    inner = path.strip("/")
    return inner.removeprefix(base).lstrip("/") if base and f"{inner}/".startswith(f"{base}/") else inner


def _file(name: str) -> Response | None:
    if "." not in name:
        return None
    return PlainTextResponse("There is no such file.\n", status_code=404)


def _unknown(scope: Scope, query: str, base: str) -> Response:
    accepted = Headers(scope=scope).get("accept-language", "")
    language = language_for(parse_qs(mended_query(query)), accepted)
    # From here to the root of the atlas, whatever stands before it.
    root = "../" * _below_base(scope["path"], base).count("/") or "./"
    if scope["path"].endswith("/"):
        root = f"../{root.removeprefix('./')}"
    body = _template().render(
        m=messages(language),
        language=language,
        others=[messages(code) for code in languages() if code != language],
        codes=[code for code in languages() if code != language],
        root=root,
        pages=[("" if page == HOME else page, page) for page in PAGES],
    )
    return HTMLResponse(body, status_code=404, headers={"Vary": "Accept-Language"})


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bri_map.web"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("unknown.html")
