"""Part the lines of a list into its pieces of news, each with the class of its section and its date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bri_map.domain.vocabulary import Mark
from bri_map.intake.reading import Line
from bri_map.intake.words import day_of, mark_of, section_of, year_of

_BULLET = re.compile(
    r"^\s*(?:[-*•·●○■◆▪–—>#]+|[(（]?\d{1,3}[)）.、．:：](?!\d)|[(（]?[一二三四五六七八九十]{1,3}[)）、.．])\s*"
)
_LABEL = re.compile(r"^\s*[【\[](?P<label>[^】\]]{1,20})[】\]]\s*")
_HEAD = re.compile(
    r"周报|周刊|月报|简报|汇编|第\s*\d+\s*期|\b(weekly|bulletin|digest|issue no|newsletter)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of news.

    Attributes:
        line: Line of the file on which it stands.
        text: What it says, without bullet and class.
        url: Address of the report, if one stands with it.
        date: YYYY-MM-DD or YYYY-MM; empty if the list tells none.
        mark: What happened: by its own words, else by its section; `reported` where neither tells.
    """

    line: int
    text: str
    url: str
    date: str
    mark: Mark


def items_of(lines: Iterable[Line]) -> list[Item]:
    """Part lines into pieces of news.

    A line that only names a class (signed, begun, finished) or the list itself is the head of what follows. A
    class given with a piece counts where its own words do not tell what happened.

    Args:
        lines: The lines in their order.
    """
    items: list[Item] = []
    section: Mark | None = None
    year = 0
    for line in lines:
        text = _BULLET.sub("", line.text)
        head = section_of(text)
        if head is not None:
            section = head
            continue
        if _HEAD.search(text) and len(text) <= 80:
            year = year_of(text) or year
            continue
        label = _LABEL.match(text)
        said = section_of(label["label"]) if label else None
        if label and said:
            text = text[label.end() :]
        own = section_of(line.section) or mark_of(line.section)
        day = day_of(line.date, year) or day_of(text, year)
        if day and day.year:
            year = day.year
        mark = mark_of(text) or said or own or section or Mark.REPORTED
        items.append(Item(line.number, text, line.url, day.text if day else "", mark))
    return items
