"""What is imported, and when: nothing heavy before it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import bri_map
from bri_map.cache import ENVIRONMENT_VARIABLE
from bri_map.cli import main

HEAVY = ("numpy", "pandas", "pyarrow", "shapely", "pyproj", "geopandas", "opencc", "pypinyin", "rapidfuzz")
APP = ("streamlit", "folium", "starlette", "uvicorn", "jinja2")
OFF_THE_WAY = ("geopandas", "opencc", "pypinyin", *APP)
"""What no command but `serve` needs once the cache has the data."""


def imported(code: str, cache: Path | None = None) -> set[str]:
    """Run Python code in a process of its own and give the packages that it has imported."""
    told = f"{code}\nimport sys, json\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    environment = os.environ | ({ENVIRONMENT_VARIABLE: str(cache)} if cache else {})
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, env=environment)
    return {name.partition(".")[0] for name in json.loads(done.stdout.decode().splitlines()[-1])}


def run(*commands: tuple[str, ...]) -> str:
    """Give the code that runs some commands."""
    return f"""
from bri_map.cli import main
for words in {commands!r}:
    try:
        main(list(words))
    except SystemExit:
        pass
"""


def test_the_package_imports_nothing_heavy() -> None:
    assert not imported("import bri_map").intersection(HEAVY + APP)


def test_help_imports_nothing_heavy() -> None:
    helped = [(name, "--help") for name in main.list_commands(click.Context(main))]
    assert not imported(run(("--help",), *helped)).intersection(HEAVY + APP)


@pytest.mark.parametrize(
    "words",
    [("stats",), ("show", "china-laos-railway"), ("export", "--country", "LAO"), ("search", "vientiane")],
    ids=lambda words: words[0],
)
def test_a_command_imports_only_what_it_uses(
    words: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.getbasetemp() / "lazy-cache"
    imported(run(words), cache)
    found = imported(run(words), cache)
    assert not found.intersection(OFF_THE_WAY)


def test_every_public_name_is_there() -> None:
    for name in bri_map.__all__:
        assert getattr(bri_map, name) is not None
    assert set(bri_map.__all__) <= set(dir(bri_map))


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = bri_map.nonsense  # type: ignore[attr-defined]


def test_the_list_of_commands_says_what_each_says_itself() -> None:
    context = click.Context(main, info_name="bri-map")
    listed = main.get_help(context)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        limit = context.make_formatter().width - 6 - max(map(len, main.list_commands(context)))
        assert f"  {name} " in listed
        assert command.get_short_help_str(limit) in listed


def test_an_unknown_command_is_wrong_use() -> None:
    with pytest.raises(click.UsageError):
        main(["nonsense"], standalone_mode=False)
