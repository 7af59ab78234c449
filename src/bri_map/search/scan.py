"""A plain scan of names: what answers a search before its index is there."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bri_map.data.columns import TEXT, arrow, as_mask, together
from bri_map.domain.names import NAME_COLUMNS, ORIGINAL
from bri_map.folding import fold
from bri_map.query.text import folded
from bri_map.search.ranking import Query, Score, best_score
from bri_map.search.things import Things

_CANDIDATES = 200


class NameScan:
    """Finds things that have every word of a query somewhere in one of their names or in their id.

    English names are folded; names in other languages are taken as they are written. What stands beside the
    names of a feature, its further names, events, sources, pinyin and typing errors are left to the index.

    Args:
        things: What can be found.
    """

    def __init__(self, things: Things) -> None:
        self._things = things

    @cached_property
    def _texts(self) -> list[pa.Array]:
        """English names of all things, names in each further column, and ids."""
        things = self._things
        rows = list(things.features.rows.values())
        others = [things.called(item) for item in range(things.first_country, things.first_document)]
        nothing = pa.array([""] * len(others), TEXT)
        named = arrow(fold("\n".join((*called.names.known.values(), *called.others))) for called in others)
        texts = [together(*(folded(arrow(frame[NAME_COLUMNS[ORIGINAL]])) for frame in rows), named)]
        for language, column in NAME_COLUMNS.items():
            if language != ORIGINAL:
                texts.append(together(*(frame[column] for frame in rows), nothing))
        return [*texts, together(*(frame["id"] for frame in rows), nothing)]

    def scores(self, query: Query) -> dict[int, Score]:
        """Score the things that are found, as the index would."""
        things = self._things
        every = np.ones(things.first_document, dtype=bool)
        for word in dict.fromkeys(query.words):
            has = np.zeros(things.first_document, dtype=bool)
            for texts in self._texts:
                has |= as_mask(pc.match_substring(texts, word))
            every &= has
        items = np.flatnonzero(every)
        if len(items) > _CANDIDATES:
            begins = as_mask(pc.starts_with(self._texts[0], query.words[0]))[items]
            rated = begins + things.prior[items] / 40 - things.lengths[items] / 200
            items = items[np.argpartition(-rated, _CANDIDATES)[:_CANDIDATES]]
        found = {
            int(item): best_score(query, things.keys(int(item)), things.context(int(item))) for item in items
        }
        return {item: score for item, score in found.items() if score.value > 0}
