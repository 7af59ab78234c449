"""One filter, one set of ids: engine, bitmap, table, counts, file and command line agree.

The reference is `naive`: a few lines of plain Python over the files, which share nothing with the engine.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from click.testing import CliRunner
from hypothesis import event, given, settings
from hypothesis import strategies as st

from bri_map.catalog import Catalog, Selection
from bri_map.cli import main
from bri_map.domain.filter import FACETS, Filter
from bri_map.domain.vocabulary import Language, Layer
from bri_map.exports import export_geojson
from bri_map.i18n import messages
from bri_map.maps.atlas_map import view_state
from bri_map.maps.packing import unpack_mask
from bri_map.ui.state import State
from bri_map.ui.table_page import table_rows
from tests.conftest import ROOT
from tests.property import naive

ITEMS = naive.read_items(ROOT)
CODES = {facet: sorted({c for item in ITEMS for c in item.codes[facet]}) for facet in FACETS}
WORDS = sorted({word for item in ITEMS for word in item.text.split()})
EXAMPLES = 200
CLI_EXAMPLES = 25


@st.composite
def filters(draw: st.DrawFn) -> naive.Wanted:
    """Draw a filter. Half of them are drawn around a feature, so that they match something."""
    anchor = draw(st.none() | st.sampled_from(ITEMS))
    wanted: naive.Wanted = {}
    for facet in draw(st.lists(st.sampled_from(FACETS), max_size=4, unique=True)):
        chosen = set(draw(st.lists(st.sampled_from(CODES[facet]), max_size=3)))
        if anchor and anchor.codes[facet]:
            chosen.add(draw(st.sampled_from(sorted(anchor.codes[facet]))))
        wanted[facet] = frozenset(chosen)
    if draw(st.integers(0, 2)) == 0:
        wanted["q"] = draw(_text(anchor))
    return wanted


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
    of_layer = {item.id for item in ITEMS if item.codes["layer"] == {layer.value}}
    return [feature_id for feature_id in found if feature_id in of_layer]


def ids_of_bitmap(catalog: Catalog, state: dict[str, Any]) -> list[str]:
    """Give the ids as the browser reads them: bit i of a layer is row i of the layer."""
    found = []
    for layer in Layer:
        part = catalog.slices[layer]
        bits = unpack_mask(state["layers"][layer.value]["bits"], part.stop - part.start)
        found += [catalog.id_at(layer, int(i)) for i in bits.nonzero()[0]]
    return found


def ids_of_table(catalog: Catalog, selection: Selection, language: Language) -> list[str]:
    """Give the ids of the rows of the Table page."""
    state = cast("State", SimpleNamespace(messages=messages(language.value)))
    return sorted(table_rows(catalog, state, selection)["id"])


def ids_of_file(body: bytes) -> list[str]:
    """Give the ids of an exported file, which must be as many as it says."""
    document = json.loads(body)
    assert document["feature_count"] == len(document["features"])
    return [feature["id"] for feature in document["features"]]


@given(wanted=filters(), language=st.sampled_from(list(Language)), layer=st.sampled_from(list(Layer)))
@settings(max_examples=EXAMPLES)
def test_map_table_counts_and_file_show_the_same_features(
    catalog: Catalog, wanted: naive.Wanted, language: Language, layer: Layer
) -> None:
    expected = naive_ids(wanted)
    event(f"matches: {'none' if not expected else 'all' if len(expected) == len(ITEMS) else 'some'}")
    selection = catalog.select(Filter(**wanted))
    assert selection.ids == expected
    assert len(selection) == len(expected)

    totals = {layer: part.stop - part.start for layer, part in catalog.slices.items()}
    state = view_state(selection, totals, language.value, None, None)
    assert ids_of_bitmap(catalog, state) == expected
    shown = {name: state["layers"][name]["shown"] for name in Layer}
    assert shown == {name: len(naive_ids(wanted, name)) for name in Layer} == selection.by_layer

    assert ids_of_file(export_geojson(selection, catalog)) == expected
    assert ids_of_file(export_geojson(selection, catalog, (layer,))) == naive_ids(wanted, layer)

    assert ids_of_table(catalog, selection, language) == sorted(expected)

    counts = catalog.facets(Filter(**wanted))
    matching = [item for item in ITEMS if naive.matches(item, wanted)]
    tallied = selection.statistics()["by"]
    for facet in FACETS:
        relaxed = naive.counts(ITEMS, wanted, facet)
        assert {code: n for code, n in counts[facet].items() if n} == relaxed, facet
        if facet != "source":
            assert tallied[facet] == naive.counts(matching, {}, facet), facet


@given(wanted=filters())
@settings(max_examples=EXAMPLES)
def test_a_link_restores_the_same_features(catalog: Catalog, wanted: naive.Wanted) -> None:
    params = Filter(**wanted).to_params()
    restored, left_out = Filter.from_params(params, catalog.known())
    assert left_out == []
    assert catalog.select(restored).ids == naive_ids(wanted)


@given(wanted=filters())
@settings(max_examples=CLI_EXAMPLES)
def test_the_command_line_writes_the_same_bytes_as_the_app(catalog: Catalog, wanted: naive.Wanted) -> None:
    options = [
        word for facet in FACETS for code in sorted(wanted.get(facet, ())) for word in (f"--{facet}", code)
    ]
    text = ["--q", wanted["q"]] if wanted.get("q") else []
    result = CliRunner().invoke(main, ["export", *options, *text])
    assert result.exit_code == 0, result.stderr
    assert ids_of_file(result.stdout_bytes) == naive_ids(wanted)
    assert result.stdout_bytes == export_geojson(catalog.select(Filter(**wanted)), catalog)


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
