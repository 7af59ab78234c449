"""Windows of the browser: one of a test's own, or one that is led from state to state by many tests.

To open a page costs some seconds of Streamlit's; to lead an open one elsewhere, as Back and Forward do, costs
a fraction. What a link says is then shown in a map that is built anew, with nothing remembered.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from tests.e2e import atlas

MOST = 6
"""Windows that are open at a time: each takes some hundred megabytes."""
WIDE = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}

_ARRIVE = """(url) => {
  const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentWindow.briMap);
  window.shownFocus = frame?.contentWindow.briMap.probe().state?.focus?.token;
  // Past what keeps the history of a reader: this entry is there already, as far as the page can tell.
  History.prototype.replaceState.call(history, history.state, "", url);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}"""
_BUILD_ANEW = """(view) => {
  const { state } = briMap.probe();
  // What a test has shown by itself is none of the page's states; see `atlas.apply`.
  const served = Number.isInteger(state.seq) ? state : window.served;
  for (const name of ["bri-map.view", "bri-map.legend"]) sessionStorage.removeItem(name);
  // A place that this link leads to is shown again by the new map; one of an earlier link is not.
  if (served.focus?.token !== parent.shownFocus) sessionStorage.removeItem("bri-map.focus");
  // The map that goes has written where it looked.
  const { history, location } = parent;
  const others = location.search.slice(1).split("&").filter((part) => part && !part.startsWith("view="));
  const address = `${location.pathname}?${[...others, ...view].join("&")}`;
  parent.History.prototype.replaceState.call(history, history.state, "", address);
  briMap.attach(map_div);
  briMap.apply(served);
}"""


class Visitor:
    """A browser window that may only reach this machine, and what went wrong in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.foreign: list[str] = []
        self.errors: list[str] = []
        context.set_default_timeout(atlas.WAIT_MS)
        context.route("**/*", self._guard)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _guard(self, route: Route, request: Request) -> None:
        if urlsplit(request.url).hostname in ("localhost", "127.0.0.1"):
            route.continue_()
        else:
            self.foreign.append(request.url)
            route.abort()

    def check(self) -> None:
        """Fail if anything foreign was asked for or a script failed."""
        foreign, errors = self.foreign[:], self.errors[:]
        self.foreign.clear()
        self.errors.clear()
        assert foreign == []
        assert errors == []


def new_visitor(browser: Browser, **options: Any) -> Visitor:
    """Open an empty window; the options are those of Playwright's contexts."""
    return Visitor(
        browser.new_context(**{"viewport": WIDE, "locale": "en-GB", "accept_downloads": True, **options})
    )


class SharedWindows:
    """Windows that stay open: one for each server, page and kind of window."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: dict[tuple[str, str], Visitor] = {}

    def lead(self, url: str, **options: Any) -> Visitor:
        """Give a window that shows what a link says and is at rest.

        Args:
            url: With the language in it: a session keeps its own otherwise.
            options: Of the window.
        """
        parts = urlsplit(url)
        assert "lang=" in parts.query, "a session keeps its language"
        kind = repr((parts.path, "embed=" in parts.query, sorted(options.items())))
        key = (parts.netloc, kind)
        visitor = self._open.pop(key, None)
        if visitor is None:
            if len(self._open) == MOST:
                oldest = next(iter(self._open))
                self._open.pop(oldest).context.close()
            visitor = self._open[key] = new_visitor(self._browser, **options)
            visitor.page.goto(url)
            atlas.at_rest(visitor.page)
            return visitor
        self._open[key] = visitor
        page = visitor.page
        page.mouse.move(0, 0)
        page.evaluate("() => document.activeElement?.blur()")
        page.evaluate(_ARRIVE, url)
        atlas.at_rest(page)
        if page.locator(atlas.MAP).count():
            view = [part for part in parts.query.split("&") if part.startswith("view=")]
            atlas.map_frame(page).evaluate(_BUILD_ANEW, view)
            atlas.at_rest(page)
        return visitor

    def check(self) -> None:
        """Fail if anything went wrong in a window since this was asked last."""
        for visitor in self._open.values():
            visitor.check()

    def leave(self, address: str) -> None:
        """Close the windows on a server that ends."""
        for key in [key for key in self._open if key[0] == urlsplit(address).netloc]:
            self._open.pop(key).context.close()

    def close(self) -> None:
        """Close every window."""
        for visitor in self._open.values():
            visitor.context.close()
        self._open.clear()
