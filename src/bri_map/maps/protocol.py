"""What the map's frame and the page say to each other, defined once.

Events go from the map and from the parts of the page to the server; a state goes from the server to the map.
The script's side, `browser/protocol.d.ts`, is generated from here by `python -m tools.protocol`. What comes
from a browser is read by `read_map_event` and its like: either it is exactly an event, or it is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NotRequired, TypedDict, TypeVar

from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.place import Area, BBox, Near, Position
from bri_map.errors import FilterError

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

# --- events of the map ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SelectEvent:
    """A feature was clicked.

    Attributes:
        layer: Its layer.
        index: Its place in the layer, from 0.
    """

    event: ClassVar = "select"
    layer: LayerId
    index: int


@dataclass(frozen=True, slots=True)
class ClearEvent:
    """The map was clicked beside all features."""

    event: ClassVar = "clear"


@dataclass(frozen=True, slots=True)
class ToggleEvent:
    """A layer was switched in the legend.

    Attributes:
        layer: The layer.
        on: Whether it is to be shown.
    """

    event: ClassVar = "toggle"
    layer: LayerId
    on: bool


@dataclass(frozen=True, slots=True)
class BasemapEvent:
    """Another basemap is shown."""

    event: ClassVar = "basemap"
    basemap: str


@dataclass(frozen=True, slots=True)
class YearEvent:
    """The year slider came to rest.

    Attributes:
        year: The year, or None for all of them.
        wish: Number of the wish, which rises; the state that answers it carries it.
    """

    event: ClassVar = "year"
    year: int | None
    wish: int


@dataclass(frozen=True, slots=True)
class UndatedEvent:
    """Features without dates are to be shown or not."""

    event: ClassVar = "undated"
    shown: bool


@dataclass(frozen=True, slots=True)
class BBoxEvent:
    """A rectangle was drawn: west, south, east, north in degrees."""

    event: ClassVar = "bbox"
    bbox: BBox


@dataclass(frozen=True, slots=True)
class AreaEvent:
    """A polygon was drawn: longitude and latitude of each corner as drawn, also beyond 180 degrees."""

    event: ClassVar = "area"
    area: Area


@dataclass(frozen=True, slots=True)
class NearEvent:
    """A circle was drawn: longitude and latitude in degrees, and kilometres."""

    event: ClassVar = "near"
    lon: float
    lat: float
    km: float

    @property
    def near(self) -> Near:
        """The circle as a part of a filter."""
        return Near((self.lon, self.lat), self.km)


@dataclass(frozen=True, slots=True)
class PlaceClearEvent:
    """The place is no longer asked for."""

    event: ClassVar = "place-clear"


MapEvent = (
    SelectEvent
    | ClearEvent
    | ToggleEvent
    | BasemapEvent
    | YearEvent
    | UndatedEvent
    | BBoxEvent
    | AreaEvent
    | NearEvent
    | PlaceClearEvent
)

# --- events of the parts of the page ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PickEvent:
    """A row of a table or a link was picked.

    Attributes:
        id: Of a feature or a source.
    """

    id: str


@dataclass(frozen=True, slots=True)
class SortEvent:
    """The head of a column was clicked."""

    column: str


@dataclass(frozen=True, slots=True)
class SearchEvent:
    """A result of the search was picked.

    Attributes:
        group: A layer, or `country` or `place`.
        id: Of the result.
        bbox: Where it lies: west, south, east, north in degrees.
    """

    group: str
    id: str
    bbox: Box


# --- the state of the map ---------------------------------------------------------------------------------


class LayerState(TypedDict):
    """What of a layer is shown: bits as base64 or all or none, numbers of features, whether it is on."""

    bits: str | bool
    shown: int
    total: int
    on: bool


class SelectedState(TypedDict):
    """The feature whose details are open."""

    layer: str
    index: int


class FocusState(TypedDict):
    """Where to zoom, once: west, south, east, north in degrees, or null for the result; a token names it."""

    token: str
    bbox: Box | None


class NearPlace(TypedDict):
    """A circle that the filter asks for."""

    lon: float
    lat: float
    km: float


class NearFeature(TypedDict):
    """A distance from a feature that the filter asks for."""

    feature: str
    layer: str
    index: int
    km: float


class PlaceState(TypedDict):
    """Where the filter looks."""

    bbox: Box | None
    area: list[Position] | None
    near: NearPlace | NearFeature | None


class DisplayState(TypedDict, total=False):
    """How the map is shown; what is absent is as in the default display."""

    theme: Literal["light", "dark"]
    cluster: bool
    labels: bool
    scheme: Literal["kind", "green", "sector"]
    basemap: str
    indicator: str
    compare: str


class MapState(TypedDict):
    """What the map shows.

    `seq` rises with every change, `live` names the short way of the session, `query` is the filter without
    its year as parameters of a link, `wish` the number of the last wish of the year slider that is answered.
    """

    seq: NotRequired[int]
    live: NotRequired[str]
    lang: str
    year: int | None
    wish: int | None
    query: str
    place: PlaceState
    layers: dict[str, LayerState]
    selected: SelectedState | None
    focus: FocusState | None
    display: DisplayState


# --- reading what a browser sends -------------------------------------------------------------------------

_T = TypeVar("_T")
_MOST = 2**53


class _MalformedError(Exception):
    """A value is not what the protocol says."""


def _read(reader: Callable[[Mapping[str, Any]], _T], value: object) -> _T | None:
    """Read an object; None if it is not what the protocol says."""
    if not isinstance(value, dict):
        return None
    try:
        return reader(value)
    except _MalformedError:
        return None


def _plain(kind: type[_T], value: object) -> _T:
    if not isinstance(value, kind):
        raise _MalformedError
    return value


def _text(value: object) -> str:
    return _plain(str, value)


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MOST:
        raise _MalformedError
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= _MOST:
        raise _MalformedError
    return float(value)


def _layer(value: object) -> LayerId:
    if _text(value) not in LAYERS:
        raise _MalformedError
    return str(value)


def _box(value: object) -> Box:
    sides = [_number(side) for side in _plain(list, value)]
    if len(sides) != 4:
        raise _MalformedError
    return sides[0], sides[1], sides[2], sides[3]


def _corner(value: object) -> Position:
    numbers = [_number(number) for number in _plain(list, value)]
    if len(numbers) != 2:
        raise _MalformedError
    return numbers[0], numbers[1]


def _place(make: Callable[[], _T]) -> _T:
    """Make a part of a filter; one that cannot be asked for is malformed."""
    try:
        return make()
    except FilterError as error:
        raise _MalformedError from error


def _select(value: Mapping[str, Any]) -> SelectEvent:
    index = _integer(value.get("index"))
    if index < 0:
        raise _MalformedError
    return SelectEvent(_layer(value.get("layer")), index)


def _year(value: Mapping[str, Any]) -> YearEvent:
    year = value.get("year", "")
    return YearEvent(None if year is None else _integer(year), _integer(value.get("wish")))


def _bbox(value: Mapping[str, Any]) -> BBoxEvent:
    sides = _box(value.get("bbox"))
    return BBoxEvent(_place(lambda: BBox(*sides)))


def _area(value: Mapping[str, Any]) -> AreaEvent:
    corners = tuple(_corner(corner) for corner in _plain(list, value.get("area")))
    return AreaEvent(_place(lambda: Area(corners)))


def _near(value: Mapping[str, Any]) -> NearEvent:
    event = NearEvent(_number(value.get("lon")), _number(value.get("lat")), _number(value.get("km")))
    _place(lambda: event.near)
    return event


_MAP_READERS: dict[str, Callable[[Mapping[str, Any]], MapEvent]] = {
    SelectEvent.event: _select,
    ClearEvent.event: lambda _: ClearEvent(),
    ToggleEvent.event: lambda value: ToggleEvent(_layer(value.get("layer")), _plain(bool, value.get("on"))),
    BasemapEvent.event: lambda value: BasemapEvent(_text(value.get("basemap"))),
    YearEvent.event: _year,
    UndatedEvent.event: lambda value: UndatedEvent(_plain(bool, value.get("shown"))),
    BBoxEvent.event: _bbox,
    AreaEvent.event: _area,
    NearEvent.event: _near,
    PlaceClearEvent.event: lambda _: PlaceClearEvent(),
}


def _map_event(value: Mapping[str, Any]) -> MapEvent:
    reader = _MAP_READERS.get(_text(value.get("event")))
    if reader is None:
        raise _MalformedError
    return reader(value)


def read_map_event(value: object) -> MapEvent | None:
    """Read what came from the map; None if it is no event of the protocol."""
    return _read(_map_event, value)


def read_pick(value: object) -> PickEvent | None:
    """Read what was picked in a table or among links; None if that is nothing of the protocol."""
    return _read(lambda found: PickEvent(_text(found.get("id"))), value)


def read_sort(value: object) -> SortEvent | None:
    """Read by which column a table is to be sorted; None if that is nothing of the protocol."""
    return _read(lambda found: SortEvent(_text(found.get("column"))), value)


def read_search(value: object) -> SearchEvent | None:
    """Read which result of the search was picked; None if that is nothing of the protocol."""
    return _read(
        lambda found: SearchEvent(_text(found.get("group")), _text(found.get("id")), _box(found.get("bbox"))),
        value,
    )
