"""The sources behind each value, in the words of the interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bri_map.data.root import EDITORS, UNSOURCED
from bri_map.domain.vocabulary import Basis
from bri_map.evidence.feature import Citation, Feature
from bri_map.evidence.provenance import Evidence, Provenance
from bri_map.evidence.translations import Wording
from bri_map.i18n import Messages
from bri_map.ui.results import Ask


@dataclass(frozen=True, slots=True)
class Said:
    """One source of a value, ready to be shown.

    Attributes:
        value: The value, where it is not the one shown; else empty.
        number: Its number in the list of the feature's sources, where title and address stand; else 0.
        title: Title of the source.
        url: Its address, or empty.
        place: Section, box, figure or page inside it.
        as_of: When it held.
        basis: What it rests on, in words.
        note: What a careful reader should know.
    """

    value: str
    number: int
    title: str
    url: str
    place: str
    as_of: str
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class Block:
    """What opens at a sign: who gives a value, or what a word means.

    Attributes:
        said: The sources that give the value.
        others: Sources that give another value.
        rule: Why the value is shown, where sources disagree; else empty.
        words: The explanation of a word, if it is one.
    """

    said: tuple[Said, ...] = ()
    others: tuple[Said, ...] = ()
    rule: str = ""
    words: str = ""

    @property
    def cited(self) -> str:
        """Numbers of the sources that give the value."""
        return ", ".join(dict.fromkeys(str(said.number) for said in self.said if said.number))


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with its sources, ready to be shown.

    Attributes:
        label: What the value is.
        value: The value in words.
        block: Number of the block with its sources, from 1; 0 where none is claimed.
        others: Other values that sources give, each with the number of its source.
        is_unconfirmed: Whether nothing but background knowledge gives it.
        url: Address of a page about it elsewhere, empty where there is none.
        asks: Links to results, in place of the value where there are any.
        notes: What else is to be said of it.
        explained: Number of the block that explains a word in the label; 0 where all are plain.
    """

    label: str
    value: str
    block: int = 0
    others: tuple[tuple[str, str], ...] = ()
    is_unconfirmed: bool = False
    url: str = ""
    asks: tuple[Ask, ...] = ()
    notes: tuple[str, ...] = ()
    explained: int = 0


def page_title(title: str, producer: str, url: str, m: Messages) -> str:
    """Give the title of a publication or page, or say whose page it is."""
    return title or m.text("details.no_title", producer=producer or url)


def source_title(citation: Citation, m: Messages) -> str:
    """Give the title of a source, or words for one that has none."""
    if citation.id == UNSOURCED:
        return m.text("evidence.background")
    if citation.id == EDITORS:
        return m.text("evidence.editors")
    return page_title(citation.title, citation.producer, citation.url, m)


class Evidencer:
    """Writes the sources of a feature's values: each different answer to "who says so" once, as a block.

    Args:
        feature: The feature.
        m: Texts of the interface.
        say: Texts of the data in the same language.
    """

    def __init__(self, feature: Feature, m: Messages, say: Wording) -> None:
        self._citations = {citation.id: citation for citation in feature.citations}
        self._numbers = {citation.id: i for i, citation in enumerate(feature.citations, 1)}
        self._m = m
        self.say = say
        self._feature_id = feature.id
        self._blocks: dict[Block, int] = {}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What can be opened, in the order of the numbers."""
        return tuple(self._blocks)

    def value(
        self, label: str, value: str, provenance: Provenance | None, word: Callable[[str], str]
    ) -> Shown:
        """Give a value with what its provenance holds.

        Args:
            label: What it is.
            value: The value in words.
            provenance: What it rests on; None where nothing is claimed.
            word: Turns the text of another value into words.
        """
        if provenance is None:
            return Shown(label, value)
        others = tuple((word(e.value), e) for e in provenance.others)
        block = Block(
            tuple(self._said(e, "") for e in provenance.evidence),
            tuple(self._said(e, other) for other, e in others),
            self._m.text(f"rule.{provenance.rule.value}") if others else "",
        )
        return Shown(
            label,
            value,
            self._number(block),
            tuple((other, self._cited([e])) for other, e in others),
            is_unconfirmed=_is_unconfirmed(provenance.evidence),
        )

    def fact(self, label: str, value: str, evidence: Iterable[Evidence], about: str = "") -> Shown:
        """Give a value whose sources all say the same; `about` is the feature that states it, if another."""
        given = tuple(evidence)
        said = tuple(self._said(e, "", about) for e in given)
        if not said:
            return Shown(label, value)
        block = self._number(Block(said))
        return Shown(label, value, block, is_unconfirmed=_is_unconfirmed(given))

    def explain(self, words: str) -> int:
        """Give the number of the block that explains a word; 0 for an empty explanation."""
        return self._number(Block(words=words)) if words else 0

    def _number(self, block: Block) -> int:
        return self._blocks.setdefault(block, len(self._blocks) + 1)

    def _cited(self, evidence: Iterable[Evidence]) -> str:
        """Give the numbers of the sources, as they stand in the list of them."""
        known = dict.fromkeys(self._numbers.get(e.source_id, 0) for e in evidence)
        return ", ".join(str(number) for number in known if number)

    def _said(self, evidence: Evidence, value: str, about: str = "") -> Said:
        thing = about or self._feature_id
        citation = self._citations.get(evidence.source_id)
        title = source_title(citation, self._m) if citation else evidence.source_id
        place = self.say(evidence.locator, thing, "locator")
        if not place and citation is not None and citation.url:
            place = self._m.text("evidence.whole_page")
        as_of = self._m.locale.date(evidence.as_of)
        is_said = _SAYS_ITS_BASIS.get(evidence.source_id) == evidence.basis
        return Said(
            value=value,
            number=self._numbers.get(evidence.source_id, 0),
            title=title,
            url=citation.url if citation else "",
            place=place,
            as_of=self._m.text("details.as_of", date=as_of) if as_of else "",
            basis="" if is_said else self._m.code("basis", evidence.basis),
            note=self.say(evidence.note, thing, "note"),
        )


_SAYS_ITS_BASIS = {EDITORS: Basis.EDITORIAL, UNSOURCED: Basis.UNCONFIRMED}
"""Sources whose title says already on what a value rests."""


def _is_unconfirmed(evidence: Iterable[Evidence]) -> bool:
    return all(e.basis == Basis.UNCONFIRMED for e in evidence)
