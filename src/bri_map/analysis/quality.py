"""How good the data are: positions, lengths, sources, age of what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bri_map.catalog import Catalog
from bri_map.domain.codes import codes
from bri_map.domain.fact_tables import POSITION
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYERS
from bri_map.domain.vocabulary import Basis, Precision
from bri_map.geo.geodesic import length_km
from bri_map.query.selection import Selection

_SOURCED = (Basis.CONFIRMED, Basis.SOURCE_DOCUMENT)
"""An estimate of the editors is no position with a source."""
_GOOD = (Precision.SITE.value, Precision.TOWN.value)


@dataclass(frozen=True, slots=True)
class Positions:
    """Precision of the positions of a layer.

    Attributes:
        count: Features that are points.
        good: Those at site or town level whose position rests on a source.
        lines: Features that are lines; they are schematic.
        grades: Grade of precision to number of features.
    """

    count: int
    good: int
    lines: int
    grades: Mapping[str, int]

    @property
    def share(self) -> float:
        """Share of good positions among the points, 0 to 1."""
        return self.good / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Length:
    """Drawn and published length of a rail route, in kilometres, and why they differ."""

    id: str
    published_km: float
    drawn_km: float
    note: str

    @property
    def ratio(self) -> float:
        """Drawn over published."""
        return self.drawn_km / self.published_km


@dataclass(frozen=True, slots=True)
class Quality:
    """Measures of a selection."""

    positions: Mapping[str, Positions]
    lengths: tuple[Length, ...]
    bases: Mapping[str, int]
    freshness: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Give the measures as JSON-ready values."""
        return {
            "positions": {
                layer: asdict(p) | {"share": round(p.share, 3)} for layer, p in self.positions.items()
            },
            "lengths": [asdict(length) | {"ratio": round(length.ratio, 3)} for length in self.lengths],
            "bases": dict(self.bases),
            "freshness": dict(self.freshness),
        }


def measure_quality(catalog: Catalog, selection: Selection) -> Quality:
    """Measure the features of a selection."""
    positions: dict[str, Positions] = {}
    lengths: list[Length] = []
    bases: Counter[str] = Counter()
    for layer in LAYERS:
        rows = selection.rows(layer)
        good = 0
        for feature_id, precision in rows[["id", "precision"]].itertuples(index=False):
            provenance = catalog.get(str(feature_id)).provenance
            bases.update(said.evidence[0].basis for said in provenance.values())
            position = provenance.get(POSITION)
            sourced = position is not None and position.evidence[0].basis in _SOURCED
            good += precision in _GOOD and sourced
        grades = Counter(rows["precision"])
        known = {code: grades[code] for code in codes("precision") if grades[code]}
        lines = grades[Precision.SCHEMATIC.value]
        positions[layer] = Positions(len(rows) - lines, good, lines, known)
        if LAYERS[layer].has_column("length_km"):
            lengths += _lengths(catalog, selection, layer)
    freshness = Counter(value for layer in LAYERS for value in selection.rows(layer)["freshness"])
    lengths.sort(key=lambda length: length.ratio)
    return Quality(positions, tuple(lengths), dict(bases.most_common()), dict(freshness.most_common()))


def _lengths(catalog: Catalog, selection: Selection, layer: LayerId) -> list[Length]:
    rows = selection.rows(layer)
    shapes = catalog.geometry(layer)[selection.layer_mask(layer)]
    return [
        Length(str(row["id"]), float(row["length_km"]), round(length_km(shape), 1), str(row["length_note"]))
        for row, shape in zip(rows.to_dict("records"), shapes, strict=True)
        if shape is not None and float(row["length_km"] or 0)
    ]
