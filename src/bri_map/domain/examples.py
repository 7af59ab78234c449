"""Questions to begin with: what a reader who has asked nothing yet may ask."""

from __future__ import annotations

from collections.abc import Mapping

from bri_map.domain.filter import Filter
from bri_map.domain.span import DateSpan
from bri_map.domain.vocabulary import Layer, Status

EXAMPLES: Mapping[str, Filter] = {
    "railways": Filter(layer=frozenset({Layer.RAIL}), opened=DateSpan.parse("2020..")),
    "parks": Filter(layer=frozenset({Layer.PARKS}), status=frozenset({Status.UNDER_CONSTRUCTION})),
    "stopped": Filter(status=frozenset({Status.SUSPENDED, Status.CANCELLED})),
}
"""Name of a question, that of its message `example.<name>`, to the filter that answers it."""
