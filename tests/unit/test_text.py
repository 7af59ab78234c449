"""Text search does not mind case, accents, full-width forms or blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_map.query.text import TextIndex, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Belgrade", "belgrade"),
        ("Đồng Nai", "đong nai"),
        ("São Tomé", "sao tome"),
        ("Ürümqi", "urumqi"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("İzmir", "izmir"),
        ("ＡＢＣ　１２", "abc 12"),
        ("  a \t\n b ", "a b"),
        ("中老铁路", "中老铁路"),
        ("e\u0301", "e"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_leaves_single_blanks_only(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@given(st.text(), st.text())
def test_joined_texts_fold_as_their_parts_do(one: str, other: str) -> None:
    assert fold(f"{one} {other}").split() == [*fold(one).split(), *fold(other).split()]


def test_every_word_must_occur_in_any_order() -> None:
    index = TextIndex(["Vientiane Saysettha Zone", "Zone of Vientiane", "Saysettha"])
    assert index.mask("zone VIENTIANE").tolist() == [True, True, False]
    assert index.mask("zone saysettha").tolist() == [True, False, False]
    assert index.mask("sett").tolist() == [True, False, True]
    assert index.mask("").tolist() == [True, True, True]
    assert index.mask("   ").tolist() == [True, True, True]


@pytest.mark.parametrize("sign", [*".*+?[](){}|^$%_'\"\\", "\x00", "\u202e"])
def test_signs_stand_for_themselves(sign: str) -> None:
    assert TextIndex([f"a{sign}b", "axb", "ab"]).mask(f"a{sign}b").tolist() == [True, False, False]


def test_an_index_of_nothing() -> None:
    assert TextIndex([]).mask("word").tolist() == []
