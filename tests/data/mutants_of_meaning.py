"""Sixty slips of meaning, planted in the shipped data: six of each kind.

In each of them cell, claim, translation, count and built line change together, as when an editor is tired and
not careless: every row is well formed and every reference is kept, and only what is said is wrong. They
measure how many of such slips the rules of the validator find: `python -m tests.data.mutants_of_meaning` says
it of each, or of those that it is given by name.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import bri_map
from bri_map.report import Issue
from tests.data.planting import Mutant, Shapes, Tables, copied, read, write
from tests.data.slips_about_things import PLACES, SOURCES, TEXTS, TWINS
from tests.data.slips_in_facts import DATES, HISTORIES, MAGNITUDES, ORGANISATIONS, RELATIONS, VOCABULARIES

__all__ = ["MUTANTS", "Mutant", "groups", "issues_of", "read", "write"]

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


TOGETHER = 10
"""Most mutants in one root: a run of the validator takes seconds."""


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


def groups(mutants: Sequence[Mutant]) -> list[tuple[Mutant, ...]]:
    """Share mutants out among as few roots as go without two of them about one thing."""
    shared: list[tuple[Mutant, ...]] = []
    for mutant in mutants:
        for place, others in enumerate(shared):
            taken = {thing for other in others for thing in other.id}
            if len(others) < TOGETHER and taken.isdisjoint(mutant.id):
                shared[place] = (*others, mutant)
                break
        else:
            shared.append((mutant,))
    return shared


def main(names: list[str]) -> None:
    """Say of each mutant, or of those named, whether a rule finds it, and what is said of anything else."""
    data = read()
    wanted = [mutant for mutant in MUTANTS if mutant.name in names or not names]
    number = 0
    for group in groups(wanted):
        with tempfile.TemporaryDirectory() as folder:
            issues = issues_of(group, data, Path(folder))
        for mutant in group:
            rules = sorted({issue.rule for issue in issues if mutant.is_found_by(issue)})
            number += bool(rules)
            said = f"found by {', '.join(rules)}" if rules else "not found"
            sys.stdout.write(f"{mutant.kind}: {mutant.name}: {said}\n")
        for issue in issues:
            if not any(mutant.is_found_by(issue) for mutant in group):
                sys.stdout.write(f"beside them: {issue}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{number} of {len(wanted)} found\n")


if __name__ == "__main__":
    main(sys.argv[1:])
