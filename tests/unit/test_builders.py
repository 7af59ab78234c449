"""The small data root that other tests start from has no fault of its own."""

from __future__ import annotations

from pathlib import Path

import bri_map
from bri_map.data.root import DataRoot
from bri_map.data.staleness import stale_in
from tests.builders import layer_ids, small_root


def test_the_small_root_has_no_fault(small_folder: Path) -> None:
    assert [str(issue) for issue in bri_map.validate(small_folder)] == []


def test_its_features_arrive(small_catalog: bri_map.Catalog) -> None:
    expected = [feature_id for ids in layer_ids(small_root()).values() for feature_id in ids]
    assert list(small_catalog.ids) == expected


def test_its_lines_are_those_of_its_waypoints(small_folder: Path) -> None:
    assert [file.place for file in stale_in(DataRoot(small_folder))] == []
