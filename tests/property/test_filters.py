"""One filter, one set of ids: engine, bitmap, table, counts, file and command line agree.

The reference is `naive`: a few lines of plain Python over the files, which share nothing with the engine.
"""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from bri_map.catalog import Catalog
from bri_map.cli import main
from bri_map.domain.codes import codes
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import Filter
from bri_map.domain.place import Area, BBox, Near
from bri_map.domain.ranges import RANGES
from bri_map.domain.span import DateSpan, Span
from bri_map.domain.vocabulary import Layer
from bri_map.exports.geojson import export_geojson
from bri_map.i18n import languages, messages
from bri_map.maps.atlas_map import view_state
from bri_map.maps.packing import unpack_mask
from bri_map.query.ranges import steps_of
from bri_map.query.selection import Selection
from bri_map.tabulation.feature_rows import FeatureRows
from bri_map.web.timeline import timeline_document
from tests.conftest import ROOT
from tests.property import naive

ITEMS = naive.read_items(ROOT)
CODES = {facet: sorted({c for item in ITEMS for c in item.codes[facet]}) for facet in FACETS}
VALUES = {name: {value for item in ITEMS for value in item.values[name]} for name in RANGES}
WORDS = sorted({word for item in ITEMS for word in item.text.split()})
EXAMPLES = 200
CLI_EXAMPLES = 25
TIMELINE_EXAMPLES = 25


@st.composite
def filters(draw: st.DrawFn) -> naive.Wanted:
    """Draw a filter. Half of them are drawn around a feature, so that they match something."""
    anchor = draw(st.none() | st.sampled_from(ITEMS))
    wanted: naive.Wanted = {}
    for facet in draw(st.lists(st.sampled_from(list(FACETS)), max_size=3, unique=True)):
        chosen = set(draw(st.lists(st.sampled_from(CODES[facet]), max_size=3)))
        if anchor and anchor.codes[facet]:
            chosen.add(draw(st.sampled_from(sorted(anchor.codes[facet]))))
        wanted[facet] = frozenset(chosen)
    for name in draw(st.lists(st.sampled_from(list(RANGES)), max_size=2, unique=True)):
        wanted[name] = draw(spans(name, anchor))
    if draw(st.integers(0, 2)) == 0:
        wanted["q"] = draw(_text(anchor))
    if draw(st.integers(0, 2)) == 0:
        wanted["year"] = draw(st.integers(1980, 2027))
    if draw(st.integers(0, 5)) == 0:
        wanted["undated"] = False
    for name in draw(st.sampled_from([[], [], ["bbox"], ["area"], ["near"], ["bbox", "area", "near"]])):
        around = anchor if anchor and anchor.shape.parts else None  # what has no place is nowhere near
        wanted[name] = draw({"bbox": bboxes(), "area": areas(around), "near": nears(around)}[name])
    return wanted


@st.composite
def spans(draw: st.DrawFn, name: str, anchor: naive.Item | None) -> tuple[float, float] | None:
    """Draw a span, as days YYYYMMDD for dates; None for what has no value."""
    if draw(st.integers(0, 5)) == 0:
        return None
    if RANGES[name].is_date:
        first = draw(st.integers(1985, 2026))
        return first * 10_000 + 101, (first + draw(st.integers(0, 12))) * 10_000 + 1231
    values = anchor.values[name] if anchor and anchor.values[name] else sorted(VALUES[name])
    low, _ = draw(st.sampled_from(values))
    return low, low * draw(st.sampled_from([1, 2, 10]))


DEGREES = st.integers(1, 90_000).map(lambda n: n / 1000)


@st.composite
def bboxes(draw: st.DrawFn) -> tuple[float, ...]:
    """Draw a box; some lie across the antimeridian."""
    lon, south = draw(st.integers(-180_000, 179_999)) / 1000, draw(st.integers(-60_000, 59_999)) / 1000
    east = lon + draw(DEGREES)
    return (
        lon,
        south,
        round(east - 360 if east > 180 else east, 3),
        round(min(90, south + draw(DEGREES)), 3),
    )


