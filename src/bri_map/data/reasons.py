"""Why a file cannot be opened or read, as a sentence, where the system or a parser has a word for it."""

from __future__ import annotations

import csv
import errno
import json

from bri_map.i18n.sentences import say

_SYSTEM = {
    errno.ENOENT: "reason.missing",
    errno.EACCES: "reason.permission",
    errno.EPERM: "reason.permission",
    errno.EISDIR: "reason.directory",
    errno.ENOTDIR: "reason.no_directory",
    errno.EIO: "reason.input",
    errno.ELOOP: "reason.loop",
    errno.ENAMETOOLONG: "reason.name_long",
}
_JSON = {
    "Expecting value": "reason.json_value",
    "Expecting property name enclosed in double quotes": "reason.json_name",
    "Expecting ':' delimiter": "reason.json_colon",
    "Expecting ',' delimiter": "reason.json_comma",
    "Unterminated string starting at": "reason.json_string",
    "Invalid control character at": "reason.json_control",
    "Invalid \\escape": "reason.json_escape",
    "Invalid \\uXXXX escape": "reason.json_unicode",
    "Extra data": "reason.json_extra",
}
_CSV = {
    "unexpected end of data": "reason.csv_end",
    "',' expected after '\"'": "reason.csv_quote",
    "new-line character seen in unquoted field": "reason.csv_line",
    "field larger than field limit": "reason.csv_field",
}
"""Beginnings of what the reader of CSV says."""


def reason_of(error: Exception) -> str:
    """Say why something could not be opened or read; what nobody has a sentence for in its own words."""
    if isinstance(error, OSError):
        key = _SYSTEM.get(error.errno or 0)
        return say(key) if key else error.strerror or str(error)
    if isinstance(error, json.JSONDecodeError):
        key = _JSON.get(error.msg)
        what = say(key) if key else error.msg
        return say("reason.json", what=what, line=error.lineno, column=error.colno, char=error.pos)
    if isinstance(error, RecursionError):
        return say("reason.nested")
    if isinstance(error, csv.Error):
        text = str(error)
        known = next((key for beginning, key in _CSV.items() if text.startswith(beginning)), None)
        return say(known, limit=csv.field_size_limit()) if known else text
    text = str(error).rstrip(".")
    return say("reason.number_long") if "integer string conversion" in text else text
