"""Lengths, areas, capacities, speeds and shares are of a size that can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from shapely.geometry import Point

from bri_map.checks.amounts import farthest, quantities_in
from bri_map.checks.context import Context, Row
from bri_map.checks.likeness import Usual, usual_by
from bri_map.checks.subjects import Subject, number, rows_by, texts_of
from bri_map.checks.units import AREA, LENGTH, POWER
from bri_map.domain.document_tables import DISTRIBUTIONS, INDICATOR_DEFINITIONS, INDICATORS
from bri_map.domain.fact_tables import CLAIMS, MEASURES
from bri_map.domain.layers import LAYERS
from bri_map.domain.shared_columns import PUBLISHED_LENGTH
from bri_map.domain.table import Table
from bri_map.domain.vocabulary import Measure, RailKind
from bri_map.geo.geodesic import length_km
from bri_map.i18n.sentences import quoted, say
from bri_map.report import Sentence

SPREADS, SPREADS_OF_PART = 4.5, 6.2
"""Spreads of like things from which a measure is looked at; what is measured of a part varies more."""
_LEAST, _NARROWEST = 8, 0.45
TEXT_FACTOR, COLUMN_FACTOR, AREA_FACTOR, CLAIM_FACTOR = 3.9, 40.0, 1.6, 10.0
"""Factors allowed of a measure and of a column against texts, which tell parts too, between areas of one
park, and between claims of one value."""
DRAWN = (0.5, 1.5)
"""Drawn length over the published one, whatever the reason for a difference."""
LOAD = (0.08, 1.0)
"""Share of the hours of a year in which a power station may run at its full capacity."""
SPEEDS: dict[str, tuple[float, float]] = {
    RailKind.HIGH_SPEED: (160, 400),
    RailKind.CONVENTIONAL: (60, 220),
    RailKind.METRO: (40, 160),
    RailKind.FREIGHT_SERVICE: (40, 160),
}
"""Design speed in km/h that a kind of railway may have."""
_HOURS = 8.76
"""Thousands of hours in a year: GWh that a megawatt gives at most."""
_COLUMNS = ("area_km2", PUBLISHED_LENGTH)
_SHARES = ("percent", "score 0-100")


def check_sizes(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Check measures, columns that measure, and figures of documents."""
    measures = rows_by(context, MEASURES)
    _check_measures(context, subjects, measures)
    _check_columns(context, subjects, measures)
    _check_claims(context, subjects)
    units = {str(row["id"]): str(row["unit"]) for row in context.rows(INDICATOR_DEFINITIONS)}
    for table, group in ((INDICATORS, "indicator"), (DISTRIBUTIONS, "distribution")):
        _check_figures(context, table, group, units)


def _check_measures(
    context: Context, subjects: Mapping[str, Subject], measures: Mapping[str, list[Row]]
) -> None:
    known = [
        (row, subjects[str(row["feature_id"])], _size(row))
        for row in context.rows(MEASURES)
        if row["feature_id"] in subjects and (number(row["value"]) or 0) > 0
    ]
    groups: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row, subject, size in known:
        groups[_group(row, subject)].append(size)
    usual = usual_by(groups, _LEAST, _NARROWEST)
    for row, subject, size in known:
        for rule, message in (
            ("measure-text", _against_texts(row, subject)),
            ("measure-unlike", _against_like(row, size, usual.get(_group(row, subject)))),
            ("measure-load", _against_power(row, measures[str(row["feature_id"])])),
        ):
            if message:
                context.warn(rule, MEASURES, row, "value", message)
                break


def _factor(row: Row) -> tuple[float, str]:
    """Give what makes a value comparable, and the unit that it then has."""
    unit = str(row["unit"])
    for units, common in ((AREA, "km2"), (LENGTH, "km"), (POWER, "MW")):
        if unit in units and row["measure"] in (Measure.AREA, Measure.LENGTH, Measure.CAPACITY):
            return units[unit], common
    return 1.0, unit


def _size(row: Row) -> float:
    return (number(row["value"]) or 0.0) * _factor(row)[0]


def _group(row: Row, subject: Subject) -> tuple[str, ...]:
    return str(subject.row.get("sector", subject.layer)), str(row["measure"]), _factor(row)[1]


def _against_texts(row: Row, subject: Subject) -> Sentence | None:
    value, told = number(row["value"]) or 0.0, quantities_in(texts_of(subject), str(row["unit"]))
    if row["scope"] or farthest(value, told) <= TEXT_FACTOR:
        return None
    return say("fault.measure_text", said=f"{told[0]:g}", unit=quoted(row["unit"]))


def _against_like(row: Row, size: float, usual: Usual | None) -> Sentence | None:
    if usual and usual.off(size) > (SPREADS_OF_PART if row["scope"] else SPREADS):
        unit = quoted(_factor(row)[1])
        return say("fault.measure_unlike", n=usual.number, usual=f"{usual.size:.3g}", unit=unit)
    return None


def _against_power(row: Row, others: list[Row]) -> Sentence | None:
    if row["measure"] != Measure.OUTPUT or row["unit"] != "GWh/year" or row["scope"]:
        return None
    power = [_size(o) for o in others if o["unit"] in POWER and not o["scope"]]
    if not power:
        return None
    load = _size(row) / (max(power) * _HOURS)
    return None if LOAD[0] <= load <= LOAD[1] else say("fault.measure_load", load=f"{load:.0%}")


