"""What a filter finds, in one sentence: what stands at the head of a page, and what a link says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from bri_map.app.questions import Questions
from bri_map.catalog import Catalog
from bri_map.i18n import Messages
from bri_map.query.selection import Selection

_MOST_NAMES = 3
"""More countries, regions or corridors than this are counted."""
_MOST_STATUSES = 3
"""The rest of the statuses are counted together."""
_PLACES = ("country", "region", "corridor")
"""Facets that say where, the one that says most first."""


def answer_in_words(catalog: Catalog, questions: Questions, selection: Selection, m: Messages) -> str:
    """Say what a filter finds: how many of what, where, how far they have come, and what they cost.

    Args:
        catalog: Where the features come from.
        questions: Labels of codes in the language of `m`.
        selection: What the filter finds.
        m: Texts of the interface.

    Returns:
        One sentence; of a filter that asks for nothing, what the atlas holds.
    """
    if not selection.filter:
        countries = len(catalog.options("country"))
        return m.text(
            "answer.all", n=len(catalog), countries=countries, date=m.locale.date(catalog.info.date[:7])
        )
    if not len(selection):
        return m["empty.title"]
    found = _found(catalog, questions, selection, m)
    parts = m.locale.listed(_parts(selection, m))
    million, with_cost = selection.stated_cost()
    if not with_cost:
        return m.text("answer.found", found=found, parts=parts)
    amount = m.locale.money_of(million * 1e6, "USD", digits=1)
    cost = m.text("answer.cost", amount=amount, n=with_cost)
    return m.text("answer.priced", found=found, parts=parts, cost=cost)


def _found(catalog: Catalog, questions: Questions, selection: Selection, m: Messages) -> str:
    n, where = len(selection), _where(catalog, questions, selection, m)
    layers = selection.layers
    key = f"answer.layer.{layers[0]}"
    if len(layers) > 1:
        what = m.text("answer.things", n=n)
    elif key in m:
        what = m.text(key, n=n)
    else:
        what = m.code("layer", layers[0])
    if where:
        return m.text("answer.where", number=n, what=what, where=where)
    total = sum(part.stop - part.start for layer, part in catalog.slices.items() if layer in layers)
    return m.text("answer.of", number=n, what=what, total=total)


def _where(catalog: Catalog, questions: Questions, selection: Selection, m: Messages) -> str:
    for facet in _PLACES:
        codes = sorted(getattr(selection.filter, facet))
        if len(codes) > _MOST_NAMES:
            return m.text(f"answer.many.{facet}", n=len(codes))
        if codes:
            return m.locale.listed(questions.label(catalog, facet, code, m) for code in codes)
    return ""


def _parts(selection: Selection, m: Messages) -> Iterator[str]:
    """Give the year, and the statuses, the commonest first."""
    year = selection.filter.year
    if year is not None:
        yield m.text("answer.year", year=str(year))
    counts = selection.statuses_counted()
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    for status, n in ranked[:_MOST_STATUSES]:
        yield m.text(f"answer.status.{status}", n=n)
    if others := sum(n for _, n in ranked[_MOST_STATUSES:]):
        yield m.text("answer.others", n=others)
