"""The mutants of meaning are slips in data that are otherwise as they are shipped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.data.mutants_of_meaning import MUTANTS, Mutant, issues_of
from tests.data.planting import Shapes, Tables, copied, read

KINDS = 10
EACH = 6


@pytest.fixture(scope="module")
def data() -> tuple[Tables, Shapes]:
    """The shipped data as plain values."""
    return read()


def test_there_are_six_of_each_kind() -> None:
    counts = Counter(mutant.kind for mutant in MUTANTS)
    assert len(counts) == KINDS
    assert set(counts.values()) == {EACH}
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_it_changes_something(mutant: Mutant, data: tuple[Tables, Shapes]) -> None:
    changed = copied(*data)
    mutant.apply(*changed)
    assert changed != data


def test_what_is_written_without_them_has_no_fault(data: tuple[Tables, Shapes], tmp_path: Path) -> None:
    assert [str(issue) for issue in issues_of((), data, tmp_path)] == []
