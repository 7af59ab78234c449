"""Everything that the tables of facts say of each feature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from bri_map.data.derive import in_order
from bri_map.domain.fact_tables import POSITION, WHOLE_ROW
from bri_map.domain.table import Table
from bri_map.evidence.feature import (
    Citation,
    Cost,
    Event,
    Membership,
    OtherName,
    Participant,
    Quantity,
    Related,
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
    "corridor_members",
)


def sources_of(pairs: pd.DataFrame, positions: range) -> list[tuple[str, ...]]:
    """Give the ids of the sources of each of some features that follow one another.

    Args:
        pairs: Each pair of feature and source, see `FeatureFacts.source_pairs`.
        positions: Which features.
    """
    bounds = np.searchsorted(pairs["position"].to_numpy(), np.arange(positions.start, positions.stop + 1))
    ids = pairs["source_id"].iloc[bounds[0] : bounds[-1]].tolist()
    starts = (bounds - bounds[0]).tolist()
    return [tuple(ids[first:last]) for first, last in pairwise(starts)]


class FeatureFacts:
    """The facts of every feature of a catalog, by its position.

    Args:
        tables: Name to table, as text.
        ids: Ids of all features, in the catalog's order.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], ids: pd.Index) -> None:
        self._ids = ids
        frames = {name: tables[name] for name in _FACTS}
        frames["status_history"] = in_order(frames["status_history"])
        relations = frames["relations"]
        shown = relations["other_id"].isin(ids)
        frames["relations"] = relations[shown]
        members = frames["corridor_members"]
        frames["corridor_members"] = members[members["corridor_id"].isin(ids)]
        self._facts = {name: RowsByFeature(frame, ids) for name, frame in frames.items()}
        self._inverse = RowsByFeature(
            relations[relations["feature_id"].isin(ids)].rename(
                columns={"feature_id": "other_id", "other_id": "feature_id"}
            ),
            ids,
        )
        self._cited = (*self._facts.values(), self._inverse)
        self._sources: dict[str, dict[str, str]] = {
            row["id"]: row  # type: ignore[misc]
            for row in tables["sources"].to_dict("records")
        }
        self._organisations: dict[str, tuple[str, str]] = {
            str(row.id): (str(row.name), str(row.name_zh))
            for row in tables["organisations"].itertuples(index=False)
        }

    def source_pairs(self) -> pd.DataFrame:
        """Give each pair of feature and source once: `position`, `source_id`; sorted."""
        parts = [
            pd.DataFrame({"position": facts.positions, "source_id": facts.frame["source_id"]})
            for facts in self._cited
            if len(facts.frame)
        ]
        if not parts:
            return pd.DataFrame({"position": np.array([], dtype=np.intp), "source_id": []})
        pairs = pd.concat(parts, ignore_index=True)
        pairs = pairs[pairs["source_id"] != ""].drop_duplicates()
        return pairs.sort_values(["position", "source_id"], ignore_index=True)

    def provenance(self, position: int, values: Mapping[str, str], table: Table) -> dict[str, Provenance]:
        """Give what each value of a feature rests on.

        Args:
            position: Which feature.
            values: Column to shown text, and `position` to its point as text or an empty text.
            table: The feature's table.
        """
        by_field: dict[str, list[Evidence]] = {}
        for row in self._facts["claims"].of(position):
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
        return Citation(
            id=source_id,
            title=source["title"],
            producer=source["producer"],
            published=source["published"],
            accessed=source["accessed"],
            language=source["language"],
            licence=source["licence"],
            url=source["url"],
            locators=locators,
        )

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
            for row in self._facts["status_history"].of(position)
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
            for row in self._facts["costs"].of(position)
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
            for row in self._facts["measures"].of(position)
        )

    def participants(self, position: int) -> tuple[Participant, ...]:
        """Give organisations and their roles."""
        return tuple(
            Participant(
                row["role"],
                row["organisation_id"],
                *self._organisations[row["organisation_id"]],
                evidence_of(row, row["organisation_id"]),
            )
            for row in self._facts["feature_organisations"].of(position)
        )

    def names(self, position: int) -> tuple[OtherName, ...]:
        """Give further names."""
        return tuple(
            OtherName(row["name"], row["language"], row["name_kind"], evidence_of(row, row["name"]))
            for row in self._facts["names"].of(position)
        )

    def relations(self, position: int) -> tuple[Related, ...]:
        """Give relations to other features, those that the others state included."""
        return tuple(self._relations(self._facts["relations"].of(position), is_inverse=False)) + tuple(
            self._relations(self._inverse.of(position), is_inverse=True)
        )

    @staticmethod
    def _relations(rows: list[dict[str, str]], *, is_inverse: bool) -> Iterator[Related]:
        for row in rows:
            yield Related(row["relation"], row["other_id"], is_inverse, evidence_of(row, row["relation"]))

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
            for row in self._facts["corridor_members"].of(position)
        )

    def search_texts(self) -> list[str]:
        """Give for each feature its further names and the names of its organisations, one text each."""
        names, links = self._facts["names"], self._facts["feature_organisations"]
        texts: list[list[str]] = [[] for _ in range(len(self._ids))]
        for position, name in zip(names.positions, names.frame["name"], strict=True):
            texts[position].append(str(name))
        for position, organisation in zip(links.positions, links.frame["organisation_id"], strict=True):
            texts[position].extend(self._organisations[organisation])
        return ["\n".join(parts) for parts in texts]
