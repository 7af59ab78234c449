"""The catalog as a library: what the README promises, typed frames, single features."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import bri_map
from bri_map.catalog import Catalog
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LISTED
from bri_map.domain.vocabulary import Layer
from bri_map.errors import BriMapError, DataError, FeatureNotFoundError, FilterError
from tests.builders import Root
from tests.conftest import ROOT


def test_the_example_of_the_readme_runs_and_gives_what_it_says() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL)
    names: dict[str, object] = {}
    for statement in example.strip().splitlines():
        code, _, comment = statement.partition("#")
        if comment.strip().startswith("["):
            assert repr(eval(code, names)) == comment.strip()
        else:
            exec(code, names)


def test_every_public_name_is_there() -> None:
    assert all(hasattr(bri_map, name) for name in bri_map.__all__)
    for error in (DataError, FeatureNotFoundError, FilterError):
        assert issubclass(error, BriMapError)


class TestFrame:
    def test_values_are_typed(self, small_catalog: Catalog) -> None:
        frame = small_catalog.select(Filter(q="lao line")).frame(Layer.RAIL)
        assert isinstance(frame, gpd.GeoDataFrame)
        assert frame.crs == "EPSG:4326"
        row = frame.iloc[0]
        assert (row["length_km"], row["gauge_mm"], row["is_electrified"]) == (100.5, 1435, True)
        assert pd.isna(row["design_speed_kmh"])
        assert row["contractor"] == "Builder One;Builder Two"
        assert row.geometry.bounds == (101.7, 20.9, 102.1, 21.2)

    def test_it_has_the_features_of_the_selection(self, small_catalog: Catalog) -> None:
        wanted = Filter(country={"LAO"})
        frames = [small_catalog.select(wanted).frame(layer) for layer in Layer]
        assert [i for frame in frames for i in frame["id"]] == small_catalog.select(wanted).ids

    @pytest.mark.parametrize("layer", Layer)
    def test_nothing_found_is_an_empty_frame(self, layer: Layer, small_catalog: Catalog) -> None:
        frame = small_catalog.select(Filter(q="no such word")).frame(layer)
        assert len(frame) == 0
        assert frame.crs == "EPSG:4326"

    def test_a_layer_may_be_named(self, small_catalog: Catalog) -> None:
        assert len(small_catalog.select(Filter()).frame("rail")) == 2  # type: ignore[arg-type]

    def test_the_catalog_is_not_touched_by_changes_to_a_frame(self, small_catalog: Catalog) -> None:
        frame = small_catalog.select(Filter()).frame(Layer.PARKS)
        frame.loc[:, "name"] = "changed"
        assert small_catalog.get("lao-farm").name("en") == "Lao Farm"


class TestFeature:
    def test_it_has_everything_known(self, small_catalog: Catalog) -> None:
        dam = small_catalog.get("nam-dam")
        assert (dam.layer, dam.kind, dam.regions) == (Layer.PROJECTS, "energy-utilities", ("southeast-asia",))
        assert dam.values["cost_usd_million"] == 812.5
        assert dam.values["financier"] == ("A Bank",)
        assert dam.values["green_rating"] == "red"
        assert dam.values["completed"] is None
        assert dam.geometry.coords[0] == (102.1234, 19.5)

    def test_sources_have_their_locators(self, small_catalog: Catalog) -> None:
        paper, page, _ = small_catalog.get("lao-farm").citations
        assert (paper.id, paper.title, paper.locators) == (
            "ey-2020",
            "A paper of 2020",
            ("figure 6", "figure 8"),
        )
        assert (page.id, page.url, page.locators) == ("news-page", "https://news.example/a?b=1", ())

    def test_history_is_told_from_the_oldest(self, small: Root, tmp_path: Path) -> None:
        small.tables["status_history"].reverse()
        history = bri_map.load(small.write(tmp_path)).get("nam-dam").history
        assert [event.date for event in history] == ["2015", "2018-05-01"]

    def test_a_name_that_is_not_known_in_chinese_is_given_in_english(self, small_catalog: Catalog) -> None:
        assert small_catalog.get("lao-farm").name("zh") == "老挝农场"
        assert small_catalog.get("fiji-zone").name("zh") == "Fiji Zone"
        assert small_catalog.get("lao-farm").name("en") == "Lao Farm"

    def test_places_and_ids_lead_to_each_other(self, small_catalog: Catalog) -> None:
        for feature_id in small_catalog.ids:
            layer, index = small_catalog.position(feature_id)
            assert small_catalog.id_at(layer, index) == feature_id
            assert small_catalog.get(feature_id).layer is layer

    @pytest.mark.parametrize("index", [-1, 3, 10**9])
    def test_a_place_that_does_not_exist(self, index: int, small_catalog: Catalog) -> None:
        with pytest.raises(FeatureNotFoundError, match="parks has no feature number"):
            small_catalog.id_at(Layer.PARKS, index)

    @pytest.mark.parametrize("feature_id", ["", "nobody", "LAO-FARM", "0"])
    def test_an_id_that_does_not_exist(self, feature_id: str, small_catalog: Catalog) -> None:
        with pytest.raises(FeatureNotFoundError, match="There is no feature with the id"):
            small_catalog.get(feature_id)


class TestOptions:
    @pytest.mark.parametrize("facet", [name for name, facet in FACETS.items() if facet.vocabulary])
    def test_fixed_codes_keep_the_order_of_the_vocabulary(self, facet: str, catalog: Catalog) -> None:
        options = catalog.options(facet)
        order = [spec.id for spec in LISTED] if facet == "layer" else FACETS[facet].allowed
        assert list(options) == [code for code in order if code in options]

    @pytest.mark.parametrize("facet", FACETS)
    def test_every_option_that_is_offered_finds_something(self, facet: str, small_catalog: Catalog) -> None:
        counts = small_catalog.facets(Filter())[facet]
        if facet != "source":
            assert all(counts[code] for code in small_catalog.options(facet))

    def test_sources_say_how_much_rests_on_them(self, small_catalog: Catalog) -> None:
        assert small_catalog.sources()["features"].to_dict() == {
            "ey-2020": 2,
            "news-page": 11,
            "other-page": 3,
            "unused-page": 0,
        }


def test_counts_that_sessions_share_cannot_be_changed(small_catalog: Catalog) -> None:
    counts: Any = small_catalog.facets(Filter())
    with pytest.raises(TypeError):
        counts["layer"]["parks"] = 0
    with pytest.raises(TypeError):
        counts["layer"] = {}


def test_terms_of_the_data_set(small_catalog: Catalog) -> None:
    info = small_catalog.info
    assert (info.name, info.version, info.date) == ("small-atlas", "2031.2.3", "2031-02-03")
    assert (info.licence, info.attribution) == ("CC-BY-4.0", "The testers")


def test_the_environment_chooses_the_root(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRI_MAP_DATA", str(small_folder))
    assert len(bri_map.load()) == 11
    assert len(bri_map.load(ROOT)) > 400
    monkeypatch.setenv("BRI_MAP_DATA", "")
    assert len(bri_map.load()) > 400


def test_a_selection_knows_the_place_of_each_of_its_features(small_catalog: Catalog) -> None:
    for wanted in (Filter(), Filter(layer={"parks"}), Filter(country={"LAO"})):
        selection = small_catalog.select(wanted)
        ids = selection.ids
        assert [selection.rank(i) for i in small_catalog.ids] == [
            ids.index(i) if i in ids else None for i in small_catalog.ids
        ]
        assert [selection.id_at(rank) for rank in range(-1, len(ids) + 1)] == [ids[-1], *ids, ids[0]]
