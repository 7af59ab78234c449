"""What a reader does, as changes in order: taken from the browser one by one, each once, none lost.

A widget that sends its whole state loses a click when two of them are on their way: the second message was
made before the answer to the first, and says so in every value. A change says what is to be different and
nothing else, so that two never contradict each other. The browser keeps a journal of changes
(`browser/page/journal.js`); every message of the page carries those that the server has not answered yet,
and the number of the last one taken goes back with the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from bri_map.app.questions import GROUPS
from bri_map.app.store import AtlasStore
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import FILTER_NAMES, TEXT_LIMIT, Filter
from bri_map.domain.layers import LAYERS
from bri_map.domain.place import Near
from bri_map.domain.ranges import RANGES
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.errors import BriMapError
from bri_map.i18n import is_language
from bri_map.maps.protocol import SearchEvent, read_pick, read_search
from bri_map.search.documents import DOCUMENT_GROUPS, EVENT_GROUP
from bri_map.tabulation.columns import every_column
from bri_map.tabulation.view import LAST_PAGE, TableView
from bri_map.ui.component import mount
from bri_map.ui.map_view import take_map_event
from bri_map.ui.paged_table import SORTED_BY
from bri_map.ui.state import FEATURES, SOURCES, State

Change = Mapping[str, Any]
_LAST_NUMBER = 2**53
"""Beyond it the browser cannot count."""


def take_changes(store: AtlasStore, state: State) -> None:
    """Take over what has come with this run. In the first run of a session nothing is known of it yet."""
    _take(store, state, st.session_state.get(_key(state)))


def render_changes(store: AtlasStore, state: State) -> None:
    """Mount the part of the page that keeps the journal, and tell it how far it has been taken.

    A new session, as after a restart of the server, learns here what its first message has brought.
    """
    before = state.taken
    value = mount(
        "changes", _key(state), {"session": state.session, "taken": before, "read": state.links_read}
    )
    _take(store, state, value)
    if state.taken != before:
        st.rerun()


def _key(state: State) -> str:
    return f"changes-{state.session}"


def _take(store: AtlasStore, state: State, value: Any) -> None:
    new = [*_numbered(value, state.taken)]
    if not new:
        return
    with state.changing():
        for number, change in new:
            if number > state.taken:
                state.taken = number
                with suppress(BriMapError):
                    apply(change, store, state)


def _numbered(value: Any, taken: int) -> Iterator[tuple[int, Change]]:
    """Give the changes that are new, in order. What is none is left out."""
    pending = value.get("pending") if isinstance(value, Mapping) else None
    for change in pending if isinstance(pending, list) else ():
        number = change.get("n") if isinstance(change, dict) else None
        if type(number) is int and taken < number <= _LAST_NUMBER:
            yield number, change


def apply(change: Change, store: AtlasStore, state: State) -> None:
    """Apply one change. What is no change of ours changes nothing.

    Raises:
        BriMapError: It asks for something that does not exist.
    """
    kind = change.get("kind")
    act = _ACTS.get(kind) if isinstance(kind, str) else None
    if act is not None:
        act(change, store, state)


def _take_code(change: Change, store: AtlasStore, state: State) -> None:
    match change:
        case {"facet": str(facet), "code": str(code), "on": bool(on)} if facet in FACETS:
            _filter(store, state, state.filter.with_code(facet, code, on))


def _take_without(change: Change, store: AtlasStore, state: State) -> None:
    names = change.get("names")
    if isinstance(names, list) and all(name in FILTER_NAMES for name in names):
        _filter(store, state, state.filter.without(*names))


def _take_filter(change: Change, store: AtlasStore, state: State) -> None:
    """Ask what a question asks, whatever was asked before."""
    match change:
        case {"query": str(query)}:
            _filter(store, state, Filter.from_params(parse_qs(query))[0])


def _take_reset(_: Change, store: AtlasStore, state: State) -> None:
    _filter(store, state, Filter())


def _take_text(change: Change, store: AtlasStore, state: State) -> None:
    text = change.get("text")
    if isinstance(text, str):
        _filter(store, state, replace(state.filter, q=text[:TEXT_LIMIT]))


def _take_year(change: Change, store: AtlasStore, state: State) -> None:
    year = change.get("year")
    if year is None or type(year) is int:
        _filter(store, state, replace(state.filter, year=year))


def _take_span(change: Change, store: AtlasStore, state: State) -> None:
    match change:
        case {"name": str(name), "text": str(text)} if name in RANGES:
            span = RANGES[name].kind.parse(text) if text else None
            _filter(store, state, state.filter.with_span(name, span))


def _take_undated(change: Change, store: AtlasStore, state: State) -> None:
    match change:
        case {"on": bool(shown)}:
            _filter(store, state, replace(state.filter, undated=shown))


def _take_near(change: Change, store: AtlasStore, state: State) -> None:
    match change:
        case {"feature": str(feature), "km": int(km) | float(km)}:
            _filter(store, state, replace(state.filter, near=Near(feature, km)))
        case {"km": None}:
            _filter(store, state, replace(state.filter, near=None))


def _filter(store: AtlasStore, state: State, wanted: Filter) -> None:
    state.filter = store.catalog.check(wanted)


def _take_display(change: Change, _: AtlasStore, state: State) -> None:
    match change:
        case {"name": str(name), "value": str(value) | bool(value)} if name in _DISPLAYED:
            shown: dict[str, Any] = {name: value}
            state.display = replace(state.display, **shown)


_DISPLAYED = ("cluster", "labels", "scheme", "indicator", "basemap", "compare")


def _take_language(change: Change, _: AtlasStore, state: State) -> None:
    code = change.get("language")
    if isinstance(code, str) and is_language(code):
        state.language = code


def _take_feature(change: Change, _: AtlasStore, state: State) -> None:
    feature_id = change.get("id")
    if isinstance(feature_id, str):
        state.select(feature_id, zoom=True)


def _take_search(change: Change, store: AtlasStore, state: State) -> None:
    event = read_search(change)
    if event is None:
        return
    page = "map"
    if event.group in LAYERS:
        state.select(event.id, zoom=True)
    elif event.group in DOCUMENT_GROUPS:
        page = _open_document(event, store, state)
    else:
        state.show(event.bbox)
    if page != "map" or change.get("leave") is True:
        state.leave_for(page)


def _open_document(event: SearchEvent, store: AtlasStore, state: State) -> str:
    """Open an event or a source that was found, and say on which page it is seen.

    An event leads to the feature that it concerns, else to its place, else to the document that tells it.
    """
    if event.group == EVENT_GROUP:
        rows = store.catalog.table("events").set_index("id")
        if event.id not in rows.index:
            return "map"
        told = rows.loc[event.id]
        concerned = [i for i in str(told["related_ids"]).split(LIST_SEPARATOR) if i in store.catalog.features]
        if concerned:
            state.select(concerned[0], zoom=True)
            return "map"
        if told["lon"]:
            state.show(event.bbox)
            return "map"
        state.source = str(told["source_id"])
    else:
        state.source = event.id
    return "sources"


def _take_leave(_: Change, __: AtlasStore, state: State) -> None:
    """Go to the map, where what the same step has chosen is seen."""
    state.leave_for("map")


def _take_pick(change: Change, _: AtlasStore, state: State) -> None:
    """Open what a row of a table stands for."""
    event = read_pick(change)
    if event is not None and change.get("table") == FEATURES:
        state.select(event.id, zoom=True)
    elif event is not None and change.get("table") == SOURCES:
        state.source = event.id


def _take_order(change: Change, _: AtlasStore, state: State) -> None:
    match change:
        case {"table": str(table), "column": str(column), "descending": bool(descending)}:
            if column in SORTED_BY.get(table, ()):
                page = 1 if state.selected is not None and table == FEATURES else None
                view = replace(state.view(table), sort=column, descending=descending, page=page)
                state.set_view(table, view)


def _take_page(change: Change, _: AtlasStore, state: State) -> None:
    match change:
        case {"table": str(table), "page": int(page)} if table in SORTED_BY and type(page) is int:
            if 0 < page <= LAST_PAGE:
                state.set_view(table, replace(state.view(table), page=page))


def _take_column(change: Change, _: AtlasStore, state: State) -> None:
    match change:
        case {"column": str(column), "on": bool(shown)} if column in every_column():
            state.set_view(FEATURES, state.view(FEATURES).with_column(column, shown))
        case {"column": None}:
            state.set_view(FEATURES, TableView())


def _take_fold(change: Change, _: AtlasStore, state: State) -> None:
    match change:
        case {"group": str(group), "open": bool(is_open)} if group in GROUPS:
            state.fold(group, is_open=is_open)


def _take_look(change: Change, _: AtlasStore, state: State) -> None:
    groups = change.get("groups")
    if isinstance(groups, list):
        state.groups_looked_at = frozenset(GROUPS).intersection(g for g in groups if isinstance(g, str))


def _take_address(change: Change, _: AtlasStore, state: State) -> None:
    """Go where Back or Forward led, in case the run that did so was overtaken."""
    match change:
        case {"query": str(query), "read": int(known)}:
            params = parse_qs(query.removeprefix("?"), keep_blank_values=True)
            if params and not (state.links_read > known and state.was_read_last(params)):
                state.read(params, zoom="view" not in params)


def _take_theme(_: Change, __: AtlasStore, ___: State) -> None:
    """The system's theme has changed: every run draws in the one that the browser names."""


_ACTS: dict[str, Callable[[Change, AtlasStore, State], None]] = {
    "code": _take_code,
    "without": _take_without,
    "filter": _take_filter,
    "reset": _take_reset,
    "text": _take_text,
    "year": _take_year,
    "span": _take_span,
    "undated": _take_undated,
    "near": _take_near,
    "display": _take_display,
    "language": _take_language,
    "feature": _take_feature,
    "search": _take_search,
    "leave": _take_leave,
    "pick": _take_pick,
    "sort": _take_order,
    "page": _take_page,
    "column": _take_column,
    "fold": _take_fold,
    "look": _take_look,
    "address": _take_address,
    "theme": _take_theme,
    "map": take_map_event,
}
"""What each kind of change does."""
