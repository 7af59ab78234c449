"""What a search shows of a thing that it has found: what it is, where it is, and by what it was met."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from bri_map.domain.layers import LAYERS
from bri_map.domain.names import Names
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.folding import split_words
from bri_map.geo.extent import extent
from bri_map.search.documents import Document
from bri_map.search.keys import Field
from bri_map.search.ranking import FIELD_WEIGHT, Beside, Query, Score, level_beside, word_level
from bri_map.search.things import Things
from bri_map.search.towns import Box, town_box, wrapped

COUNTRY_GROUP = "country"
PLACE_GROUP = "place"
WORLD: Box = (-180.0, -85.0, 180.0, 85.0)
_REACH = {"site": 0.03, "town": 0.1, "district": 0.5}
_FAR_REACH = 2.0
_EXCERPT = 70
"""Characters of a long text that are shown around what was met in it."""
_SHOWN_ANYWAY = frozenset({Field.COUNTRY, Field.KIND})
"""Fields that stand below the name of every hit."""


@dataclass(frozen=True, slots=True)
class Met:
    """A text beside the names of a thing in which words of the query were met.

    Attributes:
        field: What the text is, as messages name it under `search_field`.
        text: The text as the data have it; of a long one what stands around the words.
    """

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found.

    Attributes:
        group: The layer of a feature (`parks`, `projects`, `rail`, `corridors`), `country`, `place`, `event`
            or `source`.
        id: Id of the feature, event or source, ISO 3166-1 alpha-3 of the country, or name and position of
            the town.
        names: Its names by language.
        matched: The name that was met, when it is not the one shown in the language asked for.
        kind: Park type, sector or kind of line; `country`; `capital` or `town`; `event` or `source`.
        countries: ISO 3166-1 alpha-3.
        status: Code of the status; empty for all but features.
        bbox: Degrees to zoom to: west, south, east, north; west > east over the antimeridian.
        score: How well it answers; comparable within one search.
        index: Place of a feature in its layer, -1 for others.
        met: The texts by which it was met when its names, kind and countries do not say all that was asked.
        aside: What is shown beside an event or a source: dates, places and makers.
    """

    group: str
    id: str
    names: Names
    matched: str
    kind: str
    countries: tuple[str, ...]
    status: str
    bbox: Box
    score: float
    index: int = -1
    met: tuple[Met, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def kind_vocabulary(self) -> str:
        """The vocabulary of the kind, by which messages are found."""
        return LAYERS[self.group].kind_vocabulary if self.group in LAYERS else "search_kind"


def make_hit(things: Things, item: int, query: Query, score: Score, value: float, language: str) -> Hit:
    """Say what was found.

    Args:
        things: What can be found.
        item: Number of the thing.
        query: What was asked, or what was meant by it.
        score: How well the thing answers.
        value: The same with how obvious it is.
        language: Language of the name that is shown.
    """
    names = things.called(item).names
    matched, met = _met(things, item, query, score, names[language])
    value = round(value, 2)
    document = things.document(item)
    if document is not None:
        return _document_hit(things, document, names, met, value)
    if item >= things.first_town:
        town = things.towns[item - things.first_town]
        kind = "capital" if town.is_capital else "town"
        box = town_box(town)
        return Hit(PLACE_GROUP, town.id, names, matched, kind, (town.country,), "", box, value)
    if item >= things.first_country:
        iso3 = things.countries[item - things.first_country]
        box = things.boxes.get(iso3, WORLD)
        return Hit(COUNTRY_GROUP, iso3, names, matched, "country", (iso3,), "", box, value)
    layer, row = things.features.place_of(item)
    return Hit(
        layer,
        things.features.known[item],
        names,
        matched,
        things.cell(item, "kind"),
        tuple(things.cell(item, "countries").split(LIST_SEPARATOR)),
        things.cell(item, "status"),
        _view(things, item, things.features.shapes[layer][row]),
        value,
        row,
        met,
    )


def _document_hit(
    things: Things, document: Document, names: Names, met: tuple[Met, ...], value: float
) -> Hit:
    return Hit(
        document.group,
        document.id,
        names,
        "",
        document.group,
        tuple(filter(None, document.countries.split(LIST_SEPARATOR))),
        "",
        document.box(things.boxes, WORLD),
        value,
        met=met,
        aside=document.aside,
    )


def _met(things: Things, item: int, query: Query, score: Score, shown: str) -> tuple[str, tuple[Met, ...]]:
    """Say which other name was met, and which texts beside the names."""
    if score.key is not None:
        return (score.key.text if score.key.text != shown else ""), ()
    keys = things.keys(item)
    own: dict[str, set[str]] = {}
    for key in keys:
        own.setdefault(key.text, set()).update(key.words)
    matched = ""
    found: dict[Met, None] = {}
    for asked in query.words:
        in_names = [name for name, words in own.items() if any(word_level(asked, word) for word in words)]
        if shown in in_names:
            continue
        level, field, text = _best_beside(things, item, asked)
        if in_names and level <= max(word_level(asked, word) for name in in_names for word in own[name]):
            matched = matched or in_names[0]
        elif level and field not in _SHOWN_ANYWAY:
            found[Met(field.name.lower(), _excerpt(text, asked))] = None
    return matched, tuple(found)


def _best_beside(things: Things, item: int, asked: str) -> tuple[float, Field, str]:
    """Give the text beside the names in which a word counts most, with its field and how well it is met."""
    best, found = 0.0, (0.0, Field.NAME, "")
    for field, text in things.beside(item):
        level = level_beside(asked, Beside.of(field, split_words(text)))
        if level * FIELD_WEIGHT[field] > best:
            best, found = level * FIELD_WEIGHT[field], (level, field, text)
    return found


def _excerpt(text: str, asked: str) -> str:
    """Give what stands around a word in a long text."""
    if len(text) <= 2 * _EXCERPT:
        return text
    at = max(0, text.casefold().find(asked))
    start = max(0, at - _EXCERPT)
    start = text.find(" ", start) + 1 if start and " " in text[start:at] else start
    end = at + _EXCERPT
    end = text.rfind(" ", at, end) if end < len(text) and " " in text[at + len(asked) : end] else end
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _view(things: Things, item: int, geometry: BaseGeometry | None) -> Box:
    """Give the degrees to be seen when one goes to a feature: its country where no more is known."""
    if geometry is None:
        return things.boxes.get(things.cell(item, "countries").split(LIST_SEPARATOR)[0], WORLD)
    return _box(geometry, things.cell(item, "precision"))


def _box(geometry: BaseGeometry, precision: str) -> Box:
    """Give the view of a feature: its extent, or for a point as much as its precision asks for."""
    box = extent(geometry)
    if box is None:
        return WORLD
    west, south, east, north = box
    reach = _REACH.get(precision, _FAR_REACH) if west == east and south == north else 0.0
    return (
        wrapped(west - reach),
        round(max(-90.0, south - reach), 4),
        wrapped(east + reach),
        round(min(90.0, north + reach), 4),
    )
