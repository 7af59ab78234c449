"""The shape of the code: thin entry points, one library a layer, small modules, no foreign host."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bri_map.domain.layers import LAYERS
from tests.conftest import ROOT
from tools.draw_imports import BLOCK, chart

PACKAGE = ROOT / "src" / "bri_map"
BROWSER = PACKAGE / "browser"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
ONLY_IN = {
    "folium": {"maps"},
    "branca": {"maps"},
    "streamlit": {"ui"},
    "streamlit_folium": {"ui"},
    "starlette": {"web"},
    "xstatic": {"app"},
    "click": {"cli"},
    "jinja2": {"ui", "web"},
    "geopandas": {"query"},
    "pyarrow": {"data", "query", "search", "snapshot"},
    "pyproj": {"geo"},
    "opencc": {"folding"},
    "pypinyin": {"folding", "i18n"},
    "babel": {"i18n"},
    "rapidfuzz": {"search"},
}
"""Which parts of the package may know a library."""
MAX_LINES = 400
FOREIGN_HOSTS_ALLOWED = {
    "datapackage.org",  # the name of a schema
    "schema.org",  # the name of a vocabulary
    "www.example.org",  # an example in the data dictionary
    "www.w3.org",  # the name of the SVG namespace, not an address
    "www.naturalearthdata.com",  # links of the attribution
    "www.geonames.org",
    "leafletjs.com",
    "china.aiddata.org",  # links from identifiers to pages of other databases
    "ourairports.com",
    "www.openstreetmap.org",
    "www.wikidata.org",
    "creativecommons.org",
}


def imports(path: Path) -> Iterator[str]:
    """Give the full name of everything that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(path: Path) -> str:
    """Give the layer of a module of the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    """Give a readable name for a test."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_libraries_stay_in_their_layer(path: Path) -> None:
    for name in imports(path):
        allowed = ONLY_IN.get(name.partition(".")[0])
        assert allowed is None or layer_of(path) in allowed, name


OPENS = {
    "data/files.py": "the files of a data root",
    "cache.py": "what the user's cache keeps",
    "cli/writing.py": "what a command writes",
    "cli/sources.py": "the file of what became of addresses",
    "analysis/addresses.py": "addresses of the web, when that is asked for",
    "intake/accepting.py": "a copy of the data root, to see whether it would have a fault",
    "cli/editing.py": "the dictionary in the documentation of a checkout",
    "app/map_files.py": "scripts that came with the package",
    "browser/__init__.py": "scripts of the package",
    "search/stored.py": "which versions of the libraries are there",
    "ui/publication.py": "a channel, no file",
    "web/streamlit_files.py": "the files of Streamlit's own page",
    "i18n/languages.py": "the message files of the package",
}
"""The modules that open files, and which."""
OPENING = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "iterdir"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_of_a_data_root_are_opened_in_one_module(path: Path) -> None:
    called = [
        node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called}
    assert names.isdisjoint(OPENING) or path.relative_to(PACKAGE).as_posix() in OPENS, names & OPENING


def test_no_module_is_allowed_to_open_files_without_need() -> None:
    for place in OPENS:
        assert OPENING & set(re.findall(r"\w+", (PACKAGE / place).read_text("utf-8"))), place


def test_the_domain_needs_no_library() -> None:
    standard = {"__future__", "calendar", "collections", "dataclasses", "difflib", "enum", "functools"}
    standard |= {"math", "re", "typing", "unicodedata", "bri_map"}
    for path in MODULES:
        if layer_of(path) in ("domain", "errors", "report"):
            assert {name.partition(".")[0] for name in imports(path)} <= standard, name_of(path)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_is_one_call(path: Path) -> None:
    docstring, statement, call = ast.parse(path.read_text("utf-8")).body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(docstring.value, ast.Constant)
    assert isinstance(statement, ast.ImportFrom)
    assert statement.module == f"bri_map.ui.{path.stem}_page"
    assert ast.unparse(call) == "render()"


def test_every_page_of_the_navigation_is_there() -> None:
    assert [path.stem for path in PAGES] == ["about", "figures", "map", "sources", "table"]


def test_app_only_joins_what_the_package_has() -> None:
    tree = ast.parse((ROOT / "app.py").read_text("utf-8"))
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
    assert all(isinstance(node, allowed) for node in tree.body)
    assert {name.partition(".")[0] for name in imports(ROOT / "app.py")} <= {
        "bri_map",
        "importlib",
        "pathlib",
        "starlette",
        "streamlit",
    }
    assert [ast.unparse(node) for node in tree.body if isinstance(node, ast.Expr)][1:] == []
    names = [ast.unparse(node.targets[0]) for node in tree.body if isinstance(node, ast.Assign)]
    assert "app" in names
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) < 30


@pytest.mark.parametrize("path", [*MODULES, *PAGES, ROOT / "app.py"], ids=name_of)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_say_what_they_are_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    if path.name != "__main__.py":
        assert docstring
        assert docstring.splitlines()[0].endswith(".")


