"""Indicators by which countries can be coloured: one value a country, with period, source and classes.

Two come from the source documents; three count the whole catalog, whatever a filter shows. A country
without a value has none in the document, or no feature in the catalog; it is never taken for zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bri_map.analysis.reconcile import HOME
from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LISTED
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.errors import DisplayError
from bri_map.evidence.feature import Citation

CLASSES = 5
"""Most classes of a choropleth; each holds about as many countries (quantiles)."""
_TRADE = "trade-goods"
_PRINTED = ("ease-of-doing-business", _TRADE)
"""Indicators whose values are printed in a source document."""


@dataclass(frozen=True, slots=True)
class ValueClass:
    """A class of a choropleth.

    Attributes:
        low: Least value that occurs in it.
        high: Greatest value that occurs in it.
        count: Number of countries.
    """

    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Choropleth:
    """The values of an indicator.

    Attributes:
        id: Id of the indicator.
        values: ISO 3166-1 alpha-3 to value; the unit is in the message catalogue.
        period: Year or period of the values (`2020`, `2020-01/2020-05`), or the date of the data.
        citations: Sources with locators; empty where the catalog itself is counted.
        classes: From the least values to the greatest; none when there is no value.
    """

    id: str
    values: Mapping[str, float]
    period: str
    citations: tuple[Citation, ...]
    classes: tuple[ValueClass, ...]


def build_choropleth(catalog: Catalog, indicator: str) -> Choropleth:
    """Compute an indicator.

    Args:
        catalog: The catalog.
        indicator: One of `INDICATORS`.

    Raises:
        DisplayError: There is no such indicator.
    """
    if indicator not in INDICATORS:
        raise DisplayError(f"Unknown indicator {indicator!r}. Known: {', '.join(INDICATORS)}.")
    return _BUILDERS[indicator](catalog, indicator)


def quantile_classes(values: Mapping[str, float]) -> tuple[ValueClass, ...]:
    """Sort values into at most `CLASSES` classes of about the same number; equal values stay together."""
    found = np.sort(np.array(list(values.values()), dtype=np.float64))
    if not len(found):
        return ()
    inner = np.quantile(found, np.arange(1, CLASSES) / CLASSES, method="higher")
    starts = np.unique(np.concatenate(([found[0]], inner)))
    parts = np.split(found, np.searchsorted(found, starts[1:]))
    return tuple(ValueClass(float(part[0]), float(part[-1]), len(part)) for part in parts)


def _printed(catalog: Catalog, indicator: str) -> Choropleth:
    """Take the values of a document: of the period with the most countries."""
    rows = catalog.table("indicators")
    known = set(catalog.table("countries")["iso3"])
    known -= {HOME} if indicator == _TRADE else set()  # its row there is China's trade with the world
    rows = rows[(rows["indicator"] == indicator) & rows["area"].isin(known)]
    if rows.empty:
        return _choropleth(indicator, {}, "", ())
    period = str(rows["period"].value_counts(sort=False).idxmax())
    rows = rows[rows["period"] == period].drop_duplicates("area")
    values = {
        str(area): float(value) for area, value in rows[["area", "value"]].itertuples(index=False, name=None)
    }
    cited = tuple(
        replace(catalog.citation(str(source_id)), locators=tuple(sorted(set(part["locator"]) - {""})))
        for source_id, part in rows.groupby("source_id", sort=True)
    )
    return _choropleth(indicator, values, period, cited)


def _counted(layer: LayerId) -> Callable[[Catalog, str], Choropleth]:
    """Count the features of a layer; one in several countries counts in each."""

    def build(catalog: Catalog, indicator: str) -> Choropleth:
        cells = catalog.rows(layer)["countries"]
        counts = Counter(iso3 for cell in cells for iso3 in cell.split(LIST_SEPARATOR))
        values = {iso3: float(number) for iso3, number in sorted(counts.items())}
        return _choropleth(indicator, values, catalog.info.date, ())

    return build


def _valued(layer: LayerId) -> Callable[[Catalog, str], Choropleth]:
    """Add up the stated costs in million US dollars of a layer's features that lie in one country only.

    The cost of a feature is the one that the catalog shows (`cost_usd_million`): of the whole of it, in
    US dollars, of the best kind known. Features in several countries are left out, for no source says
    which part of the cost falls on which country.
    """

    def build(catalog: Catalog, indicator: str) -> Choropleth:
        rows = catalog.rows(layer)
        rows = rows[
            (rows["cost_usd_million"] != "") & ~rows["countries"].str.contains(LIST_SEPARATOR, regex=False)
        ]
        sums = pd.to_numeric(rows["cost_usd_million"]).groupby(rows["countries"]).sum()
        values = {str(iso3): float(value) for iso3, value in sums.items()}
        return _choropleth(indicator, values, catalog.info.date, ())

    return build


def _choropleth(
    indicator: str, values: Mapping[str, float], period: str, citations: tuple[Citation, ...]
) -> Choropleth:
    return Choropleth(indicator, values, period, citations, quantile_classes(values))


_BUILDERS: dict[str, Callable[[Catalog, str], Choropleth]] = {
    **dict.fromkeys(_PRINTED, _printed),
    **{spec.indicator: _counted(spec.id) for spec in LISTED if spec.indicator},
    **{spec.value_indicator: _valued(spec.id) for spec in LISTED if spec.value_indicator},
}
INDICATORS: tuple[str, ...] = tuple(_BUILDERS)
"""Ids of all indicators, in the order in which they are offered."""
