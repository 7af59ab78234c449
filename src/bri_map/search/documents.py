"""Events of the chronicle and sources as things that can be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from bri_map.search.keys import Field
from bri_map.search.towns import Box, wrapped

EVENT_GROUP = "event"
SOURCE_GROUP = "source"
PRIOR = {EVENT_GROUP: -20.0, SOURCE_GROUP: -55.0}
"""How obvious they are: after the features that a query names, unless it says their whole title."""
DOCUMENT_GROUPS = tuple(PRIOR)
_REACH = 2.0


@dataclass(frozen=True, slots=True)
class Document:
    """An event or a source.

    Attributes:
        group: `event` or `source`.
        id: Its id.
        title: What it is called, in its own language.
        aside: What is shown beside: the date, and who made it or where it was.
        countries: ISO 3166-1 alpha-3, in one text as tables have them.
        texts: Words beside the title, and what they are.
        position: Longitude and latitude in degrees, where it has a place.
    """

    group: str
    id: str
    title: str
    aside: tuple[str, ...]
    countries: str
    texts: tuple[tuple[Field, str], ...]
    position: tuple[float, float] | None = None

    def box(self, boxes: Mapping[str, Box], world: Box) -> Box:
        """Give the degrees to be seen when one goes there: its place, else its first country."""
        if self.position is None:
            return boxes.get(self.countries.split(";")[0], world)
        lon, lat = self.position
        return (
            wrapped(lon - _REACH),
            round(max(-90.0, lat - _REACH), 4),
            wrapped(lon + _REACH),
            round(min(90.0, lat + _REACH), 4),
        )


class Documents:
    """The events, by id, then the sources, by id.

    Args:
        tables: Name to table, as text.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._documents = [*_events(tables["events"]), *_sources(tables["sources"])]
        self._numbers = {document.id: number for number, document in enumerate(self._documents)}

    def __len__(self) -> int:
        return len(self._documents)

    def __getitem__(self, number: int) -> Document:
        return self._documents[number]

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents)

    def number(self, document_id: str) -> int | None:
        """Give the place of an id; None where there is no such event or source."""
        return self._numbers.get(document_id)


def _events(rows: pd.DataFrame) -> Iterator[Document]:
    columns = ["id", "title", "date", "category", "place", "countries", "note", "lon", "lat"]
    for id_, title, date, category, place, countries, note, lon, lat in (
        rows[columns].sort_values("id").itertuples(index=False)
    ):
        yield Document(
            EVENT_GROUP,
            id_,
            title,
            tuple(filter(None, (date, place))),
            countries,
            ((Field.KIND, category), (Field.PLACE, place), (Field.NOTE, f"{date} {note}"), (Field.ID, id_)),
            (float(lon), float(lat)) if lon and lat else None,
        )


def _sources(rows: pd.DataFrame) -> Iterator[Document]:
    columns = ["id", "title", "producer", "published"]
    for id_, title, producer, published in rows[columns].sort_values("id").itertuples(index=False):
        yield Document(
            SOURCE_GROUP,
            id_,
            title or producer or id_,
            tuple(filter(None, (producer if title else "", published))),
            "",
            ((Field.PRODUCER, f"{producer} {published}"),),
        )
