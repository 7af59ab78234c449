"""The ids and codes that exist, found when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from bri_map.domain.facets import FACETS
from bri_map.domain.filter import Filter
from bri_map.domain.filter_words import suggest
from bri_map.domain.layers import CORRIDOR_LAYERS, LAYER_TABLES
from bri_map.domain.tables import TABLE
from bri_map.errors import FilterError
from bri_map.query.facets import FilterEngine
from bri_map.query.features import Features

_PLACE = "near"


class KnownIds(Mapping[str, Collection[str]]):
    """What the parts of a filter may name that is data, by the name of the part.

    For `near` that is a mapping from each id to the id that stands for it now.

    Args:
        features: The features.
        tables: Name to table, as text.
        engine: Gives the codes of facets that are what cells say.
    """

    def __init__(
        self, features: Features, tables: Mapping[str, pd.DataFrame], engine: Callable[[], FilterEngine]
    ) -> None:
        self._features = features
        self._tables = tables
        self._engine = engine
        self._names = (*(name for name, facet in FACETS.items() if not facet.vocabulary), _PLACE)
        self._found: dict[str, Collection[str]] = {}

    def __getitem__(self, name: str) -> Collection[str]:
        if name not in self._found:
            if name not in self._names:
                raise KeyError(name)
            self._found[name] = self._features.current_ids if name == _PLACE else self._codes(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def check(self, wanted: Filter) -> Filter:
        """Check the ids in a filter, and put the feature that stands for a retired one in its place.

        Raises:
            FilterError: An id does not exist.
        """
        for facet in (name for name in wanted.asked if name in FACETS and name in self):
            for code in sorted(getattr(wanted, facet).difference(self[facet])):
                raise FilterError(f"Unknown {facet} {code!r}. {suggest(code, self[facet])}")
        asked = wanted.near.feature if wanted.near else None
        if wanted.near is None or asked is None or asked in self._features:
            return wanted
        ids = self._features.current_ids
        current = ids.get(asked) or ids.get(asked.lower())
        if current is None:
            raise FilterError(f"near: {ids.explain(asked)} {ids.suggest(asked)}".rstrip())
        return replace(wanted, near=replace(wanted.near, place=current))

    def _codes(self, name: str) -> frozenset[str]:
        facet = FACETS[name]
        if not facet.references:
            codes = self._engine().codes(name)
        elif facet.references in LAYER_TABLES:
            codes = tuple(i for layer in CORRIDOR_LAYERS for i in self._features.rows[layer]["id"])
        else:
            codes = tuple(self._tables[facet.references][TABLE[facet.references].key[0]])
        return frozenset(codes).union(facet.allowed)
