"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

import bri_map
from bri_map import cache
from bri_map.catalog import Catalog
from bri_map.data.root import ENVIRONMENT_VARIABLE
from tests.builders import Root, small_root

pytest_plugins = ["pytester", "tests.no_network", "tests.no_skips"]

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("bri-map", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("bri-map")


@pytest.fixture(scope="session", autouse=True)
def _shipped_data_unless_told() -> None:
    """Let nothing in the surroundings choose another data root; commands may set one for a test."""
    os.environ.pop(ENVIRONMENT_VARIABLE, None)


@pytest.fixture(scope="session", autouse=True)
def _no_cache_unless_told() -> None:
    """Keep the cache of whoever runs the tests out of them; tests of the cache choose a folder."""
    os.environ[cache.ENVIRONMENT_VARIABLE] = cache.OFF


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The shipped data."""
    return bri_map.load(ROOT)


@pytest.fixture
def small() -> Root:
    """A small data root as values, to be changed and written."""
    return small_root()


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small data root as it is, written."""
    return small_root().write(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small_catalog(small_folder: Path) -> Catalog:
    """The catalog of the small data root."""
    return bri_map.load(small_folder)
