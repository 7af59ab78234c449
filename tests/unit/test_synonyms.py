"""Everyday words: plurals, words for the same, words for a part of it; Chinese runs taken apart."""

from __future__ import annotations

import pytest

from bri_map.domain.synonyms import NARROWER, SYNONYMS, other_numbers, split_known, stands_for
from bri_map.folding import split_words


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("port", "ports"),
        ("refinery", "refineries"),
        ("bridge", "bridges"),
        ("wharf", "wharves"),
        ("box", "boxes"),
    ],
)
def test_singular_and_plural_stand_for_each_other(one: str, many: str) -> None:
    assert one in other_numbers(many)
    assert many in stands_for(one)
    assert one in stands_for(many)


@pytest.mark.parametrize("word", ["laos", "gas", "campus", "access", "suez", "中老", "e763", "us"])
def test_a_word_that_only_ends_like_a_plural_has_no_singular(word: str) -> None:
    assert not any(len(other) < len(word) for other in other_numbers(word))


def test_words_of_one_meaning_stand_for_each_other_in_both_languages() -> None:
    assert {"port", "港口", "harbor", "ports"} <= stands_for("harbours").keys()
    assert "harbour" in stands_for("港口")
    assert stands_for("harbour")["port"] > stands_for("port")["wharf"]


def test_a_word_for_a_part_is_not_taken_for_the_whole() -> None:
    assert "tomsk" in stands_for("siberia")
    assert "siberia" not in stands_for("tomsk")


def test_a_word_does_not_stand_for_itself() -> None:
    assert "port" not in stands_for("port")
    assert stands_for("gwadar") == {"gwadars": pytest.approx(0.97)}


def test_a_run_of_characters_is_taken_apart_at_known_words() -> None:
    assert split_known("西伯利亚木材园区") == ("西伯利亚", "木材", "园区")
    assert split_known("肯尼亚的太阳能") == ("肯尼亚", "太阳能")
    assert split_known("瓜达尔") == ("瓜达尔",)


def test_every_word_of_the_table_is_one_folded_word() -> None:
    words = {word for group in SYNONYMS for word in group} | set(NARROWER)
    words |= {word for others in NARROWER.values() for word in others}
    assert [word for word in words if split_words(word) != (word,)] == []
