"""One feature with what it rests on and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from bri_map.domain.tables import KIND_COLUMN, LIST_SEPARATOR, Column, Kind
from bri_map.domain.vocabulary import Layer


@dataclass(frozen=True, slots=True)
class Citation:
    """A source on which a feature rests.

    Attributes:
        id: Id of the source.
        title: Title, empty when unknown.
        publisher: Publisher or host.
        published: Date of publication, empty when unknown.
        url: Address, empty for printed sources.
        locators: Sections, boxes, figures or pages.
    """

    id: str
    title: str
    publisher: str
    published: str
    url: str
    locators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event in the history of a feature."""

    date: str
    status: str
    event: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature with all that is known of it.

    Attributes:
        id: Stable id.
        layer: Its layer.
        values: Column to typed value: text, int, float, bool, tuple of texts for lists, None if unknown.
        regions: Regions of its countries.
        geometry: Geometry in EPSG:4326, longitude first.
        citations: The sources.
        history: Dated events, oldest first.
    """

    id: str
    layer: Layer
    values: Mapping[str, Any]
    regions: tuple[str, ...]
    geometry: BaseGeometry
    citations: tuple[Citation, ...]
    history: tuple[Event, ...]

    @property
    def kind(self) -> str:
        """Park type, sector, or kind of line."""
        return str(self.values[KIND_COLUMN[self.layer]])

    def name(self, language: str) -> str:
        """Give the name in a language, or the English one where none is known."""
        return str((self.values["name_zh"] if language == "zh" else None) or self.values["name"])


def typed_value(text: str, column: Column) -> Any:
    """Turn the text of a cell into its value; None when the cell of a single value is empty."""
    if column.is_list:
        return tuple(text.split(LIST_SEPARATOR)) if text else ()
    if not text:
        return None
    if column.kind is Kind.INTEGER:
        return int(text)
    if column.kind is Kind.NUMBER:
        number = float(text)
        return int(number) if number.is_integer() else number
    if column.kind is Kind.BOOLEAN:
        return text == "true"
    return text
