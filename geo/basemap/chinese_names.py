"""Chinese names of towns, only where they are well-founded: from CLDR and from GeoNames' alternates."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Any

import pypinyin
import zhconv
from babel import Locale
from pypinyin.constants import PINYIN_DICT

CHINESE_SPOKEN = frozenset({"CN", "HK", "MO", "TW", "SG"})
SYLLABLES = "|".join(
    sorted(
        {
            syllable
            for reading in PINYIN_DICT.values()
            for syllable in re.sub(r"[^a-z,]", "", unicodedata.normalize("NFKD", reading)).split(",")
            if re.search(r"[aeiou]", syllable)
        }
    )
)
"""The syllables of pinyin without tones, as a choice in a regular expression."""


def chinese_name(city: dict[str, Any], zones: dict[tuple[str, str], str]) -> str:
    """The Chinese name of a town, only where it is well-founded, else nothing.

    CLDR's name of a time zone's city, if that is this very town; where Chinese is spoken, a name among
    GeoNames' alternates.
    """
    name = zones.get((city["timezone"], plain(city["name"])), "")
    return name or (native_name(city) if city["countrycode"] in CHINESE_SPOKEN else "")


def exemplar_cities() -> dict[tuple[str, str], str]:
    """CLDR's Chinese name for the city of each time zone, by zone and plain English name."""
    english, chinese = Locale("en").time_zones, Locale("zh").time_zones
    found = {}
    for zone, names in chinese.items():
        if "city" in names:
            city = dict(english.get(zone, {})).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
            found[zone, plain(city)] = names["city"]
    return found


def native_name(city: dict[str, Any]) -> str:
    """The name in simplified characters of a town where Chinese is spoken, or nothing.

    A name that is read like the English one is best; else one that stands both with and without its
    kind (such as 市, city), or the only one there is, unless the English name is pinyin of another.
    """
    alternates = [name for name in city["alternatenames"] if re.fullmatch(r"[\u4e00-\u9fff]{2,6}", name)]
    written = {name for name in (zhconv.convert(name, "zh-cn") for name in alternates) if is_simplified(name)}
    stems = {re.sub(r"(?<=..)(市|县|区|镇|乡|街道|城关)$", "", name) for name in written}
    alike = sorted(name for name in stems if plain(city["name"]) in readings(name))
    if alike:
        return alike[0]
    if city["countrycode"] == "CN" and is_pinyin(plain(city["name"])):
        return ""
    both = sorted(name for name in stems if name in written and f"{name}市" in written)
    return both[0] if len(both) == 1 else next(iter(stems)) if len(stems) == 1 else ""


def is_simplified(name: str) -> bool:
    """Whether every character is in GB 2312, which leaves out traditional and Japanese forms."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_pinyin(name: str) -> bool:
    """Whether a plain name can be read as a row of pinyin syllables."""
    return re.fullmatch(f"(?:{SYLLABLES})+", name) is not None


def readings(name: str) -> set[str]:
    """Every way to read a Chinese name in pinyin, without tones."""
    syllables = pypinyin.pinyin(name, style=pypinyin.Style.NORMAL, heteronym=True, v_to_u=True)
    return {plain("".join(parts)) for parts in product(*syllables)}


def plain(name: str) -> str:
    """A name without case, accents, blanks and punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum() and not unicodedata.combining(letter))
