"""Draw who imports whom among the packages of `bri_map`, as a Mermaid chart for CONTRIBUTING.md.

An arrow that follows from others is left out: where `ui` imports `app` and `app` imports `catalog`, an arrow
from `ui` to `catalog` would say nothing new.

    python tools/draw_imports.py            print the chart
    python tools/draw_imports.py --write    put it into CONTRIBUTING.md
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
BLOCK = re.compile(r"(?<=<!-- imports: written by tools/draw_imports.py -->\n).*?(?=<!-- end -->)", re.DOTALL)


def layers() -> list[list[str]]:
    """Give the layers of the contract in `pyproject.toml`, the highest first, each with its packages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    return [
        [name.strip().removeprefix("bri_map.") for name in line.split("|")] for line in contract["layers"]
    ]


def imports() -> dict[str, set[str]]:
    """Give for each package the packages that its modules import, type-checking imports included."""
    graph = grimp.build_graph("bri_map", exclude_type_checking_imports=False, cache_dir=None)
    known = {name for layer in layers() for name in layer}
    found: dict[str, set[str]] = {name: set() for name in known}
    for module in graph.modules:
        package = module.split(".")[1] if "." in module else ""
        for imported in graph.find_modules_directly_imported_by(module):
            other = imported.split(".")[1] if "." in imported else ""
            if package in known and other in known and other != package:
                found[package].add(other)
    return found


def chart() -> str:
    """Write the chart."""
    found = imports()

    def reached(package: str) -> set[str]:
        return {far for near in found[package] for far in {near} | reached(near)}

    lines = ["```mermaid", "flowchart TD"]
    for layer in layers():
        for package in layer:
            implied = {far for near in found[package] for far in reached(near)}
            lines += [f"    {package} --> {other}" for other in sorted(found[package] - implied)]
    return "\n".join([*lines, "```", ""])


def main() -> None:
    """Print the chart or write it."""
    if "--write" in sys.argv[1:]:
        text = CONTRIBUTING.read_text("utf-8")
        CONTRIBUTING.write_text(BLOCK.sub(lambda _: chart(), text, count=1), "utf-8")
    else:
        sys.stdout.write(chart())


if __name__ == "__main__":
    main()
