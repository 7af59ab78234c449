"""`data/datapackage.json`: the data set described for machines, after Data Package version 2."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from bri_map.domain.codes import codes
from bri_map.domain.table import LIST_SEPARATOR, Column, Kind, Table
from bri_map.domain.tables import TABLES

_FOLDER = "data/"
"""Paths of a Data Package may not lead out of its folder, so the waypoints in `geo/` are not described."""
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES: dict[Kind, tuple[str, str | None]] = {
    Kind.TEXT: ("string", None),
    Kind.CODE: ("string", None),
    Kind.ID: ("string", None),
    Kind.IDS: ("list", None),
    Kind.TEXTS: ("list", None),
    Kind.INTEGER: ("integer", None),
    Kind.NUMBER: ("number", None),
    Kind.BOOLEAN: ("boolean", None),
    Kind.DATE: ("string", None),
    Kind.URL: ("string", "uri"),
}
_DATE_PATTERN = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def field_descriptor(column: Column) -> dict[str, Any]:
    """Describe a column as a field of a Table Schema."""
    kind, form = _TYPES[column.kind]
    described: dict[str, Any] = {"name": column.name, "type": kind}
    if form:
        described["format"] = form
    if kind == "list":
        described |= {"delimiter": LIST_SEPARATOR, "itemType": "string"}
    described["description"] = column.meaning
    if column.unit:
        described["unit"] = column.unit
    if column.good:
        described["example"] = column.good
    constraints = _constraints(column)
    if constraints:
        described["constraints"] = constraints
    return described


def _constraints(column: Column) -> dict[str, Any]:
    pattern = _DATE_PATTERN if column.kind is Kind.DATE else column.pattern
    known = {
        "required": column.required or None,
        "enum": list(codes(column.vocabulary)) if column.vocabulary else None,
        "pattern": pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    return {name: value for name, value in known.items() if value is not None}


def resource_descriptor(table: Table) -> dict[str, Any]:
    """Describe a table as a resource with its keys."""
    schema: dict[str, Any] = {
        "$schema": _SCHEMA,
        "fields": [field_descriptor(column) for column in table.columns],
        "missingValues": [""],
    }
    if len(table.key) == 1:
        schema["primaryKey"] = list(table.key)
    foreign = [
        {"fields": [column.name], "reference": {"resource": column.references, "fields": [_key(column)]}}
        for column in table.columns
        if column.references and column.references not in ("features", "named") and not column.is_list
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "type": "table",
        "path": table.path.removeprefix(_FOLDER),
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _key(column: Column) -> str:
    return next(table.key[0] for table in TABLES if table.name == column.references)


def descriptor_text(head: Mapping[str, Any], places: Collection[str]) -> str:
    """Write the descriptor: the head as it stands, the resources as the tables are defined.

    Args:
        head: The descriptor as it was read: name, version, licences and the other hand-written parts.
        places: Places of the files that the root holds.
    """
    described = [table for table in TABLES if table.path in places and table.path.startswith(_FOLDER)]
    resources = [resource_descriptor(table) for table in described]
    written = {name: value for name, value in head.items() if name != "resources"}
    return json.dumps({**written, "resources": resources}, ensure_ascii=False, indent=2) + "\n"
