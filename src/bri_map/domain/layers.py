"""The layers, said once: everything else that knows layers derives from these records.

Reader, checks, filter, search, map, legend, sidebar, table, downloads and command line ask a `LayerSpec`;
none of them names a layer. The scripts of the map are told the same in the bundle's configuration.
"""

from __future__ import annotations

from bri_map.domain import layer_tables
from bri_map.domain.layer import LINES, POINTS, LayerId, LayerSpec, LegendEntry, Palette, Symbol
from bri_map.domain.table import Table
from bri_map.domain.vocabulary import CorridorKind, Layer, ParkType, RailKind, Sector

CORRIDORS = LayerSpec(
    id=Layer.CORRIDORS.value,
    table=layer_tables.CORRIDORS,
    kinds=CorridorKind,
    kind_column="kind",
    geometry=LINES,
    listing=4,
    symbol=Symbol.BAND,
    palette=Palette.CORRIDORS,
    legend=(
        LegendEntry(CorridorKind.ECONOMIC_CORRIDOR, "map.land_corridor"),
        LegendEntry(CorridorKind.MARITIME_ROUTE),
        LegendEntry(CorridorKind.AIR_ROUTE),
    ),
    has_members=True,
    names_beyond_line=True,
    landmark_kinds=frozenset(CorridorKind),
)

RAIL = LayerSpec(
    id=Layer.RAIL.value,
    table=layer_tables.RAIL,
    kinds=RailKind,
    kind_column="kind",
    geometry=LINES,
    listing=3,
    symbol=Symbol.LINE,
    palette=Palette.RAIL,
    has_stops=True,
    landmark_kinds=frozenset(RailKind),
    nearest=("rail",),
    is_project=True,
    sector=Sector.RAILWAY.value,
)

PROJECTS = LayerSpec(
    id=Layer.PROJECTS.value,
    table=layer_tables.PROJECTS,
    kinds=Sector,
    kind_column="sector",
    geometry=POINTS | LINES,
    listing=2,
    symbol=Symbol.DIAMOND,
    palette=Palette.SECTORS,
    has_signs=True,
    channels=("green_rating",),
    landmark_kinds=frozenset({Sector.PORTS}),
    nearest=(Sector.PORTS.value,),
    indicator="projects",
    value_indicator="project-value",
    is_project=True,
)

PARKS = LayerSpec(
    id=Layer.PARKS.value,
    table=layer_tables.PARKS,
    kinds=ParkType,
    kind_column="type",
    geometry=POINTS,
    listing=1,
    symbol=Symbol.CIRCLE,
    palette=Palette.PARKS,
    nearest=("parks",),
    indicator="parks",
)

LAYERS: dict[LayerId, LayerSpec] = {spec.id: spec for spec in (CORRIDORS, RAIL, PROJECTS, PARKS)}
"""The layers by id, in the order in which they are drawn, from the bottom to the top of the map."""
LISTED: tuple[LayerSpec, ...] = tuple(sorted(LAYERS.values(), key=lambda spec: spec.listing))
"""The layers in the order in which menus, tables and totals list them."""
LAYER_TABLES: dict[LayerId, Table] = {spec.id: spec.table for spec in LAYERS.values()}
"""The table of each layer, in drawing order."""
CORRIDOR_LAYERS: tuple[LayerId, ...] = tuple(spec.id for spec in LAYERS.values() if spec.has_members)
"""The layers to whose features those of other layers belong."""
MEMBERSHIP_COLUMN = layer_tables.MEMBERSHIP.name
"""Column of the corridors to which a feature belongs."""


def with_column(name: str) -> tuple[LayerSpec, ...]:
    """Give the layers whose table has a column, in drawing order."""
    return tuple(spec for spec in LAYERS.values() if spec.has_column(name))
