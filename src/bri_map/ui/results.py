"""Links to a result: what a link asks for becomes the filter, without a new page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from bri_map.domain.facets import FACETS
from bri_map.domain.layer import LayerSpec
from bri_map.i18n import Messages


@dataclass(frozen=True, slots=True)
class Ask:
    """A link to the features that have a code of a facet.

    Attributes:
        label: What it says.
        href: Where it leads; the script of the page reads facet and code from it.
        aside: What stands behind it in brackets.
    """

    label: str
    href: str
    aside: str = ""


def ask(facet: str, code: str, label: str, m: Messages, aside: str = "") -> Ask:
    """Give the link to everything with a code of a facet."""
    return Ask(label, f"./?{urlencode({facet: code, 'lang': m.language})}", aside)


def ask_kind(spec: LayerSpec, kind: str, label: str, m: Messages) -> Ask | None:
    """Give the link to all features of a kind; None where no facet asks for it."""
    for facet in FACETS.values():
        is_meant = facet.column == spec.kind_column and facet.vocabulary == spec.kind_vocabulary
        if is_meant and kind in facet.allowed:
            return ask(facet.name, kind, label, m)
    return None
