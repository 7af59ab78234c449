"""How the map is shown: links, refusals, the registry of basemaps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_map.analysis.indicators import INDICATORS
from bri_map.errors import DisplayError
from bri_map.maps.basemaps import (
    BUILT_IN,
    PROVIDERS,
    Provider,
    available,
    available_ids,
    provider_settings,
    tile_origins,
)
from bri_map.maps.display import DISPLAY_KEYS, SCHEMES, THEMES, Display

DISPLAYS = st.builds(
    Display,
    theme=st.sampled_from(THEMES),
    cluster=st.booleans(),
    labels=st.booleans(),
    scheme=st.sampled_from(SCHEMES),
    basemap=st.sampled_from(available_ids({})),
    indicator=st.sampled_from(("", *INDICATORS)),
)
KEYS = {"BRI_MAP_MAPTILER_KEY": "a&b", "BRI_MAP_THUNDERFOREST_KEY": "t", "BRI_MAP_TIANDITU_KEY": "d"}


class TestDisplay:
    def test_the_default_writes_nothing(self) -> None:
        assert Display().to_params() == {}
        assert Display.from_params({}) == (Display(), [])

    @given(DISPLAYS)
    def test_a_link_gives_the_same_display(self, display: Display) -> None:
        assert Display.from_params(display.to_params()) == (display, [])
        assert set(display.to_params()) <= set(DISPLAY_KEYS)

    def test_flags_are_written_as_digits(self) -> None:
        display = Display(cluster=True, labels=False)
        assert display.to_params() == {"cluster": ["1"], "labels": ["0"]}

    def test_what_cannot_be_used_is_left_out_and_told(self) -> None:
        params = {
            "theme": ["Dark "],
            "scheme": ["rainbow"],
            "cluster": ["maybe"],
            "basemap": ["maptiler"],
            "indicator": ["gdp" * 50],
            "labels": [""],
        }
        display, left_out = Display.from_params(params)
        assert display == Display(theme="dark")
        assert left_out == [
            ("cluster", "maybe"),
            ("scheme", "rainbow"),
            ("basemap", "maptiler"),
            ("indicator", ("gdp" * 50)[:60]),
        ]

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"theme": "drak"}, "Unknown theme 'drak'. Did you mean 'dark'?"),
            ({"basemap": "google"}, "Unknown basemap 'google'. Known: built-in, "),
            ({"indicator": "project"}, "Did you mean 'projects'?"),
            ({"cluster": 1}, "cluster is True or False, not 1."),
        ],
    )
    def test_a_wrong_value_is_named(self, wrong: dict[str, object], told: str) -> None:
        with pytest.raises(DisplayError) as caught:
            replace(Display(), **wrong)  # type: ignore[arg-type]
        assert told in str(caught.value)

    def test_the_state_has_what_the_script_reads(self) -> None:
        assert Display(basemap="osm", cluster=True).to_state() == {
            "theme": "light",
            "cluster": True,
            "labels": True,
            "scheme": "kind",
            "basemap": "osm",
            "indicator": "",
            "compare": "",
        }


class TestBasemaps:
    def test_without_keys_only_keyless_ones_are_offered(self) -> None:
        offered = available({})
        assert {provider.id for provider in offered} == {"osm", "opentopomap", "esri-imagery"}
        assert not any("{key}" in entry["url"] for entry in provider_settings({}))

    def test_a_key_opens_its_provider_only(self) -> None:
        ids = available_ids({"BRI_MAP_MAPTILER_KEY": "secret", "BRI_MAP_TIANDITU_KEY": ""})
        assert ids == (BUILT_IN, "osm", "opentopomap", "esri-imagery", "maptiler")

    def test_a_key_is_written_safely_into_the_address(self) -> None:
        addresses = {entry["id"]: entry["url"] for entry in provider_settings(KEYS)}
        assert addresses["maptiler"].endswith(".png?key=a%26b")
        assert set(addresses) == {provider.id for provider in PROVIDERS}

    def test_origins_are_those_of_the_addresses(self) -> None:
        assert tile_origins({}) == (
            "https://tile.openstreetmap.org",
            "https://a.tile.opentopomap.org",
            "https://b.tile.opentopomap.org",
            "https://c.tile.opentopomap.org",
            "https://server.arcgisonline.com",
        )

    @pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.id)
    def test_every_provider_is_complete(self, provider: Provider) -> None:
        assert provider.url.startswith("https://")
        assert all(part in provider.url for part in ("{x}", "{y}", "{z}"))
        assert provider.terms.startswith("https://")
        assert all(link.startswith("https://") for _, link in provider.attribution)
        assert 12 <= provider.max_zoom <= 22

    def test_a_provider_cannot_exist_without_attribution_or_terms(self) -> None:
        osm = PROVIDERS[0]
        with pytest.raises(DisplayError, match="no attribution"):
            replace(osm, attribution=())
        with pytest.raises(DisplayError, match="no attribution"):
            replace(osm, attribution=(("Somebody", ""),))
        with pytest.raises(DisplayError, match="no terms"):
            replace(osm, terms="")
        with pytest.raises(DisplayError, match="subdomains"):
            replace(osm, subdomains=("a",))
