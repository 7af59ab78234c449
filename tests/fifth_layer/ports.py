"""The layer of ports."""

from __future__ import annotations

from enum import StrEnum

from bri_map.domain.layer import POINTS, LayerSpec, Palette, Symbol
from bri_map.domain.layer_tables import BASIS, MEMBERSHIP, STATUS, claimed, derived, layer_columns
from bri_map.domain.shared_columns import DOUBTS
from bri_map.domain.table import Table, amount, code


class PortKind(StrEnum):
    """Kind of a port."""

    DEEP_SEA = "deep-sea"
    RIVER = "river"
    DRY = "dry"


PORTS = LayerSpec(
    id="ports",
    table=Table(
        "ports",
        layer_columns(
            code("kind", "port_kind", "Kind of port."),
            *claimed(amount("quay_length_km", "Length of its quays.", "km", 500)),
        ),
        ("id",),
        "A port.",
        derived=derived(*STATUS, MEMBERSHIP, BASIS, *DOUBTS),
    ),
    kinds=PortKind,
    kind_column="kind",
    geometry=POINTS,
    listing=5,
    symbol=Symbol.CIRCLE,
    palette=Palette.CATEGORIES,
)
