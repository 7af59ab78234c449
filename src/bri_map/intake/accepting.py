"""Write accepted proposals into a data root: all of them, or none if the data would have a fault."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from bri_map.checks.validation import validate
from bri_map.data.cells import value_fault, value_remedy
from bri_map.data.format import build_lines, canonical_files
from bri_map.data.geometry import GeometryFile
from bri_map.data.reading import RootContent, read_root
from bri_map.data.root import DataRoot
from bri_map.data.staleness import stale_files
from bri_map.data.tables import LINE, TableRows
from bri_map.domain.fact_tables import BASELINE, CLAIMS, LOOKUPS, STATUS_HISTORY
from bri_map.domain.layers import LAYER_TABLES, LAYERS
from bri_map.domain.names import CHINESE
from bri_map.domain.table import Kind, Table
from bri_map.domain.tables import SOURCES, TRANSLATIONS
from bri_map.domain.vocabulary import Basis, GreenRating, Precision, RecordStatus
from bri_map.folding import is_chinese, split_words
from bri_map.i18n.sentences import say
from bri_map.intake.proposals import NEW, Proposal
from bri_map.intake.reading import IntakeError
from bri_map.report import Issue, Report, Sentence

_SCHEME = re.compile(r"^https?://(www\.)?", re.IGNORECASE)
_ID_LENGTH = 44
_UNTIL_KNOWN = {Kind.BOOLEAN: "false", Kind.CODE: GreenRating.UNRATED.value}
"""What a column that must be filled holds in a feature of which no more is known, by its kind."""
Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an accepted row cannot be written, and what to do."""

    line: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting would do.

    Attributes:
        files: Place inside the root to its new text; empty where something is refused.
        added: Table to the number of rows that come in.
        refused: Accepted rows that cannot be written.
        faults: Faults that the data would have, and have not now.
    """

    files: Mapping[str, str]
    added: Mapping[str, int]
    refused: tuple[Refusal, ...] = ()
    faults: tuple[Issue, ...] = ()


def accept(root: DataRoot, proposals: Iterable[Proposal], today: str) -> Accepted:
    """Tell what the accepted ones of some proposals change in a data root. Nothing is written.

    Args:
        root: The data root.
        proposals: Rows of a file of proposals.
        today: The day on which they are accepted, YYYY-MM-DD.

    Raises:
        IntakeError: The data root has a fault already with which it cannot be written anew.
    """
    report = Report()
    content = read_root(root, report, keeps=True)
    if content.unreadable is not None or content.head_fault is not None:
        raise IntakeError(say("intake.root", fault=str(content.unreadable or content.head_fault)))
    writer = _Writer(content, today)
    for proposal in proposals:
        if proposal.is_accepted:
            writer.take(proposal)
    if writer.refused:
        return Accepted({}, {}, refused=tuple(writer.refused))
    files = writer.files()
    added = {name: len(rows) for name, rows in writer.rows.items()}
    return Accepted(files, added, faults=_new_faults(root, files))


class _Writer:
    """Gathers the rows that come in."""

    def __init__(self, content: RootContent, today: str) -> None:
        self.content = content
        self.today = today
        self.rows: Rows = {}
        self.refused: list[Refusal] = []
        self._shapes: dict[str, list[str]] = {}
        self._features = {
            str(i): layer
            for layer, table in LAYER_TABLES.items()
            for i in content.tables[table.name].frame["id"]
        }
        sources = content.tables[SOURCES.name].frame
        addresses = zip(sources["id"], sources["url"], strict=True)
        self._by_url = {_plain(url): str(i) for i, url in addresses if url}
        self._source_ids = set(map(str, sources["id"]))

    def take(self, proposal: Proposal) -> None:
        """Turn an accepted proposal into rows, or refuse it."""
        reasons = list(self._wrong(proposal))
        if reasons:
            self.refused.extend(Refusal(proposal.line, reason) for reason in reasons)
            return
        source = self._source(proposal)
        if proposal.about == NEW:
            self._add_feature(proposal, source)
        event = {
            "feature_id": proposal.feature_id,
            "date": proposal.date,
            "mark": proposal.mark,
            "status": proposal.status,
            "event": proposal.event,
            "source_id": source,
            "basis": Basis.CONFIRMED.value,
        }
        self._add(STATUS_HISTORY, event)
        self._add(LOOKUPS, {"feature_id": proposal.feature_id, "date": self.today})
        if proposal.event_zh:
            self._add(
                TRANSLATIONS,
                {
                    "id": proposal.feature_id,
                    "table": STATUS_HISTORY.name,
                    "column": "event",
                    "language": CHINESE,
                    "text": proposal.event,
                    "translation": proposal.event_zh,
                },
            )

    def _wrong(self, proposal: Proposal) -> Iterable[Sentence]:
        for name in ("feature_id", "date", "mark", "status", "event", "url"):
            text = getattr(proposal, name)
            if not text:
                yield say("intake.missing", column=name)
                continue
            table, column = (SOURCES, "url") if name == "url" else (STATUS_HISTORY, name)
            fault = value_fault(text, table.column(column)) if name != "feature_id" else None
            if fault is not None:
                yield Sentence(f"{name}: {fault} {value_remedy(text, table.column(column))}")
            elif name == "date" and int(text[:4]) > int(self.today[:4]):
                yield say("intake.future", value=text)
        if any(map(is_chinese, split_words(proposal.event))):
            yield say("intake.english")
        if proposal.event and proposal.event == proposal.text:
            yield say("intake.copied")
        is_there = proposal.feature_id in self._features
        if proposal.about != NEW and proposal.feature_id and not is_there:
            yield say("intake.unknown", id=proposal.feature_id)
        if proposal.about == NEW:
            yield from self._wrong_feature(proposal, is_there)

    def _wrong_feature(self, proposal: Proposal, is_there: bool) -> Iterable[Sentence]:
        if is_there:
            yield say("intake.taken", id=proposal.feature_id)
        if proposal.layer not in LAYERS or LAYERS[proposal.layer].has_members:
            known = ", ".join(spec.id for spec in LAYERS.values() if not spec.has_members)
            yield say("intake.layer", value=proposal.layer, known=known)
            return
        spec = LAYERS[proposal.layer]
        cells = {"id": proposal.feature_id, "name": proposal.name, "countries": proposal.countries}
        for name, text in (cells | {spec.kind_column: proposal.kind}).items():
            column = spec.table.column(name)
            shown = "kind" if name == spec.kind_column else "feature_id" if name == "id" else name
            if not text and name != "id":
                yield say("intake.missing", column=shown)
            elif text and (fault := value_fault(text, column)) is not None:
                yield Sentence(f"{shown}: {fault} {value_remedy(text, column)}")

    def _add(self, table: Table, cells: Mapping[str, str]) -> None:
        row = dict.fromkeys(table.column_names, "") | dict(cells)
        rows = self.rows.setdefault(table.name, [])
        keys = [row[name] for name in table.key]
        if keys not in ([other[name] for name in table.key] for other in rows):
            rows.append(row)

    def _source(self, proposal: Proposal) -> str:
        """Give the source of an address, a new one where there is none."""
        known = self._by_url.get(_plain(proposal.url))
        if known is not None:
            return known
        host = urlsplit(proposal.url).netloc.lower().removeprefix("www.")
        id_ = self._free_id(host, urlsplit(proposal.url).path)
        self._by_url[_plain(proposal.url)] = id_
        self._source_ids.add(id_)
        self._add(
            SOURCES,
            {
                "id": id_,
                "title": proposal.title,
                "producer": host,
                "accessed": self.today,
                "language": proposal.language,
                "licence": "copyright",
                "url": proposal.url,
            },
        )
        return id_

    def _free_id(self, host: str, path: str) -> str:
        last = next((part for part in reversed(path.split("/")) if part), "page")
        name = host.split(".")[-2] if host.count(".") else host
        base = re.sub("[^a-z0-9]+", "-", f"{name}-{last}".lower())[:_ID_LENGTH].strip("-")
        id_, number = base, 2
        while id_ in self._source_ids:
            id_, number = f"{base}-{number}", number + 1
        return id_

    def _add_feature(self, proposal: Proposal, source: str) -> None:
        """Add a feature that is not shown until an editor has completed it."""
        spec = LAYERS[proposal.layer]
        cells = {
            "id": proposal.feature_id,
            "record": RecordStatus.UNCONFIRMED.value,
            "name": proposal.name,
            "name_zh": proposal.name_zh,
            spec.kind_column: proposal.kind,
            "countries": proposal.countries,
            "precision": Precision.COUNTRY.value,
        }
        for column in spec.table.columns:
            if column.required and column.name not in cells:
                cells[column.name] = _UNTIL_KNOWN[column.kind]
        self._add(spec.table, cells)
        self._features[proposal.feature_id] = proposal.layer
        self._shapes.setdefault(proposal.layer, []).append(proposal.feature_id)
        for column in spec.table.columns:
            if column.is_claimed and cells.get(column.name):
                self._add(
                    CLAIMS,
                    {
                        "feature_id": proposal.feature_id,
                        "field": column.name,
                        "value": cells[column.name],
                        "source_id": source,
                        "basis": Basis.EDITORIAL.value,
                    },
                )

    def files(self) -> dict[str, str]:
        """Give every file that changes, as it is to be written."""
        tables = dict(self.content.tables)
        baseline = tables[BASELINE.name].frame.copy()
        for name, rows in self.rows.items():
            tables[name] = _with(tables[name], rows)
            baseline.loc[baseline["id"] == name, "rows"] = str(len(tables[name].frame))
        tables[BASELINE.name] = replace(tables[BASELINE.name], frame=baseline)
        geometry = {
            layer: _with_empty(found, self._shapes.get(layer, ()))
            for layer, found in self.content.geometry.items()
        }
        wanted = canonical_files(tables, geometry, build_lines(tables, geometry), self.content.head)
        return {file.place: file.text for file in stale_files(self.content.files, wanted)}


def _with(rows: TableRows, added: list[dict[str, str]]) -> TableRows:
    more = pd.DataFrame(added, dtype="str").assign(**{LINE: 0})
    frame = pd.concat([rows.frame, more], ignore_index=True)
    keep = [column for column in frame.columns if column != LINE]
    return replace(rows, frame=frame[~frame.duplicated(keep)], is_there=True)


def _with_empty(found: GeometryFile, ids: Iterable[str]) -> GeometryFile:
    more: dict[str, Any] = {i: {"type": "Feature", "id": i, "geometry": None, "properties": {}} for i in ids}
    return replace(found, features={**found.features, **more}) if more else found


def _plain(url: str) -> str:
    return _SCHEME.sub("", url).rstrip("/").casefold()


def _new_faults(root: DataRoot, files: Mapping[str, str]) -> tuple[Issue, ...]:
    """Give the faults that the root would have with the new files, and has not without them."""
    with TemporaryDirectory(prefix="bri-map-") as folder:
        copy = Path(folder) / "root"
        for part in ("data", "geo"):
            shutil.copytree(root.path / part, copy / part, copy_function=_link_or_copy)
        for place, text in files.items():
            (copy / place).unlink(missing_ok=True)
            (copy / place).write_text(text, encoding="utf-8", newline="")
        after = list(validate(copy))
    before = {_told(issue) for issue in validate(root)} if after else set()
    return tuple(issue for issue in after if _told(issue) not in before)


def _told(issue: Issue) -> tuple[str, str | None, str, str]:
    return issue.file, issue.id, issue.rule, issue.message


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
