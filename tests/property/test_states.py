"""Everything that a reader has chosen goes into the address and comes out of it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit
from hypothesis import event, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from bri_map.analysis.indicators import INDICATORS
from bri_map.app.store import keeper
from bri_map.domain.filter import FILTER_NAMES, Filter
from bri_map.i18n import languages
from bri_map.maps.basemaps import available_ids
from bri_map.maps.display import DISPLAY_KEYS, SCHEMES, THEMES, Display
from bri_map.ui.choices import Choices, read_link
from bri_map.ui.state import State
from tests.property.test_filters import EXAMPLES, ITEMS, as_filter, filters


def told_of(wanted: Filter) -> Filter:
    """Give a filter with a year that the data tell of; a link with another one gives a notice."""
    years = keeper.store().catalog.years
    return wanted if wanted.year is None else replace(wanted, year=min(max(wanted.year, years[0]), years[-1]))


CHOICES = st.builds(
    Choices,
    filter=filters().map(as_filter).map(told_of),
    display=st.builds(
        Display,
        cluster=st.booleans(),
        labels=st.booleans(),
        scheme=st.sampled_from(SCHEMES),
        basemap=st.sampled_from(available_ids()),
        indicator=st.sampled_from(["", *INDICATORS]),
    ),
    language=st.sampled_from(languages()),
    selected=st.none() | st.sampled_from([item.id for item in ITEMS]),
    theme=st.none() | st.sampled_from(THEMES),
)
WORDS = (
    st.text(st.characters(codec=None), max_size=300)
    | st.integers().map(str)
    | st.floats().map(str)
    | st.sampled_from(
        ["LAO", "lao", "0000020139", "9" * 5000, "\ud800", "0,0,0,0", "62.3,25.1,100", "EY-2020"]
    )
    | st.builds("{},{}".format, st.text(max_size=8), st.floats())
)
"""What may stand in a link."""
VIEWS = st.none() | st.builds(
    "{:.4f},{:.4f},{:.2f}".format, st.floats(-180, 180), st.floats(-85, 85), st.floats(1, 12)
)


def open_page(chosen: Choices | None, link: dict[str, Any]) -> tuple[State, dict[str, list[str]]]:
    """Open the map page with an address in a session in which something was chosen, or nothing yet.

    Returns:
        The state, and the address.
    """
    streamlit.session_state["bri"] = {} if chosen is None else {"choices": chosen}
    streamlit.query_params.from_dict(link)
    state = State(keeper.store().catalog)
    state.begin()
    state.finish()
    return state, {key: streamlit.query_params.get_all(key) for key in streamlit.query_params}


@given(chosen=CHOICES, view=VIEWS)
@settings(max_examples=EXAMPLES)
def round_trip(chosen: Choices, view: str | None) -> None:
    """Write one set of choices into the address and read it in a new session."""
    before, link = open_page(chosen, {"view": view} if view else {})
    event(f"parameters: {len(link)}")
    assert before.choices == chosen
    assert link.get("view") == ([view] if view else None)
    after, again = open_page(None, link)
    assert again == link
    assert after.notices == []
    display = replace(after.choices.display, theme=chosen.display.theme)
    assert replace(after.choices, display=display) == chosen
    streamlit.session_state["round_trips"] = streamlit.session_state.get("round_trips", 0) + 1


@given(
    link=st.dictionaries(
        st.sampled_from([*FILTER_NAMES, *DISPLAY_KEYS, "id", "lang", "view"]) | st.text(max_size=12),
        st.lists(WORDS, max_size=3),
        max_size=6,
    )
)
@settings(max_examples=EXAMPLES)
def any_link(link: dict[str, list[str]]) -> None:
    """Open an address in which anything stands: choices come of it, which can be written and read again."""
    reading = read_link(link, keeper.store().catalog, "en-GB")
    assert keeper.store().catalog.check(reading.choices.filter) == reading.choices.filter
    params = reading.choices.to_params()
    urlencode(params, doseq=True)
    again = read_link(params, keeper.store().catalog, "en-GB")
    assert again.notices == ()
    assert again.choices == reading.choices
    streamlit.session_state["links"] = streamlit.session_state.get("links", 0) + 1


def script() -> None:
    """Try many states and links inside one session of Streamlit, with its own address and memory."""
    from tests.property.test_states import any_link, round_trip

    round_trip()
    any_link()


def test_a_link_restores_all_that_was_chosen_and_no_link_breaks_anything() -> None:
    app = AppTest.from_function(script, default_timeout=300).run()
    assert [f"{error.message}\n{error.stack_trace}" for error in app.exception] == []
    assert app.session_state["round_trips"] >= EXAMPLES
    assert app.session_state["links"] >= EXAMPLES
