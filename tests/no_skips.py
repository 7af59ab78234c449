"""A test that is skipped where it was promised is a failure of the run, in one process or in several."""

from __future__ import annotations

from typing import Any

import pytest

_KEY = "skipped"
"""Under which a worker of pytest-xdist hands on what it skipped."""


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_NoSkips(config))


class _NoSkips:
    """Remembers what one run skipped, or expected to fail."""

    def __init__(self, config: pytest.Config) -> None:
        self._to_controller: dict[str, Any] | None = getattr(config, "workeroutput", None)
        self._skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped or hasattr(report, "wasxfail"):
            self._skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._skipped.append(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self._skipped.extend(getattr(node, "workeroutput", {}).get(_KEY, ()))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self._skipped = list(dict.fromkeys(self._skipped))
        if self._to_controller is not None:
            self._to_controller[_KEY] = self._skipped
        elif self._skipped and session.exitstatus in (
            pytest.ExitCode.OK,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        ):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._skipped:
            terminalreporter.write_line(
                f"FAILED: {len(self._skipped)} promised test(s) were skipped or expected to fail, "
                f"which counts as a failure: {', '.join(self._skipped)}",
                red=True,
            )
