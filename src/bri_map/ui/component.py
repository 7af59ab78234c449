"""Our own parts of the page in JavaScript: each is a module under `browser/page/`, mounted by Streamlit.

Streamlit sends the script of a part with every change of its data. What it is given is therefore a line that
takes the part from the module that the head of the page has loaded (`web/page_head.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.elements.lib.layout_utils import Width

from bri_map.ui.current import current_store
from bri_map.ui.state import State

_PAGE = (
    *("nav.skip", "nav.skip_search", "nav.working", "sheet.everything"),
    *("nav.menu", "nav.menu_close", "nav.pages", "nav.home", "nav.filters"),
)


def mount(name: str, key: str, data: Mapping[str, Any] | None = None, width: Width = "stretch") -> Any:
    """Mount a part of the page.

    Args:
        name: Name of its module under `browser/page/`.
        key: Name of this part in the page.
        data: What it is given. It goes as one text: Streamlit would look at every value of a mapping.
        width: How wide it is.

    Returns:
        The values that it has set.
    """
    # Streamlit forgets a registration with its server; naming it again costs nothing.
    # It takes a script of one line for an address.
    script = f"const {{ parts }} = await window.briMapParts;\nexport default parts.{name};\n"
    component = st.components.v2.component(f"bri-map-{name}", js=script, isolate_styles=False)
    given = json.dumps(data or {}, ensure_ascii=False, separators=(",", ":")).encode()
    return component(key=key, data=given, width=width)


def texts(state: State, keys: tuple[str, ...]) -> dict[str, str]:
    """Give texts for a script by the last part of their keys; it fills in the placeholders itself."""
    return {key.rpartition(".")[2]: state.messages[key] for key in keys}


def spoken(state: State) -> dict[str, Any]:
    """Give what a script must know of the language of the page: its code, and its habits."""
    return {"lang": state.language, "locale": state.messages.locale.to_script()}


def render_page_words(state: State) -> None:
    """Tell the browser the language of the page, and what it says of the page as a whole, also on paper."""
    m, info = state.messages, current_store().catalog.info
    sheet = m.text(
        "sheet.data",
        title=m["share.frame"],
        version=info.version,
        date=m.locale.date(info.date),
        today="{today}",
    )
    mount("page", "page", {**spoken(state), "texts": {**texts(state, _PAGE), "sheet": sheet}})
