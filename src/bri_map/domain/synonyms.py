"""Everyday words for what names and kinds say otherwise: what else a word of a search may stand for.

Words are folded as `bri_map.folding` folds them. The table knows single words; a Chinese word may be a part
of a run of characters.
"""

from __future__ import annotations

from functools import lru_cache

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("port", "harbour", "harbor", "seaport", "haven", "港口", "海港"),
    ("wharf", "quay", "jetty", "pier", "码头"),
    ("terminal", "航站楼"),
    ("airport", "aerodrome", "airfield", "机场"),
    ("railway", "railroad", "rail", "铁路", "铁道"),
    ("train", "班列", "列车"),
    ("metro", "subway", "underground", "tube", "地铁"),
    ("tram", "lrt", "轻轨"),
    ("hsr", "高铁", "高速铁路"),
    ("motorway", "expressway", "highway", "freeway", "高速公路", "快速路"),
    ("road", "street", "公路", "道路"),
    ("bridge", "桥", "大桥", "桥梁"),
    ("tunnel", "隧道"),
    ("canal", "waterway", "运河"),
    ("dam", "大坝", "水坝"),
    ("hydropower", "hydro", "hydroelectric", "hydel", "hydroelectricity", "水电", "水电站"),
    ("solar", "photovoltaic", "photovoltaics", "pv", "光伏", "太阳能", "光热"),
    ("wind", "风电", "风能", "风力"),
    ("nuclear", "atomic", "核电", "核能", "核电站"),
    ("coal", "煤电", "燃煤", "火电"),
    ("waste", "garbage", "rubbish", "trash", "垃圾"),
    ("pipeline", "管道"),
    ("refinery", "炼油", "炼油厂"),
    ("submarine", "undersea", "subsea", "海底"),
    ("cable", "电缆", "光缆"),
    ("fibre", "fiber", "光纤"),
    ("hospital", "clinic", "医院"),
    ("school", "学校"),
    ("university", "大学"),
    ("library", "图书馆"),
    ("stadium", "体育场"),
    ("mosque", "清真寺"),
    ("warehouse", "depot", "仓库", "海外仓"),
    ("zone", "park", "estate", "园区", "园", "工业园", "合作区"),
    ("agricultural", "agriculture", "farming", "farm", "agri", "agro", "农业"),
    ("timber", "wood", "forestry", "logging", "lumber", "木材", "林业"),
    ("textile", "fabric", "纺织"),
    ("garment", "clothing", "clothes", "apparel", "服装"),
    ("footwear", "shoe", "鞋"),
    ("car", "automobile", "auto", "vehicle", "automotive", "汽车"),
    ("steel", "钢铁", "钢厂", "炼钢"),
    ("aluminium", "aluminum", "铝"),
    ("fertiliser", "fertilizer", "化肥"),
    ("centre", "center", "中心"),
    ("corridor", "走廊", "经济走廊"),
    ("technology", "tech", "科技"),
    ("memorandum", "mou", "谅解备忘录"),
)
"""Words of one meaning, in each language."""

NARROWER: dict[str, tuple[str, ...]] = {
    "port": ("terminal", "wharf"),
    "码头": ("港",),
    "港口": ("港",),
    "metro": ("light",),
    "subway": ("轻轨",),
    "地铁": ("轻轨",),
    "factory": ("park", "plant", "mill", "manufacturing", "工业园"),
    "工厂": ("工业园", "厂"),
    "plant": ("power", "energy"),
    "mill": ("steel", "plant"),
    "dam": ("hydropower",),
    "power": ("energy",),
    "electricity": ("power", "energy"),
    "renewable": ("solar", "wind", "hydropower"),
    "highway": ("road",),
    "train": ("railway", "rail"),
    "sez": ("zone",),
    "college": ("school",),
    "museum": ("heritage",),
    "siberia": ("tomsk", "omsk", "novosibirsk", "irkutsk", "yakutia", "zabaykalsky", "krasnoyarsk"),
    "西伯利亚": ("tomsk", "omsk", "novosibirsk", "irkutsk", "yakutia", "zabaykalsky", "krasnoyarsk"),
    "balkans": ("srb", "mne", "mkd", "bih", "hrv", "alb", "grc", "bgr"),
    "巴尔干": ("srb", "mne", "mkd", "bih", "hrv", "alb", "grc", "bgr"),
    "caucasus": ("geo", "arm", "aze"),
    "高加索": ("geo", "arm", "aze"),
    "maghreb": ("mar", "dza", "tun"),
    "马格里布": ("mar", "dza", "tun"),
    "caribbean": ("jam", "tto", "dma", "grd", "atg"),
    "borneo": ("kalimantan", "sabah", "sarawak", "brn"),
    "tibet": ("lhasa", "gyirong"),
}
"""A word to words for what is a part or a kind of it, never the other way round."""

_SAME, _OTHER_NUMBER, _NARROW = 0.9, 0.97, 0.75
_IRREGULAR = {"wharves": "wharf", "wharf": "wharves"}
_ALWAYS_S = ("ss", "us", "is", "as", "os")
"""Ends of words that are no plural: Laos, campus, gas."""


@lru_cache(maxsize=4096)
def stands_for(word: str) -> dict[str, float]:
    """Give the words for which a word may stand beside itself, each with how surely, below 1.

    Args:
        word: A folded word, singular or plural.
    """
    found: dict[str, float] = dict.fromkeys(other_numbers(word), _OTHER_NUMBER)
    spellings = (word, *found)
    same = [other for spelling in spellings for group in _GROUPS.get(spelling, ()) for other in group]
    narrower = [other for spelling in spellings for other in NARROWER.get(spelling, ())]
    for others, sureness in ((same, _SAME), (narrower, _NARROW)):
        for other in others:
            for number in (other, *other_numbers(other)):
                found.setdefault(number, sureness)
    found.pop(word, None)
    return found


def other_numbers(word: str) -> tuple[str, ...]:
    """Give the plurals that an English word may have, or the singulars of a plural."""
    if not (word.isascii() and word.isalpha() and len(word) > 2):
        return ()
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if word.endswith("ies") and len(word) > 4:
        return (f"{word[:-3]}y",)
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return (word[:-2], word[:-1])
    if word.endswith("s") and not word.endswith(_ALWAYS_S):
        return (word[:-1],) if len(word) > 3 else ()
    if word.endswith("y") and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies",)
    if word.endswith(("ch", "sh", "ss", "x", "z")):
        return (f"{word}es",)
    return () if word.endswith("s") else (f"{word}s",)


def split_known(run: str) -> tuple[str, ...]:
    """Take a run of Chinese characters apart at the words that the table knows; what is left stays together.

    Returns:
        The words in order; the run alone where nothing of it is known.
    """
    words: list[str] = []
    rest, at = "", 0
    while at < len(run):
        known = next((run[at : at + n] for n in range(_LONGEST, 1, -1) if run[at : at + n] in _CHINESE), "")
        if known or run[at] == "的":
            words += [rest, known]
            rest = ""
        else:
            rest += run[at]
        at += len(known) or 1
    return tuple(word for word in (*words, rest) if word)


def _groups() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for group in SYNONYMS:
        for word in group:
            found.setdefault(word, []).append(group)
    return found


_GROUPS = _groups()
_CHINESE = frozenset(word for word in (*_GROUPS, *NARROWER) if not word.isascii() and len(word) > 1)
_LONGEST = max(map(len, _CHINESE))
