"""Thirty questions of people who use such maps, each answered on screen in at most four steps.

The questions were written down, and answered from the CSV files, before the steps were tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import ROOT
from tests.e2e import atlas
from tests.e2e.windows import Visitor

Visit = Callable[..., Visitor]
MOST_STEPS = 4


@cache
def table(name: str) -> pd.DataFrame:
    """A table as it stands in its file, every cell a text; of a layer, what is published."""
    rows = pd.read_csv(ROOT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
    return rows[rows["record"] == "published"] if "record" in rows else rows


def having(name: str, **wanted: str) -> pd.DataFrame:
    """The rows that have these values; of a list, that have the value in it."""
    rows = table(name)
    for column, value in wanted.items():
        rows = rows[[value in cell.split(";") for cell in rows[column]]]
    return rows


def number_of(name: str, column: str, test: Callable[[float], bool]) -> int:
    """How many rows of a table have a number that passes."""
    numbers = pd.to_numeric(table(name)[column], errors="coerce").dropna()
    return int(numbers.map(test).sum())


@cache
def last_status() -> pd.DataFrame:
    """The last status that each feature is said to have, as its history has it."""
    rows = table("status_history").copy()
    rows["end"] = rows["date"].map(lambda date: (date + "-99-99")[:10])
    rows = rows[rows["date"] != ""].sort_values("end", kind="stable")
    return rows.groupby("feature_id").tail(1).set_index("feature_id")


def with_role(role: str, organisation: str) -> int:
    """How many features an organisation has a role in."""
    rows = table("feature_organisations")
    return rows[(rows["role"] == role) & (rows["organisation_id"] == organisation)]["feature_id"].nunique()


def with_mark(*marks: str, years: Iterable[str] = ()) -> int:
    """How many features ever had an event of these kinds, in some years if any are given."""
    rows = table("status_history")
    rows = rows[rows["mark"].isin(marks)]
    if years:
        rows = rows[rows["date"].str[:4].isin([*years])]
    return rows["feature_id"].nunique()


@dataclass
class Reader:
    """Somebody in front of the page who counts their steps."""

    page: Page
    steps: int = 0
    open: set[str] = field(default_factory=set)

    def _group(self, name: str) -> Locator:
        """Open a group of the sidebar, a step where it is closed."""
        group = self.page.locator(f"[data-part=group-{name}]")
        if group.get_attribute("open") is None:
            self.steps += 1
            group.locator("summary").click()
        return group

    def choose(self, group: str, label: str) -> Reader:
        """Click an option."""
        option = (
            self._group(group)
            .locator(".bri-option")
            .filter(has=self.page.locator(".bri-option-label", has_text=re.compile(f"^{re.escape(label)}$")))
        )
        self.steps += 1
        option.click()
        return self

    def span(self, group: str, low: str = "", high: str = "") -> Reader:
        """Write the ends of a span."""
        fields = self._group(group).locator(".bri-span .bri-field")
        self.steps += 1
        for at, end in enumerate((low, high)):
            if end:
                fields.nth(at).fill(end)
                fields.nth(at).press("Enter")
        return self

    def search(self, text: str, line: str = "") -> Reader:
        """Type into the search box; take the line that has a text, else what Enter takes."""
        box = self.page.locator(".bri-search-input")
        box.fill(text)
        first = self.page.locator(".bri-search-option")
        expect(first.first).to_be_visible()
        self.steps += 2
        if line:
            first.filter(has_text=line).first.click()
        else:
            box.press("Enter")
        return self

    def finds(self, count: int) -> Reader:
        """See how many there are."""
        assert count > 0, "a question that finds nothing shows nothing"
        atlas.showing(self.page, count, len(every_feature()))
        return self

    def reads(self, text: str, where: str = ".bri-said") -> Reader:
        """See a text."""
        expect(self.page.locator(where).first).to_contain_text(text)
        return self


@cache
def every_feature() -> list[str]:
    """The id of every feature."""
    return [i for name in ("parks", "projects", "rail", "corridors") for i in table(name)["id"]]


DETAILS = ".bri-details"


def organisation(name: str) -> str:
    """The id of an organisation by its English name."""
    (found,) = table("organisations").query("name == @name")["id"]
    return str(found)


def _first_example(reader: Reader) -> Reader:
    """Ask the first of the questions that the page begins with."""
    reader.steps += 1
    reader.page.locator(".bri-example").first.click()
    return reader.reads("rail routes")


QUESTIONS: dict[str, Callable[[Reader], Reader]] = {
    "Which railways run on broad gauge?": lambda r: r.choose("gauge", "1\u202f676 mm").finds(
        len(having("rail", gauge_mm="1676"))
    ),
    "Which lines are electrified?": lambda r: r.choose("electrified", "Yes").finds(
        len(having("rail", is_electrified="true"))
    ),
    "Where can trains run at 200 km/h or more?": lambda r: r.span("speed", low="200").finds(
        number_of("rail", "design_speed_kmh", lambda speed: speed >= 200)
    ),
    "Which lines are longer than 1000 km?": lambda r: r.span("length", low="1000").finds(
        number_of("rail", "length_km", lambda length: length >= 1000)
    ),
    "Which parks are agricultural?": lambda r: r.choose("type", "Agricultural").finds(
        len(having("parks", type="agricultural"))
    ),
    "Which parks has the Ministry of Commerce assessed?": lambda r: r.choose("mofcom", "Yes").finds(
        len(having("parks", is_mofcom_assessed="true"))
    ),
    "Which are the 74 parks of EY?": lambda r: r.choose("ey74", "Yes").finds(
        len(having("parks", in_ey_2020="true"))
    ),
    "Where are coal plants?": lambda r: r.choose("subsector", "coal power").finds(
        len(having("projects", subsector="coal power"))
    ),
    "Which parks were founded before 2000?": lambda r: r.span("founded", high="1999").finds(
        number_of("parks", "established_year", lambda year: year < 2000)
    ),
    "In which parks do firms not work yet?": lambda r: r.choose("operational", "No").finds(
        len(having("parks", is_operational="false"))
    ),
    "What is in Laos?": lambda r: r.search("laos", "Filter the map by Laos").reads(" in Laos: "),
    "Which ports are there?": lambda r: r.choose("sector", "Ports").finds(
        len(having("projects", sector="ports"))
    ),
    "Which projects are hydropower?": lambda r: r.search("hydropower", "Filter the map by").reads("projects"),
    "Which projects does the baseline study rate red?": lambda r: r.choose("rating", "Red").finds(
        len(having("projects", green_rating="red"))
    ),
    "What was ever suspended?": lambda r: r.choose("event", "Suspended").finds(with_mark("suspended")),
    "What opened, or ran in part, in 2016 to 2018?": lambda r: r.span("opened", "2016", "2018").finds(
        with_mark("opened", "first-unit", years=("2016", "2017", "2018"))
    ),
    "What was announced in 2013?": lambda r: r.span("announced", "2013", "2013").finds(
        with_mark("announced", years=("2013",))
    ),
    "What was cancelled?": lambda r: r.choose("status", "Cancelled").finds(
        int((last_status()["status"] == "cancelled").sum())
    ),
    "What is stuck?": lambda r: r.choose("status", "Suspended").reads("suspended"),
    "Where is Hambantota port?": lambda r: r.search("hambantota port").reads("Hambantota", DETAILS),
    "Who owns Gwadar port?": lambda r: r.search("gwadar port").reads("Gwadar Port Authority", DETAILS),
    "When did Gwadar port open?": lambda r: r.search("gwadar port").reads("2007-03-20", DETAILS),
    "What is there in pinyin guadaer?": lambda r: r.search("guadaer").reads("Gwadar", DETAILS),
    "What did the China Road and Bridge Corporation build?": lambda r: r.choose("contractor", "CRBC").finds(
        with_role("contractor", organisation("CRBC"))
    ),
    "What does Exim Bank finance?": lambda r: r.choose("financier", "China Exim Bank").finds(
        with_role("financier", organisation("China Exim Bank"))
    ),
    "Which features have no known organisation?": lambda r: r.choose("organisation", "no value").finds(
        len(set(every_feature()) - set(table("feature_organisations")["feature_id"]))
    ),
    "What belongs to the China-Pakistan corridor?": lambda r: r.search("cpec").reads(
        "China-Pakistan Economic Corridor", DETAILS
    ),
    "Which positions are known to the country only?": lambda r: r.choose("precision", "Country only").finds(
        sum(len(having(name, precision="country")) for name in ("parks", "projects", "rail", "corridors"))
    ),
    "Which railways opened since 2020, asked with one click?": _first_example,
    "What was suspended or cancelled?": lambda r: (
        r.choose("status", "Suspended")
        .choose("status", "Cancelled")
        .finds(int(last_status()["status"].isin(["suspended", "cancelled"]).sum()))
    ),
}


def test_there_are_thirty() -> None:
    assert len(QUESTIONS) >= 30


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_answered_in_four_steps(question: str, server: str, shared: Visit) -> None:
    page = shared(f"{server}/?lang=en").page
    reader = QUESTIONS[question](Reader(page))
    assert 0 < reader.steps <= MOST_STEPS
