"""Sixty slips of meaning, planted in the shipped data: six of each kind.

In each of them cell, claim, translation, count and built line change together, as when an editor is tired and
not careless: every row is well formed and every reference is kept, and only what is said is wrong. They
measure how many of such slips the rules of the validator find: `python -m tests.data.mutants_of_meaning` says
it of each, or of those that it is given by name.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import bri_map
from bri_map.report import Issue
from tests.data.planting import Mutant, Shapes, Tables, copied, read, write
from tests.data.slips_about_things import ORGANISATIONS, PLACES, SOURCES, TEXTS, TWINS
from tests.data.slips_in_facts import DATES, HISTORIES, MAGNITUDES, RELATIONS, VOCABULARIES

__all__ = ["MUTANTS", "Mutant", "issues_of", "read", "write"]

MUTANTS: tuple[Mutant, ...] = (
    *RELATIONS,
    *HISTORIES,
    *DATES,
    *VOCABULARIES,
    *MAGNITUDES,
    *PLACES,
    *TEXTS,
    *TWINS,
    *SOURCES,
    *ORGANISATIONS,
)


def issues_of(mutants: Iterable[Mutant], data: tuple[Tables, Shapes], folder: Path) -> list[Issue]:
    """Give what the validator says of the data with some mutants in them.

    Args:
        mutants: The mutants.
        data: Tables and shapes as they are; they stay so.
        folder: Takes the files.
    """
    tables, shapes = copied(*data)
    for mutant in mutants:
        mutant.apply(tables, shapes)
    return list(bri_map.validate(write(tables, shapes, folder)))


def main(names: list[str]) -> None:
    """Say of each mutant, or of those named, whether a rule finds it, and which rules speak elsewhere."""
    data = read()
    wanted = [mutant for mutant in MUTANTS if mutant.name in names or not names]
    number = 0
    for mutant in wanted:
        with tempfile.TemporaryDirectory() as folder:
            issues = issues_of([mutant], data, Path(folder))
        rules = sorted({issue.rule for issue in issues if mutant.is_found_by(issue)})
        others = sorted({f"{i.rule} at {i.place}" for i in issues if not mutant.is_found_by(i)})
        number += bool(rules)
        said = f"found by {', '.join(rules)}" if rules else "not found"
        beside = f"; beside it {'; '.join(others)}" if others else ""
        sys.stdout.write(f"{mutant.kind}: {mutant.name}: {said}{beside}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{number} of {len(wanted)} found\n")


if __name__ == "__main__":
    main(sys.argv[1:])
