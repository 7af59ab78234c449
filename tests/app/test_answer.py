"""The sentence at the head of a page: what the atlas is, then what a filter finds."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
import pytest

from bri_map.app.answer import answer_in_words
from bri_map.app.store import keeper
from bri_map.catalog import Catalog
from bri_map.domain.examples import EXAMPLES
from bri_map.domain.filter import Filter
from bri_map.i18n import Messages, languages, messages
from bri_map.web.link_words import link_words
from tests.app.conftest import Visitor

Visit = Callable[..., Visitor]


def said(wanted: Filter, language: str = "en") -> str:
    store = keeper.store()
    return answer_in_words(
        store.catalog, store.questions[language], store.catalog.select(wanted), messages(language)
    )


def test_without_a_filter_it_says_what_the_atlas_holds(shipped: Catalog) -> None:
    rows = pd.concat([shipped.rows(layer) for layer in shipped.slices])
    countries = set(";".join(rows["countries"]).split(";"))
    words = said(Filter())
    number = messages("en").locale.number(len(rows))
    assert words.startswith(f"{number} places and lines of the Belt and Road in {len(countries)} countries,")
    assert words.endswith(f"As of {shipped.info.date[:7]}.")


def test_it_becomes_the_answer(shipped: Catalog) -> None:
    """Counted once more from the tables, with pandas."""
    rows = pd.concat([shipped.rows(layer) for layer in shipped.slices])
    rows = rows[[("south-asia" in shipped.regions(tuple(cell.split(";")))) for cell in rows["countries"]]]
    ranked = rows["status"].value_counts()
    cost = pd.to_numeric(rows["cost_usd_million"], errors="coerce").dropna()
    words = said(Filter(region={"south-asia"}))
    assert words.startswith(f"{len(rows)} features in South Asia: {ranked['completed']} completed, ")
    assert f"{ranked['under-construction']} under construction" in words
    assert words.endswith(f"US$ {round(cost.sum() / 1000, 1):g} billion stated for {len(cost)}.")


@pytest.mark.parametrize(
    ("wanted", "start"),
    [
        (Filter(layer={"rail"}, country={"LAO"}), "1 rail route in Laos"),
        (Filter(layer={"parks"}), "152 of 152 industrial parks"),
        (Filter(country={"LAO", "VNM", "KHM", "THA"}), "features in 4 countries"),
        (Filter(status={"cancelled"}), "features: "),
        (Filter(year=2016, layer={"rail"}), "at the end of 2016"),
        (Filter(q="no such name anywhere"), messages("en")["empty.title"]),
    ],
)
def test_it_says_what_where_and_when(wanted: Filter, start: str) -> None:
    assert start in said(wanted)


def test_a_layer_without_a_noun_is_called_by_its_title() -> None:
    known, store = messages("en"), keeper.store()
    kept = {key: known[key] for key in known if not key.startswith("answer.layer.")}
    selection = store.catalog.select(Filter(layer={"rail"}, country={"LAO"}))
    words = answer_in_words(
        store.catalog, store.questions["en"], selection, Messages("en", kept, known.locale)
    )
    assert words.startswith("1 Rail routes in Laos: ")


class TestQuestions:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_each_finds_something_and_is_asked_by_one_step(
        self, name: str, visit: Visit, shipped: Catalog
    ) -> None:
        visitor = visit("map", lang="en")
        offered = dict(visitor.part("answer")["examples"])
        query = offered[messages("en")[f"example.{name}"]]
        visitor.do({"kind": "filter", "query": query})
        assert visitor.showing[0] == len(shipped.select(EXAMPLES[name])) > 0
        assert "examples" not in visitor.part("answer")

    def test_what_is_no_question_changes_nothing(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map", status="completed")
        before = visitor.showing
        for query in (None, 3, ["status=completed"], {"status": "completed"}):
            visitor.do({"kind": "filter", "query": query})
        assert visitor.showing == before


def head(**params: str) -> str:
    """Give what a page of a link says of itself."""
    return link_words({"type": "http", "query_string": urlencode(params).encode(), "headers": []}).decode()


class TestLink:
    """What a link says of itself where it is shown without being opened."""

    @pytest.mark.parametrize("language", languages())
    def test_title_and_description_say_belt_and_road_and_the_answer(self, language: str) -> None:
        words = head(lang=language, region="south-asia")
        assert f"<title>{messages(language)['app.title']}</title>" in words
        assert f'og:description" content="{said(Filter(region={"south-asia"}), language)}"' in words

    def test_a_feature_is_named(self, shipped: Catalog) -> None:
        assert shipped.name("china-laos-railway", "zh") in head(lang="zh", id="china-laos-railway")
        assert shipped.name("china-laos-railway", "zh") in head(lang="zh", id=" China-Laos-Railway")

    def test_so_is_one_that_another_database_knows_or_that_stands_for_a_retired_id(
        self, shipped: Catalog
    ) -> None:
        rows = shipped.table("identifiers")
        row = rows[(rows["scheme"] == "icao") & (rows["match"] == "same")].iloc[0]
        assert shipped.name(row["feature_id"], "en") in head(ref=f"icao:{row['identifier'].lower()}")
        assert head(ref="icao:9") == head(ref="nobody:1") == head(ref="icao:ZZZZ") == head()
        retired = shipped.table("retired")
        old, new = retired.loc[retired["successor_id"] != "", ["id", "successor_id"]].iloc[0]
        assert shipped.name(new, "en") in head(id=old)

    def test_hostile_parameters_are_text(self) -> None:
        words = head(q='"><script>alert(1)</script>', id='"><b>', lang='"><i>', year='"', near="x")
        assert "<script" not in words
        assert "<b>" not in words
        assert "<i>" not in words
