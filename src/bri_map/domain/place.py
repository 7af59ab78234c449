"""Values that say where: a box, an area, what is near. Degrees in EPSG:4326, longitude first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from bri_map.errors import FilterError

DEGREE_DECIMALS = 4
"""Decimals of a degree that are kept, about 11 m; so what a link carries is what was asked."""
KM_DECIMALS = 1
MAX_CORNERS = 100
MAX_KM = 20_004.0
"""Half the way round the world, the farthest that two places can be apart, in kilometres."""

Position = tuple[float, float]
"""Longitude and latitude."""


@dataclass(frozen=True, slots=True)
class BBox:
    """A box between two meridians and two parallels.

    Attributes:
        west: Degrees, -180 to 180. Greater than `east` when the box lies across the antimeridian.
        south: Degrees, -90 to 90.
        east: Degrees, -180 to 180.
        north: Degrees, -90 to 90.
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        values = [_number("bbox", value) for value in (self.west, self.south, self.east, self.north)]
        west, south, east, north = (_rounded(value, DEGREE_DECIMALS) for value in values)
        for lon in (west, east):
            if not -540 <= lon <= 540:
                raise FilterError(f"bbox: {_text(lon)} is no longitude. Give degrees from -180 to 180.")
        for lat in (south, north):
            if not -90 <= lat <= 90:
                raise FilterError(f"bbox: {_text(lat)} is no latitude. Give degrees from -90 to 90.")
        south, north = min(south, north), max(south, north)
        if south == north or west == east:
            raise FilterError(
                f"bbox: {', '.join(map(_text, (west, south, east, north)))} has no extent. "
                "Give west, south, east, north."
            )
        if east - west >= 360:
            west, east = -180.0, 180.0
        for name, value in zip(
            ("west", "south", "east", "north"), (_wrapped(west), south, _wrapped(east), north), strict=True
        ):
            object.__setattr__(self, name, value)

    @property
    def unwrapped(self) -> tuple[float, float, float, float]:
        """West, south, east, north with the east never below the west; it may go beyond 180."""
        east = self.east if self.east > self.west else self.east + 360
        return self.west, self.south, east, self.north

    @property
    def text(self) -> str:
        """The box as links and options have it: `60,20,80,40`."""
        return ",".join(map(_text, (self.west, self.south, self.east, self.north)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a box.

        Raises:
            FilterError: The text is no box.
        """
        parts = text.split(",")
        if len(parts) != 4:
            raise FilterError(
                f"bbox: {quoted(text)} is no box. Give west,south,east,north in degrees, as in 60,20,80,40."
            )
        west, south, east, north = (_number("bbox", part) for part in parts)
        return cls(west, south, east, north)


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon; its sides are straight on a Mercator map, as it was drawn.

    Attributes:
        corners: Longitude and latitude of each corner once, 3 to 100 of them. The westernmost longitude lies
            from -180 to 180; an area across the antimeridian goes on beyond 180.
    """

    corners: tuple[Position, ...]

    def __post_init__(self) -> None:
        corners = [_position("area", corner) for corner in self.corners]
        for lon, lat in corners:
            if not -540 <= lon <= 540 or not -90 <= lat <= 90:
                raise FilterError(
                    f"area: {_text(lon)},{_text(lat)} lies outside the world. Give longitude, then latitude."
                )
        corners = [corner for i, corner in enumerate(corners) if not i or corner != corners[i - 1]]
        while len(corners) > 1 and corners[-1] == corners[0]:
            corners.pop()
        if not 3 <= len(corners) <= MAX_CORNERS:
            raise FilterError(
                f"area: {len(corners)} different corners. Give 3 to {MAX_CORNERS}, as in 60,20;80,20;80,40."
            )
        if _is_flat(corners):
            raise FilterError("area: all corners lie on one line. Give three that do not.")
        west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
        if east - west > 360:
            raise FilterError(f"area: {_text(east - west)} degrees wide. Give an area of 360 or less.")
        turns = 360 * math.floor((west + 180) / 360)
        moved = tuple((_rounded(lon - turns, DEGREE_DECIMALS), lat) for lon, lat in corners)
        object.__setattr__(self, "corners", moved)

    @property
    def text(self) -> str:
        """The area as links and options have it: `60,20;80,20;80,40`."""
        return ";".join(f"{_text(lon)},{_text(lat)}" for lon, lat in self.corners)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an area.

        Raises:
            FilterError: The text is no area.
        """
        corners = []
        for part in text.strip().strip(";").split(";"):
            numbers = part.split(",")
            if len(numbers) != 2:
                raise FilterError(
                    f"area: {quoted(part)} is no corner. "
                    "Give longitude,latitude pairs, as in 60,20;80,20;80,40."
                )
            corners.append((_number("area", numbers[0]), _number("area", numbers[1])))
        return cls(tuple(corners))


@dataclass(frozen=True, slots=True)
class Near:
    """What lies within a geodesic distance of a place or of a feature.

    Attributes:
        place: Longitude and latitude, or the id of a feature.
        km: Kilometres, more than 0.
    """

    place: Position | str
    km: float

    def __post_init__(self) -> None:
        km = _rounded(_number("near", self.km), KM_DECIMALS)
        if not 0 < km <= MAX_KM:
            raise FilterError(f"near: {_text(km)} km is no distance. Give 0.1 to {MAX_KM:.0f} kilometres.")
        place = self.place
        if isinstance(place, str):
            place = place.strip()
            if not place:
                raise FilterError("near: the id of the feature is empty. Give it, as in gwadar-port,100.")
            if not is_sayable(place):
                raise FilterError(f"near: {quoted(place)} stands for bytes that are no UTF-8.")
        else:
            lon, lat = _position("near", place)
            if not -540 <= lon <= 540 or not -90 <= lat <= 90:
                raise FilterError(
                    f"near: {_text(lon)},{_text(lat)} lies outside the world. Give longitude, then latitude."
                )
            place = (_wrapped(lon), lat)
        object.__setattr__(self, "place", place)
        object.__setattr__(self, "km", km)

    @property
    def feature(self) -> str | None:
        """Id of the feature, or None for a place."""
        return self.place if isinstance(self.place, str) else None

    @property
    def text(self) -> str:
        """The question as links and options have it: `62.3,25.1,100` or `gwadar-port,100`."""
        place = self.place if isinstance(self.place, str) else ",".join(map(_text, self.place))
        return f"{place},{_text(self.km)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what is asked.

        Raises:
            FilterError: The text is neither of the two forms.
        """
        parts = [part.strip() for part in text.split(",")]
        if len(parts) == 2:
            return cls(parts[0], _number("near", _without_unit(parts[1])))
        if len(parts) == 3:
            lon, lat, km = (_number("near", part) for part in (*parts[:2], _without_unit(parts[2])))
            return cls((lon, lat), km)
        raise FilterError(
            f"near: {quoted(text)} is no distance from a place. Give longitude,latitude,km as in "
            "62.3,25.1,100, or feature-id,km as in gwadar-port,100."
        )


def _without_unit(km: str) -> str:
    return km.lower().removesuffix("km").strip()


def _number(name: str, value: object) -> float:
    try:
        number = float(value.strip() if isinstance(value, str) else value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise FilterError(f"{name}: {quoted(value)} is no number.")
    return number


def _position(name: str, value: object) -> Position:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise FilterError(f"{name}: {quoted(value)} is no position. Give longitude, then latitude.")
    numbers = [_rounded(_number(name, number), DEGREE_DECIMALS) for number in value]
    if len(numbers) != 2:
        raise FilterError(f"{name}: a position is longitude and latitude, not {len(numbers)} numbers.")
    return numbers[0], numbers[1]


def _rounded(value: float, decimals: int) -> float:
    return round(value, decimals) + 0.0


def _wrapped(lon: float) -> float:
    """Bring a longitude between -180 and 180; both stay as they are."""
    return lon if -180 <= lon <= 180 else _rounded((lon + 180) % 360 - 180, DEGREE_DECIMALS)


def _is_flat(corners: Sequence[Position]) -> bool:
    (x0, y0), *others = corners
    x1, y1 = max(others, key=lambda corner: math.dist(corner, (x0, y0)))
    return all(abs((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) < 1e-9 for x, y in others)


def _text(value: float) -> str:
    """Write a number without needless zeros and never with an exponent."""
    text = f"{value:.{DEGREE_DECIMALS}f}"
    return text.rstrip("0").rstrip(".")


def quoted(value: object) -> str:
    """Write what was given as an error quotes it: in quotation marks, short, and printable whatever it is."""
    try:
        text = str(value)
    except ValueError:  # an integer of more digits than Python writes
        text = "a number of very many digits"
    return repr(text if len(text) <= 60 else text[:59] + "…")


def is_sayable(text: str) -> bool:
    """Whether a text can be written as UTF-8, as everything must that goes into a link or a file."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
