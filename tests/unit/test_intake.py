"""News taken in: what is read, what it means, and which feature it is about."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from bri_map.catalog import Catalog
from bri_map.intake.items import items_of
from bri_map.intake.matching import Match, Matcher, sureness
from bri_map.intake.proposals import Proposal, proposals_text, propose, read_proposals
from bri_map.intake.reading import IntakeError, Lines, read_lines
from bri_map.intake.words import day_of, mark_of, section_of, sector_of, without_dates

BULLETINS = Path(__file__).parents[1] / "cli" / "bulletins"


def workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(name: str) -> Lines:
    """Read a bulletin: the Chinese list in the encoding of Chinese offices, the table as a workbook."""
    raw = (BULLETINS / name).read_bytes()
    if name.endswith(".txt"):
        return read_lines(raw.decode().encode("gb18030"), name)
    if name.endswith(".csv"):
        return read_lines(workbook(list(csv.reader(io.StringIO(raw.decode())))), "table.xlsx")
    return read_lines(raw, name)


class TestBulletins:
    def test_every_piece_is_matched_or_called_new_with_what_happened_and_when(self, catalog: Catalog) -> None:
        with (BULLETINS / "truth.csv").open(encoding="utf-8", newline="") as stream:
            truth = {(row["bulletin"], int(row["line"])): row for row in csv.DictReader(stream)}
        found = {
            (name, proposal.line): proposal
            for name in {bulletin for bulletin, _ in truth}
            for proposal in propose(items_of(read(name).read), catalog)
        }
        assert found.keys() == truth.keys()
        about = {key: "new" if p.about == "new" else p.feature_id for key, p in found.items()}
        wrong = {key: about[key] for key, row in truth.items() if about[key] != row["about"]}
        assert len(wrong) <= 0.05 * len(truth), wrong
        for key, row in truth.items():
            assert (found[key].mark, found[key].date) == (row["mark"], row["date"]), key

    def test_an_address_below_a_piece_belongs_to_it(self) -> None:
        lines = {line.number: line for line in read("weekly-zh.txt").read}
        assert lines[4].url == "https://news.example.cn/2026/1109/a1.html"
        assert lines[6].url == ""
        assert lines[9].url.endswith("a5.html")
        assert "http" not in lines[9].text

    def test_what_is_no_news_is_named_by_line(self) -> None:
        assert [(u.number, "来源" in u.reason) for u in read("weekly-zh.txt").unread] == [(29, True)]
        assert [u.number for u in read("table-zh.csv").unread] == [9]


class TestReading:
    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (b"", "empty"),
            (b" \n\n", "empty"),
            (b"%PDF-1.7 ...", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC / XLS"),
            (b"PK\x03\x04not a workbook", "ZIP / DOCX"),
            (b"x" * 20_000_001, "larger than 20 MB"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, raw: bytes, said: str) -> None:
        with pytest.raises(IntakeError, match=said):
            read_lines(raw)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
    def test_encodings(self, encoding: str) -> None:
        text = "中老铁路客运量突破六千万人次\n匈塞铁路匈牙利段通车，贝尔格莱德至布达佩斯全线运营\n"
        assert [line.text for line in read_lines(text.encode(encoding)).read] == text.splitlines()

    def test_a_file_of_two_encodings_is_read_line_by_line(self) -> None:
        first, second = "中老铁路客运量突破六千万人次", "雅万高铁印度尼西亚段客流创下新高，日均旅客两万人次"
        raw = first.encode() + b"\r\n" + second.encode("gb18030") + b"\n" + b"Lagos Blue Line opens"
        assert [line.text for line in read_lines(raw).read] == [first, second, "Lagos Blue Line opens"]

    def test_lines_that_are_articles_or_scraps_are_passed_over(self) -> None:
        found = read_lines(("Lagos Blue Line opens\nab\n-----\n\n" + "long " * 500 + "\n").encode())
        assert [line.number for line in found.read] == [1]
        assert [unread.number for unread in found.unread] == [2, 5]

    def test_a_table_without_a_head_is_text(self) -> None:
        found = read_lines(b"2026-11-01,Lagos Blue Line opens,Nigeria\n", "a.csv")
        assert [line.text for line in found.read] == ["2026-11-01 Lagos Blue Line opens Nigeria"]

    def test_rows_of_a_table_in_a_page_keep_their_links(self) -> None:
        page = (
            "<html><table><tr><th>Date</th><th>News</th></tr><tr><td>2026-11-02</td>"
            '<td><a href="https://example.org/a">Lagos Blue Line opens</a></td></tr></table></html>'
        )
        (line,) = read_lines(page.encode()).read
        assert (line.text, line.date, line.url) == (
            "Lagos Blue Line opens",
            "2026-11-02",
            "https://example.org/a",
        )


class TestWords:
    @pytest.mark.parametrize(
        ("text", "mark"),
        [
            ("中老铁路正式通车", "opened"),
            ("首台机组投产发电", "first-unit"),
            ("一期工程竣工", "first-unit"),
            ("项目开工仪式举行", "ground-broken"),
            ("中企中标输变电工程", "contract"),
            ("项目因资金停工", "suspended"),
            ("铁路复工", "resumed"),
            ("政府取消燃煤电站", "cancelled"),
            ("医院移交", "handed-over"),
            ("大桥竣工", "full-completion"),
            ("The first unit of the plant began operating", "first-unit"),
            ("Ground broken on the new port", "ground-broken"),
            ("Construction of the dam begins", "construction"),
            ("Railway inaugurated by the president", "opened"),
            ("Contract signed for the refinery", "contract"),
            ("Work on the road has been suspended", "suspended"),
            ("Government scraps coal plant", "cancelled"),
            ("Passengers on the line double", None),
        ],
    )
    def test_what_happened(self, text: str, mark: str | None) -> None:
        assert mark_of(text) == mark

    @pytest.mark.parametrize(
        ("text", "year", "day"),
        [
            ("2026年11月3日开工", 0, "2026-11-03"),
            ("2026年11月开工", 0, "2026-11"),
            ("11月3日开工", 2026, "2026-11-03"),
            ("11月3日开工", 0, ""),
            ("3 November 2026", 0, "2026-11-03"),
            ("November 3rd, 2026", 0, "2026-11-03"),
            ("Nov 3", 2026, "2026-11-03"),
            ("Sept. 2025", 0, "2025-09"),
            ("2026-11-03", 0, "2026-11-03"),
            ("2026/11/3", 0, "2026-11-03"),
            ("on 31 February 2026", 0, None),
            ("no date, 500 MW", 2026, None),
        ],
    )
    def test_when(self, text: str, year: int, day: str | None) -> None:
        found = day_of(text, year)
        assert (found.text if found else None) == day

    def test_dates_are_no_part_of_a_name(self) -> None:
        assert without_dates("11月3日，中老铁路 2026年11月3日 开工") == "，中老铁路 开工"

    @pytest.mark.parametrize(
        ("text", "mark"),
        [
            ("一、签约类", "contract"),
            ("二、新开工项目", "ground-broken"),
            ("竣工、投产", "full-completion"),
            ("Completed", "full-completion"),
            ("New contracts", "contract"),
            ("Construction started", "ground-broken"),
            ("中老铁路开工", None),
            ("Lagos line opened", None),
            ("", None),
        ],
    )
    def test_heads_of_sections(self, text: str, mark: str | None) -> None:
        assert section_of(text) == mark

    @pytest.mark.parametrize(
        ("text", "sector"),
        [
            ("智利圣安东尼奥外港", "ports"),
            ("供水厂", "water"),
            ("solar park", "energy-utilities"),
            ("x", None),
        ],
    )
    def test_sectors(self, text: str, sector: str | None) -> None:
        assert sector_of(text) == sector


class TestMatching:
    def test_a_name_of_another_country_is_no_match(self, catalog: Catalog) -> None:
        matcher = Matcher(catalog)
        text = "Jakarta-Bandung high-speed railway"
        here, there = (matcher.matches(f"{text} in {where}") for where in ("Indonesia", "Brazil"))
        assert here[0].feature_id == there[0].feature_id == "jakarta-bandung-hsr"
        assert sureness(here) == "sure"
        assert sureness(there) == "new"

    def test_two_that_are_met_alike_are_not_sure(self) -> None:
        assert sureness([Match("a", 0.95), Match("b", 0.93)]) == "likely"
        assert sureness([Match("a", 0.95), Match("b", 0.5)]) == "sure"
        assert sureness([]) == "new"

    def test_countries_by_name_adjective_and_short_form(self, catalog: Catalog) -> None:
        matcher = Matcher(catalog)
        assert matcher.countries("A Kenyan road and a Lao dam") == {"KEN", "LAO"}
        assert matcher.countries("中国企业在印尼和沙特中标") == {"IDN", "SAU"}
        assert matcher.countries("中国港口") == {"CHN"}


class TestProposals:
    def test_they_are_read_back_as_they_were_written(self) -> None:
        written = [Proposal(line=3, about="new", text="一, “二”\n三", accept=" Yes ")]
        assert read_proposals(proposals_text(written).encode()) == [
            Proposal(line=3, about="new", text="一, “二”\n三", accept="Yes")
        ]
        assert read_proposals(proposals_text(written).encode("utf-8").replace(b"\xef\xbb\xbf", b""))
        as_saved_in_china = proposals_text(written).removeprefix("\ufeff").encode("gb18030")
        assert read_proposals(as_saved_in_china)[0].text == "一, “二”\n三"

    @pytest.mark.parametrize("raw", [b"", b"a,b\n1,2\n", b"\xff\xfe\xff"])
    def test_another_file_is_told(self, raw: bytes) -> None:
        with pytest.raises(IntakeError, match="no file of proposals"):
            read_proposals(raw)

    @pytest.mark.parametrize(
        ("word", "is_accepted"), [("yes", True), ("是", True), ("X", True), ("no", False)]
    )
    def test_an_editor_says_yes(self, word: str, is_accepted: bool) -> None:
        assert Proposal(accept=word).is_accepted is is_accepted
