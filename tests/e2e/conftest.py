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
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e import atlas
from tests.e2e.chromium import FLAGS, find_chromium
from tests.e2e.windows import PHONE, WIDE, SharedWindows, Visitor, new_visitor

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
EVERYWHERE = pytest.mark.parametrize(
    ("language", "window"),
    [(language, window) for language in ("en", "zh") for window in (WIDE, PHONE)],
    ids=["en-wide", "en-phone", "zh-wide", "zh-phone"],
)
"""Every language at every size: where what is asserted depends on both."""
PAIRED = pytest.mark.parametrize(
    ("language", "window"), [("en", WIDE), ("zh", PHONE)], ids=["en-wide", "zh-phone"]
)
"""Every language and every size: where neither changes what the other does."""
_PASSED = pytest.StashKey[bool]()
expect.set_options(timeout=atlas.WAIT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests and run them last: Playwright leaves an event loop running in the process.

    The files with most tests come first, so that several processes end at about the same time.
    """
    for item in items:
        if "tests/e2e/" in item.nodeid:
            item.add_marker(pytest.mark.e2e)
    sizes = Counter(item.path for item in items if item.get_closest_marker("e2e"))
    items.sort(key=lambda item: (item.get_closest_marker("e2e") is not None, -sizes[item.path]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test has passed, for what is put away after it."""
    report = yield
    if call.when == "call":
        item.stash[_PASSED] = report.passed
    return report


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
        process.wait(timeout=60)


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


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[SharedWindows]:
    """The windows that tests share."""
    windows = SharedWindows(browser)
    yield windows
    windows.close()


@pytest.fixture
def shared(windows: SharedWindows, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Lead a window that other tests use as well to what a link says; for tests that leave nothing behind.

    A test that fails may leave anything: the next one then finds new windows.
    """
    yield windows.lead
    try:
        windows.check()
    except AssertionError:
        windows.close()
        raise
    if not request.node.stash.get(_PASSED, False):
        windows.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open windows; at the end of the test each one is checked for foreign requests and errors."""
    visitors: list[Visitor] = []

    def open_window(url: str, **options: object) -> Visitor:
        visitor = new_visitor(browser, **options)
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
