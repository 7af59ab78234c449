"""The Folium map. It is the same for everybody; what a filter shows travels as a `ViewState`.

If the script of a map changes, streamlit-folium tears the map down. So the map's script names one bundle
by its content hash and never depends on filter, language or selection; those ride in a feature group that
is sent with every rerun and only calls `briMap.apply`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import folium
from branca.element import MacroElement
from folium.template import Template

from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.maps.display import Display
from bri_map.maps.packing import pack_mask
from bri_map.maps.protocol import MapState, NearFeature, NearPlace, PlaceState
from bri_map.query.selection import Selection

START_LON, START_LAT, START_ZOOM = 66.0, 27.0, 3
"""View of a first visit: longitude and latitude in degrees, and zoom level."""
MIN_ZOOM = 1
MAX_ZOOM = 12


@dataclass(frozen=True, slots=True)
class MapAssets:
    """Addresses of what the map loads, relative to the component's frame.

    Attributes:
        version: Content hash of all of it; a new one rebuilds the map.
        script: JavaScript: Leaflet, ours, and the configuration.
        style: Style sheet.
        country_names: The names of countries on the map.
        first: Further files that the script asks for at once.
    """

    version: str
    script: str
    style: str
    country_names: str = ""
    first: tuple[str, ...] = ()


class AtlasMap(folium.Map):
    """The atlas's Folium map, drawn by our own script and served without any foreign host.

    It travels with every rerun, so its script and header are as short as can be.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, "
        "{{ this.settings|tojson }});{% endmacro %}"
    )

    def __init__(self, assets: MapAssets) -> None:
        super().__init__(location=[START_LAT, START_LON], zoom_start=START_ZOOM, tiles=None)
        self.settings = {
            "center": [START_LAT, START_LON],
            "zoom": START_ZOOM,
            "minZoom": MIN_ZOOM,
            "maxZoom": MAX_ZOOM,
            "zoomControl": False,
            "attributionControl": False,
        }
        self.default_js = [("script", assets.script)]
        self.default_css = [("style", assets.style)]
        _Attachment(assets.version).add_to(self)

    def render(self, **kwargs: Any) -> Any:
        """Render the map; its header stays empty, for the style sheet says all that a page needs."""
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        figure: Any = self.get_root()
        figure.header._children.clear()


class _Attachment(MacroElement):
    _template = Template(
        '{% macro script(this, kwargs) %}briMap.attach({{ this._parent.get_name() }}, "{{ this.version }}");'
        "{% endmacro %}"
    )

    def __init__(self, version: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Attachment"
        self.version = version


@dataclass(frozen=True, slots=True)
class Focus:
    """A place to zoom to, once.

    Attributes:
        token: Tells one request from the next.
        bbox: West, south, east, north in degrees; None for what the filter has found.
    """

    token: str
    bbox: tuple[float, float, float, float] | None


class ViewState(folium.FeatureGroup):
    """Carries the answer of a filter to the map; it draws nothing itself."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.layerGroup(); briMap.apply({{ this.state }});"
        "{% endmacro %}"
    )

    def __init__(self, state: str) -> None:
        super().__init__("view-state")
        self.state = state


def view_state(
    selection: Selection,
    totals: Mapping[LayerId, int],
    language: str,
    selected: tuple[LayerId, int] | None,
    focus: Focus | None,
    display: Display | None = None,
    wish: int | None = None,
) -> MapState:
    """Describe what the map shows.

    Args:
        selection: The answer of the filter.
        totals: Number of features of each layer, unfiltered.
        language: Language of labels and legend.
        selected: Layer and place of the selected feature.
        focus: Where to zoom to, if anywhere.
        display: Theme, density, colours, basemap and indicator; the default if None.
        wish: Number of the last wish of the year slider that this answers, if any.

    Returns:
        JSON-ready values, as `briMap.apply` reads them.
    """
    layers = selection.filter.layers
    return {
        "year": selection.filter.year,
        "wish": wish,
        "query": urlencode(selection.filter.without("year").to_params(), doseq=True),
        "place": _place(selection),
        "lang": language,
        "layers": {
            layer: {
                "bits": pack_mask(selection.layer_mask(layer)),
                "shown": selection.by_layer[layer],
                "total": totals[layer],
                "on": layer in layers,
            }
            for layer in LAYERS
        },
        "selected": {"layer": selected[0], "index": selected[1]} if selected else None,
        "focus": {"token": focus.token, "bbox": focus.bbox} if focus else None,
        "display": (display or Display()).to_state(),
    }


def _place(selection: Selection) -> PlaceState:
    """Describe what is asked of place, to be drawn as outlines."""
    wanted = selection.filter
    near: NearPlace | NearFeature | None = None
    if wanted.near:
        place = wanted.near.place
        if isinstance(place, str):
            layer, index = selection.features.position(place)
            near = {"feature": place, "km": wanted.near.km, "layer": layer, "index": index}
        else:
            near = {"lon": place[0], "lat": place[1], "km": wanted.near.km}
    box = wanted.bbox
    return {
        "bbox": (box.west, box.south, box.east, box.north) if box else None,
        "area": list(wanted.area.corners) if wanted.area else None,
        "near": near,
    }


def state_json(value: Mapping[str, Any]) -> str:
    """Write a state as JSON that is also safe inside a script element."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e")
