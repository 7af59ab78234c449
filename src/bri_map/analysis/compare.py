"""What changed between two versions of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import shapely
from shapely.geometry import Point

from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.shared_columns import DOUBTS, DRAWN_TO_PUBLISHED
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.evidence.statements import statements
from bri_map.geo.geodesic import distance_km, farthest_km

_FOLLOWS = frozenset(
    {
        "freshness",
        "checked",
        "due",
        "basis",
        "status",
        "cost_scope",
        DRAWN_TO_PUBLISHED,
        *(column.name for column in DOUBTS),
    }
)
"""Columns that are not reported one by one: they follow from others or have a list of their own."""
MOVED_KM = 0.01
"""Points that moved by less are where they were: the files hold six decimals."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value of a feature that is another now."""

    id: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Move:
    """A feature whose geometry is another now.

    Attributes:
        id: The feature.
        km: Geodesic distance between the two points; for a line, how far its farthest vertex now lies from
            where it ran. None where only one of the two has a position.
        is_line: Whether it is a line.
    """

    id: str
    km: float | None
    is_line: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Something that a source says of a feature, and that only one of the two versions has."""

    id: str
    field: str
    value: str
    source: str


@dataclass(slots=True)
class Difference:
    """Everything that differs between an older and a newer catalog.

    Attributes:
        old_version: Version of the older data.
        new_version: Version of the newer data.
        added: Ids that only the newer one has.
        removed: Ids that only the older one has, with the id that stands for them now, or an empty text.
        moved: Features that moved.
        status: Features whose status is another.
        changed: Other values that are another.
        said: What sources say only in the newer version, of features that both have.
        unsaid: What they say only in the older one.
    """

    old_version: str
    new_version: str
    added: list[str] = field(default_factory=list)
    removed: dict[str, str] = field(default_factory=dict)
    moved: list[Move] = field(default_factory=list)
    status: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    said: list[Word] = field(default_factory=list)
    unsaid: list[Word] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        values = (self.added, self.removed, self.moved, self.status, self.changed, self.said, self.unsaid)
        return any(values)

    def to_dict(self) -> dict[str, Any]:
        """Give the difference as JSON-ready values."""
        return asdict(self)


def compare(old: Catalog, new: Catalog) -> Difference:
    """Compare two catalogs feature by feature."""
    result = Difference(old.info.version, new.info.version)
    before, after = set(old.ids), set(new.ids)
    result.added = sorted(after - before)
    result.removed = {i: new.successor(i) or "" for i in sorted(before - after)}
    for was, now in _both(old, new):
        _compare_rows(result, was, now)
        move = _move(old, new, now.id)
        if move is not None:
            result.moved.append(move)
        before_words, after_words = (_words(catalog, now.id) for catalog in (old, new))
        result.said += [word for key, word in after_words.items() if key not in before_words]
        result.unsaid += [word for key, word in before_words.items() if key not in after_words]
    return result


@dataclass(frozen=True, slots=True)
class _Version:
    layer: LayerId
    row: dict[str, str]

    @property
    def id(self) -> str:
        return str(self.row["id"])


def _versions(catalog: Catalog) -> Iterator[_Version]:
    for layer in LAYERS:
        for row in catalog.rows(layer).to_dict("records"):
            yield _Version(layer, row)  # type: ignore[arg-type]


def _both(old: Catalog, new: Catalog) -> Iterator[tuple[_Version, _Version]]:
    was = {version.id: version for version in _versions(old)}
    for now in _versions(new):
        if now.id in was:
            yield was[now.id], now


def _compare_rows(result: Difference, was: _Version, now: _Version) -> None:
    if now.row["status"] != was.row["status"]:
        old, new = (f"{v.row['status']} ({v.row['status_as_of'] or 'no date'})" for v in (was, now))
        result.status.append(Change(now.id, "status", old, new))
    if now.layer != was.layer:
        result.changed.append(Change(now.id, "layer", was.layer, now.layer))
    columns = {c.name: c for layer in (was.layer, now.layer) for c in LAYER_TABLES[layer].fields}
    for column in columns.values():
        if column.name in _FOLLOWS:
            continue
        old_text, new_text = (str(v.row.get(column.name, "")) for v in (was, now))
        if column.is_list and set(old_text.split(LIST_SEPARATOR)) == set(new_text.split(LIST_SEPARATOR)):
            continue
        if old_text != new_text:
            result.changed.append(Change(now.id, column.name, old_text, new_text))


def _words(catalog: Catalog, feature_id: str) -> dict[tuple[str, ...], Word]:
    """Give everything said of a feature, by all that tells one statement from another."""
    words: dict[tuple[str, ...], Word] = {}
    for said in statements(catalog.get(feature_id)):
        e = said.evidence
        place = f"{e.source_id} {e.locator}".strip()
        key = (said.field, said.value, said.detail, e.as_of, place, e.basis, e.note)
        words[key] = Word(feature_id, said.field, f"{said.value} {said.detail}".strip(), place)
    return words


def _move(old: Catalog, new: Catalog, feature_id: str) -> Move | None:
    before, after = (
        catalog.geometry(layer)[index]
        for catalog in (old, new)
        for layer, index in [catalog.position(feature_id)]
    )
    if before is None or after is None:
        return None if before is after else Move(feature_id, None, is_line=False)
    if before.equals_exact(after, tolerance=0):
        return None
    if isinstance(before, Point) and isinstance(after, Point):
        km = distance_km(before, after)
        return Move(feature_id, round(km, 2), is_line=False) if km >= MOVED_KM else None
    return Move(feature_id, round(farthest_km(shapely.get_coordinates(after), before), 2), is_line=True)
