"""What a visitor has chosen, kept in the session and mirrored in the URL.

The filter is the truth; widgets are set from it before they are drawn and change it in their callbacks.
The URL carries codes, never labels, so links outlive translations and counts.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import streamlit as st

from bri_map.app.live import hub
from bri_map.catalog import Catalog
from bri_map.domain.filter import FILTER_NAMES, Filter
from bri_map.domain.names import ORIGINAL
from bri_map.errors import FeatureNotFoundError
from bri_map.i18n import Messages, is_language, languages, messages
from bri_map.maps.atlas_map import Focus, state_json, view_state
from bri_map.maps.display import DISPLAY_KEYS, Display
from bri_map.ui.style import theme

_KEY = "bri"
_IGNORED = frozenset({"view", "embed", "embed_options"})
"""Parameters that belong to the map's script or to Streamlit."""


_ORDERS = {"features": ("name", False), "sources": ("features", True)}


class State:
    """The choices of one session."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._values: dict[str, Any] = st.session_state.setdefault(_KEY, {})

    @property
    def filter(self) -> Filter:
        """The filter."""
        return cast("Filter", self._values.get("filter", Filter()))

    @filter.setter
    def filter(self, wanted: Filter) -> None:
        if wanted != self.filter or "filter" not in self._values:
            self._values["filter"] = wanted
            self._announce()

    @property
    def display(self) -> Display:
        """How the map is shown; its theme is always that of the page."""
        return replace(cast("Display", self._values.get("display", Display())), theme=theme())

    @display.setter
    def display(self, wanted: Display) -> None:
        if wanted != self.display:
            self._values["display"] = wanted
            self._announce()

    @property
    def language(self) -> str:
        """Language of the interface."""
        return str(self._values.get("language", ORIGINAL))

    @language.setter
    def language(self, code: str) -> None:
        self._values["language"] = code

    @property
    def messages(self) -> Messages:
        """Texts in the language of the interface."""
        return messages(self.language)

    @property
    def selected(self) -> str | None:
        """Id of the feature whose details are open."""
        selected = self._values.get("selected")
        return selected if selected in self._catalog.ids else None

    @property
    def focus(self) -> Focus | None:
        """Where the map is to zoom, once."""
        return cast("Focus | None", self._values.get("focus"))

    def select(self, feature_id: str | None, *, zoom: bool = False) -> None:
        """Open the details of a feature, or close them.

        Args:
            feature_id: Which feature, or None.
            zoom: Whether the map goes there.

        Raises:
            FeatureNotFoundError: There is no such feature; the selection stays as it was.
        """
        if feature_id is not None:
            layer, index = self._catalog.position(feature_id)
            bounds = _bounds(self._catalog.geometry(layer)[index])
            if zoom and bounds is not None:
                self._values["focus"] = Focus(secrets.token_hex(4), bounds)
        self._values["selected"] = feature_id
        self._announce()

    def show(self, bbox: tuple[float, float, float, float]) -> None:
        """Have the map zoom to a place: west, south, east, north in degrees."""
        self._values["focus"] = Focus(secrets.token_hex(4), bbox)
        self._announce()

    @property
    def orders(self) -> dict[str, tuple[str, bool]]:
        """How each table is sorted: by which column, and whether downwards."""
        return cast("dict[str, tuple[str, bool]]", self._values.setdefault("orders", dict(_ORDERS)))

    @property
    def source(self) -> str | None:
        """Id of the source that is open on the page of sources."""
        return cast("str | None", self._values.get("source"))

    @source.setter
    def source(self, source_id: str) -> None:
        self._values["source"] = source_id

    def grant(self, wish: int) -> None:
        """Note the number of the last wish of the year slider; the next state says that it is answered."""
        self._values["wish"] = wish

    def leave_for(self, page: str) -> None:
        """Have this run of the script go on with another page."""
        self._values["departure"] = page

    def take_departure(self) -> str | None:
        """Give the page to go on with, once."""
        return cast("str | None", self._values.pop("departure", None))

    @property
    def channel(self) -> str:
        """Secret name of the session's short way to the map."""
        return str(self._values.setdefault("channel", secrets.token_urlsafe(16)))

    def shown(self) -> str:
        """Give what the map shows as JSON, with the channel and a number that rises with every change."""
        position = self._catalog.position(self.selected) if self.selected else None
        totals = {layer: part.stop - part.start for layer, part in self._catalog.slices.items()}
        selection = self._catalog.select(self.filter)
        wish = self._values.get("wish")
        content = view_state(selection, totals, self.language, position, self.focus, self.display, wish)
        number, last = self._values.get("shown", (0, None))
        if content != last:
            number += 1
            self._values["shown"] = (number, content)
        return state_json({"seq": number, "live": self.channel, **content})

    def _announce(self) -> None:
        """Tell the map of a change by the short way, before the page is made anew."""
        if hub.is_followed(self.channel):
            hub.publish(self.channel, self.shown())

    @property
    def notices(self) -> Sequence[str]:
        """Sentences about parts of a link that could not be used."""
        return cast("list[str]", self._values.get("notices", []))

    def dismiss_notices(self) -> None:
        """Forget the notices."""
        self._values["notices"] = []

    def language_ahead(self) -> str:
        """Give the language of this run before the page is known, for the titles of the pages."""
        params = self._url()
        if "filter" in self._values and (not params or params == self._values.get("url")):
            return self.language
        return _language(params)

    def begin(self, page: str) -> None:
        """Read the URL if it is new: at the first run, or when a link inside the app has changed it.

        A change of page by navigation comes with an empty URL and keeps what was chosen.
        """
        params = self._url()
        same_page = self._values.get("page") == page
        first = "filter" not in self._values
        if first or (params != self._values.get("url") and (params or same_page)):
            self._read(params, zoom="view" not in st.query_params)
        self._values["page"] = page

    @staticmethod
    def _url() -> dict[str, list[str]]:
        return {key: st.query_params.get_all(key) for key in st.query_params if key not in _IGNORED}

    def params(self) -> dict[str, list[str]]:
        """Give all that is chosen as parameters of a link; the viewport is the map's own."""
        wanted = self.filter.to_params()
        shown = self.display.to_params()
        shown.pop("theme", None)  # it is the reader's, unless the link itself asked for one
        wanted |= shown
        if "theme" in self._values:
            wanted["theme"] = [self._values["theme"]]
        if self.selected:
            wanted["id"] = [self.selected]
        wanted["lang"] = [self.language]
        return wanted

    def finish(self) -> None:
        """Write the choices into the URL where it says something else."""
        wanted = self.params()
        self._values["url"] = wanted
        current = {key: st.query_params.get_all(key) for key in st.query_params}
        kept = {key: values for key, values in current.items() if key in _IGNORED}
        if current != wanted | kept:
            st.query_params.from_dict(wanted | kept)

    def _read(self, params: Mapping[str, list[str]], *, zoom: bool) -> None:
        self._values["language"] = _language(params)
        text = self.messages.text
        chosen, left_out = Filter.from_params(params, self._catalog.known())
        display, not_shown = Display.from_params(params)
        self._values["display"] = display
        self._values.pop("theme", None)
        if "theme" in params and "theme" not in dict(not_shown):
            self._values["theme"] = display.theme
        self.filter = chosen
        notices = [
            text("notice.text")
            if name == "q"
            else text("notice.code", facet=text(f"facet.{name}"), value=repr(value))
            for name, value in left_out
        ]
        notices += [
            text("notice.code", facet=text(f"display.{name}"), value=repr(value)) for name, value in not_shown
        ]
        self._values["selected"] = None
        for feature_id in params.get("id", [])[:1]:
            successor = self._catalog.successor(feature_id)
            try:
                self.select(successor or feature_id, zoom=zoom)
            except FeatureNotFoundError:
                notices.append(text("notice.id", value=repr(feature_id[:60])))
            else:
                if successor:
                    name = self._catalog.get(successor).name(self.language)
                    notices.append(text("notice.retired", value=repr(feature_id[:60]), name=name))
        offered = self.messages.locale.listed(messages(code)["language.name"] for code in languages())
        notices += [
            text("notice.lang", value=repr(code[:20]), languages=offered)
            for code in params.get("lang", [])
            if not is_language(code)
        ]
        known = {*FILTER_NAMES, *DISPLAY_KEYS, "id", "lang"}
        notices += [
            text("notice.parameter", name=repr(name[:40]))
            for name in params
            if name not in known and not name.startswith("utm_")
        ]
        self._values["notices"] = notices


def _bounds(geometry: Any) -> tuple[float, float, float, float] | None:
    """Give west, south, east, north of a geometry, or None if it is not located."""
    return None if geometry is None or geometry.is_empty else geometry.bounds


def _language(params: Mapping[str, list[str]]) -> str:
    """Choose the language: the URL's, else the browser's, else English."""
    asked = params.get("lang", [""])[0]
    if is_language(asked):
        return asked
    wanted = (st.context.locale or "").lower().partition("-")[0]
    return wanted if is_language(wanted) else ORIGINAL
