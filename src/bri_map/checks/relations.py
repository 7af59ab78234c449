"""Relations make sense: no circles, no two of one pair, and neighbours in place, time and status."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from shapely.geometry import Point

from bri_map.checks.context import Context, Row
from bri_map.checks.subjects import Subject
from bri_map.domain.fact_tables import RELATIONS
from bri_map.domain.vocabulary import Relation, Status
from bri_map.geo.geodesic import distance_km
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Sentence

_DIRECTED = (
    frozenset({Relation.PART_OF, Relation.PHASE_OF}),
    frozenset({Relation.SUCCESSOR_OF}),
    frozenset({Relation.SERVES}),
)
"""Relations that lead from one to another and never back, those together that may not mix in a circle."""
APART_KM: dict[str, float] = {
    Relation.PART_OF: 60.0,
    Relation.SAME_SITE_AS: 25.0,
    Relation.PHASE_OF: 250.0,
    Relation.SUCCESSOR_OF: 250.0,
    Relation.SERVES: 250.0,
}
"""How far two related features may lie from each other; positions may be those of a district."""
_LATER = frozenset({Relation.PHASE_OF, Relation.SUCCESSOR_OF})
_ONE_COUNTRY = frozenset({Relation.SAME_SITE_AS, *_LATER})
_WORKS = frozenset({Status.UNDER_CONSTRUCTION, Status.COMPLETED})
YEARS_BEFORE_WHOLE = 6
"""Years by which a part may be known before its whole."""


def check_relations(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Check every relation by itself and all of them together."""
    rows = [row for row in context.rows(RELATIONS) if row["feature_id"] != row["other_id"]]
    circled = _check_circles(context, rows)
    first: dict[frozenset[str], Row] = {}
    for row in rows:
        pair = frozenset((str(row["feature_id"]), str(row["other_id"])))
        other = first.setdefault(pair, row)
        if other is not row and pair not in circled:
            message = say("fault.relation_twice", relation=quoted(other["relation"]), other=other["other_id"])
            context.fault("relation-twice", RELATIONS, row, "relation", message, say("remedy.relation_one"))
            continue
        one, two = subjects.get(str(row["feature_id"])), subjects.get(str(row["other_id"]))
        if one is None or two is None or any(pair <= circle for circle in circled):
            continue
        if not any(context.is_named(subject.table, subject.row) for subject in (one, two)):
            _check_pair(context, row, one, two)


def _check_circles(context: Context, rows: list[Row]) -> set[frozenset[str]]:
    """Report one relation of every circle: the one that leads away from where most others lead.

    Returns:
        The ids of each circle.
    """
    found: set[frozenset[str]] = set()
    leading = Counter(str(row["other_id"]) for row in rows)
    for kinds in _DIRECTED:
        edges = [row for row in rows if row["relation"] in kinds]
        after: dict[str, set[str]] = defaultdict(set)
        for row in edges:
            after[str(row["feature_id"])].add(str(row["other_id"]))
        circles: dict[frozenset[str], list[Row]] = defaultdict(list)
        reached = {start: _reached(after, start) for start in after}
        for row in edges:
            start, end = str(row["feature_id"]), str(row["other_id"])
            if start in reached.get(end, ()):
                nodes = frozenset(i for i in reached[start] if start in reached.get(i, ()))
                circles[nodes].append(row)
        for nodes, members in circles.items():
            worst = max(
                reversed(members),
                key=lambda row: (leading[row["feature_id"]] - leading[row["other_id"]], not row["note"]),
            )
            message = say("fault.relation_circle", circle=", ".join(map(quoted, sorted(nodes))))
            context.fault(
                "relation-circle", RELATIONS, worst, "other_id", message, say("remedy.relation_one")
            )
            found.add(nodes)
    return found


def _reached(after: Mapping[str, Iterable[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(after.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(after.get(node, ()))
    return found


def _check_pair(context: Context, row: Row, one: Subject, two: Subject) -> None:
    for rule, message in (
        ("relation-country", _country_fault(row, one, two)),
        ("relation-kind", _kind_fault(context, row, one, two)),
        ("relation-far", _distance_fault(context, row, one, two)),
        ("relation-order", _order_fault(row, one, two)),
        ("relation-status", _status_fault(row, one, two)),
    ):
        if message:
            context.warn(rule, RELATIONS, row, "other_id", message)
            return


def _country_fault(row: Row, one: Subject, two: Subject) -> Sentence | None:
    kind, countries = row["relation"], {"one": ";".join(sorted(one.countries))}
    countries["two"] = ";".join(sorted(two.countries))
    if kind == Relation.PART_OF and not one.countries <= two.countries:
        return say("fault.relation_whole", **countries)
    if kind in _ONE_COUNTRY and not one.countries & two.countries:
        return say("fault.relation_country", relation=quoted(kind), **countries)
    return None


def _distance_fault(context: Context, row: Row, one: Subject, two: Subject) -> Sentence | None:
    shape, other = context.shape(one.layer, one.row), context.shape(two.layer, two.row)
    if shape is None or other is None:
        return None
    km, limit = distance_km(shape, other), APART_KM.get(row["relation"], 0.0)
    return say("fault.relation_far", km=f"{km:.0f}", relation=quoted(row["relation"])) if km > limit else None


def _kind_fault(context: Context, row: Row, one: Subject, two: Subject) -> Sentence | None:
    kind = row["relation"]
    if kind in _LATER and one.layer != two.layer:
        return say("fault.relation_layer", relation=quoted(kind))
    line, point = context.shape(one.layer, one.row), context.shape(two.layer, two.row)
    if kind == Relation.PART_OF and isinstance(point, Point) and line is not None:
        return say("fault.relation_line") if not isinstance(line, Point) else None
    return None


def _order_fault(row: Row, one: Subject, two: Subject) -> Sentence | None:
    years, others = one.years(), two.years()
    if not years or not others:
        return None
    told = {"year": years[0], "other": others[0]}
    if row["relation"] in _LATER and years[0] < others[0]:
        return say("fault.relation_later", relation=quoted(row["relation"]), **told)
    if row["relation"] == Relation.PART_OF and years[0] < others[0] - YEARS_BEFORE_WHOLE:
        return say("fault.relation_before", **told)
    return None


def _status_fault(row: Row, one: Subject, two: Subject) -> Sentence | None:
    idle = {Status.CANCELLED}
    if row["relation"] == Relation.PART_OF:
        idle.add(Status.EARLY_STAGE)
    if one.status in _WORKS and two.status in idle and row["relation"] != Relation.SAME_SITE_AS:
        return say("fault.relation_status", status=quoted(one.status), other=quoted(two.status))
    return None
