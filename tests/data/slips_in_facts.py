"""Slips in what is told of a feature: its relations, history, dates, words, magnitudes, organisations."""

from __future__ import annotations

from tests.data.planting import add, cell, fact, slip

_CILACAP = tuple(f"cilacap-coal-power-plant-phase-{number}" for number in "123")
RELATIONS = (
    slip(
        "whole-and-part-of-each-other",
        "relations",
        "relations projects rail",
        "angren-pap-railway qamchiq-tunnel",
        add(
            "relations",
            feature_id="angren-pap-railway",
            relation="part-of",
            other_id="qamchiq-tunnel",
            source_id="railway-news-inauguration-kamchiq-rail-tunnel",
            basis="confirmed",
        ),
    ),
    slip(
        "third-phase-before-the-first",
        "relations",
        "relations projects",
        " ".join(_CILACAP),
        fact(
            "relations",
            {
                "feature_id": _CILACAP[0],
                "other_id": _CILACAP[1],
            },
            feature_id=_CILACAP[1],
            relation="phase-of",
            other_id=_CILACAP[0],
        ),
        fact(
            "relations",
            {
                "feature_id": _CILACAP[1],
                "other_id": _CILACAP[2],
            },
            feature_id=_CILACAP[2],
            relation="phase-of",
            other_id=_CILACAP[1],
        ),
        fact(
            "relations",
            {
                "feature_id": _CILACAP[0],
                "other_id": _CILACAP[2],
            },
            relation="phase-of",
        ),
    ),
    slip(
        "refinery-in-a-zone-of-the-far-north",
        "relations",
        "relations projects parks",
        "laopec-refinery golden-triangle-sez",
        fact("relations", {"feature_id": "laopec-refinery"}, other_id="golden-triangle-sez"),
    ),
    slip(
        "greek-port-of-a-corridor-in-china",
        "relations",
        "relations projects corridors",
        "piraeus-port new-international-land-sea-trade-corridor",
        fact(
            "relations",
            {"feature_id": "piraeus-port"},
            other_id="new-international-land-sea-trade-corridor",
        ),
    ),
    slip(
        "first-section-as-phase-of-the-next",
        "relations",
        "relations rail",
        "abuja-kaduna-railway kaduna-kano-railway",
        fact(
            "relations",
            {"feature_id": "kaduna-kano-railway"},
            feature_id="abuja-kaduna-railway",
            other_id="kaduna-kano-railway",
        ),
        fact("translations", {"id": "kaduna-kano-railway", "table": "relations"}, id="abuja-kaduna-railway"),
    ),
    slip(
        "older-plant-as-successor",
        "relations",
        "relations projects",
        "duyen-hai-1-coal-power-plant duyen-hai-3-coal-power-plant",
        fact(
            "relations",
            {"feature_id": "duyen-hai-1-coal-power-plant", "other_id": "duyen-hai-3-coal-power-plant"},
            relation="successor-of",
        ),
    ),
)

HISTORIES = (
    slip(
        "metro-being-built-again",
        "histories",
        "status_history rail",
        "hanoi-metro-line-2a",
        fact(
            "status_history",
            {"feature_id": "hanoi-metro-line-2a", "date": "2023"},
            status="under-construction",
        ),
    ),
    slip(
        "producing-park-not-in-operation",
        "histories",
        "parks claims status_history",
        "hofusan-industrial-park",
        cell("hofusan-industrial-park", "is_operational", "false"),
    ),
    slip(
        "start-of-works-marked-as-a-restart",
        "histories",
        "status_history projects",
        "third-niger-bridge-niamey",
        fact(
            "status_history",
            {"feature_id": "third-niger-bridge-niamey", "mark": "construction"},
            mark="resumed",
        ),
    ),
    slip(
        "inaugurated-a-second-time",
        "histories",
        "status_history projects",
        "soubre-hydropower",
        add(
            "status_history",
            {"event": "电站落成"},
            feature_id="soubre-hydropower",
            date="2021-11-02",
            mark="opened",
            status="completed",
            event="Station inaugurated",
            source_id="constructionkenya-soubre-hydroelectric-power-station",
            basis="confirmed",
        ),
    ),
    slip(
        "cancelled-before-it-was-announced",
        "histories",
        "status_history projects",
        "tuzla-7",
        fact("status_history", {"feature_id": "tuzla-7", "mark": "cancelled"}, date="2013"),
    ),
    slip(
        "handed-over-before-it-was-designed",
        "histories",
        "status_history projects",
        "sofala-vocational-school",
        fact(
            "status_history",
            {"feature_id": "sofala-vocational-school", "mark": "handed-over"},
            date="2012-03-16",
        ),
    ),
)

DATES = (
    slip(
        "page-read-years-before-what-it-says",
        "dates",
        "sources claims status_history projects",
        "wikipedia-hambantota hambantota-port",
        fact("sources", {"id": "wikipedia-hambantota"}, accessed="2016-11-25"),
    ),
    slip(
        "bridge-paid-for-long-before-it-was-begun",
        "dates",
        "costs projects",
        "temburong-bridge",
        fact("costs", {"feature_id": "temburong-bridge", "currency": "BND"}, year="2002"),
    ),
    slip(
        "park-set-up-after-it-was-founded",
        "dates",
        "parks claims status_history",
        "longjiang-industrial-park",
        cell("longjiang-industrial-park", "established_year", "2017"),
    ),
    slip(
        "report-older-than-the-commissioning-it-reports",
        "dates",
        "sources claims status_history measures costs projects",
        "bnnbloomberg-china-built-dam-commissioned-in-uganda-a karuma-hydropower",
        fact(
            "sources",
            {"id": "bnnbloomberg-china-built-dam-commissioned-in-uganda-a"},
            published="2014-09-26",
        ),
    ),
    slip(
        "news-known-that-were-never-looked-for",
        "dates",
        "lookups status_history projects",
        "dasu-hydropower",
        fact("lookups", {"feature_id": "dasu-hydropower"}, date="2023-11-29"),
    ),
    slip(
        "boxes-handled-before-the-terminal-opened",
        "dates",
        "measures projects",
        "vado-gateway",
        fact("measures", {"feature_id": "vado-gateway", "value": "576000"}, as_of="2015"),
    ),
)

