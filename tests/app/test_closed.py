"""What of the server is closed, what robots are told, and the plain links to the data."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib

import pytest
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from bri_map.app.pages import PAGES
from bri_map.app.store import PREFIX, keeper
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.exports import EXPORTERS
from bri_map.i18n import messages
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
        "/table",
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


class TestUnknownPage:
    @pytest.mark.parametrize("language", ["en", "zh"])
    @pytest.mark.parametrize("path", ["/nowhere", "/nowhere/", "/table/nowhere", "/figure"])
    def test_it_is_ours_in_the_language_of_the_reader_and_leads_on(self, path: str, language: str) -> None:
        text = messages(language).text
        tag = messages(language).locale.tag
        answer = request(CLOSED, path, headers={"accept-language": f"{tag},fr;q=0.5"})
        assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert f"<h1>{text('unknown_page.title')}</h1>" in answer.text
        assert f'<html lang="{tag}">' in answer.text
        links = re.findall(r'href="([^"]+)">([^<]+)<', answer.text)
        root = "../" * (path.count("/") - 1) or "./"
        assert links[:5] == [
            (f"{root}{'' if page == 'map' else page}?lang={language}", text(f"nav.{page}")) for page in PAGES
        ]
        assert f'<form action="{root}" method="get" role="search">' in answer.text
        assert 'name="q"' in answer.text

    def test_a_link_says_the_language_in_whatever_form(self) -> None:
        for tag in ("zh-CN", "zh_hans", "ZH", "zh)"):
            assert messages("zh")["unknown_page.title"] in request(CLOSED, f"/nowhere?lang={tag}").text

    def test_below_the_path_of_the_server_too(self) -> None:
        below = ClosedPaths(page, base="atlas")
        for path in ("/atlas", "/atlas/", "/atlas/table"):
            assert request(below, path).status == 200
        answer = request(below, "/atlas/x")
        assert answer.status == 404
        assert 'href="./table?lang=en"' in answer.text
        assert request(CLOSED, "/atlas").status == 404

    @pytest.mark.parametrize("path", ["/", "/table", "/atlas/about", "/?country=LAO&lang=en&view=102,18,7"])
    def test_a_page_is_a_page(self, path: str) -> None:
        assert request(CLOSED, path).status == 200


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/table)", "table"),
        ("/table.", "table"),
        ("/Table?lang=zh", "table?lang=zh"),
        ("/atlas/about。?lang=zh", "about?lang=zh"),
        ("/map?lang=zh", "./?lang=zh"),
        ("/table%3Flang%3Dzh", "table?lang=zh"),
        ("/?country=LAO&amp;lang=zh", "./?country=LAO&lang=zh"),
        ("/table?country=LAO&lang=zh）", "table?country=LAO&lang=zh"),
        ("/?country=LAO%26lang%3Dzh", "./?country=LAO&lang=zh"),
    ],
)
def test_a_link_spoilt_on_its_way_leads_to_where_it_was_meant_to(asked: str, meant: str) -> None:
    answer = request(CLOSED, asked)
    assert (answer.status, answer.headers["location"]) == (302, meant)


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
