"""Search: the forms of names, the ranking, what is forgiven, what a hit says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest

import bri_map
from bri_map.cache import ENVIRONMENT_VARIABLE
from bri_map.catalog import Catalog
from bri_map.data.root import DataRoot
from bri_map.domain.country_names import COUNTRY_NAMES
from bri_map.domain.filter import TEXT_LIMIT
from bri_map.domain.layers import LAYERS
from bri_map.domain.search import KIND_WORDS, LAYER_WORDS, MAX_HITS, kind_text
from bri_map.errors import DataError, FilterError
from bri_map.folding import pinyin, split_words
from bri_map.search import searcher, things
from bri_map.search.hits import PLACE_GROUP, Met
from bri_map.search.index import SearchIndex
from bri_map.search.keys import Field, drop_tones, name_keys
from bri_map.search.ranking import Beside, Query, best_score
from bri_map.search.stored import index_key
from bri_map.search.terms import TermIndex, TermIndexBuilder
from bri_map.search.things import Searched
from tests.builders import Root


def first(catalog: Catalog, text: str) -> str:
    """Give the id of the first hit."""
    hits = catalog.search(text).hits
    return hits[0].id if hits else ""


class TestWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Addis Ababa-Djibouti", ("addis", "ababa", "djibouti")),
            ("Côte d'Ivoire", ("cote", "divoire")),
            ("Côte d’Ivoire", ("cote", "divoire")),
            ("中老鐵路", ("中老铁路",)),
            ("2Africa海底光纜", ("2africa", "海底光缆")),
            ("ＣＰＥＣ", ("cpec",)),
            ("Đồng Đăng", ("dong", "dang")),
            ("Øresund Łódź ıstanbul", ("oresund", "lodz", "istanbul")),
            ("Великий камень", ("великии", "камень")),
            ("中国—中亚（一期）", ("中国", "中亚", "一期")),
            (" - ", ()),
        ],
    )
    def test_they_are_folded(self, text: str, words: tuple[str, ...]) -> None:
        assert split_words(text) == words

    def test_pinyin_knows_the_reading_in_a_phrase(self) -> None:
        assert pinyin("重庆") == ("chong", "qing")
        assert pinyin("长沙银行") == ("chang", "sha", "yin", "hang")
        assert pinyin("绿") == ("lu",)

    def test_tone_numbers_go_only_if_every_word_has_one(self) -> None:
        assert drop_tones(("zhong1", "lao3")) == ("zhong", "lao")
        assert drop_tones(("line", "2")) == ("line", "2")
        assert drop_tones(("line2", "x")) == ("line2", "x")


class TestNames:
    @staticmethod
    def compacts(name: str, field: Field = Field.NAME) -> dict[str, Field]:
        return {key.compact: key.field for key in name_keys(name, field)}

    def test_brackets_may_be_left_out_or_stand_alone(self) -> None:
        assert set(self.compacts("Some Railway (SRX)")) == {"somerailway", "somerailwaysrx", "srx"}
        assert "巨石" in self.compacts("中白工业园（巨石）")

    def test_abbreviations_go_both_ways(self) -> None:
        assert "westsez" in self.compacts("West Special Economic Zone")
        assert "westspecialeconomiczone" in self.compacts("West SEZ")

    def test_a_port_of_a_place_is_the_place_s_port(self) -> None:
        assert "piraeusport" in self.compacts("Port of Piraeus")

    def test_chinese_names_have_pinyin_and_initials(self) -> None:
        found = self.compacts("中老铁路")
        assert found["zhonglaotielu"] is Field.PINYIN
        assert found["zltl"] is Field.INITIALS


class TestLexicon:
    @pytest.fixture
    def lexicon(self) -> TermIndex:
        gatherer = TermIndexBuilder()
        words = [(("port", Field.NAME), ("great", Field.NAME)), (("porto", Field.PLACE),)]
        gatherer.take(np.array([0, 1, 0]), np.array([7, 8, 9]), words)
        return gatherer.lexicon()

    def test_words_are_found_whole_by_beginning_and_by_part(self, lexicon: TermIndex) -> None:
        def things(numbers: np.ndarray) -> list[tuple[int, int]]:
            items, fields = lexicon.occurrences(numbers)
            return sorted(zip(items.tolist(), fields.tolist(), strict=True))

        assert things(lexicon.exactly("port")) == [(7, 0), (9, 0)]
        assert things(lexicon.beginning_with("port")) == [(7, 0), (8, Field.PLACE), (9, 0)]
        assert things(lexicon.containing("rt")) == [(7, 0), (8, Field.PLACE), (9, 0)]
        assert things(lexicon.exactly("por")) == []
        assert things(lexicon.beginning_with("zz")) == []

    def test_near_words_come_with_their_errors(self, lexicon: TermIndex) -> None:
        assert lexicon.like("prot", 1) == [("port", 1)]
        assert lexicon.like("xxxx", 1) == []
        assert lexicon.like_whole("graet", 1) == [("great", 1)]

    def test_an_empty_one_finds_nothing(self) -> None:
        empty = TermIndexBuilder().lexicon()
        assert len(empty) == 0
        assert empty.exactly("x").size == empty.containing("x").size == 0
        assert empty.like("word", 2) == []


class TestRanking:
    @staticmethod
    def score(query: str, name: str, *context: str, field: Field = Field.NAME) -> float:
        beside = [Beside.of(Field.COUNTRY, split_words(text)) for text in context]
        return best_score(Query.parse(query), tuple(name_keys(name, field)), beside).value

    def test_exact_before_beginning_before_words_before_parts(self) -> None:
        names = ("Lamu", "Lamu Port", "Port near Lamu", "Portlamund")
        scores = [self.score("lamu", name) for name in names]
        assert scores == sorted(scores, reverse=True)
        assert len(set(scores)) == len(scores)
        assert scores[-1] > 0 == self.score("lamu", "Mombasa")

    def test_the_name_before_another_name(self) -> None:
        assert self.score("lamu", "Lamu") > self.score("lamu", "Lamu", field=Field.OTHER_NAME)

    def test_the_shorter_before_the_longer(self) -> None:
        assert self.score("lamu", "Lamu Port") > self.score("lamu", "Lamu Coal Power Plant")

    def test_a_beginning_at_a_word_before_one_inside_it(self) -> None:
        assert self.score("lam", "Lam Port") > self.score("lam", "Lamu Prt")

    def test_words_in_any_order(self) -> None:
        assert self.score("port lamu", "Lamu Port") == pytest.approx(97)
        assert self.score("lamu kenya", "Lamu Port", "Kenya") > self.score("lamu chad", "Lamu Port") == 0

    def test_parts_do_not_reach_over_words(self) -> None:
        assert self.score("teda", "United Arab Emirates") == 0
        assert self.score("unitedarab", "United Arab Emirates") > 90

    def test_pinyin_is_met_at_syllables(self) -> None:
        assert self.score("laotielu", "中老铁路") > 60
        assert self.score("aotielu", "中老铁路") == 0
        assert self.score("zhonglaot", "中老铁路") > 60


class TestSmallCatalog:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("lao line", "lao-line"),
            ("LAO-LINE", "lao-line"),
            ("boten line", "lao-line"),
            ("laos", "LAO"),
            ("rayong zone", "rayong-zone"),
            ("斐濟公路", "fiji-road"),
            ("huoerguosi", "khorgos-hub"),
            ("kazakhstan logistics", "khorgos-hub"),
            ("luang dam", "nam-dam"),
            ("南坝水电", "nam-dam"),
            ("mekong cabel", "mekong-cable"),
            ("hanoi", "Hanoi@105.841,21.0245"),
        ],
    )
    def test_what_comes_first(self, text: str, expected: str, small_catalog: Catalog) -> None:
        assert first(small_catalog, text) == expected

    def test_a_hit_says_what_it_is(self, small_catalog: Catalog) -> None:
        hit = small_catalog.search("boten line").hits[0]
        assert (hit.group, hit.kind, hit.kind_vocabulary) == ("rail", "conventional", "rail_kind")
        assert (hit.names.known, hit.matched) == ({"en": "Lao Line", "zh": "老线"}, "Boten Line")
        assert (hit.countries, hit.index) == (("CHN", "LAO"), 0)

    def test_the_name_shown_depends_on_the_language_the_ranking_does_not(
        self, small_catalog: Catalog
    ) -> None:
        english, chinese = (small_catalog.search("lao", language=language).hits for language in ("en", "zh"))
        assert [hit.id for hit in english] == [hit.id for hit in chinese]
        shown = {hit.id: hit.matched for hit in chinese}
        assert shown["lao-line"] == "Lao Line"
        assert {hit.id: hit.matched for hit in english}["lao-line"] == ""

    def test_the_view_of_a_point_follows_its_precision(self, small_catalog: Catalog) -> None:
        def width(text: str) -> float:
            west, _, east, _ = small_catalog.search(text).hits[0].bbox
            return east - west

        assert width("rayong zone") < width("khorgos hub")
        assert width("lao line") > 0

    def test_a_country_over_the_antimeridian_has_west_above_east(self, small_catalog: Catalog) -> None:
        west, south, east, north = small_catalog.search("fiji").hits[0].bbox
        assert west > 170 > 0 > east
        assert south < -12 > north - 10

    def test_groups_keep_the_ranking(self, small_catalog: Catalog) -> None:
        result = small_catalog.search("fiji")
        groups = result.groups()
        assert next(iter(groups)) == "country"
        assert sorted(hit.id for hits in groups.values() for hit in hits) == sorted(h.id for h in result.hits)

    def test_what_was_meant_is_said_only_after_an_error(self, small_catalog: Catalog) -> None:
        assert small_catalog.search("khorgos hub").did_you_mean == ""
        assert small_catalog.search("khorgus hub").did_you_mean == "khorgos hub"
        assert small_catalog.search("霍尔过斯枢纽").did_you_mean == "霍尔果斯枢纽"

    @pytest.mark.parametrize("text", ["", "  ", "—", "…", "zzzzqqqq", "的", "\x00", "'", "()", "😀"])
    def test_odd_texts_are_no_error(self, text: str, small_catalog: Catalog) -> None:
        assert small_catalog.search(text).did_you_mean == ""

    def test_limits(self, small_catalog: Catalog) -> None:
        assert len(small_catalog.search("a", limit=3).hits) == 3
        for limit in (0, MAX_HITS + 1):
            with pytest.raises(FilterError, match=f"limit {limit} is not a number from 1 to 50"):
                small_catalog.search("a", limit=limit)
        with pytest.raises(FilterError, match="Shorten it"):
            small_catalog.search("x" * (TEXT_LIMIT + 1))

    def test_many_words_are_no_error(self, small_catalog: Catalog) -> None:
        small_catalog.search("a " * (TEXT_LIMIT // 2))

    def test_a_search_repeated_gives_the_same(self, small_catalog: Catalog) -> None:
        assert small_catalog.search("lao") == small_catalog.search("lao")

    def test_the_index_is_built_by_the_first_search(self, small_folder: Path) -> None:
        catalog = bri_map.load(small_folder)
        assert "index" not in vars(catalog.searcher)
        catalog.search("lao")
        assert "index" in vars(catalog.searcher)

    def test_a_retired_or_unpublished_record_is_not_found(self, small: Root, tmp_path: Path) -> None:
        small.row("parks", "fiji-zone")["record"] = "unconfirmed"
        catalog = bri_map.load(small.write(tmp_path))
        assert "fiji-zone" not in [hit.id for hit in catalog.search("fiji zone").hits]


class TestWhatWasMet:
    """A hit tells what was met when that is not what is shown of it anyway."""

    @pytest.mark.parametrize(
        ("text", "found", "met"),
        [
            ("cosco belgium", "zeebrugge-csp", [Met("organisation", "COSCO Shipping Ports")]),
            ("龙源电力", "de-aar-wind", [Met("organisation", "龙源电力")]),
            ("casinos laos", "golden-triangle-sez", [Met("industry", "casinos and tourism")]),
            ("蜂蜜", "china-tanzania-modern-agricultural-industrial-park", [Met("industry", "蜂蜜")]),
            (
                "polar star zabaykalsky",
                "polar-star-forestry-zone-amazar",
                [Met("place", "Amazar, Zabaykalsky Krai")],
            ),
            (
                "yakutia gas pipeline",
                "power-of-siberia",
                [Met("note", "Gas from Yakutia and Irkutsk to China under a 30-year contract.")],
            ),
            ("ports in greece", "piraeus-port", []),
        ],
    )
    def test_the_field_and_the_text_are_told(
        self, text: str, found: str, met: list[Met], catalog: Catalog
    ) -> None:
        hit = catalog.search(text).hits[0]
        assert (hit.id, list(hit.met)) == (found, met)

    def test_of_a_long_note_only_what_stands_around_is_told(self, catalog: Catalog) -> None:
        (met,) = catalog.search("polar star bankrupt").hits[0].met
        assert "went bankrupt" in met.text
        assert met.text.startswith("… ")
        assert len(met.text) < 160

    def test_another_name_that_was_met_beside_the_country_is_told(self, catalog: Catalog) -> None:
        assert catalog.search("whoosh indonesia", language="zh").hits[0].matched.endswith("(Whoosh)")

    def test_events_say_when_and_where_and_sources_who_and_when(self, catalog: Catalog) -> None:
        event = catalog.search("RCEP agreement").hits[0]
        assert (event.group, event.kind, event.aside[0]) == ("event", "event", "2020-11-15")
        source = catalog.search("tass-2054559").hits[0]
        assert (source.group, source.id, source.index) == ("source", "tass-2054559", -1)
        assert source.aside[0] == "TASS"

    def test_a_feature_comes_before_what_is_written_of_it(self, catalog: Catalog) -> None:
        groups = [hit.group for hit in catalog.search("benguela railway", 50).hits]
        assert groups[0] == "rail"
        assert "source" in groups


@pytest.fixture(scope="class")
def unready(small_folder: Path) -> Iterator[Catalog]:
    """Give a catalog whose index takes until the tests are over."""
    may_end = Event()

    class Waiting(SearchIndex):
        def __init__(self, searched: Searched) -> None:
            may_end.wait()
            super().__init__(searched)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searcher, "MOST_AT_ONCE", 0)
        patch.setattr(searcher, "SearchIndex", Waiting)
        catalog = bri_map.load(small_folder)
        yield catalog
        may_end.set()
        if (builder := catalog.searcher._builder) is not None:
            builder.join()
        catalog.searcher.prepare()
        assert not catalog.search("lao farm").is_preliminary


class TestBeforeTheIndexIsThere:
    """What a search of many features gives while the index is being built."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Lao Farm", "lao-farm"),
            ("farm lao", "lao-farm"),
            ("lao-farm", "lao-farm"),
            ("laos", "LAO"),
            ("老挝", "LAO"),
        ],
    )
    def test_names_and_ids_lead_to_what_they_name(self, unready: Catalog, text: str, expected: str) -> None:
        found = unready.search(text)
        assert found.is_preliminary
        assert found.hits[0].id == expected

    def test_hits_are_those_of_the_index(self, unready: Catalog, small_catalog: Catalog) -> None:
        """Of towns the index gives those that matter, among many that contain the letters."""
        small_catalog.searcher.prepare()
        hits = {hit.id: hit for hit in small_catalog.search("lao", 50).hits}
        found = [hit for hit in unready.search("lao", 50).hits if hit.group != PLACE_GROUP]
        assert len(found) > 2
        assert [hits[hit.id] for hit in found] == found

    def test_every_name_of_a_feature_is_found(self, unready: Catalog) -> None:
        for layer in unready.slices:
            for row in unready.rows(layer)[["id", "name", "name_zh"]].itertuples(index=False):
                for text in filter(None, row):
                    assert row[0] in [hit.id for hit in unready.search(text).hits], text

    def test_what_is_nowhere_is_not_found(self, unready: Catalog) -> None:
        assert unready.search("zzzzqqqq").hits == ()

    def test_one_index_is_begun_whoever_asks(self, unready: Catalog) -> None:
        unready.search("lao")
        builder = unready.searcher._builder
        unready.search("farm")
        assert builder is not None
        assert builder is unready.searcher._builder
        assert builder.is_alive()


