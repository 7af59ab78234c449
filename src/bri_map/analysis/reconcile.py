"""Published totals beside the same totals of these data.

Every comparison recomputes a figure of EY Navigator no. 4 (July 2020) from the features and indicators of
the data root; why a cell differs stands in `data/reconciliation.csv`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

import pandas as pd

from bri_map.catalog import Catalog
from bri_map.data.ages import end_of
from bri_map.data.derive import in_order
from bri_map.domain.layers import LISTED, with_column
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.domain.vocabulary import EyMatch, Sector

EY_CUTOFF = "2020-05"
"""EY counts projects from 2014 to May 2020; ours are taken at the same date."""
HOME = "CHN"
"""Features that lie in China only are not projects abroad."""
_TRANSPORT = (Sector.RAILWAY, Sector.ROADS_BRIDGES, Sector.PORTS, Sector.AIRPORTS)
_CONSTRUCTION = (Sector.CONSTRUCTION_COMMERCIAL, Sector.CONSTRUCTION_INDUSTRIAL)
_EASE = "ease-of-doing-business"
_TOTAL = "total"
EXACT = 0.05
"""Values that differ by no more than this are equal in print (one decimal)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One published value beside ours.

    Attributes:
        figure: Name of the published table.
        category: The cell.
        unit: Unit of both values.
        published: The published value.
        ours: The same recomputed from these data; None where it cannot be.
        locator: Where the published value stands.
        source_id: In which document.
        explanation: Why ours differs; empty when it does not.
    """

    figure: str
    category: str
    unit: str
    published: float
    ours: float | None
    locator: str
    source_id: str
    explanation: str

    @property
    def difference(self) -> float | None:
        """Ours minus published."""
        return None if self.ours is None else round(self.ours - self.published, 2)

    @property
    def agrees(self) -> bool:
        """Whether both are equal in print."""
        return self.difference is not None and abs(self.difference) <= EXACT + 1e-9


@dataclass(frozen=True, slots=True)
class EyPark:
    """A park of our reconstruction of EY's 74.

    Attributes:
        id: Id of the park.
        country: ISO 3166-1 alpha-3.
        type: Park type.
        match: How sure it is that EY counts it.
        figure6_no: Its number in figure 6, empty when the number cannot be read.
        alternatives: Ids of parks that may be meant instead.
    """

    id: str
    country: str
    type: str
    match: str
    figure6_no: str
    alternatives: tuple[str, ...]


def reconcile(catalog: Catalog) -> list[Cell]:
    """Compare every published cell that can be recomputed with ours, in the order of the figures."""
    published = catalog.table("distributions")
    explanations = _explanations(catalog.table("reconciliation"))
    cells: list[Cell] = []
    for figure, compute in _FIGURES.items():
        ours = compute(catalog)
        rows = published[published["distribution"] == figure].to_dict("records")
        for row in rows:
            category = str(row["category"])
            if category == _TOTAL and category not in ours:
                continue
            cell = Cell(
                figure=figure,
                category=category,
                unit=str(row["unit"]),
                published=float(row["value"]),
                ours=ours.get(category, None if figure in _MEANS else 0.0),
                locator=str(row["locator"]),
                source_id=str(row["source_id"]),
                explanation="",
            )
            known = explanations.get((figure, category)) or explanations.get((figure, "*"), "")
            cells.append(cell if cell.agrees else replace(cell, explanation=known))
    return cells


def ey_parks(catalog: Catalog) -> list[EyPark]:
    """Give our reconstruction of EY's 74 parks, the surest first."""
    order = {match.value: i for i, match in enumerate(EyMatch)}
    parks = [
        EyPark(
            id=str(row["id"]),
            country=str(row["countries"]).split(LIST_SEPARATOR)[0],
            type=str(row[spec.kind_column]),
            match=str(row["ey_match"]),
            figure6_no=str(row["ey_figure6_no"]),
            alternatives=tuple(filter(None, str(row["ey_alternatives"]).split(LIST_SEPARATOR))),
        )
        for spec in with_column("in_ey_2020")
        for row in catalog.rows(spec.id).to_dict("records")
        if row["in_ey_2020"] == "true"
    ]
    return sorted(parks, key=lambda park: (order.get(park.match, len(order)), park.country, park.id))


