"""What a reader has chosen, kept in the session.

The choices are one value. They change in one way, `State.choose`, from which map and page follow. A link is
read into such a value and written from it (`choices`, `address`); `publication` tells the map.
"""

from __future__ import annotations

import secrets
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import streamlit as st

from bri_map.app.questions import OPEN_GROUPS
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.geo.extent import extent
from bri_map.i18n import Messages, messages
from bri_map.maps.atlas_map import Focus
from bri_map.maps.display import Display
from bri_map.tabulation.view import TableView
from bri_map.ui.address import Address
from bri_map.ui.choices import Choices, Params, Reading, fit, read_link
from bri_map.ui.publication import Publication
from bri_map.ui.style import theme

_KEY = "bri"
_NOTHING_CHOSEN = Choices()
FEATURES, SOURCES = "features", "sources"
"""The tables by name."""
_VIEWS = {SOURCES: TableView(sort="features", descending=True)}


class State:
    """The choices of one session, and what else it remembers.

    Args:
        catalog: The catalog that the page shows. Choices made over another one are brought into line.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._values: dict[str, Any] = st.session_state.setdefault(_KEY, {})
        self._address = Address(self._values)
        self._publication = Publication(self._values, catalog)
        self._follow_catalog()

    # --- what is chosen --------------------------------------------------------------------------------

    @property
    def choices(self) -> Choices:
        """All that is chosen."""
        return cast("Choices", self._values.get("choices", _NOTHING_CHOSEN))

    def choose(self, **changes: Any) -> None:
        """Change some of the choices, and tell the map; a choice of place leads it to the result.

        Args:
            changes: Attributes of `Choices`.
        """
        wanted, before = replace(self.choices, **changes), self.choices.filter
        if wanted.filter != before:
            wanted = replace(wanted, table=replace(wanted.table, page=None))
        leads = any(wanted.filter.where) and wanted.filter.where != before.where
        self._adopt(wanted, _focus(None) if leads else None)

    def _adopt(self, wanted: Choices, focus: Focus | None = None) -> None:
        if focus is None and wanted == self.choices and "choices" in self._values:
            return
        if focus is not None:
            self._values["focus"] = focus
        self._values["choices"] = wanted
        self._publish()

    @property
    def filter(self) -> Filter:
        """The filter."""
        return self.choices.filter

    @filter.setter
    def filter(self, wanted: Filter) -> None:
        self.choose(filter=wanted)

    @property
    def display(self) -> Display:
        """How the map is shown; its theme is always that of the page."""
        display, shown = self.choices.display, theme()
        return display if display.theme == shown else replace(display, theme=shown)

    @display.setter
    def display(self, wanted: Display) -> None:
        self.choose(display=wanted)

    @property
    def language(self) -> str:
        """Language of the interface."""
        return self.choices.language

    @language.setter
    def language(self, code: str) -> None:
        self.choose(language=code)

    @property
    def messages(self) -> Messages:
        """Texts in the language of the interface."""
        return messages(self.language)

    @property
    def selected(self) -> str | None:
        """Id of the feature whose details are open."""
        return self.choices.selected

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
        wanted, focus = replace(self.choices, selected=feature_id), None
        if feature_id is not None:
            self._catalog.position(feature_id)
            focus = self._focus_on(feature_id) if zoom else None
            wanted = replace(wanted, table=replace(wanted.table, page=None))
        self._adopt(wanted, focus)

    def show(self, bbox: tuple[float, float, float, float]) -> None:
        """Have the map zoom to a place: west, south, east, north in degrees; east of 180 goes on at -180."""
        self._adopt(self.choices, _focus(bbox))

    def _focus_of(self, choices: Choices) -> Focus | None:
        if choices.selected is not None:
            return self._focus_on(choices.selected)
        return _focus(None) if choices.filter else None

    def _focus_on(self, feature_id: str) -> Focus | None:
        bounds = extent(self._catalog.geometry_of(feature_id))
        return None if bounds is None else _focus(bounds)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Take several changes as one: no other run of the session comes between; the map is told once."""
        with self._values.setdefault("lock", threading.RLock()):
            self._values["held"] = True
            before = self.choices, self.focus
            try:
                yield
            finally:
                self._values["held"] = False
                if (self.choices, self.focus) != before:
                    self._publish()

    # --- the map ---------------------------------------------------------------------------------------

    def shown(self) -> str:
        """Give what the map shows as JSON, with the channel and a number that rises with every change."""
        return self._publication.state(replace(self.choices, display=self.display), self.focus)

    def _publish(self) -> None:
        if not self._values.get("held"):
            self._publication.publish(replace(self.choices, display=self.display), self.focus)

    # --- the address -----------------------------------------------------------------------------------

    def params(self) -> dict[str, list[str]]:
        """Give all that is chosen as parameters of a link; the viewport is the map's own."""
        return self.choices.to_params()

    def begin(self) -> None:
        """Read the address if it is new: at the first run, after Back, or when a link has changed it."""
        if self._is_first() or self._address.is_new():
            self.read(self._address.params(), zoom=not self._address.has_view())

    def read(self, params: Params, *, zoom: bool) -> None:
        """Take over what a link asks for.

        Args:
            params: Its parameters.
            zoom: Whether the map goes to the feature that it opens, or else to what its filter finds.
        """
        self._address.take(params)
        reading = read_link(params, self._catalog, _locale())
        self._values["notices"] = list(reading.notices)
        self._adopt(reading.choices, self._focus_of(reading.choices) if zoom else None)

    @property
    def links_read(self) -> int:
        """How many addresses this session has read."""
        return self._address.read

    def was_read_last(self, params: Params) -> bool:
        """Whether these parameters are those of the last address that was read."""
        return self._address.was_read_last(params)

    def finish(self) -> None:
        """Have the address say what is chosen."""
        self._address.write(self.params())

    def _is_first(self) -> bool:
        return "choices" not in self._values

    # --- what is to be said ----------------------------------------------------------------------------

    @property
    def notices(self) -> Sequence[str]:
        """Sentences about what could not be used of a link, or no longer."""
        return cast("list[str]", self._values.get("notices", []))

    def dismiss_notices(self) -> None:
        """Forget the notices."""
        self._values["notices"] = []

    def _follow_catalog(self) -> None:
        """Bring the choices into line with the catalog if the data have been read anew."""
        made_for = self._values.get("catalog")
        if made_for is not None and made_for() is self._catalog:
            return
        self._values["catalog"] = weakref.ref(self._catalog)
        if made_for is None:
            return
        reading: Reading = fit(self.choices, self._catalog)
        self._values["choices"] = reading.choices
        self._values["notices"] = [*self.notices, *reading.notices]

    # --- the rest of the session -----------------------------------------------------------------------

    @property
    def session(self) -> str:
        """A name of this session that no other one has; no secret."""
        return str(self._values.setdefault("session", secrets.token_hex(4)))

    @property
    def taken(self) -> int:
        """Number of the last change from the browser that has been taken over."""
        return int(self._values.get("taken", 0))

    @taken.setter
    def taken(self, number: int) -> None:
        self._values["taken"] = number

    def view(self, table: str) -> TableView:
        """How a table is shown: that of the features as chosen, others as this session remembers."""
        if table == FEATURES:
            return self.choices.table
        return cast("TableView", self._values.get(f"view-{table}", _VIEWS[table]))

    def set_view(self, table: str, view: TableView) -> None:
        """Have a table shown in another way."""
        if table == FEATURES:
            self.choose(table=view)
        else:
            self._values[f"view-{table}"] = view

    def note_page(self, table: str, rows: object, page: int) -> None:
        """Note the page of a table that is open for the sake of a selected row, and of which rows it is."""
        self._values[f"page-{table}"] = rows, page

    def page_left(self, table: str, rows: object) -> int:
        """Give the page that was noted for these rows; the first where none was."""
        noted, page = self._values.get(f"page-{table}", (None, 1))
        return int(page) if noted == rows else 1

    @property
    def open_groups(self) -> frozenset[str]:
        """Groups of the sidebar that stand open."""
        return cast("frozenset[str]", self._values.get("open_groups", OPEN_GROUPS))

    def fold(self, group: str, *, is_open: bool) -> None:
        """Open a group of the sidebar, or close it."""
        self._values["open_groups"] = self.open_groups | {group} if is_open else self.open_groups - {group}

    @property
    def groups_looked_at(self) -> frozenset[str]:
        """Further groups in which the reader has found an option by typing, for as long as that is shown."""
        return cast("frozenset[str]", self._values.get("groups_looked_at", frozenset()))

    @groups_looked_at.setter
    def groups_looked_at(self, groups: frozenset[str]) -> None:
        self._values["groups_looked_at"] = groups

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


def _focus(bbox: tuple[float, float, float, float] | None) -> Focus:
    return Focus(secrets.token_hex(4), bbox)


def _locale() -> str:
    return st.context.locale or ""