@st.composite
def areas(draw: st.DrawFn, anchor: naive.Item | None) -> tuple[tuple[float, float], ...]:
    """Draw a polygon with corners all around a place, inside the map."""
    lon, lat = (
        anchor.shape.points[0] if anchor else (draw(st.integers(-170, 170)), draw(st.integers(-60, 60)))
    )
    reach = min(draw(st.integers(1, 40)), 179 - abs(lon), 80 - abs(lat))
    turns = sorted(draw(st.lists(st.integers(0, 359), min_size=3, max_size=8, unique=True)))
    corners = tuple(
        (round(lon + reach * math.cos(math.radians(t)), 4), round(lat + reach * math.sin(math.radians(t)), 4))
        for t in turns
    )
    assume(max(b - a for a, b in zip(turns, [*turns[1:], turns[0] + 360], strict=True)) > 1)
    return corners


@st.composite
def nears(draw: st.DrawFn, anchor: naive.Item | None) -> tuple[float, float, float]:
    """Draw a place and a distance at which no feature lies, so that a ball and an ellipsoid agree."""
    place = (draw(st.integers(-180, 180)), draw(st.integers(-80, 80)))
    if anchor:
        place = (round(anchor.shape.points[0][0], 4), round(anchor.shape.points[0][1], 4))
    found = sorted({naive.km_between(item.shape, place) for item in ITEMS} | {20.0})
    gaps = [math.sqrt(a * b) for a, b in pairwise(found) if a >= 20 and b > a * 1.03 and b < 15_000]
    return (*place, round(draw(st.sampled_from(gaps)), 1))


def as_filter(wanted: naive.Wanted) -> Filter:
    """Give the filter as the atlas has it."""
    given = dict(wanted)
    for name in RANGES.keys() & given.keys():
        given[name] = as_span(name, given[name])
    for name, kind in {"bbox": lambda v: BBox(*v), "area": Area, "near": lambda v: Near(v[:2], v[2])}.items():
        if name in given:
            given[name] = kind(given[name])
    return Filter(**given)


