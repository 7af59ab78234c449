"""Where the page has no connection, it says so in the reader's language, and what still works."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocketRoute, expect

from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import Visitor

Visit = Callable[..., Visitor]
NOTICE = "#bri-connection"
DIALOG = "[data-testid=stDialog]"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_websockets_are_blocked_one_is_told_and_has_links_that_work(
    language: str, server: str, visit: Visit
) -> None:
    text = messages(language).text
    page = visit("about:blank", locale="zh-CN" if language == "zh" else "en-GB").page
    page.route_web_socket(re.compile(".*"), lambda socket: socket.close())
    page.goto(server)
    notice = page.locator(NOTICE)
    expect(notice).to_contain_text(text("connection.blocked"), timeout=atlas.WAIT_MS)
    expect(notice).to_contain_text(text("connection.administrator"))
    expect(notice).to_have_attribute("lang", "zh-Hans" if language == "zh" else "en")
    expect(page.locator(DIALOG).filter(visible=True)).to_have_count(0)
    links = notice.locator("a")
    expect(links).to_have_count(3)
    for link in links.all():
        with urllib.request.urlopen(str(link.get_attribute("href"))) as answer:
            assert answer.status == 200
            assert "attachment" in answer.headers["content-disposition"]
            assert len(answer.read()) > 10_000


def test_the_language_of_the_link_is_the_readers(server: str, visit: Visit) -> None:
    page = visit("about:blank").page
    page.route_web_socket(re.compile(".*"), lambda socket: socket.close())
    page.goto(f"{server}/?lang=zh-CN")
    told = messages("zh").text("connection.blocked")
    expect(page.locator(NOTICE)).to_contain_text(told, timeout=atlas.WAIT_MS)


def test_a_page_with_a_connection_says_nothing(server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    atlas.map_frame(page)
    expect(page.locator(NOTICE)).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_server_that_is_away_is_told_in_own_words_and_the_page_goes_on(
    language: str, server: str, visit: Visit
) -> None:
    """Streamlit's word on it, in English and for developers, is not seen."""
    opened: list[WebSocketRoute] = []
    is_away = False

    def pass_on(socket: WebSocketRoute) -> None:
        if is_away:
            socket.close()
            return
        opened.append(socket)
        socket.connect_to_server()

    page = visit("about:blank").page
    page.route_web_socket(re.compile("_stcore/stream"), pass_on)
    page.goto(f"{server}/?lang={language}")
    atlas.map_frame(page)
    is_away = True
    page.route("**/_stcore/**", lambda route: route.abort())
    opened[-1].close()
    told = messages(language).text("connection.away")
    expect(page.locator(NOTICE)).to_have_text(told, timeout=atlas.WAIT_MS)
    expect(page.get_by_text("streamlit run").filter(visible=True)).to_have_count(0)
    expect(page.locator(DIALOG).filter(visible=True)).to_have_count(0)
    is_away = False
    page.unroute("**/_stcore/**")
    expect(page.locator(NOTICE)).to_have_count(0, timeout=atlas.WAIT_MS)
    expect(page.locator(DIALOG).filter(visible=True)).to_have_count(0)
