"""Where the names of countries stand on the first picture of the map, chosen as the map itself does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, TypeAlias

from bri_map.maps.outlines import SIDE, copies

Box: TypeAlias = tuple[float, float, float, float]
"""West, north, east, south in pixels."""
_WIDE, _USUAL, _NARROW = 0.9, 0.72, 0.3
"""Widths of bold capitals in sizes of the name, about the same in all common fonts."""
_WIDTHS = {**dict.fromkeys("MW", _WIDE), **dict.fromkeys("I .'’-,()", _NARROW)}
_IDEOGRAPH = 1.0


class CountryNames:
    """Places names greedily, the more important first; they give way to points where they can."""

    def __init__(self, style: Mapping[str, Any], *, capitals: bool, middle: float) -> None:
        """Begin with an empty picture.

        Args:
            style: How names are set; `names` of marks.json.
            capitals: Whether they are set in capitals.
            middle: The middle of the map in pixels from the western edge of the world.
        """
        self._style = style
        self._middle = middle
        self._capitals = capitals
        self._spacing = style["spacing"]["capitals" if capitals else "plain"]
        self._points: list[Box] = []
        self._names: list[Box] = []

    def style(self) -> str:
        """Give the attributes of style for a group of all names; the colours are custom properties."""
        style = self._style
        family = style["family"].replace('"', "'")
        return (
            f'font-family="{family}" font-weight="{style["weight"]}" letter-spacing="{self._spacing}em" '
            f'text-anchor="middle" dominant-baseline="central" paint-order="stroke" '
            f'stroke-width="{style["halo"]}" stroke-linejoin="round"'
        )

    def avoid(self, x: float, y: float, radius: float) -> None:
        """Take note of a point of data."""
        self._points.append((x - radius, y - radius, x + radius, y + radius))

    def write(self, labels: Iterable[tuple[str, float, float, int]]) -> Iterator[str]:
        """Give names as SVG.

        Args:
            labels: Name, x and y in world units, and first zoom of each.
        """
        for name, world_x, world_y, first in labels:
            text = name.upper() if self._capitals else name
            size = self._style["sizes"][str(first)]
            half = self._width(text) * size / 2 + 2
            reach = size * self._style["half_height"]
            for x in copies(world_x * SIDE, self._middle):
                y = self._find(x, world_y * SIDE, half, reach, size)
                if y is not None:
                    self._names.append((x - half, y - reach, x + half, y + reach))
                    yield f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}">{escape(text)}</text>'

    def _find(self, x: float, y: float, half: float, reach: float, size: float) -> float | None:
        """Give the height at which a name stands; None where other names leave no room."""
        heights = [y + shift * size for shift in self._style["shifts"]]
        boxes = [(x - half, at - reach, x + half, at + reach) for at in heights]
        free = [i for i, box in enumerate(boxes) if not _meets(box, self._names)]
        open_ = [i for i in free if not _meets(boxes[i], self._points)]
        return heights[(open_ or free)[0]] if free else None

    def _width(self, text: str) -> float:
        """Estimate the width of a text in sizes of it."""
        letters = (_IDEOGRAPH if letter > "\u2e80" else _WIDTHS.get(letter, _USUAL) for letter in text)
        return sum(letters) + float(self._spacing) * len(text)


def _meets(box: Box, others: Iterable[Box]) -> bool:
    west, north, east, south = box
    return any(o[0] < east and o[2] > west and o[1] < south and o[3] > north for o in others)
