"""The filter engine: facets as arrays of codes, a filter as one boolean array, counts by facet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry.base import BaseGeometry

from bri_map.domain.codes import codes
from bri_map.domain.facets import FACETS, NONE
from bri_map.domain.filter import QUESTIONS, Filter
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.ranges import RANGES
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.query.asked_places import AskedPlaces, joined
from bri_map.query.history import ABSENT, StatusHistory
from bri_map.query.ranges import RangeIndex
from bri_map.query.text import TextIndex

if TYPE_CHECKING:
    from bri_map.query.spatial import SpatialIndex

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class FacetIndex:
    """The codes of every feature in one facet.

    Almost every feature has one code, so the first of each lies in a plain array and the few others
    in pairs.

    Attributes:
        codes: The codes; number 0 is "none", `codes[0]` is therefore empty.
        first: Number of each feature's first code, shape (n,).
        more_feature: Features that have further codes, shape (m,).
        more_code: Number of that further code, shape (m,).
    """

    codes: tuple[str, ...]
    first: npt.NDArray[np.integer]
    more_feature: Codes
    more_code: Codes

    def mask(self, chosen: Iterable[str]) -> Mask:
        """Tell which features have one of the chosen codes."""
        wanted = np.isin(np.array(self.codes, dtype=object), list(chosen))
        result: Mask = wanted.take(self.first)
        if len(self.more_feature):
            result[self.more_feature[wanted[self.more_code]]] = True
        return result

    def counts(self, mask: Mask, positions: npt.NDArray[np.intp]) -> dict[str, int]:
        """Count the features of a mask for each code.

        Args:
            mask: The features to count, shape (n,).
            positions: The same as ascending positions.

        Returns:
            Every code with its count, zeros included.
        """
        total = np.bincount(self.first.take(positions), minlength=len(self.codes))
        if len(self.more_feature):
            total += np.bincount(self.more_code[mask[self.more_feature]], minlength=len(self.codes))
        return dict(zip(self.codes[1:], total[1:].tolist(), strict=True))


def build_facet(
    cells: Sequence[pd.Series], translate: Callable[[str], Iterable[str]] | None = None
) -> FacetIndex:
    """Index a facet from text cells, in which several codes are separated by semicolons.

    Args:
        cells: The cells, layer after layer.
        translate: Gives the codes that a part of a cell stands for (country to region); itself by default.
    """
    numbers, distinct = pd.factorize(pd.concat(cells, ignore_index=True), use_na_sentinel=False)
    lists: list[list[str]] = []
    for cell in distinct:
        parts = [part for part in str(cell).split(LIST_SEPARATOR) if part]
        if translate is not None:
            parts = [code for part in parts for code in translate(part)]
        lists.append(list(dict.fromkeys(parts)))
    codes = ("", *sorted({code for parts in lists for code in parts}))
    number = {code: i for i, code in enumerate(codes)}
    first = np.array([number[parts[0]] if parts else 0 for parts in lists], dtype=_dtype(len(codes)))
    several = [i for i, parts in enumerate(lists) if len(parts) > 1]
    rows = np.flatnonzero(np.isin(numbers, several)) if several else np.array([], dtype=np.intp)
    pairs = [(row, number[code]) for row in rows.tolist() for code in lists[numbers[row]][1:]]
    more = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return FacetIndex(codes, first[numbers], more[:, 0].copy(), more[:, 1].copy())


def build_facet_from_pairs(
    size: int, features: npt.NDArray[np.integer], codes: pd.Series, known: Iterable[str]
) -> FacetIndex:
    """Index a facet from pairs of feature position and code, sorted by position.

    Args:
        size: Number of features.
        features: Position of each pair's feature.
        codes: Code of each pair.
        known: All codes that exist.
    """
    all_codes = ("", *sorted(known))
    numbers = pd.Index(all_codes).get_indexer(pd.Index(codes)).astype(np.int32)
    is_first = np.ones(len(features), dtype=bool)
    is_first[1:] = features[1:] != features[:-1]
    first = np.zeros(size, dtype=_dtype(len(all_codes)))
    first[features[is_first]] = numbers[is_first]
    return FacetIndex(all_codes, first, features[~is_first].astype(np.int32), numbers[~is_first])


def with_none(index: FacetIndex, parts: Iterable[slice]) -> FacetIndex:
    """Give features of some layers that have no code the code `NONE`.

    Args:
        index: The codes of every feature.
        parts: Where the layers lie.
    """
    none = len(index.codes)
    first = index.first.astype(np.promote_types(index.first.dtype, _dtype(none + 1)))
    for part in parts:
        first[part][first[part] == 0] = none
    return FacetIndex((*index.codes, NONE), first, index.more_feature, index.more_code)


def build_status_facet(history: StatusHistory, year: int) -> FacetIndex:
    """Index the statuses at the end of a year."""
    numbers = np.where(np.arange(256) == ABSENT, 0, np.arange(256) + 1).astype(np.uint8)
    none = np.array([], dtype=np.int32)
    return FacetIndex(("", *codes("status")), numbers[history.status_in(year)], none, none)


def _dtype(size: int) -> type[np.unsignedinteger]:
    return np.uint8 if size <= 256 else np.uint16 if size <= 65536 else np.uint32


class FacetCounts(Mapping[str, Mapping[str, int]]):
    """Facet to code to number of features; each facet is counted when it is first asked for.

    Args:
        count: Counts the features by one facet.
    """

    def __init__(self, count: Callable[[str], dict[str, int]]) -> None:
        self._count = count
        self._counted: dict[str, Mapping[str, int]] = {}

    def __getitem__(self, facet: str) -> Mapping[str, int]:
        if facet not in self._counted:
            if facet not in FACETS:
                raise KeyError(facet)
            self._counted[facet] = MappingProxyType(self._count(facet))
        return self._counted[facet]

    def __iter__(self) -> Iterator[str]:
        return iter(FACETS)

    def __len__(self) -> int:
        return len(FACETS)


class FilterEngine:
    """Answers filters over all features of a catalog, in the catalog's order.

    Args:
        slices: Where each layer's features lie.
        facets: Facet name to its index; `layer` is not among them.
        ranges: Range name to its index.
        text: Gives the index of the texts, which is made when words are first asked for.
        history: Gives the statuses by year, likewise.
        places: Gives the index of the geometry, likewise.
        geometry_of: Gives the geometry of a feature by its id, None where it has none.
    """

    def __init__(
        self,
        slices: Mapping[LayerId, slice],
        facets: Mapping[str, FacetIndex],
        ranges: Mapping[str, RangeIndex],
        text: Callable[[], TextIndex],
        history: Callable[[], StatusHistory],
        places: Callable[[], SpatialIndex],
        geometry_of: Callable[[str], BaseGeometry | None],
    ) -> None:
        self._slices = dict(slices)
        self._facets = facets
        self.ranges = ranges
        self._give_text = text
        self._give_history = history
        self._give_places = places
        self._geometry_of = geometry_of
        self.size = max((part.stop for part in slices.values()), default=0)

    @cached_property
    def _text(self) -> TextIndex:
        return self._give_text()

    @cached_property
    def _history(self) -> StatusHistory:
        return self._give_history()

    @cached_property
    def places(self) -> AskedPlaces:
        """Answers what is asked about places."""
        return AskedPlaces(self._give_places(), self._geometry_of, self.size)

    def prepare(self) -> None:
        """Make what the first questions would wait for."""
        for facet in self._facets:
            _ = self._facets[facet]
        for name in self.ranges:
            _ = self.ranges[name]
        _ = self._text, self._history, self.places

    def codes(self, facet: str) -> tuple[str, ...]:
        """Give the codes of a facet that occur or are defined as data."""
        if facet == "layer":
            return tuple(LAYERS)
        return self._facets[facet].codes[1:]

    def mask(self, wanted: Filter) -> Mask:
        """Tell which features match.

        Returns:
            Boolean array of shape (size,).
        """
        return self._within(wanted.layers, self._masks(wanted).values())

    def counts(self, wanted: Filter) -> FacetCounts:
        """Count, for every option of every facet, what it would give with the other facets applied.

        Returns:
            Facet to code to number of features. Nobody can change it, for it may be kept and shared.
        """
        masks = self._masks(wanted)
        everything = self._within(wanted.layers, masks.values())
        positions = np.flatnonzero(everything)

        def count(facet: str) -> dict[str, int]:
            layers = self._layers_to_count(wanted, facet)
            if facet not in masks and layers == wanted.layers:
                return self._count(facet, wanted.year, everything, positions)
            mask = self._within(layers, (m for name, m in masks.items() if name != facet))
            return self._count(facet, wanted.year, mask, np.flatnonzero(mask))

        return FacetCounts(count)

    def steps(self, wanted: Filter, name: str, steps: Sequence[float]) -> tuple[list[int], int]:
        """Count the values of a range in steps, with all else of the filter applied.

        Args:
            wanted: The filter.
            name: Name of the range.
            steps: Where the steps begin and end.

        Returns:
            Number of values in each step; number of features that could have a value and have none.
        """
        masks = self._masks(wanted)
        others = (mask for other, mask in masks.items() if other != name)
        mask = self._within(self._layers_to_count(wanted, name) & RANGES[name].layers, others)
        without = mask & self.ranges[name].mask(RANGES[name].kind(missing=True))
        return self.ranges[name].counts(mask, steps), int(np.count_nonzero(without))

    @staticmethod
    def _layers_to_count(wanted: Filter, name: str) -> frozenset[LayerId]:
        """Give the layers in which an answer to a question would find something, all others applied."""
        if name == "layer":
            return frozenset(LAYERS)
        others = wanted.without(name)
        if wanted.layer or not QUESTIONS[name].is_of_some_layers:
            return others.layers
        return others.layers | QUESTIONS[name].layers

    def _within(self, layers: Collection[LayerId], masks: Iterable[Mask]) -> Mask:
        """Join masks, and keep what lies in some layers."""
        result = joined(masks, self.size)
        for layer, part in self._slices.items():
            if layer not in layers:
                result[part] = False
        return result

    def tally(self, mask: Mask, year: int | None = None) -> FacetCounts:
        """Count the features of a mask by every facet.

        Args:
            mask: The features.
            year: Counts the statuses as of the end of that year.

        Returns:
            Facet to code to number of features.
        """
        positions = np.flatnonzero(mask)
        return FacetCounts(lambda facet: self._count(facet, year, mask, positions))

    def statuses(self, year: int) -> npt.NDArray[np.object_]:
        """Give the status of every feature at the end of a year; empty where its history begins later."""
        names = np.full(256, "", dtype=object)
        names[: len(codes("status"))] = codes("status")
        return names[self._history.status_in(year)]

    def _count(
        self, facet: str, year: int | None, mask: Mask, positions: npt.NDArray[np.intp]
    ) -> dict[str, int]:
        if facet == "layer":
            return {layer: int(np.count_nonzero(mask[part])) for layer, part in self._slices.items()}
        return self.facet(facet, year).counts(mask, positions)

    def facet(self, facet: str, year: int | None) -> FacetIndex:
        """Give the codes of a facet but the layer; the statuses are those of a year where one is given."""
        if facet == "status" and year is not None:
            return build_status_facet(self._history, year)
        return self._facets[facet]

    def _masks(self, wanted: Filter) -> dict[str, Mask]:
        masks: dict[str, Mask] = {}
        for facet in FACETS:
            chosen = getattr(wanted, facet)
            if chosen and facet != "layer":
                masks[facet] = self._facet_mask(facet, wanted.year, chosen)
        for name, asked in RANGES.items():
            span = getattr(wanted, name)
            if span is not None:
                masks[name] = self._and_other_layers(self.ranges[name].mask(span), asked.layers)
        if wanted.q:
            masks["q"] = self._text.mask(wanted.q)
        if wanted.year is not None:
            masks["year"] = self._history.status_in(wanted.year) != ABSENT
            if not wanted.undated:
                masks["year"] &= ~self._history.is_undated
        if wanted.bbox or wanted.area or wanted.near:
            masks["place"] = self.places.mask(wanted)
        return masks

    def _facet_mask(self, facet: str, year: int | None, chosen: Iterable[str]) -> Mask:
        return self._and_other_layers(self.facet(facet, year).mask(chosen), FACETS[facet].layers)

    def _and_other_layers(self, mask: Mask, layers: Collection[LayerId]) -> Mask:
        """Leave alone the features of layers that a question is not about."""
        for layer, part in self._slices.items():
            if layer not in layers:
                mask[part] = True
        return mask
