"""The life of a feature: its status today and in a year, what happened, and the picture of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bri_map.catalog import Catalog
from bri_map.domain.codes import codes
from bri_map.domain.vocabulary import Freshness
from bri_map.evidence.feature import Event, Feature
from bri_map.i18n import Messages
from bri_map.query.history import ABSENT
from bri_map.ui.evidence import Evidencer, Shown
from bri_map.ui.glossary import explained_status
from bri_map.ui.status_chart import Chart, status_chart

_LAST = 4
"""Events that are seen at once; what came before them unfolds."""


@dataclass(frozen=True, slots=True)
class Step:
    """An event of the history, ready to be shown."""

    date: str
    mark: str
    status: str
    event: Shown


@dataclass(frozen=True, slots=True)
class Moment:
    """A status at a time.

    Attributes:
        when: When, in words; empty where only today's is shown.
        code: The status, or an empty text where the history begins later.
        label: It in words.
        explained: Number of the block that explains it; 0 where it is plain.
        as_of: Date of the last report of it, in words.
    """

    when: str
    code: str
    label: str
    explained: int = 0
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """Status and history.

    Attributes:
        moments: The status today, after that of the chosen year if there is one.
        aged: That the last report is old, and when news were last looked for.
        chart: The history as a picture.
        earlier: What happened first, where there is much to tell.
        steps: What happened last, the oldest first.
    """

    moments: tuple[Moment, ...]
    aged: tuple[str, ...]
    chart: Chart | None
    earlier: tuple[Step, ...]
    steps: tuple[Step, ...]


def life_of(catalog: Catalog, feature: Feature, year: int | None, m: Messages, evidencer: Evidencer) -> Life:
    """Give status and history of a feature.

    Args:
        catalog: Knows the statuses of a year.
        feature: The feature.
        year: The year that is looked at; None for today.
        m: Texts of the interface.
        evidencer: Writes the sources.
    """
    values = feature.values
    today = Moment(
        m["details.today"] if year is not None else "",
        values["status"],
        m.code("status", values["status"]),
        evidencer.explain(explained_status(feature, values["status"], m)),
        m.text("details.as_of", date=m.locale.date(values["status_as_of"])) if values["status_as_of"] else "",
    )
    then = [] if year is None else [_in_year(catalog, feature, year, m)]
    steps = tuple(_step(event, feature.id, m, evidencer) for event in feature.history)
    begin = len(steps) - _LAST if len(steps) > _LAST + 1 else 0
    words = [
        (event, f"{m.locale.date(event.date)} {m.code('mark', event.mark)}") for event in feature.history
    ]
    return Life(
        (*then, today),
        tuple(_aged(values, m)),
        status_chart(words, catalog.info.date, year),
        steps[:begin],
        steps[begin:],
    )


def _aged(values: Mapping[str, str], m: Messages) -> Iterator[str]:
    if values["freshness"] == Freshness.DATED:
        yield m["details.dated"]
    if values["checked"] and values["due"]:
        yield m.text("details.checked", date=m.locale.date(values["checked"]))


def _in_year(catalog: Catalog, feature: Feature, year: int, m: Messages) -> Moment:
    number = int(catalog.history.status_in(year)[catalog.features.number(feature.id)])
    code = "" if number == ABSENT else codes("status")[number]
    label = m.code("status", code) if code else m["details.not_yet"]
    return Moment(m.text("details.in_year", year=str(year)), code, label)


def _step(event: Event, feature_id: str, m: Messages, evidencer: Evidencer) -> Step:
    return Step(
        m.locale.date(event.date) if event.date else m["details.no_date"],
        m.code("mark", event.mark),
        m.code("status", event.status),
        evidencer.fact(
            m.code("mark", event.mark),
            evidencer.say(event.event, feature_id, "event", "status_history"),
            [event.evidence],
        ),
    )
