"""`/atlas-files/search`: find what has a name, and the filters that the words name, while one types."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bri_map.app.store import AtlasStore, keeper
from bri_map.domain.filter import TEXT_LIMIT, Filter
from bri_map.domain.filter_words import suggest
from bri_map.domain.names import ORIGINAL
from bri_map.errors import FilterError
from bri_map.exports.search import search_document
from bri_map.i18n import is_language, languages, messages
from bri_map.search import SearchResult
from bri_map.web.answers import json_answer

_PARAMETERS = ("q", "lang", "limit")
_LIMIT = 20


async def search(request: Request) -> Response:
    """Answer for the text in the query."""
    return await json_answer(partial(_document, dict(request.query_params)))


def _document(params: dict[str, str]) -> dict[str, Any]:
    for name in params:
        if name not in _PARAMETERS:
            raise FilterError(f"There is no parameter {name[:60]!r}. Known: {', '.join(_PARAMETERS)}.")
    if "q" not in params:
        raise FilterError("The parameter q is missing. Give the text to look for, such as ?q=gwadar.")
    language = params.get("lang", ORIGINAL)
    if not is_language(language):
        raise FilterError(f"Unknown lang {language[:60]!r}. {suggest(language[:60], languages())}")
    limit = params.get("limit", str(_LIMIT))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 10):
        raise FilterError(f"limit {limit[:60]!r} is not a whole number.")
    store = keeper.store()
    result = store.catalog.search(params["q"], int(limit), language)
    return search_document(result, store.catalog, language) | {"filters": _filters(store, result, language)}


def _filters(store: AtlasStore, result: SearchResult, language: str) -> list[dict[str, Any]]:
    """Give the filters that the words name, with what each finds; last, that of names that have the words."""
    m, questions = messages(language), store.questions[language]
    text = result.query[:TEXT_LIMIT].strip()
    named = len(store.catalog.select(Filter(q=text))) if text else 0
    by_name = {"codes": [], "text": text, "label": m.text("filter.text", text=text), "count": named}
    offers: list[dict[str, Any]] = [
        {
            "codes": [list(code) for code in offer.codes],
            "label": offer.label(store.catalog, questions, m),
            "count": offer.count,
        }
        for offer in store.offers.of(result.query)
    ]
    return [*offers, by_name] if named else offers
