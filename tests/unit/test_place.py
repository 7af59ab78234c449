"""Boxes, areas and distances as values: what they take, what they refuse, how they travel."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bri_map.domain.place import MAX_CORNERS, MAX_KM, Area, BBox, Near
from bri_map.errors import FilterError

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
WIDE = st.floats(-540, 540)


class TestBBox:
    @given(WIDE, LAT, WIDE, LAT)
    def test_its_text_gives_it_back(self, west: float, south: float, east: float, north: float) -> None:
        try:
            box = BBox(west, south, east, north)
        except FilterError:
            assert round(south, 4) == round(north, 4) or round(west, 4) == round(east, 4)
            return
        assert BBox.parse(box.text) == box
        assert BBox(box.west, box.south, box.east, box.north) == box
        assert "e" not in box.text
        assert -180 <= box.west <= 180
        assert -180 <= box.east <= 180

    def test_numbers_are_rounded_so_that_links_are_exact(self) -> None:
        assert BBox(60.00004, -0.00001, 80.00006, 40).text == "60,0,80.0001,40"

    def test_south_and_north_turned_round_are_put_right(self) -> None:
        assert BBox.parse("60,40,80,20").text == "60,20,80,40"

    def test_a_view_of_the_map_beyond_the_antimeridian_is_brought_back(self) -> None:
        assert BBox(170, -10, 190, 10) == BBox(170, -10, -170, 10)
        assert BBox(-190, -10, -170, 10) == BBox(170, -10, -170, 10)
        assert BBox(-300, -10, 300, 10) == BBox(-180, -10, 180, 10)
        assert BBox(170, -10, -170, 10).unwrapped == (170, -10, 190, 10)
        assert BBox(-170, -10, 170, 10).unwrapped == (-170, -10, 170, 10)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "is no box"),
            ("60,20,80", "is no box"),
            ("60,20,80,40,50", "is no box"),
            ("60,20,80,x", "'x' is no number"),
            ("60,20,80,nan", "'nan' is no number"),
            ("60,20,80,inf", "'inf' is no number"),
            ("60,20,80,91", "91 is no latitude"),
            ("600,20,80,40", "600 is no longitude"),
            ("60,20,80,20", "has no extent"),
            ("60,20,60,40", "has no extent"),
            ("60,20,60.00001,40", "has no extent"),
        ],
    )
    def test_what_is_no_box_is_refused(self, text: str, said: str) -> None:
        with pytest.raises(FilterError, match=f"^bbox: .*{said}"):
            BBox.parse(text)


class TestArea:
    @given(st.lists(st.tuples(LON, LAT), min_size=3, max_size=12))
    def test_its_text_gives_it_back(self, corners: list[tuple[float, float]]) -> None:
        try:
            area = Area(tuple(corners))
        except FilterError:
            assume(False)
        assert Area.parse(area.text) == area
        assert Area(area.corners) == area
        assert -180 <= min(lon for lon, _ in area.corners) <= 180

    def test_corners_that_repeat_are_one(self) -> None:
        closed = Area(((60, 20), (80, 20), (80, 20.00001), (80, 40), (60, 20)))
        assert closed == Area.parse("60,20;80,20;80,40")
        assert Area.parse(" 60,20; 80,20 ;80,40; ") == closed

    def test_an_area_beyond_the_antimeridian_is_moved_as_a_whole(self) -> None:
        moved = Area(((-190, 0), (-170, 0), (-170, 10)))
        assert moved.corners == ((170, 0), (190, 0), (190, 10))
        assert Area(((530, 0), (540, 0), (540, 10))).corners == ((170, 0), (180, 0), (180, 10))

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "is no corner"),
            ("60,20;80,20", "2 different corners"),
            ("60,20;80,20;60,20", "2 different corners"),
            ("60,20;80,20,1;60,20", "is no corner"),
            ("60,20;80,x;60,20", "'x' is no number"),
            ("60,20;70,30;80,40", "on one line"),
            ("60,20;80,20;80,95", "outside the world"),
            ("-180,20;185,20;80,40", "365 degrees wide"),
            (";".join(f"{i},{i * i % 80}" for i in range(MAX_CORNERS + 1)), "101 different corners"),
        ],
    )
    def test_what_is_no_area_is_refused(self, text: str, said: str) -> None:
        with pytest.raises(FilterError, match=f"^area: .*{said}"):
            Area.parse(text)


class TestNear:
    @given(st.tuples(WIDE, LAT) | st.sampled_from(["gwadar-port", "2africa-cable"]), st.floats(0.1, MAX_KM))
    def test_its_text_gives_it_back(self, place: Any, km: float) -> None:
        near = Near(place, km)
        assert Near.parse(near.text) == near
        assert (near.feature is None) == isinstance(place, tuple)

    def test_numbers_are_rounded(self) -> None:
        assert Near((62.30004, 25.1), 99.96).text == "62.3,25.1,100"
        assert Near.parse(" Gwadar-Port , 10 ").text == "Gwadar-Port,10"
        assert Near((190, 0), 5).place == (-170, 0)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "is no distance from a place"),
            ("gwadar-port", "is no distance from a place"),
            ("1,2,3,4", "is no distance from a place"),
            ("gwadar-port,x", "'x' is no number"),
            ("gwadar-port,0", "0 km is no distance"),
            ("gwadar-port,0.04", "0 km is no distance"),
            ("gwadar-port,-5", "-5 km is no distance"),
            ("gwadar-port,30000", "30000 km is no distance"),
            (",5", "id of the feature is empty"),
            ("20,95,5", "outside the world"),
            ("x,5,5", "'x' is no number"),
        ],
    )
    def test_what_is_no_distance_is_refused(self, text: str, said: str) -> None:
        with pytest.raises(FilterError, match=f"^near: .*{said}"):
            Near.parse(text)


@pytest.mark.parametrize("value", [None, [], "x", math.nan, True, {}])
def test_values_from_a_browser_may_be_anything(value: Any) -> None:
    with pytest.raises(FilterError):
        BBox(value, 0, 1, 1)
    with pytest.raises(FilterError):
        Near((0, 0), value)
    with pytest.raises(FilterError):
        Near((value, 0), 1)
    with pytest.raises(FilterError):
        Area(((value, 0), (1, 1), (0, 1)))
