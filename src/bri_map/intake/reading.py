"""Read a pasted list of news of any kind as lines of text: plain text, web page, table or workbook.

Every line that cannot be read is named with the reason; none stops the others.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bri_map.errors import BriMapError
from bri_map.i18n.sentences import say
from bri_map.report import Sentence

MAX_BYTES = 20_000_000
"""Largest file that is read."""
LONGEST = 2_000
"""Most characters of a line; what is longer is an article, not a piece of a list."""
SHORTEST = 4
"""Fewest letters of a line that can be a piece of news."""
_URL = re.compile(r"https?://[^\s<>\"'，。；、）)\]】]+")
_HTML = re.compile(rb"<\s*(!doctype|html|body|table|ul|ol|li|p|div)\b", re.IGNORECASE)
_BLOCKS = ("li", "p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "div", "blockquote")
_COLUMNS: dict[str, frozenset[str]] = {
    "date": frozenset({"date", "day", "published", "日期", "时间", "发布日期", "发布时间"}),
    "url": frozenset({"url", "link", "address", "source url", "链接", "网址", "来源链接"}),
    "section": frozenset({"class", "category", "type", "status", "类别", "类型", "分类", "状态", "进展"}),
}
"""What a column of a table holds, by its folded head; all others are text."""
_ENCODINGS = ["gb18030", "big5", "cp1252", "cp1251", "iso8859_15"]


class IntakeError(BriMapError):
    """A file cannot be taken in at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list.

    Attributes:
        number: Line of the file, or row of the table, from 1.
        text: What it says.
        url: Address that stands with it, if any.
        date: What a column of dates says.
        section: What a column of classes says.
    """

    number: int
    text: str
    url: str = ""
    date: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is no piece of news, and why."""

    number: int
    reason: Sentence


@dataclass(slots=True)
class Lines:
    """What a file holds: the lines that can be used, and those that cannot."""

    read: list[Line] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_lines(raw: bytes, name: str = "") -> Lines:
    """Read a list of news.

    Args:
        raw: The bytes of the file.
        name: Its name, of which the suffix tells tables with commas or tabs.

    Returns:
        The lines in their order; an address on a line of its own belongs to the line before.

    Raises:
        IntakeError: The file is of a kind that cannot be read, too large, or empty.
    """
    if len(raw) > MAX_BYTES:
        raise IntakeError(say("intake.too_large", limit=f"{MAX_BYTES // 1_000_000}"))
    if not raw.strip():
        raise IntakeError(say("intake.empty"))
    if raw.startswith(b"%PDF"):
        raise IntakeError(say("intake.kind", kind="PDF"))
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise IntakeError(say("intake.kind", kind="DOC / XLS"))
    if raw.startswith(b"PK\x03\x04"):
        return _checked(_workbook(raw))
    text, unread = _decoded(raw)
    if _HTML.search(raw[:4_000]):
        found = _checked(_page("\n".join(line for _, line in text)))
    elif name.lower().endswith((".csv", ".tsv")):
        found = _checked(_table_rows(_csv_rows("\n".join(line for _, line in text))))
    else:
        found = _checked(Line(number, line) for number, line in text)
    return Lines(found.read, [*unread, *found.unread])


@contextmanager
def _of_extra() -> Iterator[None]:
    """Say what to install where a package is missing that plain text does not need.

    Raises:
        IntakeError: It is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise IntakeError(say("intake.extra", package='"bri-map[intake]"')) from error


def _decoded(raw: bytes) -> tuple[list[tuple[int, str]], list[Unread]]:
    """Decode line by line: UTF-8 where it is, else what the other lines together seem to be."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if raw.startswith(mark):
            raw = raw.decode(encoding, "replace").encode()
            break
    pieces = list(enumerate(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1))
    strange = [piece for _, piece in pieces if not _is_utf8(piece)]
    other = _encoding_of(b"\n".join(strange)) if strange else ""
    text: list[tuple[int, str]] = []
    unread: list[Unread] = []
    for number, piece in pieces:
        try:
            text.append((number, piece.decode("utf-8" if _is_utf8(piece) else other or "utf-8")))
        except UnicodeDecodeError:
            unread.append(Unread(number, say("intake.encoding")))
    return text, unread


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def _encoding_of(raw: bytes) -> str:
    with _of_extra():
        from charset_normalizer import from_bytes
    best = from_bytes(raw, cp_isolation=_ENCODINGS).best()
    return best.encoding if best is not None else ""


