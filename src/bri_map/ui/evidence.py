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


@dataclass(frozen=True, slots=True)
class Said:
    """One source of a value, ready to be shown.

    Attributes:
        value: The value, where it is not the one shown; else empty.
        title: Title of the source.
        url: Its address, or empty.
        place: Section, box, figure or page inside it.
        as_of: When it held.
        basis: What it rests on, in words.
        note: What a careful reader should know.
    """

    value: str
    title: str
    url: str
    place: str
    as_of: str
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with its sources, ready to be shown.

    Attributes:
        label: What the value is.
        value: The value in words.
        said: The sources that give it.
        others: Sources that give another value.
        rule: Why this value is shown, where sources disagree; else empty.
        is_unconfirmed: Whether nothing but background knowledge gives it.
    """

    label: str
    value: str
    said: tuple[Said, ...]
    others: tuple[Said, ...] = ()
    rule: str = ""
    is_unconfirmed: bool = False


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
    """Writes the sources of a feature's values.

    Args:
        feature: The feature.
        m: Texts of the interface.
        say: Texts of the data in the same language.
    """

    def __init__(self, feature: Feature, m: Messages, say: Wording) -> None:
        self._citations = {citation.id: citation for citation in feature.citations}
        self._m = m
        self.say = say
        self._feature_id = feature.id

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
            return Shown(label, value, ())
        return Shown(
            label,
            value,
            tuple(self._said(e, "") for e in provenance.evidence),
            tuple(self._said(e, word(e.value)) for e in provenance.others),
            self._m.text(f"rule.{provenance.rule.value}") if provenance.others else "",
            is_unconfirmed=all(e.basis == Basis.UNCONFIRMED for e in provenance.evidence),
        )

    def fact(self, label: str, value: str, evidence: Iterable[Evidence], about: str = "") -> Shown:
        """Give a value whose sources all say the same; `about` is the feature that states it, if another."""
        given = tuple(evidence)
        said = tuple(self._said(e, "", about) for e in given)
        return Shown(label, value, said, is_unconfirmed=all(e.basis == Basis.UNCONFIRMED for e in given))

    def _said(self, evidence: Evidence, value: str, about: str = "") -> Said:
        thing = about or self._feature_id
        citation = self._citations.get(evidence.source_id)
        title = source_title(citation, self._m) if citation else evidence.source_id
        place = self.say(evidence.locator, thing, "locator")
        if not place and citation is not None and citation.url:
            place = self._m.text("evidence.whole_page")
        as_of = self._m.locale.date(evidence.as_of)
        return Said(
            value=value,
            title=title,
            url=citation.url if citation else "",
            place=place,
            as_of=self._m.text("details.as_of", date=as_of) if as_of else "",
            basis=self._m.code("basis", evidence.basis),
            note=self.say(evidence.note, thing, "note"),
        )
