"""The habits of languages: what is put together from parts is written as each language does."""

from __future__ import annotations

import pytest

from bri_map.errors import LanguageError
from bri_map.i18n import Locale, messages

EN = messages("en").locale
ZH = messages("zh").locale


def test_lists_labels_and_remarks_have_the_signs_of_their_language() -> None:
    assert [EN.listed(["a", "b"]), ZH.listed(["甲", "乙"])] == ["a, b", "甲、乙"]
    assert [EN.labelled("Kind", "park"), ZH.labelled("种类", "园区")] == ["Kind: park", "种类：园区"]
    assert [EN.with_aside("6 km", ["", "2020"]), ZH.with_aside("6 公里", ["甲", "乙"])] == [
        "6 km (2020)",
        "6 公里（甲、乙）",
    ]
    assert ZH.with_aside("6 公里", ["", ""]) == "6 公里"


@pytest.mark.parametrize(
    ("date", "english", "chinese"),
    [
        ("2020", "2020", "2020年"),
        ("2020-06", "2020-06", "2020年6月"),
        ("2020-06-05", "2020-06-05", "2020年6月5日"),
        ("", "", ""),
        ("about 2020", "about 2020", "about 2020"),
    ],
)
def test_dates_are_written_as_each_language_does(date: str, english: str, chinese: str) -> None:
    assert (EN.date(date), ZH.date(date)) == (english, chinese)


def test_a_stretch_of_time_names_both_ends_unless_they_are_one() -> None:
    assert EN.dates_from("2020-01", "2020-05") == "2020-01 to 2020-05"
    assert ZH.dates_from("2020-01", "2020-05") == "2020年1月至2020年5月"
    assert ZH.dates_from("2020", "2020") == "2020年"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (950, "950", "950"),
        (9_500.5, "9\u202f500.5", "9\u202f500.5"),
        (54_000_000, "54 million", "5400 万"),
        (876_500_000, "876.5 million", "8.765 亿"),
        (1_400_000_000, "1.4 billion", "14 亿"),
        (4.7e13, "47 trillion", "47 万亿"),
    ],
)
def test_large_amounts_are_counted_as_each_language_does(value: float, english: str, chinese: str) -> None:
    assert (EN.amount(value), ZH.amount(value)) == (english, chinese)


def test_money_names_the_currency() -> None:
    assert [EN.money_of(1.2e9, code) for code in ("USD", "XOF")] == ["US$ 1.2 billion", "XOF 1.2 billion"]
    assert [ZH.money_of(1.2e9, code) for code in ("USD", "CNY", "XOF")] == [
        "12 亿美元",
        "12 亿元人民币",
        "12 亿西非法郎",
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1\u202f000"),
        (1234567.5, "1\u202f234\u202f567.5"),
        ("1000", "1000"),
        (True, "True"),
    ],
)
def test_numbers_get_thin_separators(value: object, written: str) -> None:
    assert [EN.number(value), ZH.number(value)] == [written, written]


@pytest.mark.parametrize(
    ("value", "unit", "said", "english", "chinese"),
    [
        (1320, "MW", "兆瓦", "1\u202f320 MW", "132万千瓦"),
        (27.5, "MW", "兆瓦", "27.5 MW", "2.75万千瓦"),
        (2.4, "MW", "兆瓦", "2.4 MW", "2.4兆瓦"),
        (5.4, "billion m3", "十亿立方米", "5.4 billion m3", "54亿立方米"),
        (2_500_000, "TEU/year", "标箱/年", "2\u202f500\u202f000 TEU/year", "250万标箱/年"),
        (40, "beds", "张床位", "40 beds", "40张床位"),
    ],
)
def test_quantities_are_counted_as_each_language_does(
    value: float, unit: str, said: str, english: str, chinese: str
) -> None:
    assert EN.quantity(value, unit) == english
    assert ZH.quantity(value, unit, said) == chinese


def test_names_are_sorted_by_letters_or_by_pinyin() -> None:
    assert sorted(["Zambia", "Éire", "egypt"], key=EN.sort_key) == ["egypt", "Éire", "Zambia"]
    assert sorted(["中国", "阿富汗", "老挝", "Laos"], key=ZH.sort_key) == ["阿富汗", "老挝", "Laos", "中国"]


class TestFurtherLanguage:
    """What a message file leaves open is as in CLDR."""

    def test_numbers_dates_and_direction_follow_cldr(self) -> None:
        german, arabic = Locale.of("de", {}), Locale.of("ar", {})
        assert german.number(1234567.5) == "1.234.567,5"
        assert german.date("2020-06-05") == "5. Juni 2020"
        assert german.amount(1.4e9) == "1,4 Milliarden"
        assert (arabic.direction, german.direction) == ("rtl", "ltr")

    def test_words_after_numbers_have_the_forms_of_the_language(self) -> None:
        russian = Locale.of("ru", {})
        assert [russian.plural(n) for n in (1, 2, 5, 21)] == ["one", "few", "many", "one"]

    def test_a_language_that_cldr_does_not_know_gets_plain_habits(self) -> None:
        unknown = Locale.of("qqq", {})
        assert (unknown.date("2020-06"), unknown.number(1000), unknown.plural(1)) == (
            "2020-06",
            "1\u202f000",
            "one",
        )
        assert unknown.amount(1.5e6) == "1\u202f500\u202f000"

    @pytest.mark.parametrize("habits", [{"colon_sign": ":"}, {"dates": "american"}, {"direction": "down"}])
    def test_a_habit_that_does_not_exist_is_told(self, habits: dict[str, str]) -> None:
        with pytest.raises(LanguageError, match=r"(habit|is one of)"):
            Locale.of("de", habits)
