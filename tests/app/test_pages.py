"""Every page in every language, and the state that they share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import bri_map
from bri_map.analysis.reconcile import reconcile
from bri_map.app.live import hub
from bri_map.app.store import keeper
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.vocabulary import Layer
from bri_map.i18n import languages, messages
from bri_map.ui.near import near_html
from tests.app.conftest import Visitor
from tests.builders import Root

Visit = Callable[..., Visitor]
PAGES = ("map", "table", "figures", "sources", "about")


@pytest.mark.parametrize("language", languages())
class TestEveryPage:
    @pytest.mark.parametrize("page", PAGES)
    def test_it_opens_by_a_direct_link(self, page: str, language: str, visit: Visit) -> None:
        visitor = visit(page, lang=language)
        assert visitor.url["lang"] == language
        if page != "map":
            assert visitor.app.title[0].value == messages(language)[f"{page}_page.title"]

    @pytest.mark.parametrize("page", PAGES)
    def test_it_opens_with_a_filter_and_a_feature(self, page: str, language: str, visit: Visit) -> None:
        params = {"lang": language, "country": "LAO", "layer": "rail", "id": "china-laos-railway"}
        visitor = visit(page, **params)
        assert visitor.url == params
        assert visitor.texts == []

    def test_nothing_is_left_in_the_other_language(self, language: str, visit: Visit) -> None:
        """Words of the interface that differ between the languages show up in one only."""
        other = messages({"en": "zh", "zh": "en"}[language])
        visitor = visit("map", lang=language, status="completed")
        said = [element.label for element in visitor.app.button]
        said += [element.value for element in visitor.app.caption]
        said += [*visitor.labels, *visitor.words["texts"].values()]
        own = messages(language)
        alike = {text for key, text in own.items() if key in other and other[key] == text}
        foreign = {other[key] for key in other if key not in own or other[key] != own[key]} - alike
        assert len(said) > 20
        assert [text for text in said if text in foreign or text.partition(" :gray")[0] in foreign] == []


class TestLanguage:
    def test_it_is_switched_on_every_page_and_kept(self, visit: Visit) -> None:
        visitor = visit("about", lang="en")
        visitor.do({"kind": "language", "language": "zh"})
        assert visitor.app.title[0].value == messages("zh")["about_page.title"]
        assert visitor.url["lang"] == "zh"
        assert visitor.open("table").app.title[0].value == messages("zh")["table_page.title"]
        assert visitor.url["lang"] == "zh"

    def test_one_language_is_always_chosen(self, visit: Visit) -> None:
        visitor = visit("about", lang="zh")
        visitor.do({"kind": "language", "language": "xx"})
        assert visitor.part("language")["lang"] == "zh"
        assert visitor.app.title[0].value == messages("zh")["about_page.title"]

    def test_the_map_is_told(self, visit: Visit) -> None:
        assert visit("map", lang="zh").map_state["lang"] == "zh"

    def test_the_script_of_the_map_does_not_depend_on_it(self, visit: Visit) -> None:
        """Another script would tear the map down."""
        scripts = {
            visit("map", lang=lang, **more).map_arguments["script"]
            for lang in ("en", "zh")
            for more in ({}, {"country": "LAO"}, {"id": "china-laos-railway"})
        }
        assert len(scripts) == 1


class TestFilter:
    def test_the_address_restores_it(self, visit: Visit, shipped: Catalog) -> None:
        wanted = Filter(country={"LAO", "THA"}, status={"completed"}, layer={"rail", "parks"})
        visitor = visit("map", country=["LAO,THA"], status="completed", layer=["rail", "parks"])
        assert visitor.showing == (len(shipped.select(wanted)), len(shipped))
        assert visitor.url == {
            "layer": ["parks", "rail"],
            "country": ["LAO", "THA"],
            "status": "completed",
            "lang": "en",
        }

    @pytest.mark.parametrize(
        ("facet", "chosen"),
        [("layer", "parks"), ("type", "agricultural"), ("region", "central-asia"), ("status", "completed")],
    )
    def test_a_choice_changes_map_numbers_and_address(
        self, facet: str, chosen: str, visit: Visit, shipped: Catalog
    ) -> None:
        visitor = visit("map").choose(facet, chosen)
        selection = shipped.select(Filter(**{facet: {chosen}}))
        assert visitor.showing == (len(selection), len(shipped))
        assert visitor.url == {facet: chosen, "lang": "en"}
        shown = {layer: visitor.map_state["layers"][layer]["shown"] for layer in Layer}
        assert shown == selection.by_layer

    def test_a_text_filters(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map").do({"kind": "text", "text": "  vientiane "})
        assert visitor.showing[0] == len(shipped.select(Filter(q="vientiane"))) > 0
        assert visitor.url["q"] == "vientiane"

    def test_it_survives_the_change_of_page(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map").choose("layer", "rail")
        before = visitor.showing
        for page in ("table", "sources", "about", "map"):
            visitor.open(page)
            assert visitor.url["layer"] == "rail", page
            if page in ("map", "table"):
                assert visitor.showing == before

    def test_options_show_their_counts(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map", country="LAO")
        counts = shipped.facets(Filter(country={"LAO"}))["layer"]
        assert visitor.counted("layer") == counts
        labels = {layer: messages("en").code("layer", layer) for layer in counts}
        assert visitor.words["labels"]["layer"] == labels

    def test_it_says_which_facets_leave_layers_alone(self, visit: Visit) -> None:
        notes = {group["name"]: group["note"] for group in visit("map").words["groups"]}
        assert notes["type"] == messages("en")["facet.note.type"]

    def test_a_group_is_counted_while_it_is_open(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map")
        counted = {"layer", "type", "region", "status"}
        assert visitor.part("filters")["counts"].keys() == counted
        visitor.do({"kind": "fold", "group": "country", "open": True})
        assert visitor.counted("country") == shipped.facets(Filter())["country"]
        visitor.do({"kind": "fold", "group": "layer", "open": False})
        assert visitor.part("filters")["counts"].keys() == counted - {"layer"} | {"country"}

    def test_what_is_found_by_typing_is_counted_for_as_long(self, visit: Visit) -> None:
        visitor = visit("map").do({"kind": "look", "groups": ["sector", "nonsense", 3]})
        assert "sector" in visitor.part("filters")["counts"]
        visitor.do({"kind": "look", "groups": []})
        assert "sector" not in visitor.part("filters")["counts"]

    @pytest.mark.parametrize(
        "change",
        [{"group": "nonsense", "open": True}, {"group": "country", "open": 1}, {"group": ["country"]}, {}],
    )
    def test_a_group_that_there_is_not_changes_nothing(self, change: dict[str, object], visit: Visit) -> None:
        visitor = visit("map")
        before = visitor.part("filters")
        assert visitor.do({"kind": "fold", **change}).part("filters") == before
        assert visitor.do({"kind": "look", "groups": "country"}).part("filters") == before

    def test_a_span_filters_and_is_taken_away(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map").do({"kind": "span", "name": "length", "text": "500..100"})
        assert visitor.showing[0] == len(shipped.select(Filter(length=(100, 500)))) > 0
        assert visitor.url["length"] == "100..500"
        (chip,) = visitor.part("filters")["chips"]
        assert chip["label"] == "Rail routes · Length: 100 to 500 km ×"
        visitor.do(chip["change"])
        assert "length" not in visitor.url

    @pytest.mark.parametrize(
        "change",
        [{"name": "length", "text": "500 m"}, {"name": "nothing", "text": "1..2"}, {"name": "length"}],
    )
    def test_what_is_no_span_changes_nothing(self, change: dict[str, object], visit: Visit) -> None:
        visitor = visit("map", length="100..500")
        assert visitor.do({"kind": "span", **change}).url["length"] == "100..500"

    def test_a_link_with_a_wrong_span_is_told(self, visit: Visit) -> None:
        visitor = visit("map", speed="fast", opened="2013..2010")
        assert "Design speed" in " ".join(visitor.texts)
        assert visitor.url["opened"] == "2010..2013"

    def test_a_range_is_counted_while_it_is_open(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map").do({"kind": "fold", "group": "speed", "open": True})
        *counts, without = visitor.part("filters")["steps"]["speed"]
        assert sum(counts) + without == len(shipped.rows(Layer.RAIL))

    def test_totals_are_no_part_of_a_run(self, visit: Visit) -> None:
        visitor = visit("map")
        fold = {"kind": "fold", "group": "totals", "open": True}
        filters = visitor.do(fold).part("filters")
        assert "totals" in filters["open"]
        assert "totals" not in filters

    def test_reset_opens_it_again(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map", country="LAO", q="a", source="ey-2020")
        assert visitor.showing[0] < len(shipped)
        visitor.do({"kind": "reset"})
        assert visitor.showing == (len(shipped), len(shipped))
        assert visitor.url == {"lang": "en"}
        assert not visitor.part("filters")["asks"]

    def test_an_active_filter_can_be_taken_away(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map", country="LAO", status="completed")
        laos, completed = visitor.part("filters")["chips"]
        assert (laos["label"], completed["label"]) == ("Laos ×", "Completed ×")
        visitor.do(laos["change"])
        assert visitor.url == {"status": "completed", "lang": "en"}
        assert visitor.showing[0] == len(shipped.select(Filter(status={"completed"})))


class TestEmpty:
    def test_it_offers_to_leave_out_each_filter_that_is_to_blame(
        self, visit: Visit, shipped: Catalog
    ) -> None:
        visitor = visit("map", layer="rail", country="FJI")
        assert visitor.showing[0] == 0
        relaxed = Filter(country={"FJI"})
        text = messages("en").text("empty.relax", facet="Layer", n=len(shipped.select(relaxed)))
        (layer,) = [act for act in visitor.part("act", "relax")["acts"] if act["label"] == text]
        visitor.do(layer["change"])
        assert visitor.showing[0] == len(shipped.select(relaxed)) > 0
        assert visitor.url == {"country": "FJI", "lang": "en"}

    @pytest.mark.parametrize("page", ["map", "table"])
    def test_it_says_when_no_single_filter_is_to_blame(self, page: str, visit: Visit) -> None:
        visitor = visit(page, layer="rail", country="FJI", status="cancelled", q="no such word")
        said = [element.value for element in visitor.app.main.markdown]
        assert messages("en")["empty.relax_none"] in said

    @pytest.mark.parametrize("language", languages())
    def test_lists_say_how_many_features_they_are_about(
        self, language: str, visit: Visit, shipped: Catalog
    ) -> None:
        visitor = visit("map", country="PAK", lang=language)
        visitor.app.session_state["download"] = True
        visitor.app.run()
        wanted = Filter(country={"PAK"})
        counts = {name: shipped.facets(wanted)[name] for name in ("disputed", "overlap")}
        every = len(shipped.select(wanted))
        m = messages(language)
        labels = [button.proto.label for button in visitor.app.get("download_button")]
        assert m.text("download.disputed", n=every - counts["disputed"]["none"]) in labels
        assert m.text("download.overlaps", n=every - counts["overlap"]["none"]) in labels
        assert m.text("download.retired", n=counts["overlap"]["retired"]) in labels

    def test_there_is_nothing_to_download(self, visit: Visit) -> None:
        visitor = visit("map", layer="rail", q="no such word")
        assert all(button.proto.disabled for button in visitor.app.get("download_button"))


class TestAddress:
    def test_what_is_not_known_is_ignored_with_a_notice(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map", country="LAO,XXX", status="done", lang="xx", id="nobody")
        assert visitor.showing[0] == len(shipped.select(Filter(country={"LAO"})))
        assert visitor.url == {"country": "LAO", "lang": "en"}
        (notice,) = visitor.texts
        assert "'XXX'" in notice
        assert "'nobody'" in notice
        assert "1" in notice.splitlines()[-1]

    @pytest.mark.parametrize(
        ("params", "said"),
        [
            ({"layer": "park"}, "'park'"),
            ({"id": "nobody"}, "'nobody'"),
            ({"lang": "xx"}, "'xx'"),
            ({"q": "x" * 300}, "cut"),
        ],
    )
    def test_each_is_told_and_can_be_dismissed(self, params: dict[str, str], said: str, visit: Visit) -> None:
        visitor = visit("map", **params)
        assert said in visitor.texts[0]
        assert visitor.click("dismiss").texts == []

    @pytest.mark.parametrize("language", languages())
    def test_spans_turned_round_are_put_right_and_what_is_none_is_said(
        self, language: str, visit: Visit
    ) -> None:
        right = {"cost": "500 million US$..100", "opened": "2018–2016-05", "bbox": "60,40,80,20"}
        visitor = visit("map", lang=language, **right, power="5 km", begun="2017-02-30")
        put_right = {"cost": "100..500", "opened": "2016-05..2018", "bbox": "60,20,80,40"}
        assert visitor.url == {**put_right, "lang": language}
        (notice,) = visitor.texts
        m = messages(language)
        power = m.locale.with_aside(m["facet.power"], [m["unit.MW"]])
        assert m.text("notice.numbers", facet=power, value="'5 km'") in notice
        assert m.text("notice.dates", facet=m["facet.begun"], value="'2017-02-30'") in notice

    def test_a_thousand_codes_are_one_chip_and_unknown_ones_one_notice(
        self, visit: Visit, shipped: Catalog
    ) -> None:
        known = sorted(shipped.options("organisation"))[:500]
        unknown = [f"nobody-{i}" for i in range(500)]
        visitor = visit("map", organisation=",".join([*known, *unknown]))
        assert visitor.showing[0] == len(shipped.select(Filter(organisation=known)))
        (chip,) = visitor.part("filters")["chips"]
        assert "500" in chip["label"]
        (notice,) = visitor.texts
        assert len(notice) < 2_000
        assert visitor.do(chip["change"]).showing[0] == len(shipped)

    @pytest.mark.parametrize(
        "value",
        ["<script>alert(1)</script>", "`${alert(1)}`", "\u202eabc", "a\nb", "%", "[x](javascript:1)", ""],
    )
    @pytest.mark.parametrize("name", ["country", "id", "lang", "q", "view", "<b>", "bri"])
    def test_nothing_in_it_breaks_the_page(self, name: str, value: str, visit: Visit) -> None:
        visitor = visit("map", **{name: value})
        assert "<script>" not in visitor.html
        assert all("<script>" not in element.value for element in visitor.app.markdown)

    @pytest.mark.parametrize(
        "added",
        [
            {"utm_source": "letter"},
            {"from": "singlemessage", "isappinstalled": "0"},
            {"fbclid": "abc"},
            {"gclid": "abc", "spm": "1.2", "mc_cid": "1"},
            {"colour": "red"},
        ],
        ids=str,
    )
    def test_what_messengers_add_is_nobodys_business(
        self, added: dict[str, str], visit: Visit, shipped: Catalog
    ) -> None:
        visitor = visit("map", country="LAO", **added)
        assert visitor.texts == []
        assert visitor.showing[0] == len(shipped.select(Filter(country={"LAO"})))
        assert visitor.url == {"country": "LAO", "lang": "en"}

    @pytest.mark.parametrize("name", ["view", "embed"])
    def test_parameters_of_map_and_streamlit_are_left_alone(self, name: str, visit: Visit) -> None:
        visitor = visit("map", **{name: "true"})
        assert visitor.texts == []
        assert visitor.url[name] == "true"


class TestLinksInsideTheApp:
    """The session goes on, the address says something else."""

    @pytest.mark.parametrize("page", [None, "table"])
    def test_a_link_replaces_filter_and_feature(
        self, page: str | None, visit: Visit, shipped: Catalog
    ) -> None:
        visitor = visit("map", layer="rail", id="china-laos-railway").follow(page, country="LAO")
        assert visitor.showing[0] == len(shipped.select(Filter(country={"LAO"})))
        assert visitor.url == {"country": "LAO", "lang": "en"}
        assert "<h2>" not in visitor.html

    def test_a_bare_address_says_nothing(self, visit: Visit, shipped: Catalog) -> None:
        """A change of page comes with one; every address that the app has written says more."""
        visitor = visit("map", layer="rail").follow()
        assert visitor.showing == (len(shipped.select(Filter(layer={"rail"}))), len(shipped))
        assert visitor.url == {"layer": "rail", "lang": "en"}

    def test_a_bare_address_on_another_page_keeps_them(self, visit: Visit) -> None:
        visitor = visit("map", layer="rail", lang="zh").follow("table")
        assert visitor.url == {"layer": "rail", "lang": "zh"}

    def test_a_page_run_again_keeps_what_was_chosen(self, visit: Visit) -> None:
        visitor = visit("map", layer="rail", id="china-laos-railway")
        before = visitor.url
        assert visitor.run().url == before


class TestDetails:
    def test_a_link_to_a_feature_opens_it(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("map", id="china-laos-railway")
        feature = shipped.get("china-laos-railway")
        assert f"<h2>{feature.name('en')}</h2>" in visitor.html
        layer, index = shipped.position(feature.id)
        assert visitor.map_state["selected"] == {"layer": layer, "index": index}
        assert visitor.map_state["focus"]["bbox"] == list(feature.geometry.bounds)

    def test_a_link_with_a_view_does_not_zoom(self, visit: Visit) -> None:
        assert visit("map", id="china-laos-railway", view="1,2,3").map_state["focus"] is None

    def test_it_closes(self, visit: Visit) -> None:
        visitor = visit("map", id="china-laos-railway").click("close")
        assert "<h2>" not in visitor.html
        assert visitor.url == {"lang": "en"}
        assert visitor.map_state["selected"] is None

    def test_each_zoom_is_asked_for_once(self, visit: Visit) -> None:
        visitor = visit("map", id="china-laos-railway")
        first = visitor.map_state["focus"]["token"]
        assert visitor.run().map_state["focus"]["token"] == first
        assert visitor.click("zoom").map_state["focus"]["token"] != first

    def test_it_stays_open_when_the_page_changes(self, visit: Visit) -> None:
        visitor = visit("map", id="china-laos-railway").open("table")
        assert visitor.url["id"] == "china-laos-railway"
        assert "<h2>" in visitor.html

    def test_every_value_leads_to_a_block_and_a_listed_source(self, visit: Visit) -> None:
        html = visit("map", id="china-laos-railway").html
        blocks = html[html.index("bri-blocks") :].split('<div class="bri-said"')[1:]
        signs = [int(number) for number in re.findall(r'class="bri-sign"[^>]*data-block="(\d+)"', html)]
        assert len(signs) > 20
        cited = {int(n) for i in signs for n in re.findall(r'data-source="(\d+)"', blocks[i - 1])}
        listed = html[html.index("bri-sources") : html.index("bri-blocks")].split("<li>")[1:]
        assert len(cited) > 5
        assert cited <= set(range(1, len(listed) + 1))
        assert any('href="http' in one for one in listed)
        assert len(blocks) < len(signs), "what several values rest on stands once"

    def test_a_chosen_year_stands_beside_today(self, visit: Visit) -> None:
        visitor = visit("map", id="china-laos-railway", year="2018")
        moments = re.findall(r'<p class="bri-status bri-fact">(.*?)</p>', visitor.html, re.DOTALL)
        said = [" ".join(re.sub("<[^>]*>", " ", moment).split()) for moment in moments]
        assert said[0] == "End of 2018 Under construction"
        assert said[1].startswith("Today Completed as of ")
        assert 'class="bri-then"' in visitor.html
        before = visitor.do({"kind": "year", "year": 2008}).html
        assert messages("en")["details.not_yet"] in before
        today = visitor.do({"kind": "year", "year": None}).html
        assert "End of" not in today

    def test_what_is_near_opens_beside_zoom(self, visit: Visit, shipped: Catalog) -> None:
        html = near_html(shipped, shipped.get("gwadar-port"), messages("en"))
        (park,) = shipped.nearest("gwadar-port", "parks")
        assert re.search(rf'Nearest park</dt><dd><a [^>]*data-feature="{park.id}"', html)
        around = re.findall(r'<li><a [^>]*data-feature="([^"]*)"', html)
        assert around == [one.id for one in shipped.near("gwadar-port", 25)][:10]

    def test_values_on_which_sources_differ_show_the_others_and_the_rule(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        fresh_keeper(small.write(tmp_path))
        html = visit("map", id="lao-farm").html
        assert messages("en")["evidence.differs"] in html
        rule = messages("en")["rule.basis"]
        assert messages("en").text("evidence.rule", rule=rule) in html
        assert "<strong>1.2</strong>" in html

    @pytest.mark.parametrize(("status", "is_marked"), [("suspended", True), ("completed", False)])
    def test_an_old_status_is_marked_where_it_may_have_changed(
        self,
        status: str,
        is_marked: bool,
        visit: Visit,
        fresh_keeper: Callable[[Path], None],
        small: Root,
        tmp_path: Path,
    ) -> None:
        small.row("status_history", "lao-farm")["status"] = status
        small.sort("status_history")
        fresh_keeper(small.write(tmp_path))
        assert (messages("en")["details.dated"] in visit("map", id="lao-farm").html) is is_marked
        assert messages("en")["details.dated"] not in visit("map", id="rayong-zone").html

    def test_a_retired_id_leads_to_what_stands_for_it(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        fresh_keeper(small.write(tmp_path))
        visitor = visit("map", id="old-farm")
        assert "Lao Farm" in visitor.html
        assert visitor.url["id"] == "lao-farm"
        notice = messages("en").text("notice.retired", value="'old-farm'", name="Lao Farm")
        assert notice in [element.value for element in visitor.app.text]

    @pytest.mark.parametrize(
        ("asked", "opened", "key"),
        [
            ("aiddata:7", "lao-farm", "notice.ref_more"),
            ("ICAO:nffn", "fiji-zone", "notice.ref_match"),
            ("gem:L9", None, "notice.ref"),
            ("icao:12", None, "notice.ref_form"),
            ("producthunt", None, None),
        ],
    )
    def test_an_identifier_of_another_database_leads_to_its_feature(
        self,
        asked: str,
        opened: str | None,
        key: str | None,
        visit: Visit,
        fresh_keeper: Callable[[Path], None],
        small: Root,
        tmp_path: Path,
    ) -> None:
        evidence = {"source_id": "news-page", "basis": "confirmed"}
        small.tables["identifiers"] = [
            {"feature_id": feature, "scheme": scheme, "identifier": identifier, "match": match, **evidence}
            for feature, scheme, identifier, match in (
                ("fiji-zone", "icao", "NFFN", "whole-of"),
                ("lao-farm", "aiddata", "7", "same"),
                ("rayong-zone", "aiddata", "7", "part-of"),
            )
        ]
        fresh_keeper(small.write(tmp_path))
        visitor = visit("map", ref=asked)
        assert visitor.url.get("id") == opened
        told = [element.value for element in visitor.app.text]
        m = messages("en")
        values = {
            "value": repr(asked),
            "match": m.code("identifier_match", "whole-of"),
            "names": "Rayong Zóne" if key == "notice.ref_more" else "",
        }
        assert [text for text in told if repr(asked) in text] == ([m.text(key, **values)] if key else [])


class TestTable:
    @staticmethod
    def column(visitor: Visitor, name: str) -> list[str]:
        at = [column["name"] for column in visitor.table["columns"]].index(name)
        return [row["cells"][at] for row in visitor.table["rows"]]

    def test_its_pages_hold_every_row_once(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("table")
        ids: list[str] = []
        page = 0
        while len(ids) < len(shipped):
            visitor.do({"kind": "page", "table": "features", "page": (page := page + 1)})
            ids += (found := [row["id"] for row in visitor.table["rows"]])
            assert found
        assert sorted(ids) == sorted(shipped.ids)

    def test_a_row_names_its_mark_on_the_map(self, visit: Visit, shipped: Catalog) -> None:
        for row in visit("table", layer="rail").table["rows"]:
            assert shipped.id_at(Layer(row["layer"]), row["index"]) == row["id"]

    @pytest.mark.parametrize("column", ["name", "status_as_of", "sources"])
    def test_it_is_sorted_by_any_column_both_ways(self, column: str, visit: Visit) -> None:
        visitor = visit("table", layer="rail")
        for descending in (False, True):
            visitor.do({"kind": "sort", "table": "features", "column": column, "descending": descending})
            values = self.column(visitor, column)
            key = {"name": messages("en").locale.sort_key, "sources": int}.get(column)
            assert values == sorted(values, key=key, reverse=descending)
            assert (visitor.table["sort"], visitor.table["descending"]) == (column, descending)

    def test_a_smaller_answer_starts_on_its_first_page(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("table")
        visitor.do({"kind": "page", "table": "features", "page": 5}).choose("layer", "parks")
        assert visitor.url == {"layer": "parks", "lang": "en"}
        selection = shipped.select(Filter(layer={"parks"}))
        assert len(visitor.table["rows"]) == min(100, len(selection))

    def test_it_is_in_the_words_of_the_language(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("table", lang="zh", q="china-laos-railway")
        (row,) = [row for row in visitor.table["rows"] if row["id"] == "china-laos-railway"]
        assert shipped.get("china-laos-railway").name("zh") in row["cells"]
        assert messages("zh")["layer.rail"] in row["cells"]
        assert "中国、老挝" in row["cells"]

    def test_columns_order_and_page_are_in_the_link_and_come_from_it(self, visit: Visit) -> None:
        visitor = visit("table", layer="projects")
        visitor.do({"kind": "column", "column": "cost_usd_million", "on": True})
        visitor.do({"kind": "column", "column": "layer", "on": False})
        visitor.do({"kind": "sort", "table": "features", "column": "cost_usd_million", "descending": True})
        visitor.do({"kind": "page", "table": "features", "page": 2})
        columns = "kind,countries,status,status_since,status_as_of,precision,sources,cost_usd_million"
        link = {"layer": "projects", "columns": columns, "sort": "-cost_usd_million", "page": "2"}
        assert visitor.url == {**link, "lang": "en"}
        again = visit("table", **link)
        assert again.table == visitor.table
        assert [column["name"] for column in again.table["columns"]] == ["name", *columns.split(",")]
        assert again.part("tools")["page"] == 2
        again.do({"kind": "column", "column": None})
        assert again.url == {"layer": "projects", "lang": "en"}

    @pytest.mark.parametrize("language", languages())
    def test_what_is_wrong_with_a_link_is_put_right_or_said(self, language: str, visit: Visit) -> None:
        text = messages(language).text
        bad = {"columns": "moon,kind", "sort": "-sun", "page": "two"}
        visitor = visit("table", lang=language, **bad)
        assert visitor.url == {"columns": "kind", "lang": language}
        values = {"columns": "moon", "sort": "-sun", "page": "two"}
        for name, value in values.items():
            said = text("notice.code", facet=text(f"table_page.{name}"), value=repr(value))
            assert any(said in shown for shown in visitor.texts)
        lacking = visit("table", lang=language, layer="parks", sort="gauge_mm", page="99")
        assert lacking.table["sort"] == "name"
        assert text("table_page.missing", columns=text("column.gauge_mm")) in [
            element.value for element in lacking.app.caption
        ]
        assert lacking.url["page"] == "2"
        kinds = [column["name"] for column in visit("table", columns="Type").table["columns"]]
        assert kinds == ["name", "kind"], "the name of the column in the layer's table"

    def test_a_column_by_which_the_link_sorts_is_shown(self, visit: Visit) -> None:
        visitor = visit("table", layer="rail", sort="-length_km")
        head = visitor.table["columns"][-1]
        assert (head["name"], head["label"], head["is_number"]) == ("length_km", "Length (km)", True)
        lengths = [float(cell.replace("\u202f", "")) for cell in self.column(visitor, "length_km") if cell]
        blanks = len(visitor.table["rows"]) - len(lengths)
        assert lengths == sorted(lengths, reverse=True)
        assert head["hint"] == (
            messages("en").text("table_page.blanks", n=blanks, total=84) if blanks else ""
        )

    def test_it_opens_on_the_page_of_the_linked_row_and_stays_there(self, visit: Visit) -> None:
        visitor = visit("table", page="4")
        row = visitor.table["rows"][7]["id"]
        linked = visit("table", id=row)
        assert linked.part("tools")["page"] == 4
        assert row in [shown["id"] for shown in linked.table["rows"]]
        assert linked.url == {"id": row, "lang": "en"}
        linked.app.button(key="close").click()
        assert linked.run().part("tools")["page"] == 4
        assert linked.url == {"page": "4", "lang": "en"}

    def test_previous_and_next_follow_its_order(self, visit: Visit) -> None:
        visitor = visit("table", sort="-status_as_of", page="1")
        rows = [row["id"] for row in visitor.table["rows"]]
        visitor = visit("table", sort="-status_as_of", id=rows[98])
        for place, page in ((99, 1), (100, 2)):
            visitor.app.button(key="next").click()
            visitor.run()
            assert visitor.part("tools")["page"] == page
            if place < 100:
                assert visitor.url["id"] == rows[place]
        assert visitor.url["id"] == visitor.table["rows"][0]["id"]
        visitor.app.button(key="previous").click()
        assert visitor.run().url["id"] == rows[99]

    def test_it_shows_the_status_of_the_year(self, visit: Visit) -> None:
        visitor = visit("table", year="2018", q="china-laos-railway", layer="rail")
        (row,) = [row for row in visitor.table["rows"] if row["id"] == "china-laos-railway"]
        assert messages("en")["status.under-construction"] in row["cells"]


class TestFigures:
    @pytest.mark.parametrize("language", languages())
    def test_every_published_cell_stands_beside_ours(
        self, visit: Visit, shipped: Catalog, language: str
    ) -> None:
        html = visit("figures", lang=language).html
        text = messages(language).text
        cells = reconcile(shipped)
        assert text("figures_page.answer", n=sum(c.agrees for c in cells), total=len(cells)) in html
        for figure in dict.fromkeys(cell.figure for cell in cells):
            assert f"<h3>{text(f'figure.{figure}')}</h3>" in html
        assert html.count('class="bri-match ') == 74
        faults = len(shipped.table("inconsistencies"))
        assert text("figures_page.faults_intro", n=faults) in html

    def test_a_data_root_without_published_totals_says_so(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        fresh_keeper(small.write(tmp_path))
        assert messages("en")["figures_page.none"] in visit("figures").html


class TestSources:
    def test_it_lists_every_source_with_what_rests_on_it(self, visit: Visit, shipped: Catalog) -> None:
        visitor = visit("sources")
        pages = math.ceil(len(shipped.sources()) / 100)
        listed = []
        for page in range(1, pages + 1):
            visitor.do({"kind": "page", "table": "sources", "page": page})
            listed += visitor.table["rows"]
        assert {row["id"] for row in listed} == set(shipped.sources()["id"])
        counts = [row["cells"][3] for row in listed]
        assert counts == sorted(shipped.sources()["features"], reverse=True)
        assert all(row["cells"][0] for row in listed)

    def test_it_is_sorted_by_title(self, visit: Visit) -> None:
        visitor = visit("sources")
        visitor.do({"kind": "sort", "table": "sources", "column": "title", "descending": False})
        titles = [row["cells"][0] for row in visitor.table["rows"]]
        assert titles == sorted(titles, key=messages("en").locale.sort_key)

    def test_a_source_can_be_found(self, visit: Visit) -> None:
        visitor = visit("sources")
        visitor.app.text_input(key="source-words").set_value("OVERSEAS industrial navigator")
        (row,) = visitor.run().table["rows"]
        assert "industrial parks" in row["cells"][0]

    def test_nothing_found_is_said(self, visit: Visit) -> None:
        visitor = visit("sources")
        visitor.app.text_input(key="source-words").set_value("no such word")
        assert visitor.run().app.info[0].value == messages("en")["sources_page.none"]


@pytest.mark.parametrize("language", languages())
def test_about_says_what_is_there(language: str, visit: Visit, shipped: Catalog) -> None:
    text = " ".join(element.value for element in visit("about", lang=language).app.main.markdown)
    text = text.replace("\\", "")
    for count in shipped.select(Filter()).by_layer.values():
        assert messages(language).locale.number(count) in text
    assert messages(language).locale.number(len(shipped.sources())) in text
    for word in (shipped.info.version, shipped.info.date, shipped.info.licence, bri_map.__version__):
        assert word in text
    assert "{" not in text


class TestFaults:
    def test_the_page_names_file_row_and_remedy(self, visit: Visit, broken_root: Path) -> None:
        visitor = visit("map")
        assert visitor.app.title[0].value == messages("en")["error.title"]
        cells = re.findall(r"<td[^>]*>(.*?)</td>", visitor.html)
        assert cells[:4] == ["data/parks.csv", "3", "lao-farm", "type"]
        assert "is not one of" in cells[4]

    @pytest.mark.parametrize("page", PAGES)
    def test_every_page_is_that_page_in_the_language_of_the_link(
        self, page: str, visit: Visit, broken_root: Path
    ) -> None:
        assert visit(page, lang="zh").app.title[0].value == messages("zh")["error.title"]

    @pytest.mark.parametrize(
        ("tag", "language"), [("zh-CN", "zh"), ("zh-Hans", "zh"), ("zh-TW", "zh"), ("en-US", "en")]
    )
    def test_tags_of_a_language_are_understood_there_too(
        self,
        tag: str,
        language: str,
        visit: Visit,
        broken_root: Path,
    ) -> None:
        visitor = visit("map", lang=tag)
        assert visitor.app.title[0].value == messages(language)["error.title"]
        assert visitor.texts == []

    def test_in_chinese_fault_and_remedy_are_chinese_and_columns_explained(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        small.row("parks", "lao-farm")["established_year"] = "long ago"
        fresh_keeper(small.write(tmp_path))
        cells = re.findall(r"<td[^>]*>(.*?)</td>", visit("map", lang="zh").html)
        assert cells[4:6] == ["&#39;long ago&#39; 不是整数。", "此列的含义：成立年份。"]

    def test_in_chinese_a_broken_descriptor_is_told_in_chinese(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        del small.package["version"]
        fresh_keeper(small.write(tmp_path))
        assert "缺少" in visit("map", lang="zh").texts[0]

    def test_in_chinese_a_folder_that_is_no_root_is_told_in_chinese(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], tmp_path: Path
    ) -> None:
        fresh_keeper(tmp_path / "nowhere")
        assert visit("map", lang="zh").texts[0] == messages("zh")["fault.root_hidden"]

    def test_every_fault_is_logged_with_file_and_row(
        self,
        visit: Visit,
        fresh_keeper: Callable[[Path], None],
        small: Root,
        tmp_path: Path,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        small.row("parks", "lao-farm")["type"] = "farming"
        small.row("rail", "lao-line")["kind"] = "done"
        fresh_keeper(small.write(tmp_path))
        visit("map").run()
        logged = [record.getMessage() for record in caplog.records if record.name == "bri_map"]
        assert sum("data/parks.csv:3" in line and "lao-farm" in line for line in logged) == 1
        assert sum(line.startswith("data/rail.csv:2") for line in logged) == 1
        assert all(record.exc_info is None for record in caplog.records)

    def test_a_folder_that_is_no_root_is_told_without_its_place(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], tmp_path: Path
    ) -> None:
        fresh_keeper(tmp_path / "nowhere")
        visitor = visit("map")
        assert visitor.app.title[0].value == messages("en")["error.title"]
        assert "The data root cannot be found." in visitor.texts[0]
        assert str(tmp_path) not in visitor.texts[0]

    def test_a_broken_descriptor_is_named(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        del small.package["version"]
        fresh_keeper(small.write(tmp_path))
        visitor = visit("map")
        assert "data/datapackage.json" in f"{visitor.texts}{visitor.html}"

    def test_the_atlas_comes_back_when_the_data_is_corrected(
        self,
        visit: Visit,
        broken_root: Path,
        small: Root,
        tmp_path: Path,
    ) -> None:
        visitor = visit("map", country="LAO")
        assert visitor.app.title[0].value == messages("en")["error.title"]
        small.row("parks", "lao-farm")["type"] = "agricultural"
        small.write(tmp_path)
        assert keeper.check()
        visitor.app.button[0].click()
        assert visitor.run().showing == (5, 11)
        assert visitor.url == {"country": "LAO", "lang": "en"}

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_a_broken_edit_is_told_and_leaves_the_page_as_it_was(
        self, language: str, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        fresh_keeper(small.write(tmp_path))
        visitor = visit("map", country="LAO", lang=language)
        said = messages(language).text("error.before")
        assert said not in visitor.texts
        small.row("parks", "lao-farm")["type"] = "farming"
        small.write(tmp_path)
        assert not keeper.check()
        assert visitor.run().showing == (5, 11)
        assert said in visitor.texts
        cells = re.findall(r"<td[^>]*>(.*?)</td>", visitor.html)
        assert cells[:4] == ["data/parks.csv", "3", "lao-farm", "type"]
        small.row("parks", "lao-farm")["type"] = "agricultural"
        small.write(tmp_path)
        assert keeper.check()
        assert visitor.run().showing == (5, 11)
        assert said not in visitor.texts

    @pytest.mark.parametrize("page", PAGES)
    def test_a_page_is_made_of_one_state_of_the_data(
        self, page: str, visit: Visit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The data may be read anew in the middle of a run; the run asks for them once."""
        visitor, give, asked = visit(page), keeper.store, []

        def counted() -> object:
            asked.append(1)
            return give()

        monkeypatch.setattr(keeper, "store", counted)
        visitor.run()
        assert len(asked) == 1

    def test_a_map_of_the_data_of_before_is_not_told_what_is_for_the_new_ones(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        """Its bits would stand for other features, until the map is made anew."""
        fresh_keeper(small.write(tmp_path))
        visitor = visit("map")
        first = visitor.map_state["live"]
        assert visitor.run().map_state["live"] == first
        small.row("parks", "lao-farm")["name"] = "Another name"
        small.write(tmp_path)
        assert keeper.check()
        assert visitor.run().map_state["live"] != first
        assert hub.is_open(visitor.map_state["live"])

    def test_long_lists_are_cut_and_say_so(
        self, visit: Visit, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        small.tables["claims"] += [
            {"feature_id": f"nobody-{i}", "field": "*", "source_id": "news-page", "basis": "confirmed"}
            for i in range(130)
        ]
        fresh_keeper(small.write(tmp_path))
        visitor = visit("map")
        assert visitor.html.count("<tr>") == 101
        said = [element.value for element in visitor.app.markdown]
        assert messages("en").text("error.more", n=30) in said
