"""Text search does not mind case, accents, full-width forms or blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_map.folding import fold, split_words
from bri_map.query.text import TextIndex


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Belgrade", "belgrade"),
        ("Đồng Nai", "dong nai"),
        ("中老鐵路", "中老铁路"),
        ("Sino-Thai (Rayong)", "sino thai rayong"),
        ("Xi'an", "xian"),
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


@pytest.mark.parametrize("sign", [*'.*+?[](){}|^$%_"\\-', "\x00", "\u202e"])
def test_signs_part_words_and_nothing_else(sign: str) -> None:
    index = TextIndex([f"a{sign}b", "a b", "axb", "ab"])
    assert index.mask(f"a{sign}b").tolist() == [True, True, False, False]
    assert index.mask(sign).tolist() == [False] * 4


def test_traditional_characters_and_pinyin_are_found() -> None:
    index = TextIndex(["China-Laos Railway\n中老铁路", "China-Laos friendship", "Kunming\n昆明老挝"])
    for words in ("中老鐵路", "zhonglao tielu", "zhong lao tie lu", "ZhōngLǎo", "zhonglaotielu"):
        assert index.mask(words).tolist() == [True, False, False], words
    assert index.mask("laowo kunming").tolist() == [False, False, True]
    assert index.mask("onglao").tolist() == [False] * 3  # begins inside a syllable


def test_a_word_that_stands_somewhere_is_not_taken_for_a_reading() -> None:
    index = TextIndex(["Lao Cai", "昆明老挝"])
    assert index.mask("lao").tolist() == [True, False]
    assert index.mask("laowo").tolist() == [False, True]


@given(st.text(), st.text())
def test_the_filter_folds_as_the_search_does(one: str, other: str) -> None:
    assert tuple(fold(f"{one} {other}").split()) == split_words(f"{one} {other}")


def test_an_index_of_nothing() -> None:
    assert TextIndex([]).mask("word").tolist() == []
