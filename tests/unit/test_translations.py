"""Translations belong to places of the data, and are told apart from those whose text has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bri_map import load
from bri_map.evidence.translations import Place, Wording
from bri_map.i18n import messages
from tests.builders import Root, small_root

SUMMARY = Place("nam-dam", "projects", "summary")


def translated(root: Root, *rows: tuple[str, str, str, str, str]) -> Root:
    """Give a root translations into Chinese: id, table, column, text, translation."""
    names = ("id", "table", "column", "text", "translation")
    root.tables["translations"] = [dict(zip(names, row, strict=True), language="zh") for row in rows]
    root.sort("translations")
    return root


def wording(root: Root, folder: Path, language: str = "zh") -> Wording:
    return Wording(load(root.write(folder)).translations, messages(language))


def test_a_text_is_translated_where_it_stands(tmp_path: Path) -> None:
    root = translated(small_root(), ("nam-dam", "projects", "summary", "A dam.", "一座坝。"))
    say = wording(root, tmp_path)
    assert say("A dam.", *SUMMARY[::2], "projects") == "一座坝。"
    assert say("A dam.", "lao-farm", "summary", "projects") == "A dam."


def test_one_translation_may_hold_for_every_row_and_an_own_one_comes_first(tmp_path: Path) -> None:
    note = ("status_history", "event", "As reported")
    root = translated(small_root(), ("*", *note, "据报道"), ("nam-dam", *note, "据当地报道"))
    say = wording(root, tmp_path)
    assert say("As reported", "lao-farm", "event", "status_history") == "据报道"
    assert say("As reported", "nam-dam", "event", "status_history") == "据当地报道"


def test_a_reworded_text_is_shown_in_english_and_marked(tmp_path: Path) -> None:
    root = translated(small_root(), ("nam-dam", "projects", "summary", "A dam.", "一座坝。"))
    root.row("projects", "nam-dam")["summary"] = "A high dam."
    say = wording(root, tmp_path)
    assert say("A high dam.", "nam-dam", "summary", "projects") == "A high dam.（译文待更新）"
    assert say("A low road.", "fiji-road", "summary", "projects") == "A low road."


def test_each_part_of_a_list_has_a_translation(tmp_path: Path) -> None:
    place = ("lao-farm", "parks", "main_industries")
    root = translated(small_root(), (*place, "rice", "水稻"), (*place, "maize", "玉米"))
    root.row("parks", "lao-farm")["main_industries"] = "rice;sweet corn"
    say = wording(root, tmp_path)
    assert say("rice", "lao-farm", "main_industries", "parks") == "水稻"
    assert say("sweet corn", "lao-farm", "main_industries", "parks") == "sweet corn（译文待更新）"


def test_what_another_source_says_is_translated_with_the_value(tmp_path: Path) -> None:
    root = small_root()
    claim = {"feature_id": "nam-dam", "field": "summary", "source_id": "other-page", "basis": "unconfirmed"}
    root.tables["claims"].append(claim | {"value": "A weir."})
    root.sort("claims")
    say = wording(translated(root, ("nam-dam", "projects", "summary", "A weir.", "一座堰。")), tmp_path)
    assert say("A weir.", "nam-dam", "summary", "projects") == "一座堰。"
    assert say("A dam.", "nam-dam", "summary", "projects") == "A dam."


@pytest.mark.parametrize("text", ["3.A", "12 %", "", "2020"])
def test_numbers_and_signs_are_the_same_in_every_language(tmp_path: Path, text: str) -> None:
    root = translated(small_root(), ("nam-dam", "projects", "summary", "Another text.", "……"))
    assert wording(root, tmp_path)(text, "nam-dam", "summary", "projects") == text


def test_english_pages_show_the_originals(tmp_path: Path) -> None:
    root = translated(small_root(), ("nam-dam", "projects", "summary", "Another text.", "……"))
    assert wording(root, tmp_path, "en")("A dam.", "nam-dam", "summary", "projects") == "A dam."


def test_data_without_translations_are_shown_in_english(tmp_path: Path) -> None:
    assert wording(small_root(), tmp_path)("A dam.", "nam-dam", "summary", "projects") == "A dam."
