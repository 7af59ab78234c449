"""What a facet is, said once: filter, sidebar, command line and links derive from these records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bri_map.domain.layer import LayerId
from bri_map.domain.layers import CORRIDOR_LAYERS, LAYERS, MEMBERSHIP_COLUMN


class Widget(StrEnum):
    """How the codes of a facet are chosen in the sidebar."""

    PILLS = "pills"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A question with codes for an answer.

    Its name is that of the URL parameter, the command-line option, the foreign member of a file and the
    message `facet.<name>`.

    Attributes:
        name: Its name.
        meaning: What a code says, for the help of the command line.
        column: Column of the layers' tables that it reads; empty where it follows from something else.
        vocabulary: Name of the vocabulary of its codes, where these are fixed.
        references: Table whose keys are its codes, where these are data.
        widget: How codes are chosen in the sidebar.
        has_note: Whether the message `facet.note.<name>` stands below the choice.
        is_listed: Whether it stands in the sidebar.
        is_open: Whether its group is open at first; open groups stand above time and place, others below.
    """

    name: str
    meaning: str
    column: str = ""
    vocabulary: str = ""
    references: str = ""
    widget: Widget = Widget.PILLS
    has_note: bool = False
    is_listed: bool = True
    is_open: bool = False

    @property
    def layers(self) -> frozenset[LayerId]:
        """The layers on which it acts, those that have the column; it leaves every other layer alone."""
        if not self.column:
            return frozenset(LAYERS)
        return frozenset(
            spec.id
            for spec in LAYERS.values()
            if spec.has_column(self.column) or (spec.has_members and self.column == MEMBERSHIP_COLUMN)
        )

    @property
    def is_country(self) -> bool:
        """Whether its codes are countries, ISO 3166-1 alpha-3 in capitals."""
        return self.references == "countries"


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(
            name="layer",
            meaning="Layer; 'all', the default, means every one.",
            vocabulary="layer",
            is_open=True,
        ),
        Facet(
            name="type",
            meaning="Park type; acts on parks only.",
            column="type",
            vocabulary="type",
            has_note=True,
            is_open=True,
        ),
        Facet(name="region", meaning="Region.", column="countries", vocabulary="region", is_open=True),
        Facet(
            name="country",
            meaning="Country, ISO 3166-1 alpha-3 such as LAO; a line counts in every country it crosses.",
            column="countries",
            references="countries",
            widget=Widget.LIST,
            has_note=True,
        ),
        Facet(
            name="crosses",
            meaning="Country, ISO 3166-1 alpha-3; keeps lines that run through it, never points.",
            column="countries",
            references="countries",
            widget=Widget.LIST,
            has_note=True,
        ),
        Facet(
            name="status",
            meaning="Status; that of the end of --year where it is given.",
            column="status",
            vocabulary="status",
            is_open=True,
        ),
        Facet(
            name="sector",
            meaning="Project sector; acts on projects only.",
            column="sector",
            vocabulary="sector",
            has_note=True,
        ),
        Facet(
            name="corridor",
            meaning="Id of a corridor.",
            column=MEMBERSHIP_COLUMN,
            references=LAYERS[CORRIDOR_LAYERS[0]].table.name,
            widget=Widget.LIST,
        ),
        Facet(
            name="precision",
            meaning="How exactly the position is known.",
            column="precision",
            vocabulary="precision",
        ),
        Facet(
            name="freshness",
            meaning="Whether the status was reported within two years of the date of the data.",
            column="freshness",
            vocabulary="freshness",
        ),
        Facet(
            name="source",
            meaning="Id of a source that the feature rests on.",
            references="sources",
            is_listed=False,
        ),
    )
}
"""The facets by name, in the order of links, options and groups in the sidebar."""
