"""`data/datapackage.json` as it was read: name, version, date and terms of a data set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bri_map.data.files import FileError, RootFiles
from bri_map.data.reasons import reason_of
from bri_map.errors import DataError
from bri_map.i18n.sentences import quoted, say

DESCRIPTOR = "data/datapackage.json"
_EARLIEST = 1900
"""First year of which the version of a data set may be."""


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """Name and terms of a data set, from its `data/datapackage.json`.

    Attributes:
        name: Short name.
        title: Full title.
        version: Version of the data.
        date: Day of that version, YYYY-MM-DD.
        licence: SPDX-like name of the licence of the compilation.
        licence_url: Its address.
        attribution: Credit line for those who reuse the data.
        description: What it is.
        keywords: Words by which it is found.
        creators: Who made it.
        sources: What it is based on, each with `title` and where known `path`.
    """

    name: str
    title: str
    version: str
    date: str
    licence: str
    licence_url: str
    attribution: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    sources: tuple[dict[str, str], ...] = ()


def read_head(files: RootFiles) -> dict[str, Any]:
    """Read the descriptor.

    Raises:
        DataError: It is missing, or no JSON object that can be written again.
    """
    try:
        head = json.loads(files.text(DESCRIPTOR))
        json.dumps(head, ensure_ascii=False).encode()
    except FileError as fault:
        raise DataError(fault.message) from fault
    except UnicodeEncodeError as error:
        half = f"U+{ord(error.object[error.start]):04X}"
        raise DataError(say("fault.descriptor_half", file=DESCRIPTOR, half=half)) from error
    except (ValueError, RecursionError) as error:
        raise DataError(say("fault.descriptor_json", file=DESCRIPTOR, error=reason_of(error))) from error
    if not isinstance(head, dict):
        raise DataError(say("fault.descriptor_object", file=DESCRIPTOR))
    return head


def dataset_info(head: Mapping[str, Any]) -> DatasetInfo:
    """Take name, version, date and terms out of a descriptor.

    Raises:
        DataError: One of them is missing, or is not of the form that it should have.
    """
    (licence, *_) = _objects(head, "licenses", "name", "path", is_needed=True)
    return DatasetInfo(
        name=_text(head, "name"),
        title=_text(head, "title"),
        version=_text(head, "version"),
        date=_day(head.get("created")),
        licence=licence["name"],
        licence_url=licence["path"],
        attribution=_text(head, "attribution"),
        description=_text(head, "description", is_needed=False),
        keywords=tuple(_texts(head, "keywords")),
        creators=tuple(person["title"] for person in _objects(head, "contributors", "title")),
        sources=tuple(_objects(head, "sources", "title")),
    )


def _text(head: Mapping[str, Any], name: str, *, is_needed: bool = True) -> str:
    value = head.get(name, "")
    if is_needed and value in ("", None):
        raise DataError(say("fault.descriptor_lacks", file=DESCRIPTOR, name=repr(name)))
    if not isinstance(value, str):
        raise DataError(say("fault.descriptor_text", file=DESCRIPTOR, name=repr(name)))
    return value


def _texts(head: Mapping[str, Any], name: str) -> Iterator[str]:
    values = head.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise DataError(say("fault.descriptor_texts", file=DESCRIPTOR, name=repr(name)))
    yield from values


def _objects(
    head: Mapping[str, Any], name: str, *needed: str, is_needed: bool = False
) -> list[dict[str, str]]:
    values = head.get(name, [])
    if is_needed and not values:
        raise DataError(say("fault.descriptor_lacks", file=DESCRIPTOR, name=repr(name)))
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise DataError(say("fault.descriptor_objects", file=DESCRIPTOR, name=repr(name)))
    for value in values:
        for key in needed:
            if not isinstance(value.get(key), str):
                raise DataError(say("fault.descriptor_lacks", file=DESCRIPTOR, name=f"{name}.{key}"))
    return [{str(key): str(part) for key, part in value.items()} for value in values]


def _day(created: object) -> str:
    text = str(created)[:10]
    try:
        is_day = date.fromisoformat(text).year >= _EARLIEST
    except ValueError:
        is_day = False
    if not is_day:
        raise DataError(
            say("fault.descriptor_created", file=DESCRIPTOR, value=quoted(created), first=_EARLIEST)
        )
    return text
