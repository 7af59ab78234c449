"""The data roots that the benchmark generates."""

from __future__ import annotations

from pathlib import Path

import pytest

import bri_map
from bench.generate import generate_root, layer_sizes
from bri_map.checks.validation import read_checked
from bri_map.data.root import DataRoot
from bri_map.domain.vocabulary import Layer
from bri_map.report import Report


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate_root(tmp_path_factory.mktemp("bench") / "root", 1_000)


def test_a_generated_root_can_be_served(root: Path) -> None:
    """Its points lie anywhere, so that the full validator would complain; what a server needs is sound."""
    report = Report()
    read_checked(DataRoot(root), report)
    assert [str(issue) for issue in report] == []


def test_it_has_as_many_features_as_asked_in_every_layer(root: Path) -> None:
    catalog = bri_map.load(root)
    sizes = {layer: part.stop - part.start for layer, part in catalog.slices.items()}
    assert sizes == layer_sizes(1_000)
    assert len(catalog) == 1_000
    assert all(sizes[layer] for layer in Layer)


def test_the_same_seed_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    again = generate_root(tmp_path / "again", 1_000)
    files = sorted(path.relative_to(root) for path in root.rglob("*.*"))
    assert files == sorted(path.relative_to(again) for path in again.rglob("*.*"))
    assert all((root / file).read_bytes() == (again / file).read_bytes() for file in files)


def test_a_root_that_is_there_is_kept(root: Path) -> None:
    before = (root / "data" / "parks.csv").stat().st_mtime_ns
    generate_root(root, 1_000)
    assert (root / "data" / "parks.csv").stat().st_mtime_ns == before


def test_too_few_features_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too few"):
        generate_root(tmp_path, 99)
