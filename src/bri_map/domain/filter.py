"""The filter: one value that map, table, counts, exports, links and command line share."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from bri_map.domain.vocabulary import Layer, codes
from bri_map.errors import FilterError

FACETS: tuple[str, ...] = (
    "layer",
    "type",
    "region",
    "country",
    "status",
    "sector",
    "corridor",
    "precision",
    "freshness",
    "source",
)
"""The facets with codes. Names are those of URL parameters, CLI options and foreign members."""

FACET_VOCABULARY: dict[str, str] = {
    "layer": "layer",
    "type": "type",
    "region": "region",
    "status": "status",
    "sector": "sector",
    "precision": "precision",
    "freshness": "freshness",
}
"""Facets whose codes are fixed; the codes of the others are ids in the data root."""

FACET_LAYERS: dict[str, frozenset[Layer]] = {
    "type": frozenset({Layer.PARKS}),
    "sector": frozenset({Layer.PROJECTS}),
}
"""Facets that only some layers have; they leave every other layer alone."""

TEXT_LIMIT = 200
"""Longest text that a filter takes, in characters."""


def facet_layers(facet: str) -> frozenset[Layer]:
    """Give the layers that a facet acts on."""
    return FACET_LAYERS.get(facet, frozenset(Layer))


def suggest(word: str, known: Iterable[str]) -> str:
    """Say which known code a word may have meant, or list the known ones.

    Returns:
        A sentence that ends with a full stop.
    """
    options = sorted(known)
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]!r}?"
    shown = ", ".join(options[:14])
    return f"Known: {shown}{' and more' if len(options) > 14 else ''}."


@dataclass(frozen=True, slots=True)
class Filter:
    """Which features are wanted.

    Codes inside a facet are joined by OR, facets by AND; an empty facet asks for nothing. A feature
    matches a facet with several values (a line in several countries) when one of them is asked for.

    Attributes:
        layer: Layers.
        type: Park types; acts on parks only.
        region: Regions.
        country: ISO 3166-1 alpha-3 codes.
        status: Statuses.
        sector: Sectors; acts on projects only.
        corridor: Ids of corridors; a corridor belongs to itself.
        precision: Grades of precision.
        freshness: Whether the status was last reported within two years of the date of the data.
        source: Ids of sources that the feature rests on.
        q: Words, all of which occur in names or main texts; case and accents do not matter.
    """

    layer: Set[str] = field(default_factory=frozenset)
    type: Set[str] = field(default_factory=frozenset)
    region: Set[str] = field(default_factory=frozenset)
    country: Set[str] = field(default_factory=frozenset)
    status: Set[str] = field(default_factory=frozenset)
    sector: Set[str] = field(default_factory=frozenset)
    corridor: Set[str] = field(default_factory=frozenset)
    precision: Set[str] = field(default_factory=frozenset)
    freshness: Set[str] = field(default_factory=frozenset)
    source: Set[str] = field(default_factory=frozenset)
    q: str = ""

    def __post_init__(self) -> None:
        for facet in FACETS:
            value = getattr(self, facet)
            if isinstance(value, str):
                raise FilterError(f"{facet} takes a collection of codes, not the text {value!r}.")
            chosen = frozenset(str(code) for code in value)
            object.__setattr__(self, facet, chosen)
            vocabulary = FACET_VOCABULARY.get(facet)
            if vocabulary:
                known = codes(vocabulary)
                for code in sorted(chosen.difference(known)):
                    raise FilterError(f"Unknown {facet} {code!r}. {suggest(code, known)}")
        text = " ".join(str(self.q).split())
        if len(text) > TEXT_LIMIT:
            raise FilterError(f"q is longer than {TEXT_LIMIT} characters. Shorten it.")
        object.__setattr__(self, "q", text)

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return any(getattr(self, item.name) for item in fields(self))

    def with_facet(self, facet: str, chosen: Iterable[str]) -> Self:
        """Give the filter with other codes in one facet."""
        changes: dict[str, Any] = {facet: frozenset(chosen)}
        return replace(self, **changes)

    def without(self, facet: str) -> Self:
        """Give the filter with one facet, or `q`, left open."""
        changes: dict[str, Any] = {facet: "" if facet == "q" else frozenset()}
        return replace(self, **changes)

    def to_params(self) -> dict[str, list[str]]:
        """Give the filter as parameters: facet to sorted codes, only where something is chosen."""
        params = {facet: sorted(getattr(self, facet)) for facet in FACETS if getattr(self, facet)}
        if self.q:
            params["q"] = [self.q]
        return params

    @classmethod
    def from_params(
        cls, params: Mapping[str, Iterable[str]], known: Mapping[str, Iterable[str]] | None = None
    ) -> tuple[Self, list[tuple[str, str]]]:
        """Read a filter from parameters, leaving out what cannot be used.

        Args:
            params: Facet to codes; a code may itself be a list separated by commas.
            known: Ids that exist for the facets whose codes are data (country, corridor, source).

        Returns:
            The filter, and facet and code of each that was left out; a text that is too long is cut and
            given there as well.
        """
        left_out: list[tuple[str, str]] = []
        chosen: dict[str, Any] = {}
        for facet in FACETS:
            words = [word.strip() for value in params.get(facet, ()) for word in value.split(",")]
            vocabulary = FACET_VOCABULARY.get(facet)
            allowed = set(codes(vocabulary)) if vocabulary else set((known or {}).get(facet, words))
            good: set[str] = set()
            for word in filter(None, words):
                code = word.upper() if facet == "country" else word.lower()
                if code in allowed:
                    good.add(code)
                else:
                    left_out.append((facet, word[:60]))
            chosen[facet] = frozenset(good)
        text = " ".join(" ".join(params.get("q", ())).split())
        if len(text) > TEXT_LIMIT:
            left_out.append(("q", text[:60]))
            text = text[:TEXT_LIMIT]
        return cls(**chosen, q=text), left_out
