"""The Figures page: published totals beside ours, the 74 parks, and the faults of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from weakref import WeakKeyDictionary

import streamlit as st

from bri_map.analysis.reconcile import Cell, EyPark, ey_parks, reconcile
from bri_map.catalog import Catalog
from bri_map.domain.codes import codes
from bri_map.domain.vocabulary import ParkType, Region, Sector, Status
from bri_map.evidence.translations import Wording
from bri_map.i18n import Messages, messages
from bri_map.ui.current import current_store
from bri_map.ui.evidence import source_title
from bri_map.ui.state import State
from bri_map.ui.templating import template

_VOCABULARIES = (("status", Status), ("sector", Sector), ("type", ParkType), ("region", Region))


@dataclass(frozen=True, slots=True)
class Line:
    """A cell of a figure, ready to be shown; widths are percent of the figure's greatest value."""

    label: str
    published: str
    ours: str
    difference: str
    published_width: float
    ours_width: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A published table beside ours, ready to be shown; a reason has the cells that it is about."""

    title: str
    source: str
    url: str
    place: str
    unit: str
    lines: tuple[Line, ...]
    reasons: tuple[tuple[str, str], ...]


def render() -> None:
    """Draw the page."""
    catalog = current_store().catalog
    state = State(catalog)
    text = state.messages.text
    with st.container(key="figures"):
        st.title(text("figures_page.title"))
        st.write(text("figures_page.intro"))
        st.html(figures_html(catalog, state.language))


_WRITTEN: WeakKeyDictionary[Catalog, dict[str, str]] = WeakKeyDictionary()
"""What was written for a catalog, by language; it goes with the catalog."""


def figures_html(catalog: Catalog, language: str) -> str:
    """Give the page's content as HTML in which every value from the data is escaped; written once."""
    written = _WRITTEN.setdefault(catalog, {})
    if language not in written:
        written[language] = _write(catalog, language)
    return written[language]


def _write(catalog: Catalog, language: str) -> str:
    m = messages(language)
    say = Wording(catalog.translations, m)
    cells = reconcile(catalog)
    parks = ey_parks(catalog)
    agreeing = sum(cell.agrees for cell in cells)
    matches = Counter(park.match for park in parks)
    return template("figures.html").render(
        m=m,
        answer=m.text("figures_page.answer", n=agreeing, total=len(cells))
        if cells
        else m.text("figures_page.none"),
        figures=list(_figures(catalog, cells, m, say)),
        parks_count=m.text(
            "figures_page.parks_count",
            n=len(parks),
            **{code: matches[code] for code in codes("ey_match")},
        ),
        parks=[_park(catalog, park, m) for park in parks],
        faults=list(_faults(catalog, m, say)),
    )


def _figures(catalog: Catalog, cells: list[Cell], m: Messages, say: Wording) -> Iterator[Figure]:
    for name, group in groupby(cells, key=lambda cell: cell.figure):
        same = list(group)
        shown = [max(cell.published, cell.ours or 0.0) for cell in same if cell.category != "total"]
        greatest = max(shown, default=0.0) or 1.0
        same.sort(key=lambda cell: (cell.category == "total", -cell.published, cell.category))
        source = catalog.citation(same[0].source_id)
        yield Figure(
            title=m.text(f"figure.{name}"),
            source=source_title(source, m),
            url=source.url,
            place=say(same[0].locator, name, "locator", "distributions"),
            unit=m.text(f"figure_unit.{name}"),
            lines=tuple(_line(catalog, cell, greatest, m) for cell in same),
            reasons=tuple(_reasons(catalog, same, m, say)),
        )


def _reasons(catalog: Catalog, cells: list[Cell], m: Messages, say: Wording) -> Iterator[tuple[str, str]]:
    """Give each explanation once, with the cells that it is about."""
    about: dict[str, list[str]] = {}
    for cell in cells:
        if cell.explanation:
            text = say(cell.explanation, cell.figure, "explanation", "reconciliation")
            about.setdefault(text, []).append(_category(catalog, cell, m))
    for text, names in about.items():
        yield m.locale.listed(names), text


def _line(catalog: Catalog, cell: Cell, greatest: float, m: Messages) -> Line:
    is_total = cell.category == "total"
    return Line(
        label=_category(catalog, cell, m),
        published=_shown(cell.published, m),
        ours="" if cell.ours is None else _shown(cell.ours, m),
        difference=""
        if cell.agrees or cell.difference is None
        else f"{cell.difference:+.1f}".replace("-", "−"),
        published_width=0 if is_total else 100 * cell.published / greatest,
        ours_width=0 if is_total else 100 * (cell.ours or 0.0) / greatest,
    )


def _shown(value: float, m: Messages) -> str:
    return m.locale.number(int(value) if value.is_integer() else round(value, 1))


def _category(catalog: Catalog, cell: Cell, m: Messages) -> str:
    if cell.category in catalog.known()["country"]:
        return catalog.country_name(cell.category, m.language)
    for name, vocabulary in _VOCABULARIES:
        if cell.category in {member.value for member in vocabulary}:
            return m.code(name, cell.category)
    key = f"figure_category.{cell.category.replace(' ', '-')}"
    return m.text(key) if key in m else cell.category


def _park(catalog: Catalog, park: EyPark, m: Messages) -> dict[str, object]:
    def link(park_id: str) -> dict[str, str]:
        return {"name": catalog.get(park_id).name(m.language), "href": f"./?id={park_id}&lang={m.language}"}

    return {
        **link(park.id),
        "country": catalog.country_name(park.country, m.language),
        "type": m.code("type", park.type),
        "match": park.match,
        "match_label": m.code("ey_match", park.match) if park.match else "",
        "figure6_no": park.figure6_no,
        "alternatives": [link(other) for other in park.alternatives],
    }


def _faults(catalog: Catalog, m: Messages, say: Wording) -> Iterator[dict[str, str]]:
    rows = catalog.table("inconsistencies").to_dict("records")
    order = {code: i for i, code in enumerate(codes("disagreement"))}
    for row in sorted(rows, key=lambda row: (order[row["disagreement"]], row["id"])):
        against = row["against_source_id"]
        said = {
            column: say(row[column], row["id"], column, "inconsistencies")
            for column in ("statement", "locator", "against", "against_locator", "resolution")
        }
        yield {
            "kind": m.code("disagreement", row["disagreement"]),
            "statement": said["statement"],
            "where": f"{row['source_id']} {said['locator']}",
            "against": said["against"],
            "against_where": f"{against} {said['against_locator']}".strip(),
            "against_url": catalog.citation(against).url if against else "",
            "resolution": said["resolution"],
            "certainty": m.code("certainty", row["certainty"]),
        }
