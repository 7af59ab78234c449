"""What a layer is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bri_map.domain.table import Table

LayerId: TypeAlias = str
"""Id of a layer: stem of its files, code in data, links and exports, key of its messages."""

POINTS = frozenset({"Point"})
"""Geometry of a layer of places, as GeoJSON names it."""
LINES = frozenset({"LineString", "MultiLineString"})
"""Geometry of a layer of routes."""


class Symbol(StrEnum):
    """What stands for a feature on the map, in the legend and in lists."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    LINE = "line"
    BAND = "band"


class Palette(StrEnum):
    """The colours of the marks of a layer; what they are stands with the scripts of the map.

    `categories` gives each kind a colour of its own by its place in the vocabulary.
    """

    PARKS = "parks"
    SECTORS = "sectors"
    RAIL = "rail"
    CORRIDORS = "corridors"
    CATEGORIES = "categories"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend.

    Attributes:
        kind: The kind whose mark is shown.
        message: Key of the text beside it; the name of the kind where it is empty.
    """

    kind: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSpec:
    """A layer.

    Its messages are `layer.<id>` and `<kind vocabulary>.<kind>`.

    Attributes:
        id: Id of the layer.
        table: Its table.
        kinds: Codes by which its features are told apart, in their fixed order.
        kind_column: Column of the table that holds them; it names the vocabulary.
        geometry: Kinds of geometry that its features may have, as GeoJSON names them.
        listing: Its place in menus, tables and totals, the lowest first.
        symbol: The mark of its features.
        palette: The colours of its marks.
        legend: What the legend shows; every kind where it is empty.
        has_signs: Whether a sign inside the mark tells the kind, from some zoom on.
        channels: Columns of codes that the map is sent besides kind, status and precision.
        has_members: Whether features of other layers belong to its features, as the column `corridors` says.
        has_stops: Whether the waypoints of a line are its stops, a border station at every border.
        names_beyond_line: Whether its features may name countries that their lines do not come near.
        landmark_kinds: Kinds that a reader who searches most often means.
        nearest: Layers or kinds of which details show the nearest one, with the message `details.nearest.*`;
            they are listed with the layer they belong to.
        indicator: Indicator of countries that counts its features; none where it is empty.
        value_indicator: Indicator of countries that adds up the stated costs; none where it is empty.
        is_project: Whether its features count as projects in published totals.
        sector: Sector of all its features there, where the table does not say.
    """

    id: LayerId
    table: Table
    kinds: type[StrEnum]
    kind_column: str
    geometry: frozenset[str]
    listing: int
    symbol: Symbol
    palette: Palette
    legend: tuple[LegendEntry, ...] = ()
    has_signs: bool = False
    channels: tuple[str, ...] = ()
    has_members: bool = False
    has_stops: bool = False
    names_beyond_line: bool = False
    landmark_kinds: frozenset[str] = frozenset()
    nearest: tuple[str, ...] = ()
    indicator: str = ""
    value_indicator: str = ""
    is_project: bool = False
    sector: str = ""

    @property
    def kind_vocabulary(self) -> str:
        """Name of the vocabulary of its kinds: that of the column."""
        return self.table.column(self.kind_column).vocabulary or ""

    @property
    def channel_columns(self) -> tuple[str, ...]:
        """Columns of codes that the map is sent, in the order of its file."""
        return (self.kind_column, "status", "precision", *self.channels)

    @property
    def has_lines(self) -> bool:
        """Whether a feature of it may be a line."""
        return bool(self.geometry & LINES)

    @property
    def has_points(self) -> bool:
        """Whether a feature of it may be a point."""
        return bool(self.geometry & POINTS)

    def has_column(self, name: str) -> bool:
        """Tell whether its table has a column, in the file or derived."""
        return any(column.name == name for column in self.table.fields)