def _check_columns(
    context: Context, subjects: Mapping[str, Subject], measures: Mapping[str, list[Row]]
) -> None:
    for column in _COLUMNS:
        found = [
            (subject, value)
            for subject in subjects.values()
            if (value := number(str(subject.row.get(column, "")))) is not None and value > 0
        ]
        usual = usual_by({("",): [value for _, value in found]}, _LEAST, _NARROWEST).get(("",))
        for subject, value in found:
            own = measures.get(str(subject.row["id"]), [])
            message = _column_fault(context, subject, column, value, own)
            if not message and usual and usual.off(value) > SPREADS:
                unit = quoted(column.rpartition("_")[2])
                message = say("fault.measure_unlike", n=usual.number, usual=f"{usual.size:.3g}", unit=unit)
            if message:
                context.warn("size-unlike", subject.table, subject.row, column, message)
    for subject in subjects.values():
        _check_line(context, subject, measures.get(str(subject.row["id"]), []))
        speed, kind = number(str(subject.row.get("design_speed_kmh", ""))), subject.row.get("kind")
        low, high = SPEEDS.get(str(kind), (0.0, 1000.0))
        if speed is not None and not low <= speed <= high:
            message = say("fault.speed_kind", kind=quoted(kind), value=f"{speed:g}")
            context.warn("speed-kind", subject.table, subject.row, "design_speed_kmh", message)


def _column_fault(
    context: Context, subject: Subject, column: str, value: float, measures: list[Row]
) -> Sentence | None:
    """Compare an area with the areas that are measured, and both kinds of size with texts."""
    if column == _COLUMNS[0]:
        told = [_size(row) for row in measures if row["measure"] == Measure.AREA and not row["scope"]]
        if farthest(value, told) > AREA_FACTOR:
            return say("fault.size_measure", file=MEASURES.path, said=f"{told[0]:.4g}")
    unit = column.rpartition("_")[2]
    told = quantities_in(texts_of(subject), unit)
    if unit == "km2":
        told += [n * AREA["ha"] for n in quantities_in(texts_of(subject), "ha")]
    if farthest(value, told) > COLUMN_FACTOR:
        return say("fault.measure_text", said=f"{told[0]:g}", unit=quoted(unit))
    return None


def _check_line(context: Context, subject: Subject, measures: list[Row]) -> None:
    """Compare the drawn line with its length, also where a note explains a smaller difference."""
    shape = context.shape(subject.layer, subject.row)
    if shape is None or isinstance(shape, Point) or LAYERS[subject.layer].names_beyond_line:
        return
    drawn = length_km(shape)
    published = number(str(subject.row.get(PUBLISHED_LENGTH, "")))
    if published and not DRAWN[0] <= drawn / published <= DRAWN[1]:
        message = say("fault.length_drawn", drawn=f"{drawn:.0f}", published=f"{published:g}")
        context.warn("length-drawn", subject.table, subject.row, PUBLISHED_LENGTH, message)
    for row in measures:
        length = _size(row) if row["measure"] == Measure.LENGTH and not row["scope"] else 0.0
        if length and not DRAWN[0] <= drawn / length <= DRAWN[1]:
            message = say("fault.length_drawn", drawn=f"{drawn:.0f}", published=f"{length:g}")
            context.warn("length-drawn", MEASURES, row, "value", message)


def _check_claims(context: Context, subjects: Mapping[str, Subject]) -> None:
    """Claims of one number that differ by tens are a slip of one of them."""
    columns = {*_COLUMNS, "design_speed_kmh"}
    shown: dict[tuple[str, str], float] = {}
    for feature, subject in subjects.items():
        for column in columns:
            value = number(str(subject.row.get(column, "")))
            if value:
                shown[feature, column] = value
    for row in context.rows(CLAIMS):
        value, ours = number(str(row["value"])), shown.get((str(row["feature_id"]), str(row["field"])))
        if value and ours and farthest(value, [ours]) > CLAIM_FACTOR:
            subject = subjects[str(row["feature_id"])]
            message = say("fault.claim_spread", value=f"{value:g}", shown=f"{ours:g}")
            context.warn("claim-spread", subject.table, subject.row, str(row["field"]), message)


def _check_figures(context: Context, table: Table, group: str, units: Mapping[str, str]) -> None:
    groups: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in context.rows(table):
        value = number(row["value"])
        if value and value > 0:
            groups[(str(row[group]),)].append(value)
    usual = usual_by(groups, 5, _NARROWEST)
    for row in context.rows(table):
        value, unit = number(row["value"]), str(row.get("unit") or units.get(str(row[group]), ""))
        if value is None:
            continue
        like = usual.get((str(row[group]),))
        is_share = unit.startswith(_SHARES) and "points" not in unit
        if (is_share and not -100 <= value <= 100) or (unit == "flag" and value not in (0, 1)):
            message = say("fault.share", value=f"{value:g}", unit=quoted(unit))
            context.warn("share", table, row, "value", message)
        elif like and value > 0 and like.off(value) > SPREADS:
            message = say("fault.measure_unlike", n=like.number, usual=f"{like.size:.3g}", unit=quoted(unit))
            context.warn("figure-unlike", table, row, "value", message)
