"""What a careful reader asks, once more from the files: where sources differ, what overlaps and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

Tables = Callable[[str], list[dict[str, str]]]
Codes = dict[tuple[str, str], set[str]]
RELATIONS = ("same-site-as", "part-of", "phase-of", "successor-of")


def of_facts(tables: Tables, shown: set[str]) -> Codes:
    """Give the codes by feature and facet: `disputed`, `overlap`, `documents`, `scope`.

    Args:
        tables: Gives the rows of a table.
        shown: Ids of the features that are shown.
    """
    found: Codes = defaultdict(set)
    for feature_id, field in _disputed(tables):
        found[feature_id, "disputed"].add(field)
    for feature_id, code in _overlapping(tables, shown):
        found[feature_id, "overlap"].add(code)
    for row in tables("costs"):
        part = "part" if row["cost_kind"] == "part" or row["scope"] else "whole"
        scope = "programme" if row["cost_kind"] == "programme" else part
        found[row["feature_id"], "scope"].add(scope)
    for row in tables("source_coverage"):
        found[row["target_id"], "documents"].add(row["source_id"])
    return found


def _disputed(tables: Tables) -> list[tuple[str, str]]:
    said: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in tables("claims"):
        if row["field"] != "*":
            said[row["feature_id"], row["field"]].add(row["value"])
    for row in tables("costs"):
        if not row["scope"]:
            alike = (row["feature_id"], "cost_usd_million", row["cost_kind"], row["currency"], row["year"])
            said[alike].add(row["amount_million"])
    return [(key[0], key[1]) for key, values in said.items() if len(values) > 1]


def _overlapping(tables: Tables, shown: set[str]) -> list[tuple[str, str]]:
    found = []
    for row in tables("relations"):
        ends = (row["feature_id"], row["other_id"])
        if row["relation"] in RELATIONS and shown.issuperset(ends):
            found += [(end, row["relation"]) for end in ends]
    for row in tables("parks"):
        for other in filter(None, row["ey_alternatives"].split(";")):
            found += [(row["id"], "alternative"), (other, "alternative")]
    return found + [(row["successor_id"], "retired") for row in tables("retired")]
