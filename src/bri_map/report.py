"""What a check finds: issues that name file, row, id, rule and remedy, collected in a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class Sentence(str):
    """An English sentence that can be said in other languages.

    Attributes:
        key: Key of the message catalogue.
        values: What fills its placeholders; they may be sentences too.
    """

    key: str
    values: Mapping[str, str]

    def __new__(cls, text: str, key: str = "", values: Mapping[str, str] | None = None) -> Sentence:
        """Keep the English text beside what it was made of."""
        sentence = super().__new__(cls, text)
        sentence.key = key
        sentence.values = dict(values or {})
        return sentence

    def altered(self, change: Callable[[str], str]) -> Sentence:
        """Give the sentence with a change made to its text and to all that fills its placeholders."""
        values = {
            name: value.altered(change) if isinstance(value, Sentence) else change(value)
            for name, value in self.values.items()
        }
        return Sentence(change(str(self)), self.key, values)


class Severity(StrEnum):
    """What an issue asks for: a fault must be mended, a warning must be looked at."""

    FAULT = "fault"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault, or one warning.

    Attributes:
        file: Path of the file inside the data root, such as `data/parks.csv`.
        row: Line of the file, the header being line 1; None when the whole file is meant.
        id: Id of the feature or record, where it can be read.
        field: Column or property, where one is to blame.
        rule: Short stable name of the rule, such as `code`.
        message: What is wrong.
        remedy: What to do about it.
        severity: Whether it is a fault or may be right.
    """

    file: str
    row: int | None
    id: str | None
    field: str | None
    rule: str
    message: str
    remedy: str
    severity: Severity = Severity.FAULT

    def __str__(self) -> str:
        rule = self.rule if self.severity is Severity.FAULT else f"{self.rule}, {self.severity}"
        return f"{self.place}: {self.message} [{rule}] {self.remedy}"

    @property
    def place(self) -> str:
        """Where it is: file and line, then id and column where they are known."""
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        subject = " ".join(part for part in (self.id, self.field) if part)
        return f"{place}: {subject}" if subject else place


@dataclass(slots=True)
class Report:
    """All the issues of a run, in the order in which the files are checked."""

    issues: list[Issue] = field(default_factory=list)

    def add(
        self,
        rule: str,
        message: str,
        remedy: str,
        *,
        file: str,
        row: int | None = None,
        id: str | None = None,  # the data's own word
        field: str | None = None,
        severity: Severity = Severity.FAULT,
    ) -> None:
        """Record one fault or warning."""
        self.issues.append(Issue(file, row, id, field, rule, message, remedy, severity))

    @property
    def ok(self) -> bool:
        """Whether no fault was found; there may be warnings."""
        return not self.faults

    @property
    def faults(self) -> list[Issue]:
        """What must be mended."""
        return [issue for issue in self.issues if issue.severity is Severity.FAULT]

    @property
    def warnings(self) -> list[Issue]:
        """What an editor must look at."""
        return [issue for issue in self.issues if issue.severity is Severity.WARNING]

    def __len__(self) -> int:
        return len(self.issues)

    def __iter__(self) -> Iterator[Issue]:
        return iter(self.issues)

    def sorted(self) -> Report:
        """Give the same issues file by file and row by row."""
        return Report(sorted(self.issues, key=lambda issue: (issue.file, issue.row or 0)))

    def in_words(self, say: Callable[[str], str]) -> Report:
        """Give the same issues with each message and remedy said otherwise, as in another language."""
        return Report(
            [replace(issue, message=say(issue.message), remedy=say(issue.remedy)) for issue in self.issues]
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the report as JSON-ready values."""
        return {"ok": self.ok, "count": len(self), "issues": [asdict(issue) for issue in self.issues]}
