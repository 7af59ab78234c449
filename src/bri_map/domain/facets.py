"""What a facet is, said once: filter, sidebar, command line and links derive from these records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bri_map.domain.codes import codes
from bri_map.domain.layer import LayerId, LayerSpec
from bri_map.domain.layers import CORRIDOR_LAYERS, LAYERS, MEMBERSHIP_COLUMN

NONE = "none"
"""Code for features that could have one and have none."""


class Widget(StrEnum):
    """How the codes of a facet are chosen in the sidebar."""

    ROWS = "rows"
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
        is_told: Whether its codes are what the cells of the column say, in the form of an id.
        names_columns: Whether its codes are names of columns.
        role: What an organisation does for a feature of which it is a code; any if empty.
        has_none: Whether `NONE` asks for features that could have a code there and have none.
        widget: How codes are chosen in the sidebar.
        has_note: Whether the message `facet.note.<name>` stands below the choice.
        is_where: Whether a code is a place, so that choosing one leads the map to what is found there.
        is_listed: Whether it stands in the sidebar.
        is_open: Whether its group is open at first; open groups stand above time and place, others below.
    """

    name: str
    meaning: str
    column: str = ""
    vocabulary: str = ""
    references: str = ""
    is_told: bool = False
    names_columns: bool = False
    role: str = ""
    has_none: bool = False
    widget: Widget = Widget.ROWS
    has_note: bool = False
    is_where: bool = False
    is_listed: bool = True
    is_open: bool = False

    @property
    def layers(self) -> frozenset[LayerId]:
        """The layers whose features can have a code: those with the column, of its vocabulary if it has one.

        Where these are not all, choosing a code leaves the other layers out, unless they are asked for too.
        """
        if not self.column:
            return frozenset(LAYERS)
        return frozenset(
            spec.id
            for spec in LAYERS.values()
            if self._is_column_of(spec) or (spec.has_members and self.column == MEMBERSHIP_COLUMN)
        )

    def _is_column_of(self, spec: LayerSpec) -> bool:
        if not spec.has_column(self.column):
            return False
        vocabulary = spec.table.column(self.column).vocabulary
        return vocabulary is None or not self.vocabulary or vocabulary == self.vocabulary

    @property
    def is_of_some_layers(self) -> bool:
        """Whether features of some layers can have no code."""
        return len(self.layers) < len(LAYERS)

    @property
    def allowed(self) -> tuple[str, ...]:
        """Its codes where they are fixed, `NONE` among them if it can be asked for."""
        fixed = codes(self.vocabulary) if self.vocabulary else ()
        return (*fixed, NONE) if self.has_none else fixed

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
            meaning="Park type; parks only, unless other layers are asked for.",
            column="type",
            vocabulary="type",
            has_note=True,
            is_open=True,
        ),
        Facet(
            name="region",
            meaning="Region.",
            column="countries",
            vocabulary="region",
            is_where=True,
            is_open=True,
        ),
        Facet(
            name="country",
            meaning="Country, ISO 3166-1 alpha-3 such as LAO; a line counts in every country it crosses.",
            column="countries",
            references="countries",
            is_where=True,
            widget=Widget.LIST,
            has_note=True,
        ),
        Facet(
            name="crosses",
            meaning="Country, ISO 3166-1 alpha-3; keeps lines that run through it, never points.",
            column="countries",
            references="countries",
            is_where=True,
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
            meaning="Project sector; projects only, unless other layers are asked for.",
            column="sector",
            vocabulary="sector",
            has_note=True,
        ),
        Facet(
            name="corridor",
            meaning="Id of a corridor.",
            column=MEMBERSHIP_COLUMN,
            references=LAYERS[CORRIDOR_LAYERS[0]].table.name,
            is_where=True,
            has_none=True,
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
            meaning="Whether the status was reported within two years of the date of the data, or is final.",
            column="freshness",
            vocabulary="freshness",
        ),
        Facet(
            name="subsector",
            meaning="Finer kind of a project, such as hydropower.",
            column="subsector",
            is_told=True,
            widget=Widget.LIST,
        ),
        Facet(
            name="industry",
            meaning="Main industry of a park, such as textiles.",
            column="main_industries",
            is_told=True,
            has_none=True,
            widget=Widget.LIST,
        ),
        Facet(
            name="line",
            meaning="Kind of a rail route.",
            column="kind",
            vocabulary="rail_kind",
        ),
        Facet(
            name="gauge",
            meaning="Track gauge in millimetres, such as 1435.",
            column="gauge_mm",
            is_told=True,
            has_none=True,
        ),
        Facet(
            name="electrified",
            meaning="Whether a rail route is electrified.",
            column="is_electrified",
            vocabulary="value",
            has_none=True,
        ),
        Facet(name="route", meaning="Kind of a corridor.", column="kind", vocabulary="corridor_kind"),
        Facet(
            name="operational",
            meaning="Whether firms work in a park.",
            column="is_operational",
            vocabulary="value",
            has_none=True,
        ),
        Facet(
            name="mofcom",
            meaning="Whether China's Ministry of Commerce has assessed a park.",
            column="is_mofcom_assessed",
            vocabulary="value",
        ),
        Facet(
            name="ey74",
            meaning="Whether a park is in our reconstruction of the 74 of EY 2020.",
            column="in_ey_2020",
            vocabulary="value",
        ),
        Facet(
            name="ey_match",
            meaning="How sure it is that a park is one of those 74.",
            column="ey_match",
            vocabulary="ey_match",
            has_none=True,
        ),
        Facet(
            name="rating",
            meaning="Rating of a project's kind in the BRIGC baseline study.",
            column="green_rating",
            vocabulary="green_rating",
        ),
        Facet(
            name="event",
            meaning="What has ever happened to a feature, such as suspended.",
            vocabulary="mark",
        ),
        Facet(
            name="organisation",
            meaning="Id of an organisation, whatever it does for the feature.",
            references="organisations",
            has_none=True,
            widget=Widget.LIST,
        ),
        *(
            Facet(
                name=role,
                meaning=f"Id of an organisation that is {article} {role} of the feature.",
                references="organisations",
                role=role,
                has_none=True,
                widget=Widget.LIST,
            )
            for role, article in (
                ("owner", "an"),
                ("developer", "a"),
                ("contractor", "a"),
                ("operator", "an"),
                ("financier", "a"),
            )
        ),
        Facet(
            name="cost_kind",
            meaning="What the stated cost of a feature is.",
            column="cost_kind",
            vocabulary="cost_kind",
            has_none=True,
        ),
        Facet(
            name="scope",
            meaning="What the stated amounts of a feature cover.",
            column="cost_scope",
            vocabulary="cost_scope",
            has_none=True,
        ),
        Facet(
            name="disputed",
            meaning="Column for which the sources of a feature give different values.",
            column="disputed",
            names_columns=True,
            has_none=True,
            widget=Widget.LIST,
        ),
        Facet(
            name="overlap",
            meaning="How a feature and others may be counted twice.",
            column="overlap",
            vocabulary="overlap",
            has_none=True,
        ),
        Facet(
            name="documents",
            meaning="Id of a source document that names a feature.",
            column="documents",
            references="sources",
            has_none=True,
        ),
        Facet(
            name="tie",
            meaning="What ties a feature to the Belt and Road, such as a Chinese financier.",
            column="ties",
            vocabulary="tie",
            has_none=True,
            has_note=True,
        ),
        Facet(
            name="identifier",
            meaning="Database that has an identifier of the same thing.",
            column="identifiers",
            vocabulary="identifier_scheme",
            has_none=True,
        ),
        Facet(
            name="basis",
            meaning="What name and existence of a feature rest on.",
            column="basis",
            vocabulary="basis",
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
WHERE = tuple(facet.name for facet in FACETS.values() if facet.is_where)
"""Names of the facets whose codes are places."""
