"""Streamlit's own files come from memory, compressed, and nothing else does."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import streamlit
import streamlit_folium
from starlette.responses import PlainTextResponse

from bri_map.web import StreamlitFiles
from bri_map.web.streamlit_files import FRAME, files
from tests.app.asgi import App, request

APP: App = StreamlitFiles(PlainTextResponse("Streamlit answers"))
PAGE = Path(streamlit.__file__).parent / "static"
BUILD = Path(streamlit_folium.__file__).parent / "frontend" / "build"
SCRIPTS = re.findall(r'"\./(static/js/[^"]+)"', (PAGE / "index.html").read_text("utf-8"))
FRAME_SCRIPT = next(path for path in (BUILD / "static" / "js").glob("main.*.js"))


@pytest.mark.parametrize("prefix", ["/", "/atlas/", "/a/b/"])
def test_a_script_of_the_page_comes_compressed_and_for_ever(prefix: str) -> None:
    answer = request(APP, prefix + SCRIPTS[0], {"Accept-Encoding": "gzip, br"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert "javascript" in answer.headers["content-type"]
    assert gzip.decompress(answer.body) == (PAGE / SCRIPTS[0]).read_bytes()


def test_a_browser_that_cannot_decompress_gets_it_plain() -> None:
    answer = request(APP, f"/{SCRIPTS[1]}", {"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.body == (PAGE / SCRIPTS[1]).read_bytes()
    assert answer.headers["vary"] == "Accept-Encoding"


def test_the_script_of_the_map_frame_does_too() -> None:
    answer = request(APP, f"/atlas{FRAME}static/js/{FRAME_SCRIPT.name}", {"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.body) == FRAME_SCRIPT.read_bytes()


def test_all_that_a_page_begins_with_is_read_ahead() -> None:
    files.warm()
    assert len(SCRIPTS) > 20
    for name in SCRIPTS:
        path = files.find(f"/{name}")
        assert path is not None
        assert files.kept(path) is not None, name


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/../index.html",
        "/static/js/nothing.AAAAAAAA.js",
        "/static/../../../../etc/passwd.AAAAAAAA.js",
        "/static/js/",
        "/static/",
        "/",
        "/static/js/\x00.AAAAAAAA.js",
        f"{FRAME}index.html",
        f"{FRAME}static/js/{FRAME_SCRIPT.name}.map",
    ],
)
def test_anything_else_is_left_to_streamlit(path: str) -> None:
    assert request(APP, path).text == "Streamlit answers"


def test_a_change_is_left_to_streamlit() -> None:
    assert request(APP, f"/{SCRIPTS[0]}", method="POST").text == "Streamlit answers"
