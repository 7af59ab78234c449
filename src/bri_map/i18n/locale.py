"""The habits of a language: punctuation, lists, dates, numbers, money, the order of names.

What a message file says in its part `[locale]` counts; for the rest CLDR is asked, through Babel.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from bri_map.errors import LanguageError

if TYPE_CHECKING:
    import babel

_SKELETONS = ("y", "yMMMM", "yMMMMd")
"""A year, a month, a day, as CLDR names what is to be written."""
_COUNTER = re.compile(r"[\u3400-\u9fff]")
_DIGIT_AND_WORD = re.compile(r"(?<=\d)(?=[^\W\d_])")
_LOOKED_UP = {"direction", "group", "decimal"}
"""Habits that CLDR knows where the file does not say them."""
_CHOICES = {"direction": ("ltr", "rtl"), "dates": ("iso", "cldr"), "sorting": ("letters", "pinyin")}


@dataclass(frozen=True)
class Locale:
    """How a language writes what is put together from parts.

    Attributes:
        tag: BCP 47 tag, such as `zh-Hans`; the `lang` of pages.
        direction: `ltr` or `rtl`.
        colon: Between a label and what it labels, with its blank.
        separator: Between the parts of a list, with its blank.
        aside: How a remark stands beside a value.
        quoted: How a title is quoted.
        span: From one date to another.
        dates: `iso` (2020-12-31), or `cldr` as the language writes them.
        group: Between groups of three digits.
        decimal: Between a whole number and its fraction.
        sorting: `letters`, or `pinyin` for Chinese.
        latin_is_english: Whether Latin words in its texts are English ones, to be read out in that voice.
        capitals: Whether the map sets names of countries in capitals.
        money: How an amount in words and its currency stand together.
        currency_names: Whether currencies have names, as in CLDR; else they are codes (ISO 4217).
        currencies: Code to name, where it is another one.
        counted: English unit to the number from which the language counts otherwise, a factor, and its unit.
    """

    tag: str
    direction: str = "ltr"
    colon: str = ": "
    separator: str = ", "
    aside: str = "{value} ({aside})"
    quoted: str = "“{title}”"
    span: str = "{first} – {last}"
    dates: str = "cldr"
    group: str = "\u202f"
    decimal: str = "."
    sorting: str = "letters"
    latin_is_english: bool = False
    capitals: bool = True
    money: str = "{currency} {amount}"
    currency_names: bool = False
    counted: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=lambda: {"USD": "US$"})

    def __post_init__(self) -> None:
        for name, known in _CHOICES.items():
            if getattr(self, name) not in known:
                raise LanguageError(f"{self.tag}: {name} is one of {', '.join(known)}. Correct the file.")

    @classmethod
    def of(cls, code: str, habits: Mapping[str, Any]) -> Locale:
        """Read the part `[locale]` of a message file; what it leaves open is as in CLDR.

        Args:
            code: Code of the language (ISO 639).
            habits: The part; it may be empty.

        Raises:
            LanguageError: The part has a name or a value that does not exist.
        """
        unknown = sorted(set(habits) - {one.name for one in fields(cls)})
        if unknown:
            raise LanguageError(f"{code}.toml: there is no habit {unknown[0]!r}. Remove it from [locale].")
        tag = str(habits.get("tag", code))
        known = None if habits.keys() >= _LOOKED_UP else _cldr(tag)
        if known is None:
            return cls(**{"tag": tag, **habits})
        from babel.numbers import get_decimal_symbol, get_group_symbol  # heavy, see `_cldr`

        return cls(
            **{
                "tag": tag,
                "direction": known.text_direction,
                "group": get_group_symbol(known),
                "decimal": get_decimal_symbol(known),
                **habits,
            }
        )

    def listed(self, parts: Iterable[str]) -> str:
        """Write several words one after another."""
        return self.separator.join(parts)

    def labelled(self, label: str, value: str) -> str:
        """Write a label and what it labels."""
        return f"{label}{self.colon}{value}"

    def with_aside(self, value: str, parts: Iterable[str]) -> str:
        """Write a value, and in brackets what is known beside it; empty parts are left out."""
        inside = self.listed(filter(None, parts))
        return self.aside.format(value=value, aside=inside) if inside else value

    def date(self, text: str) -> str:
        """Write a date (YYYY, YYYY-MM or YYYY-MM-DD) as the language does; what is no date stays."""
        known = self._cldr
        if self.dates == "iso" or known is None or not text:
            return text
        skeleton = _SKELETONS[text.count("-")]
        try:
            day = date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            return text
        from babel.dates import format_skeleton

        return str(format_skeleton(skeleton, day, locale=known))

    def dates_from(self, first: str, last: str) -> str:
        """Write from when to when; one date if both are the same."""
        if first == last:
            return self.date(first)
        return self.span.format(first=self.date(first), last=self.date(last))

    def number(self, value: object) -> str:
        """Write a number in groups of three digits; anything else as it stands."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            return str(value)
        whole, point, fraction = f"{value:,}".partition(".")
        return whole.replace(",", self.group) + (self.decimal + fraction if point else "")

    def quantity(self, value: float, unit: str, said: str = "") -> str:
        """Write a number with its unit, in the unit in which the language counts.

        Args:
            value: The number.
            unit: The unit in English.
            said: The unit in words of the language; the English one if empty.

        Returns:
            Number and unit; a unit in Chinese characters follows without a blank.
        """
        said = said or unit
        least, factor, other = self.counted.get(unit, (math.inf, 1, ""))
        if value >= least:
            product = float(Decimal(str(value)) * Decimal(str(factor)))
            value, said = int(product) if product.is_integer() else product, other
        return f"{self.number(value)}{'' if _COUNTER.match(said) else ' '}{said}"

    def amount(self, value: float, digits: int = 3) -> str:
        """Write a large number in words as the language counts: 1,400,000,000 is 1.4 billion, or 14 亿.

        Args:
            value: The number.
            digits: The most digits of a fraction.
        """
        known = self._cldr
        if abs(value) < 10_000 or known is None:
            return self.number(int(value) if float(value).is_integer() else value)
        from babel.numbers import format_compact_decimal

        short = format_compact_decimal(value, format_type="long", locale=known, fraction_digits=digits)
        return _DIGIT_AND_WORD.sub(" ", short)

    def currency(self, code: str) -> str:
        """Give the name of a currency (ISO 4217)."""
        if code in self.currencies or not self.currency_names:
            return self.currencies.get(code, code)
        from babel.numbers import get_currency_name

        return str(get_currency_name(code, count=2, locale=self._cldr))

    def money_of(self, value: float, currency: str, digits: int = 3) -> str:
        """Write an amount of a currency (ISO 4217), in units of it."""
        return self.money.format(amount=self.amount(value, digits), currency=self.currency(currency))

    def plural(self, n: float) -> str:
        """Give the name that CLDR has for the form of a word after a number: `one`, `few`, ..., `other`."""
        known = self._cldr
        return str(known.plural_form(n)) if known else "one" if n == 1 else "other"

    @property
    def sort_key(self) -> Callable[[str], tuple[str, str]]:
        """The key by which names are put in order: by letters without accents, or by pinyin."""
        return _by_pinyin if self.sorting == "pinyin" else _by_letters

    def to_script(self) -> dict[str, Any]:
        """Give what the scripts of map and page need to know."""
        needed = ("tag", "direction", "colon", "separator", "latin_is_english", "capitals")
        return {name: value for name, value in asdict(self).items() if name in needed}

    @cached_property
    def _cldr(self) -> babel.Locale | None:
        return _cldr(self.tag)


def _cldr(tag: str) -> babel.Locale | None:
    """Give what CLDR knows of a language; Babel is heavy, so it is loaded only where it is asked."""
    import babel

    try:
        return babel.Locale.parse(tag, sep="-")
    except (ValueError, babel.UnknownLocaleError):
        return None


@lru_cache(maxsize=100_000)
def _by_letters(text: str) -> tuple[str, str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.casefold(), text


@lru_cache(maxsize=100_000)
def _by_pinyin(text: str) -> tuple[str, str]:
    from pypinyin import lazy_pinyin  # heavy, and of use to pages in Chinese only

    return _by_letters(" ".join(lazy_pinyin(text)))[0], text
