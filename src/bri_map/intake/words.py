"""What the words of news mean: what happened, when, and to what kind of thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bri_map.domain.vocabulary import Mark, Sector, Status

STATUS_AFTER: dict[str, str] = {
    Mark.ANNOUNCED: Status.EARLY_STAGE,
    Mark.CONTRACT: Status.EARLY_STAGE,
    Mark.GROUND_BROKEN: Status.UNDER_CONSTRUCTION,
    Mark.CONSTRUCTION: Status.UNDER_CONSTRUCTION,
    Mark.FIRST_UNIT: Status.UNDER_CONSTRUCTION,
    Mark.OPENED: Status.COMPLETED,
    Mark.HANDED_OVER: Status.COMPLETED,
    Mark.FULL_COMPLETION: Status.COMPLETED,
    Mark.SUSPENDED: Status.SUSPENDED,
    Mark.RESUMED: Status.UNDER_CONSTRUCTION,
    Mark.CANCELLED: Status.CANCELLED,
}
"""The status that an event usually brings; a report keeps what was."""

_MARKS: tuple[tuple[Mark, str], ...] = (
    (Mark.CANCELLED, r"取消|终止|作废|\b(cancel\w*|scrapp?\w*|terminat\w*|abandon\w*|called off)\b"),
    (Mark.SUSPENDED, r"停工|暂停|中止|搁置|\b(suspend\w*|halt\w*|paus(ed?|ing)|shelved?)\b"),
    (Mark.RESUMED, r"复工|恢复(建设|施工)|重启|\b(resum\w*|restart\w*)\b"),
    (
        Mark.FIRST_UNIT,
        r"首(台|批|段|期|座|条)\S{0,12}?(投产|发电|通车|运营|投运|并网|启用|交付)|一期\S{0,10}?(投产|投运|通车|竣工|完工|运营)"
        r"|\bfirst (unit|section|phase|turbine|stage|berth|line)\b[^.;]{0,60}?\b(open|"
        r"commission|operat|generat|enter|complet|connect|start|begin|began|go|went)\w*",
    ),
    (
        Mark.HANDED_OVER,
        r"移交|交付使用|交接|\bhand(ed|s)?[ -]?over\b|\bhandover\b|\btaking[- ]over certificate\b",
    ),
    (
        Mark.GROUND_BROKEN,
        r"奠基|开工|动工|破土|\b(groundbreaking|ground[- ]breaking|breaks? ground|broke ground|"
        r"ground (is )?broken|"
        r"foundation stone|foundation[- ]laying|sod[- ]turning)\b",
    ),
    (
        Mark.OPENED,
        r"通车|投产|启用|开通|开港|开航|开业|投运|投入(商业)?(使用|运营|运行)|正式(商业)?(运营|运行)|并网发电|"
        r"\b(opens?|opened|inaugurat\w*|commission(s|ed|ing)|enters? (commercial )?(service|operation)|"
        r"goes? into operation|went into operation|put into (operation|service|use)|starts? operat\w*|"
        r"began operat\w*|begins operat\w*|launch(es|ed)? (commercial )?(operations?|services?))\b",
    ),
    (
        Mark.FULL_COMPLETION,
        r"竣工|完工|建成|落成|\b(complet(es|ed|ion)|finish(es|ed)|topping[- ]out of the whole)\b",
    ),
    (
        Mark.CONTRACT,
        r"签约|签署|签订|签下|中标|授标|\b(sign(s|ed|ing)?|contracts?|awarded|awards|wins? (the |a )?(bid|"
        r"tender|contract|deal)|"
        r"won (the |a )?(bid|tender|contract|deal)|loan agreement)\b",
    ),
    (
        Mark.CONSTRUCTION,
        r"开建|建设启动|\b(construction|works?|building)( of [^.;]{0,60})? (begins?|began|starts?|"
        r"started|is under way|kicks off)\b|"
        r"\b(begins?|began|starts?|started) (construction|building|work)\b",
    ),
    (Mark.ANNOUNCED, r"宣布|拟建|计划建设|\b(announc\w*|plans? to build|proposes? to build|to be built)\b"),
)
"""What happened, by the words that tell it; the first that is met counts."""
_MARK_PATTERNS = tuple((mark, re.compile(pattern, re.IGNORECASE)) for mark, pattern in _MARKS)

_SECTIONS: tuple[tuple[Mark, str], ...] = (
    (Mark.CONTRACT, r"签约|签署|中标|新签|\b(new )?(contracts?|signings?|signed|awards?|awarded)\b"),
    (
        Mark.GROUND_BROKEN,
        r"新?开工|动工|奠基|\b(groundbreakings?|ground broken|starts?|started|construction starts?|"
        r"under construction|begun)\b",
    ),
    (Mark.FULL_COMPLETION, r"竣工|完工|交付|建成|\b(completions?|completed|handovers?)\b"),
    (Mark.OPENED, r"投产|运营|通车|\b(openings?|opened|in operation|commissioned)\b"),
)
"""The three classes of the weekly lists: signed, begun, finished."""
_SECTION_PATTERNS = tuple((mark, re.compile(pattern, re.IGNORECASE)) for mark, pattern in _SECTIONS)
_FILLING = re.compile(
    r"项目|工程|类|情况|动态|进展|部分|本周|一周|最新|[新和与及、/]|[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]|"
    r"\b(projects?|news|new|and|class|this week|section|the|of|works?|list|construction)\b",
    re.IGNORECASE,
)
"""Words beside those of a class in the head of a section."""

_SECTORS: tuple[tuple[Sector, str], ...] = (
    (Sector.RAILWAY, r"铁路|高铁|地铁|轻轨|班列|\b(rail(way|road)?s?|metro|light rail|tram)\b"),
    (Sector.AIRPORTS, r"机场|航站楼|\bairports?\b"),
    (Sector.PORTS, r"港口|码头|港(?!澳|币)|\b(ports?|harbou?r|terminal|wharf|berths?)\b"),
    (
        Sector.ROADS_BRIDGES,
        r"公路|高速|道路|大桥|桥梁|隧道|\b(roads?|highways?|expressways?|motorways?|bridges?|tunnels?)\b",
    ),
    (Sector.WATER, r"供水|水厂|污水|水务|大坝|\b(water|sewage|wastewater|dam|irrigation canal)\b"),
    (
        Sector.ENERGY_UTILITIES,
        r"电站|电厂|风电|光伏|太阳能|水电|核电|输变电|输电|变电|油田|气田|管道|储能|"
        r"\b(power|solar|wind|hydro\w*|nuclear|photovoltaic|transmission|substation|pipeline|"
        r"gas field|oil field|lng|storage)\b",
    ),
    (Sector.HEALTH, r"医院|疾控|卫生中心|\b(hospital|clinic|disease control)\b"),
    (Sector.ICT, r"光缆|海缆|数据中心|通信|\b(data cent(re|er)|cable|5g|fibre|fiber|telecom\w*|satellite)\b"),
    (
        Sector.EDUCATION_CULTURE,
        r"学校|大学|学院|图书馆|体育场|体育馆|\b(school|university|college|library|stadium|museum)\b",
    ),
    (Sector.AGRICULTURE, r"农业|灌溉|粮仓|种植|\b(agricultur\w*|irrigation|farm\w*|grain)\b"),
    (Sector.LOGISTICS, r"物流|陆港|\b(logistics|dry port|warehouse)\b"),
    (
        Sector.CONSTRUCTION_INDUSTRIAL,
        r"工厂|水泥|钢铁|炼油|冶炼|化工|矿|\b(plant|factory|cement|steel|refinery|smelter|mine|mining|"
        r"fertili[sz]er)\b",
    ),
    (
        Sector.CONSTRUCTION_COMMERCIAL,
        r"住房|大厦|会议中心|新城|\b(housing|tower|conference centre|new city|buildings?)\b",
    ),
)
_SECTOR_PATTERNS = tuple((sector, re.compile(pattern, re.IGNORECASE)) for sector, pattern in _SECTORS)
_PARK = re.compile(
    r"园区|产业园|工业园|合作区|经济特区|自贸区|\b(industrial (park|zone|estate)|economic zone)\b",
    re.IGNORECASE,
)

SHORT_COUNTRIES: dict[str, str] = {
    "印尼": "IDN",
    "沙特": "SAU",
    "阿联酋": "ARE",
    "哈萨克": "KAZ",
    "吉尔吉斯": "KGZ",
    "塔吉克": "TJK",
    "土库曼": "TKM",
    "乌兹别克": "UZB",
    "巴新": "PNG",
    "埃塞": "ETH",
    "孟加拉": "BGD",
    "刚果（金）": "COD",
    "刚果(金)": "COD",
    "刚果（布）": "COG",
    "刚果(布)": "COG",
    "波黑": "BIH",
    "特多": "TTO",
}
"""Short names in the Chinese press, by ISO 3166-1 alpha-3."""
_ADJECTIVES = (
    "Angolan AGO,Argentine ARG,Azerbaijani AZE,Bangladeshi BGD,Belarusian BLR,Bolivian BOL,Brazilian BRA,"
    "Cambodian KHM,Cameroonian CMR,Chilean CHL,Congolese COD,Cuban CUB,Ecuadorian ECU,Egyptian EGY,"
    "Ethiopian ETH,Georgian GEO,Ghanaian GHA,Guinean GIN,Hungarian HUN,Indonesian IDN,Iranian IRN,Iraqi IRQ,"
    "Ivorian CIV,Jamaican JAM,Kazakh KAZ,Kenyan KEN,Kyrgyz KGZ,Lao LAO,Laotian LAO,Malaysian MYS,"
    "Maldivian MDV,Mongolian MNG,Montenegrin MNE,Moroccan MAR,Mozambican MOZ,Namibian NAM,Nepali NPL,"
    "Nigerian NGA,Omani OMN,Pakistani PAK,Peruvian PER,Philippine PHL,Polish POL,Russian RUS,Rwandan RWA,"
    "Saudi SAU,Senegalese SEN,Serbian SRB,Tajik TJK,Tanzanian TZA,Thai THA,Turkish TUR,Turkmen TKM,"
    "Ugandan UGA,Uzbek UZB,Venezuelan VEN,Vietnamese VNM,Zambian ZMB,Zimbabwean ZWE"
)
ADJECTIVES: dict[str, str] = {
    word.lower(): iso3 for word, iso3 in (pair.split(" ") for pair in _ADJECTIVES.split(","))
}
"""English adjectives of countries, folded, by ISO 3166-1 alpha-3."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>(19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月(\s*(?P<d>\d{1,2})\s*日)?",
        r"(?P<y>(19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        rf"(?P<d>\d{{1,2}})(st|nd|rd|th)?\s+(?P<m>{_MONTH})\s*,?\s+(?P<y>(19|20)\d\d)",
        rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(st|nd|rd|th)?\s*,?\s+(?P<y>(19|20)\d\d)",
        rf"\b(?P<m>{_MONTH})\s+(?P<y>(19|20)\d\d)",
        r"(?<!\d)(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
        rf"(?P<d>\d{{1,2}})(st|nd|rd|th)?\s+(?P<m>{_MONTH})(?!\w)",
        rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<y>(19|20)\d\d)[-/.](?P<m>\d{1,2})(?!\d)",
    )
)
_YEAR = re.compile(r"(?<!\d)((19|20)\d\d)(?=\s*年|\b)")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as news tell it.

    Attributes:
        text: YYYY-MM-DD or YYYY-MM; empty if no year is known.
        year: The year, 0 if it is not told.
    """

    text: str
    year: int


def mark_of(text: str) -> Mark | None:
    """Tell what happened by the words of a piece of news; None if they do not tell."""
    return next((mark for mark, pattern in _MARK_PATTERNS if pattern.search(text)), None)


def section_of(text: str) -> Mark | None:
    """Tell which class of news the head of a section announces; None if the text is no head."""
    mark = next((mark for mark, pattern in _SECTION_PATTERNS if pattern.search(text)), None)
    rest = text
    for _, pattern in _SECTION_PATTERNS:
        rest = pattern.sub("", rest)
    return mark if mark and not any(map(str.isalpha, _FILLING.sub("", rest))) else None


def sector_of(text: str) -> Sector | None:
    """Tell to which sector a thing seems to belong."""
    return next((sector for sector, pattern in _SECTOR_PATTERNS if pattern.search(text)), None)


def is_park(text: str) -> bool:
    """Tell whether a text speaks of an industrial park or a zone of that kind."""
    return _PARK.search(text) is not None


def year_of(text: str) -> int:
    """Give the first year that a text names, 0 if none."""
    found = _YEAR.search(text)
    return int(found[1]) if found else 0


def day_of(text: str, year: int = 0) -> Day | None:
    """Give the first date of a text.

    Args:
        text: What is said.
        year: The year that is meant where the text says none.
    """
    found = _first_date(text)
    if not found:
        return None
    told = found.groupdict()
    y = int(told.get("y") or 0)
    month = _month(told["m"])
    day = int(told.get("d") or 0)
    meant = y or year
    try:
        date(meant or 2000, month, day or 1)
    except ValueError:
        return None
    if not meant:
        return Day("", 0)
    return Day(f"{meant:04}-{month:02}" + (f"-{day:02}" if day else ""), y)


def without_dates(text: str) -> str:
    """Give a text without its dates."""
    for pattern in _DATES:
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def _first_date(text: str) -> re.Match[str] | None:
    found = [match for match in (pattern.search(text) for pattern in _DATES) if match]
    return min(found, key=lambda match: (match.start(), -match.end())) if found else None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS.index(text[:3].lower()) + 1
