"""The guards of the test suite themselves: a skip fails the run, and no test reaches the network."""

from __future__ import annotations

import asyncio
import os
import socket

import pytest

from tests.conftest import ROOT
from tests.no_network import NetworkUsedError

ABROAD = ("203.0.113.1", 80)  # an address that is reserved for documentation


class TestSkips:
    @pytest.mark.parametrize(
        "body",
        [
            "@pytest.mark.skip\ndef test_a(): ...",
            "@pytest.mark.skipif(True, reason='x')\ndef test_a(): ...",
            "def test_a(): pytest.skip('x')",
            "def test_a(): pytest.importorskip('no_such_module')",
            "def test_a(): pytest.xfail('x')",
            "@pytest.mark.xfail\ndef test_a(): assert False",
            "@pytest.mark.xfail\ndef test_a(): ...",
            "pytest.skip('x', allow_module_level=True)",
            "@pytest.fixture\ndef f(): pytest.skip('x')\ndef test_a(f): ...",
        ],
    )
    def test_a_test_that_does_not_run_fails_the_run(self, body: str, pytester: pytest.Pytester) -> None:
        pytester.makepyfile(f"import pytest\ndef test_good(): ...\n{body}\n")
        result = pytester.runpytest_inprocess("-p", "tests.no_skips", "-p", "no:cacheprovider")
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        result.stdout.fnmatch_lines(["FAILED: 1 promised test(s) were skipped or expected to fail*"])

    @pytest.mark.parametrize(
        "body", ["def test_a(): pytest.skip('x')", "pytest.skip('x', allow_module_level=True)"]
    )
    def test_so_it_does_in_several_processes(
        self, body: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
        pytester.makepyfile(test_one=f"import pytest\n{body}\n", test_two="def test_good(): ...")
        result = pytester.runpytest_subprocess("-p", "tests.no_skips", "-n", "2")
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        result.stdout.fnmatch_lines(["FAILED: 1 promised test(s) were skipped or expected to fail*"])

    def test_a_run_without_skips_passes(self, pytester: pytest.Pytester) -> None:
        pytester.makepyfile("def test_good(): ...")
        result = pytester.runpytest_inprocess("-p", "tests.no_skips", "-p", "no:cacheprovider")
        assert result.ret == pytest.ExitCode.OK
        result.stdout.no_fnmatch_line("*promised*")

    def test_tests_that_were_not_asked_for_are_no_skips(self, pytester: pytest.Pytester) -> None:
        pytester.makepyfile("def test_good(): ...\ndef test_other(): assert False")
        result = pytester.runpytest_inprocess("-p", "tests.no_skips", "-k", "good", "-p", "no:cacheprovider")
        assert result.ret == pytest.ExitCode.OK


class TestNetwork:
    def test_a_connection_abroad_is_refused(self) -> None:
        with socket.socket() as client, pytest.raises(NetworkUsedError, match=r"203\.0\.113\.1"):
            client.connect(ABROAD)

    def test_so_is_one_that_returns_an_error_code(self) -> None:
        with socket.socket() as client, pytest.raises(NetworkUsedError):
            client.connect_ex(ABROAD)

    def test_so_is_a_datagram(self) -> None:
        with socket.socket(type=socket.SOCK_DGRAM) as client, pytest.raises(NetworkUsedError):
            client.sendto(b"x", ABROAD)

    @pytest.mark.parametrize("lookup", [socket.gethostbyname, lambda host: socket.getaddrinfo(host, 80)])
    def test_so_is_a_lookup(self, lookup: object) -> None:
        with pytest.raises(NetworkUsedError, match=r"example\.org"):
            lookup("example.org")  # type: ignore[operator]

    def test_so_is_an_asynchronous_connection(self) -> None:
        with pytest.raises(NetworkUsedError):
            asyncio.run(asyncio.open_connection(*ABROAD))

    def test_this_machine_can_be_reached(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            with socket.create_connection(("localhost", port), timeout=5) as client:
                assert client.getpeername()[1] == port
