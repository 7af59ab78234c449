"""A feature that stands in another layer now, under its old id, is compared all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import bri_map
from bri_map.analysis.compare import Difference, compare
from bri_map.catalog import Catalog
from bri_map.domain.fact_tables import WHOLE_ROW
from tests.builders import lines, small_root

HUB = "khorgos-hub"


@pytest.fixture(scope="module")
def difference(tmp_path_factory: pytest.TempPathFactory, small_catalog: Catalog) -> Difference:
    return compare(small_catalog, bri_map.load(_as_route(tmp_path_factory.mktemp("route"))))


def _as_route(folder: Path) -> Path:
    """Write the small root with its hub as a rail route."""
    root = small_root()
    project = root.row("projects", HUB)
    route = root.row("rail", "lao-line") | {
        name: project[name] for name in ("id", "name", "name_zh", "countries")
    }
    root.tables["projects"].remove(project)
    root.tables["rail"].append(route)
    root.sort("rail")
    del root.geometry["projects"][HUB]
    root.geometry["rail"] = dict(
        sorted((root.geometry["rail"] | {HUB: lines([[80.25, 44.2], [80.3, 44.3]])}).items())
    )
    claims = [row for row in root.tables["claims"] if row["feature_id"] == HUB]
    root.tables["claims"] = [row for row in root.tables["claims"] if row not in claims[1:]]
    claims[0] |= {"field": WHOLE_ROW, "value": ""}
    return root.write(folder)


def test_it_is_neither_added_nor_removed(difference: Difference) -> None:
    assert (difference.added, difference.removed) == ([], {})


def test_the_layer_is_said_and_the_columns_of_both(difference: Difference) -> None:
    changes = {change.field: (change.old, change.new) for change in difference.changed if change.id == HUB}
    assert changes["layer"] == ("projects", "rail")
    assert changes["sector"][1] == ""
    assert changes["kind"] == ("", "conventional")


def test_the_line_is_a_move(difference: Difference) -> None:
    assert [(move.id, move.is_line) for move in difference.moved] == [(HUB, True)]
