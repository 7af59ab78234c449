"""Words that not every reader knows, and where they stand in the details."""

from __future__ import annotations

from collections.abc import Mapping

from bri_map.domain.layers import LAYERS
from bri_map.domain.vocabulary import Precision, Status
from bri_map.evidence.feature import Feature
from bri_map.i18n import Messages

_COLUMNS: Mapping[str, str] = {
    "is_mofcom_assessed": "explained.mofcom",
    "green_rating": "explained.brigc",
    "in_ey_2020": "explained.ey_parks",
    "ey_match": "explained.ey_parks",
    "ey_figure6_no": "explained.ey_parks",
}
"""Column to the explanation of a word in its label."""
_PRECISIONS: Mapping[str, str] = {Precision.DISTRICT: "explained.district"}


def explained_column(name: str, m: Messages) -> str:
    """Explain a word in the label of a column; empty where all are plain."""
    return m[_COLUMNS[name]] if name in _COLUMNS else ""


def explained_precision(precision: str, m: Messages) -> str:
    """Explain how exactly a position is known; empty where the words say it."""
    return m[_PRECISIONS[precision]] if precision in _PRECISIONS else ""


def explained_status(feature: Feature, status: str, m: Messages) -> str:
    """Explain a status that says less, or more, of a feature of this layer than readers think."""
    works = LAYERS[feature.layer].has_column("is_operational")
    return m["explained.completed_park"] if works and status == Status.COMPLETED else ""
