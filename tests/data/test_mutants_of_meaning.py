"""The mutants of meaning are slips in data that are otherwise as they are shipped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.data.mutants_of_meaning import MUTANTS, Mutant, groups, issues_of
from tests.data.planting import Shapes, Tables, copied, fact, read, slip

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


def test_what_a_rule_finds_counts_as_found(data: tuple[Tables, Shapes], tmp_path: Path) -> None:
    below = fact("measures", {"feature_id": "bui-dam", "measure": "height"}, value="-108")
    mutant = slip("dam-below-the-ground", "form", "measures", "bui-dam", below)
    assert [mutant.is_found_by(issue) for issue in issues_of([mutant], data, tmp_path)] == [True]


def test_none_shares_a_root_with_another_about_the_same_thing() -> None:
    shared = groups(MUTANTS)
    assert sorted(mutant.name for group in shared for mutant in group) == sorted(m.name for m in MUTANTS)
    for group in shared:
        things = [thing for mutant in group for thing in mutant.id]
        assert len(set(things)) == len(things)


def test_most_of_them_are_found_at_their_row(data: tuple[Tables, Shapes], tmp_path: Path) -> None:
    """They were planted by somebody who had not seen the rules; 39 of the 60 were found then."""
    found: set[str] = set()
    for number, group in enumerate(groups(MUTANTS)):
        folder = tmp_path / str(number)
        folder.mkdir()
        issues = issues_of(group, data, folder)
        found |= {mutant.name for mutant in group if any(map(mutant.is_found_by, issues))}
    assert len(found) >= 0.65 * len(MUTANTS), sorted({mutant.name for mutant in MUTANTS} - found)
