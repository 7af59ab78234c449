"""Everything that the tables of facts say of each feature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from bri_map.data.columns import Texts, arrow, joined, places, series, taken
from bri_map.data.derive import in_order
from bri_map.data.feature_ids import FeatureIds
from bri_map.data.naming import Naming
from bri_map.domain.codes import codes
from bri_map.domain.facets import FACETS
from bri_map.domain.fact_tables import POSITION, WHOLE_ROW
from bri_map.domain.names import Names
from bri_map.domain.ranges import Range
from bri_map.domain.span import first_day, last_day
from bri_map.domain.table import Table
from bri_map.domain.vocabulary import Mark
from bri_map.evidence.feature import (
    Citation,
    Cost,
    Event,
    Identifier,
    Membership,
    OtherName,
    Participant,
    Quantity,
    Related,
    Said,
)
from bri_map.evidence.provenance import Evidence, Provenance, Rule, choose, evidence_of
from bri_map.evidence.rows import RowsByFeature

_FACTS = (
    "claims",
    "status_history",
    "costs",
    "measures",
    "feature_organisations",
    "names",
    "relations",
    "identifiers",
    "corridor_members",
)
_INVERSE = "inverse"
_OTHER = {"relations": "other_id", "corridor_members": "corridor_id"}
"""Tables whose rows name another feature, which must be shown too."""
_CITED = ("id", "title", "producer", "published", "accessed", "language", "licence", "url")
"""Columns of a source that a citation has, in the order of `Citation`."""


def sources_of(pairs: pd.DataFrame, positions: npt.NDArray[np.intp]) -> list[tuple[str, ...]]:
    """Give the ids of the sources of each of some features.

    Args:
        pairs: Each pair of feature and source, see `FeatureFacts.source_pairs`.
        positions: Which features, ascending.
    """
    known = pairs["position"].to_numpy()
    first, last = np.searchsorted(known, [positions, positions + 1])
    counts = last - first
    starts = np.cumsum(counts) - counts
    rows = np.arange(int(counts.sum())) + np.repeat(first - starts, counts)
    ids = pairs["source_id"].take(rows).tolist()
    return [tuple(ids[start : start + n]) for start, n in zip(starts.tolist(), counts.tolist(), strict=True)]


def between_days(dates: pd.DataFrame) -> pd.DataFrame:
    """Give the first and the last day of each `date` as `low` and `high`, beside its `position`."""
    distinct = dates["date"].unique()
    low = dates["date"].map({date: first_day(date) for date in distinct})
    high = dates["date"].map({date: last_day(date) for date in distinct})
    return pd.DataFrame({"position": dates["position"], "low": low, "high": high}).reset_index(drop=True)


class FeatureFacts:
    """The facts of every feature of a catalog, by its position.

    Args:
        tables: Name to table, as text.
        ids: Ids of all features, in the catalog's order.
        naming: What organisations are called.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], ids: FeatureIds, naming: Naming) -> None:
        self._tables = tables
        self._ids = ids
        self._naming = naming
        self._made: dict[str, RowsByFeature] = {}

    def _rows(self, name: str) -> RowsByFeature:
        """Give the rows of a table of facts, or `inverse`: relations by the other feature."""
        if name not in self._made:
            self._made[name] = RowsByFeature(self._frame(name), self._ids)
        return self._made[name]

    def _frame(self, name: str) -> pd.DataFrame:
        if name == _INVERSE:
            relations = self._tables["relations"]
            relations = relations[self._ids.numbers(relations["feature_id"]) >= 0]
            return relations.rename(columns={"feature_id": "other_id", "other_id": "feature_id"})
        frame = self._tables[name]
        if name == "status_history":
            return in_order(frame)
        other = _OTHER.get(name)
        return frame if other is None else frame[self._ids.numbers(frame[other]) >= 0]

    @property
    def _cited(self) -> list[RowsByFeature]:
        return [self._rows(name) for name in (*_FACTS, _INVERSE)]

    @cached_property
    def _sources(self) -> dict[str, Citation]:
        columns = [self._tables["sources"][name].tolist() for name in _CITED]
        return {values[0]: Citation(*values) for values in zip(*columns, strict=True)}

    @cached_property
    def _organisations(self) -> dict[str, Names]:
        return self._naming.by_id(self._tables["organisations"], "id")

    def source_pairs(self) -> pd.DataFrame:
        """Give each pair of feature and source once: `position`, `source_id`; sorted."""
        ids = arrow(sorted(self._tables["sources"]["id"]))
        pairs = [np.empty(0, dtype=np.int64)]
        for facts in self._cited:
            cited = places(facts.column("source_id"), ids)
            pairs.append((facts.positions * len(ids) + cited)[cited >= 0])
        positions, cited = np.divmod(np.unique(np.concatenate(pairs)), max(1, len(ids)))
        return pd.DataFrame({"position": positions, "source_id": series(taken(ids, cited))})

    def code_pairs(self, facet: str) -> pd.DataFrame:
        """Give each pair of feature and code of a facet once: `position`, `code`; sorted.

        Args:
            facet: `source`; `event`; `organisation`, or what an organisation does.
        """
        if facet == "source":
            return self.source_pairs().rename(columns={"source_id": "code"})
        rows = self._rows("status_history" if facet == "event" else "feature_organisations")
        column = "mark" if facet == "event" else "organisation_id"
        pairs = pd.DataFrame({"position": rows.positions, "code": rows.column(column)})
        if facet == "event":
            pairs = pairs[pairs["code"] != Mark.REPORTED]
        elif FACETS[facet].role:
            pairs = pairs[rows.column("role") == FACETS[facet].role]
        return pairs.drop_duplicates().sort_values(["position", "code"], ignore_index=True)

    def range_values(self, asked: Range) -> pd.DataFrame:
        """Give the values of a range that stand in tables of facts: `position`, `low`, `high`; sorted.

        A date of a month or a year lies between the first and the last day of it, as YYYYMMDD.
        """
        if asked.marks:
            rows = self._rows("status_history")
            values = pd.DataFrame({"position": rows.positions, "date": rows.column("date")})
            return between_days(values[rows.column("mark").isin(list(asked.marks)) & (values["date"] != "")])
        if asked.measure is not None:
            rows = self._rows("measures")
            is_meant = (rows.column("measure") == asked.measure) & (rows.column("unit") == asked.unit)
            values = pd.DataFrame({"position": rows.positions, "low": rows.column("value")})[is_meant]
            values["low"] = pd.to_numeric(values["low"])
            return values.assign(high=values["low"])
        counts = self.source_pairs()["position"].value_counts().sort_index()
        return pd.DataFrame({"position": counts.index, "low": counts.array, "high": counts.array})

    def said(self, position: int, values: Mapping[str, str], table: Table) -> Said:
        """Give all that is said of a feature; for the arguments see `provenance`."""
        return Said(
            provenance=self.provenance(position, values, table),
            history=self.history(position),
            costs=self.costs(position),
            quantities=self.quantities(position),
            participants=self.participants(position),
            names=self.names(position),
            relations=self.relations(position),
            identifiers=self.identifiers(position),
            memberships=self.memberships(position),
        )

    def provenance(self, position: int, values: Mapping[str, str], table: Table) -> dict[str, Provenance]:
        """Give what each value of a feature rests on.

        Args:
            position: Which feature.
            values: Column to shown text, and `position` to its point as text or an empty text.
            table: The feature's table.
        """
        by_field: dict[str, list[Evidence]] = {}
        for row in self._rows("claims").of(position):
            by_field.setdefault(row["field"], []).append(evidence_of(row, row["value"], row["as_of"]))
        whole = by_field.pop(WHOLE_ROW, [])
        result: dict[str, Provenance] = {}
        for name in (*(column.name for column in table.columns if column.is_claimed), POSITION):
            value = values.get(name, "")
            if name in by_field:
                result[name] = choose(by_field[name])
            elif value and whole:
                evidence = tuple(
                    Evidence(value, e.as_of, e.source_id, e.locator, e.basis, e.note) for e in whole
                )
                rule = Rule.ONLY if len({e.source_id for e in evidence}) == 1 else Rule.AGREED
                result[name] = Provenance(value, rule, evidence)
        return result

    def citations(self, position: int) -> tuple[Citation, ...]:
        """Give every source on which a feature rests, with all places in it."""
        locators: dict[str, list[str]] = {}
        for facts in self._cited:
            for row in facts.of(position):
                if row["source_id"]:
                    found = locators.setdefault(row["source_id"], [])
                    if row["locator"] and row["locator"] not in found:
                        found.append(row["locator"])
        return tuple(
            self.citation(source_id, tuple(sorted(found))) for source_id, found in sorted(locators.items())
        )

    def citation(self, source_id: str, locators: tuple[str, ...] = ()) -> Citation:
        """Give a source."""
        source = self._sources[source_id]
        return replace(source, locators=locators) if locators else source

    def history(self, position: int) -> tuple[Event, ...]:
        """Give events and reports, oldest first."""
        return tuple(
            Event(
                row["date"],
                row["mark"],
                row["status"],
                row["event"],
                evidence_of(row, row["status"], row["date"]),
            )
            for row in self._rows("status_history").of(position)
        )

    def costs(self, position: int) -> tuple[Cost, ...]:
        """Give amounts of money."""
        return tuple(
            Cost(
                row["cost_kind"],
                row["amount_million"],
                row["currency"],
                row["year"],
                row["scope"],
                evidence_of(row, row["amount_million"], row["year"]),
            )
            for row in self._rows("costs").of(position)
        )

    def quantities(self, position: int) -> tuple[Quantity, ...]:
        """Give measured quantities."""
        return tuple(
            Quantity(
                row["measure"],
                row["value"],
                row["unit"],
                row["as_of"],
                row["scope"],
                evidence_of(row, row["value"], row["as_of"]),
            )
            for row in self._rows("measures").of(position)
        )

    def participants(self, position: int) -> tuple[Participant, ...]:
        """Give organisations and their roles."""
        return tuple(
            Participant(
                row["role"],
                row["organisation_id"],
                self._organisations[row["organisation_id"]],
                evidence_of(row, row["organisation_id"]),
            )
            for row in self._rows("feature_organisations").of(position)
        )

    def names(self, position: int) -> tuple[OtherName, ...]:
        """Give further names."""
        return tuple(
            OtherName(row["name"], row["language"], row["name_kind"], evidence_of(row, row["name"]))
            for row in self._rows("names").of(position)
        )

    def relations(self, position: int) -> tuple[Related, ...]:
        """Give relations to other features, those that the others state included."""
        return tuple(self._relations(self._rows("relations").of(position), is_inverse=False)) + tuple(
            self._relations(self._rows(_INVERSE).of(position), is_inverse=True)
        )

    @staticmethod
    def _relations(rows: list[dict[str, str]], *, is_inverse: bool) -> Iterator[Related]:
        for row in rows:
            yield Related(row["relation"], row["other_id"], is_inverse, evidence_of(row, row["relation"]))

    def identifiers(self, position: int) -> tuple[Identifier, ...]:
        """Give identifiers in other databases, scheme by scheme, the closest match first."""
        found = (
            Identifier(row["scheme"], row["identifier"], row["match"], evidence_of(row, row["identifier"]))
            for row in self._rows("identifiers").of(position)
        )
        schemes, matches = codes("identifier_scheme"), codes("identifier_match")
        return tuple(sorted(found, key=lambda one: (schemes.index(one.scheme), matches.index(one.match))))

    def memberships(self, position: int) -> tuple[Membership, ...]:
        """Give the corridors to which a feature belongs."""
        return tuple(
            Membership(
                row["corridor_id"],
                row["membership_rule"],
                row["distance_km"],
                row["source_id"],
                row["locator"],
            )
            for row in self._rows("corridor_members").of(position)
        )

    def search_texts(self) -> Texts:
        """Give for each feature its further names and the names of its organisations, one text each."""
        names, links = self._rows("names"), self._rows("feature_organisations")
        called = {i: "\n".join(known.known.values()) for i, known in self._organisations.items()}
        owners = np.concatenate((names.positions, links.positions))
        texts = [*names.column("name"), *(called[i] for i in links.column("organisation_id"))]
        return joined(owners, arrow(texts), len(self._ids), "\n")