def test_nothing_from_elsewhere_is_loaded() -> None:
    """No address of a foreign host stands in what is served or run, except as a link or a name."""
    endings = {".py", ".js", ".css", ".html", ".svg", ".toml"}
    served = [path for path in PACKAGE.rglob("*") if path.suffix in endings]
    served += [*PAGES, ROOT / "app.py", ROOT / ".streamlit" / "config.toml"]
    served.remove(PACKAGE / "analysis" / "addresses.py")  # copies of pages that are gone, asked on demand
    served.remove(PACKAGE / "maps" / "basemaps.py")  # online basemaps, asked only when chosen
    found = {
        (name_of(path), host)
        for path in served
        for host in re.findall(r"https?://([A-Za-z0-9.-]+)", path.read_text("utf-8"))
        if host not in FOREIGN_HOSTS_ALLOWED and host != "localhost"
    }
    assert found == set()


def test_styles_and_scripts_load_nothing_by_address() -> None:
    for path in PACKAGE.rglob("*.css"):
        text = path.read_text("utf-8")
        parts = re.findall(r"""@import ["'](.+?)["'];""", text)
        assert text.count("@import") == len(parts), name_of(path)
        assert all((path.parent / part).is_file() for part in parts), name_of(path)
        assert not parts or path.parent != BROWSER / "dist" / "styles", name_of(path)
        assert re.findall(r"url\(\s*['\"]?(?!data:|#)", text) == [], name_of(path)


def test_scripts_never_write_html() -> None:
    for path in BROWSER.rglob("*.js"):
        text = path.read_text("utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert word not in text, f"{name_of(path)}: {word}"


def test_python_never_trusts_html() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        for word in ("unsafe_allow_html", "Markup(", "|safe", "| safe", "autoescape=False"):
            assert word not in text, f"{name_of(path)}: {word}"
    for path in PACKAGE.rglob("templates/*.html"):
        text = path.read_text("utf-8")
        assert "safe" not in re.findall(r"\|\s*(\w+)", text), name_of(path)
        assert "autoescape" not in text, name_of(path)


def test_nobody_leaves_a_note_to_come_back() -> None:
    files = [*MODULES, *PAGES, *BROWSER.rglob("*.js"), *BROWSER.rglob("*.css")]
    files += [path for path in (ROOT / "tests").rglob("*") if path.suffix in (".py", ".js")]
    words = re.compile("TO" + "DO|FIX" + "ME|XX" + "X:")
    assert [name_of(path) for path in files if words.search(path.read_text("utf-8"))] == []


def test_the_picture_of_the_imports_is_current() -> None:
    drawn = BLOCK.search((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert drawn is not None
    assert drawn[0] == chart(), "python tools/draw_imports.py --write"


def test_no_module_and_no_script_knows_a_language_by_name() -> None:
    """A language is data: its messages and habits, the columns of its names. Nothing else asks for one."""
    allowed = {PACKAGE / "domain" / "names.py", PACKAGE / "domain" / "table.py"}
    literal = re.compile(r"""["'](?:zh|zh-Hans|cmn)["']""")
    scripts = [path for path in (PACKAGE / "browser").rglob("*.js") if "dist" not in path.parts]
    sources = [path for path in MODULES if layer_of(path) != "i18n" and path not in allowed]
    found = [name_of(path) for path in [*sources, *scripts] if literal.search(path.read_text("utf-8"))]
    assert found == []


LAYER_IDS = "|".join(LAYERS)
OTHER_WORDS = {
    ("checks/names.py", "projects"),  # a word that tells no name from another
    ("checks/units.py", "projects"),  # a unit in which firms are counted
    ("cli/features.py", "parks"),  # the parks that a paper counts, a list in the answer of `reconcile`
}
"""Where a word is the id of a layer and means something else."""


@pytest.mark.parametrize("path", [p for p in MODULES if layer_of(p) != "domain"], ids=name_of)
def test_no_module_outside_the_domain_names_a_layer(path: Path) -> None:
    """A layer is asked what it is (`LayerSpec`), never which: a fifth one is a record and no change here."""
    tree = ast.parse(path.read_text("utf-8"))
    place = path.relative_to(PACKAGE).as_posix()
    named = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in set(LAYERS)
    }
    assert {(place, str(word)) for word in named} <= OTHER_WORDS
    assert "bri_map.domain.vocabulary.Layer" not in set(imports(path))
    assert not any(name.startswith("bri_map.domain.layer_tables") for name in imports(path))


def test_no_script_names_a_layer() -> None:
    """Colours apart: a palette may have the name of the layer that it was made for."""
    pattern = re.compile(rf"""["'`](?:{LAYER_IDS})["'`]|layer\.(?:{LAYER_IDS})\b""")
    sources = [path for path in (PACKAGE / "browser").rglob("*.js") if "dist" not in path.parts]
    assert len(sources) > 20
    found = {path.name for path in sources if pattern.search(path.read_text("utf-8"))}
    assert found == {"palette.js"}


def test_no_style_and_no_template_names_a_layer() -> None:
    pattern = re.compile(rf"""bri-(?:{LAYER_IDS})\b|==\s*["'](?:{LAYER_IDS})["']""")
    files = list((PACKAGE / "browser" / "styles").glob("*.css"))
    files += list(PACKAGE.rglob("templates/*.html"))
    assert len(files) > 10
    found = {path.name: pattern.findall(path.read_text("utf-8")) for path in files}
    assert {name: words for name, words in found.items() if words} == {}
