"""Find a Chromium to drive: `BRI_MAP_CHROMIUM`, then PATH, then an installed one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
"""The last one keeps the browser itself from reaching any other machine."""


class NoChromiumError(RuntimeError):
    """No browser could be found or installed."""


def find_chromium() -> str | None:
    """Give the path of a Chromium, or None for the one that Playwright has installed itself.

    Raises:
        NoChromiumError: There is none and none could be installed.
    """
    named = os.environ.get("BRI_MAP_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise NoChromiumError(f"BRI_MAP_CHROMIUM names {named}, which is no file: correct or unset it.")
        return named
    found = _on_path()
    if found:
        return found
    if _is_root_on_debian():
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "chromium")
        found = _on_path()
        if found:
            return found
    if _run(sys.executable, "-m", "playwright", "install", "chromium"):
        return None
    raise NoChromiumError(
        "The browser tests need Chromium and it could not be installed: "
        "install it, or name one with BRI_MAP_CHROMIUM=/path/to/chromium."
    )


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _is_root_on_debian() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/etc/debian_version").exists()


def _run(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
