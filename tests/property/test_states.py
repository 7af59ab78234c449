"""Everything that a reader has chosen goes into the address and comes out of it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit
from hypothesis import event, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from bri_map.analysis.indicators import INDICATORS
from bri_map.app.store import keeper
from bri_map.i18n import languages
from bri_map.maps.basemaps import available_ids
from bri_map.maps.display import SCHEMES, THEMES, Display
from bri_map.ui.state import State
from tests.property.naive import Wanted
from tests.property.test_filters import EXAMPLES, ITEMS, as_filter, filters

CHOICES = st.fixed_dictionaries(
    {
        "language": st.sampled_from(languages()),
        "selected": st.none() | st.sampled_from([item.id for item in ITEMS]),
        "display": st.builds(
            Display,
            cluster=st.booleans(),
            labels=st.booleans(),
            scheme=st.sampled_from(SCHEMES),
            basemap=st.sampled_from(available_ids()),
            indicator=st.sampled_from(["", *INDICATORS]),
        ),
    },
    optional={"theme": st.sampled_from(THEMES)},
)
VIEWS = st.none() | st.builds(
    "{:.4f},{:.4f},{:.2f}".format, st.floats(-180, 180), st.floats(-85, 85), st.floats(1, 12)
)


def open_page(chosen: dict[str, Any], link: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Open the map page with an address in a session in which something was chosen, or nothing yet.

    Returns:
        What then holds, and the address.
    """
    streamlit.session_state["bri"] = dict(chosen)
    streamlit.query_params.from_dict(link)
    state = State(keeper.store().catalog)
    state.begin("map")
    state.finish()
    values = streamlit.session_state["bri"]
    seen = {
        "filter": state.filter,
        "display": replace(values["display"], theme=values.get("theme", "light")),
        "selected": state.selected,
        "language": state.language,
        "notices": list(state.notices),
    }
    return seen, {key: streamlit.query_params.get_all(key) for key in streamlit.query_params}


@given(wanted=filters(), chosen=CHOICES, view=VIEWS)
@settings(max_examples=EXAMPLES)
def round_trip(wanted: Wanted, chosen: dict[str, Any], view: str | None) -> None:
    """Write one set of choices into the address and read it in a new session."""
    before, link = open_page({**chosen, "filter": as_filter(wanted)}, {"view": view} if view else {})
    event(f"parameters: {len(link)}")
    assert before["filter"] == as_filter(wanted)
    assert before["notices"] == []
    assert link.get("view") == ([view] if view else None)
    assert open_page({}, link) == (before, link)
    streamlit.session_state["round_trips"] = streamlit.session_state.get("round_trips", 0) + 1


def script() -> None:
    """Try many states inside one session of Streamlit, with its own address and memory."""
    from tests.property.test_states import round_trip

    round_trip()


def test_a_link_restores_all_that_was_chosen() -> None:
    app = AppTest.from_function(script, default_timeout=300).run()
    assert [f"{error.message}\n{error.stack_trace}" for error in app.exception] == []
    assert app.session_state["round_trips"] >= EXAMPLES