def _page(text: str) -> Iterator[Line]:
    """Read a web page: each row of a table, and each innermost block of text."""
    with _of_extra():
        from bs4 import BeautifulSoup
    soup = BeautifulSoup(text, "html.parser")
    for waste in soup(["script", "style", "noscript", "template"]):
        waste.decompose()
    for table in soup("table"):
        rows = [[" ".join(cell.get_text(" ").split()) for cell in row(["td", "th"])] for row in table("tr")]
        links = [next((str(a["href"]) for a in row("a", href=True)), "") for row in table("tr")]
        start = table.sourceline or 1
        for line, link in zip(_table_rows(rows, skips_head=False), links, strict=True):
            if line is not None:
                yield Line(start + line.number - 1, line.text, line.url or link, line.date, line.section)
        table.decompose()
    for block in soup(_BLOCKS):
        if block.find(_BLOCKS):
            continue
        said = " ".join(block.get_text(" ").split())
        if said:
            link = next((str(a["href"]) for a in block("a", href=True)), "")
            yield Line(block.sourceline or 1, said, link if link.startswith("http") else "")


def _csv_rows(text: str) -> list[list[str]]:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8_000], ",;\t")
    except csv.Error:
        dialect = csv.excel
    return list(csv.reader(io.StringIO(text), dialect))


def _workbook(raw: bytes) -> Iterator[Line]:
    """Read every sheet of a workbook; rows are numbered through."""
    with _of_extra():
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise IntakeError(say("intake.kind", kind="ZIP / DOCX")) from error
    start = 0
    for sheet in book.worksheets:
        rows = [["" if cell is None else _cell(cell) for cell in row] for row in sheet.values]
        for line in _table_rows(rows):
            if line is not None:
                yield Line(start + line.number, line.text, line.url, line.date, line.section)
        start += len(rows)


def _cell(value: object) -> str:
    text = str(value)
    return text.removesuffix(" 00:00:00")  # a day without a time


def _table_rows(rows: Sequence[Sequence[str]], *, skips_head: bool = True) -> Iterator[Line | None]:
    """Read the rows of a table, whose first row may name its columns; None for the head."""
    if not rows:
        return
    heads = [_role(cell) for cell in rows[0]]
    has_head = any(heads)
    for number, row in enumerate(rows, 1):
        if number == 1 and has_head:
            if not skips_head:
                yield None
            continue
        found = {"date": "", "url": "", "section": ""}
        texts = []
        for place, cell in enumerate(cell.strip() for cell in row):
            role = heads[place] if has_head and place < len(heads) else ""
            if role:
                found[role] = cell
            elif cell:
                texts.append(cell)
        yield Line(number, " ".join(texts), **found)


def _role(cell: str) -> str:
    head = " ".join(cell.split()).casefold()
    return next((role for role, heads in _COLUMNS.items() if head in heads), "")


def _checked(lines: Iterable[Line | None]) -> Lines:
    """Part what can be a piece of news from what cannot; take addresses out of the texts."""
    found = Lines()
    for line in lines:
        if line is None:
            continue
        urls = _URL.findall(line.text)
        text = " ".join(_URL.sub(" ", line.text).split())
        url = line.url or (urls[0] if urls else "")
        letters = sum(char.isalnum() for char in text)
        if not letters:
            if url and found.read:
                before = found.read[-1]
                found.read[-1] = Line(
                    before.number, before.text, before.url or url, before.date, before.section
                )
            continue
        if letters < SHORTEST:
            found.unread.append(Unread(line.number, say("intake.too_short", text=text)))
        elif len(text) > LONGEST:
            found.unread.append(Unread(line.number, say("intake.too_long", limit=str(LONGEST))))
        elif "\ufffd" in text or "\x00" in text:
            found.unread.append(Unread(line.number, say("intake.encoding")))
        else:
            found.read.append(Line(line.number, text, url, line.date, line.section))
    return found
