"""How the map is shown: theme, density, colours, basemap and indicator; nothing about which features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self, cast

from bri_map.analysis.indicators import INDICATORS
from bri_map.domain.filter_words import YEARS, suggest
from bri_map.errors import DisplayError
from bri_map.maps.basemaps import BUILT_IN, available_ids
from bri_map.maps.protocol import DisplayState

THEMES: tuple[str, ...] = ("light", "dark")
"""Themes of the map, the default first."""
SCHEMES: tuple[str, ...] = ("kind", "green", "sector")
"""What the colours of projects stand for, the default first."""
DISPLAY_KEYS: tuple[str, ...] = ("theme", "cluster", "labels", "scheme", "basemap", "indicator", "compare")
"""Names of the parameters in links."""
_FLAGS = {"1": True, "0": False, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Display:
    """How the map is shown.

    Attributes:
        theme: Light or dark.
        cluster: Whether near points are drawn as one mark with their number.
        labels: Whether features are named on the map.
        scheme: What the colours of projects stand for: their kind of mark only, the green rating of the
            BRI International Green Development Coalition, or the sector.
        basemap: Id of the basemap.
        indicator: Id of the indicator by which countries are coloured, or empty.
        compare: Year that is set beside the one of the filter, or empty.
    """

    theme: str = "light"
    cluster: bool = False
    labels: bool = True
    scheme: str = "kind"
    basemap: str = BUILT_IN
    indicator: str = ""
    compare: str = ""

    def __post_init__(self) -> None:
        for name, known in _choices().items():
            value = getattr(self, name)
            if value not in known:
                raise DisplayError(f"Unknown {name} {value!r}. {suggest(str(value), filter(None, known))}")
        for name in ("cluster", "labels"):
            if not isinstance(getattr(self, name), bool):
                raise DisplayError(f"{name} is True or False, not {getattr(self, name)!r}.")

    def to_state(self) -> DisplayState:
        """Give the display as the map's script reads it."""
        return cast("DisplayState", asdict(self))

    def to_params(self) -> dict[str, list[str]]:
        """Give the display as parameters, only where it differs from the default."""
        default = asdict(Display())
        return {
            name: [str(int(value)) if isinstance(value, bool) else value]
            for name, value in asdict(self).items()
            if value != default[name]
        }

    @classmethod
    def from_params(cls, params: Mapping[str, Iterable[str]]) -> tuple[Self, list[tuple[str, str]]]:
        """Read a display from parameters, leaving out what cannot be used.

        Returns:
            The display, and name and value of each parameter that was left out.
        """
        chosen: dict[str, Any] = {}
        left_out: list[tuple[str, str]] = []
        known = {**_choices(), "cluster": _FLAGS, "labels": _FLAGS}
        for name in DISPLAY_KEYS:
            for word in (value.strip().lower() for value in params.get(name, ())):
                if word in known[name]:
                    chosen[name] = _FLAGS[word] if known[name] is _FLAGS else word
                elif word:
                    left_out.append((name, word[:60]))
        return cls(**chosen), left_out


def _choices() -> dict[str, Any]:
    """Give the values that each parameter with codes may take."""
    return {
        "theme": THEMES,
        "scheme": SCHEMES,
        "basemap": available_ids(),
        "indicator": ("", *INDICATORS),
        "compare": ("", *map(str, YEARS)),
    }
