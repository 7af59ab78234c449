"""A feature with its texts in the language of a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.names import NAME_COLUMNS, ORIGINAL
from bri_map.evidence.feature import Citation, Cost, Event, Feature, Quantity, Related
from bri_map.evidence.provenance import Evidence, Provenance
from bri_map.evidence.translations import Wording


def translate_feature(feature: Feature, say: Wording, language: str) -> Feature:
    """Give a feature whose name and texts are in a language, as far as the data have them.

    Args:
        feature: The feature in English.
        say: The texts of the data in the language.
        language: Code of the language.
    """
    return _Translator(feature, say, language).feature()


class _Translator:
    def __init__(self, feature: Feature, say: Wording, language: str) -> None:
        self._feature = feature
        self._say = say
        self._language = language
        self._table = LAYER_TABLES[feature.layer]

    def feature(self) -> Feature:
        feature = self._feature
        return replace(
            feature,
            values=self._values(),
            citations=tuple(map(self._citation, feature.citations)),
            provenance={name: self._provenance(name, found) for name, found in feature.provenance.items()},
            history=tuple(map(self._event, feature.history)),
            costs=tuple(map(self._cost, feature.costs)),
            quantities=tuple(map(self._quantity, feature.quantities)),
            participants=tuple(replace(p, evidence=self._evidence(p.evidence)) for p in feature.participants),
            names=tuple(replace(name, evidence=self._evidence(name.evidence)) for name in feature.names),
            relations=tuple(map(self._relation, feature.relations)),
            identifiers=tuple(
                replace(one, evidence=self._evidence(one.evidence)) for one in feature.identifiers
            ),
            memberships=tuple(
                replace(member, locator=self._text(member.locator, "locator"))
                for member in feature.memberships
            ),
        )

    def _text(self, text: str, column: str, table: str = "") -> str:
        return self._say(text, self._feature.id, column, table)

    def _values(self) -> Mapping[str, Any]:
        values = dict(self._feature.values)
        values[NAME_COLUMNS[ORIGINAL]] = self._feature.name(self._language)
        for column in self._table.columns:
            value = values[column.name]
            if column.is_translated and value:
                texts = value if column.is_list else (value,)
                said = tuple(self._text(text, column.name, self._table.name) for text in texts)
                values[column.name] = said if column.is_list else said[0]
        return values

    def _citation(self, citation: Citation) -> Citation:
        return replace(citation, locators=tuple(self._text(text, "locator") for text in citation.locators))

    def _evidence(self, evidence: Evidence, about: str = "") -> Evidence:
        thing = about or self._feature.id
        return replace(
            evidence,
            locator=self._say(evidence.locator, thing, "locator"),
            note=self._say(evidence.note, thing, "note"),
        )

    def _provenance(self, name: str, provenance: Provenance) -> Provenance:
        columns = {column.name: column for column in self._table.columns if column.is_translated}

        def said(evidence: Evidence) -> Evidence:
            shown = self._evidence(evidence)
            if name not in columns:
                return shown
            value = self._say.part(evidence.value, self._feature.id, columns[name], self._table.name)
            return replace(shown, value=value)

        return replace(
            provenance,
            evidence=tuple(map(said, provenance.evidence)),
            others=tuple(map(said, provenance.others)),
        )

    def _event(self, event: Event) -> Event:
        text = self._text(event.event, "event", "status_history")
        return replace(event, event=text, evidence=self._evidence(event.evidence))

    def _cost(self, cost: Cost) -> Cost:
        scope = self._text(cost.scope, "scope", "costs")
        return replace(cost, scope=scope, evidence=self._evidence(cost.evidence))

    def _quantity(self, quantity: Quantity) -> Quantity:
        return replace(
            quantity,
            unit=self._text(quantity.unit, "unit", "measures"),
            scope=self._text(quantity.scope, "scope", "measures"),
            evidence=self._evidence(quantity.evidence),
        )

    def _relation(self, relation: Related) -> Related:
        about = relation.other_id if relation.is_inverse else ""
        return replace(relation, evidence=self._evidence(relation.evidence, about))
