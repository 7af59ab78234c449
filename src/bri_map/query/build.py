"""Index the features for the filter engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from bri_map.data.columns import TEXT, arrow
from bri_map.domain.facets import FACETS
from bri_map.domain.identifiers import SEPARATOR
from bri_map.domain.names import NAME_COLUMNS, Names
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.folding import fold
from bri_map.query.facets import FacetIndex, build_facet, build_facet_from_pairs, with_none
from bri_map.query.features import Features
from bri_map.query.text import TextIndex

_SEARCHED = (*NAME_COLUMNS.values(), "locality")


class FacetIndexes(Mapping[str, FacetIndex]):
    """The index of every facet but the layer, each made when it is first asked for.

    Args:
        features: The features, with their derived columns.
        regions: Region by ISO 3166-1 alpha-3.
        pairs: Gives each pair of feature and code once, by name of a facet: `position`, `code`; sorted.
        sources: Ids of all sources.
    """

    def __init__(
        self,
        features: Features,
        regions: pd.Series,
        pairs: Callable[[str], pd.DataFrame],
        sources: pd.Index,
    ) -> None:
        self._features = features
        self._regions = regions
        self._pairs = pairs
        self._sources = sources
        self._made: dict[str, FacetIndex] = {}

    def __getitem__(self, facet: str) -> FacetIndex:
        if facet not in self._made:
            self._made[facet] = self._build(facet)
        return self._made[facet]

    def __iter__(self) -> Iterator[str]:
        return (facet for facet in FACETS if facet != "layer")

    def __len__(self) -> int:
        return len(FACETS) - 1

    def _build(self, facet: str) -> FacetIndex:
        index = self._of_column(facet) if FACETS[facet].column else self._of_pairs(facet)
        if not FACETS[facet].has_none:
            return index
        slices = self._features.slices
        return with_none(index, [slices[layer] for layer in FACETS[facet].layers])

    def _of_column(self, facet: str) -> FacetIndex:
        spec = FACETS[facet]
        cells = self._features.cells(spec.column)
        if facet == "region":
            regions = {str(iso3): (str(region),) for iso3, region in self._regions.items()}
            return build_facet(cells, lambda iso3: regions.get(iso3, ()))
        if facet == "crosses":
            shapes = self._features.shapes.values()
            return build_facet(
                [
                    one.where(shapely.get_dimensions(shape) == 1, "")
                    for one, shape in zip(cells, shapes, strict=True)
                ]
            )
        if facet == "identifier":
            return build_facet(cells, lambda said: (said.partition(SEPARATOR)[0],))
        if spec.is_of_some_layers:
            of = zip(cells, self._features.slices, strict=True)
            cells = [one if layer in spec.layers else pd.Series("", one.index, "str") for one, layer in of]
        return build_facet(cells, (lambda said: (told_code(said),)) if spec.is_told else None)

    def _of_pairs(self, facet: str) -> FacetIndex:
        """Index a facet from pairs; codes are those that occur, but sources are all that there are."""
        pairs = self._pairs(facet)
        known = self._sources if facet == "source" else pairs["code"].unique()
        return build_facet_from_pairs(len(self._features), pairs["position"].to_numpy(), pairs["code"], known)


def told_code(said: str) -> str:
    """Give the code of what a cell says: its words in the form of an id, as `coal-power`."""
    return "-".join(fold(said).split())


def build_text(features: Features, country_names: Mapping[str, Names], further: pa.Array) -> TextIndex:
    """Index the texts in which words are looked for.

    Args:
        features: The features.
        country_names: ISO 3166-1 alpha-3 to names.
        further: One more text for each feature, in order.
    """
    names = {iso3: " ".join(found.known.values()) for iso3, found in country_names.items()}
    texts: list[pa.Array] = []
    start = 0
    for rows in features.rows.values():
        parts = [arrow(rows[column]) for column in ("id", *_SEARCHED) if column in rows]
        countries = arrow(rows["countries"]).dictionary_encode()
        named = [
            " ".join(names.get(iso3, iso3) for iso3 in cell.split(LIST_SEPARATOR))
            for cell in countries.dictionary.to_pylist()
        ]
        parts += [arrow(named).take(countries.indices), further.slice(start, len(rows))]
        texts.append(pc.binary_join_element_wise(*parts, pa.scalar("\n", TEXT)))
        start += len(rows)
    return TextIndex(pa.concat_arrays(texts))
