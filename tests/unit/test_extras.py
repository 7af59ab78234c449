"""The library and the command line work without what only the app needs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
APP = ("branca", "folium", "jinja2", "starlette", "streamlit", "streamlit_folium", "uvicorn", "xstatic")
INTAKE = ("bs4", "charset_normalizer", "openpyxl")
BLOCK = f"""
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {(*APP, *INTAKE)!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocked())
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a Python that has no package of the app."""
    return subprocess.run([sys.executable, "-c", BLOCK + code], capture_output=True, text=True, timeout=300)


def test_the_library_needs_no_package_of_the_app() -> None:
    done = run(
        "import bri_map\n"
        "catalog = bri_map.load()\n"
        "assert len(catalog.select(bri_map.Filter(layer={'parks'}, country={'LAO'}))) > 0\n"
        "assert catalog.search('gwadar').hits\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_commands_need_no_package_of_the_app() -> None:
    done = run("from bri_map.cli import main\nmain(['stats', '--json'], standalone_mode=False)\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"count"' in done.stdout


def test_serving_without_the_app_says_what_to_install() -> None:
    done = run("from bri_map.cli import main\nmain(['serve'])\n")
    assert done.returncode == 2
    assert "Error: The app is not installed" in done.stderr
    assert 'pip install "bri-map[app]"' in done.stderr
    assert done.stdout == ""


def test_a_plain_list_is_taken_in_without_the_extra_and_a_page_says_what_to_install(tmp_path: Path) -> None:
    for name, text in (("list.txt", "Lagos Blue Line opens"), ("page.html", "<p>Lagos Blue Line opens</p>")):
        (tmp_path / name).write_text(text)
    command = "from bri_map.cli import main\nmain(['intake', {!r}])\n"
    plain, page = (run(command.format(str(tmp_path / name))) for name in ("list.txt", "page.html"))
    assert plain.returncode == 0
    assert "lagos-blue-line" in plain.stdout
    assert page.returncode == 2
    assert 'pip install "bri-map[intake]"' in page.stderr


def test_development_tools_are_no_extras() -> None:
    assert set(PROJECT["project"]["optional-dependencies"]) == {"app", "intake"}
    assert set(PROJECT["dependency-groups"]) == {"build", "dev"}
