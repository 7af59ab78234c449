"""Other features that a reader of one may want: related, on the corridor, nearby."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.layer import LayerSpec
from bri_map.domain.layers import LAYERS, LISTED
from bri_map.domain.vocabulary import Precision
from bri_map.evidence.feature import Feature
from bri_map.i18n import Messages
from bri_map.ui.evidence import Evidencer, Shown


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another feature, ready to be shown."""

    id: str
    label: str
    name: str
    href: str
    note: str = ""
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """The features of one layer that belong to a corridor."""

    label: str
    links: tuple[Link, ...]


def feature_link(catalog: Catalog, feature_id: str, label: str, m: Messages, note: str = "") -> Link:
    """Give a link to a feature."""
    name = catalog.name(feature_id, m.language)
    return Link(feature_id, label, name, f"./?id={feature_id}&lang={m.language}", note)


def related_links(catalog: Catalog, feature: Feature, m: Messages, evidencer: Evidencer) -> Iterator[Link]:
    """Give the features that a table of relations names, and what else EY may have meant."""
    for relation in feature.relations:
        label = m.code("relation", relation.relation)
        if relation.is_inverse:
            label = m.text(f"relation_inverse.{relation.relation}")
        about = relation.other_id if relation.is_inverse else ""
        shown = evidencer.fact(label, "", [relation.evidence], about)
        yield replace(feature_link(catalog, relation.other_id, label, m), shown=shown)
    for other_id in feature.values.get("ey_alternatives") or ():
        yield feature_link(catalog, other_id, m.text("details.ey_alternative"), m)


def corridor_members(catalog: Catalog, feature: Feature, m: Messages) -> Iterator[Members]:
    """Give what belongs to a corridor, layer by layer; nothing for other features."""
    if not LAYERS[feature.layer].has_members:
        return
    for layer in (spec.id for spec in LISTED if not spec.has_members):
        chosen = catalog.select(Filter(layer={layer}, corridor={feature.id}))
        if not len(chosen):
            continue
        links = [feature_link(catalog, feature_id, "", m) for feature_id in chosen.ids]
        links.sort(key=lambda link: m.locale.sort_key(link.name))
        label = m.text("details.members_of", layer=m.code("layer", layer), n=len(links))
        yield Members(label, tuple(links))


def _occurs(catalog: Catalog, spec: LayerSpec, kind: str) -> bool:
    return kind in LAYERS or bool((catalog.rows(spec.id)[spec.kind_column] == kind).any())


def near_links(catalog: Catalog, feature: Feature, m: Messages) -> Iterator[Link]:
    """Give the nearest park, port and rail route to a place that is known well enough."""
    if LAYERS[feature.layer].has_members or feature.values["precision"] == Precision.COUNTRY:
        return
    for kind in (kind for spec in LISTED for kind in spec.nearest if _occurs(catalog, spec, kind)):
        for other in catalog.nearest(feature.id, kind):
            label = m.text(f"details.nearest.{kind}")
            yield feature_link(catalog, other.id, label, m, said_km(other.km, m))


def said_km(km: float, m: Messages) -> str:
    """Write a distance as exactly as it can be known."""
    return m.text("details.km", n=round(km) if km >= 10 else f"{km:.1f}")
