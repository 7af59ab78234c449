"""Codes, tables and columns hang together."""

from __future__ import annotations

import re

import pytest

from bri_map.domain.codes import VOCABULARIES, codes
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import FILTER_NAMES
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.tables import TABLES, Kind, Table
from bri_map.domain.vocabulary import Layer, Precision, Status

CODE = re.compile(r"[a-z]+(-[a-z]+)*")


@pytest.mark.parametrize("name", VOCABULARIES)
def test_codes_are_lower_case_kebab_and_occur_once(name: str) -> None:
    known = codes(name)
    assert known
    if name != "licence":  # those are written as SPDX writes them
        assert all(CODE.fullmatch(code) for code in known)
    assert len(set(known)) == len(known)


def test_codes_keep_their_order() -> None:
    """The order is that of the binary channels and of the drawing; a change breaks both."""
    assert codes("layer") == ("corridors", "rail", "projects", "parks")
    assert codes("precision") == ("site", "town", "district", "country", "schematic")
    assert codes("status") == tuple(status.value for status in Status)
    assert codes("precision") == tuple(precision.value for precision in Precision)


def test_a_channel_holds_every_code() -> None:
    """A channel of the layer files is one byte a feature."""
    assert all(len(codes(name)) < 256 for name in VOCABULARIES)


def test_an_unknown_vocabulary_is_an_error() -> None:
    with pytest.raises(KeyError):
        codes("colour")


def test_facets_with_fixed_codes_name_a_vocabulary() -> None:
    for facet in FACETS.values():
        assert not facet.vocabulary or facet.vocabulary in VOCABULARIES
        kinds = [bool(facet.vocabulary), bool(facet.references), facet.is_told, facet.names_columns]
        assert kinds.count(True) == 1, facet.name


def test_every_facet_is_a_part_of_the_filter_and_comes_first() -> None:
    assert FILTER_NAMES[: len(FACETS)] == tuple(FACETS)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
class TestTables:
    def test_columns_occur_once_and_say_what_they_mean(self, table: Table) -> None:
        assert len(set(table.column_names)) == len(table.columns)
        for column in table.columns:
            assert column.meaning.endswith("."), column.name

    def test_codes_have_a_vocabulary_and_nothing_else_has(self, table: Table) -> None:
        for column in table.columns:
            assert (column.kind is Kind.CODE) == (column.vocabulary in VOCABULARIES), column.name

    def test_references_lead_to_tables_with_one_key(self, table: Table) -> None:
        keyed = {other.name for other in TABLES if len(other.key) == 1} | {"features", "named"}
        for column in table.columns:
            assert column.references is None or column.references in keyed, column.name

    def test_key_and_order_are_columns(self, table: Table) -> None:
        assert set(table.key) <= set(table.column_names)
        assert set(table.sort) <= set(table.column_names)

    def test_units_are_part_of_the_name(self, table: Table) -> None:
        endings = {"km²": "_km2", "km": "_km", "km/h": "_kmh", "mm": "_mm", "million US$": "_usd_million"}
        endings |= {"million of the currency": "_million", "degrees": ""}
        for column in table.columns:
            if column.unit:
                assert column.name.endswith(endings[column.unit]), column.name

    def test_limits_make_sense(self, table: Table) -> None:
        for column in table.columns:
            if column.minimum is not None and column.maximum is not None:
                assert column.minimum < column.maximum
            if column.kind in (Kind.INTEGER, Kind.NUMBER) and column.name != "value":
                assert column.minimum is not None, column.name

    def test_a_column_is_found_by_name(self, table: Table) -> None:
        first = table.columns[0]
        assert table.column(first.name) is first
        with pytest.raises(KeyError):
            table.column("no such column")


def test_every_layer_has_a_table_with_the_common_columns_first() -> None:
    assert list(LAYER_TABLES) == list(Layer)
    for layer, table in LAYER_TABLES.items():
        common = ["id", "record", "name", "name_zh", LAYERS[layer].kind_column, "countries"]
        common += ["precision", "position_note", "note"]
        assert list(table.column_names[: len(common)]) == common
        assert {"status", "status_as_of", "freshness", "basis"} <= {c.name for c in table.derived}
        assert all(column.is_derived for column in table.derived)
