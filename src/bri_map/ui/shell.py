"""The main script: what every page shares."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import bri_map.ui
from bri_map.app.pages import HOME, PAGES
from bri_map.app.store import AtlasStore
from bri_map.data.root import bundled_directory
from bri_map.errors import DataError
from bri_map.i18n import messages
from bri_map.ui import fault_page
from bri_map.ui.address import Address
from bri_map.ui.changes import render_changes, take_changes
from bri_map.ui.choices import read_language
from bri_map.ui.current import begin_run
from bri_map.ui.embedded import render_embedded
from bri_map.ui.state import State
from bri_map.ui.style import apply_style, theme
from bri_map.ui.toolbar import render_toolbar

_SIDEBAR_WIDTH = 330
_ASSETS = Path(bri_map.ui.__file__).parent


def main() -> None:
    """Run one page. What the reader did comes first: the map is told before anything is drawn."""
    try:
        store = begin_run()
    except DataError as error:
        m = messages(read_language(Address.params(), st.context.locale or ""))
        _begin_page(m["app.title"])
        fault_page.render_fault(error, m)
        return
    session = State(store.catalog)
    session.begin()
    take_changes(store, session)
    _run(store, session)


def _begin_page(title: str) -> None:
    st.set_page_config(
        page_title=title,
        layout="wide",
        page_icon=_ASSETS / "icon.png",
        initial_sidebar_state=_SIDEBAR_WIDTH,
    )
    apply_style()


def _run(store: AtlasStore, session: State) -> None:
    folder = bundled_directory() / "pages"
    title = session.messages.text
    chosen = st.navigation(
        [
            st.Page(folder / f"{name}.py", title=title(f"nav.{name}"), url_path=name, default=name == HOME)
            for name in PAGES
        ],
        position="hidden" if st.context.is_embedded else "top",
    )
    page = chosen.url_path or HOME
    _begin_page(f"{chosen.title} · {title('app.title')}")
    if st.context.is_embedded:
        render_embedded(store, session)
        _finish(store, session)
        return
    wanted = session.take_departure()
    if wanted is not None:
        st.switch_page(folder / f"{wanted}.py")
    fault_page.render_fault_notice(session.messages)
    _render_notices(session)
    chosen.run()
    # Last, though it stands first on the page: the map is to change before anything else does.
    render_toolbar(session, page)
    st.logo(_ASSETS / ("logo-dark.png" if theme() == "dark" else "logo.png"), size="large")
    _finish(store, session)


def _finish(store: AtlasStore, session: State) -> None:
    """Write the address, and then say what has been taken: what waits for that finds the address written."""
    session.finish()
    render_changes(store, session)


def _render_notices(session: State) -> None:
    if not session.notices:
        return
    text = session.messages.text
    shown = list(session.notices[:3])
    if len(session.notices) > 3:
        shown.append(text("notice.more", n=len(session.notices) - 3))
    with st.container(key="notices", horizontal=True, vertical_alignment="center"):
        st.text("\n".join(shown))
        st.button(text("notice.dismiss"), key="dismiss", type="tertiary", on_click=session.dismiss_notices)


main()
