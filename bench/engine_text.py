"""The questions of words: the sidebar's text filter and the search."""

from __future__ import annotations

import time
from functools import partial

from bench.questions import Questions
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter

_SEARCHES = (
    "nairobi",
    "nairobi rail",
    "rail nairobi",
    "nairobbi rail",
    "park",
    "kenya railway",
    "内罗毕",
    "蒙內鐵路",
    "neiluobi",
    "工业园",
    "addisababa",
    "shangai",
    "zz top",
)
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


def prepare_search(catalog: Catalog) -> Questions:
    """Search by name, in five ways of writing, with and without typing errors; the floor scans the names."""
    start = time.perf_counter()
    catalog.searcher.prepare()
    taken = 1000 * (time.perf_counter() - start)
    names = names_of(catalog)
    return Questions(
        ask=[partial(catalog.search, text) for text in _SEARCHES],
        ask_floor=[partial(scan, names, text) for text in _SEARCHES],
        floor="the same scan, which knows no order, pinyin, other scripts or typing errors",
        prepare_ms=taken,
        forget=catalog.searcher.forget,
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
