"""The rules of the validator, one module for each subject."""

from bri_map.checks.validation import validate

__all__ = ["validate"]