def _explanations(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    columns = table[["figure", "category", "explanation"]]
    return {(str(figure), str(cell)): str(text) for figure, cell, text in columns.itertuples(index=False)}


def _abroad(catalog: Catalog) -> pd.DataFrame:
    """What counts as a project and does not lie in China alone, with its sector."""
    frames = []
    for spec in LISTED:
        if spec.is_project:
            rows = catalog.rows(spec.id)
            frames.append(rows.assign(sector=spec.sector or rows[spec.kind_column]))
    columns = ["id", "countries", "sector", "cost_usd_million"]
    every = pd.concat([frame[columns] for frame in frames], ignore_index=True)
    return every[every["countries"] != HOME]


def _status_at_cutoff(catalog: Catalog) -> dict[str, str]:
    """Status of each feature at the end of `EY_CUTOFF`, for those whose history had begun."""
    history = in_order(catalog.table("status_history"))
    known = history[history["date"] != ""]
    cutoff = end_of(EY_CUTOFF)
    until = known[[end_of(date) <= cutoff for date in known["date"]]]
    last = until.drop_duplicates("feature_id", keep="last")
    return dict(zip(last["feature_id"], last["status"], strict=True))


def _shares(numbers: Mapping[str, float]) -> dict[str, float]:
    whole = sum(numbers.values())
    return {name: 100 * number / whole for name, number in numbers.items()} if whole else {}


def _statuses(catalog: Catalog) -> dict[str, float]:
    status = _status_at_cutoff(catalog)
    ours = Counter(status[i] for i in _abroad(catalog)["id"] if i in status)
    counted = {
        code: float(ours[code]) for code in ("suspended", "completed", "under-construction", "early-stage")
    }
    return _shares(counted) | {_TOTAL: sum(counted.values())}


def _value_by_sector(catalog: Catalog) -> dict[str, float]:
    started = _status_at_cutoff(catalog)
    rows = _abroad(catalog)
    rows = rows[(rows["cost_usd_million"] != "") & rows["id"].isin(list(started))]
    sums = pd.to_numeric(rows["cost_usd_million"]).groupby(rows["sector"]).sum()
    return {str(sector): float(value) for sector, value in sums.items()}


def _sectors(catalog: Catalog) -> dict[str, float]:
    value = _value_by_sector(catalog)
    groups = {
        "transportation": _sum(value, _TRANSPORT),
        "construction": _sum(value, _CONSTRUCTION),
        "energy-utilities": _sum(value, (Sector.ENERGY_UTILITIES,)),
    }
    return _shares(groups) | {_TOTAL: sum(groups.values()) / 1000}


def _transport(catalog: Catalog) -> dict[str, float]:
    value = _value_by_sector(catalog)
    counted = (*_TRANSPORT, *_CONSTRUCTION, Sector.ENERGY_UTILITIES)
    whole = _sum(value, counted)
    return {sector.value: 100 * value.get(sector, 0.0) / whole for sector in _TRANSPORT} if whole else {}


def _sum(value: Mapping[str, float], sectors: Iterable[Sector]) -> float:
    return sum(value.get(sector, 0.0) for sector in sectors)


def _park_types(catalog: Catalog) -> dict[str, float]:
    return _as_floats(Counter(park.type for park in ey_parks(catalog)))


def _park_countries(catalog: Catalog) -> dict[str, float]:
    return _as_floats(Counter(park.country for park in ey_parks(catalog)))


def _park_regions(catalog: Catalog) -> dict[str, float]:
    parks = ey_parks(catalog)
    regions = Counter(catalog.regions((park.country,))[0] for park in parks)
    return _as_floats(regions) | {_TOTAL: float(len(parks))}


def _top_five(catalog: Catalog) -> dict[str, float]:
    return dict(sorted(_park_countries(catalog).items(), key=lambda item: (-item[1], item[0]))[:5])


def _as_floats(counts: Mapping[str, int]) -> dict[str, float]:
    return {name: float(number) for name, number in counts.items()}


def _ease_by_country(catalog: Catalog) -> dict[str, float]:
    rows = catalog.table("indicators")
    is_meant = (rows["indicator"] == _EASE) & (rows["value"] != "")
    rows = rows[is_meant & rows["area"].isin(list(_park_countries(catalog)))]
    return {str(row.area): float(str(row.value)) for row in rows.itertuples(index=False)}


def _ease_by_region(catalog: Catalog) -> dict[str, float]:
    by_region: dict[str, list[float]] = {}
    for country, score in _ease_by_country(catalog).items():
        by_region.setdefault(catalog.regions((country,))[0], []).append(score)
    return {region: round(fmean(scores), 2) for region, scores in by_region.items()}


def _ease_overall(catalog: Catalog) -> dict[str, float]:
    scores = _ease_by_country(catalog)
    return {"all park countries": round(fmean(scores.values()), 2)} if scores else {}


_MEANS = frozenset(
    {
        "ey-fig8-ease-of-doing-business-by-country",
        "ey-fig8-ease-of-doing-business-by-region",
        "ey-ease-of-doing-business-overall",
    }
)
"""Figures in which a missing value is not known, where in a count it is none."""
_FIGURES: dict[str, Callable[[Catalog], dict[str, float]]] = {
    "ey-fig3-project-status": _statuses,
    "ey-fig5-sectors": _sectors,
    "ey-fig5-sectors-transport-detail": _transport,
    "ey-fig7-park-types": _park_types,
    "ey-fig8-parks-by-country": _park_countries,
    "ey-fig8-parks-by-region": _park_regions,
    "ey-top5-park-countries": _top_five,
    "ey-fig8-ease-of-doing-business-by-country": _ease_by_country,
    "ey-fig8-ease-of-doing-business-by-region": _ease_by_region,
    "ey-ease-of-doing-business-overall": _ease_overall,
}
"""Published tables that can be recomputed, and how."""
