"""The catalog: every feature of a data root, immutable, with one filter engine."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry.base import BaseGeometry

from bri_map.cache import Cache
from bri_map.data.derive import in_order
from bri_map.data.geometry import point_text
from bri_map.data.naming import Naming
from bri_map.data.root import DataRoot
from bri_map.domain.codes import codes
from bri_map.domain.facets import FACETS
from bri_map.domain.fact_tables import POSITION
from bri_map.domain.filter import Filter
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, LISTED
from bri_map.domain.names import ORIGINAL, Names
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.evidence.facts import FeatureFacts, sources_of
from bri_map.evidence.feature import Citation, Feature, Said, typed_value
from bri_map.evidence.translations import Translations
from bri_map.query.build import FacetIndexes, build_text
from bri_map.query.facets import FilterEngine, Mask
from bri_map.query.history import StatusHistory
from bri_map.query.known import KnownIds
from bri_map.query.neighbours import Neighbour, find_near, find_nearest
from bri_map.query.ranges import RangeIndexes
from bri_map.query.selection import Selection
from bri_map.query.timeline import Timeline, build_timeline, years_of
from bri_map.query.totals import TotalsIndex
from bri_map.snapshot import Snapshot, read_snapshot

if TYPE_CHECKING:
    from bri_map.query.shares import Sharer
    from bri_map.query.spatial import SpatialIndex
    from bri_map.search import Searcher, SearchResult

_REMEMBERED = 64
_TIMELINES_REMEMBERED = 4


def load(path: str | os.PathLike[str] | DataRoot | None = None) -> Catalog:
    """Load a data root.

    Args:
        path: Folder with `data/` and `geo/`; by default `BRI_MAP_DATA`, else the data shipped.

    Raises:
        DataError: The root has faults; the error's report names each with file, row, id and remedy.
    """
    root = path if isinstance(path, DataRoot) else DataRoot.find(path)
    return Catalog(root, read_snapshot(root, Cache.find()))


class Catalog:
    """Every feature of a data root. Build it with `load`.

    Features are numbered through all layers, as `LAYERS` has them, then by id. Parts are made when asked for.

    Attributes:
        root: The data root.
        info: Name, version, date and terms of the data set.
        key: Stands for the data in the user's cache; None where they cannot be kept.
        features: The features as columns.
    """

    def __init__(self, root: DataRoot, snapshot: Snapshot) -> None:
        self.root = root
        self.info = snapshot.info
        self.key = snapshot.key
        self.features = snapshot.features
        self._tables = snapshot.tables
        self.select = lru_cache(maxsize=_REMEMBERED)(self._select)
        self.facets = lru_cache(maxsize=_REMEMBERED)(lambda wanted: self.engine.counts(wanted))
        self.timeline = lru_cache(maxsize=_TIMELINES_REMEMBERED)(self._timeline)
        self._nearest = lru_cache(maxsize=_REMEMBERED)(
            lambda *asked: find_nearest(self.features, self.places, *asked)
        )

    def prepare(self) -> None:
        """Make what the first question would wait for, the index of the search apart."""
        self.engine.prepare()
        _ = self.select(Filter()).totals(), self.sources(), self.translations, self.years

    @cached_property
    def _sources(self) -> pd.DataFrame:
        return self._tables["sources"].set_index("id", drop=False).rename_axis(None)

    @cached_property
    def _countries(self) -> pd.DataFrame:
        return self._tables["countries"].set_index("iso3", drop=False).rename_axis(None)

    @cached_property
    def naming(self) -> Naming:
        """What things are called in each language."""
        return Naming(self._tables["names"])

    @cached_property
    def _region_of(self) -> dict[str, str]:
        return dict(zip(self._countries["iso3"], self._countries["region"], strict=True))

    @cached_property
    def country_names(self) -> Mapping[str, Names]:
        """The names of every country of the data, by ISO 3166-1 alpha-3."""
        return self.naming.by_id(self._countries, "iso3")

    @cached_property
    def organisation_names(self) -> Mapping[str, Names]:
        """The names of every organisation of the data, by id."""
        return self.naming.by_id(self._tables["organisations"], "id")

    @cached_property
    def translations(self) -> Translations:
        """Texts of the data in other languages."""
        rows = {LAYER_TABLES[layer].name: rows for layer, rows in self.features.rows.items()}
        return Translations({**self._tables, **rows})

    @cached_property
    def _facts(self) -> FeatureFacts:
        return FeatureFacts(self._tables, self.features.known, self.naming)

    @cached_property
    def _source_pairs(self) -> pd.DataFrame:
        return self._facts.source_pairs()

    @cached_property
    def history(self) -> StatusHistory:
        """Status of every feature in every year."""
        return StatusHistory(in_order(self._tables["status_history"]), self.features.known)

    @cached_property
    def places(self) -> SpatialIndex:
        """Index of the geometry."""
        from bri_map.query.spatial import SpatialIndex  # brings pyproj

        return SpatialIndex(self.features.every_shape())

    @cached_property
    def engine(self) -> FilterEngine:
        """Answers filters."""
        features = self.features
        return FilterEngine(
            features.slices,
            FacetIndexes(features, self._countries["region"], self._facts.code_pairs, self._sources.index),
            RangeIndexes(features, self._facts.range_values),
            lambda: build_text(features, self.country_names, self._facts.search_texts()),
            lambda: self.history,
            lambda: self.places,
            features.geometry_of,
        )

    @cached_property
    def totals(self) -> TotalsIndex:
        """Adds up what is selected."""
        return TotalsIndex(self.features, self.places, self._tables)

    @cached_property
    def sharer(self) -> Sharer:
        """Shares out what is selected."""
        from bri_map.query.borders import Borders  # with what follows brings pyproj
        from bri_map.query.shares import Sharer

        borders = Borders(self.features, self.root.basemap_directory(), self.key)
        return Sharer(self.features, self.engine, self.totals, borders, self._region_of)

    @cached_property
    def years(self) -> range:
        """Years in which something is told, up to the date of the data."""
        return years_of(self.history, self.info.date)

    @cached_property
    def searcher(self) -> Searcher:
        """Finds features, countries and towns by name."""
        from bri_map.search import Searched, Searcher

        cited = self._source_pairs["position"].to_numpy(dtype=np.intp)
        parts = (self.features, self._tables, self.country_names, self.naming, self.translations, cited)
        return Searcher(Searched(*parts, self.root.basemap_directory(), self.key))

    def __len__(self) -> int:
        return len(self.features)

    @property
    def ids(self) -> pd.Index:
        """Ids of all features, in order."""
        return self.features.ids

    @property
    def slices(self) -> Mapping[LayerId, slice]:
        """Where each layer's features lie in that order."""
        return self.features.slices

    def _select(self, wanted: Filter) -> Selection:
        totals, sharer = lambda: self.totals, lambda: self.sharer
        return Selection(self.features, self.engine, totals, sharer, self.check(wanted))

    def _timeline(self, wanted: Filter) -> Timeline:
        return build_timeline(self.engine, self.history, self.years, self.check(wanted))

    def check(self, wanted: Filter) -> Filter:
        """Check the ids in a filter, and put the feature that stands for a retired one in its place.

        Raises:
            FilterError: An id does not exist.
        """
        return self._known.check(wanted)

    def search(self, text: str, limit: int = 20, language: str = ORIGINAL) -> SearchResult:
        """Find features, countries and towns by any of their names.

        English, Chinese in both scripts, pinyin and its initials, former and local names; accents, hyphens
        and order do not matter, words may be unfinished, typing errors are forgiven if nothing else is found.
        Before the index of many features is there, only names and ids are scanned (`is_preliminary`).

        Args:
            text: What to look for.
            limit: The most hits, 1 to 50.
            language: Whose name counts as the one shown; the ranking is the same.

        Raises:
            FilterError: The text is too long, or the limit out of range.
        """
        return self.searcher.search(text, limit, language)

    def known(self) -> Mapping[str, Collection[str]]:
        """Give the ids that exist, for the parts of a filter that name data.

        For `near` that is a mapping from each id to the id that stands for it now.
        """
        return self._known

    @cached_property
    def _known(self) -> KnownIds:
        return KnownIds(self.features, self._tables, lambda: self.engine)

    def options(self, facet: str) -> tuple[str, ...]:
        """Give the codes of a facet that some feature has, in the order of the vocabulary if it is fixed."""
        if facet == "layer":
            return tuple(spec.id for spec in LISTED)
        present = self.engine.codes(facet)
        if not FACETS[facet].vocabulary:
            return present
        return tuple(code for code in FACETS[facet].allowed if code in present)

    def rows(self, layer: LayerId) -> pd.DataFrame:
        """Give the table of a layer as text, sorted by id."""
        return self.features.rows[layer]

    def geometry(self, layer: LayerId) -> npt.NDArray[np.object_]:
        """Give the geometry of a layer in EPSG:4326, in the order of its rows."""
        return self.features.shapes[layer]

    def as_of(self, year: int) -> pd.Series:
        """Give the status of every feature at the end of a year, by id.

        It is empty where a history begins later, and "unknown" where nothing is dated.
        """
        return pd.Series(self.engine.statuses(year), index=self.ids, name="status", dtype="str")

    def near(
        self, place: str | tuple[float, float], km: float, wanted: Filter | None = None
    ) -> list[Neighbour]:
        """Give the features within a geodesic distance, the nearest first.

        Args:
            place: Id of a feature, or longitude and latitude in degrees.
            km: The distance in kilometres.
            wanted: Only features that match this filter.

        Raises:
            FeatureNotFoundError: There is no such feature.
            FilterError: The place or the distance makes no sense.
        """
        among = self.select(wanted or Filter()).mask
        return find_near(self.features, self.places, place, km, among)

    def nearest(self, feature_id: str, kind: str, count: int = 1) -> list[Neighbour]:
        """Give the features of a layer or of a kind that are nearest to a feature, the nearest first.

        Args:
            feature_id: The feature; it is not its own neighbour.
            kind: A layer such as `rail`; or a park type, sector or kind of line such as `ports`.
            count: How many at most.

        Raises:
            FeatureNotFoundError: There is no such feature.
            FilterError: There is no such layer or kind.
        """
        return list(self._nearest(feature_id, kind, count))

    def geometry_of(self, feature_id: str) -> BaseGeometry | None:
        """Give the geometry of a feature in EPSG:4326; None where only its country is known.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        return self.features.geometry_of(feature_id)

    def country_name(self, iso3: str, language: str) -> str:
        """Give the name of a country in a language, or the English one where none is known."""
        return self.country_names[iso3][language]

    def sources(self) -> pd.DataFrame:
        """Give the table of sources, with `features`, the number of features that rest on each."""
        counts = self.facets(Filter())["source"]
        return self._sources.assign(features=self._sources["id"].map(counts).astype("int64"))

    def regions(self, countries: tuple[str, ...]) -> tuple[str, ...]:
        """Give the regions of countries, each once, in the order of the vocabulary."""
        found = {self._region_of[iso3] for iso3 in countries}
        return tuple(code for code in codes("region") if code in found)

    def source_ids(self, layer: LayerId, at: npt.NDArray[np.intp] | None = None) -> list[tuple[str, ...]]:
        """Give the ids of the sources of features of a layer: those at some places in it, or all."""
        part = self.slices[layer]
        numbers = np.arange(part.start, part.stop) if at is None else at + part.start
        return sources_of(self._source_pairs, numbers)

    def cited(self, mask: Mask) -> list[str]:
        """Give the ids of the sources on which the features of a mask rest, each once, sorted."""
        pairs = self._source_pairs
        return sorted(pairs["source_id"][mask[pairs["position"].to_numpy()]].unique())

    def position(self, feature_id: str) -> tuple[LayerId, int]:
        """Give the layer of a feature and its place in that layer.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        return self.features.position(feature_id)

    def id_at(self, layer: LayerId, index: int) -> str:
        """Give the id of the feature at a place in a layer.

        Raises:
            FeatureNotFoundError: The layer has no such place.
        """
        return self.features.id_at(layer, index)

    def get(self, feature_id: str) -> Feature:
        """Give one feature with sources and history.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        layer, index = self.position(feature_id)
        texts = self.features.row(layer, index)
        return Feature(
            id=feature_id,
            layer=layer,
            values={c.name: typed_value(texts[c.name], c) for c in LAYER_TABLES[layer].fields},
            regions=self.regions(tuple(texts["countries"].split(LIST_SEPARATOR))),
            geometry=self.features.shapes[layer][index],
            citations=self._facts.citations(self.slices[layer].start + index),
            **self.said(layer, index, texts).parts(),
        )

    def said(self, layer: LayerId, index: int, texts: Mapping[str, str]) -> Said:
        """Give what the sources say of the feature at a place in a layer, of which `texts` is the row."""
        geometry = self.features.shapes[layer][index]
        shown = {**texts, POSITION: point_text(geometry)}
        return self._facts.said(self.slices[layer].start + index, shown, LAYER_TABLES[layer])

    def citation(self, source_id: str) -> Citation:
        """Give a source by its id."""
        return self._facts.citation(source_id)

    def name(self, feature_id: str, language: str) -> str:
        """Give the name of a feature in a language, or the English one where none is known.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        layer, index = self.position(feature_id)
        return self.naming.of(feature_id, self.features.row(layer, index))[language]

    def successor(self, feature_id: str) -> str | None:
        """Give the feature that stands for a retired id, if there is one."""
        return self.features.current_ids.successor(feature_id)

    def table(self, name: str) -> pd.DataFrame:
        """Give a table of the data root as text, such as `distributions`."""
        return self._tables[name]

    def unlocated(self, selection: Selection) -> list[str]:
        """Give the ids of the selected features that the map cannot show, in the catalog's order."""
        return [str(i) for i in self.ids[selection.mask & ~self.places.is_located]]
