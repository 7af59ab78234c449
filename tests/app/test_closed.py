"""What of the server is closed, what robots are told, and the plain links to the data."""

from __future__ import annotations

import csv
import io
import json
import tomllib

import pytest
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from bri_map.app.store import PREFIX, keeper
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.exports import EXPORTERS
from bri_map.web import ClosedPaths
from tests.app.asgi import request
from tests.app.test_web import APP
from tests.conftest import ROOT


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as Streamlit does: with its page, for whatever is asked."""
    await HTMLResponse("<html></html>")(scope, receive, send)


CLOSED = ClosedPaths(page)


@pytest.mark.parametrize("prefix", ["", "/atlas"])
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/_stcore/upload_file/session/file", "/_stcore/metrics"])
def test_nobody_stores_files_here_or_counts_the_visitors(prefix: str, path: str, method: str) -> None:
    assert request(CLOSED, prefix + path, method=method).status == 404


@pytest.mark.parametrize("path", ["/robots.txt", "/atlas/robots.txt"])
def test_robots_are_told_what_is_no_page(path: str) -> None:
    answer = request(CLOSED, path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert "User-agent: *" in answer.text
    assert f"Disallow: /{PREFIX}/" in answer.text
    assert "Disallow: /\n" not in answer.text


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/wp-login.php", "/.env", "/.git/config.yml", "/atlas/a.js"]
)
def test_a_file_that_is_not_there_is_no_page(path: str) -> None:
    assert request(CLOSED, path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/map",
        "/atlas/about",
        "/favicon.png",
        "/static/js/index.abc.js",
        "/component/streamlit_folium.st_folium/index.html",
        "/_stcore/health",
        "/_stcore/bidi-components/bri-map-page/x.js",
        "/media/abc.geojson",
        f"/{PREFIX}/map.abc.js",
    ],
)
def test_everything_else_is_as_it_was(path: str) -> None:
    assert request(CLOSED, path).status == 200


def test_the_settings_of_the_server_take_no_files_and_obey_no_other_site() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["maxUploadSize"] == 0
    assert settings["client"]["allowedOrigins"] == []
    assert settings["runner"]["postScriptGC"] is False


class TestPlainLinks:
    """Where WebSockets are blocked, the data can still be had."""

    @pytest.mark.parametrize("exporter", EXPORTERS.values(), ids=list(EXPORTERS))
    @pytest.mark.parametrize("part", ["all", next(iter(LAYERS))])
    def test_they_give_what_the_download_menu_gives(self, part: str, exporter: object) -> None:
        store, format_ = keeper.store(), EXPORTERS[exporter.name]  # type: ignore[attr-defined]
        answer = request(APP, f"/atlas/{PREFIX}/export/{part}.{format_.suffix}")
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(format_.media_type)
        layers = tuple(LAYERS) if part == "all" else (part,)
        assert format_.file_name(store.catalog, layers) in answer.headers["content-disposition"]
        assert answer.body == store.exports.get(Filter(), layers, format_.name)
        if format_.name == "geojson":
            count = len(store.catalog) if part == "all" else len(store.catalog.rows(part))
            assert len(json.loads(answer.body)["features"]) == count

    def test_they_give_the_sources(self) -> None:
        answer = request(APP, f"/{PREFIX}/export/sources.csv")
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert len(rows) == len(keeper.store().catalog.sources())
        assert {"id", "title", "url"} <= set(rows[0])

    @pytest.mark.parametrize("name", ["", "all", "all.exe", "nothing.geojson", "parks", "..%2fsources.csv"])
    def test_nothing_else_is_there(self, name: str) -> None:
        assert request(APP, f"/{PREFIX}/export/{name}").status == 404
