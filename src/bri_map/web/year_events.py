"""`/atlas-files/events`: what happened in some years to what a filter finds, with features and sources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from bri_map.app.store import keeper
from bri_map.catalog import Catalog
from bri_map.data.root import EDITORS, UNSOURCED
from bri_map.domain.filter import Filter
from bri_map.domain.names import ORIGINAL
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.errors import FilterError
from bri_map.evidence.translations import Wording
from bri_map.i18n import Messages, language_among, messages
from bri_map.query.chronicle import told_between
from bri_map.query.timeline import events_between
from bri_map.web.answers import json_answer
from bri_map.web.asked import params_of
from bri_map.web.timeline import read_query

MOST = 200
"""Events of one kind that are listed; of more their number is given."""
_OWN = ("from", "to", "lang")


async def year_events(request: Request) -> Response:
    """Answer for the years and the filter in the query."""
    params = params_of(request)
    return await json_answer(partial(_document, params))


def _document(params: dict[str, list[str]]) -> dict[str, Any]:
    catalog = keeper.store().catalog
    own = {name: params.pop(name, [""])[0] for name in _OWN}
    years = range(_year(own, "from"), _year(own, "to") + 1)
    language = language_among(own["lang"], ORIGINAL)
    return events_document(catalog, read_query(catalog, params), years, messages(language))


def _year(params: dict[str, str], name: str) -> int:
    text = params[name]
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise FilterError(f"{name}: {text[:60]!r} is no year. Give one with four digits, as in 2013.")
    return int(text)


def events_document(catalog: Catalog, asked: Filter, years: range, m: Messages) -> dict[str, Any]:
    """Give the events of some years as JSON-ready values.

    Args:
        catalog: The features and what is told of them.
        asked: The filter; its year does not matter.
        years: The years.
        m: Texts in the language of the answer.

    Returns:
        `features`, the dated events that the timeline counts, and `documents`, what documents tell besides;
        of each `count` and the first `MOST` of its `events`, by date.
    """
    wanted = catalog.check(asked.without("year", "undated"))
    rows = events_between(catalog.engine, catalog.history, wanted, years)
    history = catalog.table("status_history").loc[rows].sort_values(["date", "feature_id"], kind="stable")
    told = told_between(
        catalog.table("events"),
        catalog.features.known,
        catalog.engine.mask(wanted.without("status")),
        wanted,
        years,
        partial(_is_there, catalog, wanted),
    )
    say = Wording(catalog.translations, m)
    return {
        "features": {"count": len(history), "events": [*_of_features(catalog, history[:MOST], say, m)]},
        "documents": {"count": len(told), "events": [*_of_documents(catalog, told[:MOST], say, m)]},
    }


def _is_there(catalog: Catalog, wanted: Filter, countries: tuple[str, ...]) -> bool:
    in_country = not wanted.country or not wanted.country.isdisjoint(countries)
    return in_country and (not wanted.region or not wanted.region.isdisjoint(catalog.regions(countries)))


def _of_features(catalog: Catalog, rows: pd.DataFrame, say: Wording, m: Messages) -> Iterator[dict[str, Any]]:
    columns = ["feature_id", "date", "status", "event", "source_id"]
    for feature_id, date, status, event, source in rows[columns].itertuples(index=False):
        yield {
            "date": m.locale.date(date),
            "feature": _feature(catalog, feature_id, m),
            "status": m.code("status", status),
            "text": say(event, feature_id, "event", "status_history"),
            "source": _source(catalog, source, m),
        }


def _of_documents(
    catalog: Catalog, rows: pd.DataFrame, say: Wording, m: Messages
) -> Iterator[dict[str, Any]]:
    columns = ["id", "date", "title", "related_ids", "source_id"]
    for event_id, date, title, related, source in rows[columns].itertuples(index=False):
        known = [i for i in related.split(LIST_SEPARATOR) if i in catalog.features]
        yield {
            "date": m.locale.date(date),
            "feature": _feature(catalog, known[0], m) if known else None,
            "status": "",
            "text": say(title, event_id, "title", "events"),
            "source": _source(catalog, source, m),
        }


def _feature(catalog: Catalog, feature_id: str, m: Messages) -> dict[str, str]:
    return {"id": feature_id, "name": catalog.name(feature_id, m.language)}


def _source(catalog: Catalog, source_id: str, m: Messages) -> dict[str, str] | None:
    """Name a source that can be opened; None for what the compilers knew or judged."""
    if source_id in ("", UNSOURCED, EDITORS):
        return None
    cited = catalog.citation(source_id)
    return {"id": source_id, "name": cited.title or cited.producer or source_id}
