"""Proposals: what the pieces of a list would add to the data, as rows that an editor accepts one by one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace

from bri_map.catalog import Catalog
from bri_map.domain.layer import LayerSpec
from bri_map.domain.layers import LAYERS
from bri_map.domain.names import CHINESE, ORIGINAL
from bri_map.domain.table import LIST_SEPARATOR
from bri_map.folding import is_chinese, split_words
from bri_map.i18n.sentences import say
from bri_map.intake.items import Item
from bri_map.intake.matching import Matcher, sureness
from bri_map.intake.reading import IntakeError
from bri_map.intake.words import STATUS_AFTER, is_park, sector_of, without_dates

NEW = "new"
YES = frozenset({"y", "yes", "x", "1", "true", "ok", "是", "对", "√"})
"""What an editor writes into `accept`."""
_TRIMMED = re.compile(r"^[\s,，;；:：。.]+|[\s,，;；:：。.]+$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row of the file that an editor reads.

    Attributes:
        accept: Empty; an editor writes `yes` into it.
        line: Line of the list.
        about: `sure` or `likely` for a feature that is there, `new` for one that seems to be missing.
        feature_id: The feature; for a new one the id that it is to get, for an editor to give.
        name: Its name in English; for a new one for an editor to give.
        name_zh: Its name in Chinese.
        others: Further features that may be meant, each with its score.
        date: When it happened, YYYY-MM-DD or YYYY-MM.
        mark: What it marks.
        status: The status from then on.
        event: What happened in English, for an editor to put into words of their own.
        event_zh: The same in Chinese.
        url: Address of the report.
        title: Title of the report, where the address has one of its own.
        language: Language of the report.
        countries: ISO 3166-1 alpha-3.
        layer: Layer of a new feature.
        kind: Sector or type of a new feature.
        text: What the list says; not to be copied.
    """

    accept: str = ""
    line: int = 0
    about: str = ""
    feature_id: str = ""
    name: str = ""
    name_zh: str = ""
    others: str = ""
    date: str = ""
    mark: str = ""
    status: str = ""
    event: str = ""
    event_zh: str = ""
    url: str = ""
    title: str = ""
    language: str = ""
    countries: str = ""
    layer: str = ""
    kind: str = ""
    text: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether an editor has said yes."""
        return self.accept.strip().casefold() in YES


COLUMNS = tuple(field.name for field in fields(Proposal))


def propose(items: Iterable[Item], catalog: Catalog) -> Iterator[Proposal]:
    """Propose what each piece of news would add.

    Args:
        items: The pieces of news.
        catalog: The features that they may be about.
    """
    matcher = Matcher(catalog)
    for item in items:
        text = without_dates(item.text)
        found = matcher.matches(text)
        about = sureness(found)
        proposal = Proposal(
            line=item.line,
            about=about,
            date=item.date,
            mark=item.mark,
            url=item.url,
            language=_language(item.text),
            text=item.text,
        )
        if about == NEW:
            yield _new(proposal, matcher, text, [f"{m.feature_id} {m.score:.2f}" for m in found])
            continue
        feature = catalog.get(found[0].feature_id)
        yield replace(
            proposal,
            feature_id=feature.id,
            name=catalog.name(feature.id, ORIGINAL),
            name_zh=catalog.name(feature.id, CHINESE),
            others=f"{LIST_SEPARATOR} ".join(f"{m.feature_id} {m.score:.2f}" for m in found[1:]),
            status=STATUS_AFTER.get(item.mark, str(feature.values["status"])),
            countries=LIST_SEPARATOR.join(feature.values["countries"]),
        )


def _new(proposal: Proposal, matcher: Matcher, text: str, near: list[str]) -> Proposal:
    sector = sector_of(text)
    spec = _with_kinds("type" if is_park(text) else "sector")
    return replace(
        proposal,
        others=f"{LIST_SEPARATOR} ".join(near),
        name="" if proposal.language == CHINESE else _TRIMMED.sub("", text)[:80],
        name_zh=_TRIMMED.sub("", text)[:40] if proposal.language == CHINESE else "",
        status=STATUS_AFTER.get(proposal.mark, ""),
        countries=LIST_SEPARATOR.join(sorted(matcher.countries(text))),
        layer=spec.id,
        kind=sector.value if sector and sector in spec.kinds else "",
    )


def _with_kinds(vocabulary: str) -> LayerSpec:
    """Give the layer whose features have kinds of a vocabulary."""
    return next(spec for spec in LAYERS.values() if spec.kind_vocabulary == vocabulary)


def _language(text: str) -> str:
    return CHINESE if any(map(is_chinese, split_words(text))) else ORIGINAL


def proposals_text(proposals: Iterable[Proposal]) -> str:
    """Write proposals as CSV with a byte order mark, so that spreadsheets show Chinese."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for proposal in proposals:
        writer.writerow(asdict(proposal))
    return "\ufeff" + stream.getvalue()


def read_proposals(raw: bytes) -> list[Proposal]:
    """Read proposals back from the file that an editor has gone through.

    Raises:
        IntakeError: It is no such file.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")  # as spreadsheets in China save it
        except UnicodeDecodeError as error:
            raise IntakeError(say("intake.no_proposals", columns=", ".join(COLUMNS))) from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not set(COLUMNS[:5]) <= set(rows.fieldnames or ()):
        raise IntakeError(say("intake.no_proposals", columns=", ".join(COLUMNS)))
    found = []
    for row in rows:
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        line = cells.pop("line")
        found.append(Proposal(**cells, line=int(line) if line.isdecimal() else 0))
    return found
