"""What can be asked of a number or a date, said once: filter, sidebar, command line and links follow."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.span import DateSpan, Span, plain
from bri_map.domain.vocabulary import Mark, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A question with a span of numbers or dates for an answer.

    Its name is that of the URL parameter, the command-line option and the message `facet.<name>`.

    Attributes:
        name: Its name.
        meaning: What is asked, for the help of the command line.
        column: Column of the layers' tables that has the value; empty where it follows from something else.
        marks: Marks of events whose dates are asked about, each event for itself; else none.
        measure: Measure of which the values are asked about, in `unit`; else None.
        unit: Unit of a number, empty for a plain one.
        is_date: Whether values are dates.
    """

    name: str
    meaning: str
    column: str = ""
    marks: tuple[Mark, ...] = ()
    measure: Measure | None = None
    unit: str = ""
    is_date: bool = False

    @property
    def layers(self) -> frozenset[LayerId]:
        """The layers whose features can have a value."""
        if not self.column:
            return frozenset(LAYERS)
        return frozenset(spec.id for spec in LAYERS.values() if spec.has_column(self.column))

    @property
    def is_of_some_layers(self) -> bool:
        """Whether features of some layers can have no value."""
        return len(self.layers) < len(LAYERS)

    @property
    def kind(self) -> type[Span] | type[DateSpan]:
        """Type of what a filter asks."""
        return DateSpan if self.is_date else Span

    def parse(self, text: str) -> Span | DateSpan:
        """Read a span, also one whose numbers have the unit of this range beside them.

        Raises:
            FilterError: The text is none.
        """
        if self.unit:
            unit = re.escape(plain(self.unit))
            text = re.sub(rf"\s*{unit}\s*(?=\.\.|$)", "", plain(text), flags=re.IGNORECASE)
        return self.kind.parse(text)


RANGES: dict[str, Range] = {
    one.name: one
    for one in (
        Range(name="announced", meaning="Announced.", marks=(Mark.ANNOUNCED,), is_date=True),
        Range(
            name="begun",
            meaning="Ground broken, or construction begun.",
            marks=(Mark.GROUND_BROKEN, Mark.CONSTRUCTION),
            is_date=True,
        ),
        Range(
            name="opened",
            meaning="Opened, or a first unit or section in use.",
            marks=(Mark.OPENED, Mark.FIRST_UNIT),
            is_date=True,
        ),
        Range(
            name="completed",
            meaning="All works finished, or handed over.",
            marks=(Mark.FULL_COMPLETION, Mark.HANDED_OVER),
            is_date=True,
        ),
        Range(name="designated", meaning="Designated.", marks=(Mark.DESIGNATED,), is_date=True),
        Range(name="suspended", meaning="Suspended.", marks=(Mark.SUSPENDED,), is_date=True),
        Range(name="resumed", meaning="Resumed.", marks=(Mark.RESUMED,), is_date=True),
        Range(name="cancelled", meaning="Cancelled.", marks=(Mark.CANCELLED,), is_date=True),
        Range(
            name="founded",
            meaning="Year in which a park was founded.",
            column="established_year",
            is_date=True,
        ),
        Range(
            name="reported",
            meaning="Last report or event that the status follows from.",
            column="status_as_of",
            is_date=True,
        ),
        Range(name="checked", meaning="Last looked for.", column="checked", is_date=True),
        Range(name="due", meaning="To be looked for again.", column="due", is_date=True),
        Range(
            name="cost",
            meaning="Stated cost in millions of US dollars.",
            column="cost_usd_million",
            unit="million US$",
        ),
        Range(name="cost_year", meaning="Year of that amount.", column="cost_year", is_date=True),
        Range(name="length", meaning="Published length in km.", column="length_km", unit="km"),
        Range(name="drawn", meaning="Drawn length over published length.", column="drawn_to_published"),
        Range(name="speed", meaning="Design speed in km/h.", column="design_speed_kmh", unit="km/h"),
        Range(name="size", meaning="Planned area of a park in km².", column="area_km2", unit="km²"),
        Range(name="power", meaning="Capacity in MW.", measure=Measure.CAPACITY, unit="MW"),
        Range(
            name="containers",
            meaning="Capacity in TEU a year.",
            measure=Measure.CAPACITY,
            unit="TEU/year",
        ),
        Range(name="tonnes", meaning="Capacity in tonnes a year.", measure=Measure.CAPACITY, unit="t/year"),
        Range(
            name="passengers",
            meaning="Capacity in passengers a year.",
            measure=Measure.CAPACITY,
            unit="passengers/year",
        ),
        Range(name="jobs", meaning="Jobs.", measure=Measure.JOBS, unit="people"),
        Range(name="countries", meaning="Number of countries."),
        Range(name="sources", meaning="Number of sources."),
    )
}
"""The ranges by name, in the order of links, options and groups in the sidebar."""
