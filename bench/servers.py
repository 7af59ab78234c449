"""The servers that are measured, each a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bri_map.app.store import PREFIX

ROOT = Path(__file__).resolve().parents[1]
APPS = Path(__file__).parent / "apps"
_START_SECONDS = 60
_READ_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        url: Its address without a slash at the end.
        process: Its process.
        answer_s: Seconds from its start to its first answer.
        data_s: Seconds from its start until the data has been read; zero when it was not asked.
    """

    url: str
    process: psutil.Process
    answer_s: float
    data_s: float = 0.0

    def processor_ms(self) -> float:
        """Give the processor time that the process has used, in milliseconds."""
        times = self.process.cpu_times()
        return 1000 * float(times.user + times.system)

    def memory_mb(self) -> float:
        """Give the resident memory of the process in megabytes."""
        return float(self.process.memory_info().rss) / 1e6


@contextmanager
def serve_atlas(data: Path | None) -> Iterator[Server]:
    """Serve the real app, as `make app` does.

    Args:
        data: The data root; None for the data shipped.
    """
    port = _free_port()
    command = [sys.executable, "-m", "bri_map", "serve", "--port", str(port)]
    with _running(command, port, data, probe=f"/{PREFIX}/none") as server:
        yield server


@contextmanager
def serve_app(name: str, data: Path | None = None) -> Iterator[Server]:
    """Serve one of the apps in `bench/apps`, for comparison.

    Args:
        name: File name of the app.
        data: The data root; None for the data shipped.
    """
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(APPS / name), f"--server.port={port}"]
    command += ["--server.address=localhost", "--server.headless=true", "--browser.gatherUsageStats=false"]
    with _running(command, port, data) as server:
        yield server


@contextmanager
def _running(command: list[str], port: int, data: Path | None, probe: str = "") -> Iterator[Server]:
    environment = {key: value for key, value in os.environ.items() if key != "BRI_MAP_DATA"}
    if data is not None:
        environment["BRI_MAP_DATA"] = str(data)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://localhost:{port}"
    try:
        _wait_for(f"{url}/_stcore/health", process, _START_SECONDS, 200)
        answer_s = time.perf_counter() - begun
        if probe:
            _wait_for(url + probe, process, _READ_SECONDS, 404)
        data_s = time.perf_counter() - begun if probe else 0.0
        yield Server(url, psutil.Process(process.pid), answer_s, data_s)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], seconds: float, wanted: int) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server for {url} ended with exit code {process.returncode}")
        status = _status(url, seconds)
        if status == wanted:
            return
        if status is not None:
            raise RuntimeError(f"{url} answered {status}, not {wanted}: is the data root valid?")
        time.sleep(0.02)
    raise RuntimeError(f"{url} did not answer within {seconds:.0f} s")


def _status(url: str, seconds: float) -> int | None:
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
