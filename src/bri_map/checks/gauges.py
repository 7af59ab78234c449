"""Gauges of railways, in millimetres, and where those are used that are not the standard gauge."""

GAUGES = frozenset({600, 610, 750, 760, 762, 891, 900, 914, 950, 1000, 1050, 1067, 1435, 1520, 1524, 1600})
GAUGES |= {1668, 1676}
"""Gauges that railways have."""

_RUSSIAN = ("ARM AZE BLR EST FIN GEO KAZ KGZ LTU LVA MDA MNG RUS TJK TKM UKR UZB", {1520, 1524})
_INDIAN = ("BGD IND LKA NPL PAK", {762, 1676})
_CAPE = (
    "AGO BWA COD COG DOM ECU GHA IDN JPN MOZ MWI NAM NGA NZL PHL SDN SSD SWZ TWN TZA ZAF ZMB ZWE AUS",
    {1067},
)
_METRE = (
    "BEN BFA BGD BOL BRA CHE CHL CIV CMR ARG DJI ETH ERI GIN GRC IND KEN KHM LAO MDG MLI MMR MYS NER PAK SEN"
    " SGP THA TGO TUN TZA UGA VNM",
    {1000},
)
_OTHERS = (
    ("ARG CHL", {1676}),
    ("ESP PRT", {1668}),
    ("AUS BRA IRL", {1600}),
    ("DZA JOR SYR LBN", {1050}),
    ("COL GTM SLV HND PER CRI", {914, 1067}),
    ("CHN POL SVK HUN ROU BGR IRN AFG PRK", {1520}),
    ("ERI", {950}),
    ("MOZ ZAF", {610}),
)

GAUGES_OF: dict[str, set[int]] = {}
for _countries, _gauges in (_RUSSIAN, _INDIAN, _CAPE, _METRE, *_OTHERS):
    for _country in _countries.split():
        GAUGES_OF.setdefault(_country, set()).update(_gauges)
"""Country, ISO 3166-1 alpha-3, to the gauges of its lines beside 1435, which is built anywhere."""
