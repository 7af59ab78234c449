"""What the server answers beside Streamlit: assets, headers, and the short way to the map."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bri_map.app import live
from bri_map.app.live import MAX_LISTENERS, hub
from bri_map.app.store import PREFIX, keeper
from bri_map.browser import map_script, map_style, page_parts
from bri_map.domain.filter import Filter
from bri_map.domain.place import Area, BBox, Near
from bri_map.domain.vocabulary import Layer
from bri_map.errors import DataError
from bri_map.i18n import languages, messages
from bri_map.maps.atlas_map import view_state
from bri_map.maps.basemaps import tile_origins
from bri_map.maps.packing import pack_mask
from bri_map.tabulation import copy
from bri_map.web import PageHead, SecurityHeaders, routes
from bri_map.web.headers import HEADERS
from bri_map.web.timeline import timeline_document
from tests.app.asgi import Answer, App, Message, Socket, request
from tests.builders import Root

UP = f"../../{PREFIX}/"


APP: App = Starlette(routes=routes(), middleware=[Middleware(SecurityHeaders)])
"""Our routes behind our headers, as `app.py` joins them."""


def addresses() -> list[str]:
    """Give the address of every asset."""
    return sorted(keeper.store().assets)


class TestPageHead:
    """The About page says to search engines what the data set is."""

    @staticmethod
    def page(kind: str = "text/html; charset=utf-8") -> App:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            encoded = any(name == b"accept-encoding" for name, _ in scope["headers"])
            body = b"compressed" if encoded else b"<html><head><title>x</title></head><body></body></html>"
            await Response(body, media_type=kind, headers={"etag": "x"})(scope, receive, send)

        return PageHead(answer)

    def test_it_stands_in_the_head_of_the_about_page(self) -> None:
        answer = request(self.page(), "/atlas/about", {"Accept-Encoding": "gzip", "If-None-Match": "x"})
        assert answer.headers["content-encoding"] == "gzip"
        head = gzip.decompress(answer.body).decode().partition("</head>")[0]
        found = re.search(r'<script type="application/ld\+json">(.*)</script>$', head)
        assert found is not None
        document = json.loads(found[1])
        assert document["@type"] == "Dataset"
        assert document["version"] == keeper.store().catalog.info.version
        assert document["license"].startswith("https://creativecommons.org/")
        assert {v["name"]: v["value"] for v in document["variableMeasured"]}["rail"] == 84
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert "etag" not in answer.headers

    @pytest.mark.parametrize("path", ["/", "/map", "/about/other"])
    def test_other_pages_have_no_description(self, path: str) -> None:
        assert b"ld+json" not in request(self.page(), path).body

    def test_what_is_no_page_stays_as_it_is(self) -> None:
        answer = request(self.page("application/json"), "/about")
        assert b"ld+json" not in answer.body
        assert answer.headers["etag"] == "x"

    def test_a_data_root_with_faults_describes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> None:
            raise DataError("broken")

        monkeypatch.setattr(keeper, "store", broken)
        assert b"ld+json" not in request(self.page(), "/about").body

    @pytest.mark.parametrize("path", ["/", "/map", "/atlas/about"])
    def test_the_theme_is_set_before_streamlit_starts(self, path: str) -> None:
        head = request(self.page(), path).body.decode().partition("</head>")[0]
        assert "stActiveTheme-" in head

    @pytest.mark.parametrize("path", ["/component/x/index.html", "/media/file.html", f"/{PREFIX}/x.html"])
    def test_what_is_no_page_is_passed_on(self, path: str) -> None:
        assert request(self.page(), path, {"Accept-Encoding": "gzip"}).body == b"compressed"


class TestAssets:
    def test_every_asset_is_served_for_ever(self) -> None:
        for address in addresses():
            answer = request(APP, f"/{PREFIX}/{address}")
            asset = keeper.store().assets[address]
            assert answer.status == 200
            assert answer.body == asset.body
            assert answer.headers["content-type"].startswith(asset.media_type)
            assert "immutable" in answer.headers["cache-control"]

    @pytest.mark.parametrize("prefix", ["atlas", "a/b/c", "component/streamlit_folium.st_folium"])
    def test_it_is_served_behind_any_prefix(self, prefix: str) -> None:
        address = addresses()[0]
        assert request(APP, f"/{prefix}/{PREFIX}/{address}").body == keeper.store().assets[address].body

    def test_it_travels_compressed_where_the_browser_can(self) -> None:
        address = next(a for a in addresses() if a.startswith("basemap/towns"))
        body = keeper.store().assets[address].body
        answer = request(APP, f"/{PREFIX}/{address}", {"Accept-Encoding": "br, gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(answer.body) == body
        assert len(answer.body) < len(body) / 2
        answer = request(APP, f"/{PREFIX}/{address}", {"Accept-Encoding": "identity"})
        assert answer.body == body
        assert "content-encoding" not in answer.headers
        assert answer.headers["vary"] == "Accept-Encoding"

    @pytest.mark.parametrize(
        "address", ["", "nothing.js", "../app.py", "..%2f..%2fpyproject.toml", "layers/", "%00", "map.js"]
    )
    def test_nothing_else_is_served(self, address: str) -> None:
        answer = request(APP, f"/{PREFIX}/{address}")
        assert answer.status == 404
        assert "Traceback" not in answer.text

    def test_only_reading_is_allowed(self) -> None:
        assert request(APP, f"/{PREFIX}/{addresses()[0]}", method="POST").status == 405

    def test_a_broken_data_root_is_told(
        self,
        broken_root: Path,
    ) -> None:
        answer = request(APP, f"/{PREFIX}/map.js")
        assert answer.status == 503
        assert "data/parks.csv:3" in answer.text
        assert answer.headers["content-type"].startswith("text/plain")


class TestSearch:
    @staticmethod
    def ask(**params: str) -> Answer:
        return request(APP, f"/{PREFIX}/search?{urlencode(params)}")

    def test_it_answers_in_groups_with_labels(self) -> None:
        answer = self.ask(q="gwadar")
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["cache-control"] == "no-cache"
        document = json.loads(answer.body)
        assert (document["query"], document["did_you_mean"]) == ("gwadar", None)
        labels = {group["group"]: group["label"] for group in document["groups"]}
        features = {"projects": "Projects", "parks": "Industrial parks"}
        further = {"place": "Places", "source": "Sources", "corridors": "Corridors"}
        assert labels == features | further
        first = document["groups"][0]["results"][0]
        catalog = keeper.store().catalog
        layer, index = catalog.position("gwadar-port")
        west, south, east, north = first.pop("bbox")
        assert west < 62.33 < east
        assert south < 25.12 < north
        assert first.pop("score") > 90
        assert first == {
            "id": "gwadar-port",
            "name": "Gwadar Port",
            "names": {"en": "Gwadar Port", "zh": "瓜达尔港"},
            "matched": None,
            "met": [],
            "aside": [],
            "kind": "ports",
            "kind_label": "Ports",
            "countries": ["PAK"],
            "country_labels": ["Pakistan"],
            "status": "completed",
            "status_label": "Completed",
            "layer": layer,
            "symbol": "diamond",
            "index": index,
        }

    def test_it_answers_in_chinese_and_says_what_was_meant(self) -> None:
        document = json.loads(self.ask(q="中劳铁路", lang="zh").body)
        assert document["did_you_mean"] == "中老铁路"
        group = document["groups"][0]
        assert group["label"] == "铁路线路"
        assert group["results"][0]["name"] == "中老铁路"
        assert group["results"][0]["kind_label"] == "普速铁路"

    def test_a_country_and_a_town_are_no_features(self) -> None:
        document = json.loads(self.ask(q="djibouti").body)
        found = {g["group"]: g["results"][0] for g in document["groups"]}
        assert found["country"]["id"] == "DJI"
        assert found["place"]["kind_label"] == "Capital"
        assert all(
            found[group][name] is None for group in ("country", "place") for name in ("layer", "index")
        )

    @pytest.mark.parametrize("prefix", ["atlas", "component/streamlit_folium.st_folium"])
    def test_it_answers_behind_any_prefix(self, prefix: str) -> None:
        answer = request(APP, f"/{prefix}/{PREFIX}/search?q=laos&limit=1")
        (group,) = json.loads(answer.body)["groups"]
        assert [hit["id"] for hit in group["results"]] == ["LAO"]

    def test_an_empty_text_finds_nothing(self) -> None:
        nothing = {"query": "-", "did_you_mean": None, "groups": [], "filters": []}
        assert json.loads(self.ask(q=" - ").body) == nothing

    @pytest.mark.parametrize(
        ("params", "said"),
        [
            ({}, "The parameter q is missing."),
            ({"q": "x", "limit": "51"}, "limit 51 is not a number from 1 to 50."),
            ({"q": "x", "limit": "0"}, "limit 0 is not a number from 1 to 50."),
            ({"q": "x", "limit": "many"}, "limit 'many' is not a whole number."),
            ({"q": "x", "lang": "fr"}, "Unknown lang 'fr'."),
            ({"q": "x" * 201}, "longer than 200 characters"),
            ({"q": "x", "layer": "rail"}, "There is no parameter 'layer'. Known: q, lang, limit."),
        ],
    )
    def test_what_cannot_be_used_is_told(self, params: dict[str, str], said: str) -> None:
        answer = self.ask(**params)
        assert answer.status == 400
        assert said in answer.text

    def test_never_more_than_the_limit(self) -> None:
        groups = json.loads(self.ask(q="a", limit="50").body)["groups"]
        assert sum(len(group["results"]) for group in groups) == 50


@pytest.fixture(scope="module")
def config() -> dict[str, object]:
    """What the script of the map is told about its surroundings."""
    store = keeper.store()
    script = store.assets[store.map_assets.script.removeprefix(UP)].body.decode()
    found = re.search(r"^briMap\.config = (\{.*\});$", script, flags=re.MULTILINE)
    assert found is not None
    return dict(json.loads(found[1]))


class TestBundle:
    """What the one script of the map names is there, and nothing of it is elsewhere."""

    def test_every_address_in_it_is_served(self, config: dict[str, object]) -> None:
        named = re.findall(r'"(\.\./[^"]+)"', json.dumps(config))
        assert len(named) == 3 * len(Layer) + 4 + 1 + 2
        for address in named:
            path = address.removeprefix(UP).replace("{chunk}", "0")
            assert path in keeper.store().assets, address

    def test_it_names_every_layer_in_drawing_order(self, config: dict[str, object]) -> None:
        layers = config["layers"]
        assert isinstance(layers, list)
        assert [layer["id"] for layer in layers] == list(Layer)

    def test_script_and_style_of_ours_are_in_it_after_those_of_leaflet(self) -> None:
        store = keeper.store()
        script = store.assets[store.map_assets.script.removeprefix(UP)].body.decode()
        style = store.assets[store.map_assets.style.removeprefix(UP)].body.decode()
        assert script.index("leafletjs.com") < script.index(map_script()) < script.index("\nbriMap.config = ")
        assert style.index(".leaflet-container") < style.index(map_style())

    def test_the_texts_of_the_map_are_there_in_both_languages(self, config: dict[str, object]) -> None:
        texts = config["messages"]
        assert isinstance(texts, dict)
        loaded = {
            language: json.loads(keeper.store().assets[address.removeprefix(UP)].body)
            for language, address in texts.items()
        }
        assert set(loaded) == {"en", "zh"}
        assert set(loaded["en"]) == set(loaded["zh"])
        assert loaded["zh"]["layer.parks"] == "产业园区"


class TestHeaders:
    def test_every_answer_has_them(self) -> None:
        for path in (f"/{PREFIX}/{addresses()[0]}", f"/{PREFIX}/nothing", "/elsewhere"):
            answer = request(APP, path)
            for name, value in HEADERS.items():
                assert answer.headers[name.lower()] == value, path

    def test_they_allow_this_server_only(self) -> None:
        policy = HEADERS["Content-Security-Policy"]
        assert "http:" not in policy
        parts = dict(part.split(" ", 1) for part in policy.split("; "))
        pictures = set(parts.pop("img-src").split())
        assert "https:" not in " ".join(parts.values())
        assert pictures == {"'self'", "data:", "blob:", *tile_origins()}
        assert "*" not in policy
        parts = dict(part.split(" ", 1) for part in policy.split("; "))
        assert parts["default-src"] == parts["connect-src"] == "'self'"
        assert parts["object-src"] == "'none'"
        assert "'self'" in parts["frame-ancestors"]

    @pytest.mark.parametrize(
        ("path", "may_be_framed"),
        [
            ("/?embed=true", True),
            ("/map?lang=zh&embed=true", True),
            ("/component/streamlit_folium.st_folium/index.html", True),
            ("/", False),
            ("/?embed=false", False),
            ("/about?x=embed=true", False),
            (f"/{PREFIX}/export/all.geojson", False),
        ],
    )
    def test_other_sites_frame_the_embedded_map_and_the_frame_inside_it_only(
        self, path: str, may_be_framed: bool
    ) -> None:
        async def page(scope: Scope, receive: Receive, send: Send) -> None:
            await Response("x")(scope, receive, send)

        policy = request(SecurityHeaders(page), path).headers["content-security-policy"]
        assert ("frame-ancestors *" in policy) == may_be_framed

    def test_an_answer_may_set_its_own(self) -> None:
        async def app(scope: Message, receive: object, send: Callable[[Message], Awaitable[None]]) -> None:
            headers = [(b"referrer-policy", b"no-referrer")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b""})

        answer = request(SecurityHeaders(app), "/")  # type: ignore[arg-type]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"


class TestLive:
    @pytest.mark.parametrize("prefix", ["", "/atlas", "/a/b"])
    def test_a_state_reaches_whoever_follows_the_session(self, prefix: str) -> None:
        first, second = hub.open(), hub.open()

        async def visit() -> list[Message]:
            one = Socket(APP, f"{prefix}/{PREFIX}/live/{first}")
            two = Socket(APP, f"{prefix}/{PREFIX}/live/{second}")
            assert (await one.receive())["type"] == (await two.receive())["type"] == "websocket.accept"
            await asyncio.to_thread(hub.publish, first, '{"seq":1}')
            received = [await one.receive()]
            await asyncio.to_thread(hub.publish, second, '{"seq":9}')
            await asyncio.to_thread(hub.publish, first, '{"seq":2}')
            received += [await one.receive(), await two.receive()]
            await one.close()
            await two.close()
            return received

        assert [message["text"] for message in asyncio.run(visit())] == [
            '{"seq":1}',
            '{"seq":2}',
            '{"seq":9}',
        ]

    def test_a_frame_that_is_slow_is_told_the_newest_state_only(self) -> None:
        """What it missed does not heap up: a state at a million features weighs 172 KB."""
        token = hub.open()

        async def visit() -> tuple[Message, bool]:
            socket = Socket(APP, f"/{PREFIX}/live/{token}")
            await socket.receive()
            for number in range(1000):
                hub.publish(token, f'{{"seq":{number}}}')
            told = await socket.receive()
            is_more = socket.has_more()
            await socket.close()
            return told, is_more

        told, is_more = asyncio.run(visit())
        assert told["text"] == '{"seq":999}'
        assert not is_more

    def test_who_has_gone_is_forgotten(self) -> None:
        token = hub.open()

        async def visit() -> None:
            socket = Socket(APP, f"/{PREFIX}/live/{token}")
            await socket.receive()
            assert hub.is_followed(token)
            await socket.close()

        asyncio.run(visit())
        assert not hub.is_followed(token)
        hub.publish(token, "{}")

    @staticmethod
    def answer(token: str, headers: dict[str, str] | None = None) -> Message:
        """Give the first thing that a new socket hears."""

        async def visit() -> Message:
            socket = Socket(APP, f"/{PREFIX}/live/{token}", headers)
            heard = await socket.receive()
            await socket.close()
            return heard

        return asyncio.run(visit())

    def test_a_name_that_the_server_has_not_given_is_refused(self) -> None:
        refused = self.answer("made-up")
        assert (refused["type"], refused["code"]) == ("websocket.close", 1008)
        assert not hub.is_open("made-up")

    @pytest.mark.parametrize(
        ("headers", "is_accepted"),
        [
            ({"host": "atlas.example.org"}, True),
            ({"host": "atlas.example.org", "origin": "https://atlas.example.org"}, True),
            ({"host": "atlas.example.org:8501", "origin": "http://atlas.example.org:8501"}, True),
            (
                {
                    "host": "10.0.0.1:8501",
                    "origin": "https://atlas.example.org",
                    "x-forwarded-host": "atlas.example.org",
                },
                True,
            ),
            ({"host": "10.0.0.1", "origin": "http://localhost:8501"}, True),
            ({"host": "atlas.example.org", "origin": "https://elsewhere.example.org"}, False),
            ({"host": "atlas.example.org", "origin": "https://atlas.example.org.elsewhere.org"}, False),
            ({"host": "atlas.example.org", "origin": "null"}, False),
            ({"host": "", "origin": "null"}, False),
        ],
    )
    def test_pages_of_other_sites_are_refused(self, headers: dict[str, str], is_accepted: bool) -> None:
        heard = self.answer(hub.open(), headers)
        assert heard["type"] == ("websocket.accept" if is_accepted else "websocket.close")
        assert heard.get("code") == (None if is_accepted else 1008)

    def test_a_session_has_a_limited_number_of_frames(self) -> None:
        token = hub.open()
        assert self.crowd([token] * (MAX_LISTENERS + 1)) == 1013
        assert not hub.is_followed(token)

    def test_all_sessions_together_have_a_limited_number_of_frames(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live, "MAX_SOCKETS", 3)
        assert self.crowd([hub.open() for _ in range(4)]) == 1013
        assert self.answer(hub.open())["type"] == "websocket.accept"

    @staticmethod
    def crowd(tokens: list[str]) -> int:
        """Open sockets, of which all but the last are let in; gives the code for the last."""

        async def visit() -> Message:
            frames = [Socket(APP, f"/{PREFIX}/live/{token}") for token in tokens]
            heard = [await frame.receive() for frame in frames]
            assert {message["type"] for message in heard[:-1]} == {"websocket.accept"}
            for frame in frames:
                await frame.close()
            return heard[-1]

        return int(asyncio.run(visit())["code"])

    def test_channels_that_nobody_uses_are_forgotten_the_oldest_first(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live, "MAX_CHANNELS", 3)
        small = live.Hub()
        first, second, third = small.open(), small.open(), small.open()
        assert small.is_open(first)
        fourth = small.open()
        assert [small.is_open(token) for token in (first, second, third, fourth)] == [True, False, True, True]

    def test_nobody_follows_what_nobody_asked_for(self) -> None:
        assert not hub.is_followed("no such session")
        hub.publish("no such session", "{}")
        assert not hub.is_followed("no such session")


class TestTimeline:
    def test_it_says_what_the_filter_gives_in_every_year(self) -> None:
        answer = request(APP, f"/{PREFIX}/timeline?layer=rail&layer=projects&country=LAO&undated=0")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        assert answer.headers["cache-control"] == "no-cache"
        told = json.loads(answer.body)
        assert list(told) == ["first", "last", "years", "events", "undated", "counts"]
        years = [str(year) for year in range(told["first"], told["last"] + 1)]
        assert list(told["years"]) == list(told["events"]) == list(told["counts"]) == years
        catalog = keeper.store().catalog
        for year in years:
            wanted = Filter(layer={"rail", "projects"}, country={"LAO"}, undated=False, year=int(year))
            selection = catalog.select(wanted)
            bits = {layer: pack_mask(selection.layer_mask(layer)) for layer in Layer}
            assert told["years"][year] == bits
            assert sum(told["counts"][year].values()) == len(selection)

    @pytest.mark.parametrize("prefix", ["atlas", "a/b/c", "component/streamlit_folium.st_folium"])
    def test_it_answers_behind_any_prefix(self, prefix: str) -> None:
        body = request(APP, f"/{PREFIX}/timeline").body
        assert request(APP, f"/{prefix}/{PREFIX}/timeline").body == body

    def test_the_query_that_the_map_is_given_is_understood(self) -> None:
        catalog = keeper.store().catalog
        wanted = Filter(
            q="rail & road = 铁路",
            year=2013,
            undated=False,
            bbox=BBox(170, -10, -170, 10),
            area=Area(((60, 20), (80, 20), (80, 40))),
            near=Near("china-laos-railway", 50),
        )
        state = view_state(catalog.select(wanted), dict.fromkeys(Layer, 0), "en", None, None)
        assert state["year"] == 2013
        assert "year" not in state["query"]
        answer = request(APP, f"/{PREFIX}/timeline?{state['query']}")
        assert answer.status == 200
        assert json.loads(answer.body) == timeline_document(catalog, wanted)

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("colour=red", "There is no parameter 'colour'. Known: layer, type"),
            ("status=done", "status: 'done' cannot be used."),
            ("bbox=1,2,3", "bbox: '1,2,3' cannot be used."),
            ("near=nobody,5", "near: 'nobody,5' cannot be used."),
            ("area=1,1;2,2;3,3", "area: '1,1;2,2;3,3' cannot be used."),
            ("undated=maybe", "undated: 'maybe' cannot be used."),
            ("year=soon", "year: 'soon' cannot be used."),
            ("q=" + "x" * 300, "q: "),
        ],
    )
    def test_what_cannot_be_used_is_told(self, query: str, said: str) -> None:
        answer = request(APP, f"/{PREFIX}/timeline?{query}")
        assert answer.status == 400
        assert answer.text.startswith(said)
        assert answer.text.endswith(".\n")

    def test_only_reading_is_allowed(self) -> None:
        assert request(APP, f"/{PREFIX}/timeline", method="POST").status == 405

    def test_a_broken_data_root_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> None:
            raise DataError("broken")

        monkeypatch.setattr(keeper, "store", broken)
        assert request(APP, f"/{PREFIX}/timeline").status == 503


class TestHistoryAssets:
    def test_they_give_the_status_of_every_year(self, config: dict[str, Any]) -> None:
        catalog = keeper.store().catalog
        for spec in config["layers"]:
            history = json.loads(keeper.store().assets[spec["history"].removeprefix(UP)].body)
            part = catalog.slices[Layer(spec["id"])]
            assert len(history["changes"]) == part.stop - part.start
            assert history["years"] == list(range(history["years"][0], int(catalog.info.date[:4]) + 1))
            for year in (1900, 1980, 2013, 2026):
                expected = catalog.as_of(year).to_numpy()[part]
                for changes, status in zip(history["changes"], expected, strict=True):
                    steps = zip(changes[::2], changes[1::2], strict=True)
                    past = ["" if changes else "unknown"]
                    past += [config["codes"]["status"][code] for when, code in steps if when <= year]
                    assert past[-1] == status


class TestPlace:
    def test_the_map_is_told_where_the_filter_looks(self) -> None:
        catalog = keeper.store().catalog

        def place(**parts: Any) -> Any:
            selection = catalog.select(Filter(**parts))
            return view_state(selection, dict.fromkeys(Layer, 0), "en", None, None)["place"]

        nowhere = {"bbox": None, "area": None, "near": None}
        assert place() == nowhere
        assert place(bbox=BBox(60, 20, 80, 40)) == nowhere | {"bbox": (60, 20, 80, 40)}
        corners = ((60.0, 20.0), (80.0, 20.0), (80.0, 40.0))
        assert place(area=Area(corners)) == nowhere | {"area": list(corners)}
        assert place(near=Near((62.3, 25.1), 100))["near"] == {"lon": 62.3, "lat": 25.1, "km": 100}
        layer, index = catalog.position("gwadar-port")
        told = {"feature": "gwadar-port", "km": 100, "layer": layer, "index": index}
        assert place(near=Near("gwadar-port", 100))["near"] == told


def test_the_head_of_a_page_loads_its_parts_once_and_under_their_hash() -> None:
    text = request(TestPageHead.page(), "/table").text
    (address,) = re.findall(r'"\./(atlas-files/page\.[0-9a-f]{12}\.js)"', text)
    answer = request(APP, f"/{address}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == page_parts()


class TestTotals:
    """What a result adds up to: in words for the panel, and as rows for a spreadsheet."""

    @staticmethod
    def asked(**params: str) -> Any:
        return request(APP, f"/{PREFIX}/totals?{urlencode(params)}")

    @pytest.mark.parametrize("language", languages())
    @pytest.mark.parametrize("by", ["status", "kind", "country", "builder"])
    def test_words_and_rows_are_those_of_the_library(self, by: str, language: str) -> None:
        catalog, m = keeper.store().catalog, messages(language)
        shares = catalog.select(Filter(country={"LAO", "CHN"})).shares(by)
        told = json.loads(self.asked(country="LAO,CHN,XXX", by=by, lang=language, page="x").text)
        assert (told["by"], len(told["choices"])) == (by, 4)
        assert [row[1] for row in told["rows"]] == [
            m.locale.number(share.features) for share in shares.rows[: len(told["rows"])]
        ]
        inside = m.locale.number(round(shares.inside_km["rail"]))
        assert any(inside in said for _, _, said in told["layers"])
        answer = self.asked(country="LAO,CHN", by=by, lang=language, rows="1")
        assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
        head, *lines = [line.split("\t") for line in answer.text.removesuffix("\n").split("\n")]
        assert head[3:5] == [m["unit.km"], m["unit.million US$"]]
        assert [[int(line[1]), float(line[3]), float(line[4])] for line in lines] == [
            [share.features, share.line_km, share.cost_usd_million] for share in (*shares.rows, shares.apart)
        ]

    def test_nothing_adds_up_to_a_sentence(self) -> None:
        told = json.loads(self.asked(q="nothing at all").text)
        assert (told["layers"], told["rows"], told["said"]) == ([], [], [messages("en")["totals.nothing"]])

    @pytest.mark.parametrize("more", [{}, {"rows": "1"}])
    def test_by_what_they_are_not_shared_out_is_said(self, more: dict[str, str]) -> None:
        answer = self.asked(by="colour", **more)
        assert (answer.status, "'colour'" in answer.text) == (400, True)


class TestRows:
    """The rows of a result for the clipboard: as the table has them, with nothing shortened."""

    @staticmethod
    def lines(**params: str) -> list[list[str]]:
        answer = request(APP, f"/{PREFIX}/rows?{urlencode(params)}")
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
        return [line.split("\t") for line in answer.text.removesuffix("\n").split("\n")]

    def test_they_are_those_of_the_link_in_its_order_and_columns(self) -> None:
        head, *rows = self.lines(layer="rail", columns="countries,length_km", sort="-length_km", page="3")
        assert head == ["Name", "Countries", "Length (km)"]
        table = keeper.store().catalog.rows("rail")
        lengths = pd.to_numeric(table["length_km"]).sort_values(ascending=False, kind="stable")
        assert [row[0] for row in rows] == list(table["name"].loc[lengths.index])
        assert [row[2] for row in rows] == list(table["length_km"].loc[lengths.index])
        assert all("more" not in row[1] for row in rows)

    def test_the_answer_says_how_many_there_are(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(copy, "MOST_ROWS", 7)
        answer = request(APP, f"/{PREFIX}/rows?layer=rail")
        assert answer.text.count("\n") == 1 + 7
        assert answer.headers["x-total-rows"] == str(len(keeper.store().catalog.rows("rail")))

    def test_they_are_in_the_language_of_the_link(self) -> None:
        assert self.lines(layer="rail", columns="length_km", lang="zh")[0] == ["名称", "长度（公里）"]

    def test_what_cannot_be_used_is_left_out(self) -> None:
        every = len(keeper.store().catalog)
        assert len(self.lines(columns="moon", sort="sun", page="-1", layer="moons", lang="xx")) == every + 1

    def test_no_cell_is_run_and_none_breaks_a_line(
        self, fresh_keeper: Callable[[Path], None], small: Root, tmp_path: Path
    ) -> None:
        for thing, text in (("lao-farm", "=1+1"), ("rayong-zone", "+1+1"), ("fiji-zone", "@A1")):
            small.row("parks", thing)["note"] = text
        fresh_keeper(small.write(tmp_path))
        cells = {row[1] for row in self.lines(layer="parks", columns="note")[1:]}
        assert cells == {"'=1+1", "'+1+1", "'@A1"}