def test_an_index_that_cannot_be_built_beside_is_told_by_the_next_search(
    small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Searched) -> None:
        raise DataError("no towns")

    monkeypatch.setattr(searcher, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(searcher, "SearchIndex", fail)
    catalog = bri_map.load(small_folder)
    assert catalog.search("lao").hits
    builder = catalog.searcher._builder
    assert builder is not None
    builder.join(60)
    with pytest.raises(DataError, match="no towns"):
        catalog.search("lao")


def test_countries_with_further_names_are_countries_of_the_table(catalog: Catalog) -> None:
    assert set(COUNTRY_NAMES) <= catalog.known()["country"] | {"USA", "NZL"}


def test_every_id_finds_its_feature_and_every_name_finds_it_near_the_top(catalog: Catalog) -> None:
    """No name is lost: each English and Chinese name leads to its feature among the first three."""
    lost = []
    for layer in catalog.slices:
        for feature_id, *names in catalog.rows(layer)[["id", "name", "name_zh"]].itertuples(index=False):
            assert first(catalog, feature_id) == feature_id
            lost += [
                (feature_id, name)
                for name in filter(None, names)
                if feature_id not in [hit.id for hit in catalog.search(name, 3).hits]
            ]
    assert lost == []


class TestKept:
    @pytest.fixture(autouse=True)
    def _cached(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "cache"))

    def test_an_index_that_was_kept_answers_the_same(
        self, small_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = ("park", "laos", "gongye", "工業", "pakr", "vientiane", "chn")
        first = bri_map.load(small_folder)
        expected = {text: first.search(text) for text in asked}
        monkeypatch.setattr(SearchIndex, "_gather", None)  # nothing is gathered anew
        kept = bri_map.load(small_folder)
        assert {text: kept.search(text) for text in asked} == expected
        assert any(result.hits for result in expected.values())

    def test_another_basemap_makes_another_index(self, small: Root, tmp_path: Path) -> None:
        folder = small.write(tmp_path / "root")
        basemap = folder / "geo" / "basemap"
        before = index_key("data", DataRoot.find(folder).basemap_directory())
        shutil.copytree(DataRoot.find(folder).basemap_directory(), basemap)
        assert index_key("data", basemap) == before
        (basemap / "towns.csv").write_text("name,name_zh,country,lon,lat,population,is_capital\n", "utf-8")
        assert index_key("data", basemap) != before
        assert index_key("other data", basemap) != index_key("data", basemap)


def test_labels_of_the_interface_are_not_words_of_the_search() -> None:
    for layer, spec in LAYERS.items():
        for kind in spec.kinds:
            assert KIND_WORDS[spec.kind_vocabulary][kind.value]
            assert kind_text(layer, spec.kind_vocabulary, kind.value).endswith(LAYER_WORDS[layer][-1])


def test_labels_are_asked_for_only_where_the_search_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(things, "messages", None)
    for layer, spec in LAYERS.items():
        for kind in spec.kinds:
            asked = things.kind_words(layer, kind.value)
            assert asked == kind_text(layer, spec.kind_vocabulary, kind.value)


def test_a_kind_without_words_is_found_by_its_code() -> None:
    assert kind_text("harbours", "harbour_kind", "deep-sea") == "deep sea harbours"
