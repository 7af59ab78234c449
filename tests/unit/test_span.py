"""What is asked of a number or a date: reading, writing, putting right and refusing."""

from __future__ import annotations

import math

import pytest

from bri_map.domain.filter import Filter
from bri_map.domain.ranges import RANGES
from bri_map.domain.span import DateSpan, Span
from bri_map.errors import FilterError


@pytest.mark.parametrize("text", ["100..500", "100..", "..500", "250", "0.5..2", "none"])
def test_a_span_of_numbers_is_written_as_it_is_read(text: str) -> None:
    assert Span.parse(text).text == text


@pytest.mark.parametrize("text", ["2013..2017-06", "2013..", "..2017-06-30", "2016", "none"])
def test_a_span_of_dates_is_written_as_it_is_read(text: str) -> None:
    assert DateSpan.parse(text).text == text


@pytest.mark.parametrize(("text", "put_right"), [("500..100", "100..500"), (" 1e3 .. 2000", "1000..2000")])
def test_ends_are_put_right(text: str, put_right: str) -> None:
    assert Span.parse(text).text == put_right
    assert DateSpan.parse("2017..2013-05").text == "2013-05..2017"


@pytest.mark.parametrize("between", ["…", "–", "—", "~", "～", "至", "．．"])
def test_what_people_write_between_two_ends_is_understood(between: str) -> None:
    assert Span.parse(f"１００{between}500").text == "100..500"
    assert DateSpan.parse(f"2013-05{between}２０１６").text == "2013-05..2016"


@pytest.mark.parametrize("name", [name for name, asked in RANGES.items() if asked.unit])
def test_the_own_unit_beside_a_number_is_taken_off_and_another_is_refused(name: str) -> None:
    unit = RANGES[name].unit
    for text in (f"5 {unit}..10 {unit.upper()}", f"5..10{unit}"):
        assert Filter(**{name: text}) == Filter(**{name: "5..10"})
    with pytest.raises(FilterError, match=rf"^{name}: .* is no number"):
        Filter(**{name: "5 miles..10 miles"})


@pytest.mark.parametrize("end", [10_000_000_001.0, 31.6 * 10 / 3, 1e300])
def test_what_is_asked_is_what_a_link_carries(end: float) -> None:
    assert Span.parse(Span(end).text) == Span(end)


@pytest.mark.parametrize("text", ["500 m", "", "..", "ten", "nan", "inf..", "1..2..3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(FilterError, match=r"100\.\.500"):
        Span.parse(text)


@pytest.mark.parametrize("text", ["2013-02-30", "2013-13", "13", "0000", "2013/05", "", "..", "today"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(FilterError, match=r"2013\.\.2017-06"):
        DateSpan.parse(text)


def test_a_year_or_a_month_is_meant_as_a_whole() -> None:
    assert DateSpan.parse("2013..2016-02").bounds == (20130101, 20160229)
    assert DateSpan.parse("..2015").bounds == (-math.inf, 20151231)
    assert Span.parse("100..").bounds == (100, math.inf)


def test_python_takes_two_ends_or_a_text() -> None:
    assert Filter(length=(100, 500)) == Filter(length="100..500") == Filter(length=Span(100, 500))
    assert Filter(opened=("2013", "")) == Filter(opened=DateSpan("2013"))


@pytest.mark.parametrize("value", [(1, 2, 3), 5, ("a", "b"), (True, 2), DateSpan("2013")])
def test_anything_else_is_refused_by_name(value: object) -> None:
    with pytest.raises(FilterError, match="length"):
        Filter(length=value)


@pytest.mark.parametrize("name", RANGES)
def test_a_link_carries_it_and_what_is_none_is_told(name: str) -> None:
    text = "2010..2020" if RANGES[name].is_date else "5..10"
    wanted, left_out = Filter.from_params({name: [text]})
    assert (wanted.to_params(), left_out) == ({name: [text]}, [])
    wanted, left_out = Filter.from_params({name: ["5 miles"]})
    assert (wanted, left_out) == (Filter(), [(name, "5 miles")])
