"""What a search knows before it has seen any data."""

from __future__ import annotations

MAX_HITS = 50
"""The most hits that a search gives."""

LAYER_WORDS: dict[str, tuple[str, ...]] = {
    "corridors": ("Corridors", "走廊"),
    "rail": ("Rail routes", "铁路线路"),
    "projects": ("Projects", "基础设施项目"),
    "parks": ("Industrial parks", "产业园区"),
}
"""Layer to what people call it, in every language in which they search."""

KIND_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "corridor_kind": {
        "economic-corridor": ("Economic corridor", "经济走廊"),
        "trade-corridor": ("Trade corridor", "贸易通道"),
        "express-line": ("Express line", "快线"),
        "maritime-route": ("Maritime route", "海上航线"),
        "air-route": ("Air route", "航空航线"),
    },
    "rail_kind": {
        "high-speed": ("High-speed", "High-speed rail", "高速铁路", "高铁"),
        "conventional": ("Conventional", "普速铁路"),
        "metro": ("Metro and light rail", "Metro", "Light rail", "地铁与轻轨", "地铁", "轻轨"),
        "freight-service": ("Freight service", "货运班列"),
    },
    "sector": {
        "railway": ("Railway", "铁路"),
        "roads-bridges": ("Roads and bridges", "Roads", "公路与桥梁", "公路"),
        "ports": ("Ports", "港口"),
        "airports": ("Airports", "机场"),
        "energy-utilities": ("Energy and utilities", "Energy", "能源与公用事业", "能源"),
        "construction-commercial": ("Commercial construction", "商业建筑"),
        "construction-industrial": ("Industrial construction", "工业建筑"),
        "ict": ("ICT", "信息通信"),
        "health": ("Health", "卫生"),
        "education-culture": ("Education and culture", "Education", "Culture", "教育与文化", "教育", "文化"),
        "agriculture": ("Agriculture", "农业"),
        "logistics": ("Logistics", "物流"),
        "water": ("Water", "水务"),
    },
    "type": {
        "processing-manufacturing": (
            "Processing and manufacturing",
            "Manufacturing",
            "加工制造型",
            "加工制造",
        ),
        "agricultural": ("Agricultural", "农业型", "农业"),
        "comprehensive": ("Comprehensive", "综合型", "综合"),
        "commerce-logistics": ("Commerce and logistics", "Logistics", "商贸物流型", "商贸物流"),
        "resource-utilization": ("Resource utilization", "资源利用型", "资源利用"),
        "technology-rd": ("Technology and R&D", "Technology", "科技研发型", "科技"),
        "unknown": ("Type not known", "类型不详"),
    },
}
"""Vocabulary and code of a kind to what people call it. These are words for the search, not labels."""


REGION_WORDS: dict[str, tuple[str, ...]] = {
    "southeast-asia": ("Southeast Asia", "South East Asia", "东南亚", "Asia", "亚洲"),
    "south-asia": ("South Asia", "南亚", "Asia", "亚洲"),
    "central-asia": ("Central Asia", "中亚", "Asia", "亚洲"),
    "west-asia": ("West Asia", "Middle East", "西亚", "中东", "Asia", "亚洲"),
    "east-asia": ("East Asia", "东亚", "Asia", "亚洲"),
    "east-europe": ("Eastern Europe", "East Europe", "东欧", "Europe", "欧洲"),
    "southern-europe": ("Southern Europe", "South Europe", "南欧", "Europe", "欧洲"),
    "western-europe": ("Western Europe", "West Europe", "西欧", "Europe", "欧洲"),
    "north-africa": ("North Africa", "Northern Africa", "北非", "Africa", "非洲"),
    "sub-saharan-africa": ("Sub-Saharan Africa", "撒哈拉以南非洲", "Africa", "非洲"),
    "oceania": ("Oceania", "Pacific", "大洋洲"),
    "latin-america-caribbean": (
        "Latin America",
        "South America",
        "Caribbean",
        "拉丁美洲",
        "拉美",
        "南美",
        "加勒比",
    ),
    "north-america": ("North America", "北美洲", "北美"),
}
"""Region to what people call it."""


def kind_text(layer: str, vocabulary: str, code: str) -> str:
    """Give the words by which features of a kind are found; those of its code where nothing else is known."""
    words = KIND_WORDS.get(vocabulary, {}).get(code, (code.replace("-", " "),))
    of_layer = LAYER_WORDS.get(layer, (layer,))
    return " ".join((*words, *of_layer))
