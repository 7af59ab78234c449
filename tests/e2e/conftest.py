"""A server of the app and a browser that reaches nothing else."""

from __future__ import annotations

import csv
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from tests.e2e.chromium import FLAGS, find_chromium

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
WIDE = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}
EVERYWHERE = pytest.mark.parametrize(
    ("language", "window"),
    [(language, window) for language in ("en", "zh") for window in (WIDE, PHONE)],
    ids=["en-wide", "en-phone", "zh-wide", "zh-phone"],
)
"""Every language at every size."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests and run them last: Playwright leaves an event loop running in the process.

    The files with most tests come first, so that several processes end at about the same time.
    """
    for item in items:
        if "tests/e2e/" in item.nodeid:
            item.add_marker(pytest.mark.e2e)
    sizes = Counter(item.path for item in items if item.get_closest_marker("e2e"))
    items.sort(key=lambda item: (item.get_closest_marker("e2e") is not None, -sizes[item.path]))


def copied_root(folder: Path) -> Path:
    """Copy the shipped data, so that a test can change it."""
    for part in ("data", "geo"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("basemap"))
    return folder


def change_rows(root: Path, table: str, change: Callable[[list[dict[str, str]]], T]) -> T:
    """Read a table of a data root, have its rows changed, and write it; gives what the change gives."""
    path = root / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    answer = change(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return answer


@contextmanager
def running_server(
    data: Path | None = None, base_path: str = "", settings: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Serve the app as `make app` does; gives its address without a slash at the end.

    Args:
        data: The data root; None for the data shipped.
        base_path: What stands before every path.
        settings: Variables of the environment.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **(settings or {}), **({"BRI_MAP_DATA": str(data)} if data else {})}
    command = [sys.executable, "-m", "bri_map", "serve", "--port", str(port), "--base-path", base_path]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}{f'/{base_path}' if base_path else ''}"
    try:
        _wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with exit code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer within a minute")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server with the shipped data."""
    with running_server() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield chromium
        chromium.close()


class Visitor:
    """A browser window that may only reach this machine, and what went wrong in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.foreign: list[str] = []
        self.errors: list[str] = []
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
        assert self.foreign == []
        assert self.errors == []


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open windows; at the end of the test each one is checked for foreign requests and errors."""
    visitors: list[Visitor] = []

    def open_window(url: str, **options: object) -> Visitor:
        context = browser.new_context(
            **{"viewport": WIDE, "locale": "en-GB", "accept_downloads": True, **options}
        )
        visitor = Visitor(context)
        visitors.append(visitor)
        visitor.page.goto(url)
        return visitor

    yield open_window
    try:
        for visitor in visitors:
            visitor.check()
    finally:
        for visitor in visitors:
            visitor.context.close()
