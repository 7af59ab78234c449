"""A data root is read once: how often its files are opened, and what is done with what was read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import bri_map
from bri_map.cache import ENVIRONMENT_VARIABLE
from bri_map.checks import quality
from bri_map.data.format import build_lines, canonical_files
from bri_map.data.reading import read_root
from bri_map.data.root import DataRoot
from bri_map.report import Report


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each file is opened, by its name."""
    counts: Counter[str] = Counter()
    original = Path.open

    def count(path: Path, *args: Any, **kwargs: Any) -> Any:
        counts[path.name] += 1
        return original(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", count)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "off")
    return counts


def test_a_validation_opens_every_file_once(small_folder: Path, opened: Counter[str]) -> None:
    quality._territories.cache_clear()
    assert bri_map.validate(small_folder).ok
    names = {path.name for path in small_folder.rglob("*.*")}
    assert {name: count for name, count in opened.items() if name in names} == dict.fromkeys(names, 1)


def test_what_was_read_is_enough_to_write_every_file(small_folder: Path, opened: Counter[str]) -> None:
    content = read_root(DataRoot(small_folder), Report(), keeps=True)
    opened.clear()
    lines = build_lines(content.tables, content.geometry)
    files = canonical_files(content.tables, content.geometry, lines, content.head)
    assert opened == {}
    for place, text in files.items():
        assert text.encode() == content.files.raw(place), place
