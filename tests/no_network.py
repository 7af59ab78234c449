"""Keep every test but those of the browser off the network; loopback stays open."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class NetworkUsedError(AssertionError):
    """A test tried to reach another machine."""


class _Guard:
    """Refuses foreign hosts while it is closed."""

    def __init__(self) -> None:
        self.is_closed = False

    def check(self, host: object) -> None:
        if self.is_closed and not _is_loopback(host):
            raise NetworkUsedError(f"A test tried to reach {host!r}. Tests use this machine only.")


def _is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


_GUARD = _Guard()


def _wrapped_method(name: str) -> Any:
    original = getattr(socket.socket, name)

    def method(self: socket.socket, *args: Any) -> Any:
        address = args[-1]  # `sendto(data, address)` and `connect(address)` both end with it
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
            _GUARD.check(address[0])
        return original(self, *args)

    return method


def _wrapped_lookup(name: str) -> Any:
    original = getattr(socket, name)

    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        _GUARD.check(host)
        return original(host, *args, **kwargs)

    return lookup


def pytest_configure() -> None:
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _wrapped_method(name))
    for name in ("getaddrinfo", "gethostbyname"):
        setattr(socket, name, _wrapped_lookup(name))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _GUARD.is_closed = item.get_closest_marker("e2e") is None
    try:
        return (yield)
    finally:
        _GUARD.is_closed = False
