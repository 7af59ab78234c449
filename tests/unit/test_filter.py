"""The filter as a value: what it takes, what it refuses, how it travels."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_map.catalog import Catalog
from bri_map.domain.codes import codes
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import FILTER_NAMES, TEXT_LIMIT, Filter
from bri_map.domain.filter_words import suggest
from bri_map.domain.place import Area, BBox, Near
from bri_map.domain.ranges import RANGES
from bri_map.domain.vocabulary import Layer
from bri_map.errors import FilterError

IDS = {
    **{name: ["a-thing", "another-thing"] for name, facet in FACETS.items() if not facet.vocabulary},
    "country": ["LAO", "THA", "KAZ"],
    "crosses": ["LAO", "THA", "KAZ"],
    "corridor": ["southern-corridor", "pacific-route"],
    "source": ["ey-2020", "news-page"],
}
OPTIONS = {name: list(facet.allowed) if facet.vocabulary else IDS[name] for name, facet in FACETS.items()}
TIME_AND_PLACE: dict[str, Any] = {
    "year": 2013,
    "undated": False,
    "bbox": BBox(60, 20, 80, 40),
    "area": Area(((60, 20), (80, 20), (80, 40))),
    "near": Near("lao-farm", 50),
}
OPEN = {name: getattr(Filter(), name) for name in FILTER_NAMES}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=TEXT_LIMIT)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        **{facet: st.frozensets(st.sampled_from(options)) for facet, options in OPTIONS.items()},
        **{name: st.sampled_from([OPEN[name], value]) for name, value in TIME_AND_PLACE.items()},
    },
)
FACETS_CHOSEN = st.fixed_dictionaries(
    {}, optional={facet: st.frozensets(st.sampled_from(options)) for facet, options in OPTIONS.items()}
)


@given(CHOICES, TEXT)
def test_parameters_give_back_the_filter(chosen: dict[str, frozenset[str]], text: str) -> None:
    wanted = Filter(**chosen, q=text)
    restored, left_out = Filter.from_params(wanted.to_params(), IDS)
    assert restored == wanted
    assert hash(restored) == hash(wanted)
    assert left_out == []


@given(CHOICES, TEXT)
def test_parameters_are_sorted_and_hold_only_what_is_chosen(
    chosen: dict[str, frozenset[str]], text: str
) -> None:
    params = Filter(**chosen, q=text).to_params()
    assert all(values for values in params.values())
    assert all(values == sorted(set(values)) for values in params.values())
    assert list(params) == [name for name in FILTER_NAMES if name in params]


@given(FACETS_CHOSEN, st.lists(st.text(max_size=80), max_size=4), st.sampled_from(list(FACETS)))
def test_nothing_in_a_link_breaks_it(chosen: dict[str, frozenset[str]], junk: list[str], facet: str) -> None:
    params = {name: sorted(values) for name, values in chosen.items()}
    params[facet] = [*params.get(facet, []), *junk]
    params["unknown"] = junk
    wanted, left_out = Filter.from_params(params, IDS)
    assert getattr(wanted, facet) >= chosen.get(facet, frozenset())
    assert getattr(wanted, facet) <= set(OPTIONS[facet])
    assert {name for name, _ in left_out} <= {facet}
    assert all(len(word) <= 60 for _, word in left_out)


def test_lists_may_be_separated_by_commas_and_repeated() -> None:
    params = {"country": ["lao, tha", "KAZ"], "status": ["completed,,unknown", ""]}
    wanted, left_out = Filter.from_params(params, IDS)
    assert wanted == Filter(country={"LAO", "THA", "KAZ"}, status={"completed", "unknown"})
    assert left_out == []


def test_unknown_codes_are_left_out_and_told() -> None:
    params = {"layer": ["parks,park"], "country": ["XXX"], "corridor": ["nowhere"], "type": ["<b>"]}
    wanted, left_out = Filter.from_params(params, IDS)
    assert wanted == Filter(layer={"parks"})
    assert left_out == [("layer", "park"), ("type", "<b>"), ("country", "XXX"), ("corridor", "nowhere")]


def test_a_text_that_is_too_long_is_cut_and_told() -> None:
    wanted, left_out = Filter.from_params({"q": ["word " * 100]}, IDS)
    assert wanted.q == ("word " * 40).strip()
    assert left_out == [("q", ("word " * 12))]


def test_a_text_may_hold_commas() -> None:
    wanted, _ = Filter.from_params({"q": ["Plateau, Kenya"]}, IDS)
    assert wanted.q == "Plateau, Kenya"


def test_without_known_ids_any_id_is_taken() -> None:
    wanted, left_out = Filter.from_params({"source": ["anything"]})
    assert (wanted.source, left_out) == (frozenset({"anything"}), [])


@pytest.mark.parametrize("facet", [name for name, facet in FACETS.items() if facet.vocabulary])
def test_an_unknown_code_is_refused_with_a_suggestion(facet: str) -> None:
    known = codes(FACETS[facet].vocabulary)[0]
    with pytest.raises(FilterError, match=f"Unknown {facet} '{known}x'. Did you mean '{known}'?"):
        Filter(**{facet: {f"{known}x"}})


@pytest.mark.parametrize("facet", FACETS)
def test_a_bare_text_is_refused(facet: str) -> None:
    """`Filter(country="LAO")` would otherwise ask for the countries L, A and O."""
    with pytest.raises(FilterError, match="takes a collection of codes"):
        Filter(**{facet: OPTIONS[facet][0]})


def test_a_text_that_is_too_long_is_refused() -> None:
    assert Filter(q="x" * TEXT_LIMIT).q == "x" * TEXT_LIMIT
    assert Filter(q=" x " + " " * TEXT_LIMIT).q == "x"
    with pytest.raises(FilterError, match="Shorten it"):
        Filter(q="x" * (TEXT_LIMIT + 1))


@pytest.mark.parametrize("collection", [list, tuple, set, frozenset])
def test_any_collection_will_do(collection: type) -> None:
    wanted = Filter(status=collection(["completed", "unknown"]), q=" a  b ")
    assert wanted == Filter(status={"unknown", "completed"}, q="a b")
    assert hash(wanted) == hash(Filter(status={"unknown", "completed"}, q="a b"))
    assert isinstance(wanted.status, frozenset)


def test_filters_that_differ_are_not_equal() -> None:
    assert Filter(status={"completed"}) != Filter(status={"unknown"})
    assert Filter(status={"completed"}) != Filter()
    assert Filter(q="a") != Filter(q="b")


def test_a_filter_is_true_when_it_asks_for_something() -> None:
    assert not Filter()
    assert not Filter(status=[], q="  ")
    assert all(Filter(**{facet: OPTIONS[facet][:1]}) for facet in FACETS)
    assert Filter(q="x")


def test_a_filter_does_not_change() -> None:
    wanted = Filter(status={"completed"})
    with pytest.raises(dataclasses.FrozenInstanceError):
        wanted.q = "x"  # type: ignore[misc]
    changed = wanted.with_facet("status", ["unknown"])
    assert (wanted.status, changed.status) == ({"completed"}, {"unknown"})


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_can_be_left_open(facet: str) -> None:
    everything = Filter(**{name: OPTIONS[name][:1] for name in FACETS}, q="x")
    relaxed = everything.without(facet)
    assert getattr(relaxed, facet) == frozenset()
    assert all(getattr(relaxed, name) for name in FACETS if name != facet)
    assert relaxed.q == "x"
    assert everything.without("q").q == ""


def test_a_facet_is_of_the_layers_that_have_its_column() -> None:
    of = {name: facet.layers for name, facet in FACETS.items() if facet.is_of_some_layers}
    parks, projects = {Layer.PARKS}, {Layer.PROJECTS}
    assert (of["type"], of["mofcom"], of["sector"], of["rating"]) == (parks, parks, projects, projects)
    assert (of["line"], of["route"]) == ({Layer.RAIL}, {Layer.CORRIDORS})
    assert of["cost_kind"] == {Layer.PARKS, Layer.PROJECTS, Layer.RAIL}
    assert not of.keys() & {"country", "status", "contractor", "event", "basis"}


def test_a_facet_of_some_layers_leaves_the_others_out_unless_they_are_asked_for() -> None:
    assert Filter(country={"LAO"}).layers == set(Layer)
    assert Filter(type={"agricultural"}).layers == {Layer.PARKS}
    assert Filter(type={"agricultural"}, sector={"ports"}).layers == {Layer.PARKS, Layer.PROJECTS}
    assert Filter(type={"agricultural"}, layer={"rail"}).layers == {Layer.RAIL}


def test_suggestions() -> None:
    assert suggest("park", ["parks", "rail"]) == "Did you mean 'parks'?"
    assert suggest("zzz", ["b", "a"]) == "Known: a, b."
    assert suggest("zzz", [f"code-{i:02}" for i in range(20)]).endswith("code-13 and more.")


class TestSelect:
    """What the engine does with a filter, on a root small enough to be counted by hand."""

    @pytest.mark.parametrize("facet", ["country", "corridor", "source"])
    def test_an_id_that_the_data_does_not_have_is_refused(self, facet: str, small_catalog: Catalog) -> None:
        with pytest.raises(FilterError, match=f"Unknown {facet} 'nowhere'"):
            small_catalog.select(Filter(**{facet: {"nowhere"}}))

    def test_or_inside_a_facet_and_between_facets(self, small_catalog: Catalog) -> None:
        wanted = Filter(country={"LAO", "FJI"}, status={"suspended", "cancelled"})
        assert small_catalog.select(wanted).ids == ["nam-dam", "fiji-zone"]

    def test_a_facet_leaves_out_the_layers_that_lack_it(self, small_catalog: Catalog) -> None:
        found = small_catalog.select(Filter(type={"agricultural"}))
        assert found.by_layer == {"corridors": 0, "rail": 0, "projects": 0, "parks": 1}

    def test_a_facet_leaves_alone_the_layers_that_are_asked_for_too(self, small_catalog: Catalog) -> None:
        found = small_catalog.select(Filter(type={"agricultural"}, layer={"parks", "rail"}))
        assert found.by_layer == {"corridors": 0, "rail": 2, "projects": 0, "parks": 1}

    def test_what_another_layer_would_add_is_counted(self, small_catalog: Catalog) -> None:
        counts = small_catalog.facets(Filter(type={"agricultural"}))
        assert counts["layer"] == {"corridors": 2, "rail": 2, "projects": 4, "parks": 1}
        assert sum(counts["sector"].values()) == 4
        assert sum(counts["status"].values()) == 1

    def test_features_without_a_value_can_be_asked_for(self, small_catalog: Catalog) -> None:
        without = small_catalog.select(Filter(gauge={"none"}))
        rows = small_catalog.rows(Layer.RAIL)
        assert without.ids == sorted(rows.loc[rows["gauge_mm"] == "", "id"])
        assert without.ids

    def test_a_line_counts_in_each_country_and_once_in_a_region(self, small_catalog: Catalog) -> None:
        for country in ("LAO", "THA"):
            assert "mekong-cable" in small_catalog.select(Filter(country={country})).ids
        assert small_catalog.select(Filter(country={"LAO", "THA"})).ids.count("mekong-cable") == 1
        counts = small_catalog.facets(Filter(layer={"projects"}))
        assert counts["region"]["southeast-asia"] == 2
        assert (counts["country"]["LAO"], counts["country"]["THA"]) == (2, 1)

    def test_a_corridor_belongs_to_itself(self, small_catalog: Catalog) -> None:
        wanted = Filter(corridor={"pacific-route"})
        assert small_catalog.select(wanted).ids == ["pacific-route"]

    def test_counts_are_those_with_the_other_facets_applied(self, small_catalog: Catalog) -> None:
        counts = small_catalog.facets(Filter(layer={"parks"}, status={"completed"}))
        assert counts["status"] == counts["status"] | {
            "completed": 1,
            "cancelled": 1,
            "under-construction": 1,
        }
        assert counts["layer"] == {"corridors": 1, "rail": 1, "projects": 1, "parks": 1}
        assert counts["type"]["agricultural"] == 1
        assert counts["type"]["processing-manufacturing"] == 0

    def test_a_source_that_nothing_rests_on_is_counted_as_none(self, small_catalog: Catalog) -> None:
        assert small_catalog.facets(Filter())["source"]["unused-page"] == 0
        assert small_catalog.select(Filter(source={"unused-page"})).ids == []

    def test_text_finds_id_names_place_organisations_and_country(self, small_catalog: Catalog) -> None:
        for text, expected in {
            "rayong zone": "rayong-zone",
            "RAYONG-ZONE": "rayong-zone",
            "luang": "nam-dam",
            "a bank": "nam-dam",
            "boten": "lao-line",
            "farmer b": "lao-farm",
            "builder two": "lao-line",
            "kazakh": "khorgos-hub",
            "哈萨克": "khorgos-hub",
        }.items():
            assert small_catalog.select(Filter(q=text)).ids == [expected], text

    def test_text_does_not_search_notes(self, small_catalog: Catalog) -> None:
        assert small_catalog.select(Filter(q="half built")).ids == []

    def test_a_selection_does_not_change(self, small_catalog: Catalog) -> None:
        mask = small_catalog.select(Filter()).mask
        with pytest.raises(ValueError, match="read-only"):
            mask[0] = False


@given(st.sampled_from([*TIME_AND_PLACE]), st.lists(st.text(max_size=80), max_size=3))
def test_nothing_in_a_link_breaks_time_and_place(name: str, junk: list[str]) -> None:
    wanted, left_out = Filter.from_params({name: junk}, {"near": ["lao-farm"]})
    assert {said for said, _ in left_out} <= {name}
    assert all(len(value) <= 60 for _, value in left_out)
    assert len(left_out) + (getattr(wanted, name) != OPEN[name]) >= sum(bool(v.strip()) for v in junk) - 1


def test_what_cannot_be_used_of_time_and_place_is_told() -> None:
    params = {"year": ["13th"], "undated": ["no"], "bbox": ["1,2"], "area": ["1,2;3,4"], "near": ["nobody,5"]}
    wanted, left_out = Filter.from_params(params, {"near": ["lao-farm"]})
    assert wanted == Filter()
    assert left_out == [(name, values[0]) for name, values in params.items()]


def test_of_two_years_the_first_counts_and_the_second_is_told() -> None:
    wanted, left_out = Filter.from_params({"year": ["2013", "2014"], "near": ["1,2,3", "4,5,6"]})
    assert (wanted.year, wanted.near) == (2013, Near((1, 2), 3))
    assert left_out == [("year", "2014"), ("near", "4,5,6")]


def test_an_id_that_was_replaced_stands_for_the_new_one() -> None:
    known = {"near": {"new": "new", "old": "new"}}
    assert Filter.from_params({"near": ["old,5"]}, known) == (Filter(near=Near("new", 5)), [])
    assert Filter.from_params({"near": ["gone,5"]}, known) == (Filter(), [("near", "gone,5")])


@pytest.mark.parametrize("year", [1799, 2101, 0, -5, 20.5, "x", True, "２０１３"])
def test_what_is_no_year_is_refused(year: Any) -> None:
    with pytest.raises(FilterError, match=r"^year: .* is no year\. Give one from 1800 to 2100"):
        Filter(year=year)


@pytest.mark.parametrize("name", ["bbox", "area", "near"])
def test_a_bare_place_is_refused(name: str) -> None:
    with pytest.raises(FilterError, match=f"^{name} takes a "):
        Filter(**{name: TIME_AND_PLACE[name].text})


@pytest.mark.parametrize("name", FILTER_NAMES)
def test_everything_that_is_asked_can_be_relaxed(name: str) -> None:
    codes_of = {facet: options[:1] for facet, options in OPTIONS.items()}
    spans = {name: asked.kind(missing=True) for name, asked in RANGES.items()}
    everything = Filter(**codes_of, **spans, **TIME_AND_PLACE, q="x")
    assert everything.asked == FILTER_NAMES
    relaxed = everything.without(name)
    gone = {"year", "undated"} if name == "year" else {name}
    assert relaxed.asked == tuple(other for other in FILTER_NAMES if other not in gone)


def test_dates_are_asked_for_only_with_a_year() -> None:
    assert Filter(undated=False).asked == ()
    assert Filter(undated=False).to_params() == {"undated": ["0"]}
    assert Filter(undated=False, year=2013).asked == ("year", "undated")


def test_each_part_can_be_changed_by_itself() -> None:
    changed = Filter(q="a")
    for name, value in {**TIME_AND_PLACE, "q": "b"}.items():
        changed = replace(changed, **{name: value})
    assert changed == Filter(**TIME_AND_PLACE, q="b")
    assert hash(changed) == hash(Filter(**TIME_AND_PLACE, q="b"))
    assert changed.without(*FILTER_NAMES) == Filter()
