"""Numbers and dates of features once more, in the plainest Python: straight from the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from pyproj import Geod

from tests.property.naive_places import Shape

GEOD = Geod(ellps="WGS84")
Tables = Callable[[str], list[dict[str, str]]]
Values = list[tuple[float, float]]
"""Each value with itself, or the first and the last day that a date may mean."""
PATIENCE = {"under-construction": 183, "early-stage": 365, "suspended": 365, "unknown": 365}
BASES = ("confirmed", "source-document", "editorial", "unconfirmed")
COST_KINDS = ("total", "contract", "investment", "loan", "grant")
MARKS_OF = {
    "announced": {"announced"},
    "begun": {"ground-broken", "construction"},
    "opened": {"opened", "first-unit"},
    "completed": {"full-completion", "handed-over"},
    "designated": {"designated"},
    "suspended": {"suspended"},
    "resumed": {"resumed"},
    "cancelled": {"cancelled"},
}
MEASURED = {
    "power": ("capacity", "MW"),
    "containers": ("capacity", "TEU/year"),
    "tonnes": ("capacity", "t/year"),
    "passengers": ("capacity", "passengers/year"),
    "jobs": ("jobs", "people"),
}
RANGES = (
    *MARKS_OF,
    *("founded", "reported", "checked", "due", "cost", "cost_year", "length", "drawn", "speed", "size"),
    *MEASURED,
    *("countries", "sources"),
)
ONLY_RANGES = {
    "founded": {"parks"},
    "size": {"parks"},
    "length": {"rail"},
    "drawn": {"rail"},
    "speed": {"rail"},
    "cost": {"parks", "projects", "rail"},
    "cost_year": {"parks", "projects", "rail"},
}
"""Ranges of which only some layers have the column."""


def is_in_span(values: Values, ends: tuple[float, float] | None) -> bool:
    """Whether one of the values lies between the ends; without ends, whether there are no values."""
    return any(high >= ends[0] and low <= ends[1] for low, high in values) if ends else not values


def of_columns(row: dict[str, str], reported: str) -> dict[str, Values]:
    """Give the values that stand in the row of a feature."""
    numbers = {"length": "length_km", "speed": "design_speed_kmh", "size": "area_km2"}
    found = {name: [(float(row[cell]), float(row[cell]))] for name, cell in numbers.items() if row.get(cell)}
    if row.get("established_year"):
        found["founded"] = [_days(row["established_year"])]
    return found | {"reported": [_days(reported)] if reported else []}


def of_look(looks: list[str], status: str, reported: str, today: str) -> dict[str, Values]:
    """Give when news were last looked for, and when to look again."""
    found = {"checked": [_days(max(looks))]} if looks else {}
    if status in PATIENCE:
        base = max(looks, default=reported)
        again = (_last_day(base) + timedelta(days=PATIENCE[status])).isoformat() if base else today
        found["due"] = [_days(again)]
    return found


def of_line(row: dict[str, str], shape: Shape) -> dict[str, Values]:
    """Give how long a line is drawn beside its published length, with three decimals as the atlas has it."""
    if not float(row.get("length_km") or 0):
        return {}
    metres = sum(GEOD.line_length(*zip(*part, strict=True)) for part in shape.parts)
    ratio = round(metres / 1000 / float(row["length_km"]), 3)
    return {"drawn": [(ratio, ratio)]}


def of_facts(tables: Tables) -> dict[tuple[str, str], Values]:
    """Give the values that stand in tables of facts, by feature and range.

    Args:
        tables: Gives the rows of a table.
    """
    found: dict[tuple[str, str], Values] = defaultdict(list)
    for row in tables("status_history"):
        for name, marks in MARKS_OF.items():
            if row["mark"] in marks and row["date"]:
                found[row["feature_id"], name].append(_days(row["date"]))
    for row in tables("measures"):
        for name, meant in MEASURED.items():
            if (row["measure"], row["unit"]) == meant:
                found[row["feature_id"], name].append((float(row["value"]),) * 2)
    for feature_id, (amount, year) in _costs(tables("costs")).items():
        found[feature_id, "cost"] = [(amount, amount)]
        found[feature_id, "cost_year"] = [_days(year)] if year else []
    return found


def _costs(rows: list[dict[str, str]]) -> dict[str, tuple[float, str]]:
    """Give amount and year of the best cost of each feature."""
    best: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        if row["currency"] == "USD" and not row["scope"] and row["cost_kind"] in COST_KINDS:
            order = (COST_KINDS.index(row["cost_kind"]), BASES.index(row["basis"]), -int(row["year"] or 0))
            if row["feature_id"] not in best or order < best[row["feature_id"]][0]:
                best[row["feature_id"]] = (order, float(row["amount_million"]), row["year"])
    return {feature_id: (amount, year) for feature_id, (_, amount, year) in best.items()}


def _last_day(text: str) -> date:
    year, month, day = (int(part) for part in [*text.split("-"), "0", "0"][:3])
    if day:
        return date(year, month, day)
    return date(year + (month in (0, 12)), month % 12 + 1, 1) - timedelta(days=1)


def _days(text: str) -> tuple[int, int]:
    """Give the first and the last day that a date may mean, as YYYYMMDD; 31 for the last of any month."""
    parts = text.split("-")
    first, last = [*parts, "01", "01"][:3], [*parts, *("12", "31")[len(parts) - 1 :]]
    return int("".join(first)), int("".join(last))
