"""A third language is a message file, names and texts; nothing else in the program or the tests knows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bri_map import load
from bri_map.app import map_files
from bri_map.app.assets import Asset
from bri_map.app.store import build_store
from bri_map.data.root import ENVIRONMENT_VARIABLE
from bri_map.exports.search import search_document
from bri_map.i18n import languages, messages
from bri_map.i18n.languages import FOLDER_VARIABLE, _folders
from bri_map.maps.labels import pack_country_labels
from tests.app.conftest import Visitor
from tests.builders import Root, small_root

MESSAGES = """
[language]
name = "Français"

[locale]
tag = "fr"
colon = " : "
span = "{first} à {last}"
currencies = { USD = "dollars" }
money = "{amount} de {currency}"

[nav]
map = "Carte"
table = "Tableau"

[table_page]
title = "Tableau"

[layer]
parks = "Parcs industriels"
projects = "Projets"

[status]
completed = "Achevé"

[details]
as_of = "au {date}"
"""
"""The stub of a message file; what it lacks is shown in English."""


def french_root() -> Root:
    """Give the small root with a few French names and texts."""
    root = small_root()
    evidence = {"source_id": "news-page", "basis": "confirmed", "language": "fr", "name_kind": "shown"}
    named = {"lao-farm": "Ferme du Laos", "LAO": "République lao", "farmer-a": "Fermier A"}
    root.tables["names"] += [{"feature_id": i, "name": name, **evidence} for i, name in named.items()]
    root.sort("names")
    said = {"id": "nam-dam", "table": "projects", "language": "fr"}
    root.tables["translations"] = [
        said | {"column": "summary", "text": "A dam.", "translation": "Un barrage."},
    ]
    return root


@pytest.fixture
def french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_keeper: Callable[[Path], None]
) -> Iterator[Path]:
    """Let this process find the message file, and read the French names and texts."""
    folder = tmp_path / "languages"
    folder.mkdir()
    (folder / "fr.toml").write_text(MESSAGES, encoding="utf-8")
    fresh_keeper(french_root().write(tmp_path / "root"))
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    monkeypatch.setattr(map_files, "pack_country_labels", pack_country_labels)
    caches = (_folders, messages, map_files.program_part)
    for cached in caches:
        cached.cache_clear()
    yield tmp_path / "root"
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


def test_the_interface_speaks_it_and_offers_it(french: Path) -> None:
    assert languages() == ("en", "fr", "zh")
    visitor = Visitor("table", lang="fr")
    assert visitor.app.title[0].value == "Tableau"
    assert visitor.url["lang"] == "fr"
    offered = visitor.part("language")["languages"]
    assert [name for _, _, name in offered] == ["English", "Français", "中文"]
    assert visitor.part("page")["locale"]["tag"] == "fr"


def test_what_its_file_lacks_is_in_english(french: Path) -> None:
    m = messages("fr")
    assert (m["nav.map"], m["nav.sources"]) == ("Carte", messages("en")["nav.sources"])
    assert "{parks} industrial parks" not in Visitor("about", lang="fr").app.main.markdown[0].value


def test_the_table_shows_its_names(french: Path) -> None:
    rows = {row["id"]: row["cells"] for row in Visitor("table", lang="fr").table["rows"]}
    assert rows["lao-farm"][0] == "Ferme du Laos"
    assert rows["rayong-zone"][0] == "Rayong Zóne"
    assert {"République lao", "Achevé", "Parcs industriels"} <= set(rows["lao-farm"])


def test_details_show_its_names_texts_and_habits(french: Path) -> None:
    farm = Visitor("map", lang="fr", id="lao-farm").html
    assert "<h2>Ferme du Laos</h2>" in farm
    assert '<span lang="zh-Hans">老挝农场</span>' in farm
    assert "Fermier A" in farm
    assert "République lao" in farm
    assert "au juin 2020" in farm
    dam = Visitor("map", lang="fr", id="nam-dam").html
    assert "Un barrage." in dam
    assert "Half built." in dam


def files(assets: Mapping[str, Asset], start: str, end: str = ".json") -> list[Any]:
    """Give the content of the JSON files whose addresses begin and end so."""
    found = (path for path in assets if path.startswith(start) and path.endswith(end))
    return [json.loads(assets[path].body) for path in found]


def test_the_map_gets_its_names_messages_and_habits(french: Path) -> None:
    catalog = load(french)
    assets = build_store(catalog).assets
    (names,) = files(assets, "layers/parks", ".0.json")
    assert names["fr"][names["en"].index("Lao Farm")] == "Ferme du Laos"
    labels = files(assets, "basemap/countries")[-1]
    called = {
        place[0][0]: dict(zip(labels["languages"], place[0], strict=True)) for place in labels["places"]
    }
    assert called["Laos"]["fr"] == "République lao"
    assert called["France"]["fr"] == ""
    script = next(asset.body.decode() for path, asset in assets.items() if path.endswith(".js"))
    assert '"fr": {"tag": "fr", "direction": "ltr", "colon": " : "' in script
    (texts,) = files(assets, "messages/fr.")
    assert (texts["layer.parks"], texts["layer.rail"]) == ("Parcs industriels", "Rail routes")


def test_a_search_finds_and_shows_its_names(french: Path) -> None:
    catalog = load(french)
    document = search_document(catalog.search("ferme du l", 5, "fr"), catalog, "fr")
    (group,) = document["groups"]
    assert group["label"] == "Parcs industriels"
    assert [(hit["name"], hit["matched"]) for hit in group["results"]] == [("Ferme du Laos", None)]
    country = catalog.search("republique lao", 5, "fr").hits[0]
    assert (country.id, country.names["fr"], country.matched) == ("LAO", "République lao", "")


def test_commands_take_it(french: Path) -> None:
    environment = os.environ | {ENVIRONMENT_VARIABLE: str(french)}
    command = [sys.executable, "-m", "bri_map", "show", "nam-dam", "--lang", "fr", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    properties = json.loads(done.stdout)["properties"]
    assert (properties["name"], properties["summary"]) == ("Nam Dam", "Un barrage.")


def test_without_its_file_it_is_not_offered() -> None:
    assert "fr" not in languages()
