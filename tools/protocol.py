"""Write the script's side of the protocol: `python -m tools.protocol`.

The types in `browser/protocol.d.ts` are those of `bri_map.maps.protocol`; a test fails while they differ.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, is_typeddict

from bri_map.domain.place import Area, BBox
from bri_map.maps import protocol

TARGET = Path(__file__).resolve().parents[1] / "src" / "bri_map" / "browser" / "protocol.d.ts"
_HEAD = """/**
 * What the map's frame and the page say to each other.
 * Generated from src/bri_map/maps/protocol.py by python -m tools.protocol; not written by hand.
 */
"""
_NAMES: dict[Any, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
    BBox: "[number, number, number, number]",
    Area: "[number, number][]",
}
_EVENTS = get_args(protocol.MapEvent)
_PARTS = (protocol.PickEvent, protocol.SortEvent, protocol.SearchEvent)
_STATES = (
    protocol.LayerState,
    protocol.SelectedState,
    protocol.FocusState,
    protocol.NearPlace,
    protocol.NearFeature,
    protocol.PlaceState,
    protocol.DisplayState,
    protocol.MapState,
)


def type_text(hint: Any) -> str:
    """Write a type as TypeScript does."""
    if hint in _NAMES:
        return _NAMES[hint]
    if is_typeddict(hint):
        return str(hint.__name__)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in args)
    if origin in (Union, types.UnionType):
        return " | ".join(type_text(arg) for arg in args)
    if origin is list:
        return f"{type_text(args[0])}[]"
    if origin is tuple:
        return f"[{', '.join(type_text(arg) for arg in args)}]"
    if origin is dict:
        return f"Record<{type_text(args[0])}, {type_text(args[1])}>"
    raise TypeError(f"{hint} has no counterpart in the scripts")


def _interface(cls: type, fields: list[str]) -> str:
    summary = (inspect.getdoc(cls) or "").splitlines()[0]
    body = "".join(f"  {field};\n" for field in fields)
    return f"/** {summary} */\nexport interface {cls.__name__} {{\n{body}}}\n"


def _event(cls: type) -> str:
    hints = typing.get_type_hints(cls)
    fields = [f'event: "{cls.event}"'] if hasattr(cls, "event") else []
    fields += [f"{field.name}: {type_text(hints[field.name])}" for field in dataclasses.fields(cls)]
    return _interface(cls, fields)


def _state(cls: type) -> str:
    hints = typing.get_type_hints(cls, include_extras=True)
    optional: frozenset[str] = cls.__optional_keys__  # type: ignore[attr-defined]
    fields = []
    for name, hint in hints.items():
        plain = get_args(hint)[0] if get_origin(hint) is NotRequired else hint
        mark = "?" if name in optional or plain is not hint else ""
        fields.append(f"{name}{mark}: {type_text(plain)}")
    return _interface(cls, fields)


def protocol_text() -> str:
    """Give the whole file."""
    union = "".join(f"\n  | {cls.__name__}" for cls in _EVENTS)
    parts = [_HEAD, *map(_event, _EVENTS), f"export type MapEvent ={union};\n"]
    parts += [*map(_event, _PARTS), *map(_state, _STATES)]
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(protocol_text(), "utf-8")