VOCABULARIES = (
    slip(
        "renminbi-by-its-nickname",
        "vocabularies",
        "costs",
        "zhongtai-dangara-agriculture-and-textile-industrial-park",
        fact(
            "costs",
            {"feature_id": "zhongtai-dangara-agriculture-and-textile-industrial-park", "cost_kind": "part"},
            currency="RMB",
        ),
    ),
    slip(
        "khmer-by-its-country",
        "vocabularies",
        "names",
        "techo-airport",
        fact("names", {"feature_id": "techo-airport", "language": "km"}, language="kh"),
    ),
    slip(
        "unit-abbreviated",
        "vocabularies",
        "measures",
        "valencia-csp",
        fact("measures", {"feature_id": "valencia-csp", "measure": "capacity"}, zh="标箱/年", unit="TEU/yr"),
    ),
    slip(
        "gauge-transposed",
        "vocabularies",
        "rail claims",
        "lagos-blue-line",
        cell("lagos-blue-line", "gauge_mm", "1453"),
    ),
    slip(
        "one-open-licence-for-another",
        "vocabularies",
        "sources",
        "aiddata-66525",
        fact("sources", {"id": "aiddata-66525"}, licence="ODbL-1.0"),
    ),
    slip(
        "scope-in-words-of-its-own",
        "vocabularies",
        "costs",
        "bishkek-municipal-roads",
        fact(
            "costs",
            {"feature_id": "bishkek-municipal-roads", "year": "2017"},
            zh="三笔赠款或贷款之一",
            scope="one of three grants or loans",
        ),
    ),
)

MAGNITUDES = (
    slip(
        "cost-in-thousands",
        "magnitudes",
        "costs projects",
        "colombo-cict",
        fact("costs", {"feature_id": "colombo-cict"}, amount_million="500000"),
    ),
    slip(
        "capacity-in-kilowatts",
        "magnitudes",
        "measures projects",
        "vitebsk-hydropower-station",
        fact("measures", {"feature_id": "vitebsk-hydropower-station"}, value="40000"),
    ),
    slip(
        "bridge-of-metres-in-kilometres",
        "magnitudes",
        "measures projects",
        "peljesac-bridge",
        fact("measures", {"feature_id": "peljesac-bridge", "value": "2.404"}, value="2404"),
    ),
    slip(
        "park-in-hectares",
        "magnitudes",
        "parks claims measures",
        "sino-uganda-mbale-industrial-park",
        cell("sino-uganda-mbale-industrial-park", "area_km2", "251"),
    ),
    slip(
        "dirhams-ten-times-the-dollars",
        "magnitudes",
        "costs projects",
        "noor-abu-dhabi-sweihan",
        fact("costs", {"feature_id": "noor-abu-dhabi-sweihan", "currency": "AED"}, amount_million="32000"),
    ),
    slip(
        "share-without-its-point",
        "magnitudes",
        "indicators",
        "CHN cr-express-loaded-share",
        fact("indicators", {"area": "CHN", "indicator": "cr-express-loaded-share"}, value="984"),
    ),
)

ORGANISATIONS = (
    slip(
        "bank-that-lays-bricks",
        "organisations",
        "feature_organisations organisations",
        "7000-housing-units-hulhumale icbc",
        fact(
            "feature_organisations",
            {"feature_id": "7000-housing-units-hulhumale", "organisation_id": "icbc"},
            role="contractor",
        ),
    ),
    slip(
        "ethiopian-authority-seated-in-kenya",
        "organisations",
        "organisations feature_organisations",
        "ethiopian-roads-authority addis-adama-expressway",
        fact("organisations", {"id": "ethiopian-roads-authority"}, country="KEN"),
    ),
    slip(
        "lender-that-runs-the-dam",
        "organisations",
        "feature_organisations organisations",
        "isimba-hydropower china-exim-bank",
        add(
            "feature_organisations",
            feature_id="isimba-hydropower",
            role="operator",
            organisation_id="china-exim-bank",
            source_id="hydropower-dams-uganda-inaugurates-isimba-on-victoria-ni",
            basis="confirmed",
        ),
    ),
    slip(
        "kenyan-port-of-the-tanzanian-authority",
        "organisations",
        "feature_organisations organisations",
        "lamu-port tanzania-ports-authority",
        fact(
            "feature_organisations",
            {"feature_id": "lamu-port", "role": "owner"},
            organisation_id="tanzania-ports-authority",
        ),
    ),
    slip(
        "shares-beyond-the-whole",
        "organisations",
        "feature_organisations",
        "lekki-deep-sea-port",
        fact(
            "feature_organisations",
            {"feature_id": "lekki-deep-sea-port", "organisation_id": "tolaram"},
            zh="32.5%",
            note="32.5 percent",
        ),
    ),
    slip(
        "college-that-builds-a-quay",
        "organisations",
        "feature_organisations organisations",
        "walvis-bay-container-terminal chennai-institute-of-technology",
        fact(
            "feature_organisations",
            {"feature_id": "walvis-bay-container-terminal", "role": "contractor"},
            organisation_id="chennai-institute-of-technology",
        ),
    ),
)
