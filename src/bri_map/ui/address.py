"""The address of the page: what a session has written there, and whether a run brings another one.

The browser sends the address that it shows with every click. A click that overtakes the answer to the one
before it comes with an older address than the session has written; such an address says nothing. What is
read is the address of the first run, one to which the reader went back or forward, and one that this
session has never seen.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from bri_map.ui.choices import Params

_FOREIGN = frozenset({"view", "embed", "embed_options"})
"""Parameters that belong to the map's script or to Streamlit."""
_REMEMBERED = 256


class Address:
    """The address as one session knows it.

    Args:
        values: Where the session keeps what it remembers.
    """

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values
        self._known: deque[object] = values.setdefault("addresses", deque(maxlen=_REMEMBERED))

    @staticmethod
    def params() -> dict[str, list[str]]:
        """Give the parameters that the browser sent with this run, but those that are not ours to read."""
        return {key: st.query_params.get_all(key) for key in st.query_params if key not in _FOREIGN}

    @staticmethod
    def has_view() -> bool:
        """Whether the address says where the map looks."""
        return "view" in st.query_params

    def is_new(self) -> bool:
        """Whether the address of this run is to be read, and not one of ours that comes late."""
        params = self.params()
        if not params:
            return False  # a change of page comes without any
        return _went_through_history() or _frozen(params) not in self._known

    @property
    def read(self) -> int:
        """How many addresses have been read."""
        return int(self._values.get("links_read", 0))

    def take(self, params: Params) -> None:
        """Note that an address has been read."""
        self._note(params)
        self._values["links_read"] = self.read + 1
        self._values["last_link"] = _frozen(params)

    def was_read_last(self, params: Params) -> bool:
        """Whether an address is the one that was read last."""
        return bool(self._values.get("last_link") == _frozen(params))

    def _note(self, params: Params) -> None:
        if (frozen := _frozen(params)) not in self._known:
            self._known.append(frozen)

    def write(self, params: Params) -> None:
        """Have the browser show an address.

        It is told at every run, for what it shows now may be another one than it sent; it leaves its
        history alone when they are the same.
        """
        self._note(params)
        current = {key: st.query_params.get_all(key) for key in st.query_params}
        kept = {key: values for key, values in current.items() if key in _FOREIGN}
        st.query_params.from_dict({**{key: list(values) for key, values in params.items()}, **kept})


def _went_through_history() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _frozen(params: Params) -> object:
    return frozenset((key, tuple(values)) for key, values in params.items() if key not in _FOREIGN)
