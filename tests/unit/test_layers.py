"""The records of the layers hang together, and the scripts are told what they say."""

from __future__ import annotations

import re

import pytest

from bri_map.analysis.indicators import INDICATORS
from bri_map.domain.codes import codes
from bri_map.domain.facets import FACETS, Widget
from bri_map.domain.layer import LINES, POINTS, LayerSpec, Palette
from bri_map.domain.layers import CORRIDOR_LAYERS, LAYERS, LISTED, with_column
from bri_map.domain.table import Kind
from bri_map.maps.layer_settings import code_lists, layer_settings
from tests.conftest import ROOT

SPECS = pytest.mark.parametrize("spec", LAYERS.values(), ids=list(LAYERS))


def test_there_is_one_order_of_drawing_and_one_of_listing() -> None:
    assert list(LAYERS) == ["corridors", "rail", "projects", "parks"]
    assert [spec.id for spec in LISTED] == ["parks", "projects", "rail", "corridors"]
    assert len({spec.listing for spec in LISTED}) == len(LISTED)


@SPECS
def test_a_record_agrees_with_its_table(spec: LayerSpec) -> None:
    assert spec.table.name == spec.id
    assert spec.kind_vocabulary
    assert codes(spec.kind_vocabulary) == tuple(kind.value for kind in spec.kinds)
    for name in spec.channel_columns:
        assert spec.table.column(name).kind is Kind.CODE
    assert spec.landmark_kinds <= set(spec.kinds)
    assert {entry.kind for entry in spec.legend} <= set(spec.kinds)
    assert spec.geometry <= POINTS | LINES
    assert spec.has_points or spec.has_lines
    assert not spec.has_stops or spec.has_lines


@SPECS
def test_what_details_call_nearest_is_a_layer_or_a_kind_of_it(spec: LayerSpec) -> None:
    assert set(spec.nearest) <= {spec.id, *spec.kinds}


def test_indicators_are_those_of_the_documents_and_of_the_records() -> None:
    own = {spec.indicator for spec in LISTED} | {spec.value_indicator for spec in LISTED}
    assert own - {""} < set(INDICATORS)


def test_a_column_leads_to_its_layers() -> None:
    assert [spec.id for spec in with_column("length_km")] == ["rail"]
    assert len(with_column("status")) == len(LAYERS)
    assert with_column("no_such_column") == ()


def test_members_belong_to_corridors() -> None:
    assert CORRIDOR_LAYERS == ("corridors",)
    assert FACETS["corridor"].references == "corridors"
    assert FACETS["corridor"].widget is Widget.LIST


@SPECS
def test_the_scripts_are_told_what_the_record_says(spec: LayerSpec) -> None:
    told = layer_settings(spec)
    assert (told["id"], told["symbol"], told["palette"]) == (spec.id, spec.symbol, spec.palette)
    assert told["kinds"] == list(codes(spec.kind_vocabulary))
    assert [channel["name"] for channel in told["channels"]][:3] == ["kind", "status", "precision"]
    lists = code_lists()
    for column, channel in zip(spec.channel_columns, told["channels"], strict=True):
        assert lists[channel["vocabulary"]] == list(codes(spec.table.column(column).vocabulary or ""))


def test_the_scripts_have_every_palette() -> None:
    script = (ROOT / "src/bri_map/browser/marks/palette.js").read_text("utf-8")
    assert set(re.findall(r'case "([a-z]+)":', script)) == {palette.value for palette in Palette}
