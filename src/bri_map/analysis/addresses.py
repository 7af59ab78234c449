"""Try the addresses of sources: which still answer, which moved, which are gone.

This is the one place from which requests leave the machine, and only when it is asked for. It is polite: one
request at a time to a host, with a pause between two, few hosts at once, no more than the head of a page.
"""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import OpenerDirector, Request, build_opener

USER_AGENT = "bri-map sources --check (an atlas asks whether its sources can still be read)"
AVAILABILITY = "https://archive.org/wayback/available?url="
"""Where the Wayback Machine tells whether it has a page."""
_GONE = frozenset({http.client.NOT_FOUND, http.client.GONE})
_NOT_BY_HEAD = frozenset(
    {
        http.client.FORBIDDEN,
        http.client.NOT_FOUND,
        http.client.METHOD_NOT_ALLOWED,
        http.client.NOT_ACCEPTABLE,
        http.client.NOT_IMPLEMENTED,
    }
)
"""Answers that some servers give only because they are asked for the head of a page."""


class State(StrEnum):
    """What became of an address."""

    OK = "ok"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Address:
    """An address to try.

    Attributes:
        id: The source.
        url: Its address.
    """

    id: str
    url: str

    @property
    def host(self) -> str:
        """The host that answers for it."""
        return urlsplit(self.url).netloc.lower()


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an address.

    Attributes:
        id: The source.
        url: Its address.
        state: What became of it.
        detail: Code of the answer, or why there was none.
        target: Where it leads now, if that is elsewhere.
        archived: A copy that the Wayback Machine has, where that was asked.
    """

    id: str
    url: str
    state: State
    detail: str
    target: str = ""
    archived: str = ""


@dataclass(frozen=True, slots=True)
class Manners:
    """How politely addresses are tried.

    Attributes:
        pause: Seconds between two requests to one host.
        timeout: Seconds to wait for an answer.
        hosts: Hosts that are asked at once.
        asks_archive: Whether the Wayback Machine is asked for a copy of what is gone.
    """

    pause: float = 2.0
    timeout: float = 20.0
    hosts: int = 4
    asks_archive: bool = False


def try_addresses(addresses: Iterable[Address], manners: Manners) -> Iterator[Tried]:
    """Try addresses, the ones of a host one after another.

    Args:
        addresses: What to try.
        manners: How politely.

    Yields:
        What came of each, as it comes. Whoever stops listening stops the requests.
    """
    by_host: dict[str, list[Address]] = {}
    for address in addresses:
        by_host.setdefault(address.host, []).append(address)
    with ThreadPoolExecutor(max_workers=manners.hosts, thread_name_prefix="bri-map-addresses") as pool:
        waiting = list(by_host.values())
        running: dict[Future[Tried], list[Address]] = {}
        opener = build_opener()
        try:
            while waiting or running:
                while waiting and len(running) < manners.hosts:
                    _begin(pool, running, waiting.pop(0), opener, manners, pause=0.0)
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    rest = running.pop(future)
                    yield future.result()
                    if rest:
                        _begin(pool, running, rest, opener, manners, pause=manners.pause)
        finally:
            for future in running:
                future.cancel()


def _begin(
    pool: ThreadPoolExecutor,
    running: dict[Future[Tried], list[Address]],
    addresses: Sequence[Address],
    opener: OpenerDirector,
    manners: Manners,
    *,
    pause: float,
) -> None:
    first, *rest = addresses
    running[pool.submit(_try, first, opener, manners, pause)] = rest


def _try(address: Address, opener: OpenerDirector, manners: Manners, pause: float) -> Tried:
    time.sleep(pause)
    found = _tried(address, opener, manners.timeout)
    if manners.asks_archive and found.state in (State.GONE, State.UNREACHABLE):
        copy = archived_copy(address.url, lambda url: _body(url, opener, manners.timeout))
        return replace(found, archived=copy)
    return found


def _tried(address: Address, opener: OpenerDirector, timeout: float) -> Tried:
    detail = ""
    for method in ("HEAD", "GET"):
        try:
            request = _request(address.url, method)
            with opener.open(request, timeout=timeout) as answer:
                target = "" if _is_same(answer.url, address.url) else answer.url
                state = State.MOVED if target else State.OK
                return Tried(address.id, address.url, state, str(answer.status), target)
        except HTTPError as error:
            error.close()
            detail = str(error.code)
            if method == "HEAD" and error.code in _NOT_BY_HEAD:
                continue
            state = State.GONE if error.code in _GONE else State.REFUSED
            return Tried(address.id, address.url, state, detail)
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            detail = _reason(reason)
            if method == "GET" or not isinstance(error, http.client.HTTPException):
                break
    return Tried(address.id, address.url, State.UNREACHABLE, detail)


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, socket.gaierror):
        return "no such host"
    return " ".join(str(error).split())[:120] or type(error).__name__


def _request(url: str, method: str = "GET") -> Request:
    """Ask for a page.

    Raises:
        ValueError: The address is none of the web.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise ValueError("no address of the web")
    return Request(_ascii(url), method=method, headers={"User-Agent": USER_AGENT})  # noqa: S310


def _body(url: str, opener: OpenerDirector, timeout: float) -> bytes:
    with opener.open(_request(url), timeout=timeout) as answer:
        return bytes(answer.read(65_536))


def archived_copy(url: str, read: Callable[[str], bytes]) -> str:
    """Give the address of a copy that the Wayback Machine has of a page; empty where it has none.

    Args:
        url: Address of the page.
        read: Gives what stands at an address.
    """
    try:
        answer = json.loads(read(AVAILABILITY + quote(url, safe="")))
        closest = answer["archived_snapshots"]["closest"]
        return str(closest["url"]) if closest["available"] and str(closest["status"]) == "200" else ""
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return ""


def _ascii(url: str) -> str:
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~-._")


def _is_same(one: str, other: str) -> bool:
    """Tell whether two addresses lead to one page: scheme, `www.` and a slash at the end do not matter."""
    plain = [
        (split.netloc.lower().removeprefix("www."), split.path.rstrip("/"), split.query)
        for split in (urlsplit(_ascii(one)), urlsplit(_ascii(other)))
    ]
    return plain[0] == plain[1]
