"""The first picture of the map: what the browser is about to draw, as SVG that needs no script.

It shows the whole world at the zoom of a first visit, to be placed and repeated by the style sheet of the
page. Marks and lines are those that the map's own modules draw: `npm run build` has them draw into
`browser/dist/marks.json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from bri_map.browser import map_marks
from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId, LayerSpec, Symbol
from bri_map.domain.layers import LAYERS
from bri_map.i18n import messages
from bri_map.maps.country_names import CountryNames
from bri_map.maps.outlines import REACH_PX, SIDE, UNITS_PER_PX, ZOOM, Outlines, copies, path_data
from bri_map.maps.packing import Drawing, pack_layer, unpack_drawing
from bri_map.query.facets import Mask

MAX_POINTS = 1500
"""More points than this are left out: names would no longer give way to them, and the file would be long."""
MAX_PARTS = 2000
"""More parts of lines than this are left out."""
TINY_PX = 6
"""Rail routes smaller than this are a small bar."""
_ROUGH = frozenset({"district", "country"})
_ANY = "*"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}|rgba\([^)]*\)")


@cache
def _marks() -> dict[str, Any]:
    marks: dict[str, Any] = json.loads(map_marks())
    return marks


@dataclass(frozen=True, slots=True)
class _Features:
    """A layer as it is drawn: where, and what decides how it looks, feature by feature."""

    spec: LayerSpec
    drawing: Drawing
    kind: list[str]
    status: list[str]
    precision: list[str]

    def look(self, table: Mapping[str, Any], feature: int, last: str) -> Any:
        """Find what is drawn for a feature: for its kind and status, or for any; None if nothing is."""
        for kind in (self.kind[feature], _ANY):
            for status in (self.status[feature], _ANY):
                found = table.get(f"{self.spec.palette.value},{kind},{status},{last}")
                if found is not None:
                    return found
        return None


class FirstPicture:
    """Draws the first picture of one catalog, for any theme, language and selection."""

    def __init__(self, catalog: Catalog, outlines: Outlines, labels: bytes) -> None:
        """Keep what all pictures share.

        Args:
            catalog: The features.
            outlines: Land and borders for a world of `SIDE` pixels.
            labels: Names of countries, as `pack_country_labels` gives them.
        """
        self._outlines = outlines
        self._labels = json.loads(labels)
        self._layers = [_features(catalog, layer) for layer in LAYERS]

    def draw(self, language: str, visible: Mapping[LayerId, Mask], middle: float) -> str:
        """Draw a picture for both themes.

        Args:
            language: Language of the names.
            visible: Which features of each layer are shown.
            middle: The middle of the map in pixels from the western edge of the world.

        Returns:
            An SVG element, three worlds wide and one high, and a style element with the colours of both
            themes: the dark ones hold where the root has `data-bri-theme="dark"`, or has no theme and the
            system is dark.
        """
        light, dark = (self._draw(theme, language, visible, middle) for theme in ("light", "dark"))
        return _themed(light, dark)

    def _draw(self, theme: str, language: str, visible: Mapping[LayerId, Mask], middle: float) -> str:
        marks = _marks()
        look = marks["themes"][theme]
        colours = look["colours"]
        names = CountryNames(marks["names"], capitals=messages(language).locale.capitals, middle=middle)
        lines: list[str] = []
        points: list[str] = []
        symbols: dict[str, str] = {}
        for layer in self._layers:
            mask = visible[layer.spec.id]
            lines += _lines_svg(layer, look, mask)
            for x, y, feature in _points(layer, mask):
                is_rough = layer.precision[feature] in _ROUGH
                drawn = layer.look(look["points"], feature, "rough" if is_rough else "exact")
                if drawn is None:
                    continue
                symbol = symbols.setdefault(drawn, f"bri-p{len(symbols)}")
                for at in copies(x, middle):
                    names.avoid(at, y, marks["radius"][layer.spec.palette.value])
                    points.append(f'<use href="#{symbol}" x="{at:.1f}" y="{y:.1f}"/>')
        size = f'width="{3 * SIDE}" height="{SIDE}" viewBox="{-SIDE} 0 {3 * SIDE} {SIDE}"'
        return "".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" {size}><defs>',
                *(f'<g id="{name}">{drawn}</g>' for drawn, name in symbols.items()),
                "</defs>",
                _basemap_svg(self._outlines, colours),
                '<g id="bri-lines" fill="none" stroke-linejoin="round">',
                *lines,
                "</g>",
                *(f'<use href="#bri-lines" x="{x}"/>' for x in _further_worlds(middle)),
                f'<g {names.style()} fill="{colours["label"]}" stroke="{colours["labelHalo"]}">',
                *names.write(self._names(language)),
                "</g>",
                *points,
                "</svg>",
            )
        )

    def _names(self, language: str) -> Iterator[tuple[str, float, float, int]]:
        """Give name, x, y and first zoom of the countries that are named in this view."""
        spoken = self._labels["languages"]
        at = spoken.index(language) if language in spoken else 0
        for names, x, y, first in self._labels["places"]:
            if first <= ZOOM:
                yield names[at] or names[0], x, y, first


def _further_worlds(middle: float) -> Iterator[int]:
    """Give where copies of the world begin that a window may show besides the first."""
    if middle - REACH_PX < 0:
        yield -SIDE
    if middle + REACH_PX > SIDE:
        yield SIDE


def _themed(light: str, dark: str) -> str:
    """Join two drawings that differ in colours only: pairs of colours become custom properties."""
    names: dict[tuple[str, str], str] = {}
    others = iter(_COLOUR.findall(dark))

    def name(match: re.Match[str]) -> str:
        pair = (match[0], next(others))
        return f"var(--{names.setdefault(pair, f'bri-c{len(names)}')})"

    drawn = _COLOUR.sub(name, light)
    of_theme = ["{" + "".join(f"--{name}:{pair[i]};" for pair, name in names.items()) + "}" for i in (0, 1)]
    return (
        f"<style>#bri-first{of_theme[0]}@media (prefers-color-scheme:dark){{"
        f':root:not([data-bri-theme="light"]) #bri-first{of_theme[1]}}}'
        f':root[data-bri-theme="dark"] #bri-first{of_theme[1]}</style>{drawn}'
    )


def _features(catalog: Catalog, layer: LayerId) -> _Features:
    rows = catalog.rows(layer)
    spec = LAYERS[layer]
    kind, status, precision = (rows[name].tolist() for name in (spec.kind_column, "status", "precision"))
    return _Features(spec, unpack_drawing(pack_layer(catalog, layer).data), kind, status, precision)


def _basemap_svg(outlines: Outlines, colours: Mapping[str, str]) -> str:
    """Draw land and borders in three worlds; what runs on beyond the antimeridian begins one further west."""
    width = UNITS_PER_PX
    side = SIDE * width
    return (
        f'<g transform="scale({1 / width})" stroke-linejoin="bevel"><g id="bri-world">'
        f'<path d="{outlines.land}" fill="{colours["land"]}" fill-rule="evenodd" stroke="{colours["coast"]}" '
        f'stroke-width="{0.7 * width:.0f}"/><path d="{outlines.borders}" fill="none" '
        f'stroke="{colours["border"]}" stroke-width="{0.8 * width:.0f}"/></g>'
        + "".join(f'<use href="#bri-world" x="{turn * side}"/>' for turn in (-2, -1, 1))
        + "</g>"
    )


def _points(layer: _Features, mask: Mask) -> list[tuple[float, float, int]]:
    """Give x, y in pixels and feature of the visible points; none where there are too many."""
    drawing = layer.drawing
    shown = np.flatnonzero(mask[drawing.point_feature])
    if len(shown) > MAX_POINTS:
        return []
    at = drawing.points[shown].astype(np.float64) * SIDE
    return [(x, y, i) for (x, y), i in zip(at.tolist(), drawing.point_feature[shown].tolist(), strict=True)]


def _lines_svg(layer: _Features, look: Mapping[str, Any], mask: Mask) -> Iterator[str]:
    """Draw the visible lines, those of one look together, from the bottom to the top."""
    drawing = layer.drawing
    shown = np.flatnonzero(mask[drawing.part_feature])
    if len(shown) > MAX_PARTS:
        return
    groups: dict[str, tuple[Mapping[str, Any], list[npt.NDArray[np.float32]]]] = {}
    bars: list[str] = []
    for part in shown.tolist():
        feature = int(drawing.part_feature[part])
        is_band = layer.spec.symbol is Symbol.BAND
        style = layer.look(look["lines"], feature, str(feature % _marks()["hues"] if is_band else 0))
        if style is None:
            continue
        line = drawing.vertices[drawing.part_start[part] : drawing.part_start[part + 1]]
        if layer.spec.symbol is Symbol.LINE and _is_tiny(drawing, feature):
            bars.append(_bar_svg(line, style["colour"], look["colours"]["paper"]))
            continue
        key = json.dumps(style) + (str(feature) if is_band else "")
        groups.setdefault(key, (style, []))[1].append(line)
    for style, lines in groups.values():
        path = "".join(path_data(_thin(line)) for line in lines)
        yield from (_pass_svg(one, path) for one in style["passes"])
        if "beads" in style:
            for line in lines:
                yield from _beads_svg(line, style, look["colours"]["hollow"])
    yield from bars


def _thin(line: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    shape = shapely.simplify(shapely.LineString(line), 0.4 / SIDE, preserve_topology=False)
    return np.asarray(shapely.get_coordinates(shape), dtype=np.float64)


def _is_tiny(drawing: Drawing, feature: int) -> bool:
    parts = np.flatnonzero(drawing.part_feature == feature)
    vertices = drawing.vertices[drawing.part_start[parts[0]] : drawing.part_start[parts[-1] + 1]]
    return bool((np.ptp(vertices, axis=0) * SIDE < TINY_PX).all())


def _bar_svg(line: npt.NDArray[np.float32], colour: str, paper: str) -> str:
    x, y = ((line.min(axis=0) + line.max(axis=0)) / 2 * SIDE).tolist()
    return (
        f'<path d="M{x - 4.5:.1f} {y - 3:.1f}h9v6h-9z" fill="{paper}"/>'
        f'<path d="M{x - 3.5:.1f} {y - 2:.1f}h7v4h-7z" fill="{colour}"/>'
    )


def _pass_svg(stroke: Mapping[str, Any], path: str) -> str:
    """Stroke a path once; it is in tenths of a pixel, and so are width and dash."""
    dash = " ".join(f"{length * UNITS_PER_PX:g}" for length in stroke.get("dash") or ())
    more = (
        (f' stroke-dasharray="{dash}"' if dash else "")
        + (f' stroke-opacity="{stroke["alpha"]}"' if "alpha" in stroke else "")
        + (' stroke-linecap="round"' if stroke.get("cap") == "round" else "")
    )
    return (
        f'<path transform="scale({1 / UNITS_PER_PX})" d="{path}" stroke="{stroke["colour"]}" '
        f'stroke-width="{stroke["width"] * UNITS_PER_PX:g}"{more}/>'
    )


def _beads_svg(line: npt.NDArray[np.float32], style: Mapping[str, Any], hollow: str) -> Iterator[str]:
    """Put a glyph at even distances along a line."""
    beads = style["beads"]
    glyph = _marks()["glyphs"][beads["name"]]
    at = line.astype(np.float64) * SIDE
    steps = np.diff(at, axis=0)
    gone = np.concatenate(([0.0], np.hypot(*steps.T).cumsum()))
    size = beads["size"] * 0.95 / 12
    for far in np.arange(beads["every"] / 2, gone[-1], beads["every"]).tolist():
        i = min(int(np.searchsorted(gone, far, side="right")) - 1, len(steps) - 1)
        x, y = (at[i] + (far - gone[i]) / (gone[i + 1] - gone[i]) * steps[i]).tolist()
        turn = 0.0 if beads["name"] == "wave" else math.degrees(math.atan2(steps[i][1], steps[i][0])) + 90
        ink = (
            f'fill="{style["colour"]}" fill-rule="evenodd" d="{glyph["fill"]}"'
            if "fill" in glyph
            else f'stroke="{style["colour"]}" stroke-width="1.5" stroke-linecap="round" d="{glyph["stroke"]}"'
        )
        place = f"translate({x:.1f} {y:.1f}) rotate({turn:.0f}) scale({size:.3f}) translate(-6 -6)"
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{beads["size"] * 0.62:.2f}" fill="{hollow}"/>'
            f'<path transform="{place}" {ink}/>'
        )
