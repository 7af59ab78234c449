"""The sources of every value, as exported files and `bri-map show` give them."""

from __future__ import annotations

from typing import Any

from bri_map.domain.layers import MEMBERSHIP_COLUMN
from bri_map.evidence.feature import Citation, Membership, Said
from bri_map.evidence.statements import Statement, statements


def statement_document(statement: Statement) -> dict[str, Any]:
    """Give a statement as JSON-ready values; what is not known is left out."""
    evidence = statement.evidence
    document: dict[str, Any] = {
        "field": statement.field,
        "value": statement.value,
        "detail": statement.detail,
        "as_of": evidence.as_of,
        "source": evidence.source_id,
        "locator": evidence.locator,
        "basis": evidence.basis,
        "rule": statement.rule,
        "note": evidence.note,
    }
    kept = {name: value for name, value in document.items() if value}
    return kept if statement.is_shown else kept | {"shown": False}


def provenance_document(feature: Said) -> list[dict[str, Any]]:
    """Give everything said of a feature with its sources."""
    documents = [statement_document(statement) for statement in statements(feature)]
    return documents + [_membership_document(membership) for membership in feature.memberships]


def _membership_document(membership: Membership) -> dict[str, Any]:
    document = {
        "field": MEMBERSHIP_COLUMN,
        "value": membership.corridor_id,
        "detail": f"{membership.distance_km} km from its line" if membership.distance_km else "",
        "source": membership.source_id,
        "locator": membership.locator,
        "rule": membership.rule,
    }
    return {name: value for name, value in document.items() if value}


def citation_document(citation: Citation, *, with_locators: bool = False) -> dict[str, Any]:
    """Give a source as JSON-ready values; what is not known is left out."""
    document: dict[str, Any] = {
        "id": citation.id,
        "title": citation.title,
        "producer": citation.producer,
        "published": citation.published,
        "accessed": citation.accessed,
        "language": citation.language,
        "licence": citation.licence,
        "url": citation.url,
        "citation": citation.text,
    }
    kept = {name: value for name, value in document.items() if value}
    return kept | {"locators": list(citation.locators)} if with_locators else kept
