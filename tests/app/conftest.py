"""A visitor of the app without a browser: Streamlit's AppTest, started from the shell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bri_map.app import map_files
from bri_map.app.store import PREFIX, StoreKeeper, keeper
from bri_map.catalog import Catalog
from bri_map.data.root import ENVIRONMENT_VARIABLE
from bri_map.maps.basemap import pack_basemap
from bri_map.maps.labels import pack_country_labels, pack_town_labels
from tests.builders import Root
from tests.conftest import ROOT

SHELL = ROOT / "src" / "bri_map" / "ui" / "shell.py"
NUMBER = re.compile("[\\d\u202f]+")


packed_basemap = cache(pack_basemap)
packed_country_labels = cache(pack_country_labels)
packed_town_labels = cache(pack_town_labels)
"""The basemap takes seconds to pack and is the same for every data root here."""


class Visitor:
    """Drives one session.

    Attributes:
        app: Streamlit's own handle.
    """

    def __init__(self, page: str = "map", /, **params: str | list[str]) -> None:
        self.app = AppTest.from_file(str(SHELL), default_timeout=60)
        self.noted = 0
        self.app.query_params.update(params)
        if page == "map":
            self.run()
        else:
            self.open(page)

    def run(self) -> Visitor:
        """Run the script as after a click."""
        self.app.run()
        return self.check()

    def open(self, page: str) -> Visitor:
        """Go to another page."""
        self.app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        return self.check()

    def follow(self, page: str | None = None, **params: str | list[str]) -> Visitor:
        """Follow a link inside the app: the address changes, the session stays."""
        self.app.query_params.clear()
        self.app.query_params.update(params)
        return self.run() if page is None else self.open(page)

    def check(self) -> Visitor:
        """Fail when the page shows an error."""
        assert [error.value for error in self.app.exception] == []
        return self

    def click(self, key: str) -> Visitor:
        """Click a button."""
        self.app.button(key=key).click()
        return self.run()

    def do(self, *changes: dict[str, Any]) -> Visitor:
        """Do something on the page or on the map: note changes, as the journal in the browser does."""
        pending = []
        for change in changes:
            self.noted += 1
            pending.append({**change, "n": self.noted})
        return self.tell(pending)

    def tell(self, pending: Any) -> Visitor:
        """Send what is noted in the browser's journal."""
        states = self.app._tree.get_widget_states()
        states.widgets.add(id=self._part("changes").id, json_value=json.dumps({"pending": pending}))
        self.app._run(states)
        return self.check()

    def choose(self, facet: str, *chosen: str) -> Visitor:
        """Click options of a facet in the sidebar."""
        return self.do(*({"kind": "code", "facet": facet, "code": code, "on": True} for code in chosen))

    @property
    def showing(self) -> tuple[int, int]:
        """The two numbers of "showing N of M"."""
        shown, total = NUMBER.findall(self.part("filters")["showing"])
        return int(shown.replace("\u202f", "")), int(total.replace("\u202f", ""))

    @property
    def html(self) -> str:
        """All HTML on the page but the style sheet."""
        bodies = [element.proto.body for element in self.app.get("html")]
        return "\n".join(body for body in bodies if not body.startswith("<style>"))

    @property
    def texts(self) -> list[str]:
        """Plain texts on the page, such as notices."""
        return [element.value for element in self.app.text]

    @property
    def words(self) -> dict[str, Any]:
        """The words of the sidebar, as its file has them."""
        asset = keeper.asset(self.part("filters")["file"].removeprefix(f"./{PREFIX}/"))
        assert asset is not None
        return dict(json.loads(asset.body))

    @property
    def labels(self) -> list[str]:
        """What stands in the sidebar on buttons, fields and groups."""
        words = self.words
        return [
            *(group["title"] for group in words["groups"]),
            *(label for labels in words["labels"].values() for label in labels.values()),
            *(chip["label"] for chip in self.part("filters")["chips"]),
        ]

    def counted(self, facet: str) -> dict[str, int]:
        """What the sidebar counts in an open group, by code."""
        (group,) = [group for group in self.words["groups"] if group["name"] == facet]
        return dict(zip(group["options"], self.part("filters")["counts"][facet], strict=True))

    @property
    def url(self) -> dict[str, Any]:
        """The parameters of the address."""
        return dict(self.app.query_params)

    @property
    def map_arguments(self) -> dict[str, Any]:
        """What the page hands to the map component."""
        (component,) = self.app.get("component_instance")
        return dict(json.loads(component.proto.json_args))

    @property
    def map_state(self) -> dict[str, Any]:
        """What the map is told to show."""
        script = self.map_arguments["feature_group"]
        found = re.search(r"briMap\.apply\((.*?)\);", script, flags=re.DOTALL)
        assert found is not None
        return dict(json.loads(found[1]))

    @property
    def table(self) -> dict[str, Any]:
        """What the page hands to the table of features."""
        return self.part("table")

    def part(self, name: str, key: str = "") -> dict[str, Any]:
        """Give what the page hands to one of our parts in JavaScript; by its key where there are several."""
        return dict(json.loads(self._part(name, key).bytes))

    def _part(self, name: str, key: str = "") -> Any:
        found = [e.proto for e in self.app.get("bidi_component")]
        (part,) = [p for p in found if p.component_name == f"bri-map-{name}" and p.id.endswith(key)]
        return part


@pytest.fixture
def visit() -> Callable[..., Visitor]:
    """Visit a page with parameters in the address; the data is the shipped data."""
    return Visitor


@pytest.fixture
def fresh_keeper(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Let the server of this process read another data root, as a new process would."""

    def use(root: Path) -> None:
        monkeypatch.setattr(map_files, "pack_basemap", packed_basemap)
        monkeypatch.setattr(map_files, "pack_country_labels", packed_country_labels)
        monkeypatch.setattr(map_files, "pack_town_labels", packed_town_labels)
        for name, value in vars(StoreKeeper()).items():
            monkeypatch.setattr(keeper, name, value)
        monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(root))

    return use


@pytest.fixture
def broken_root(fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path) -> Path:
    """Let the server read a root of which a park has an unknown type; gives its folder."""
    small.row("parks", "lao-farm")["type"] = "farming"
    fresh_keeper(small.write(tmp_path))
    return tmp_path


@pytest.fixture
def shipped() -> Catalog:
    """The catalog that the pages show."""
    return keeper.store().catalog
