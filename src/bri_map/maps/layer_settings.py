"""What the scripts of the map are told of the layers: they name none by themselves."""

from __future__ import annotations

from typing import Any

from bri_map.domain.codes import codes
from bri_map.domain.layer import LayerSpec
from bri_map.domain.layers import LAYERS

_ROLES = {"green_rating": "rating"}
"""Columns of codes that the scripts know by another name."""


def layer_settings(spec: LayerSpec) -> dict[str, Any]:
    """Give what decides how a layer is drawn, explained and listed, as `LayerMark` in the scripts."""
    return {
        "id": spec.id,
        "symbol": spec.symbol.value,
        "palette": spec.palette.value,
        "kinds": list(codes(spec.kind_vocabulary)),
        "kind_vocabulary": spec.kind_vocabulary,
        "legend": [{"kind": str(entry.kind), "message": entry.message} for entry in spec.legend],
        "has_signs": spec.has_signs,
        "has_points": spec.has_points,
        "has_lines": spec.has_lines,
        "listing": spec.listing,
        "channels": [
            {
                "name": "kind" if name == spec.kind_column else _ROLES.get(name, name),
                "vocabulary": spec.table.column(name).vocabulary,
            }
            for name in spec.channel_columns
        ],
    }


def code_lists() -> dict[str, list[str]]:
    """Give the codes of every vocabulary that a channel of some layer has, by its name."""
    vocabularies = dict.fromkeys(
        spec.table.column(name).vocabulary or "" for spec in LAYERS.values() for name in spec.channel_columns
    )
    return {name: list(codes(name)) for name in vocabularies}
