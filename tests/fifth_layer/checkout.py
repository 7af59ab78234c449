"""Write a checkout with a fifth layer: the package as it is, one record, its messages and its data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.builders import Root, Row, csv_bytes, geojson_bytes, point, small_root
from tests.conftest import ROOT
from tests.fifth_layer.ports import PORTS

RECORD = Path(__file__).with_name("ports.py")
ORDER = "(CORRIDORS, RAIL, PROJECTS, PARKS)"
"""The order of drawing, in the one place where it is written."""
MESSAGES = {
    "en": {
        "layer": {"ports": "Ports"},
        "port_kind": {"deep-sea": "Deep-sea port", "river": "River port", "dry": "Dry port"},
        "column": {"quay_length_km": "Length of quays"},
    },
    "zh": {
        "layer": {"ports": "港口图层"},
        "port_kind": {"deep-sea": "深水港", "river": "内河港", "dry": "陆港"},
        "column": {"quay_length_km": "码头长度"},
    },
}
SHAPES: dict[str, Any] = {
    "anchor-bay": point(100.9, 13.1),
    "mekong-quay": point(102.6, 17.95),
    "suva-wharf": point(178.42, -18.13),
}
KINDS = {"anchor-bay": "deep-sea", "mekong-quay": "river", "suva-wharf": "deep-sea"}


_RUN = """
import json, sys
from click.testing import CliRunner
from bri_map.cli import main
results = [CliRunner().invoke(main, command.split(), catch_exceptions=False) for command in sys.argv[1:]]
assert not any(result.exit_code for result in results), [result.output for result in results]
print(json.dumps([result.stdout for result in results]))
"""


def write_checkout(folder: Path) -> Path:
    """Write the checkout and give its folder; its data are those of the small root and three ports."""
    package = folder / "src" / "bri_map"
    shutil.copytree(ROOT / "src" / "bri_map", package, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pages", ".streamlit"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "app.py", folder)
    _register(package / "domain")
    for language, sections in MESSAGES.items():
        _add_messages(package / "i18n" / f"{language}.toml", sections)
    _with_ports(small_root()).write(folder)
    (folder / "data" / "ports.csv").write_bytes(csv_bytes(PORTS.table.column_names, _ports()))
    (folder / "geo" / "ports.geojson").write_bytes(geojson_bytes(SHAPES))
    (folder / "geo" / "basemap").symlink_to(ROOT / "geo" / "basemap")
    run(folder, "format")
    return folder


def run(folder: Path, *commands: str) -> dict[str, str]:
    """Run commands of the checkout in one process, one after another.

    Returns:
        Each command, its words separated by blanks, and what it prints.
    """
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *commands],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(zip(commands, json.loads(done.stdout), strict=True))


def environment(folder: Path) -> dict[str, str]:
    """Give the environment in which the package of the checkout is the one that is imported."""
    return {**os.environ, "PYTHONPATH": str(folder / "src"), "BRI_MAP_DATA": str(folder)}


def _register(domain: Path) -> None:
    """Add the record, and its name to the order of drawing."""
    shutil.copy(RECORD, domain / "ports.py")
    records = domain / "layers.py"
    text = records.read_text("utf-8")
    assert text.count(ORDER) == 1
    text = text.replace(ORDER, ORDER.replace(")", ", PORTS)"))
    first = "from bri_map.domain.table import Table\n"
    assert text.count(first) == 1
    records.write_text(text.replace(first, f"from bri_map.domain.ports import PORTS\n{first}"), "utf-8")


def _add_messages(path: Path, sections: dict[str, dict[str, str]]) -> None:
    text = path.read_text("utf-8")
    for section, texts in sections.items():
        lines = "".join(f"{json.dumps(key)} = {json.dumps(said)}\n" for key, said in texts.items())
        head = f"\n[{section}]\n"
        text = text.replace(head, head + lines) if head in text else f"{text}{head}{lines}"
    path.write_text(text, "utf-8")


def _with_ports(root: Root) -> Root:
    """Add what the facts say of the ports."""
    for feature_id in SHAPES:
        root.tables["claims"].append(_said(feature_id, field="*"))
        root.tables["status_history"].append(
            _said(feature_id, date="2020-06", mark="reported", status="completed", event="A report")
        )
    root.sort("claims")
    root.sort("status_history")
    return root


def _said(feature_id: str, **values: str) -> Row:
    return {"feature_id": feature_id, "source_id": "news-page", "basis": "confirmed", **values}


def _ports() -> list[Row]:
    names = {
        "anchor-bay": ("Anchor Bay", "锚湾港", "THA"),
        "mekong-quay": ("Mekong Quay", "湄公码头", "LAO"),
        "suva-wharf": ("Suva Wharf", "苏瓦码头", "FJI"),
    }
    return [
        {
            "id": feature_id,
            "record": "published",
            "name": name,
            "name_zh": name_zh,
            "kind": KINDS[feature_id],
            "countries": country,
            "precision": "site",
            "position_note": "A point of the test",
            "quay_length_km": "1.5",
        }
        for feature_id, (name, name_zh, country) in names.items()
    ]
