"""The catalog: every feature of a data root, immutable, with one filter engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from bri_map.catalog.derive import derive, in_order
from bri_map.catalog.dossier import Dossiers
from bri_map.catalog.facets import FilterEngine, build_facet, build_facet_from_pairs
from bri_map.catalog.feature import Citation, Feature, typed_value
from bri_map.catalog.geometry import point_text
from bri_map.catalog.history import StatusHistory
from bri_map.catalog.ids import CurrentIds
from bri_map.catalog.neighbours import Neighbour, find_near, find_nearest
from bri_map.catalog.root import DataRoot, DatasetInfo
from bri_map.catalog.search import Searcher, SearchResult
from bri_map.catalog.selection import Selection
from bri_map.catalog.spatial import SpatialIndex
from bri_map.catalog.text import TextIndex, names_by
from bri_map.catalog.timeline import build_timeline
from bri_map.catalog.totals import TotalsIndex
from bri_map.catalog.wording import read_translations
from bri_map.domain.fact_tables import POSITION
from bri_map.domain.filter import FACET_VOCABULARY, FACETS, Filter, suggest
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.domain.tables import LAYER_TABLES
from bri_map.domain.vocabulary import Layer, RecordStatus, codes
from bri_map.errors import FeatureNotFoundError, FilterError

_SEARCHED = ("name", "name_zh", "locality")
_REMEMBERED = 64
_TIMELINES_REMEMBERED = 4


class Catalog:
    """Every feature of a data root. Build it with `load`.

    Features are numbered through all layers, in the order of `Layer` and by id inside a layer.

    Attributes:
        root: The data root.
        info: Name, version, date and terms of the data set.
        ids: Ids of all features, in order.
        slices: Where each layer's features lie in that order.
        translations: English texts of the data to Chinese ones.
    """

    def __init__(
        self,
        root: DataRoot,
        info: DatasetInfo,
        tables: Mapping[str, pd.DataFrame],
        geometry: Mapping[Layer, gpd.GeoSeries],
    ) -> None:
        self.root = root
        self.info = info
        self._tables = dict(tables)
        self._rows: dict[Layer, pd.DataFrame] = {}
        self._geometry: dict[Layer, npt.NDArray[np.object_]] = {}
        self.slices: dict[Layer, slice] = {}
        start = 0
        for layer, table in LAYER_TABLES.items():
            rows = tables[table.name].loc[:, list(table.column_names)]
            rows = rows[rows["record"] == RecordStatus.PUBLISHED]
            rows = rows.sort_values("id", ignore_index=True)
            self._rows[layer] = rows
            self._geometry[layer] = geometry[layer].reindex(rows["id"]).to_numpy()
            self.slices[layer] = slice(start, start + len(rows))
            start += len(rows)
        derive(self._rows, tables, info.date)
        self.ids = pd.Index(pd.concat([rows["id"] for rows in self._rows.values()], ignore_index=True))
        self._sources = tables["sources"].set_index("id", drop=False).rename_axis(None)
        self._countries = tables["countries"].set_index("iso3", drop=False).rename_axis(None)
        self._country_names = names_by(self._countries, "iso3")
        self._retired = tables["retired"].set_index("id", drop=False).rename_axis(None)
        self.translations = read_translations(tables["translations"])
        self._dossiers = Dossiers(tables, self.ids)
        self._source_pairs = self._dossiers.source_pairs()
        self.history = StatusHistory(in_order(tables["status_history"]), self.ids)
        self.places = SpatialIndex(np.concatenate(list(self._geometry.values())))
        self.current_ids = CurrentIds(self.ids, self._retired["successor_id"])
        self.engine = FilterEngine(
            self.slices,
            self._build_facets(),
            self._build_text(),
            self.history,
            self.places,
            self.geometry_of,
        )
        self.select = lru_cache(maxsize=_REMEMBERED)(self._select)
        self.facets = lru_cache(maxsize=_REMEMBERED)(self.engine.counts)
        self.timeline = lru_cache(maxsize=_TIMELINES_REMEMBERED)(partial(build_timeline, self))
        self._nearest = lru_cache(maxsize=_REMEMBERED)(partial(find_nearest, self))
        self.searcher = Searcher(self)

    def __len__(self) -> int:
        return len(self.ids)

    def _build_facets(self) -> dict[str, Any]:
        regions = {str(iso3): (str(region),) for iso3, region in self._countries["region"].items()}
        columns = {
            "type": self._cells("type"),
            "status": self._cells("status"),
            "sector": self._cells("sector"),
            "precision": self._cells("precision"),
            "freshness": self._cells("freshness"),
            "country": self._cells("countries"),
            "corridor": self._cells("corridors"),
        }
        facets = {facet: build_facet(cells) for facet, cells in columns.items()}
        facets["region"] = build_facet(columns["country"], translate=regions)
        facets["crosses"] = build_facet(
            [
                cells.where(shapely.get_dimensions(geometry) == 1, "")
                for cells, geometry in zip(columns["country"], self._geometry.values(), strict=True)
            ]
        )
        pairs = self._source_pairs
        facets["source"] = build_facet_from_pairs(
            len(self.ids), pairs["position"].to_numpy(), pairs["source_id"], self._sources.index
        )
        return facets

    def _cells(self, column: str) -> list[pd.Series]:
        return [
            rows[column] if column in rows else pd.Series("", index=rows.index, dtype="str")
            for rows in self._rows.values()
        ]

    def _build_text(self) -> TextIndex:
        names = {iso3: " ".join(both) for iso3, both in self._country_names.items()}
        texts: list[str] = []
        further = self._dossiers.search_texts()
        for rows in self._rows.values():
            parts = [rows[column] for column in _SEARCHED if column in rows]
            where = rows["countries"].map(
                {
                    cell: " ".join(names.get(iso3, iso3) for iso3 in cell.split(LIST_SEPARATOR))
                    for cell in rows["countries"].unique()
                }
            )
            more = further[len(texts) : len(texts) + len(rows)]
            texts.extend(map("\n".join, zip(rows["id"], *parts, where, more, strict=True)))
        return TextIndex(texts)

    def _select(self, wanted: Filter) -> Selection:
        checked = self.check(wanted)
        return Selection(self, checked, self.engine.mask(checked))

    def check(self, wanted: Filter) -> Filter:
        """Check the ids in a filter, and put the feature that stands for a retired one in its place.

        Raises:
            FilterError: An id does not exist.
        """
        for facet, known in self.known().items():
            if facet in FACETS:
                for code in sorted(getattr(wanted, facet).difference(known)):
                    raise FilterError(f"Unknown {facet} {code!r}. {suggest(code, known)}")
        asked = wanted.near.feature if wanted.near else None
        if wanted.near is None or asked is None or asked in self.ids:
            return wanted
        current = self.current_ids.get(asked)
        if current is None:
            raise FilterError(f"near: {self._not_found(asked)} {self.current_ids.suggest(asked)}".rstrip())
        return wanted.with_near(replace(wanted.near, place=current))

    def search(self, text: str, limit: int = 20, language: str = "en") -> SearchResult:
        """Find features, countries and towns by any of their names.

        English, Chinese in both scripts, pinyin and its initials, former and local names; accents, hyphens
        and order do not matter, words may be unfinished, typing errors are forgiven if nothing else is found.

        Args:
            text: What to look for.
            limit: The most hits, 1 to 50.
            language: `en` or `zh`: the name that counts as the one shown; the ranking is the same.

        Raises:
            FilterError: The text is too long, or the limit out of range.
        """
        return self.searcher.search(text, limit, language)

    def known(self) -> dict[str, Collection[str]]:
        """Give the ids that exist, for the parts of a filter that name data.

        For `near` that is a mapping from each id to the id that stands for it now.
        """
        return self._known

    @cached_property
    def _known(self) -> dict[str, Collection[str]]:
        countries = frozenset(self._countries.index)
        return {
            "country": countries,
            "crosses": countries,
            "corridor": frozenset(self._rows[Layer.CORRIDORS]["id"]),
            "source": frozenset(self._sources.index),
            "near": self.current_ids,
        }

    def options(self, facet: str) -> tuple[str, ...]:
        """Give the codes of a facet that some feature has, in the order of the vocabulary if it is fixed."""
        present = set(self.engine.codes(facet))
        if facet in FACET_VOCABULARY:
            return tuple(code for code in codes(facet) if code in present)
        return tuple(self.engine.codes(facet))

    def rows(self, layer: Layer) -> pd.DataFrame:
        """Give the table of a layer as text, sorted by id."""
        return self._rows[layer]

    def geometry(self, layer: Layer) -> npt.NDArray[np.object_]:
        """Give the geometry of a layer in EPSG:4326, in the order of its rows."""
        return self._geometry[layer]

    def as_of(self, year: int) -> pd.Series:
        """Give the status of every feature at the end of a year, by id.

        It is empty where a history begins later, and "unknown" where nothing is dated.
        """
        names = np.full(256, "", dtype=object)
        names[: len(codes("status"))] = codes("status")
        return pd.Series(names[self.history.status_in(year)], index=self.ids, name="status", dtype="str")

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
        return find_near(self, place, km, wanted or Filter())

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

    @cached_property
    def totals(self) -> TotalsIndex:
        """What is added up of a selection."""
        return TotalsIndex(self)

    def geometry_of(self, feature_id: str) -> BaseGeometry:
        """Give the geometry of a feature in EPSG:4326.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        layer, index = self.position(feature_id)
        geometry: BaseGeometry = self._geometry[layer][index]
        return geometry

    def country_name(self, iso3: str, language: str) -> str:
        """Give the name of a country."""
        return self._country_names[iso3][language == "zh"]

    def sources(self) -> pd.DataFrame:
        """Give the table of sources, with `features`, the number of features that rest on each."""
        counts = self.facets(Filter())["source"]
        return self._sources.assign(features=self._sources["id"].map(counts).astype("int64"))

    def regions(self, countries: tuple[str, ...]) -> tuple[str, ...]:
        """Give the regions of countries, each once, in the order of the vocabulary."""
        found = {self._countries.at[iso3, "region"] for iso3 in countries}
        return tuple(code for code in codes("region") if code in found)

    def source_ids(self, layer: Layer) -> list[tuple[str, ...]]:
        """Give the ids of the sources of each feature of a layer, in the order of its rows."""
        part = self.slices[layer]
        links = self._source_pairs
        links = links[(links["position"] >= part.start) & (links["position"] < part.stop)]
        result: list[list[str]] = [[] for _ in range(part.stop - part.start)]
        for position, source_id in links.itertuples(index=False):
            result[position - part.start].append(source_id)
        return [tuple(ids) for ids in result]

    def number(self, feature_id: str) -> int:
        """Give the place of a feature among all features.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        try:
            return int(self.ids.get_loc(feature_id))
        except KeyError:
            raise FeatureNotFoundError(self._not_found(feature_id)) from None

    def source_positions(self) -> npt.NDArray[np.intp]:
        """Give the number of a feature once for each source that it rests on."""
        return self._source_pairs["position"].to_numpy(dtype=np.intp)

    def position(self, feature_id: str) -> tuple[Layer, int]:
        """Give the layer of a feature and its place in that layer.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        number = self.number(feature_id)
        layer = next(layer for layer, part in self.slices.items() if part.start <= number < part.stop)
        return layer, number - self.slices[layer].start

    def id_at(self, layer: Layer, index: int) -> str:
        """Give the id of the feature at a place in a layer.

        Raises:
            FeatureNotFoundError: The layer has no such place.
        """
        part = self.slices[layer]
        if not 0 <= index < part.stop - part.start:
            raise FeatureNotFoundError(f"The layer {layer.value} has no feature number {index}.")
        return str(self.ids[part.start + index])

    def get(self, feature_id: str) -> Feature:
        """Give one feature with sources and history.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        layer, index = self.position(feature_id)
        row = self._rows[layer].iloc[index]
        table, position = LAYER_TABLES[layer], self.slices[layer].start + index
        geometry = self._geometry[layer][index]
        texts = {column.name: str(row[column.name]) for column in table.fields}
        said = self._dossiers
        return Feature(
            id=feature_id,
            layer=layer,
            values={column.name: typed_value(texts[column.name], column) for column in table.fields},
            regions=self.regions(tuple(texts["countries"].split(LIST_SEPARATOR))),
            geometry=geometry,
            citations=said.citations(position),
            provenance=said.provenance(position, texts | {POSITION: point_text(geometry)}, table),
            history=said.history(position),
            costs=said.costs(position),
            quantities=said.quantities(position),
            participants=said.participants(position),
            names=said.names(position),
            relations=said.relations(position),
            memberships=said.memberships(position),
        )

    def citation(self, source_id: str) -> Citation:
        """Give a source by its id."""
        return self._dossiers.citation(source_id)

    def name(self, feature_id: str, language: str) -> str:
        """Give the name of a feature in a language, or the English one where none is known.

        Raises:
            FeatureNotFoundError: There is no such feature.
        """
        layer, index = self.position(feature_id)
        row = self._rows[layer].iloc[index]
        return str((row["name_zh"] if language == "zh" else "") or row["name"])

    def successor(self, feature_id: str) -> str | None:
        """Give the feature that stands for a retired id, if there is one."""
        if feature_id not in self._retired.index:
            return None
        return str(self._retired.at[feature_id, "successor_id"]) or None

    def table(self, name: str) -> pd.DataFrame:
        """Give a table of the data root as text, such as `distributions`."""
        return self._tables[name]

    def _not_found(self, feature_id: str) -> str:
        message = f"There is no feature with the id {feature_id!r}."
        if feature_id not in self._retired.index:
            return message
        row = self._retired.loc[feature_id]
        successor = f" See {row['successor_id']!r}." if row["successor_id"] else ""
        return f"The id {feature_id!r} was retired on {row['retired']}: {row['reason']}{successor}"
