"""The filter: one value that map, table, counts, exports, links and command line share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any, Self

from bri_map.domain.facets import FACETS, WHERE, Facet
from bri_map.domain.filter_words import (
    allowed_codes,
    known_code,
    near_of,
    sayable,
    span_of,
    suggest,
    switch_of,
    year_of,
)
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.place import Area, BBox, Near
from bri_map.domain.ranges import RANGES, Range
from bri_map.domain.span import DateSpan, Span
from bri_map.errors import FilterError

TEXT_LIMIT = 200
"""Longest text that a filter takes, in characters."""

PLACES: dict[str, type[BBox] | type[Area] | type[Near]] = {"bbox": BBox, "area": Area, "near": Near}
"""The questions of place, each with the type of its value."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which features are wanted.

    Codes inside a facet are joined by OR, facets by AND; an empty facet asks for nothing. A feature
    matches a facet with several values (a line in several countries) when one of them is asked for.

    Attributes:
        layer: Layers.
        type: Park types; like every facet of some layers it leaves the other layers out, unless `layer` asks
            for them.
        region: Regions.
        country: ISO 3166-1 alpha-3 codes.
        crosses: ISO 3166-1 alpha-3 codes; keeps lines that run through the country, never points.
        status: Statuses; those of the end of `year` where a year is given.
        sector: Sectors of projects.
        corridor: Ids of corridors; a corridor belongs to itself.
        precision: Grades of precision.
        freshness: Whether the status was last reported within two years of the date of the data.
        subsector: Finer kinds of projects, in the form of an id such as `coal-power`.
        industry: Main industries of parks, likewise.
        line: Kinds of rail routes.
        gauge: Track gauges in millimetres, as text.
        electrified: `true` or `false`, of rail routes.
        route: Kinds of corridors.
        operational: `true` or `false`, of parks.
        mofcom: `true` or `false`: whether China's Ministry of Commerce has assessed a park.
        ey74: `true` or `false`: whether a park is in our reconstruction of the 74 of EY 2020.
        ey_match: How sure that is.
        rating: Ratings of the BRIGC baseline study.
        event: What has ever happened.
        organisation: Ids of organisations, whatever they do for the feature.
        owner: Ids of organisations that own it; so too `developer`, `contractor`, `operator` and `financier`.
        cost_kind: What the stated cost is.
        scope: What the stated amounts cover.
        disputed: Columns for which the sources of a feature give different values.
        overlap: How a feature and others may be counted twice.
        documents: Ids of source documents that name it.
        tie: What ties it to the Belt and Road.
        identifier: Databases that have an identifier of the same thing.
        basis: What name and existence rest on.
        source: Ids of sources that the feature rests on.
        announced: Span of dates in which the feature was announced; so with the next ones: `begun`, `opened`,
            `completed`, `designated`, `suspended`, `resumed`, `cancelled`, `founded` (parks), `reported` (the
            last report of the status), `checked` (the last look for news), `due` (the next one), `cost_year`.
        cost: Span of stated costs in millions of US dollars.
        length: Span of published lengths in km, of rail routes.
        drawn: Span of drawn length over published length, of rail routes.
        speed: Span of design speeds in km/h, of rail routes.
        size: Span of planned areas in km², of parks.
        power: Span of capacities in MW; so with `containers` (TEU a year), `tonnes` (a year), `passengers` (a
            year) and `jobs`.
        countries: Span of numbers of countries.
        sources: Span of numbers of sources.
        q: Words, all of which occur in names or main texts; case and accents do not matter.
        year: Keeps what the history knows by the end of that year, with its status as of then.
        undated: Whether features without any dated event are kept when a year is given.
        bbox: Keeps what lies in the box or touches it.
        area: Keeps what lies in the area or touches it.
        near: Keeps what lies within a geodesic distance.
    """

    layer: Set[str] = field(default_factory=frozenset)
    type: Set[str] = field(default_factory=frozenset)
    region: Set[str] = field(default_factory=frozenset)
    country: Set[str] = field(default_factory=frozenset)
    crosses: Set[str] = field(default_factory=frozenset)
    status: Set[str] = field(default_factory=frozenset)
    sector: Set[str] = field(default_factory=frozenset)
    corridor: Set[str] = field(default_factory=frozenset)
    precision: Set[str] = field(default_factory=frozenset)
    freshness: Set[str] = field(default_factory=frozenset)
    subsector: Set[str] = field(default_factory=frozenset)
    industry: Set[str] = field(default_factory=frozenset)
    line: Set[str] = field(default_factory=frozenset)
    gauge: Set[str] = field(default_factory=frozenset)
    electrified: Set[str] = field(default_factory=frozenset)
    route: Set[str] = field(default_factory=frozenset)
    operational: Set[str] = field(default_factory=frozenset)
    mofcom: Set[str] = field(default_factory=frozenset)
    ey74: Set[str] = field(default_factory=frozenset)
    ey_match: Set[str] = field(default_factory=frozenset)
    rating: Set[str] = field(default_factory=frozenset)
    event: Set[str] = field(default_factory=frozenset)
    organisation: Set[str] = field(default_factory=frozenset)
    owner: Set[str] = field(default_factory=frozenset)
    developer: Set[str] = field(default_factory=frozenset)
    contractor: Set[str] = field(default_factory=frozenset)
    operator: Set[str] = field(default_factory=frozenset)
    financier: Set[str] = field(default_factory=frozenset)
    cost_kind: Set[str] = field(default_factory=frozenset)
    scope: Set[str] = field(default_factory=frozenset)
    disputed: Set[str] = field(default_factory=frozenset)
    overlap: Set[str] = field(default_factory=frozenset)
    documents: Set[str] = field(default_factory=frozenset)
    tie: Set[str] = field(default_factory=frozenset)
    identifier: Set[str] = field(default_factory=frozenset)
    basis: Set[str] = field(default_factory=frozenset)
    source: Set[str] = field(default_factory=frozenset)
    announced: DateSpan | None = None
    begun: DateSpan | None = None
    opened: DateSpan | None = None
    completed: DateSpan | None = None
    designated: DateSpan | None = None
    suspended: DateSpan | None = None
    resumed: DateSpan | None = None
    cancelled: DateSpan | None = None
    founded: DateSpan | None = None
    reported: DateSpan | None = None
    checked: DateSpan | None = None
    due: DateSpan | None = None
    cost: Span | None = None
    cost_year: DateSpan | None = None
    length: Span | None = None
    drawn: Span | None = None
    speed: Span | None = None
    size: Span | None = None
    power: Span | None = None
    containers: Span | None = None
    tonnes: Span | None = None
    passengers: Span | None = None
    jobs: Span | None = None
    countries: Span | None = None
    sources: Span | None = None
    q: str = ""
    year: int | None = None
    undated: bool = True
    bbox: BBox | None = None
    area: Area | None = None
    near: Near | None = None

    def __post_init__(self) -> None:
        for facet in FACETS:
            value = getattr(self, facet)
            if isinstance(value, str):
                raise FilterError(f"{facet} takes a collection of codes, not the text {value!r}.")
            chosen = frozenset(sayable(facet, code) for code in value)
            object.__setattr__(self, facet, chosen)
            if FACETS[facet].vocabulary:
                known = FACETS[facet].allowed
                for code in sorted(chosen.difference(known)):
                    raise FilterError(f"Unknown {facet} {code!r}. {suggest(code, known)}")
        for name, spec in RANGES.items():
            object.__setattr__(self, name, span_of(spec, getattr(self, name)))
        text = " ".join(sayable("q", self.q).split())
        if len(text) > TEXT_LIMIT:
            raise FilterError(f"q is longer than {TEXT_LIMIT} characters. Shorten it.")
        object.__setattr__(self, "q", text)
        if self.year is not None:
            object.__setattr__(self, "year", year_of(self.year))
        object.__setattr__(self, "undated", bool(self.undated))
        for name, kind in PLACES.items():
            value = getattr(self, name)
            if value is not None and not isinstance(value, kind):
                raise FilterError(
                    f"{name} takes a {kind.__name__}, not {value!r}. Use {kind.__name__}.parse."
                )

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return self != type(self)()

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of what is asked for, in the order of `FILTER_NAMES`; `undated` only acts with a year."""
        return tuple(
            name
            for name in FILTER_NAMES
            if getattr(self, name) != _OPEN[name] and (name != "undated" or self.year is not None)
        )

    @property
    def layers(self) -> frozenset[LayerId]:
        """The layers in which anything can match.

        Those that are asked for; if none is, those of the facets and ranges that only some layers have, where
        such a one asks for something; else all.
        """
        if self.layer:
            return frozenset(self.layer)
        asking = (spec for name, spec in QUESTIONS.items() if getattr(self, name))
        implied = frozenset[LayerId]().union(*(spec.layers for spec in asking if spec.is_of_some_layers))
        return implied or frozenset(LAYERS)

    @property
    def where(self) -> tuple[object, ...]:
        """What is asked of place: by facets whose codes are places, by box, area and distance."""
        return tuple(getattr(self, name) for name in (*WHERE, *PLACES))

    def with_facet(self, facet: str, chosen: Iterable[str]) -> Self:
        """Give the filter with other codes in one facet."""
        changes: dict[str, Any] = {facet: frozenset(chosen)}
        return replace(self, **changes)

    def with_code(self, facet: str, code: str, asked: bool) -> Self:
        """Give the filter with one code of a facet asked for, or no longer; all others stay as they are."""
        chosen = getattr(self, facet)
        return self.with_facet(facet, chosen | {code} if asked else chosen - {code})

    def with_span(self, name: str, span: Span | DateSpan | None) -> Self:
        """Give the filter with another span in one range."""
        changes: dict[str, Any] = {name: span}
        return replace(self, **changes)

    def without(self, *names: str) -> Self:
        """Give the filter with each of some `FILTER_NAMES` left open."""
        changes: dict[str, Any] = {name: _OPEN[name] for name in names}
        return replace(self, **changes)

    def to_params(self) -> dict[str, list[str]]:
        """Give the filter as parameters: name to sorted codes, only where something is chosen."""
        params = {facet: sorted(getattr(self, facet)) for facet in FACETS if getattr(self, facet)}
        for name in RANGES:
            span = getattr(self, name)
            if span is not None:
                params[name] = [span.text]
        if self.q:
            params["q"] = [self.q]
        if self.year is not None:
            params["year"] = [str(self.year)]
        if not self.undated:
            params["undated"] = ["0"]
        for name in PLACES:
            value = getattr(self, name)
            if value is not None:
                params[name] = [value.text]
        return params

    @classmethod
    def from_params(
        cls, params: Mapping[str, Iterable[str]], known: Mapping[str, Collection[str]] | None = None
    ) -> tuple[Self, list[tuple[str, str]]]:
        """Read a filter from parameters, leaving out what cannot be used.

        Args:
            params: Name to values; the value of a facet may itself be a list separated by commas.
            known: Ids that exist where they are data: country, crosses, corridor, source; and for `near`
                the ids of features, or a mapping from id to the id that stands for it now.

        Returns:
            The filter, and name and value of each that was left out; a text that is too long is cut and
            given there as well.
        """
        left_out: list[tuple[str, str]] = []
        known = known or {}
        chosen: dict[str, Any] = {}
        for facet in FACETS:
            words = [word.strip() for value in params.get(facet, ()) for word in value.split(",")]
            asked_for = [*filter(None, words)]
            good: set[str] = set()
            allowed = allowed_codes(facet, known) if asked_for else ()
            for word in asked_for:
                code = known_code(facet, word, allowed)
                if code is None:
                    left_out.append((facet, word[:60]))
                else:
                    good.add(code)
            chosen[facet] = frozenset(good)
        asked = " ".join(" ".join(params.get("q", ())).split())
        text = asked.encode("utf-8", "ignore").decode("utf-8")[:TEXT_LIMIT]
        if text != asked:
            left_out.append(("q", asked[:60]))
        readers: dict[str, Callable[[str], object]] = {
            **{name: spec.parse for name, spec in RANGES.items()},
            "year": year_of,
            "undated": switch_of,
            **{name: kind.parse for name, kind in PLACES.items()},
        }
        if "near" in known:
            readers["near"] = partial(near_of, known=known["near"])
        for name, read in readers.items():
            for value in filter(str.strip, params.get(name, ())):
                try:
                    if name in chosen:
                        raise FilterError(f"{name} is given twice.")
                    chosen[name] = read(value)
                except FilterError:
                    left_out.append((name, value.strip()[:60]))
        return cls(**chosen, q=text), left_out


QUESTIONS: dict[str, Facet | Range] = {**FACETS, **RANGES}
"""Facets and ranges by name."""
FILTER_NAMES: tuple[str, ...] = tuple(part.name for part in fields(Filter))
"""Everything that a filter may ask, facets first; each can be relaxed with `Filter.without`."""
_OPEN: dict[str, Any] = {name: getattr(Filter(), name) for name in FILTER_NAMES}
"""What each part of a filter is when it asks for nothing."""
