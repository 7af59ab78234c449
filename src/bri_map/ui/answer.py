"""The head of a page: what the atlas is, in a sentence that becomes the answer; questions to begin with."""

from __future__ import annotations

from typing import Any

from bri_map.app.answer import answer_in_words
from bri_map.app.store import AtlasStore
from bri_map.query.selection import Selection
from bri_map.ui.component import mount, spoken
from bri_map.ui.state import State


def render_answer(store: AtlasStore, state: State, selection: Selection, *, is_title: bool) -> None:
    """Draw the sentence.

    Args:
        store: The data.
        state: Choices of the session.
        selection: What the filter finds.
        is_title: Whether the page has no other title; then it stands before the sentence, with the questions.
    """
    m = state.messages
    questions = store.questions[state.language]
    said = answer_in_words(store.catalog, questions, selection, m)
    data: dict[str, Any] = {**spoken(state), "said": said, "asks": bool(state.filter)}
    if is_title:
        data["title"] = m["app.headline"]
    if is_title and not state.filter and state.selected is None:
        data["examples"] = questions.examples
        data["label"], data["dismiss"] = m["example.title"], m["example.dismiss"]
    mount("answer", "answer", data)