def as_span(name: str, ends: tuple[float, float] | None) -> Span | DateSpan:
    """Give a span as the atlas has it."""
    kind = RANGES[name].kind
    if ends is None:
        return kind(missing=True)
    return DateSpan(*(str(end // 10_000) for end in ends)) if RANGES[name].is_date else Span(*ends)


def as_options(wanted: naive.Wanted) -> list[str]:
    """Give the filter as options of the command line."""
    params = as_filter(wanted).to_params()
    words = []
    for facet in FACETS:
        for code in params.get(facet, ()):
            words += [f"--{facet.replace('_', '-')}", code]
    for name in RANGES:
        words += [f"--{name.replace('_', '-')}={value}" for value in params.get(name, ())]
    for name in ("q", "year", "bbox", "area", "near"):
        words += [f"--{name}={value}" for value in params.get(name, ())]
    return words + ["--no-undated"] * (not wanted.get("undated", True))


@st.composite
def _text(draw: st.DrawFn, anchor: naive.Item | None) -> str:
    words = []
    for word in draw(st.lists(st.sampled_from(anchor.text.split() if anchor else WORDS), max_size=2)):
        start = draw(st.integers(0, len(word) - 1))
        words.append(word[start : start + draw(st.integers(1, 8))])
    text = draw(st.sampled_from([" ", "  ", "\u3000"])).join(words)
    return draw(st.sampled_from([text, text.upper(), text.title()]))


def naive_ids(wanted: naive.Wanted, layer: Layer | None = None) -> list[str]:
    """Give the ids that the reference finds, of one layer or of all."""
    found = naive.select(ITEMS, wanted)
    if layer is None:
        return found
    of_layer = {item.id for item in ITEMS if item.codes["layer"] == {layer}}
    return [feature_id for feature_id in found if feature_id in of_layer]


def ids_of_bitmap(catalog: Catalog, state: dict[str, Any]) -> list[str]:
    """Give the ids as the browser reads them: bit i of a layer is row i of the layer."""
    found = []
    for layer in Layer:
        part = catalog.slices[layer]
        bits = unpack_mask(state["layers"][layer]["bits"], part.stop - part.start)
        found += [catalog.id_at(layer, int(i)) for i in bits.nonzero()[0]]
    return found


def ids_of_table(catalog: Catalog, selection: Selection, language: str) -> list[str]:
    """Give the ids of the rows of the Table page."""
    rows = FeatureRows(catalog, selection, messages(language))
    return sorted(row["id"] for row in rows.page("name", False, slice(None), ("name",)))


def ids_of_file(body: bytes) -> list[str]:
    """Give the ids of an exported file, which must be as many as it says."""
    document = json.loads(body)
    assert document["feature_count"] == len(document["features"])
    return [feature["id"] for feature in document["features"]]


def statuses_of_file(body: bytes) -> list[str | None]:
    """Give the status in the year of each feature of an exported file."""
    return [feature["properties"].get("status_in_year") for feature in json.loads(body)["features"]]


@given(wanted=filters(), language=st.sampled_from(languages()), layer=st.sampled_from(list(Layer)))
@settings(max_examples=EXAMPLES)
def test_map_table_counts_and_file_show_the_same_features(
    catalog: Catalog, wanted: naive.Wanted, language: str, layer: Layer
) -> None:
    expected = naive_ids(wanted)
    event(f"matches: {'none' if not expected else 'all' if len(expected) == len(ITEMS) else 'some'}")
    selection = catalog.select(as_filter(wanted))
    assert selection.ids == expected
    assert len(selection) == len(expected)

    totals = {layer: part.stop - part.start for layer, part in catalog.slices.items()}
    state = view_state(selection, totals, language, None, None)
    assert ids_of_bitmap(catalog, state) == expected
    shown = {name: state["layers"][name]["shown"] for name in Layer}
    assert shown == {name: len(naive_ids(wanted, name)) for name in Layer} == selection.by_layer

    body = export_geojson(selection, catalog)
    assert ids_of_file(body) == expected
    assert statuses_of_file(body) == [
        item.status_in(wanted["year"]) if "year" in wanted else None for item in ITEMS if item.id in expected
    ]
    assert ids_of_file(export_geojson(selection, catalog, (layer,))) == naive_ids(wanted, layer)

    assert ids_of_table(catalog, selection, language) == sorted(expected)

    counts = catalog.facets(as_filter(wanted))
    matching = list(filter(naive.matcher(wanted), ITEMS))
    tallied = selection.statistics()["by"]
    for facet in FACETS:
        relaxed = naive.counts(ITEMS, wanted, facet)
        assert {code: n for code, n in counts[facet].items() if n} == relaxed, facet
        if facet != "source":
            assert tallied[facet] == naive.counts(matching, {"year": wanted.get("year")}, facet), facet


@given(wanted=filters())
@settings(max_examples=EXAMPLES)
def test_a_link_restores_the_same_features(catalog: Catalog, wanted: naive.Wanted) -> None:
    params = as_filter(wanted).to_params()
    restored, left_out = Filter.from_params(params, catalog.known())
    assert left_out == []
    assert restored == as_filter(wanted)
    assert catalog.select(restored).ids == naive_ids(wanted)


@given(wanted=filters())
@settings(max_examples=TIMELINE_EXAMPLES)
def test_the_timeline_is_the_filter_year_by_year(catalog: Catalog, wanted: naive.Wanted) -> None:
    answer = timeline_document(catalog, as_filter(wanted))
    sizes = {layer: part.stop - part.start for layer, part in catalog.slices.items()}
    for year in range(answer["first"], answer["last"] + 1):
        asked = {**wanted, "year": year}
        expected = naive_ids(asked)
        bits = {layer: unpack_mask(answer["years"][str(year)][layer], sizes[layer]) for layer in Layer}
        assert [str(i) for i in catalog.ids[np.concatenate(list(bits.values()))]] == expected
        matching = [item for item in ITEMS if item.id in set(expected)]
        counted = {status: n for status, n in answer["counts"][str(year)].items() if n}
        assert counted == naive.counts(matching, {"year": year}, "status")


def test_the_counts_of_every_year_follow_from_the_history(catalog: Catalog) -> None:
    with (ROOT / "data" / "status_history.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["date"] and row["feature_id"] in catalog.ids]
    marks = list(codes("mark"))
    rows.sort(key=lambda row: (row["date"], marks.index(row["mark"])))
    answer = timeline_document(catalog, Filter())
    assert answer["undated"] == len(catalog) - len({row["feature_id"] for row in rows})
    for year in range(answer["first"], answer["last"] + 1):
        status = {row["feature_id"]: row["status"] for row in rows if int(row["date"][:4]) <= year}
        counted = Counter(status.values()) + Counter({"unknown": answer["undated"]})
        assert {code: n for code, n in answer["counts"][str(year)].items() if n} == dict(counted)
        assert answer["events"][str(year)] == sum(int(row["date"][:4]) == year for row in rows)
        assert catalog.select(Filter(year=year)).statistics()["by"]["status"] == dict(counted)


@given(wanted=filters())
@settings(max_examples=CLI_EXAMPLES)
def test_the_command_line_writes_the_same_bytes_as_the_app(catalog: Catalog, wanted: naive.Wanted) -> None:
    result = CliRunner().invoke(main, ["export", *as_options(wanted)])
    assert result.exit_code == 0, result.stderr
    assert ids_of_file(result.stdout_bytes) == naive_ids(wanted)
    assert result.stdout_bytes == export_geojson(catalog.select(as_filter(wanted)), catalog)


def test_the_reference_sees_every_feature(catalog: Catalog) -> None:
    assert [item.id for item in ITEMS] == list(catalog.ids)
    assert naive.select(ITEMS, {}) == list(catalog.ids)


@pytest.mark.parametrize("facet", FACETS)
def test_every_single_option_gives_what_its_count_says(catalog: Catalog, facet: str) -> None:
    counts = catalog.facets(Filter())[facet]
    assert {code for code, n in counts.items() if n} == set(CODES[facet])
    for code in CODES[facet]:
        selection = catalog.select(Filter(**{facet: {code}}))
        expected = naive_ids({facet: {code}})
        assert selection.ids == expected
        with_code = [item.id for item in ITEMS if code in item.codes[facet]]
        assert counts[code] == len(with_code)
        assert set(with_code) <= set(expected)


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("country", ["", "PAK"])
def test_every_range_is_counted_in_steps(catalog: Catalog, name: str, country: str) -> None:
    steps = steps_of(catalog.engine.ranges[name], RANGES[name])
    assert len(steps) >= 2
    assert steps == sorted(set(steps))
    wanted: naive.Wanted = {"country": frozenset({country})} if country else {}
    counts, without = catalog.engine.steps(as_filter(wanted), name, steps)
    could = [item for item in ITEMS if item.codes["layer"] <= RANGES[name].layers]
    found = list(filter(naive.matcher(wanted), could))
    assert sum(counts) == sum(len(item.values[name]) for item in found)
    assert without == sum(not item.values[name] for item in found)
    for low, high, count in zip(steps, steps[1:], counts, strict=False):
        last = high == steps[-1]
        inside = [v for item in found for v, _ in item.values[name] if low <= v and (v < high or last)]
        assert count == len(inside), (low, high)
