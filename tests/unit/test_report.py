"""Issues and reports as text and as JSON."""

from __future__ import annotations

import json

import pytest

from bri_map.report import Issue, Report, Severity


@pytest.mark.parametrize(
    ("row", "id", "field", "text"),
    [
        (7, "a-park", "type", "data/parks.csv:7: a-park type: 'x' is wrong. [code] Correct it."),
        (7, "a-park", None, "data/parks.csv:7: a-park: 'x' is wrong. [code] Correct it."),
        (7, None, "type", "data/parks.csv:7: type: 'x' is wrong. [code] Correct it."),
        (1, None, None, "data/parks.csv:1: 'x' is wrong. [code] Correct it."),
        (None, None, None, "data/parks.csv: 'x' is wrong. [code] Correct it."),
    ],
)
def test_an_issue_says_where_what_and_what_to_do(
    row: int | None, id: str | None, field: str | None, text: str
) -> None:
    assert str(Issue("data/parks.csv", row, id, field, "code", "'x' is wrong.", "Correct it.")) == text


def test_a_report_without_issues_is_ok() -> None:
    report = Report()
    assert report.ok
    assert len(report) == 0
    assert list(report) == []
    assert report.to_dict() == {"ok": True, "count": 0, "issues": []}


def test_a_report_keeps_issues_in_order_and_can_be_written() -> None:
    report = Report()
    report.add("code", "one.", "Correct it.", file="a.csv", row=2, id="x", field="type")
    report.add("file", "two.", "Restore it.", file="b.csv")
    assert not report.ok
    assert [issue.rule for issue in report] == ["code", "file"]
    written = json.loads(json.dumps(report.to_dict()))
    assert (written["ok"], written["count"]) == (False, 2)
    assert written["issues"][0] == {
        "file": "a.csv",
        "row": 2,
        "id": "x",
        "field": "type",
        "rule": "code",
        "message": "one.",
        "remedy": "Correct it.",
        "severity": "fault",
    }
    assert written["issues"][1]["row"] is None


def test_a_warning_is_no_fault() -> None:
    report = Report()
    report.add("cost-unlike", "one.", "Look.", file="a.csv", row=2, severity=Severity.WARNING)
    assert report.ok
    assert [issue.rule for issue in report.warnings] == ["cost-unlike"]
    assert report.faults == []
    assert str(report.warnings[0]) == "a.csv:2: one. [cost-unlike, warning] Look."


def test_reports_do_not_share_their_issues() -> None:
    Report().add("code", "one.", "Correct it.", file="a.csv")
    assert Report().ok
