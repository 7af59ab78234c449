"""The questions of words: the sidebar's text filter."""

from __future__ import annotations

from functools import partial

from bench.questions import Questions
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter

_WORDS = ("railway", "park 12", "Nairobi", "工业园", "Lao", "zz top")


def prepare_text_filter(catalog: Catalog) -> Questions:
    """Filter by words; the floor scans the names."""
    names = names_of(catalog)
    return Questions(
        ask=[partial(catalog.engine.mask, Filter(q=words)) for words in _WORDS],
        ask_floor=[partial(scan, names, words) for words in _WORDS],
        floor="a Python scan of the English and Chinese names for the words as they stand",
        prepare_ms=0,
    )


def names_of(catalog: Catalog) -> list[str]:
    """Give the names of every feature, lower case, one text each."""
    return [
        f"{name}\n{name_zh}".lower()
        for layer in catalog.slices
        for name, name_zh in catalog.rows(layer)[["name", "name_zh"]].itertuples(index=False)
    ]


def scan(names: list[str], words: str) -> list[int]:
    """Find the names that hold a text: the floor."""
    text = words.lower()
    return [number for number, name in enumerate(names) if text in name]
