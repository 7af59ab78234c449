"""One feature with what it rests on and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from shapely.geometry.base import BaseGeometry

from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.names import Names
from bri_map.domain.table import LIST_SEPARATOR, Column, Kind
from bri_map.domain.vocabulary import NameKind
from bri_map.evidence.provenance import Evidence, Provenance


@dataclass(frozen=True, slots=True)
class Citation:
    """A source on which a feature rests.

    Attributes:
        id: Id of the source.
        title: Title, empty when unknown.
        producer: Who publishes it, or the host of a page.
        published: Date of publication, empty when unknown.
        accessed: When it was read, empty when unknown.
        language: Language, ISO 639.
        licence: Terms of the source.
        url: Address, empty for printed sources.
        locators: Sections, boxes, figures or pages.
    """

    id: str
    title: str
    producer: str
    published: str
    accessed: str
    language: str
    licence: str
    url: str
    locators: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The source as a line for a list of references."""
        title = self.title or self.url or self.id
        parts = [self.producer, f"“{title}”" if self.title else title, self.published]
        if self.title and self.url:
            parts.append(self.url)
        if self.accessed:
            parts.append(f"read {self.accessed}")
        return ", ".join(part for part in parts if part) + "."


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event in the history of a feature, or a report of its status."""

    date: str
    mark: str
    status: str
    event: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount of money, in millions of a currency (ISO 4217)."""

    kind: str
    amount_million: str
    currency: str
    year: str
    scope: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured quantity with its unit."""

    measure: str
    value: str
    unit: str
    as_of: str
    scope: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Participant:
    """An organisation in a role."""

    role: str
    organisation_id: str
    names: Names
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class OtherName:
    """A further name."""

    name: str
    language: str
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Related:
    """A relation to another feature; `is_inverse` when that feature states it of this one."""

    relation: str
    other_id: str
    is_inverse: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Identifier:
    """Under what another database knows the feature, or a part or the whole of it.

    The identifier is empty, and `match` is `absent`, where it was looked for and is not there.
    """

    scheme: str
    identifier: str
    match: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Membership:
    """A corridor to which the feature belongs, with the rule and its evidence."""

    corridor_id: str
    rule: str
    distance_km: str
    source_id: str
    locator: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the sources say of one feature.

    Attributes:
        provenance: Column to what its value rests on, for columns whose values are claimed, and `position`.
        history: Dated events and reports, oldest first.
        costs: Amounts of money.
        quantities: Measured quantities.
        participants: Organisations and their roles.
        names: Further names.
        relations: Relations to other features, both ways.
        identifiers: Identifiers in other databases.
        memberships: Corridors.
    """

    provenance: Mapping[str, Provenance]
    history: tuple[Event, ...]
    costs: tuple[Cost, ...]
    quantities: tuple[Quantity, ...]
    participants: tuple[Participant, ...]
    names: tuple[OtherName, ...]
    relations: tuple[Related, ...]
    identifiers: tuple[Identifier, ...]
    memberships: tuple[Membership, ...]

    def parts(self) -> dict[str, Any]:
        """Give each part by its name."""
        return {part.name: getattr(self, part.name) for part in fields(Said)}


@dataclass(frozen=True, slots=True)
class Feature(Said):
    """One feature with all that is known of it.

    Attributes:
        id: Stable id.
        layer: Its layer.
        values: Column to typed value: text, int, float, bool, tuple of texts for lists, None if unknown.
        regions: Regions of its countries.
        geometry: Geometry in EPSG:4326, longitude first.
        citations: The sources.
    """

    id: str
    layer: LayerId
    values: Mapping[str, Any]
    regions: tuple[str, ...]
    geometry: BaseGeometry | None
    citations: tuple[Citation, ...]

    @property
    def kind(self) -> str:
        """Park type, sector, or kind of line."""
        return str(self.values[LAYERS[self.layer].kind_column])

    def name(self, language: str) -> str:
        """Give the name in a language, or the English one where none is known."""
        return self.called[language]

    @property
    def called(self) -> Names:
        """The names under which pages in each language show it."""
        shown = {other.language: other.name for other in self.names if other.kind == NameKind.SHOWN}
        return Names.of_row(self.values, shown)


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
