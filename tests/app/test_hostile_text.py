"""Text from data stays text: in details, sources, sidebar, faults, map, names, and exported files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import bri_map
from bri_map import cli
from bri_map.catalog import Catalog
from bri_map.data.root import ENVIRONMENT_VARIABLE
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYER_TABLES
from bri_map.domain.tables import Kind
from bri_map.domain.vocabulary import Layer
from bri_map.exports.geojson import export_geojson
from bri_map.i18n import languages, messages
from bri_map.maps.atlas_map import Focus, ViewState, state_json, view_state
from bri_map.maps.packing import pack_layer
from bri_map.ui.details import details_html
from tests.app.conftest import Visitor
from tests.builders import TABLE, Root, small_root

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of script": "</script><script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "end of attribute": '" onmouseover="alert(1)" \'',
    "comment": "<!-- --> <![CDATA[ x ]]>",
    "template string": "`${alert(1)}` \\u0041 \\",
    "template": "{{ 7 * 7 }} {% raw %} {n} %s",
    "markdown": "**bold** [link](javascript:alert(1)) ![x](http://x.example/) `code` # $x$ :red[x] :x:",
    "list": "1. one - two + three | four ~~five~~ > six",
    "entity": "&lt;b&gt; &amp; &#60;i&#62;",
    "line breaks": "one\ntwo\r\nthree\ttab",
    "right to left": "abc \u202egnirts\u202c \u2066x\u2069 \u200f",
    "separators": "a\u2028b\u2029c\u0085d",
    "other planes": "🚄 𠮷野家 e\u0301",
    "quotes": "'single' \"double\" ‘curly’ «guillemets»",
    "csv": 'a,b;"c"' + ",=HYPERLINK(1)",
}


FACTS = ("countries", "sources", "claims", "status_history", "costs", "measures", "organisations")
FACTS += ("feature_organisations", "names", "relations", "corridor_members", "retired", "distributions")


def hostile_root(text: str) -> Root:
    """Put a text into every free text of the small root."""
    root = small_root()
    for layer, table in LAYER_TABLES.items():
        for row in root.tables[layer]:
            for column in table.columns:
                if column.kind is Kind.TEXT:
                    row[column.name] = text
                elif column.kind is Kind.TEXTS:
                    row[column.name] = re.sub(r"[;\s]+", " ", text).strip()
    for name in FACTS:
        for row in root.tables[name]:
            row |= {
                column.name: text
                for column in TABLE[name].columns
                if column.kind is Kind.TEXT and not column.pattern and column.name != "field"
            }
        keys = TABLE[name].key
        root.tables[name] = list({tuple(r.get(k) for k in keys): r for r in root.tables[name]}.values())
    root.package |= {"title": text, "attribution": text}
    return root


@pytest.fixture(params=HOSTILE, ids=str, scope="module")
def text(request: pytest.FixtureRequest) -> str:
    """One of the hostile texts."""
    return HOSTILE[request.param]


@pytest.fixture(scope="module")
def folder(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root full of it."""
    return hostile_root(text).write(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Catalog:
    """Its catalog."""
    return bri_map.load(folder)


class Page(HTMLParser):
    """Takes HTML apart as a browser does: which elements and attributes, and which text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


ALLOWED = {
    "div",
    "p",
    "span",
    "h2",
    "h3",
    "h4",
    "dl",
    "dt",
    "dd",
    "ol",
    "li",
    "a",
    "br",
    "strong",
    "time",
    "code",
}
ALLOWED |= {"ul", "details", "summary", "section", "cite", "button"}
ALLOWED |= {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "svg",
    "path",
    "circle",
    "rect",
    "line",
    "text",
    "title",
}


def assert_text_only(html: str, *texts: str) -> None:
    """Fail when a text has become an element, an attribute or a comment, or is not shown whole."""
    page = Page(html)
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert page.others == []
    for tag, attributes in page.elements:
        assert not {name for name in attributes if name.startswith("on") or name == "src"}, tag
        assert re.fullmatch(r"left:[\d.]+%(;width:[\d.]+%)?", attributes.get("style") or "left:0%"), tag
        address = attributes.get("href") or "https://"
        assert address.startswith(("https://", "http://", "./?")), address
    shown = " ".join(page.text.split())
    for text in texts:
        assert " ".join(text.split()) in shown


@pytest.mark.parametrize("language", languages())
def test_details_show_it_as_text(hostile: Catalog, text: str, language: str) -> None:
    for feature_id in ("pacific-route", "lao-line", "nam-dam", "lao-farm"):
        assert_text_only(details_html(hostile, hostile.get(feature_id), messages(language)), text)


def test_a_name_is_what_was_written(hostile: Catalog, text: str) -> None:
    assert hostile.get("lao-farm").name("en") == text
    assert hostile.country_name("LAO", "zh") == text


def test_the_script_of_the_map_holds_no_markup(hostile: Catalog, text: str) -> None:
    """What a filter sends is numbers; still nothing in it could end a script element."""
    totals = {layer: part.stop - part.start for layer, part in hostile.slices.items()}
    focus = Focus("</script>", (0.0, 0.0, 0.0, 0.0))
    state = view_state(hostile.select(Filter(q=text[:50])), totals, "en", (Layer.PARKS, 0), focus)
    rendered = ViewState(state_json(state)).state
    assert not set(rendered) & set("<>\u2028\u2029")
    assert json.loads(rendered) == json.loads(json.dumps(state))


def test_names_reach_the_map_as_json(hostile: Catalog, text: str) -> None:
    for layer in Layer:
        (chunk,) = pack_layer(hostile, layer).names
        assert [set(names) for names in json.loads(chunk).values()] == [{text}] * len(languages())


def test_exported_files_hold_it_unchanged(hostile: Catalog, text: str) -> None:
    body = export_geojson(hostile.select(Filter()), hostile)
    document = json.loads(body)
    assert document["attribution"] == text
    assert {feature["properties"]["name"] for feature in document["features"]} == {text}
    assert {feature["properties"]["note"] for feature in document["features"]} == {text}
    assert body.count(b"\n") == len(document["features"]) + 2


def test_it_can_be_searched_for(hostile: Catalog, text: str) -> None:
    assert len(hostile.select(Filter(q=text))) == len(hostile)


def test_the_command_line_writes_it_unchanged(
    folder: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))
    shown = CliRunner().invoke(cli.main, ["show", "lao-farm", "--json"])
    assert json.loads(shown.stdout)["properties"]["name"] == text


def test_tables_are_read_back_as_written(folder: Path, text: str) -> None:
    body = (folder / "data" / "parks.csv").read_bytes().decode()
    assert {row["name"] for row in csv.DictReader(io.StringIO(body, newline=""))} == {text}


MARKDOWN_SIGNS = re.compile(r"(?<!\\)(?:[*_`\[\]<>$~]|&(?=#?\w+;))")


@pytest.fixture(scope="module")
def all_texts() -> str:
    """All of them in one."""
    return " ".join(HOSTILE.values())


@pytest.fixture(scope="module")
def all_folder(all_texts: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root full of it, which loads, so that no page is the one that shows faults."""
    folder = hostile_root(all_texts).write(tmp_path_factory.mktemp("hostile"))
    assert len(bri_map.load(folder)) == 11
    return folder


class TestPages:
    """The pages themselves, on a root full of the texts."""

    @pytest.mark.parametrize("language", languages())
    def test_details_and_map(
        self,
        language: str,
        all_folder: Path,
        all_texts: str,
        fresh_keeper: Callable[[Path], None],
    ) -> None:
        fresh_keeper(all_folder)
        visitor = Visitor("map", id="lao-farm", lang=language)
        assert_text_only(visitor.html, all_texts)
        assert "</script" not in visitor.map_arguments["feature_group"].lower()
        assert "alert" not in visitor.map_arguments["script"]

    @pytest.mark.parametrize("page", ["map", "table", "sources", "about"])
    def test_nothing_is_read_as_markdown(
        self, page: str, all_folder: Path, fresh_keeper: Callable[[Path], None]
    ) -> None:
        """Markdown holds our own words only; what the About page quotes is escaped."""
        fresh_keeper(all_folder)
        visitor = Visitor(page, id="lao-farm", country="LAO")
        for element in (*visitor.app.markdown, *visitor.app.caption, *visitor.app.title):
            for text in HOSTILE.values():
                assert text not in element.value or not MARKDOWN_SIGNS.search(text)
            assert not re.search(r"(?<!\\)<(script|img|b)|(?<!\\)\]\(javascript", element.value)

    def test_active_filters_are_text(
        self, text: str, folder: Path, fresh_keeper: Callable[[Path], None]
    ) -> None:
        """They go to a part of the page that makes text nodes of them."""
        fresh_keeper(folder)
        visitor = Visitor("map", corridor="southern-corridor", country="LAO", source="ey-2020")
        labels = [act["label"].removesuffix(" ×") for act in visitor.part("filters")["chips"]]
        assert len(labels) == 3
        for label in labels:
            assert " ".join(label.split())[:20] in " ".join(text.split())

    def test_faults_show_it_as_text(
        self, all_texts: str, fresh_keeper: Callable[[Path], None], tmp_path: Path
    ) -> None:
        root = small_root()
        root.row("parks", "lao-farm")["type"] = all_texts
        fresh_keeper(root.write(tmp_path))
        visitor = Visitor("map")
        assert_text_only(visitor.html)
        cells: list[Any] = re.findall(r"<td[^>]*>(.*?)</td>", visitor.html, flags=re.DOTALL)
        assert cells[0] == "data/parks.csv"
        assert Page(cells[4]).text.startswith(repr(all_texts)[:78])
