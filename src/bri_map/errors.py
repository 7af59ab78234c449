"""The errors of bri-map: one base, names that say the fault, messages that say what to do."""

from __future__ import annotations

from bri_map.report import Report


class BriMapError(Exception):
    """Base of every error that bri-map raises on purpose."""


class DataError(BriMapError):
    """A data root cannot be used.

    Attributes:
        message: What is wrong and what to do; a `Sentence` where it can be said in other languages.
        report: The faults with file, row, id, rule and remedy, where they are known.
    """

    def __init__(self, message: str, report: Report | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.report = report


class FilterError(BriMapError):
    """A filter names a facet or a code that does not exist."""


class DisplayError(BriMapError):
    """A way of showing the map does not exist or is incomplete."""


class FeatureNotFoundError(BriMapError):
    """No feature has the given id."""


class MissingMessageError(BriMapError):
    """A text is asked for that the message catalogue does not hold."""


class LanguageError(BriMapError):
    """A message file cannot be found or read."""
