"""The message catalogue: complete in both languages, nothing missing, nothing left over."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest

from bri_map.analysis.indicators import INDICATORS
from bri_map.analysis.reconcile import _FIGURES
from bri_map.domain.codes import VOCABULARIES, codes
from bri_map.domain.examples import EXAMPLES
from bri_map.domain.facets import FACETS
from bri_map.domain.filter import FILTER_NAMES
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.ranges import RANGES
from bri_map.domain.tables import TABLES
from bri_map.errors import MissingMessageError
from bri_map.evidence.amounts import Standing
from bri_map.evidence.provenance import Rule
from bri_map.exports import EXPORTERS, LISTS
from bri_map.i18n import Messages, languages, messages
from bri_map.i18n.messages import read_texts
from bri_map.maps.basemaps import BUILT_IN, PROVIDERS
from bri_map.maps.display import DISPLAY_KEYS, SCHEMES
from bri_map.search.documents import DOCUMENT_GROUPS
from bri_map.search.hits import COUNTRY_GROUP, PLACE_GROUP
from bri_map.search.keys import Field
from bri_map.tabulation.columns import GROUPS, every_column
from bri_map.ui.source_table import COLUMNS as SOURCE_COLUMNS
from tests.conftest import ROOT

EN = Messages("en", read_texts("en"))
ZH = Messages("zh", read_texts("zh"))
_SCHEMES = ("aiddata", "gem", "iata", "icao", "unlocode", "osm", "geonames")
SAME_IN_BOTH = ({"app.name"} & set(EN)) | {f"identifier_scheme.{scheme}" for scheme in _SCHEMES}
"""Names that are written alike in both languages."""
PACKAGE = ROOT / "src" / "bri_map"
COLUMNS = [column for table in LAYER_TABLES.values() for column in table.columns]
SHOWN_APART = {
    "name_zh",
    "position_note",
    "summary",
    "record",
    "ey_alternatives",
    *(spec.kind_column for spec in LAYERS.values()),
}
COMPUTED: dict[str, set[str]] = {
    **{vocabulary: set(codes(vocabulary)) for vocabulary in VOCABULARIES if vocabulary != "language"},
    "column": {column.name for column in COLUMNS} - SHOWN_APART
    | {column.name for column in every_column().values() if column.label.startswith("column.")}
    | set(SOURCE_COLUMNS)
    | {"name_zh", "title", "producer", "published", "features", "language", "accessed", "note"}
    | {"licence", "url", "citation", "kind"},
    "facet": set(FILTER_NAMES),
    "facet.note": {name for name, facet in FACETS.items() if facet.has_note},
    "value": {"true", "false"},
    "answer.layer": set(LAYERS),
    "answer.many": {"country", "region", "corridor"},
    "answer.status": set(codes("status")),
    "example": {"title", "dismiss", *EXAMPLES},
    "unit": {one.unit for one in (*every_column().values(), *RANGES.values()) if one.unit},
    "column_group": set(GROUPS),
    "nav": {"map", "table", "figures", "sources", "about"},
    "figure": set(_FIGURES),
    "figure_unit": set(_FIGURES),
    "figure_category": {"total", "transportation", "construction", "all-park-countries"},
    "rule": {rule.value for rule in Rule},
    "standing": {standing.value for standing in Standing},
    "relation_inverse": set(codes("relation")),
    "error": {"file", "row", "id", "field", "fault", "remedy"},
    "kind": set(),
    "search_group": {COUNTRY_GROUP, PLACE_GROUP, *DOCUMENT_GROUPS},
    "search_field": {field.name.lower() for field in Field if field >= Field.PLACE},
    "search_kind": {"country", "capital", "town", *DOCUMENT_GROUPS},
    "display": {"cluster", "labels", *DISPLAY_KEYS},
    "details.nearest": {kind for spec in LAYERS.values() for kind in spec.nearest},
    "format": set(EXPORTERS),
    "download.intro": set(EXPORTERS),
    "download": set(LISTS),
    "scheme": set(SCHEMES),
    "basemap": {BUILT_IN, *(provider.id for provider in PROVIDERS)},
    "indicator": set(INDICATORS),
    "indicator_unit": set(INDICATORS),
    "indicator_note": set(INDICATORS),
}
"""Keys whose last part is computed: their beginning, and every ending that occurs."""
LITERAL = re.compile(r"[a-z_]+(\.[a-z_]+)+")
FILE_ENDINGS = (".py", ".html", ".css", ".md", ".js", "evidence.geojson")
SECTIONS = {key.partition(".")[0] for key in EN}


def spoken_in_python() -> Iterator[tuple[str, str]]:
    """Give every literal that looks like a key, and every computed beginning (ending in a dot)."""
    for path in sorted([*PACKAGE.rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.JoinedStr):
                first = node.values[0]
                if isinstance(first, ast.Constant) and re.fullmatch(r"([a-z_]+\.)+", str(first.value)):
                    yield place, str(first.value)
            elif isinstance(node, ast.Constant) and LITERAL.fullmatch(str(node.value)):
                yield place, str(node.value)


def spoken_in_templates() -> Iterator[tuple[str, str]]:
    """Give the keys in Jinja templates: `m["a.b"]` and `m["a." + name]`."""
    for path in sorted(PACKAGE.rglob("templates/*.html")):
        for key in re.findall(r"""m(?:\.text\(|\[)["']([\w.]+)["']""", path.read_text("utf-8")):
            yield path.name, key


def spoken_in_scripts() -> Iterator[tuple[str, str]]:
    """Give the keys in our JavaScript: `"map.legend"` and `` `layer.${id}` ``."""
    for path in sorted((PACKAGE / "browser").rglob("*.js")):
        if "dist" in path.parts:
            continue
        text = path.read_text("utf-8")
        for key in re.findall(r"""["'`]([a-z_]+(?:\.[a-z_]+)+)["'`]""", text):
            yield path.name, key
        for key in re.findall(r"`([a-z_]+\.)\$\{", text):
            yield path.name, key


def spoken() -> Iterator[tuple[str, str]]:
    """Give place and key, or beginning of a key, of every text that the code asks for."""
    for place, key in (*spoken_in_python(), *spoken_in_templates(), *spoken_in_scripts()):
        if key.partition(".")[0] in SECTIONS and not key.endswith(FILE_ENDINGS):
            yield place, key


def used_keys() -> set[str]:
    """Give every key that the code can ask for."""
    used: set[str] = set()
    for _, key in spoken():
        if key.endswith("."):
            used |= {f"{key}{ending}" for ending in COMPUTED[key[:-1]]}
        else:
            used.add(key)
    for name in ("search_group", "search_kind"):
        used |= {f"{name}.{code}" for code in COMPUTED[name]}
    vocabularies = set(VOCABULARIES) - {"language"}
    used |= {f"{name}.{code}" for name in vocabularies for code in codes(name)}
    return used | {f"{key}.one" for key in used if f"{key}.one" in EN}


def sentences() -> Iterator[tuple[str, str, list[str]]]:
    """Give place, key and values of every `say("key", value=...)` whose values are written out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "say" or not node.args:
                continue
            key, names = node.args[0], [keyword.arg for keyword in node.keywords]
            if isinstance(key, ast.Constant) and None not in names:
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield place, str(key.value), sorted(str(name) for name in names)


def placeholders(text: str) -> list[str]:
    """Give the placeholders of a text."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(EN) == [key for key in ZH if key.partition(".")[0] != "meaning"]


def test_what_every_column_holds_is_said_in_chinese() -> None:
    """English has it in the definitions of the columns, from which the sentence is made."""
    meanings = {f"meaning.{column.meaning}" for table in TABLES for column in table.columns}
    assert {key for key in ZH if key.partition(".")[0] == "meaning"} == meanings


def test_sentences_fill_the_placeholders_of_their_texts_and_no_others() -> None:
    found = list(sentences())
    assert [(place, key) for place, key, names in found if placeholders(EN[key]) != names] == []
    assert len(found) > 150


@pytest.mark.parametrize("key", EN)
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    assert placeholders(EN[key]) == placeholders(ZH[key])


@pytest.mark.parametrize("texts", [EN, ZH], ids=["en", "zh"])
def test_texts_are_clean(texts: Messages) -> None:
    for key, text in texts.items():
        assert text, key
        assert text == text.strip(), key
        assert "  " not in text, key
        assert "<" not in text, key


def test_chinese_texts_are_chinese() -> None:
    foreign = {key for key, text in ZH.items() if not re.search("[\u4e00-\u9fff]", text)}
    assert foreign == SAME_IN_BOTH


def test_english_texts_are_not_chinese() -> None:
    assert {key for key, text in EN.items() if re.search("[\u3000-\u9fff\uff00-\uffef]", text)} == set()


def test_chinese_texts_have_chinese_punctuation() -> None:
    wrong = {key for key, text in ZH.items() if re.search("[\u4e00-\u9fff][,;:?!]", text)}
    assert wrong == set()


def test_every_computed_beginning_is_known_here() -> None:
    unknown = [(place, key) for place, key in spoken() if key.endswith(".") and key[:-1] not in COMPUTED]
    assert unknown == []


def test_no_text_is_missing() -> None:
    assert sorted(used_keys() - set(EN)) == []


def test_no_text_is_left_over() -> None:
    assert sorted(set(EN) - used_keys()) == []


def test_every_language_is_offered() -> None:
    for language in languages():
        assert messages(language).language == language


class TestMessages:
    TEXTS = Messages(
        "en",
        {"a.b": "{n} of {total}", "a.b.one": "one of {total}", "c.d": "plain {brace}"},
        messages("en").locale,
    )

    def test_one_has_a_text_of_its_own(self) -> None:
        assert self.TEXTS.text("a.b", n=1, total=5) == "one of 5"
        assert self.TEXTS.text("a.b", n=0, total=5) == "0 of 5"
        assert self.TEXTS.text("a.b", n=12345, total=1) == "12\u202f345 of 1"

    def test_without_values_nothing_is_filled_in(self) -> None:
        assert self.TEXTS.text("c.d") == "plain {brace}"

    def test_values_are_not_read_as_templates(self) -> None:
        assert self.TEXTS.text("c.d", brace="{n} {0} {x.__class__}") == "plain {n} {0} {x.__class__}"

    def test_a_missing_text_is_told(self) -> None:
        with pytest.raises(MissingMessageError, match=r"No message 'x.y' in en.toml. Add it."):
            self.TEXTS.text("x.y")

    def test_a_subset_by_beginning(self) -> None:
        assert self.TEXTS.subset("c.", "z.") == {"c.d": "plain {brace}"}

    @pytest.mark.parametrize("language", ["", "de", "ZH", "zh-CN", "../en"])
    def test_an_unknown_language_gives_english(self, language: str) -> None:
        assert messages(language).language == "en"
