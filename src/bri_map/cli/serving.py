"""`bri-map serve`."""

from __future__ import annotations

import errno
import importlib.util
import os
import socket
import sys
from contextlib import suppress

import click

import bri_map
from bri_map.cli.common import EPILOG
from bri_map.data.root import ENVIRONMENT_VARIABLE, bundled_directory


@click.command(epilog=EPILOG)
@click.option("--host", default="localhost", show_default=True, envvar="HOST", help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8501,
    show_default=True,
    envvar="PORT",
    help="Port to listen on.",
)
@click.option("--base-path", default="", metavar="PATH", help="Path prefix when served behind a proxy.")
def serve(host: str, port: int, base_path: str) -> None:
    """Serve the atlas and print its address."""
    if not _has_app():
        raise click.UsageError('The app is not installed. Install it: pip install "bri-map[app]"')
    folder = bundled_directory()
    prefix = base_path.strip("/")
    shown = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104  # compared, not bound
    if shown == host:
        _check_address(host)
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/{f'{prefix}/' if prefix else ''}"
    click.echo(f"bri-map {bri_map.__version__}: {address}  (stop with Ctrl+C)")
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(folder / "app.py"),
        f"--server.address={host}",
        f"--server.port={port}",
        f"--server.baseUrlPath={prefix}",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
        "--runner.postScriptGC=false",
        "--server.maxUploadSize=0",
    ]
    _raise_descriptor_limit()
    chosen = click.get_current_context().find_root().obj
    if chosen is not None:
        os.environ[ENVIRONMENT_VARIABLE] = str(chosen)  # for the process that this one becomes
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606  # the server takes this process over


def _check_address(host: str) -> None:
    """Refuse an address that this machine does not have, before the server fails over it."""
    try:
        found = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)
        with socket.socket(*found[0][:3]) as probe:
            probe.bind(found[0][4])
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise click.UsageError(
                f"--host {host}: {error.strerror}. Give an address of this machine."
            ) from error


def _has_app() -> bool:
    try:
        return importlib.util.find_spec("streamlit") is not None
    except ModuleNotFoundError:
        return False


def _raise_descriptor_limit() -> None:
    """Allow as many open connections as this process may have: each reader takes several."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):  # some systems call the limit infinite and refuse to set it so
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
